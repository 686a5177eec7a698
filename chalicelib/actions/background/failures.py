"""Due items that the sweeper could not look after, as administrators see it and have it tried again."""

from datetime import datetime

from chalicelib import responses, telemetry
from chalicelib.actions.people import audit_log
from chalicelib.domain.people.accounts import Account
from chalicelib.store.background import failures
from chalicelib.store.background.failures import SweepFailure

PAGE_SIZE = 50


def list_all(before: str | None) -> responses.SweepFailures:
    """One page of the failures that there are."""
    found, following = failures.newest(before, PAGE_SIZE)
    return responses.SweepFailures([_response(failure) for failure in found], following)


def retry(failure_id: str, account: Account, now: datetime) -> responses.Empty:
    """Have the next sweep look at it again, with all its tries. Raises NotFound."""
    failure = failures.find(failure_id)
    told = {"failure": failure.id, "item": f"{failure.item_pk} {failure.item_sk}"}
    failures.retry(failure, audit_log.entry_of_site(None, "retried", None, told, "", account, now), now)
    telemetry.logger.info("failure tried again", failure=failure_id, by=account.id)
    return responses.Empty()


def _response(failure: SweepFailure) -> responses.SweepFailure:
    return responses.SweepFailure(
        id=failure.id,
        item=f"{failure.item_pk} {failure.item_sk}",
        attempts=int(failure.attempts),
        error=failure.error,
        first_at=failure.first_at,
        last_at=failure.last_at,
        dead=bool(failure.dead),
    )
