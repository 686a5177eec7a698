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


_YES_OR_NO: dict[str, Any] = {"type": "string", "enum": ["true", "false"], "default": "false"}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "title": {"type": "string", "minLength": 1, "description": "What is asked."},
    "key": {"type": "string", "minLength": 1, "description": "The name of its answers in tables and for programs."},
    "type": {"type": "string", "enum": TYPES, "default": "text", "description": "How it is answered."},
    "selection": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": "What can be chosen."},
    "is_required": {**_YES_OR_NO, "description": "Nothing is taken without its answer."},
    "is_on_leaderboard": {**_YES_OR_NO, "description": "Boards tell the answers."},
}
#: What Codabench writes where nothing is chosen of a list.
_SELECTIONS: dict[str, Any] = {"checkbox": [True, False], "text": ""}


def schema(keys: Sequence[str] = KEYS) -> dict[str, Any]:
    """The JSON schema of questions by their keys, for forms."""
    question = {key: schema for key, schema in _SCHEMAS.items() if key in keys}
    return {"type": "object", "additionalProperties": {"type": "object", "properties": question, "required": list(question)}}


def read(section: Section, name: str = "fact_sheet", keys: Sequence[str] = KEYS) -> dict[str, Any] | None:
    """The questions by key, or None. A bool in the two yes-or-no keys becomes the word that Codabench writes, and a
    `selection` that is left out what it writes there.
    """
    sheet = section.plain(name)
    if not sheet:
        return None
    if not isinstance(sheet, dict):
        section.error(name, f"`{name}` must be a mapping from a key to a question.")
        return None
    if len(json.dumps(sheet)) > limits.MAX_FACT_SHEET_CHARACTERS:
        section.error(name, f"`{name}` is longer than {limits.MAX_FACT_SHEET_CHARACTERS} characters as JSON. Shorten it.")
        return None
    # By these sections, complaints have their lines, too.
    questions = section.section(name)
    for key, question in sheet.items():
        if questions and not isinstance(question, dict):
            questions.error(key, f"The question `{key}` must be a mapping with the keys {', '.join(keys)}.")
        elif questions and (asked := questions.section(key)):
            _judge(asked, keys, key, question)
    return sheet


def _judge(asked: Section, keys: Sequence[str], key: str, question: dict[str, Any]) -> None:
    if (instead := _SELECTIONS.get(str(question.get("type")))) is not None:
        question.setdefault("selection", instead)
    for wanted in keys:
        if wanted not in question:
            asked.error(wanted, f"The question `{key}` has no `{wanted}`. Write it.")
    for unknown in question.keys() - set(keys):
        asked.warn(unknown, f"The question `{key}` has the key `{unknown}`, which is ignored.")
    if question.get("key", key) != key:
        asked.error("key", f"The question `{key}` has another `key` inside. Write `key: {key}`.")
    if question.get("type", "text") not in TYPES:
        asked.error("type", f"The question `{key}` has an unknown `type`. Write one of {', '.join(TYPES)}.")
    for word in ("is_required", "is_on_leaderboard"):
        if isinstance(question.get(word), bool):
            question[word] = str(question[word]).lower()
