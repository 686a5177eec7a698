"""Taking submissions out of the running: marked as failed or withdrawn by organizers, deleted by their participants."""

from datetime import datetime
from itertools import chain

from chalicelib import responses, settings, telemetry
from chalicelib.actions.leaderboards import moderation
from chalicelib.actions.leaderboards.moderation import ModeratedSubmission
from chalicelib.actions.library import uploads as uploading
from chalicelib.actions.submissions.showing import show
from chalicelib.aws import objects
from chalicelib.aws.object_keys import FORMER_SHOWN_PAGES, run_file, still_page
from chalicelib.contract import Status, uploads
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import lifecycle
from chalicelib.errors import Conflict, NotAllowed, say
from chalicelib.store import writes
from chalicelib.store.runs import attempts
from chalicelib.store.submissions import shared_code, shared_files, submissions, usage
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.writes import Action, Transaction


def delete(submission_id: str, account: Account, now: datetime) -> responses.Empty:
    """Delete one's own submission, or the team's, with its files, for good; an organizer withdraws somebody else's.

    That one is kept. Either takes it off the board at once. Its attempt stays charged. Raises NotFound, NotAllowed, and
    Conflict while it is in progress.
    """
    moderated = moderation.moderated_submission(submission_id, account, now)
    submission = moderated.submission
    lifecycle.check_removal(Status(submission.status))
    if not moderated.is_own:
        _withdraw(moderated, now)
    else:
        purge(moderated, now)
    return responses.Empty()


def purge(moderated: ModeratedSubmission, now: datetime) -> None:
    """Delete a submission for good: gone at once, its files by the sweeper. Raises Conflict when it moved on."""
    submission = moderated.submission
    actions: list[Action] = [
        Submission.removed_at.set(submission.removed_at or now),
        Submission.purged.set(True),
        *Submission.waking_at(now),
    ]
    actions += [one.remove() for one in (Submission.list_pk, Submission.list_sk, Submission.owner_pk, Submission.owner_sk)]
    counts = submission.migrated_from is None and submission.solution is None and submission.origin is None

    def also(write: Transaction) -> None:
        if counts:
            usage.freeing(write, submission.phase, submission.counted, int(submission.size_bytes), submission.id)
        elif moderated.setup.phase.final_selection:
            usage.not_choosing(write, submission.phase, submission.competitor, str(submission.id))

    moderation.change_of(moderated, actions, {"removed_at": now}, None, now, also)
    telemetry.logger.info("submission deleted", submission=submission.id)


def restore(submission_id: str, account: Account, now: datetime) -> responses.Submission:
    """Take back that a submission was withdrawn. Raises NotFound, NotAllowed, Conflict."""
    moderated = moderation.moderated_submission(submission_id, account, now, as_organizer=True)
    if moderated.submission.removed_at is None:
        raise Conflict(say("not_withdrawn", "This submission was not withdrawn."))
    entry = moderation.entry_of(moderated, "restored", None, None, "", now)
    moderation.change_of(moderated, [Submission.removed_at.remove()], {"removed_at": None}, entry, now)
    return show(submission_id, account, now)


def finish(submission: Submission) -> None:
    """Remove the files of a deleted submission, then its rows, itself the last: until then the sweeper comes back."""
    rows = [submission, *submissions.children(submission)]
    kept = {row.id: attempts.kept(row) for row in rows}
    names = [*uploads.FILENAMES.values(), *FORMER_SHOWN_PAGES]
    for row in rows:
        uploaded = [row.uploaded, *(attempt.uploaded for attempt in kept[row.id])]
        results = [name for names_ in uploaded for name in names_ or () if "/" in name]
        numbers = range(1, int(row.attempt) + 1)
        left = {*names, *results}
        left |= {still_page(name) for name in left if uploads.is_page(name)}
        keys = [run_file(row.id, number, name) for number in numbers for name in left]
        objects.delete(settings.get().runs_bucket, *keys)
    # A solution's file is a dataset's, whoever's that is, and stays.
    if submission.solution is None and not shared_files.leave(submission.object_key, submission.id):
        uploading.let_go(submission.object_key, submission.taken_at)
    shared_code.forget(submission.id)
    for item in (*chain.from_iterable(kept.values()), *rows[1:], submission):
        writes.delete(item)


def _withdraw(moderated: ModeratedSubmission, now: datetime) -> None:
    if not moderated.audience.is_organizer:
        raise NotAllowed(say("participant_or_organizer", "Only its participant or an organizer may do this."))
    if moderated.submission.removed_at is not None:
        raise Conflict(say("withdrawn_before", "This submission was withdrawn before."))
    entry = moderation.entry_of(moderated, "withdrawn", None, None, "", now)
    moderation.change_of(moderated, [Submission.removed_at.set(now)], {"removed_at": now}, entry, now)
