"""Suppressions: addresses that take no mail any more, as administrators see them and lift them."""

from datetime import datetime

from chalicelib import responses, telemetry
from chalicelib.actions.people import audit_log
from chalicelib.domain.people.accounts import Account
from chalicelib.store.mail import readers

PAGE_SIZE = 100


def list_all(before: str | None) -> responses.Suppressions:
    """One page of the addresses that take no mail, by one call."""
    found, following = readers.suppressions(before, PAGE_SIZE)
    told = [
        responses.Suppression(one.digest, one.why, one.said or "", one.since)  # type: ignore[arg-type]
        for one in found
    ]
    return responses.Suppressions(told, following)


def lift(digest: str, account: Account, now: datetime) -> responses.Empty:
    """Send to an address again, by its digest. Raises NotFound."""
    readers.lift(digest, audit_log.entry_of_site(None, "unsuppressed", digest, None, "", account, now))
    telemetry.logger.warning("suppression lifted", digest=digest, account=account.id)
    return responses.Empty()
