"""Datasets, tasks, and files on their way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from chalicelib.contract.values import dataclass
from chalicelib.responses.submissions import UsedFile


@dataclass(frozen=True)
class Dataset:
    """A program, data or solution. Its file never changes. `uses` counts the competitions and tasks that use it."""

    id: str
    type: Literal[
        "scoring_program",
        "ingestion_program",
        "reference_data",
        "input_data",
        "starting_kit",
        "public_data",
        "solution",
    ]
    name: str
    description: str
    owner: str
    visibility: Literal["private", "shared", "public"]
    licence: str
    size_bytes: int
    sha256: str
    uses: int
    created_at: datetime


@dataclass(frozen=True)
class Use:
    """A user of a dataset."""

    kind: Literal["competition", "task"]
    id: str


@dataclass(frozen=True)
class DatasetInFull:
    """A dataset; to its owner also with whom it is shared and who uses it."""

    dataset: Dataset
    shared_with: list[str]
    used_by: list[Use]


@dataclass(frozen=True)
class Datasets:
    """One page of datasets, newest first. Send `next` as `cursor` for the following page."""

    datasets: list[Dataset]
    next: str | None


@dataclass(frozen=True)
class Download:
    """A signed URL, good for a few minutes."""

    url: str


@dataclass(frozen=True)
class Task:
    """A task of the bank. `validated`: a solution of it was run with this version and got scores.

    `lends` has those of its files that not all who may use the task may read: competitions run on them, and hand them to
    nobody. It is told where one task is asked for alone or changed, and null in lists.
    """

    id: str
    version: int
    name: str
    description: str
    owner: str
    visibility: Literal["private", "shared", "public"]
    files: Mapping[str, UsedFile]
    settings: Mapping[str, Any]
    validated: bool
    created_at: datetime
    updated_at: datetime
    lends: list[Literal["scoring_program", "ingestion_program", "reference_data", "input_data"]] | None = None


@dataclass(frozen=True)
class Tasks:
    """One page of tasks, newest first. Send `next` as `cursor` for the following page."""

    tasks: list[Task]
    next: str | None


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
    """The addresses that a file is sent to: by `post`, or in `parts` above 100 MB. The URLs die at `expires_at`."""

    id: str
    method: Literal["post", "multipart"]
    post: Post | None
    parts: list[Part]
    expires_at: datetime


@dataclass(frozen=True)
class ArrivedPart:
    """A part that storage has. Name it in the commit as those that are sent."""

    number: int
    etag: str
    size_bytes: int


@dataclass(frozen=True)
class UploadInProgress:
    """The progress of an upload. `arrived` has the parts that storage has; `parts`, or `post`, say where to send what lacks.

    The URLs are fresh, and die at `expires_at`. There are none once it is committed.
    """

    id: str
    state: Literal["begun", "committed", "used"]
    filename: str
    size_bytes: int
    sha256: str
    method: Literal["post", "multipart"]
    arrived: list[ArrivedPart]
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
