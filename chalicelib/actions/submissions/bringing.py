"""Bringing: a submission comes from another site, with the scores that it had there, and says so for good (ADR 58).

It is run by nobody, charged to nobody and told to nobody. It stands as a place's that has no account, until who takes part
collects what was made under their address.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, visible_phase
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.placement import Change
from chalicelib.actions.leaderboards.visibility import BoardSetup, ScoreView
from chalicelib.actions.library import room
from chalicelib.actions.submissions import children as parts
from chalicelib.actions.submissions.showing import answer
from chalicelib.actions.submissions.submitting import usable_upload
from chalicelib.aws import messages
from chalicelib.contract import Status
from chalicelib.domain.leaderboards import scores
from chalicelib.domain.metering.room import SUBMISSIONS
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import origin
from chalicelib.errors import Busy, Complaint, Conflict, Invalid, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Competition, Phase, competition_of, places_of_phase
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.library import uploads
from chalicelib.store.library.uploads import Kept, Upload
from chalicelib.store.metering import storage
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.queues.queues import queue_of
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import BROUGHT_ATTEMPT, Submission
from chalicelib.store.table import Found, Place
from chalicelib.store.writes import Transaction

_PUBLISHED = say(
    "bring_published",
    "Results of another site come into a draft alone, where nobody competes on the leaderboard yet. "
    "Unpublish it for as long as it takes.",
)
_DELETED = say("brought_deleted", "This submission was brought before, and an organizer has deleted it here.")
_MOVES = say("brought_changes", "The submissions of this participant change all the time. Try again in a moment.")


@dataclass(frozen=True)
class _Run:
    """A brought submission with its children."""

    submission: Submission
    children: list[Submission]


def bring(phase_id: str, body: requests.Bring, account: Account, now: datetime) -> responses.Submission:
    """Take a submission over from another site: two calls, and a message. The same one again is the one that there is.

    Raises NotFound, NotAllowed, Conflict for a published competition, TooLarge, Invalid for a bad upload, an unknown task or
    a time that cannot be.
    """
    made, score_view, is_news = writes.retried(lambda: _bring(phase_id, body, account, now), Busy(_MOVES))
    if is_news:
        messages.send_rebuild(phase_id)
    return answer(made.submission, score_view, made.children)


def _bring(phase_id: str, body: requests.Bring, account: Account, now: datetime) -> tuple[_Run, ScoreView, bool]:
    """What there is now, and whether a rebuild of the board is to be asked for. Raises ConditionFailed on a lost race."""
    competition_id, id_ = competition_of(phase_id), ids.at(body.created_at, f"{phase_id} {body.site} {body.id}")
    user = origin.place_of(competition_id, body.address, body.owner, body.site)
    member_at, upload_at, holder = Participant.at(competition_id, user), Upload.at(body.upload), storage.competition
    needed: list[Place[Any]] = [*places_of_phase(phase_id), member_at, upload_at, Submission.at(id_)]
    needed += [*room.places(holder(competition_id)), *placement.keys_needed(phase_id, user, id_, None)]
    found = table.read_all(needed)
    competition, phase = visible_phase(phase_id, account, found)
    check_organizer(competition, account)
    score_view = visibility.score_view_of(competition, phase, account, now)
    if (known := found.get(Submission.at(id_))) is not None:
        if known.purged:
            raise Conflict(_DELETED)
        return _Run(known, submissions.children(known)), score_view, False
    if competition.published:
        raise Conflict(_PUBLISHED)
    origin.check_time(body.created_at, now)
    upload = usable_upload(found.get(upload_at), account)
    room.check(holder(competition_id), found, int(upload.size_bytes))
    member = found.get(member_at) or _member(competition, user, body, now)
    setup = score_view.setup
    where = {"site": body.site, "id": body.id, "by": account.username, "at": now.isoformat()}
    submission = _submission(id_, phase, member, upload, body, where)
    asked = competition.settings.fact_sheet
    submission.fact_sheet = {key: value for key, value in body.fact_sheet.items() if key in asked} or None
    run = _made(submission, competition, phase, setup, body, now)
    change = _change(run.submission, setup, body, found)
    told = {"site": body.site, "id": body.id, "status": body.status, "scores": run.submission.scores}
    whose = {"submission": id_, "participant": member.username}
    entry = acts.made(phase_id, "brought", account, now, **whose, after=told)

    def compose(write: Transaction) -> None:
        for row in (run.submission, *run.children):
            write.save(row, condition=Submission.pk.does_not_exist())
        uploads.using(write, upload, Kept(SUBMISSIONS, competition_id, id_))
        participants.bringing(write, member, is_new=not found.has(member_at))
        placement.changing(write, change, phase_id, now, found)
        audit.recording(write, entry)

    writes.transact(compose)
    telemetry.logger.info("submission brought", submission=id_, phase=phase_id, site=body.site)
    return run, score_view, bool(change) and placement.is_news(phase_id, user, found)


def _member(competition: Competition, user: str, body: requests.Bring, now: datetime) -> Participant:
    """The place of who took part there: nobody mails it, and its address is told to nobody."""
    return Participant(
        *Participant.at(competition.id, user),
        user=user,
        username=origin.name_of(body.owner, body.site),
        competition=competition.id,
        status=participants.APPROVED,
        joined_at=now,
        admitted=True,
        owner_pk=participants.owner_key(user),
        owner_sk=competition.id,
    )


def _made(
    submission: Submission, competition: Competition, phase: Phase, setup: BoardSetup, body: requests.Bring, now: datetime
) -> _Run:
    """A submission with its children and its scores, as if it had been run once. Raises Invalid."""
    tasks = _tasks(phase, body)
    children = parts.divide(submission, competition, tasks) if len(phase.tasks) > 1 else []
    submission.task, submission.pending = None if children else tasks[0], None
    for row in (submission, *children):
        row.attempt, row.queue, row.finished_at = BROUGHT_ATTEMPT, queue_of(competition, None), now
        row.reason, row.origin = body.reason or None, submission.origin
    if submission.status == Status.FINISHED:
        judged = set(setup.judged.values())
        own = {task: scores.accept_for(body.scores.get(task, {}), setup.boards, judged) for task in tasks}
        by_task = {task: one.scores for task, one in own.items()}
        submission.scores = scores.stored_of(by_task, phase.tasks, submission.task)
        submission.notes = list(dict.fromkeys(note for one in own.values() for note in one.notes))
        for child in children:
            child.scores = dict(by_task[str(child.task)])
    return _Run(submission, children)


def _submission(
    id_: str, phase: Phase, member: Participant, upload: Upload, body: requests.Bring, told: dict[str, str]
) -> Submission:
    return Submission(
        *Submission.at(id_),
        id=id_,
        competition=phase.competition,
        phase=phase.id,
        user=member.user,
        username=member.username,
        name=body.name,
        description=body.description or None,
        status=Status(body.status),
        object_key=upload.object_key,
        filename=upload.filename,
        size_bytes=upload.size_bytes,
        sha256=upload.sha256,
        created_at=body.created_at,
        origin=told,
        list_pk=submissions.list_key(phase.id),
        list_sk=id_,
        owner_pk=submissions.owner_key(member.user, phase.id),
        owner_sk=id_,
    )


def _tasks(phase: Phase, body: requests.Bring) -> list[str]:
    """The tasks that it was run on, in the phase's order: those with scores, or all where there are none. Raises Invalid."""
    there = [str(task) for task in phase.tasks]
    if unknown := sorted(set(body.scores) - set(there)):
        raise Invalid(
            say("name_tasks", "Name tasks of this phase."),
            [
                Complaint(
                    f"scores.{unknown[0]}", say("tasks_listed", "This phase has the tasks {tasks}.", tasks=", ".join(there))
                )
            ],
        )
    return [task for task in there if task in body.scores] or there


def _change(submission: Submission, setup: BoardSetup, body: requests.Bring, found: Found) -> Change:
    """The change of the rows: by the rule where that places submissions by itself, else as it was there."""
    stored = submission.scores or {}
    if submission.status != Status.FINISHED or not stored:
        return Change()
    if setup.rule.is_automatic or not body.on_board:
        return placement.place(submission, setup, stored, found)
    row = placement.row_of(submission, setup, stored)
    keys = placement.keys_of(submission.phase, submission.competitor, submission.id, None)
    former: BoardRow | None = next((found.get(one) for one in keys if tuple(one[:2]) == (row.pk, row.sk)), None)
    return Change(put=[(row, former)], is_judged=setup.is_judged)
