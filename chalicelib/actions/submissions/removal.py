"""Taking submissions out of the running: marked as failed or withdrawn by organizers, deleted by their participants."""

from datetime import datetime

from pynamodb.transactions import TransactWrite

from chalicelib import responses, settings, telemetry
from chalicelib.actions.leaderboards import moderation
from chalicelib.actions.submissions.showing import show
from chalicelib.aws import objects
from chalicelib.aws.object_keys import SHOWN_PAGE, run_file
from chalicelib.contract import Status, uploads
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import lifecycle
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.store.runs import attempts
from chalicelib.store.submissions import shared_code, shared_files, submissions, usage
from chalicelib.store.submissions.submissions import Submission


def delete(submission_id: str, account: Account, now: datetime) -> responses.Empty:
    """Delete one's own submission, or the team's, with its files, for good; an organizer withdraws somebody else's.

    That one is kept. Either takes it off the board at once. Its attempt stays charged. Raises NotFound, NotAllowed, and
    Conflict while it is in progress.
    """
    case = moderation.case_of(submission_id, account, now)
    submission = case.submission
    lifecycle.check_removal(Status(submission.status))
    if not case.is_own:
        _withdraw(case, now)
    else:
        purge(case, now)
    return responses.Empty()


def purge(case: moderation.Case, now: datetime) -> None:
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
            usage.freeing(write, submission.phase, submission.counted, int(submission.size_bytes))

    moderation.change_of(case, actions, {"removed_at": now}, None, now, also)
    telemetry.logger.info("submission deleted", submission=submission.id)


def restore(submission_id: str, account: Account, now: datetime) -> responses.Submission:
    """Take back that a submission was withdrawn. Raises NotFound, NotAllowed, Conflict."""
    case = moderation.case_of(submission_id, account, now, as_organizer=True)
    if case.submission.removed_at is None:
        raise Conflict("This submission was not withdrawn.")
    entry = moderation.entry_of(case, "restored", None, None, "", now)
    moderation.change_of(case, [Submission.removed_at.remove()], {"removed_at": None}, entry, now)
    return show(submission_id, account, now)


def finish(submission: Submission) -> None:
    """Remove the files of a deleted submission, then its rows, itself the last: until then the sweeper comes back."""
    rows = [submission, *submissions.children(submission)]
    kept = {row.id: attempts.kept(row) for row in rows}
    names = [*uploads.FILENAMES.values(), SHOWN_PAGE]
    for row in rows:
        results = [name for one in (row, *kept[row.id]) for name in one.uploaded or [] if "/" in name]
        numbers = range(1, int(row.attempt) + 1)
        keys = [run_file(row.id, number, name) for number in numbers for name in {*names, *results}]
        objects.delete(settings.get().runs_bucket, *keys)
    if not shared_files.leave(submission.object_key, submission.id):
        objects.delete(settings.get().files_bucket, submission.object_key)
    shared_code.forget(submission.id)
    for item in (*(one for its in kept.values() for one in its), *rows[1:], submission):
        item.delete()


def _withdraw(case: moderation.Case, now: datetime) -> None:
    if not case.audience.is_organizer:
        raise NotAllowed("Only its participant or an organizer may do this.")
    if case.submission.removed_at is not None:
        raise Conflict("This submission was withdrawn before.")
    entry = moderation.entry_of(case, "withdrawn", None, None, "", now)
    moderation.change_of(case, [Submission.removed_at.set(now)], {"removed_at": now}, entry, now)
