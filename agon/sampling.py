"""Expectations made of a sample submission, for an organizer to look through and to put into a bundle."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from agon.errors import BadFile
from chalicelib.contract import archives, contents, limits
from chalicelib.contract.expected import arrays, jsons, lines, values
from chalicelib.contract.expected.expectations import TABLES
from chalicelib.contract.expected.lines import Broken, Lines
from chalicelib.domain.bundle.expected import Constraints, Expectations, ExpectedField, ExpectedFile

_FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".npy": "npy",
    ".txt": "text",
}


@dataclass
class _Column:
    """A column as far as it was seen: of each value whether it is a number, and of the first column which there were."""

    name: str
    is_first: bool
    count: int = 0
    has_gaps: bool = False
    is_integer: bool = True
    is_number: bool = True
    seen: set[str] = field(default_factory=set)

    def see(self, cell: str) -> None:
        """Take note of a value."""
        text = cell.strip()
        self.count += 1
        if not text:
            self.has_gaps = True
            return
        self.is_integer = self.is_integer and values.INTEGER.fullmatch(text) is not None
        self.is_number = self.is_number and values.NUMBER.fullmatch(text) is not None
        if self.is_first and len(self.seen) < limits.MAX_UNIQUE_VALUES:
            self.seen.add(text)

    def expected(self) -> ExpectedField:
        """Ids that follow each other are said by their bounds; of all others only that they are each there once."""
        if not self.count:
            return ExpectedField(self.name)
        is_unique = self.is_first and len(self.seen) == self.count
        least = greatest = None
        if is_unique and self.is_integer:
            numbers = [int(text) for text in self.seen]
            if max(numbers) - min(numbers) + 1 == self.count:
                least, greatest = float(min(numbers)), float(max(numbers))
        kind = "integer" if self.is_integer else "number" if self.is_number else "any"
        its = Constraints(required=not self.has_gaps, unique=is_unique, minimum=least, maximum=greatest)
        return ExpectedField(self.name, kind, its)  # type: ignore[arg-type]


def expectations_of(zipped: Path) -> Expectations:
    """The expectations that a submission like this one meets. Raises BadFile for what cannot be read."""
    try:
        with zipped.open("rb") as stream, archives.reading(), archives.open_directory(stream) as source:
            for danger in archives.dangers(source, archives.RUN):
                raise archives.Refused(danger.message)
            found = {"/".join(one.parts): one.info for one in contents.of(source).members if not one.is_folder}
            if len(found) > limits.MAX_EXPECTED_FILES:
                message = (
                    f"The sample has {len(found):,} files. Leave some out, and say the rest by a pattern such as *.png."
                )
                raise BadFile(message)
            files = []
            for path, info in sorted(found.items()):
                with source.open(info) as member:
                    files.append(_file(path, cast(BinaryIO, member)))
            return Expectations(tuple(files))
    except (archives.Refused, OSError) as error:
        raise BadFile(str(error)) from error


def _file(path: str, stream: BinaryIO) -> ExpectedFile:
    form = _FORMATS.get(Path(path).suffix.lower())
    if form is None:
        return ExpectedFile(path)
    with _told(path):
        return ExpectedFile(path=path, format=form, **_READ[form](stream, form))  # type: ignore[arg-type]


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except Broken as broken:
        at = f", line {broken.line}" if broken.line else ""
        raise BadFile(f"{path}{at} is not what its name says. Mend it, or call it otherwise.") from broken
    except UnicodeDecodeError as error:
        raise BadFile(f"{path} is no text in UTF-8.") from error


def _table(stream: BinaryIO, form: str) -> Mapping[str, Any]:
    rows = lines.rows(Lines(stream), TABLES[form])
    _, header = next(rows, (1, list[str]()))
    columns = [_Column(name, at == 0) for at, name in enumerate(header)]
    count = 0
    for line, row in rows:
        count += 1
        if len(row) != len(header):
            raise Broken("cells", line)
        for column, cell in zip(columns, row, strict=True):
            column.see(cell)
    return {"rows": count, "fields": tuple(column.expected() for column in columns)}


def _text(stream: BinaryIO, _form: str) -> Mapping[str, Any]:
    return {"rows": sum(1 for _ in lines.each(Lines(stream)))}


def _array(stream: BinaryIO, _form: str) -> Mapping[str, Any]:
    found = arrays.read(stream)
    if found is None:
        raise Broken("broken_npy", None)
    return {"dtype": found.dtype if found.dtype in arrays.DTYPES else None, "shape": found.shape}


def _json(stream: BinaryIO, _form: str) -> Mapping[str, Any]:
    value = jsons.parse(stream.read(limits.MAX_CHECKED_JSON_BYTES).decode("utf-8-sig"))
    if isinstance(value, dict):
        return {"type": "object", "fields": _keys([value])}
    return {"type": "array", "rows": len(value), "fields": _keys(value)} if isinstance(value, list) else {}


def _json_lines(stream: BinaryIO, _form: str) -> Mapping[str, Any]:
    read = Lines(stream)
    objects = [jsons.parse(line, read.number) for line in lines.each(read) if line.strip()]
    return {"rows": len(objects), "fields": _keys(objects)}


def _keys(entries: list[Any]) -> tuple[ExpectedField, ...]:
    """The keys that all of them have."""
    if not entries or not all(isinstance(one, dict) for one in entries):
        return ()
    return tuple(ExpectedField(key) for key in entries[0] if all(key in one for one in entries))


_READ: Mapping[str, Callable[[BinaryIO, str], Mapping[str, Any]]] = {
    **{"csv": _table, "tsv": _table, "text": _text, "npy": _array, "json": _json, "jsonl": _json_lines},
}
