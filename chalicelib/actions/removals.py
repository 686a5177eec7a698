"""Taking submissions out of the running: marked as failed or withdrawn by organizers, deleted by their participants."""

from datetime import datetime

from pynamodb.transactions import TransactWrite

from chalicelib import answers, bodies, settings, telemetry
from chalicelib.actions import endings, standings
from chalicelib.actions.outputs import SHOWN_PAGE, run_key
from chalicelib.actions.submissions import check_whole, show
from chalicelib.aws import objects
from chalicelib.contract import Fault, Status, uploads
from chalicelib.domain import lifecycle
from chalicelib.domain.accounts import Account
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.store import attempts, quotas, shared_files, sharing, submissions
from chalicelib.store.submissions import Submission


def fail(submission_id: str, body: bodies.Why, account: Account, now: datetime) -> answers.Submission:
    """Mark a submission as failed, whatever it is now, and give its attempt back. Raises NotFound, NotAllowed, Conflict."""
    mark(submission_id, body, account, now)
    return show(submission_id, account, now)


def mark(submission_id: str, body: bodies.Why, account: Account, now: datetime) -> None:
    """Mark as failed, as `fail` does, and tell nothing. Raises NotFound, NotAllowed, Conflict."""
    case = standings.case_of(submission_id, account, now, as_organizer=True)
    reason = body.reason or f"Marked as failed by {account.username}."
    submission = case.submission
    if not Status(submission.status).is_final:
        queued = submissions.children(submission) or [submission]
        if submission.standing is not None:
            endings.cancel_rerun(queued, reason, now)
        for row in queued:
            if submission.standing is None and not Status(row.status).is_final:
                endings.fail(row, Fault.ORGANIZER, reason, now)
        case = standings.case_of(submission_id, account, now, as_organizer=True)
    if case.submission.status != Status.FAILED:
        _fail(case, reason, now)
    telemetry.logger.info("submission marked as failed", submission=submission.id, by=account.id)


def delete(submission_id: str, account: Account, now: datetime) -> answers.Empty:
    """Delete one's own submission, or the team's, with its files, for good; an organizer withdraws somebody else's.

    That one is kept. Either takes it off the board at once. Its attempt stays charged. Raises NotFound, NotAllowed, and
    Conflict while it is in progress.
    """
    case = standings.case_of(submission_id, account, now)
    submission = case.submission
    lifecycle.check_removal(Status(submission.status))
    if not case.is_own:
        _withdraw(case, now)
    else:
        purge(case, now)
    return answers.Empty()


def purge(case: standings.Case, now: datetime) -> None:
    """Delete a submission for good: gone at once, its files by the sweeper. Raises Conflict when it moved on."""
    submission = case.submission
    actions = [
        Submission.removed_at.set(submission.removed_at or now),
        Submission.purged.set(True),
        *Submission.waking_at(now),
    ]
    actions += [one.remove() for one in (Submission.list_pk, Submission.list_sk, Submission.owner_pk, Submission.owner_sk)]
    counts = submission.migrated_from is None and submission.solution is None

    def also(write: TransactWrite) -> None:
        if counts:
            quotas.freeing(write, submission.phase, submission.counted, int(submission.size_bytes))

    standings.change_of(case, actions, {"removed_at": now}, None, now, also)
    telemetry.logger.info("submission deleted", submission=submission.id)


def restore(submission_id: str, account: Account, now: datetime) -> answers.Submission:
    """Take back that a submission was withdrawn. Raises NotFound, NotAllowed, Conflict."""
    case = standings.case_of(submission_id, account, now, as_organizer=True)
    if case.submission.removed_at is None:
        raise Conflict("This submission was not withdrawn.")
    deed = standings.deed_of(case, "restored", None, None, "", now)
    standings.change_of(case, [Submission.removed_at.remove()], {"removed_at": None}, deed, now)
    return show(submission_id, account, now)


def finish(submission: Submission) -> None:
    """Remove the files of a deleted submission, then its rows, itself the last: until then the sweeper comes back."""
    rows = [submission, *submissions.children(submission)]
    kept = {row.id: attempts.kept(row) for row in rows}
    names = [*uploads.FILENAMES.values(), SHOWN_PAGE]
    for row in rows:
        results = [name for one in (row, *kept[row.id]) for name in one.uploaded or [] if "/" in name]
        numbers = range(1, int(row.attempt) + 1)
        keys = [run_key(row.id, number, name) for number in numbers for name in {*names, *results}]
        objects.delete(settings.get().runs_bucket, *keys)
    if not shared_files.leave(submission.object_key, submission.id):
        objects.delete(settings.get().files_bucket, submission.object_key)
    sharing.forget(submission.id)
    for item in (*(one for its in kept.values() for one in its), *rows[1:], submission):
        item.delete()


def _fail(case: standings.Case, reason: str, now: datetime) -> None:
    submission = case.submission
    check_whole(submission)
    actions = [
        Submission.status.set(Status.FAILED),
        Submission.fault.set(Fault.ORGANIZER),
        Submission.reason.set(reason),
        Submission.scores.set({}),
        Submission.charged_day.remove(),
    ]
    values = {"status": Status.FAILED, "scores": {}}
    day = submission.charged_day

    def also(write: TransactWrite) -> None:
        quotas.settling(write, submission.phase, submission.counted, day, ends=False)

    deed = standings.deed_of(case, "failed", submission.status, None, reason, now)
    standings.change_of(case, actions, values, deed, now, also)


def _withdraw(case: standings.Case, now: datetime) -> None:
    if not case.sight.is_organizer:
        raise NotAllowed("Only its participant or an organizer may do this.")
    if case.submission.removed_at is not None:
        raise Conflict("This submission was withdrawn before.")
    deed = standings.deed_of(case, "withdrawn", None, None, "", now)
    standings.change_of(case, [Submission.removed_at.set(now)], {"removed_at": now}, deed, now)
