"""`agon.expects` of a competition or a phase: what submissions are expected to hold, to the model, and which of that could
never be met."""

import json
import math
from collections import Counter
from dataclasses import asdict
from typing import get_args

from chalicelib.contract import limits
from chalicelib.contract.expected import arrays, expectations
from chalicelib.contract.expected.patterns import is_pattern
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.expected import Constraints, Expectations, ExpectedField, ExpectedFile
from chalicelib.domain.bundle.section import Section

_FORMATS = get_args(expectations.Format)
_ROWS = ("rows", "min_rows", "max_rows")
#: The keys that only some formats have.
_ONLY = {
    **dict.fromkeys(_ROWS, expectations.WITH_ROWS),
    **dict.fromkeys(("fields", "fields_match"), expectations.WITH_FIELDS),
    **{"header": ("csv", "tsv"), "type": ("json",), "dtype": ("npy",), "shape": ("npy",)},
}
_MOST_DIMENSIONS = 16


def read(part: Section) -> Expectations | None:
    """The expectations below `expects`; None where nothing is said. What is wrong stands at its default, and was told."""
    section = part.section("expects")
    if section is None:
        return None
    entries = list(section.sections("files", "path: predictions.csv"))
    if len(entries) > (most := limits.MAX_EXPECTED_FILES):
        section.error(
            "files",
            say(
                "expected_files_many",
                "There are {count} files. Name {most} at most: `*` and `**` stand for several.",
                count=len(entries),
                most=most,
            ),
        )
    found = Expectations(
        files=tuple(_file(entry) for entry in entries[:most]),
        others=section.flag("others", True),
        max_files=_number(section, "max_files", limits.MAX_ENTRIES),
    )
    section.finish()
    counts = Counter(one.path for one in found.files)
    for entry, one in zip(entries, found.files, strict=False):
        if one.path and counts[one.path] > 1:
            entry.error(
                "path",
                say(
                    "expected_file_twice",
                    "`{path}` is there {count} times. Say all of it in one entry.",
                    path=one.path[:60],
                    count=counts[one.path],
                ),
            )
    if not found.others and not found.files:
        section.error(
            "others",
            say(
                "expected_nothing",
                "Without files that are named, no submission could be handed in. Name one, or take others.",
            ),
        )
    size = len(json.dumps(asdict(found)))
    if size > limits.MAX_EXPECTED_CHARACTERS:
        message = f"All that is expected has {size:,} characters; {limits.MAX_EXPECTED_CHARACTERS:,} are kept."
        section.error("files", f"{message} Shorten descriptions, or name fewer fields.")
    return None if found == Expectations() else found


def _file(entry: Section) -> ExpectedFile:
    chosen = entry.choice("format", _FORMATS, "")
    fields = tuple(_field(one) for one in entry.sections("fields", "{name: id, type: integer}"))
    found = ExpectedFile(
        path=_path(entry),
        description=entry.text("description", max_characters=1000).strip(),
        required=entry.flag("required", True),
        count=_number(entry, "count", limits.MAX_ENTRIES, minimum=1),
        max_bytes=_number(entry, "max_bytes", limits.MAX_SIZE_BYTES, minimum=1),
        format=chosen or None,  # type: ignore[arg-type]
        header=entry.flag("header", True),
        **{name: _number(entry, name) for name in _ROWS},
        fields=fields,
        fields_match=entry.choice("fields_match", get_args(expectations.FieldsMatch), "superset"),  # type: ignore[arg-type]
        type=entry.choice("type", ("object", "array"), "") or None,  # type: ignore[arg-type]
        dtype=entry.choice("dtype", arrays.DTYPES, "") or None,
        shape=_shape(entry),
    )
    entry.finish()
    _judge_keys(entry, found)
    _judge_rows(entry, found)
    _judge_fields(entry, found)
    return found


def _path(entry: Section) -> str:
    path = entry.text("path", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip().removeprefix("./")
    parts = path.split("/")
    if path and (path.startswith("/") or "\\" in path or {"", ".", ".."} & set(parts)):
        entry.error(
            "path",
            say("expected_path_shape", "Write a path from the submission's root, such as predictions.csv or masks/*.png."),
        )
    return path


def _field(entry: Section) -> ExpectedField:
    own = entry.section("constraints")
    found = ExpectedField(
        name=entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS, required=True),
        type=entry.choice("type", get_args(expectations.FieldType), "any"),  # type: ignore[arg-type]
        constraints=_constraints(own) if own else Constraints(),
    )
    its = found.constraints
    if own and found.type not in ("integer", "number") and (its.minimum, its.maximum) != (None, None):
        own.error(
            "minimum" if own.has("minimum") else "maximum",
            say("bounds_of_numbers", "Only an integer or a number has bounds. Write its `type`."),
        )
    if own and its.minimum is not None and its.maximum is not None and its.minimum > its.maximum:
        own.error("maximum", say("bounds_apart", "No number is that great and that small. Write a greater `maximum`."))
    entry.finish()
    return found


def _constraints(own: Section) -> Constraints:
    found = Constraints(
        required=own.flag("required", False),
        unique=own.flag("unique", False),
        minimum=_bound(own, "minimum"),
        maximum=_bound(own, "maximum"),
        enum=tuple(dict.fromkeys(text.strip() for text in own.texts("enum"))),
    )
    own.finish()
    return found


def _bound(own: Section, key: str) -> float | None:
    text = own.text(key, max_characters=40).strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    own.error(key, say("bound_shape", "`{key}` is `{text}`. Write a number such as 0 or -0.5.", key=key, text=text))
    return None


def _number(entry: Section, key: str, maximum: int = limits.MAX_NUMBER, minimum: int = 0) -> int | None:
    return entry.number(key, minimum, minimum, maximum) if entry.has(key) else None


def _shape(entry: Section) -> tuple[int, ...] | None:
    if not entry.has("shape"):
        return None
    lengths = [text.strip() for text in entry.texts("shape")]
    is_good = all(text == "-1" or (text.isdecimal() and len(text) <= 12) for text in lengths)
    if is_good and len(lengths) <= _MOST_DIMENSIONS:
        return tuple(int(text) for text in lengths)
    entry.error("shape", say("shape_shape", "Write a list of lengths, with -1 for any, such as [1000, -1]."))
    return None


def _judge_keys(entry: Section, found: ExpectedFile) -> None:
    """What no format looks at would be thought to be checked."""
    for key, formats in _ONLY.items():
        if entry.has(key) and found.format not in formats and not entry.complaints.is_wrong(entry.at("format")):
            listed = " or ".join(f"`format: {one}`" for one in formats)
            entry.error(
                key,
                say(
                    "checked_with_format",
                    "`{key}` is checked with {formats} alone. Write the format, or take this out.",
                    key=key,
                    formats=listed,
                ),
            )
    if found.count is not None and not is_pattern(found.path):
        entry.error(
            "count", say("count_of_pattern", "A path without `*` is one file. Take `count` out, or write a pattern.")
        )


def _judge_rows(entry: Section, found: ExpectedFile) -> None:
    if found.rows is not None and (found.min_rows is not None or found.max_rows is not None):
        entry.error("rows", say("rows_or_bounds", "Write either `rows`, or `min_rows` and `max_rows`."))
    if found.min_rows is not None and found.max_rows is not None and found.min_rows > found.max_rows:
        entry.error("max_rows", say("rows_bounds_crossed", "`max_rows` is below `min_rows`. Write a greater one."))
    least = found.rows if found.rows is not None else found.min_rows or 0
    if least > limits.MAX_UNIQUE_VALUES and any(one.constraints.unique for one in found.fields):
        most = f"{limits.MAX_UNIQUE_VALUES:,}"
        entry.error(
            "fields",
            say(
                "unique_too_many",
                "Of {least:,} rows values cannot be told apart, {most} are. Take `unique` out.",
                least=least,
                most=most,
            ),
        )
    if found.type == "object" and any(getattr(found, name) is not None for name in _ROWS):
        entry.error(
            "type", say("rows_of_arrays", "Rows are counted in a JSON array. Write `type: array`, or take the rows out.")
        )


def _judge_fields(entry: Section, found: ExpectedFile) -> None:
    counts = Counter(one.name for one in found.fields)
    for at, one in enumerate(found.fields):
        if one.name and counts[one.name] > 1:
            place = f"{entry.at('fields')}[{at}].name"
            entry.complaints.error(
                place,
                say(
                    "field_twice", "`{name}` is there {count} times. Change one.", name=one.name[:60], count=counts[one.name]
                ),
            )
    if not found.header and not found.fields:
        entry.error(
            "header",
            say(
                "fields_without_header",
                "Without a header, name the `fields` in their order, so that they can be told apart.",
            ),
        )
