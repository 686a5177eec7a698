"""Leaderboards as files for organizers, with everything that stands on them: CSV, JSON, or a zip of all phases' CSVs.

Pages are read one after the other and written to a file of the function's own, so the size of a board does not matter.
"""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO

from chalicelib import ids, requests, responses, settings
from chalicelib.actions.competitions.permissions import check_sees_all
from chalicelib.actions.leaderboards import reading, visibility
from chalicelib.actions.leaderboards.reading import BoardView, Which
from chalicelib.aws import object_keys, objects
from chalicelib.domain import tables
from chalicelib.domain.leaderboards import rounding
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import TooLarge, say
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition

URL_SECONDS = 300
#: More would take longer than a call may.
MAX_ROWS = 300_000
_FIXED = ("Rank", "Username", "Submission", "Name", "Submitted at", "Marks")
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


def export(phase_id: str, body: requests.Export, account: Account, now: datetime) -> responses.Download:
    """A signed URL of the file. Raises NotFound, NotAllowed, and TooLarge when a zip would have too many rows."""
    (competition,) = table.read(Competition.at(competitions.competition_of(phase_id)))
    check_sees_all(competition, account)
    with tempfile.TemporaryFile() as file:
        name = _WRITERS[body.format](file, phase_id, body, account, now)
        file.seek(0)
        object_key = object_keys.board_export(phase_id, ids.new(now))
        objects.write_stream(settings.get().runs_bucket, object_key, file)
    return responses.Download(objects.get_url(settings.get().runs_bucket, object_key, name, URL_SECONDS))


def _csv(file: BinaryIO, phase_id: str, body: requests.Export, account: Account, now: datetime) -> str:
    view = reading.look(phase_id, Which(body.board, body.group), body.final, account, now)
    with _text(file) as text:
        _write_csv(text, view, body.rounded)
    return f"{_name(view)}.csv"


def _json(file: BinaryIO, phase_id: str, body: requests.Export, account: Account, now: datetime) -> str:
    view = reading.look(phase_id, Which(body.board, body.group), body.final, account, now)
    columns = [column.__dict__ for column in _columns(view)]
    head = {"phase": phase_id, "board": view.board.key, "title": view.board.title, "columns": columns}
    head["questions"] = [{"key": key, "title": title} for key, title in view.questions.items()]
    with _text(file) as text:
        text.write(json.dumps(head)[:-1] + ', "rows": [')
        for number, row in enumerate(_rows(view)):
            shown = {**row, "fact_sheet": reading.answered(row["fact_sheet"], view)}
            text.write(("," if number else "") + "\n" + json.dumps(shown, default=_iso))
        text.write("\n]}\n")
    return f"{_name(view)}.json"


def _zip(file: BinaryIO, phase_id: str, body: requests.Export, account: Account, now: datetime) -> str:
    competition, phases = competitions.find(competitions.competition_of(phase_id))
    setups = [(phase.id, visibility.setup_of(competition, phase, now)) for phase in phases]
    boards = [
        (phase, Which(board.key, group)) for phase, of in setups for group in (None, *of.grouped) for board in of.boards
    ]
    views = [reading.look(phase, which, False, account, now) for phase, which in boards]
    if sum(view.snapshot.count for view in views) > MAX_ROWS:
        raise TooLarge(
            say(
                "boards_above_rows",
                "Together the boards have more than {most:,} rows. Export each by itself, as csv or json.",
                most=MAX_ROWS,
            )
        )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for view, name in zip(views, _names(views), strict=True):
            with archive.open(f"{name}.csv", "w", force_zip64=True) as member, _text(member) as text:
                _write_csv(text, view, body.rounded)
    return f"{competition.title}.zip"


_WRITERS = {"csv": _csv, "json": _json, "zip": _zip}


def _write_csv(text: io.TextIOWrapper, view: BoardView, is_rounded: bool) -> None:
    columns = _columns(view)
    titles = [*view.questions.values(), *(_title(column, view) for column in columns)]
    header = [*_FIXED, *(["Group"] if view.tells_groups else []), *titles, "Organization", "Disqualified"]
    tables.write(text, header, (_cells(row, columns, view, is_rounded) for row in _rows(view)))


def _rows(view: BoardView) -> Iterator[dict[str, Any]]:
    """All rows in order, then those out of the ranking."""
    left_out: list[dict[str, Any]] = []
    for page in range(1, max(1, view.snapshot.pages) + 1):
        rows, out = reading.page_rows(view, page)
        left_out += out
        yield from rows
    yield from left_out


def _answer(row: dict[str, Any], key: str) -> tables.Cell:
    answer = row["fact_sheet"].get(key)
    return str(answer).lower() if isinstance(answer, bool) else answer


def _columns(view: BoardView) -> list[responses.Column]:
    return visibility.columns_of(view.setup, view.board, view.audience)


def _title(column: responses.Column, view: BoardView) -> str:
    """Of several tasks as Codabench names them (FORMATS 3.7)."""
    if column.task is None:
        return column.title
    return f"{view.setup.task_names.get(column.task, '')}({column.task})-{column.title}"


def _cells(row: dict[str, Any], columns: list[responses.Column], view: BoardView, is_rounded: bool) -> list[tables.Cell]:
    marks = [mark for mark in ("team", "baseline", "verified", "edited", "brought") if row[mark]]
    fixed = [row["rank"], row["participant"], row["submission"], row["name"], _iso(row["submitted_at"]), " ".join(marks)]
    group = [reading.group_title(row["group"], view)] if view.tells_groups else []
    organization = (row["organization"] or {}).get("name")
    answers = [_answer(row, key) for key in view.questions]
    scores = [_score(row["scores"].get(column.key), column, is_rounded) for column in columns]
    return [*fixed, *group, *answers, *scores, organization, row["disqualified"]]


def _score(value: float | None, column: responses.Column, is_rounded: bool) -> tables.Cell:
    return tables.Shown(rounding.shown(value, column.precision)) if is_rounded and value is not None else value


def _name(view: BoardView) -> str:
    """Of a file: the board and the phase, so that files of one competition differ."""
    final = " final" if view.order.is_final else ""
    group = f" {view.group.title}" if view.group else ""
    return f"{view.board.title}{group}{final} - {view.setup.phase.name}({view.setup.phase.index})".translate(_UNSAFE)


def _names(views: Sequence[BoardView]) -> list[str]:
    """Of files beside each other: where boards have one title, also in other capitals, later ones are numbered."""
    names: list[str] = []
    for view in views:
        name, number = _name(view), 1
        while name.casefold() in {one.casefold() for one in names}:
            number += 1
            name = f"{_name(view)} {number}"
        names.append(name)
    return names


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


@contextmanager
def _text(file: Any) -> Iterator[io.TextIOWrapper]:
    """A file of bytes as one of text, which stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    yield text
    text.flush()
    text.detach()
