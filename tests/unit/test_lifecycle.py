"""The states of a submission."""

import pytest

from chalicelib.contract import Fault, Status
from chalicelib.domain.submissions import lifecycle
from chalicelib.errors import Conflict

ENDS = [Status.FINISHED, Status.FAILED, Status.CANCELLED]
CLAIMED = [Status.PREPARING, Status.RUNNING, Status.SCORING]


@pytest.mark.parametrize("final", ENDS)
@pytest.mark.parametrize("new", Status)
def test_nothing_follows_an_end(final, new):
    with pytest.raises(Conflict, match=f"is {final} and stays so"):
        lifecycle.check_transition(final, new)


@pytest.mark.parametrize("claimed", CLAIMED)
@pytest.mark.parametrize("new", [*ENDS, Status.SUBMITTED])
def test_a_claimed_submission_can_end_be_cancelled_or_go_back_to_the_queue(claimed, new):
    lifecycle.check_transition(claimed, new)


@pytest.mark.parametrize("claimed", CLAIMED)
def test_a_heartbeat_may_repeat_its_step(claimed):
    lifecycle.check_transition(claimed, claimed)


def test_steps_go_forward_only():
    lifecycle.check_transition(Status.SUBMITTED, Status.PREPARING)
    lifecycle.check_transition(Status.PREPARING, Status.RUNNING)
    lifecycle.check_transition(Status.RUNNING, Status.SCORING)
    lifecycle.check_transition(Status.PREPARING, Status.SCORING)
    with pytest.raises(Conflict, match="A submission that is Scoring cannot become Running"):
        lifecycle.check_transition(Status.SCORING, Status.RUNNING)


@pytest.mark.parametrize("new", [Status.RUNNING, Status.SCORING, Status.FINISHED, Status.SUBMITTED])
def test_nobody_runs_or_finishes_what_they_have_not_claimed(new):
    with pytest.raises(Conflict):
        lifecycle.check_transition(Status.SUBMITTED, new)


def test_every_state_has_its_place():
    for current in Status:
        for new in Status:
            assert isinstance(lifecycle.may_follow(current, new), bool)


@pytest.mark.parametrize(
    ("fault", "charged"),
    [(None, True), (Fault.PARTICIPANT, True), (Fault.ORGANIZER, False), (Fault.PLATFORM, False)],
)
def test_an_attempt_is_charged_for_what_the_participant_did(fault, charged):
    assert lifecycle.is_charged(fault) is charged


def test_a_success_without_a_score_is_the_organizers_failure():
    assert lifecycle.after_finish(None, {"accuracy": 0.5}) == (Status.FINISHED, None)
    assert lifecycle.after_finish(None, {}) == (Status.FAILED, Fault.ORGANIZER)
    assert lifecycle.after_finish(Fault.PARTICIPANT, {"accuracy": 0.5}) == (Status.FAILED, Fault.PARTICIPANT)


def test_the_third_abort_is_the_last():
    ends = [lifecycle.after_abort(attempt) for attempt in (1, 2, 3, 4)]
    assert ends == [Status.SUBMITTED, Status.SUBMITTED, Status.FAILED, Status.FAILED]


def test_cancelling_costs_an_attempt_only_after_a_claim():
    assert not lifecycle.is_charged_when_cancelled(Status.SUBMITTED)
    assert all(lifecycle.is_charged_when_cancelled(status) for status in CLAIMED)


@pytest.mark.parametrize("status", Status)
def test_only_what_has_ended_is_run_again(status):
    if status.is_final:
        lifecycle.check_rerun(status)
        return
    with pytest.raises(Conflict, match=f"is {status}.*run it again"):
        lifecycle.check_rerun(status)


@pytest.mark.parametrize("status", Status)
def test_what_waits_for_a_runner_or_has_one_is_not_deleted(status):
    if status.is_final:
        lifecycle.check_removal(status)
        return
    with pytest.raises(Conflict, match=f"is {status}. Cancel it first"):
        lifecycle.check_removal(status)


def test_what_an_organizer_has_yet_to_start_is_not_claimed():
    lifecycle.check_transition(Status.SUBMITTING, Status.SUBMITTED)
    with pytest.raises(Conflict):
        lifecycle.check_transition(Status.SUBMITTING, Status.PREPARING)


@pytest.mark.parametrize(
    ("standing", "status", "fault", "stands"),
    [
        (Status.FINISHED, Status.FINISHED, None, False),
        (Status.FINISHED, Status.FAILED, Fault.PARTICIPANT, False),
        (Status.FINISHED, Status.FAILED, Fault.ORGANIZER, True),
        (Status.FINISHED, Status.FAILED, Fault.PLATFORM, True),
        (Status.FINISHED, Status.CANCELLED, None, True),
        (Status.FAILED, Status.FAILED, Fault.PLATFORM, False),
        (None, Status.FAILED, Fault.PLATFORM, False),
    ],
)
def test_a_result_stands_when_its_re_run_came_to_nothing(standing, status, fault, stands):
    assert lifecycle.stands(standing, status, fault) is stands


def test_a_program_without_a_column_of_its_own_need_not_report():
    assert lifecycle.after_finish(None, {}, is_expected=False) == (Status.FINISHED, None)
    assert lifecycle.after_finish(Fault.ORGANIZER, {}, is_expected=False) == (Status.FAILED, Fault.ORGANIZER)
