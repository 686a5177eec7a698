"""The states of a submission: which may follow which, and what an ending costs its participant.

                 claim              ingestion            scoring
    Submitted ─────────▶ Preparing ─────────▶ Running ─────────▶ Scoring
     │  ▲                 │  │  └───── a result submission ──────▶ │  │
     │  │ abort or lost   │  │             │  │                   │  │
     │  └── lease ────────┴──────────────────┴─────────────────────┘  │
     │                       │                │                      │
     │ cancel                │                │ finish, cancel,      │
     ▼                       ▼                ▼ or the third abort   ▼
    Cancelled               Finished, Failed or Cancelled: nothing follows

A submission that nobody ever claimed can become Failed, too. Where organizers start submissions by hand, it is Submitting
before it is Submitted. From its end a submission goes back to Submitted when it is run again, as a new attempt of it.
Where people alone judge, nothing is run: the platform itself takes a Submitted one, and makes it Finished or Failed.
A finish may come from any claimed state, because a short run ends before its first heartbeat tells of a step.
"""

from collections.abc import Mapping

from chalicelib.contract import Fault, Status
from chalicelib.errors import Conflict, say

#: After this many attempts that the platform broke off, the submission is Failed.
MAX_ATTEMPTS = 3

_ENDS = frozenset({Status.FINISHED, Status.FAILED, Status.CANCELLED})
_NEXT: Mapping[Status, frozenset[Status]] = {
    Status.SUBMITTING: frozenset({Status.SUBMITTED, Status.FAILED, Status.CANCELLED}),
    Status.SUBMITTED: frozenset({Status.PREPARING, Status.FAILED, Status.CANCELLED}),
    Status.PREPARING: _ENDS | {Status.PREPARING, Status.RUNNING, Status.SCORING, Status.SUBMITTED},
    Status.RUNNING: _ENDS | {Status.RUNNING, Status.SCORING, Status.SUBMITTED},
    Status.SCORING: _ENDS | {Status.SCORING, Status.SUBMITTED},
    Status.FINISHED: frozenset(),
    Status.FAILED: frozenset(),
    Status.CANCELLED: frozenset(),
}


def may_follow(current: Status, new: Status) -> bool:
    """True when `new` may come after `current`. A claimed state may follow itself: heartbeats repeat it."""
    return new in _NEXT[current]


def check_transition(current: Status, new: Status) -> None:
    """Raise Conflict unless `new` may come after `current`."""
    if may_follow(current, new):
        return
    if current.is_final:
        raise Conflict(say("status_final", "The submission is {status} and stays so.", status=current))
    raise Conflict(
        say(
            "status_unfollowed",
            "A submission that is {status} cannot become {next_status}.",
            status=current,
            next_status=new,
        )
    )


def check_rerun(current: Status) -> None:
    """Raise Conflict unless a submission that is `current` can be run again: one attempt at a time."""
    if not current.is_final:
        raise Conflict(
            say(
                "rerun_in_progress",
                "The submission is {status}. Wait for its end, or cancel it, then run it again.",
                status=current,
            )
        )


def check_removal(current: Status) -> None:
    """Raise Conflict while a submission is on its way to a runner or with one."""
    if not current.is_final:
        raise Conflict(
            say("delete_in_progress", "The submission is {status}. Cancel it first, then delete it.", status=current)
        )


def stands(standing: Status | None, status: Status, fault: Fault | None) -> bool:
    """True when an earlier result stays what it was, because a re-run came to nothing by no fault of its participant.

    `standing` is the earlier end, None in a first run; `status` and `fault` are the end of the re-run.
    """
    return standing is Status.FINISHED and (status is Status.CANCELLED or fault in (Fault.ORGANIZER, Fault.PLATFORM))


def after_finish(fault: Fault | None, numbers: Mapping[str, float], is_expected: bool = True) -> tuple[Status, Fault | None]:
    """The end of an attempt, and whose fault it is. `numbers` are the finite ones that were reported, under any key.

    A scoring program that succeeded but gave no number has failed its organizer, unless none `is_expected`, because
    people fill all columns.
    """
    if fault is not None:
        return Status.FAILED, fault
    return (Status.FINISHED, None) if numbers or not is_expected else (Status.FAILED, Fault.ORGANIZER)


def after_abort(attempts: int) -> Status:
    """The status that a submission goes to whose attempt was broken off or lost its lease, the last of `attempts` of
    this run."""
    return Status.SUBMITTED if attempts < MAX_ATTEMPTS else Status.FAILED


def is_charged(fault: Fault | None) -> bool:
    """True when the attempt counts: it succeeded, or failed by the participant's doing. Others are refunded."""
    return fault is None or fault is Fault.PARTICIPANT


def is_charged_when_cancelled(current: Status) -> bool:
    """True when a cancelled attempt counts, because a runner had claimed it and its code may have run."""
    return current.is_claimed
