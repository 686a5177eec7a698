"""The layout of an export of submissions: folders by participant and submission, and a table of all of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TextIO

from chalicelib.contract import uploads
from chalicelib.domain import tables

TABLE = "submissions.csv"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_FIXED = ("Submission", "Username", "Name", "Status", "Submitted at", "Finished at", "Attempt", "Size in bytes", "SHA-256")
_LAST = ("Fault", "Reason", "Withdrawn at", "Folder", "Gone from storage")


@dataclass(frozen=True)
class Packed:
    """A submission as the table tells of it. `gone` are files that were to be there and are not."""

    submission: str
    username: str
    name: str
    status: str
    submitted_at: datetime
    finished_at: datetime | None
    attempt: int
    size_bytes: int
    sha256: str
    scores: Mapping[str, float]
    fact_sheet: Mapping[str, Any]
    fault: str | None
    reason: str
    withdrawn_at: datetime | None
    folder: str
    gone: tuple[str, ...] = ()


def folder(username: str, submission: str, task: str | None = None) -> str:
    """The folder where a submission lies, or its run on one of several tasks. No name of somebody leads elsewhere."""
    safe = _UNSAFE.sub("_", username).strip(".") or "_"
    return f"{safe}/{submission}" + (f"/task-{task}" if task is not None else "")


def place(name: str) -> str:
    """The place where a file of a run lies in its folder, by the name that its runner sent it under."""
    filename = uploads.FILENAMES.get(name)
    if filename is None:
        return f"{uploads.RESULTS}/{_UNSAFE.sub('_', name.rpartition('/')[2])}"
    return f"logs/{filename}" if name in uploads.LOGS else filename


def write_table(target: TextIO, packed: Iterable[Packed]) -> None:
    """Write CSV with a column for each score and each question of the fact sheet that any of them has."""
    rows = list(packed)
    scores = sorted({key for row in rows for key in row.scores})
    questions = sorted({key for row in rows for key in row.fact_sheet})
    header = [*_FIXED, *scores, *(f"Fact sheet: {key}" for key in questions), *_LAST]
    tables.write(target, header, (_cells(row, scores, questions) for row in rows))


def _cells(row: Packed, scores: list[str], questions: list[str]) -> list[tables.Cell]:
    times = [_iso(row.submitted_at), _iso(row.finished_at)]
    first = [row.submission, row.username, row.name, row.status, *times, row.attempt, row.size_bytes, row.sha256]
    answers = [None if (said := row.fact_sheet.get(key)) is None else str(said) for key in questions]
    last = [row.fault, row.reason, _iso(row.withdrawn_at), row.folder, " ".join(row.gone)]
    return [*first, *(row.scores.get(key) for key in scores), *answers, *last]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
