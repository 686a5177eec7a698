"""Participants of a competition, as its organizers see and decide it: a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api

#: Decided about by one call.
MOST_AT_ONCE = 100


class GivenAttempts(TypedDict):
    """Attempts beside a phase's limits, below 0 to take them back, and why."""

    phase: str
    attempts: int
    reason: str


class Participating(Verbs):
    """The verbs of participants' organizers."""

    def participants(self, competition: str, **wanted: str) -> Iterator[api.ParticipantRow]:
        """A competition's participants, or those of a `status`, in a `group`, or with `search` in their name.

        Attempts are a `phase`'s.
        """
        params = {name: value for name, value in wanted.items() if value}
        for page in self._pages(
            lambda at: self.http.call("GET", "/competitions/{competition}/participants", None, at, competition=competition),
            params,
        ):
            yield from page["participants"]

    def decide_participants(self, competition: str, users: Sequence[str], status: str, reason: str = "") -> api.BulkResult:
        """Approve participants, by the ids of their accounts, or deny them. Tells those `done`, and why not the others."""
        done, refused = list[str](), dict[str, str]()
        for start in range(0, len(users), MOST_AT_ONCE):
            some = list(users[start : start + MOST_AT_ONCE])
            body = {"participants": some, "status": status, "reason": reason}
            found = self.http.call("POST", "/competitions/{competition}/participants/decide", body, competition=competition)
            done, refused = done + found["done"], refused | dict(found["refused"])
        return {"done": done, "refused": refused}

    def export_participants(self, competition: str, wanted: Mapping[str, object]) -> api.Download:
        """The address of their table as CSV, good for a few minutes; with e-mail addresses where `wanted` says so."""
        return self.http.call(
            "POST", "/competitions/{competition}/participants/exports", dict(wanted), competition=competition
        )

    def give_attempts(self, competition: str, user: str, given: GivenAttempts) -> api.ExtraAttempts:
        """Give somebody attempts beside a phase's limits, or take some back."""
        path: Literal["/competitions/{competition}/participants/{user}/attempts"]
        path = "/competitions/{competition}/participants/{user}/attempts"
        return self.http.call("POST", path, given, competition=competition, user=user)

    def give_team_attempts(self, competition: str, team: str, given: GivenAttempts) -> api.ExtraAttempts:
        """Give a team and each of its members as many."""
        path: Literal["/competitions/{competition}/teams/{team}/attempts"]
        path = "/competitions/{competition}/teams/{team}/attempts"
        return self.http.call("POST", path, given, competition=competition, team=team)

    def invite(
        self, competition: str, addresses: Sequence[str], days: int = 14, message: str = ""
    ) -> tuple[list[api.Guest], dict[str, str]]:
        """Invite people by their addresses. Gives the invitations, and of the other addresses why not."""
        made: list[api.Guest] = []
        refused: dict[str, str] = {}
        for start in range(0, len(addresses), MOST_AT_ONCE):
            some = list(addresses[start : start + MOST_AT_ONCE])
            body = {"addresses": some, "expires_in_days": days, "message": message}
            found = self.http.call("POST", "/competitions/{competition}/guests", body, competition=competition)
            made += found["guests"]
            refused |= found["refused"]
        return made, refused

    def guests(self, competition: str) -> Iterator[api.Guest]:
        """The invitations to a competition, and how each stands."""
        for page in self._pages(
            lambda at: self.http.call("GET", "/competitions/{competition}/guests", None, at, competition=competition)
        ):
            yield from page["guests"]

    def uninvite(self, competition: str, guests: Sequence[str]) -> api.BulkResult:
        """Revoke invitations by their ids. Tells those `done`, and why not the others."""
        done, refused = list[str](), dict[str, str]()
        for start in range(0, len(guests), MOST_AT_ONCE - 1):
            body = {"guests": list(guests[start : start + MOST_AT_ONCE - 1])}
            found = self.http.call("POST", "/competitions/{competition}/guests/revoke", body, competition=competition)
            done, refused = done + found["done"], refused | dict(found["refused"])
        return {"done": done, "refused": refused}

    def guest_lists(self) -> Iterator[api.GuestList]:
        """The competitions that one's own address is invited to."""
        for page in self._pages(lambda at: self.http.call("GET", "/me/guest-lists", None, at)):
            yield from page["guests"]

    def admit_robot(self, competition: str, username: str, rules: Mapping[str, object]) -> api.Participant:
        """Have an account take part as a robot: `max_per_day`, `max_in_all`, `ranks` and `reason`."""
        body = {"username": username, **rules}
        return self.http.call("POST", "/competitions/{competition}/robots", body, competition=competition)

    def release_robot(self, competition: str, user: str, reason: str = "") -> api.Participant:
        """Have a robot take part as anybody does, by the id of its account."""
        params = {"reason": reason} if reason else {}
        return self.http.call(
            "DELETE", "/competitions/{competition}/robots/{user}", None, params, competition=competition, user=user
        )

    def audit(self, competition: str) -> Iterator[api.AuditEntry]:
        """The entries of what organizers decided about participants, newest first."""
        for page in self._pages(
            lambda at: self.http.call("GET", "/competitions/{competition}/audit", None, at, competition=competition)
        ):
            yield from page["deeds"]
