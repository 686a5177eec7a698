"""The states of a submission. Which one may follow which is told by `domain/submissions/lifecycle.py`."""

from enum import StrEnum


class Status(StrEnum):
    """A submission's state, as stored and as shown. The names are those of Codabench (FORMATS 2.12)."""

    #: Taken, and not queued before an organizer starts it.
    SUBMITTING = "Submitting"
    SUBMITTED = "Submitted"
    PREPARING = "Preparing"
    RUNNING = "Running"
    SCORING = "Scoring"
    FINISHED = "Finished"
    FAILED = "Failed"
    CANCELLED = "Cancelled"

    @property
    def is_final(self) -> bool:
        """True when nothing follows."""
        return self in FINAL

    @property
    def is_claimed(self) -> bool:
        """True while a runner holds the lease."""
        return self in CLAIMED


FINAL = frozenset({Status.FINISHED, Status.FAILED, Status.CANCELLED})
CLAIMED = frozenset({Status.PREPARING, Status.RUNNING, Status.SCORING})
