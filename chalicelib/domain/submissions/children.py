"""The result of a submission to several tasks, from what each came to (FORMATS 0, children of a multi-task submission)."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.contract import Fault, Status

MAX_REASON_CHARACTERS = 2000
#: The worst first: a fault that is not the participant's gives the attempt back, whatever else went wrong.
_FAULTS = (Fault.PLATFORM, Fault.ORGANIZER, Fault.PARTICIPANT)


@dataclass(frozen=True)
class Result:
    """The result of one task. `scores` are those that count, by column key."""

    status: Status
    fault: Fault | None
    reason: str
    scores: Mapping[str, float]


def judge(results: Mapping[str, Result], names: Mapping[str, str]) -> Result:
    """The result of the whole: Finished when all tasks are, else Failed, by the worst fault, with each failure named.

    Both arguments go by the tasks' indexes. One that was cancelled alone counts as failed. Scores are left to `scores`.
    """
    failed = {task: result for task, result in results.items() if result.status is not Status.FINISHED}
    if not failed:
        return Result(Status.FINISHED, None, "", {})
    reasons = [f"{_named(task, names)}: {failed[task].reason or failed[task].status}" for task in names if task in failed]
    faults = {result.fault for result in failed.values()}
    worst = next((fault for fault in _FAULTS if fault in faults), None)
    return Result(Status.FAILED, worst, " ".join(reasons)[:MAX_REASON_CHARACTERS], {})


def _named(task: str, names: Mapping[str, str]) -> str:
    return f"Task {task} “{names[task]}”" if names[task] else f"Task {task}"
