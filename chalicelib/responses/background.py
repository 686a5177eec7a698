"""Answers about background work of the site."""

from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class SweepFailure:
    """A failure in the background: an item of the table that the sweeper could not look after, a job that was given up, or
    a task of the tasks function. `about` says which where that is known, and `item` where it stands.

    `error` is the latest error, or the reason. It is tried no more by itself once `dead`; `attempts` is 0 once an
    administrator has had it tried again.
    """

    id: str
    about: str
    item: str
    attempts: int
    error: str
    first_at: datetime
    last_at: datetime
    dead: bool


@dataclass(frozen=True)
class SweepFailures:
    """One page of what came to nothing in the background."""

    failures: list[SweepFailure]
    next: str | None


@dataclass(frozen=True)
class Health:
    """Whether each part that the site stands on answers: the table, the buckets of files and of runs, the tasks queue and
    the user pool. `seconds_since_sweep` is the age of the last sweep, of which there is one each minute; null before the
    first.
    """

    table: bool
    files: bool
    runs: bool
    tasks: bool
    accounts: bool
    seconds_since_sweep: int | None


@dataclass(frozen=True)
class QueueLine:
    """The jobs that waited on a queue at the last sweep, counted up to 1,000, and the runners that were alive. `since` is
    when the longest waiting began to; `name` is empty for the site's own queue where nobody has given it one."""

    queue: str
    name: str
    waiting: int
    since: datetime | None
    runners_alive: int


@dataclass(frozen=True)
class EndedSubmissions:
    """The submissions of one day (UTC), by how they ended."""

    day: str
    finished: int
    failed: int
    cancelled: int


@dataclass(frozen=True)
class SiteStatus:
    """The site as administrators look after it. `version` is the functions'; `looked_at` are the items that the last sweep
    found due. `lines` has the site's own queue, and those on which something waited. `tasks_waiting` is null where the
    queue does not answer. Of `failures`, counted up to 100, `given_up` are tried no more by themselves. `days` are today and
    yesterday.
    """

    health: Health
    version: str
    swept_at: datetime | None
    looked_at: int
    lines: list[QueueLine]
    tasks_waiting: int | None
    failures: int
    given_up: int
    days: list[EndedSubmissions]


@dataclass(frozen=True)
class PhaseJob:
    """Work on many submissions of a phase. `done` counts those that it was done to.

    `reason` says why it failed; `refused` why the latest of those was left alone that it could not be done to.
    """

    id: str
    work: Literal["migrate", "rerun", "reorder"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    done: int
    reason: str
    refused: str
    created_at: datetime


@dataclass(frozen=True)
class RetentionRequest:
    """The competitor whose submissions are to be looked through for retention, as one of them has ended. `reason`:
    why it failed."""

    competitor: str
    status: Literal["Waiting", "Running", "Failed"]
    reason: str
    created_at: datetime


@dataclass(frozen=True)
class PhaseJobs:
    """The newest jobs of a phase, and those of retention that are not done."""

    jobs: list[PhaseJob]
    retention: list[RetentionRequest]
