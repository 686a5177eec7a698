"""Answers to runners and of bulk verbs, and checks of determinism."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class Credentials:
    """AWS keys for one queue."""

    access_key_id: str
    secret_access_key: str
    session_token: str


@dataclass(frozen=True)
class RunnerSession:
    """The credentials that a runner needs to poll its queue until `expires_at`.

    `protocol` is the version that both speak until then. `notice` is for the runner's log: what its operator is to do.
    """

    queue: str
    queue_url: str
    region: str
    credentials: Credentials
    expires_at: datetime
    protocol: int
    notice: str


@dataclass(frozen=True)
class Beat:
    """The answer to a heartbeat: whether to go on."""

    go_on: bool
    lease_expires_at: datetime


@dataclass(frozen=True)
class NewStatus:
    """The status that a submission has now."""

    status: Literal["Submitted", "Finished", "Failed", "Cancelled"]


@dataclass(frozen=True)
class ObjectUpload:
    """A presigned POST of at most `max_bytes`."""

    url: str
    fields: Mapping[str, str]
    max_bytes: int


@dataclass(frozen=True)
class FreshUploads:
    """Presigned POSTs for the same objects as a Job's."""

    uploads: Mapping[str, ObjectUpload]


@dataclass(frozen=True)
class ComparedScore:
    """A score before and after; `difference` is after - before, and null where one of them is missing."""

    key: str
    before: float | None
    after: float | None
    difference: float | None
    same: bool


@dataclass(frozen=True)
class Repeated:
    """A submission, or one task of it, that is run once more. `same` is null until it has Finished.

    `attempt` is the number under which its files and logs are; `same_images` tells whether its images had the same digests.
    """

    rank: int | None
    submission: str
    participant: str
    task: str | None
    attempt: int | None
    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    same: bool | None
    same_images: bool | None
    columns: list[ComparedScore]
    reason: str


@dataclass(frozen=True)
class Determinism:
    """A phase's latest check: what was `repeated`, how much is in progress yet, and why some was `refused`, by its id."""

    id: str
    phase: str
    asked_by: str
    created_at: datetime
    in_progress: int
    repeated: list[Repeated]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class BulkResult:
    """The submissions or participants, of several, that it was done to, and why not to the others, by their ids."""

    done: list[str]
    refused: Mapping[str, str]
