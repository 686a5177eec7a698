"""What a submission to several tasks comes to."""

import pytest

from chalicelib.contract import Fault, Status
from chalicelib.domain.leaderboards.scores import stored_of
from chalicelib.domain.submissions.children import Result, judge

NAMES = {"0": "Cats", "1": "Dogs"}


def finished(**its: float) -> Result:
    return Result(Status.FINISHED, None, "", its)


def together(results: dict[str, Result]) -> dict[str, float]:
    return stored_of({task: result.scores for task, result in results.items()}, ["0", "1"])


def failed(fault: Fault, reason: str = "It broke.") -> Result:
    return Result(Status.FAILED, fault, reason, {})


def test_it_is_finished_when_every_task_is():
    assert judge({"0": finished(a=1), "1": finished(a=2)}, NAMES).status is Status.FINISHED


def test_it_is_failed_when_one_is_and_says_which():
    whole = judge({"0": finished(a=1), "1": failed(Fault.PARTICIPANT)}, NAMES)
    assert (whole.status, whole.fault, whole.reason) == (Status.FAILED, Fault.PARTICIPANT, "Task 1 “Dogs”: It broke.")


@pytest.mark.parametrize(
    ("faults", "worst"),
    [
        ((Fault.PARTICIPANT, Fault.ORGANIZER), Fault.ORGANIZER),
        ((Fault.ORGANIZER, Fault.PLATFORM), Fault.PLATFORM),
        ((Fault.PARTICIPANT, Fault.PARTICIPANT), Fault.PARTICIPANT),
    ],
)
def test_the_worst_fault_decides_whose_it_is(faults, worst):
    results = {str(at): failed(fault) for at, fault in enumerate(faults)}
    assert judge(results, NAMES).fault is worst


def test_a_task_that_was_cancelled_makes_no_result():
    whole = judge({"0": finished(a=1), "1": Result(Status.CANCELLED, None, "", {})}, NAMES)
    assert (whole.status, whole.reason) == (Status.FAILED, "Task 1 “Dogs”: Cancelled")


def test_a_column_has_the_mean_of_the_tasks_and_each_tasks_own():
    results = {"0": finished(a=0.5, b=1.0), "1": finished(a=1.0)}
    assert together(results) == {"a": 0.75, "0/a": 0.5, "0/b": 1.0, "1/a": 1.0}


def test_who_leaves_a_task_out_has_no_mean():
    assert together({"0": finished(a=0.5)}) == {"0/a": 0.5}
