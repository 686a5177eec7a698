"""Roles in running a competition: a part of the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Appointing(Verbs):
    """The verbs of owners, and of those whom they ask."""

    def organizers(self, competition: str) -> list[api.Organizer]:
        """The owner, the organizers and the viewers of a competition, and who is asked to be one."""
        return self.http.call("GET", "/competitions/{competition}/organizers", competition=competition)["organizers"]

    def appoint(self, competition: str, username: str, role: str, reason: str = "") -> api.Organizer:
        """Offer somebody the role of "owner", "organizer" or "viewer"; one that is less than theirs holds at once."""
        body = {"username": username, "role": role, "reason": reason}
        return self.http.call("POST", "/competitions/{competition}/organizers", body, competition=competition)

    def accept_role(self, competition: str, role: str) -> api.Organizer:
        """Take on a role that one is offered."""
        body = {"role": role}
        return self.http.call("POST", "/competitions/{competition}/organizers/accept", body, competition=competition)

    def dismiss(self, competition: str, user: str, reason: str = "", offer_alone: bool = False) -> None:
        """Take away somebody's role and what they are offered, or that alone, by the id of their account; or leave."""
        params = {"offer": "true"} if offer_alone else {}
        params |= {"reason": reason} if reason else {}
        self.http.call(
            "DELETE", "/competitions/{competition}/organizers/{user}", None, params, competition=competition, user=user
        )

    def make_link(self, competition: str) -> api.SecretLink:
        """A draft's secret link, in the place of the former one; its `token` is told this once."""
        return self.http.call("POST", "/competitions/{competition}/link", competition=competition)

    def revoke_link(self, competition: str) -> None:
        """Have a draft's secret link open nothing any more."""
        self.http.call("DELETE", "/competitions/{competition}/link", competition=competition)

    def offers(self) -> Iterator[api.Offer]:
        """The roles that one is offered."""
        for page in self._pages(lambda at: self.http.call("GET", "/offers", None, at)):
            yield from page["offers"]
