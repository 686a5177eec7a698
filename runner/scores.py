"""What a scoring program reported: scores.json, else scores.txt, as finite numbers and notes about the rest.

Nothing in these files is ever constructed as an object: JSON is data, and YAML is read as nodes and scalars only.
"""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chalicelib.contract import layout, limits
from runner.output import NotPlainFile, read_plain
from runner.plain_yaml import compose

MAX_NOTES = 50
_SHOWN_CHARACTERS = 80
_NUMBER_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("float", "int", "str"))
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)


class UnreadableScores(Exception):
    """There are no scores to be had. Its text is a sentence for the organizer."""


@dataclass(frozen=True)
class ReportedScores:
    """Finite numbers by the program's own keys, and a note for each value that is none."""

    values: dict[str, float]
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
    return _sort_out((key, _json_number(item), item) for key, item in value.items())


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


def _pairs(node: yaml.MappingNode) -> list[tuple[str, float | None, object]]:
    return [(_shown(key), _node_number(value), _plain(value)) for key, value in node.value]


def _lines(text: str) -> list[tuple[str, float | None, object]]:
    """CodaLab's own reading: `correct:1`, with or without a blank."""
    found: list[tuple[str, float | None, object]] = []
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip() and not key.lstrip().startswith("#"):
            found.append((key.strip(), _text_number(value.strip()), value.strip()))
    return found


def _sort_out(entries: Iterable[tuple[str, float | None, object]]) -> ReportedScores:
    values: dict[str, float] = {}
    notes: list[str] = []
    for key, number, raw in entries:
        if number is None or not math.isfinite(number):
            notes.append(f"{_cut(key)} is {_cut(_words(raw))}, which is no finite number: it counts as missing.")
        elif len(values) < limits.MAX_SCORES:
            values[key[: limits.MAX_SCORE_CHARACTERS]] = number
        else:
            notes.append(f"{_cut(key)} is left out: more than {limits.MAX_SCORES} scores.")
    if len(notes) > MAX_NOTES:
        notes[MAX_NOTES - 1 :] = [f"{len(notes) - MAX_NOTES + 1} more values are no finite numbers."]
    return ReportedScores(values, tuple(notes))


def _json_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _node_number(node: yaml.Node) -> float | None:
    # A quoted scalar is a string, as in JSON; PyYAML would call the plain 1e-05 a string too, and Python prints that.
    if isinstance(node, yaml.ScalarNode) and not node.style and node.tag in _NUMBER_TAGS:
        return _text_number(node.value)
    return None


def _text_number(text: str) -> float | None:
    return float(text) if _NUMBER.match(text) else None


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    return "a mapping" if isinstance(node, yaml.MappingNode) else "a list"


def _shown(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else f"({_plain(node)})"


def _words(value: Any) -> str:
    if isinstance(value, float):
        return {math.inf: "infinity", -math.inf: "-infinity"}.get(value, "NaN")
    if isinstance(value, str):
        return value or "empty"
    return json.dumps(value) if value is None or isinstance(value, bool) else _kind(value)


def _kind(value: object) -> str:
    if isinstance(value, int):
        return "too large"
    return "a list" if isinstance(value, list) else "an object"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"
