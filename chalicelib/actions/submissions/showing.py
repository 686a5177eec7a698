"""What people may know of submissions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_organizer, is_organizer, visible_phase
from chalicelib.actions.leaderboards import visibility
from chalicelib.actions.leaderboards.visibility import seen
from chalicelib.actions.queues import queueing
from chalicelib.contract import Status
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, competition_of, places_of_phase
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.leases import Lease
from chalicelib.store.submissions.submissions import Submission, is_owner
from chalicelib.store.table import Found, Place

PAGE_SIZE = 50
NO_LEASES = Found()
_NO_SUBMISSION = "There is no such submission. Look at the list of your submissions."


def show(submission_id: str, account: Account, now: datetime) -> responses.Submission:
    """One submission, for its participant or team and the organizers, with its place in line. Raises NotFound."""
    submission, is_own = find(submission_id, account)
    children = submissions.children(submission)
    of_competition, of_phase = places_of_phase(submission.phase)
    found = table.read_all([of_competition, of_phase, *_leases(submission, *children)])
    in_full = answer(submission, for_organizers=not is_own, children=children, leases=found)
    in_full = replace(in_full, queue=queueing.standing(children or [submission], now))
    competition, phase = found.get(of_competition), found.get(of_phase)
    if competition is None or phase is None:
        # Nobody knows any more what was to be kept from its participant.
        return replace(in_full, scores={}, notes=[], tasks=[])
    return visibility.redacted(in_full, *seen(competition, phase, account, now))


def list_mine(phase_id: str, account: Account, before: str | None, now: datetime) -> responses.Submissions:
    """One page of the account's own submissions in a phase, and of its team's. Raises NotFound."""
    membership = Participant.at(competition_of(phase_id), account.id)
    found = table.read_all([*places_of_phase(phase_id), membership])
    audience = seen(*visible_phase(phase_id, account, found), account, now)
    team = participants.team_of(found.get(membership))
    competitors = (account.id, team) if team else (account.id,)
    pages = [submissions.of_participant(competitor, phase_id, before, PAGE_SIZE)[0] for competitor in competitors]
    newest = sorted((one for page in pages for one in page), key=lambda one: str(one.id), reverse=True)[:PAGE_SIZE]
    following = newest[-1].id if len(newest) == PAGE_SIZE else None
    return responses.Submissions([visibility.redacted(one, *audience) for one in _listed(newest, False)], following)


def list_all(phase_id: str, account: Account, before: str | None) -> responses.Submissions:
    """One page of everybody's submissions in a phase, for organizers. Raises NotFound, NotAllowed."""
    competition, _ = visible_phase(phase_id, account)
    check_organizer(competition, account)
    newest, following = submissions.of_phase(phase_id, before, PAGE_SIZE)
    return responses.Submissions(_listed(newest, True), following)


def answer(
    submission: Submission,
    for_organizers: bool = False,
    children: Sequence[Submission] = (),
    leases: Found = NO_LEASES,
) -> responses.Submission:
    """A submission as its participant sees it, or the organizers, who learn which versions it ran with.

    `leases` has those of what is in progress.
    """
    return responses.Submission(
        id=submission.id,
        competition=submission.competition,
        phase=submission.phase,
        participant=submission.username,
        team=submission.team_name,
        name=submission.name,
        status=status_of(submission, leases),  # type: ignore[arg-type]
        attempt=int(submission.attempt),
        size_bytes=int(submission.size_bytes),
        created_at=submission.created_at,
        finished_at=submission.finished_at,
        scores=submission.scores or {},
        notes=list(submission.notes or []),
        fault=submission.fault,  # type: ignore[arg-type]
        reason=submission.reason or "",
        steps=[step(stored, for_organizers) for stored in submission.steps or []],
        ran_with=versions(submission.ran_with) if for_organizers else None,
        parent=submission.parent,
        task=submission.task,
        tasks=[_task(child, submission, for_organizers, leases) for child in children],
        migrated_from=submission.migrated_from,
        shown_attempt=submission.shown_attempt,
        removed_at=submission.removed_at,
        description=submission.description or "",
        method=submission.method or {},
        fact_sheet=submission.fact_sheet or {},
        public=bool(submission.public),
        licence=submission.licence,
        forked_from=submission.forked_from,
    )


def _task(child: Submission, parent: Submission, for_organizers: bool, leases: Found) -> responses.TaskRun:
    return responses.TaskRun(
        task=str(child.task),
        name=parent.tasks[str(child.task)],
        submission=child.id,
        status=status_of(child, leases),  # type: ignore[arg-type]
        attempt=int(child.attempt),
        finished_at=child.finished_at,
        scores=child.scores or {},
        notes=list(child.notes or []),
        fault=child.fault,  # type: ignore[arg-type]
        reason=child.reason or "",
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


def _listed(page: Sequence[Submission], for_organizers: bool) -> list[responses.Submission]:
    leases = read_leases(*page)
    return [answer(submission, for_organizers, leases=leases) for submission in page]


def step(stored: dict[str, Any], for_organizers: bool) -> responses.StepReport:
    """What one step used, as its participant sees it, or the organizers."""
    report = responses.StepReport(**stored)
    return report if for_organizers else replace(report, image_digest=None)


def versions(stored: dict[str, Any] | None) -> responses.Versions | None:
    """What an attempt ran with."""
    if not stored:
        return None
    files = {kind: responses.UsedFile(**file) for kind, file in stored["files"].items()}
    return responses.Versions(files, stored["task"], stored["image"])


def visible(submission_id: str, account: Account) -> Submission:
    """A submission that is the account's own, its team's or in a competition that it organizes. Raises NotFound."""
    submission, _ = find(submission_id, account)
    return submission


def find(submission_id: str, account: Account) -> tuple[Submission, bool]:
    """A submission that is `visible`, and whether it is the account's own or its team's. Raises NotFound."""
    submission = submissions.find(submission_id)
    if submission.team is None and (submission.user == account.id or account.is_admin):
        return submission, submission.user == account.id
    of_competition = Competition.at(submission.competition)
    competition, member = table.read(of_competition, Participant.at(submission.competition, account.id))
    is_own = is_owner(submission, account, member)
    organizes = account.is_admin or (competition is not None and is_organizer(competition, account))
    if not is_own and not organizes:
        raise NotFound(_NO_SUBMISSION)
    return submission, is_own
