"""What is asked of teams, as a part of the client."""

from collections.abc import Callable, Iterator
from typing import Any

from agon.http import Http

Answer = dict[str, Any]


class Teams:
    """The verbs of teams. `Client` has these and its own."""

    http: Http
    _pages: Callable[..., Iterator[Answer]]

    def make_team(self, competition: str, name: str, leader: str | None = None) -> Answer:
        """A new team: one's own, or as an organizer one that a participant leads."""
        return self.http.call("POST", _teams(competition), {"name": name} | ({"leader": leader} if leader else {}))

    def join_team(self, competition: str, code: str) -> Answer:
        """Join the team whose code this is."""
        return self.http.call("POST", f"{_teams(competition)}/join", {"code": code})

    def teams(self, competition: str) -> Iterator[Answer]:
        """All teams, for organizers."""
        return self._pages(_teams(competition), "teams", {})

    def team(self, competition: str, team: str) -> Answer:
        """A team and its members."""
        return self.http.call("GET", f"{_teams(competition)}/{team}")

    def decide_team(self, competition: str, team: str, status: str) -> Answer:
        """Say that a team is "approved" or "denied", as an organizer."""
        return self.http.call("PATCH", f"{_teams(competition)}/{team}", {"status": status})

    def add_to_team(self, competition: str, team: str, username: str) -> Answer:
        """Put a participant in a team, as an organizer."""
        return self.http.call("POST", f"{_teams(competition)}/{team}/members", {"username": username})

    def leave_team(self, competition: str, team: str, user: str) -> None:
        """Take an account, by its id, out of a team: one's own, or somebody's as the leader or an organizer."""
        self.http.call("DELETE", f"{_teams(competition)}/{team}/members/{user}")

    def hand_over_team(self, competition: str, team: str, username: str) -> Answer:
        """Make another member the leader."""
        return self.http.call("POST", f"{_teams(competition)}/{team}/leader", {"username": username})

    def renew_team_code(self, competition: str, team: str) -> Answer:
        """Have the former code let nobody in."""
        return self.http.call("POST", f"{_teams(competition)}/{team}/code")

    def dissolve_team(self, competition: str, team: str) -> None:
        """Undo a team that has not submitted."""
        self.http.call("DELETE", f"{_teams(competition)}/{team}")


def _teams(competition: str) -> str:
    return f"/competitions/{competition}/teams"
