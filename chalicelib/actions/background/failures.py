"""Failures in the background, as administrators see them and have them tried again (ADR 45)."""

import json
from datetime import datetime

from chalicelib import ids, responses, telemetry
from chalicelib.actions.background import jobs
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Busy, say
from chalicelib.store import table, writes
from chalicelib.store.background import failures
from chalicelib.store.background.failures import SweepFailure
from chalicelib.store.background.jobs import FAILED, FINISHED, BackgroundJob

PAGE_SIZE = 50
#: A message that is tried again names its failure, which whoever gets through with it forgets.
FAILURE = "failure"
_GIVEN_UP = "The tasks function broke off three times with this message. Its log says why, under the same task and id."
_MOVED = say("failure_repeats", "This fails again and again at this moment.")


def list_all(before: str | None) -> responses.SweepFailures:
    """One page of the failures that there are."""
    found, following = failures.newest(before, PAGE_SIZE)
    return responses.SweepFailures([_response(failure) for failure in found], following)


def retry(failure_id: str, account: Account, now: datetime) -> responses.Empty:
    """Have the next sweep try it again, with all its tries; once, however many ask at one moment. Raises NotFound, Busy."""

    def again() -> None:
        failure = failures.find(failure_id)
        told = {"failure": failure.id, "item": " ".join(failure.item)}
        failures.retry(failure, audit_log.entry_of_site(None, "retried", None, told, "", account, now), now)

    writes.retried(again, Busy(_MOVED))
    telemetry.logger.info("failure tried again", failure=failure_id, by=account.id)
    return responses.Empty()


def look_after(failure: SweepFailure, now: datetime) -> None:
    """Of a failure that is due: have it tried again where that is its turn or wanted, and forget what is mended.

    What was tried and failed for a reason is its owner's to mend, who reads it; where nobody does, it is `dead` by then.
    """
    if failure.message is not None:
        _send_again(failure, now)
        return
    job = table.read_keys(failure.item).get(failure.item)
    if not isinstance(job, BackgroundJob) or job.status == FINISHED:
        failures.mended(str(failure.id))
    elif job.status != FAILED or failure.dead:
        failures.watch(failure, job.status != FAILED, now)
    elif failure.begun:
        failures.mended(str(failure.id))
    else:
        jobs.begin_again(job, now)


def take_over(message: messages.DeadMessage, now: datetime) -> None:
    """Write down what the tasks function gave up, then take it off its dead-letter queue.

    Broken off between, it comes again and is written down once more.
    """
    body = json.loads(message.body)
    id_ = body.pop(FAILURE, None)
    # EventBridge's have an id as well, and no task.
    key = body.get("task", "mail feedback"), str(body["id"])
    failures.give_up_message(id_ or ids.of_item(*key), key, "Task", json.dumps(body), _GIVEN_UP, now)
    messages.remove_dead(message)


def _send_again(failure: SweepFailure, now: datetime) -> None:
    """Of a message that was given up: one that is old rests, unless an administrator has just asked for it."""
    if failure.attempts and now - failure.first_at > failures.SENT_FOR:
        failures.rest(failure)
        return
    messages.send_again(json.dumps({**json.loads(failure.message), FAILURE: failure.id}))
    failures.sent_again(failure, now)


def _response(failure: SweepFailure) -> responses.SweepFailure:
    return responses.SweepFailure(
        id=failure.id,
        about=failure.about or "",
        item=" ".join(failure.item),
        attempts=int(failure.attempts),
        error=failure.error,
        first_at=failure.first_at,
        last_at=failure.last_at,
        dead=bool(failure.dead),
    )
