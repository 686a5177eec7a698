"""Bundles: their imports and what is wrong with them."""

from dataclasses import field
from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass
from chalicelib.responses.previews import BoardEffect


@dataclass(frozen=True)
class Complaint:
    """A thing in a bundle that is wrong or odd: where, and what to write instead."""

    file: str
    line: int | None
    key: str
    message: str


@dataclass(frozen=True)
class Check:
    """The content of a bundle, in numbers of its parts, and every complaint about it. Without errors it can be imported.

    `effects`: what it would do to the boards of the competition that it was checked for.
    """

    version: str | None
    title: str | None
    phases: int
    tasks: int
    leaderboards: int
    errors: list[Complaint]
    warnings: list[Complaint]
    effects: list[BoardEffect] = field(default_factory=list)


@dataclass(frozen=True)
class Original:
    """A bundle as it was uploaded, and its manifest as text. The URL is good for a few minutes."""

    uploaded_at: datetime
    url: str
    manifest_name: str
    manifest: str


@dataclass(frozen=True)
class Originals:
    """The bundles that a competition was made from, the newest first."""

    originals: list[Original]


@dataclass(frozen=True)
class Dump:
    """A competition on its way to being a bundle again. `complaints` name files that are gone; `url` is short-lived."""

    id: str
    competition: str
    form: Literal["full", "light"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    size_bytes: int | None
    complaints: list[Complaint]
    created_at: datetime
    url: str | None


@dataclass(frozen=True)
class Dumps:
    """The newest dumps of a competition."""

    dumps: list[Dump]


@dataclass(frozen=True)
class ImportedFile:
    """A file of a bundle, by its place in the manifest, and how much of it is copied."""

    name: str
    bytes_done: int
    bytes_total: int


@dataclass(frozen=True)
class Import:
    """A bundle on its way to becoming `competition`. `done` of `total` files are copied."""

    id: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    competition: str | None
    done: int
    total: int
    files: list[ImportedFile]
    errors: list[Complaint]
    warnings: list[Complaint]
