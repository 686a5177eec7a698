"""The changes that people make to boards by hand: put a submission on or take it off, mark it, set its scores; and
the record of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all, is_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.visibility import Audience, BoardSetup
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages
from chalicelib.contract import Status
from chalicelib.domain.competitions import access
from chalicelib.domain.leaderboards import policy, scores
from chalicelib.domain.leaderboards.policy import Marks
from chalicelib.domain.leaderboards.scores import UNSETTABLE
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, places_of_phase
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import NOT_LISTED, Submission, check_not_child, is_owner
from chalicelib.store.writes import Action, Composer, Condition, Transaction

PAGE_SIZE = 50
#: Of a participant's submissions the newest so many are looked at when another one is to take the place on a board.
CANDIDATES = 1000
_MOVED = say("row_changed", "The submission or its row has changed meanwhile. Look at it again.")


@dataclass(frozen=True)
class ModeratedSubmission:
    """A submission, its competition, how its phase ranks, the rows of its participant or team, and who acts on it.

    `is_own`: it is theirs, or their team's.
    """

    submission: Submission
    competition: Competition
    setup: BoardSetup
    rows: Sequence[BoardRow]
    account: Account
    audience: Audience
    is_own: bool

    @property
    def row(self) -> BoardRow | None:
        """The submission's own row."""
        return next((row for row in self.rows if row.submission == self.submission.id), None)


def add(submission_id: str, account: Account, now: datetime) -> responses.BoardEntry:
    """Put a submission on the board, in place of its participant's other one unless the rule keeps several.

    Raises NotFound, NotAllowed, and Conflict for one that is not finished, has no primary score or is disqualified.
    """
    moderated = moderated_submission(submission_id, account, now)
    _check_may_place(moderated, now, removes=False)
    submission, setup = moderated.submission, moderated.setup
    if submission.status != Status.FINISHED:
        raise Conflict(
            say(
                "board_unfinished",
                "This submission is {status}. Only one that is Finished goes on the board.",
                status=submission.status,
            )
        )
    if submission.solution is not None:
        raise Conflict(say("board_of_solution", "This is a run of a solution of the competition's own, and on no board."))
    if not placement.has_primary(submission, setup) and not setup.is_judged:
        raise Conflict(
            say(
                "board_without_score", "This submission has no score in the column that ranks, so it cannot go on the board."
            )
        )
    if placement.marks_of(submission).disqualified:
        raise Conflict(say("board_disqualified", "This submission is disqualified. An organizer can take that back."))
    if moderated.row is not None:
        return _answer(moderated)
    row = placement.row_of(submission, setup, submission.scores or {})
    former = next((other for other in moderated.rows if (other.pk, other.sk) == (row.pk, row.sk)), None)
    entry = entry_of(moderated, "added", former and former.submission, submission.id, "", now)
    _write(moderated, placement.Change(put=[(row, former)]), [], entry, now)
    return _answer(replace(moderated, rows=[row]))


def remove(submission_id: str, account: Account, now: datetime) -> responses.BoardEntry:
    """Take a submission off the board. Raises NotFound, NotAllowed, and Conflict when it is not on it."""
    moderated = moderated_submission(submission_id, account, now)
    _check_may_place(moderated, now, removes=True)
    if moderated.row is None:
        raise Conflict(say("not_on_board", "This submission is not on the board."))
    entry = entry_of(moderated, "removed", moderated.submission.id, None, "", now)
    _write(moderated, placement.Change(gone=[moderated.row]), [], entry, now)
    return _answer(replace(moderated, rows=[]))


def mark(submission_id: str, body: requests.Mark, account: Account, now: datetime) -> responses.BoardEntry:
    """Say of a submission that it is a baseline, verified or disqualified. Raises NotFound, NotAllowed, Conflict."""
    moderated = moderated_submission(submission_id, account, now, as_organizer=True)
    before = placement.marks_of(moderated.submission)
    after = Marks(
        baseline=before.baseline if body.baseline is None else body.baseline,
        verified=before.verified if body.verified is None else body.verified,
        disqualified=before.disqualified if body.disqualified is None else body.reason if body.disqualified else "",
    )
    entry = entry_of(moderated, "marked", asdict(before), asdict(after), body.reason, now)
    return change_of(moderated, [Submission.marks.set(asdict(after))], {"marks": asdict(after)}, entry, now)


def edit_scores(submission_id: str, body: requests.EditScores, account: Account, now: datetime) -> responses.BoardEntry:
    """Set scores by hand; what is computed of them follows, and the scoring program's own stay readable.

    Raises NotFound, NotAllowed, Conflict, and Invalid with a complaint for each key.
    """
    moderated = moderated_submission(submission_id, account, now, as_organizer=True)
    submission, setup = moderated.submission, moderated.setup
    if submission.status != Status.FINISHED:
        raise Conflict(
            say(
                "scores_unfinished",
                "This submission is {status}. Only one that is Finished has scores to be set.",
                status=submission.status,
            )
        )
    _check_not_judged(body.scores, setup)
    before, tasks = dict(submission.scores or {}), setup.phase.tasks
    own = scores.edit(scores.of_tasks(before, submission.task), body.scores, setup.boards, tasks)
    after = scores.stored_of(own, tasks, submission.task)
    original = submission.original_scores if submission.original_scores is not None else before
    entry = entry_of(moderated, "scored", before, after, body.reason, now)
    actions = [Submission.scores.set(after), Submission.original_scores.set(original)]
    return change_of(moderated, actions, {"scores": after, "original_scores": original}, entry, now)


def _check_not_judged(changes: Collection[str], setup: BoardSetup) -> None:
    """What people judge would be as they have it again with the next judgement."""
    message = say("column_judged", "People judge this column. Exclude a juror, or score in a column of your own.")
    if judged := [Complaint(f"scores.{key}", message) for key in changes if key in setup.judged_keys]:
        raise Invalid(UNSETTABLE, judged)


def list_audit(phase_id: str, account: Account, before: str | None) -> responses.AuditLog:
    """One page of what was done to a phase's boards by hand, for its organizers. Raises NotFound, NotAllowed."""
    (competition,) = table.read(Competition.at(competitions.competition_of(phase_id)))
    check_sees_all(competition, account)
    page, following = audit.newest(phase_id, before, PAGE_SIZE)
    return responses.AuditLog(audit_log.entries_of(page), following)


def moderated_submission(
    submission_id: str, account: Account, now: datetime, as_organizer: bool = False
) -> ModeratedSubmission:
    """Read all that a verb needs. Raises NotFound, NotAllowed for who may not, or was turned away."""
    submission = submissions.find(submission_id)
    check_not_child(submission)
    membership = Participant.at(submission.competition, account.id)
    competition, phase, member = table.read(*places_of_phase(submission.phase), membership)
    if competition is None or phase is None:
        raise NotFound(NOT_LISTED)
    setup = visibility.setup_of(competition, phase, now)
    # To see what organizers see is not to do what they do.
    audience = replace(
        visibility.audience_of(setup, competition, account, now), is_organizer=is_organizer(competition, account)
    )
    is_own = is_owner(submission, account, member)
    if not is_own and not audience.is_organizer:
        raise NotFound(NOT_LISTED)
    if as_organizer:
        check_organizer(competition, account)
    standing = member.status if member else None
    access.check_may_submit(standing, audience.is_organizer, participants.reason_of(member))
    rows = boards.rows_of(submission.phase, submission.competitor)
    return ModeratedSubmission(submission, competition, setup, rows, account, audience, is_own)


def _check_may_place(moderated: ModeratedSubmission, now: datetime, removes: bool) -> None:
    who = {"is_organizer": moderated.audience.is_organizer, "is_admin": moderated.account.is_admin}
    policy.check_may_place(moderated.setup.rule, moderated.setup.phase, now, removes=removes, **who)


def change_of(
    moderated: ModeratedSubmission,
    actions: Sequence[Action],
    values: Mapping[str, Any],
    entry: AuditEntry | None,
    now: datetime,
    also: Composer = writes.nothing,
) -> responses.BoardEntry:
    """Change a submission, and its participant's rows as they follow from that. Raises Conflict when it moved on.

    `also` has what else goes into the transaction.
    """
    submission = moderated.submission
    same, was_eligible = placement.as_placed(submission), placement.is_eligible(submission)
    for name, value in values.items():
        setattr(submission, name, value)
    others = (
        placement.newest_of(submission.competitor, submission.phase, CANDIDATES) if moderated.setup.places_by_itself else []
    )
    chosen = placement.chosen_of(moderated.setup, submission.phase, submission.competitor)
    known = {one.id: one for one in (*others, *_on_board(moderated, chosen))} | {submission.id: submission}
    change = placement.reorder(moderated.setup, moderated.rows, list(known.values()), chosen)
    if was_eligible or placement.is_eligible(submission):
        change = replace(change, retold=submission.competitor)
    update = (Submission(submission.pk, submission.sk), actions, same)
    _write(moderated, change, [update], entry, now, also)
    gone = {(row.pk, row.sk) for row in change.gone} | {(row.pk, row.sk) for row, _ in change.put}
    kept = [row for row in moderated.rows if (row.pk, row.sk) not in gone]
    return _answer(replace(moderated, rows=[*kept, *(row for row, _ in change.put)]))


def _on_board(moderated: ModeratedSubmission, chosen: Collection[str]) -> list[Submission]:
    """Those on the board, and those that count because they were chosen."""
    return table.read_many(Submission.at(id_) for id_ in {*chosen, *(row.submission for row in moderated.rows)})


def _write(
    moderated: ModeratedSubmission,
    change: placement.Change,
    updates: Sequence[tuple[Submission, Sequence[Action], Condition]],
    entry: AuditEntry | None,
    now: datetime,
    also: Composer = writes.nothing,
) -> None:
    phase, competitor = moderated.submission.phase, moderated.submission.competitor
    placed = {row.submission for row, _ in change.put} - ({moderated.submission.id} if updates else set())

    def compose(write: Transaction) -> None:
        for item, actions, condition in updates:
            write.update(item, actions=list(actions), condition=condition)
        for submission in placed:
            # What goes on the board must still be Finished when it does, and have said what its row tells.
            is_same = (Submission.status == Status.FINISHED) | (Submission.standing == Status.FINISHED)
            if submission == moderated.submission.id:
                is_same &= submissions.is_described_as_read(moderated.submission)
            write.condition_check(Submission, *Submission.at(submission), is_same)
        placement.changing(write, change, phase, now, found)
        if entry is not None:
            audit.recording(write, entry)
        also(write)

    found = table.read_all(placement.keys_needed(phase, competitor, moderated.submission.id, moderated.submission.group))
    writes.transact(compose, otherwise=Conflict(_MOVED))
    if change and placement.is_news(phase, competitor, found):
        messages.send_rebuild(phase)
    telemetry.logger.info("board changed by hand", submission=moderated.submission.id, by=moderated.account.id)


def entry_of(
    moderated: ModeratedSubmission, what: str, before: Any, after: Any, reason: str, now: datetime
) -> AuditEntry | None:
    """The record of it. What participants do to their own rows is theirs, and not kept."""
    if not moderated.audience.is_organizer:
        return None
    submission = moderated.submission
    told = {"before": before, "after": after, "reason": reason}
    whose = {"submission": submission.id, "participant": submission.competitor_name}
    return acts.made(submission.phase, what, moderated.account, now, **whose, **told)


def _original(moderated: ModeratedSubmission) -> dict[str, float] | None:
    original = moderated.submission.original_scores
    if original is None or not moderated.audience.is_organizer:
        return None
    return moderated.setup.scores_of(original, moderated.submission.task)


def _answer(moderated: ModeratedSubmission) -> responses.BoardEntry:
    submission, marks = moderated.submission, placement.marks_of(moderated.submission)
    return responses.BoardEntry(
        submission=submission.id,
        phase=submission.phase,
        participant=submission.competitor_name,
        on_board=moderated.row is not None and not marks.disqualified,
        baseline=marks.baseline,
        verified=marks.verified,
        disqualified=marks.disqualified or None,
        scores=visibility.visible_scores(moderated.setup, moderated.audience, submission.scores or {}, submission.task),
        original_scores=_original(moderated),
    )
