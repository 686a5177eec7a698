"""Submissions as people may see them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_sees_all, is_organizer, sees_all, visible_phase
from chalicelib.actions.leaderboards import visibility
from chalicelib.actions.leaderboards.visibility import ScoreView, own_view_of
from chalicelib.actions.queues import queueing
from chalicelib.contract import Status, reasons
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, competition_of, places_of_phase
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.leases import Lease
from chalicelib.store.submissions.submissions import NOT_LISTED, Submission, is_owner
from chalicelib.store.submissions.usage import Quota
from chalicelib.store.table import Found, Place

PAGE_SIZE = 50
NO_LEASES = Found()


def show(submission_id: str, account: Account, now: datetime) -> responses.Submission:
    """One submission, for its participant or team and the organizers, with its place in line. Raises NotFound."""
    submission = visible(submission_id, account)
    children = submissions.children(submission)
    of_competition, of_phase = places_of_phase(submission.phase)
    counter = Quota.at(submission.phase, submission.competitor)
    found = table.read_all([of_competition, of_phase, counter, *_leases(submission, *children)])
    competition, phase = found.get(of_competition), found.get(of_phase)
    # Of a phase that is gone nobody knows any more what was to be kept from its participants.
    score_view = own_view_of(competition, phase, account, now) if competition is not None and phase is not None else None
    told = answer(submission, score_view, children, found, _chosen(phase, found.get(counter)))
    return replace(told, queue=queueing.standing(children or [submission], now))


def list_mine(phase_id: str, account: Account, before: str | None, now: datetime) -> responses.Submissions:
    """One page of the account's own submissions in a phase, and of its team's. Raises NotFound."""
    membership = Participant.at(competition_of(phase_id), account.id)
    found = table.read_all([*places_of_phase(phase_id), membership])
    competition, phase = visible_phase(phase_id, account, found)
    score_view = own_view_of(competition, phase, account, now)
    team = participants.team_of(found.get(membership))
    competitors = (account.id, team) if team else (account.id,)
    pages = [submissions.of_participant(competitor, phase_id, before, PAGE_SIZE)[0] for competitor in competitors]
    newest = sorted((one for page in pages for one in page), key=lambda one: str(one.id), reverse=True)[:PAGE_SIZE]
    following = newest[-1].id if len(newest) == PAGE_SIZE else None
    told, counters = _listed(newest, phase, competitors, score_view)
    # What one chose alone, before one was in a team, counts for oneself.
    selection = selection_of(phase, _chosen(phase, counters.get(Quota.at(phase_id, competitors[-1]))))
    return responses.Submissions(told, following, selection)


def list_all(phase_id: str, account: Account, before: str | None, now: datetime) -> responses.Submissions:
    """One page of everybody's submissions in a phase, for organizers. Raises NotFound, NotAllowed."""
    competition, phase = visible_phase(phase_id, account)
    check_sees_all(competition, account)
    newest, following = submissions.of_phase(phase_id, before, PAGE_SIZE)
    whose = {one.competitor for one in newest}
    told, _ = _listed(newest, phase, whose, own_view_of(competition, phase, account, now))
    return responses.Submissions(told, following)


def selection_of(phase: Phase, chosen: Collection[str] | None) -> responses.FinalSelection | None:
    """The submissions that somebody chose in a phase; None where nobody chooses."""
    most = phase.settings.final_selection
    if most is None or chosen is None:
        return None
    return responses.FinalSelection(phase.id, most, sorted(chosen), phase.ends_at)


def answer(
    submission: Submission,
    score_view: ScoreView | None,
    children: Sequence[Submission] = (),
    leases: Found = NO_LEASES,
    chosen: Collection[str] | None = None,
) -> responses.Submission:
    """A submission as somebody may know of it; organizers learn which versions it ran with, too.

    With no `score_view`, that of a phase which is gone, nothing is told that could be hidden. `leases` has those of what is
    in progress, `chosen` the ids of what was chosen to count, None where nobody chooses.

    Nothing else makes this answer (tests/house/test_scores.py).
    """
    for_organizers = _is_organizers(score_view)
    return responses.Submission(
        id=submission.id,
        competition=submission.competition,
        phase=submission.phase,
        participant=submission.username,
        team=submission.team_name,
        robot=submission.robot,  # type: ignore[arg-type]
        name=submission.name,
        status=status_of(submission, leases),  # type: ignore[arg-type]
        attempt=int(submission.attempt),
        size_bytes=int(submission.size_bytes),
        created_at=submission.created_at,
        finished_at=submission.finished_at,
        scores=scores_of(submission, submission.scores, score_view),
        notes=notes_of(submission, submission.notes, score_view),
        fault=submission.fault,  # type: ignore[arg-type]
        reason=reason_of(submission, submission.reason, score_view),
        steps=[step(stored, for_organizers) for stored in submission.steps or []],
        ran_with=versions(submission.ran_with) if for_organizers else None,
        parent=submission.parent,
        task=submission.task,
        tasks=[_task(child, submission, score_view, leases) for child in children] if score_view else [],
        migrated_from=submission.migrated_from,
        shown_attempt=submission.shown_attempt,
        removed_at=submission.removed_at,
        description=submission.description or "",
        method=submission.method or {},
        fact_sheet=submission.fact_sheet or {},
        public=bool(submission.public),
        licence=submission.licence,
        forked_from=submission.forked_from,
        group=submission.group,
        origin=_origin(submission),
        chosen=None if chosen is None else submission.id in chosen,
    )


def _origin(submission: Submission) -> responses.Origin | None:
    told = submission.origin
    return responses.Origin(**{**told, "at": datetime.fromisoformat(told["at"])}) if told else None


def scores_of(run: Submission, stored: Mapping[str, float] | None, score_view: ScoreView | None) -> dict[str, float]:
    """Of the scores of a submission, or of its run on one task of several, in whichever attempt: those that may be told."""
    if score_view is None:
        return {}
    if run.parent:
        return visibility.visible_run_scores(*score_view, stored or {}, str(run.task))
    return visibility.visible_scores(*score_view, stored or {}, run.task)


def notes_of(run: Submission, stored: Sequence[str] | None, score_view: ScoreView | None) -> list[str]:
    """Of the notes on a report those that may be told, as `scores_of`."""
    return visibility.visible_notes(*score_view, stored or (), _task_of(run)) if score_view else []


def reason_of(run: Submission, stored: str | None, score_view: ScoreView | None) -> str:
    """Of the reason of a failure what may be told, as `scores_of`."""
    return (
        visibility.visible_reason(*score_view, stored or "", _task_of(run))
        if score_view
        else reasons.without_quotes(stored or "")
    )


def _task_of(run: Submission) -> str | None:
    return str(run.task) if run.parent else None


def _is_organizers(score_view: ScoreView | None) -> bool:
    return score_view is not None and score_view.audience.is_organizer


def _task(child: Submission, parent: Submission, score_view: ScoreView, leases: Found) -> responses.TaskRun:
    for_organizers = _is_organizers(score_view)
    return responses.TaskRun(
        task=str(child.task),
        name=parent.tasks[str(child.task)],
        submission=child.id,
        status=status_of(child, leases),  # type: ignore[arg-type]
        attempt=int(child.attempt),
        finished_at=child.finished_at,
        scores=scores_of(child, child.scores, score_view),
        notes=notes_of(child, child.notes, score_view),
        fault=child.fault,  # type: ignore[arg-type]
        reason=reason_of(child, child.reason, score_view),
        steps=[step(stored, for_organizers) for stored in child.steps or []],
        ran_with=versions(child.ran_with) if for_organizers else None,
    )


def read_leases(*submissions_: Submission) -> Found:
    """The leases of those that are in progress: one call, none when nothing is."""
    return table.read_all(_leases(*submissions_))


def status_of(submission: Submission, leases: Found) -> str:
    """A submission's status: in progress, how far its runner has come."""
    # A build without leases had it on the row, and woke the sweeper by that.
    if submission.token_digest is None or submission.due_at is not None:
        return str(submission.status)
    lease = leases.get(Lease.at(submission.id))
    if lease is None or lease.token_digest != submission.token_digest:
        # Since the row was read the attempt has ended, most likely out of this.
        return Status.SCORING
    return str(lease.status)


def _leases(*submissions_: Submission) -> list[Place[Lease]]:
    return [Lease.at(one.id) for one in submissions_ if one.token_digest is not None]


def _listed(
    page: Sequence[Submission], phase: Phase, whose: Collection[str], score_view: ScoreView
) -> tuple[list[responses.Submission], Found]:
    """A page of what some have submitted, and the counters that tell what they chose: a call, and none where nobody chooses
    and nothing is in progress."""
    counters = [Quota.at(phase.id, one) for one in whose] if phase.settings.final_selection is not None else []
    found = table.read_all([*_leases(*page), *counters])
    ids = {id_ for at in counters for id_ in _chosen(phase, found.get(at)) or ()}
    told = [answer(one, score_view, leases=found, chosen=ids if counters else None) for one in page]
    return told, found


def _chosen(phase: Phase | None, counter: Quota | None) -> Collection[str] | None:
    """The ids of what somebody chose; None where nobody chooses."""
    if phase is None or phase.settings.final_selection is None:
        return None
    return frozenset(counter.chosen or ()) if counter else frozenset()


def step(stored: dict[str, Any], for_organizers: bool) -> responses.StepReport:
    """The use that one step made of its machine, as its participant sees it, or the organizers."""
    report = responses.StepReport(**stored)
    return report if for_organizers else replace(report, image_digest=None)


def versions(stored: dict[str, Any] | None) -> responses.Versions | None:
    """The versions that an attempt ran with."""
    if not stored:
        return None
    files = {kind: responses.UsedFile(**file) for kind, file in stored["files"].items()}
    return responses.Versions(files, stored["task"], stored["image"])


def visible(submission_id: str, account: Account) -> Submission:
    """A submission that is the account's own, its team's or in a competition of which it sees all. Raises NotFound."""
    submission, _ = _theirs(submission_id, account, sees_all)
    return submission


def changeable(submission_id: str, account: Account) -> tuple[Submission, bool]:
    """A submission that is the account's own or its team's, which is told; or in a competition that it organizes.

    Raises NotFound.
    """
    return _theirs(submission_id, account, is_organizer)


def _theirs(
    submission_id: str, account: Account, has_right: Callable[[Competition, Account], bool]
) -> tuple[Submission, bool]:
    submission = submissions.find(submission_id)
    if submission.team is None and (submission.user == account.id or account.is_admin):
        return submission, submission.user == account.id
    of_competition = Competition.at(submission.competition)
    competition, member = table.read(of_competition, Participant.at(submission.competition, account.id))
    is_in_charge = account.is_admin or (competition is not None and has_right(competition, account))
    is_own = is_owner(submission, account, member)
    if not is_in_charge and not is_own:
        raise NotFound(NOT_LISTED)
    return submission, is_own
