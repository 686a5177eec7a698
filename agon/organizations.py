"""Verbs of organizations, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Organizations(Verbs):
    """The verbs of organizations."""

    def make_organization(self, name: str, description: str = "", site: str = "") -> api.Organization:
        """A new organization, which one owns."""
        return self.http.call("POST", "/organizations", {"name": name, "description": description, "site": site})

    def organizations(self) -> list[api.Organization]:
        """The organizations in which one is."""
        return self.http.call("GET", "/organizations")["organizations"]

    def organization(self, organization: str) -> api.Organization:
        """An organization as it says itself."""
        return self.http.call("GET", "/organizations/{organization}", organization=organization)

    def organization_audit(self, organization: str) -> Iterator[api.AuditEntry]:
        """The entries of who changed what in it, newest first, for its owner and managers."""
        call = self.http.call
        ask = lambda at: call("GET", "/organizations/{organization}/audit", None, at, organization=organization)  # noqa: E731
        for page in self._pages(ask):
            yield from page["deeds"]

    def organization_members(self, organization: str) -> Iterator[api.OrganizationMember]:
        """Its members, or those whom strangers see."""
        call = self.http.call
        ask = lambda at: call("GET", "/organizations/{organization}/members", None, at, organization=organization)  # noqa: E731
        for page in self._pages(ask):
            yield from page["members"]

    def organization_competitions(self, organization: str) -> Iterator[api.OrganizationEntry]:
        """The competitions in which it took part for all to see."""
        call, path = self.http.call, organization
        ask = lambda at: call("GET", "/organizations/{organization}/competitions", None, at, organization=path)  # noqa: E731
        for page in self._pages(ask):
            yield from page["competitions"]

    def change_organization(self, organization: str, **said: str) -> api.Organization:
        """Change its `name`, `description` or `site`."""
        return self.http.call("PATCH", "/organizations/{organization}", said, organization=organization)

    def delete_organization(self, organization: str) -> None:
        """Delete it, as its owner."""
        self.http.call("DELETE", "/organizations/{organization}", organization=organization)

    def invite_to_organization(self, organization: str, role: str, username: str = "", address: str = "") -> api.Invitation:
        """Ask an account, by its user name, or whoever has an e-mail address into it."""
        body = {"role": role} | ({"address": address} if address else {"username": username})
        return self.http.call("POST", "/organizations/{organization}/invitations", body, organization=organization)

    def organization_invitations(self, organization: str) -> list[api.Invitation]:
        """Invitations that it has made."""
        found = self.http.call("GET", "/organizations/{organization}/invitations", organization=organization)
        return found["invitations"]

    def revoke_organization_invitation(self, organization: str, invitation: str) -> None:
        """Take back an invitation."""
        self.http.call(
            "DELETE",
            "/organizations/{organization}/invitations/{invitation}",
            organization=organization,
            invitation=invitation,
        )

    def change_organization_member(
        self, organization: str, user: str, role: str = "", shown: bool | None = None
    ) -> api.OrganizationMember:
        """Change a member's role, or whether strangers see that one is in it."""
        body: dict[str, object] = {"role": role} if role else {}
        body |= {} if shown is None else {"shown": shown}
        return self.http.call(
            "PATCH", "/organizations/{organization}/members/{user}", body, organization=organization, user=user
        )

    def leave_organization(self, organization: str, user: str) -> None:
        """Take an account, by its id, out of it."""
        self.http.call("DELETE", "/organizations/{organization}/members/{user}", organization=organization, user=user)

    def offer_organization(self, organization: str, username: str) -> api.Invitation:
        """Offer it to another member."""
        return self.http.call(
            "POST", "/organizations/{organization}/owner", {"username": username}, organization=organization
        )
