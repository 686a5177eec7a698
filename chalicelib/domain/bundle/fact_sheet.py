"""The questions that a competition asks about each submission (FORMATS 1.2), and who joins."""

import json
from collections.abc import Sequence
from typing import Any

from chalicelib.contract import limits
from chalicelib.domain.bundle.section import Section

TYPES = ("checkbox", "text", "select")
KEYS = ("key", "type", "title", "selection", "is_required", "is_on_leaderboard")
#: Of a question to those who join, whose answers no board tells.
REGISTRATION_KEYS = KEYS[:-1]


def read(section: Section, name: str = "fact_sheet", keys: Sequence[str] = KEYS) -> dict[str, Any] | None:
    """The questions by key, or None. A bool in the two yes-or-no keys becomes the word that Codabench writes."""
    sheet = section.plain(name)
    if not sheet:
        return None
    if not isinstance(sheet, dict):
        section.error(name, f"`{name}` must be a mapping from a key to a question.")
        return None
    if len(json.dumps(sheet)) > limits.MAX_FACT_SHEET_CHARACTERS:
        section.error(name, f"`{name}` is longer than {limits.MAX_FACT_SHEET_CHARACTERS} characters as JSON. Shorten it.")
        return None
    for key, question in sheet.items():
        if isinstance(question, dict):
            _judge(section, name, keys, key, question)
        else:
            section.error(name, f"The question `{key}` must be a mapping with the keys {', '.join(keys)}.")
    return sheet


def _judge(section: Section, name: str, keys: Sequence[str], key: str, question: dict[str, Any]) -> None:
    for wanted in keys:
        if wanted not in question:
            section.error(name, f"The question `{key}` has no `{wanted}`. Write it.")
    for unknown in question.keys() - set(keys):
        section.warn(name, f"The question `{key}` has the key `{unknown}`, which is ignored.")
    if question.get("key", key) != key:
        section.error(name, f"The question `{key}` has another `key` inside. Write `key: {key}`.")
    if question.get("type", "text") not in TYPES:
        section.error(name, f"The question `{key}` has an unknown `type`. Write one of {', '.join(TYPES)}.")
    for word in ("is_required", "is_on_leaderboard"):
        if isinstance(question.get(word), bool):
            question[word] = str(question[word]).lower()
