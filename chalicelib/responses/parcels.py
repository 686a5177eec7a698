"""Parcels: submissions packed for organizers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class ExportZip:
    """One zip of a parcel: a signed URL, good for a few minutes, its size, and how many submissions are in it."""

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
    """The newest parcels of a phase."""

    parcels: list[SubmissionExport]
