"""What is asked of teams, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Teams(Verbs):
    """The verbs of teams."""

    def make_team(self, competition: str, name: str, leader: str | None = None) -> api.Team:
        """A new team: one's own, or as an organizer one that a participant leads."""
        body = {"name": name} | ({"leader": leader} if leader else {})
        return self.http.call("POST", "/competitions/{competition}/teams", body, competition=competition)

    def join_team(self, competition: str, code: str) -> api.Team:
        """Join the team whose code this is."""
        return self.http.call("POST", "/competitions/{competition}/teams/join", {"code": code}, competition=competition)

    def teams(self, competition: str) -> Iterator[api.Team]:
        """All teams, for organizers."""
        call = self.http.call
        ask = lambda at: call("GET", "/competitions/{competition}/teams", None, at, competition=competition)  # noqa: E731
        for page in self._pages(ask):
            yield from page["teams"]

    def team(self, competition: str, team: str) -> api.Team:
        """A team and its members."""
        return self.http.call("GET", "/competitions/{competition}/teams/{team}", competition=competition, team=team)

    def decide_team(self, competition: str, team: str, status: str) -> api.Team:
        """Say that a team is "approved" or "denied", as an organizer."""
        return self.http.call(
            "PATCH", "/competitions/{competition}/teams/{team}", {"status": status}, competition=competition, team=team
        )

    def add_to_team(self, competition: str, team: str, username: str) -> api.Team:
        """Put a participant in a team, as an organizer."""
        body = {"username": username}
        return self.http.call(
            "POST", "/competitions/{competition}/teams/{team}/members", body, competition=competition, team=team
        )

    def leave_team(self, competition: str, team: str, user: str) -> None:
        """Take an account, by its id, out of a team: one's own, or somebody's as the leader or an organizer."""
        self.http.call(
            "DELETE",
            "/competitions/{competition}/teams/{team}/members/{user}",
            competition=competition,
            team=team,
            user=user,
        )

    def hand_over_team(self, competition: str, team: str, username: str) -> api.Team:
        """Make another member the leader."""
        body = {"username": username}
        return self.http.call(
            "POST", "/competitions/{competition}/teams/{team}/leader", body, competition=competition, team=team
        )

    def renew_team_code(self, competition: str, team: str) -> api.Team:
        """Have the former code let nobody in."""
        return self.http.call("POST", "/competitions/{competition}/teams/{team}/code", competition=competition, team=team)

    def dissolve_team(self, competition: str, team: str) -> None:
        """Undo a team that has not submitted."""
        self.http.call("DELETE", "/competitions/{competition}/teams/{team}", competition=competition, team=team)
