"""Files on their way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Post:
    """A form to send: `fields` first, then the file under the name `file`."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """One part to PUT to `url` with `headers`. Keep the answer's ETag header for the commit."""

    number: int
    url: str
    headers: Mapping[str, str]
    size_bytes: int


@dataclass(frozen=True)
class BegunUpload:
    """Where to send a file: by `post`, or in `parts` above 100 MB. The URLs die at `expires_at`."""

    id: str
    method: Literal["post", "multipart"]
    post: Post | None
    parts: list[Part]
    expires_at: datetime


@dataclass(frozen=True)
class CommittedUpload:
    """A file that has arrived and was checked."""

    id: str
    state: Literal["committed"]
    filename: str
    size_bytes: int
    sha256: str
