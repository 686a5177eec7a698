"""Calls about teams, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    def change_team(self, competition: str, team: str, status: str = "", name: str = "", reason: str = "") -> api.Team:
        """Say that a team is "approved" or "denied", or what it is called, as an organizer."""
        body = {key: said for key, said in (("status", status), ("name", name), ("reason", reason)) if said}
        return self.http.call("PATCH", "/competitions/{competition}/teams/{team}", body, competition=competition, team=team)

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
        """Offer the lead to another member, or as an organizer make them the leader."""
        body = {"username": username}
        return self.http.call(
            "POST", "/competitions/{competition}/teams/{team}/leader", body, competition=competition, team=team
        )

    def renew_team_code(self, competition: str, team: str) -> api.Team:
        """Have the former code let nobody in."""
        return self.http.call("POST", "/competitions/{competition}/teams/{team}/code", competition=competition, team=team)

    def dissolve_team(self, competition: str, team: str, reason: str = "") -> None:
        """Undo a team that has not submitted, or as an organizer any."""
        params = {"reason": reason} if reason else {}
        self.http.call(
            "DELETE", "/competitions/{competition}/teams/{team}", None, params, competition=competition, team=team
        )

    def invite_to_team(self, competition: str, team: str, username: str = "", address: str = "") -> api.Invitation:
        """Ask an account, by its user name, or whoever has an e-mail address into a team."""
        body = {"address": address} if address else {"username": username}
        return self.http.call(
            "POST", "/competitions/{competition}/teams/{team}/invitations", body, competition=competition, team=team
        )

    def team_invitations(self, competition: str, team: str) -> list[api.Invitation]:
        """The invitations of a team, and those to it."""
        return self.http.call(
            "GET", "/competitions/{competition}/teams/{team}/invitations", competition=competition, team=team
        )["invitations"]

    def revoke_invitation(self, competition: str, team: str, invitation: str) -> None:
        """Take back an invitation of a team."""
        self.http.call(
            "DELETE",
            "/competitions/{competition}/teams/{team}/invitations/{invitation}",
            competition=competition,
            team=team,
            invitation=invitation,
        )

    def offer_merger(self, competition: str, team: str, other: Mapping[str, str]) -> api.Invitation:
        """Ask another team, of this `name` or with this id, `team`, to go into one."""
        return self.http.call(
            "POST", "/competitions/{competition}/teams/{team}/mergers", other, competition=competition, team=team
        )

    def invitations(self) -> list[api.Invitation]:
        """Invitations to the account, and to whoever has its address."""
        return self.http.call("GET", "/me/invitations")["invitations"]

    def accept_invitation(self, invitation: str) -> api.Invitation:
        """Accept an invitation."""
        return self.http.call("POST", "/me/invitations/{invitation}/accept", invitation=invitation)

    def decline_invitation(self, invitation: str) -> None:
        """Decline an invitation."""
        self.http.call("POST", "/me/invitations/{invitation}/decline", invitation=invitation)
