"""The safety net under every non-final state: what nobody looked after in time is looked after here."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from chalicelib import ids, telemetry
from chalicelib.actions.administration import schema, storage_reviews
from chalicelib.actions.background import failures, jobs, listening, phase_clock, watching
from chalicelib.actions.discovery import cataloguing, federation
from chalicelib.actions.leaderboards import results
from chalicelib.actions.library import cleanup, datasets, uploads
from chalicelib.actions.mail import sending
from chalicelib.actions.queues import queueing, queues
from chalicelib.actions.runs import leases
from chalicelib.actions.submissions import portfolios, removal
from chalicelib.actions.webhooks import delivering
from chalicelib.aws import messages
from chalicelib.contract import Status
from chalicelib.errors import AgonError, Busy
from chalicelib.store import table
from chalicelib.store.background import failures as stored_failures
from chalicelib.store.background.failures import SweepFailure
from chalicelib.store.competitions.competitions import Phase
from chalicelib.store.discovery.changes import CatalogueChange, CatalogueReview
from chalicelib.store.discovery.trusted_sites import TrustedSite
from chalicelib.store.events.events import Event
from chalicelib.store.judging import cases, judging_artifacts
from chalicelib.store.judging.cases import Assignment, Case, JudgingState
from chalicelib.store.judging.judging_artifacts import JudgingArtifact
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import Board, BoardCounter
from chalicelib.store.library.datasets import Dataset
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.library.uploads import USED, Upload
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people import organizations
from chalicelib.store.people.organizations import Organization
from chalicelib.store.queues import queues as queues_stored
from chalicelib.store.queues.queues import Queue
from chalicelib.store.runs import attempts
from chalicelib.store.submissions.leases import Lease
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Item, Key
from chalicelib.store.webhooks.webhooks import Webhook

#: Items looked at together, the longest due first.
PAGE = 100
#: When a sweep leaves the rest to that of the next minute, by which its function has ended.
TIME_LIMIT_SECONDS = 40
#: Whoever got there first has moved what was due by then.
RACE = timedelta(hours=1)
#: Of what the tasks function gave up, so many tens are taken over in a sweep.
TENS = 10


def sweep(now: datetime) -> int:
    """Look at everything that is due, and do what each item needs. Returns how many were looked at.

    Each item stands alone: whatever one raises, the others are looked after, and it comes again after a pause. At the end
    what the tasks function gave up is taken over, and what waits for runners is told.
    """
    telemetry.correlate()
    enough, seen, waited_on = time.monotonic() + TIME_LIMIT_SECONDS, set[Key](), set[str]()
    while time.monotonic() < enough and (keys := _due(now, seen)):
        # What ends the function itself must not be the first of every sweep.
        random.shuffle(keys)
        for key, item in _read(keys, now):
            _look_after(key, item, now)
            waited_on |= queues_stored.waited_on(item)
        seen.update(keys)
    _take_over(now)
    watching.report(len(seen), waited_on, now)
    # Last: the alarm hears of it where a sweep did not come so far.
    telemetry.gauge("Swept", len(seen))
    return len(seen)


def _due(now: datetime, seen: set[Key]) -> list[Key]:
    """The next page. What was seen can still be due: it was left alone, or the index is behind."""
    return [key for key in table.due_keys(now, PAGE + len(seen)) if key not in seen][:PAGE]


def _read(keys: list[Key], now: datetime) -> Iterator[tuple[Key, Item]]:
    """The items that are there: by one call, or where one of them cannot be read each by itself."""
    try:
        yield from list(table.read_keys(*keys).items())
    except Exception:
        for key in keys:
            try:
                found = table.read_keys(key)
            except Exception as error:
                _note(key, error, now)
            else:
                yield from found.items()


def _look_after(key: Key, item: Item, now: datetime) -> None:
    try:
        _VERBS[type(item)](item, now)
        if item.sweep_failed:
            stored_failures.forget(ids.of_item(*key), key)
    except Busy:
        telemetry.logger.info("left to the next sweep: AWS is busy", pk=item.pk)
    except AgonError as error:
        # Somebody else got there first, which is just as well, unless nobody did for long.
        telemetry.logger.info("left alone by the sweeper", pk=item.pk, why=error.detail)
        if item.due_at is not None and (item.sweep_failed or table.instant(item.due_at) < now - RACE):
            _note(key, error, now)
    except Exception as error:
        _note(key, error, now)


def _note(key: Key, error: Exception, now: datetime) -> None:
    """Nothing that raises stops what looks after others."""
    telemetry.logger.exception("not looked after", pk=key[0], sk=key[1])
    telemetry.count("SweepFailed")
    try:
        failure = stored_failures.note(ids.of_item(*key), key, f"{type(error).__name__}: {error}", now)
        if failure.attempts >= stored_failures.MAX_ATTEMPTS:
            telemetry.count("GivenUp")
    except Exception:
        telemetry.logger.exception("a failure was not noted", pk=key[0], sk=key[1])


def _take_over(now: datetime) -> None:
    """Have administrators told of what the tasks function gave up. What cannot be written down comes again later."""
    for _ in range(TENS):
        found = messages.receive_dead()
        for message in found:
            telemetry.count("GivenUp")
            try:
                failures.take_over(message, now)
            except Exception:
                telemetry.logger.exception("not taken over from the dead-letter queue")
        if not found:
            return


def _submission(submission: Submission, now: datetime) -> None:
    status = Status(submission.status)
    if submission.purged:
        removal.finish(submission)
    elif status is Status.SUBMITTED:
        attempts.wake_again(submission, now)
        queueing.wake(submission)
    elif status.is_claimed:
        # A build without leases has claimed it (ADR 18).
        leases.give_up(submission, leases.LOST, now, submission)


def _upload(upload: Upload, now: datetime) -> None:
    if upload.state != USED:
        uploads.remove(upload, now)


def _dataset(dataset: Dataset, _now: datetime) -> None:
    datasets.finish_removal(dataset)


def _queue(queue: Queue, _now: datetime) -> None:
    queues.finish_removal(queue)


def _organization(organization: Organization, _now: datetime) -> None:
    organizations.finish_removal(organization)


def _orphan(orphan: Orphan, now: datetime) -> None:
    cleanup.clear(orphan, now)


def _board(counter: BoardCounter, now: datetime) -> None:
    (board,) = table.read(Board.at(counter.phase))
    if boards.is_current(board, counter):
        boards.rest(counter)
        return
    boards.wait_again(counter, now)
    messages.send_rebuild(counter.phase)


def _state(state: JudgingState, now: datetime) -> None:
    """A message was lost, or judging has ended, after which fewer judgements are enough."""
    cases.mark_dirty(state.phase, now)
    messages.send_judging(state.phase)


def _artifact(artifact: JudgingArtifact, now: datetime) -> None:
    judging_artifacts.wait_again(artifact, now)
    messages.send_unpacking(f"{artifact.phase}-{artifact.id}")


def _daily(review: CatalogueReview, now: datetime) -> None:
    """What is looked through once a day."""
    cataloguing.review(review, now)
    storage_reviews.begin_nightly(now)
    messages.send_results_review(results.FROM_THE_FIRST)
    messages.send_code_review(portfolios.FROM_THE_FIRST)
    schema.begin_after_update(now)


def _assignment(assignment: Assignment, _now: datetime) -> None:
    """A juror did not decide in time."""
    (case,) = table.read(Case.at(assignment.phase, str(assignment.case)))
    cases.take_back(case, assignment)


_VERBS: dict[type, Callable[..., None]] = {
    **dict.fromkeys(jobs.KINDS, jobs.look_after),
    SweepFailure: failures.look_after,
    Submission: _submission,
    Lease: leases.lapse,
    Upload: _upload,
    Phase: phase_clock.strike,
    Dataset: _dataset,
    Queue: _queue,
    Organization: _organization,
    Orphan: _orphan,
    BoardCounter: _board,
    Board: results.look_after,
    JudgingState: _state,
    JudgingArtifact: _artifact,
    Assignment: _assignment,
    Event: listening.look_after,
    Mail: sending.look_after,
    CatalogueChange: cataloguing.look_after,
    CatalogueReview: _daily,
    Webhook: delivering.look_after,
    TrustedSite: federation.look_after,
}
