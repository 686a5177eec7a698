"""What runners are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Credentials:
    """AWS keys for one queue."""

    access_key_id: str
    secret_access_key: str
    session_token: str


@dataclass(frozen=True)
class RunnerSession:
    """What a runner needs to poll its queue until `expires_at`."""

    queue: str
    queue_url: str
    region: str
    credentials: Credentials
    expires_at: datetime


@dataclass(frozen=True)
class Beat:
    """Whether to go on."""

    go_on: bool
    lease_expires_at: datetime


@dataclass(frozen=True)
class NewStatus:
    """What became of a submission."""

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
