"""Files of rows, judged in one pass: tables, JSON and its lines, text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from chalicelib.contract import limits
from chalicelib.contract.expected import jsons, lines
from chalicelib.contract.expected.complaints import Complaint, listed, shown
from chalicelib.contract.expected.expectations import TABLES, ExpectedFile
from chalicelib.contract.expected.lines import Broken, Lines
from chalicelib.contract.expected.values import Judge, Tally, judges_of


def judge(expected: ExpectedFile, path: str, stream: BinaryIO) -> Iterator[Complaint]:
    """The complaints about a file, in the order of its lines. Where it cannot be read on, that comes last."""
    tally = Tally(path)
    try:
        found = _READ[expected.format or "text"](expected, stream, tally)
    except Broken as broken:
        yield from tally.told()
        yield Complaint(path, broken.code, line=broken.line, params=broken.params)
        return
    yield from tally.told()
    if found is not None:
        yield from _counted(expected, path, found)


def _counted(expected: ExpectedFile, path: str, found: int) -> Iterator[Complaint]:
    if expected.rows is not None and found != expected.rows:
        yield Complaint(path, "rows", params={"found": found, "expected": expected.rows})
    if expected.min_rows is not None and found < expected.min_rows:
        yield Complaint(path, "few_rows", params={"found": found, "least": expected.min_rows})
    if expected.max_rows is not None and found > expected.max_rows:
        yield Complaint(path, "many_rows", params={"found": found, "most": expected.max_rows})


def _table(expected: ExpectedFile, stream: BinaryIO, tally: Tally) -> int | None:
    """The number of rows below the header; None where the header is to blame already."""
    found = lines.rows(Lines(stream), TABLES[expected.format or "csv"])
    judges = judges_of(expected.fields)
    places: Sequence[int | None] = range(len(judges))
    width = len(judges) if judges and not expected.header else None
    if expected.header:
        at, header = next(found, (1, list[str]()))
        if not header:
            tally.add(("no_header", {}))
            return None
        _judge_names(expected, header, at, tally)
        at_name = {name: place for place, name in reversed([*enumerate(header)])}
        places = [at_name.get(judge.field.name) for judge in judges]
        width = len(header)
    return _judge_cells(expected, found, list(zip(judges, places, strict=True)), width, tally)


def _judge_names(expected: ExpectedFile, header: Sequence[str], at: int, tally: Tally) -> None:
    names, counts = [field.name for field in expected.fields], Counter(header)
    missing = [name for name in names if name not in counts]
    for name in missing:
        tally.add(("no_field", {"found": listed(header)}), shown(name), line=at)
    for name in names:
        if counts[name] > 1:
            tally.add(("double_field", {}), shown(name), line=at)
    if not names or expected.fields_match == "superset":
        return
    known = set(names)
    for name in header:
        if name not in known:
            tally.add(("extra_field", {}), shown(name), line=at)
    if expected.fields_match == "exact" and not missing and [name for name in header if name in known] != names:
        tally.add(("field_order", {"expected": listed(names)}), line=at)


def _judge_cells(
    expected: ExpectedFile,
    found: Iterator[tuple[int, list[str]]],
    columns: Sequence[tuple[Judge, int | None]],
    width: int | None,
    tally: Tally,
) -> int:
    count, judged = 0, [(judge, place) for judge, place in columns if place is not None]
    may_be_wider = not expected.header and expected.fields_match == "superset"
    for line, row in found:
        count += 1
        if width is None:
            continue
        if len(row) < width or (len(row) > width and not may_be_wider):
            tally.add(("cells", {"found": len(row), "expected": width}), line=line)
            continue
        for judge, place in judged:
            if fault := judge.of_text(row[place]):
                tally.add(fault, shown(judge.field.name), line=line)
    return count


def _text(_expected: ExpectedFile, stream: BinaryIO, _tally: Tally) -> int:
    return sum(1 for _ in lines.each(Lines(stream)))


def _json_lines(expected: ExpectedFile, stream: BinaryIO, tally: Tally) -> int:
    judges, read, count = judges_of(expected.fields), Lines(stream), 0
    for line in lines.each(read):
        if not line.strip(" \t\r\n"):
            continue
        count += 1
        value = _parsed(line, read.number)
        _judge_object(expected, judges, value, tally, line=read.number)
    return count


def _parsed(line: str, number: int) -> Any:
    try:
        return jsons.parse(line, number)
    except Broken as broken:
        raise Broken(broken.code, number, limits.MAX_CHECKED_DEPTH if broken.params else None) from broken


def _json(expected: ExpectedFile, stream: BinaryIO, tally: Tally) -> int | None:
    """The number of entries of an array; None for anything else."""
    content = stream.read(limits.MAX_CHECKED_JSON_BYTES + 1)
    try:
        value = jsons.parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Broken("not_utf8", content.count(b"\n", 0, error.start) + 1) from error
    judges = judges_of(expected.fields)
    if isinstance(value, list) and expected.type != "object":
        for at, entry in enumerate(value, 1):
            if judges:
                _judge_object(expected, judges, entry, tally, entry=at)
        return len(value)
    if expected.type == "array" or _wants_rows(expected):
        tally.add(("no_array", {}))
    elif expected.type == "object" or judges:
        _judge_object(expected, judges, value, tally)
    return None


def _wants_rows(expected: ExpectedFile) -> bool:
    return any(bound is not None for bound in (expected.rows, expected.min_rows, expected.max_rows))


def _judge_object(
    expected: ExpectedFile,
    judges: Sequence[Judge],
    value: Any,
    tally: Tally,
    line: int | None = None,
    entry: int | None = None,
) -> None:
    if not isinstance(value, dict):
        tally.add(("no_object", {}), "", line, entry)
        return
    for judge in judges:
        name = judge.field.name
        fault = judge.of_json(value[name]) if name in value else ("no_key", {})
        if fault:
            tally.add(fault, shown(name), line, entry)
    if judges and expected.fields_match != "superset":
        known = {judge.field.name for judge in judges}
        for name in value:
            if name not in known:
                tally.add(("extra_key", {}), shown(name), line, entry)


_READ = {"csv": _table, "tsv": _table, "text": _text, "jsonl": _json_lines, "json": _json}
