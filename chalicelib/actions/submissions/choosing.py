"""Choosing: participants say which of their submissions are to count when the phase is over. Any member of a team says so
for it. That closes with the phase; whose submissions count then, reordering brings about (actions/leaderboards).
"""

from datetime import datetime

from chalicelib import responses, telemetry
from chalicelib.actions.competitions.permissions import is_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import placement
from chalicelib.actions.submissions.showing import selection_of
from chalicelib.domain.competitions import access
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import selection
from chalicelib.errors import Conflict, NotAllowed, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Phase, places_of_phase
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions, usage
from chalicelib.store.submissions.submissions import NOT_LISTED, Submission, check_not_child, is_owner
from chalicelib.store.submissions.usage import Quota
from chalicelib.store.writes import Transaction

_MOVED = say("choice_moved", "Something has changed meanwhile. Look at what is chosen, and try again.")


def choose(submission_id: str, account: Account, now: datetime) -> responses.FinalSelection:
    """Have a submission be among those that count. Raises NotFound, NotAllowed, and Conflict for one that cannot be, when
    as many are chosen as may be, and when the phase is over: three calls.
    """
    submission, phase, chosen = _theirs(submission_id, account)
    most = _check_open(phase, now)
    if not placement.is_eligible(submission) or placement.marks_of(submission).stands_apart:
        raise Conflict(say("choose_finished", "Only a finished submission that is in the running can be chosen."))
    if submission_id in chosen:
        return _told(phase, chosen)
    selection.check_room(len(chosen), most)

    def compose(write: Transaction) -> None:
        same = placement.as_placed(submission) & Submission.removed_at.does_not_exist()
        same &= Submission.team == submission.team if submission.team else Submission.team.does_not_exist()
        write.condition_check(Submission, *Submission.at(submission_id), same)
        _checking_end(write, phase)
        usage.choosing(write, phase.id, submission.competitor, submission_id, most)
        _recording(write, "chosen", submission, account, now)

    writes.transact(compose, otherwise=Conflict(_MOVED))
    telemetry.logger.info("submission chosen", submission=submission_id, by=account.id)
    return _told(phase, chosen | {submission_id})


def take_back(submission_id: str, account: Account, now: datetime) -> responses.FinalSelection:
    """Have a submission count no more. Raises NotFound, NotAllowed, and Conflict when the phase is over."""
    submission, phase, chosen = _theirs(submission_id, account)
    _check_open(phase, now)
    if submission_id not in chosen:
        return _told(phase, chosen)

    def compose(write: Transaction) -> None:
        _checking_end(write, phase)
        usage.not_choosing(write, phase.id, submission.competitor, submission_id)
        _recording(write, "unchosen", submission, account, now)

    writes.transact(compose, otherwise=Conflict(_MOVED))
    telemetry.logger.info("submission not chosen any more", submission=submission_id, by=account.id)
    return _told(phase, chosen - {submission_id})


def _theirs(submission_id: str, account: Account) -> tuple[Submission, Phase, frozenset[str]]:
    """A submission of the caller's or their team's, its phase, and what is chosen of theirs. Raises NotFound, NotAllowed."""
    submission = submissions.find(submission_id)
    check_not_child(submission)
    counter, membership = (
        Quota.at(submission.phase, submission.competitor),
        Participant.at(submission.competition, account.id),
    )
    competition, phase, member, counted = table.read(*places_of_phase(submission.phase), membership, counter)
    organizes = competition is not None and is_organizer(competition, account)
    is_own = is_owner(submission, account, member)
    if competition is None or phase is None or not (is_own or organizes):
        raise NotFound(NOT_LISTED)
    if not is_own:
        raise NotAllowed(say("choice_of_others", "Which submissions count is for those to say whose they are."))
    access.check_may_submit(member.status if member else None, organizes, participants.reason_of(member))
    return submission, phase, frozenset((counted and counted.chosen) or ())


def _told(phase: Phase, chosen: frozenset[str]) -> responses.FinalSelection:
    told = selection_of(phase, chosen)
    assert told is not None
    return told


def _check_open(phase: Phase, now: datetime) -> int:
    return selection.check_open(phase.settings.final_selection, phase.name, phase.starts_at, phase.ends_at, now)


def _checking_end(write: Transaction, phase: Phase) -> None:
    """Within a transaction: the phase ends when it was to end as this began."""
    same = Phase.ends_at == phase.ends_at if phase.ends_at else Phase.ends_at.does_not_exist()
    write.condition_check(Phase, *Phase.at(phase.id), same)


def _recording(write: Transaction, what: str, submission: Submission, account: Account, now: datetime) -> None:
    whose = {"submission": submission.id, "participant": submission.competitor_name}
    audit.recording(write, acts.made(submission.phase, what, account, now, **whose))
