"""Verbs about accounts that end: one's own, and as an administrator somebody's; a part of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Departing(Verbs):
    """The verbs that remove and merge accounts, and tell before what that does."""

    def preview_removal(self, username: str | None = None) -> api.Departure:
        """The effects of removing one's own account, or somebody's as an administrator; and how far that is."""
        if username is None:
            return self.http.call("GET", "/me/removal")
        return self.http.call("GET", "/site/accounts/{username}/removal", username=username)

    def remove_own_account(self, password: str) -> api.Departure:
        """Remove one's own account. Nobody signs in with it from then on."""
        removed: api.Departure = self.http.call("POST", "/me/removal", {"password": password})
        self.http.set_session(None)
        return removed

    def remove_account(self, username: str, reason: str) -> api.Departure:
        """Remove somebody's account on request."""
        return self.http.call("POST", "/site/accounts/{username}/removal", {"reason": reason}, username=username)

    def preview_merger(self, username: str, into: str) -> api.Departure:
        """The effects of merging an account into another."""
        return self.http.call("GET", "/site/accounts/{username}/merger", None, {"into": into}, username=username)

    def merge_accounts(self, username: str, into: str, reason: str) -> api.Departure:
        """Merge an account into another one of the same person."""
        body = {"into": into, "reason": reason}
        return self.http.call("POST", "/site/accounts/{username}/merger", body, username=username)
