"""The scores that a scoring program reported: scores.json, else scores.txt, as finite numbers and notes about the rest.

Numbers in quotes, `true`, and the other ways in which YAML writes numbers count as they do on Codabench (FORMATS 2.9).
Nothing in these files is ever constructed as an object: JSON is data, and YAML is read as nodes and scalars only.
"""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import yaml

from chalicelib.contract import layout, limits
from runner.output import NotPlainFile, read_plain
from runner.plain_yaml import compose

MAX_NOTES = 50
_SHOWN_CHARACTERS = 80
#: Longer numbers are read when they are plain ones: YAML has forms that take a long time to read.
_ODD_CHARACTERS = 100
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_CONSTRUCTED = {
    "tag:yaml.org,2002:float": _CONSTRUCTOR.construct_yaml_float,
    "tag:yaml.org,2002:int": _CONSTRUCTOR.construct_yaml_int,
    "tag:yaml.org,2002:bool": _CONSTRUCTOR.construct_yaml_bool,
}
_TEXT = "tag:yaml.org,2002:str"


class UnreadableScores(Exception):
    """The scores cannot be had. Its text is a sentence for the organizer."""


class _Reported(NamedTuple):
    """One value of a report: what it counts as, and how it was written when that is no plain number."""

    key: str
    number: float | None
    written: str = ""


@dataclass(frozen=True)
class ReportedScores:
    """Finite numbers by the program's own keys, None for what is none, and a note for each value that is no plain number."""

    values: dict[str, float | None]
    notes: tuple[str, ...]


def read(output: Path) -> ReportedScores:
    """Scores from the folder that the scoring program wrote. Raises UnreadableScores."""
    for name in layout.SCORES_NAMES:
        try:
            content = read_plain(output / name, limits.MAX_SCORES_BYTES)
        except FileNotFoundError:
            continue
        except NotPlainFile as error:
            raise UnreadableScores(f"{name} cannot be read: {error}.") from error
        return parse_json(content) if name.endswith(".json") else parse_text(content)
    raise UnreadableScores(f"The scoring program wrote neither {' nor '.join(layout.SCORES_NAMES)} to {layout.OUTPUT}.")


def parse_json(content: bytes) -> ReportedScores:
    """Scores of a scores.json: one object. Raises UnreadableScores."""
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableScores("scores.json is no JSON that can be read.") from error
    if not isinstance(value, dict):
        raise UnreadableScores('scores.json is no JSON object. Write {"accuracy": 0.9}.')
    return _sort_out(_of_json(key, item) for key, item in value.items())


def parse_text(content: bytes) -> ReportedScores:
    """Scores of a scores.txt: a flat YAML mapping, else lines split at their first colon. Raises UnreadableScores."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableScores("scores.txt is not in UTF-8.") from error
    try:
        node = compose(text)
    except yaml.YAMLError:
        node = None
    except ValueError as error:
        raise UnreadableScores(f"scores.txt cannot be read: {error}.") from error
    pairs = _pairs(node) if isinstance(node, yaml.MappingNode) else _lines(text)
    if not pairs:
        raise UnreadableScores("scores.txt holds no line like `accuracy: 0.9`.")
    return _sort_out(pairs)


def _pairs(node: yaml.MappingNode) -> list[_Reported]:
    return [
        _of_node(key.value if isinstance(key, yaml.ScalarNode) else f"({_kind(key)})", value) for key, value in node.value
    ]


def _lines(text: str) -> list[_Reported]:
    """CodaLab's own reading: `correct:1`, with or without a blank."""
    found = []
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip() and not key.lstrip().startswith("#"):
            found.append(_of_text(key.strip(), value.strip()))
    return found


def _sort_out(entries: Iterable[_Reported]) -> ReportedScores:
    values: dict[str, float | None] = {}
    notes: list[str] = []
    for key, number, written in entries:
        if len(values) >= limits.MAX_SCORES:
            notes.append(f"`{_cut(key)}` is left out: more than {limits.MAX_SCORES} scores.")
            continue
        is_number = number is not None and math.isfinite(number)
        values[key[: limits.MAX_SCORE_CHARACTERS]] = number if is_number else None
        if not is_number:
            notes.append(f"`{_cut(key)}` is {_cut(written)}, which is no finite number: it counts as missing.")
        elif written:
            notes.append(f"`{_cut(key)}` is {_cut(written)}, which counts as {number:g}. Better report the number itself.")
    if len(notes) > MAX_NOTES:
        notes[MAX_NOTES - 1 :] = [f"{len(notes) - MAX_NOTES + 1} more values are no plain numbers."]
    return ReportedScores(values, tuple(notes))


def _of_json(key: str, value: object) -> _Reported:
    if value is None or isinstance(value, bool):
        return _Reported(key, None if value is None else float(value), json.dumps(value))
    if isinstance(value, str):
        return _Reported(key, _text_number(value), f'"{value}"')
    if isinstance(value, float):
        return _Reported(key, value, "" if math.isfinite(value) else _spoken(value))
    if isinstance(value, int):
        return _of_int(key, value)
    return _Reported(key, None, "a list" if isinstance(value, list) else "an object")


def _of_int(key: str, value: int) -> _Reported:
    try:
        return _Reported(key, float(value))
    except OverflowError:
        return _Reported(key, None, "too large")


def _of_node(key: str, node: yaml.Node) -> _Reported:
    if not isinstance(node, yaml.ScalarNode):
        return _Reported(key, None, _kind(node))
    if node.style:
        return _Reported(key, _text_number(node.value), f'"{node.value}"')
    if node.tag in _CONSTRUCTED and len(node.value) <= _ODD_CHARACTERS:
        number = _constructed(node)
        is_plain = bool(_NUMBER.match(node.value)) and number == float(node.value)
        return _Reported(key, number, "" if is_plain else node.value or "empty")
    return _of_text(key, node.value, is_number=node.tag in (*_CONSTRUCTED, _TEXT))


def _of_text(key: str, text: str, is_number: bool = True) -> _Reported:
    # PyYAML takes the plain 1e-05 for a text, and Python prints that.
    number = _text_number(text) if is_number else None
    is_plain = number is not None and bool(_NUMBER.match(text)) and math.isfinite(number)
    return _Reported(key, number, "" if is_plain else text or "empty")


def _constructed(node: yaml.ScalarNode) -> float | None:
    try:
        return float(_CONSTRUCTED[node.tag](node))
    except (ValueError, KeyError, IndexError, OverflowError):
        # A tag that was written by hand, before what it is not.
        return None


def _text_number(text: str) -> float | None:
    if _NUMBER.match(text):
        return float(text)
    try:
        number = Decimal(text[: _ODD_CHARACTERS + 1])
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() and len(text) <= _ODD_CHARACTERS else None


def _kind(node: yaml.Node) -> str:
    return "a mapping" if isinstance(node, yaml.MappingNode) else "a list"


def _spoken(value: float) -> str:
    return {math.inf: "infinity", -math.inf: "-infinity"}.get(value, "NaN")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"
