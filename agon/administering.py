"""Verbs about accounts, which administrators do, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Administering(Verbs):
    """The verbs of administrators."""

    def find_account(self, who: str) -> api.KnownAccount:
        """The account of an exact user name, or of an exact address."""
        return self.http.call("POST", "/site/accounts", {"address" if "@" in who else "username": who})

    def banned(self) -> Iterator[api.KnownAccount]:
        """The accounts that are banned."""
        for page in self._pages(lambda at: self.http.call("GET", "/site/accounts", None, at)):
            yield from page["accounts"]

    def ban(self, username: str, reason: str) -> api.KnownAccount:
        """Let an account in no more."""
        return self.http.call("POST", "/site/accounts/{username}/ban", {"reason": reason}, username=username)

    def restore_account(self, username: str, reason: str = "") -> api.KnownAccount:
        """Let a banned account in again."""
        params = {"reason": reason} if reason else {}
        return self.http.call("DELETE", "/site/accounts/{username}/ban", None, params, username=username)

    def turn_off_second_step_of(self, username: str, reason: str) -> None:
        """Have an account's sign-in ask for no code any more: its owner has lost the authenticator."""
        self.http.call("DELETE", "/site/accounts/{username}/second-step", None, {"reason": reason}, username=username)

    def change_site(self, changes: Mapping[str, bool | str]) -> api.Site:
        """Change settings of the site."""
        return self.http.call("PATCH", "/site", changes)

    def waiting(self) -> Iterator[api.CompetitionCard]:
        """The competitions that wait for approval."""
        for page in self._pages(lambda at: self.http.call("GET", "/site/approvals", None, at)):
            yield from page["competitions"]

    def decide_publication(self, competition: str, decision: str, reason: str = "") -> api.Competition:
        """Approve a competition that waits, or refuse it."""
        body = {"decision": decision, "reason": reason}
        return self.http.call("POST", "/site/approvals/{competition}", body, competition=competition)

    def storage(self, competition: str | None = None) -> api.Storage:
        """The storage that one has oneself, or that a competition has."""
        if competition is None:
            return self.http.call("GET", "/me/storage")
        return self.http.call("GET", "/competitions/{competition}/storage", competition=competition)

    def storage_of(self, username: str) -> api.Storage:
        """The storage that somebody has."""
        return self.http.call("GET", "/site/accounts/{username}/storage", username=username)

    def set_quota(self, size_bytes: int | None, username: str | None = None, competition: str | None = None) -> api.Storage:
        """Give somebody or a competition a quota of its own, or with None the site's again."""
        body = {"quota_bytes": size_bytes}
        if username is not None:
            return self.http.call("PATCH", "/site/accounts/{username}/storage", body, username=username)
        return self.http.call("PATCH", "/competitions/{competition}/storage", body, competition=competition or "")

    def change_quotas(self, changes: Mapping[str, int | None]) -> api.SiteStorage:
        """Change the quotas of those who have none of their own."""
        return self.http.call("PATCH", "/site/storage", changes)

    def site_storage(self, holders: str) -> api.SiteStorage:
        """The quotas, the newest reviews, and the largest accounts or competitions, of which this is the first page."""
        return self.http.call("GET", "/site/storage", None, {"holders": holders})

    def review_storage(self, mends: bool = False) -> api.StorageReview:
        """Have the buckets reviewed now, and with `mends` counts set right."""
        return self.http.call("POST", "/site/storage/reviews", {"mends": mends})

    def schema(self) -> api.Schema:
        """The version of what is stored, and how far the walk to it is."""
        return self.http.call("GET", "/site/schema")

    def migrate_schema(self) -> api.SchemaMigration:
        """Have all that is stored looked through for what a former build left."""
        return self.http.call("POST", "/site/schema")

    def storage_differences(self) -> Iterator[api.StorageDifference]:
        """The counts of which the last review found something else."""
        for page in self._pages(lambda at: self.http.call("GET", "/site/storage/differences", None, at)):
            yield from page["differences"]

    def usage(self, month: str | None = None) -> api.SiteUsage:
        """The days of a month, with what happened on the site."""
        return self.http.call("GET", "/site/usage", None, {"month": month} if month else {})

    def site_reports(self, status: str = "open") -> Iterator[api.SiteReport]:
        """The reports that were made on the site."""
        params = {"status": status}
        for page in self._pages(lambda at: self.http.call("GET", "/site/reports", None, at), params):
            yield from page["reports"]

    def decide_site_report(self, report: str, decision: str, reason: str) -> None:
        """Have a report be "resolved" or "dismissed", with a reason for the audit log."""
        body = {"decision": decision, "reason": reason}
        self.http.call("PATCH", "/site/reports/{report}", body, report=report)

    def report_competition(self, competition: str, about: str, reason: str) -> api.Reported:
        """Report a competition or its organizer to the administrators."""
        body = {"about": about, "reason": reason}
        return self.http.call("POST", "/competitions/{competition}/reports", body, competition=competition)

    def dumps(self, competition: str) -> list[api.Dump]:
        """The newest dumps of a competition."""
        return self.http.call("GET", "/competitions/{competition}/dumps", competition=competition)["dumps"]

    def remove_dump(self, competition: str, dump: str) -> None:
        """Remove a dump with its file."""
        self.http.call("DELETE", "/competitions/{competition}/dumps/{dump}", competition=competition, dump=dump)

    def site_audit(self) -> Iterator[api.AuditEntry]:
        """The entries of what administrators did, newest first."""
        for page in self._pages(lambda at: self.http.call("GET", "/site/audit", None, at)):
            yield from page["deeds"]

    def own_audit(self) -> Iterator[api.AuditEntry]:
        """The entries of who did what with what one has, newest first."""
        for page in self._pages(lambda at: self.http.call("GET", "/me/audit", None, at)):
            yield from page["deeds"]

    def site_status(self) -> api.SiteStatus:
        """The site on one screen: its health, what waits, what failed."""
        return self.http.call("GET", "/site/status")

    def sweep_failures(self) -> Iterator[api.SweepFailure]:
        """Failures in the background, until they are mended."""
        for page in self._pages(lambda at: self.http.call("GET", "/site/failures", None, at)):
            yield from page["failures"]

    def retry_failure(self, failure: str) -> None:
        """Have one of them tried again within a minute."""
        self.http.call("POST", "/site/failures/{failure}/retry", failure=failure)

    def site(self) -> api.Site:
        """The state of the site: whether it takes submissions, and whether competitions wait for approval."""
        return self.http.call("GET", "/site")
