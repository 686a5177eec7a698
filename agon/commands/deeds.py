"""How the command line tells an audit log: who did what, on the screen or whole in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, words
from chalicelib.domain import tables

if TYPE_CHECKING:
    from agon import api_types as api

#: Of the file that keeps a log.
_COLUMNS = ("at", "by", "what", "participant", "reason", "before", "after", "submission")
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Keep all of it in this file, for a spreadsheet.")]


def tell(entries: Iterable[api.AuditEntry], csv: Path | None, json: bool) -> None:
    """Show a log, or keep it in a file."""
    if csv is not None:
        kept = _keep(entries, csv)
        said = f"{csv} holds the log: {words.count(kept, 'line')}."
        return screen.answer({"file": str(csv), "entries": kept}, json, lambda: screen.show(said))
    found = list(entries)
    rows = [(words.time(one["at"]), one["by"], one["what"].replace("_", " "), _subject(one), one["reason"]) for one in found]
    screen.answer({"deeds": found}, json, lambda: screen.table("", ["When", "By", "What", "About", "Reason"], rows))


def _keep(entries: Iterable[api.AuditEntry], file: Path) -> int:
    """Write entries as CSV, a page at a time: how many. A file that was begun and not ended is not left."""
    lines = 0

    def rows() -> Iterator[Sequence[str]]:
        nonlocal lines
        for one in entries:
            lines += 1
            about = (_noted(one["before"]), _noted(one["after"]))
            whom, submission = one["participant"] or "", one["submission"] or ""
            yield one["at"], one["by"], one["what"], whom, one["reason"], *about, submission

    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            tables.write(out, _COLUMNS, rows())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return lines


def _noted(value: object) -> str:
    return "" if value is None else dumps(value, ensure_ascii=False)


def _subject(entry: api.AuditEntry) -> str:
    """What an act was about: somebody, a submission, or what stands in its details first."""
    named = ", ".join(filter(None, (entry["participant"], entry["submission"])))
    if named:
        return named
    told = entry["after"] or entry["before"] or "–"
    return ", ".join(str(value) for value in told.values()) if isinstance(told, dict) else str(told)
