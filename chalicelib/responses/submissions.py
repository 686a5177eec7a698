"""Submissions, their attempts and files, the code that participants share, and exports for organizers."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Literal

from chalicelib.contract.values import dataclass
from chalicelib.responses.queues import Standing


@dataclass(frozen=True)
class StepReport:
    """The use that one step made of its machine: null where it was not measured. The image's digest is for
    organizers, and null for others."""

    name: str
    exit_code: int | None
    seconds: float
    cpu_seconds: float | None
    peak_memory_bytes: int | None
    peak_gpu_memory_bytes: int | None
    image_digest: str | None


@dataclass(frozen=True)
class UsedFile:
    """A program or data that an attempt was given: which version of it."""

    dataset: str
    sha256: str


@dataclass(frozen=True)
class Versions:
    """The versions that the latest attempt ran with: `files` by what they were, the task of the bank, the Docker image."""

    files: Mapping[str, UsedFile]
    task: str | None
    image: str


@dataclass(frozen=True)
class TaskRun:
    """One task of a submission to several. `submission` is the id under which its files are asked for."""

    task: str
    name: str
    submission: str
    status: Literal["Submitting", "Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    finished_at: datetime | None
    scores: Mapping[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]
    ran_with: Versions | None


@dataclass(frozen=True)
class Origin:
    """The other `site` from which a submission was brought with its scores: its `id` there, who brought it, and when."""

    site: str
    id: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Collected:
    """The number of submissions that are the caller's own now, and of those that are left for another time."""

    submissions: int
    left: int


@dataclass(frozen=True)
class Submission:
    """A submission and what became of it. `fault` says whose a failure was; `reason` says it in words.

    `ran_with` is for organizers, and null for others. In a phase with several tasks `scores` has their means, and each
    task's own under `task/key`; `tasks` says more of each, where one submission is asked for. `parent` and `task` are set
    for one such task. `team` is the name of the team for which it was made, `group` the key of the group, `forked_from` the
    shared code that it was started from. `queue` is told of one that waits, where it is asked for alone: of several tasks,
    the first in line. `origin` is set where it was brought from another site: its first attempt is what that site told.
    `chosen`: it is to count when the phase is over; null where nobody chooses.
    """

    id: str
    competition: str
    phase: str
    participant: str
    team: str | None
    robot: Literal["ranked", "unranked"] | None
    name: str
    status: Literal["Submitting", "Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    size_bytes: int
    created_at: datetime
    finished_at: datetime | None
    scores: Mapping[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]
    ran_with: Versions | None
    parent: str | None
    task: str | None
    tasks: list[TaskRun]
    migrated_from: str | None
    shown_attempt: int
    removed_at: datetime | None
    description: str
    method: Mapping[str, str]
    fact_sheet: Mapping[str, Any]
    public: bool
    licence: str | None
    forked_from: str | None
    queue: Standing | None = None
    group: str | None = None
    origin: Origin | None = None
    chosen: bool | None = None


@dataclass(frozen=True)
class FinalSelection:
    """The submissions that a participant or a team chose, at most so many: until `closes_at`, when the best of them counts.

    Who chooses none has on the board what its rule says. Of more than `most`, the first so many count.
    """

    phase: str
    most: int
    chosen: list[str]
    closes_at: datetime | None


@dataclass(frozen=True)
class Submissions:
    """One page of submissions, newest first. `selection` is told of your own, where you may choose."""

    submissions: list[Submission]
    next: str | None
    selection: FinalSelection | None = None


@dataclass(frozen=True)
class Logs:
    """The text that the latest attempt's programs have printed so far: of each log that there is, by its name, the end.

    A log is at most 128 KiB here, and while it grows it is its beginning and its end; `files` has the whole.
    """

    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    logs: Mapping[str, str]


@dataclass(frozen=True)
class Files:
    """Signed URLs of a submission's files, good for a few minutes; null for what there is not, or is not for you.

    `results` has the pages and images that scoring made, by their names; participants get them and `detailed_results` where
    the competition shows them. `private_output` is for organizers alone. `extension` is that of the submission's file, which
    is a zip unless its phase took it as it is. `live`: you may have the scripts of pages run, by `live-page`.
    """

    submission: str | None
    output: str | None
    private_output: str | None
    prediction_output: str | None
    detailed_results: str | None
    results: Mapping[str, str]
    ingestion_stdout: str | None
    ingestion_stderr: str | None
    submission_stdout: str | None
    submission_stderr: str | None
    scoring_stdout: str | None
    scoring_stderr: str | None
    extension: str = "zip"
    live: bool = False


@dataclass(frozen=True)
class LivePage:
    """The address at which a result page's scripts run, good until `expires_at`, and in a frame of the console alone."""

    url: str
    expires_at: datetime


@dataclass(frozen=True)
class Allowance:
    """A limit, with what organizers gave beside it, and how much of that is left."""

    limit: int
    left: int


@dataclass(frozen=True)
class Quota:
    """The attempts that a participant still has in a phase; null for what has no limit.

    `opens_at` is when the next attempt opens, now when one is left, null when no time opens one; `reason` says then why.
    Days and months are those of `timezone`. `extra` attempts were given by the organizers beside the limits.
    `group` is the key of the group whose limits these are.
    """

    today: Allowance | None
    this_month: Allowance | None
    in_all: Allowance | None
    at_once: Allowance | None
    bytes: Allowance | None
    submission_bytes: int | None
    interval_seconds: int | None
    extra: int
    timezone: str
    opens_at: datetime | None
    reason: str
    group: str | None = None


@dataclass(frozen=True)
class Migrating:
    """One participant: the submission that goes along, how many are in progress yet, and what it became when it has."""

    participant: str
    submission: str | None
    in_progress: int
    became: str | None


@dataclass(frozen=True)
class Migration:
    """The submissions that go along into a phase, from which, by which rule; one page of participants.

    `status` is null when it was never begun; `done` counts the submissions that it made; `reason` says why it failed.
    `starts_by_itself`: at the phase's start.
    """

    phase: str
    source: str
    rule: Literal["last", "best"]
    starts_by_itself: bool
    status: Literal["Waiting", "Running", "Finished", "Failed"] | None
    done: int
    reason: str
    participants: list[Migrating]
    next: str | None


@dataclass(frozen=True)
class Attempt:
    """An attempt that its submission shows no more. Aborted: a runner gave it back. Its files go by its number.

    `is_check`: it repeated another one, to see whether that comes to the same.
    """

    number: int
    status: Literal["Finished", "Failed", "Cancelled", "Aborted"]
    started_at: datetime | None
    finished_at: datetime | None
    scores: Mapping[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]
    ran_with: Versions | None
    is_check: bool


@dataclass(frozen=True)
class Attempts:
    """A submission's earlier attempts, the oldest first."""

    attempts: list[Attempt]


@dataclass(frozen=True)
class Ancestor:
    """An ancestor of something: what it was started from. Of one that is shared no more its id is all that is told."""

    submission: str
    name: str
    participant: str | None
    shared: bool


@dataclass(frozen=True)
class SharedCode:
    """A finished submission that others may see, have under its licence, and start from.

    `scores` are those that participants see in the phase at this moment. `participant` is null on an anonymous board.
    `downloads` counts people, `forks` submissions. `liked` and `mine` are about who asks. `lineage` has what it was
    started from, the farthest first, where one is asked for alone. `extension` is that of its file.
    """

    submission: str
    competition: str
    phase: str
    participant: str | None
    name: str
    description: str
    method: Mapping[str, str]
    fact_sheet: Mapping[str, Any]
    scores: Mapping[str, float]
    licence: str
    submitted_at: datetime
    size_bytes: int
    likes: int
    downloads: int
    forks: int
    forked_from: str | None
    liked: bool
    mine: bool
    lineage: list[Ancestor] = field(default_factory=list)
    extension: str = "zip"


@dataclass(frozen=True)
class SharedCodes:
    """One page of shared code. A page may be short, and another come after it."""

    shared: list[SharedCode]
    next: str | None


@dataclass(frozen=True)
class ExportZip:
    """One zip of an export: a signed URL, good for a few minutes, its size, and how many submissions are in it."""

    url: str
    size_bytes: int
    submissions: int


@dataclass(frozen=True)
class SubmissionExport:
    """A phase's submissions with their outputs and logs, in one zip, or in several when they are large.

    `submissions` counts those packed so far. Zips can be had as soon as they are listed, until `expires_at`. `reason` says
    why it failed.
    """

    id: str
    phase: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    submissions: int
    zips: list[ExportZip]
    reason: str
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class SubmissionExports:
    """The newest exports of a phase."""

    parcels: list[SubmissionExport]
