"""The questions that a competition asks about each submission (FORMATS 1.2), and who joins."""

import json
from collections.abc import Sequence
from typing import Any

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
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
        section.error(name, say("sheet_shape", "`{name}` must be a mapping from a key to a question.", name=name))
        return None
    if len(json.dumps(sheet)) > limits.MAX_FACT_SHEET_CHARACTERS:
        section.error(
            name,
            say(
                "sheet_too_long",
                "`{name}` is longer than {most} characters as JSON. Shorten it.",
                name=name,
                most=limits.MAX_FACT_SHEET_CHARACTERS,
            ),
        )
        return None
    # By these sections, complaints have their lines, too.
    questions = section.section(name)
    for key, question in sheet.items():
        if questions and not isinstance(question, dict):
            questions.error(
                key,
                say(
                    "question_shape",
                    "The question `{question}` must be a mapping with the keys {keys}.",
                    question=key,
                    keys=", ".join(keys),
                ),
            )
        elif questions and (asked := questions.section(key)):
            _judge(asked, keys, key, question)
    return sheet


def _judge(asked: Section, keys: Sequence[str], key: str, question: dict[str, Any]) -> None:
    if (instead := _SELECTIONS.get(str(question.get("type")))) is not None:
        question.setdefault("selection", instead)
    for wanted in keys:
        if wanted not in question:
            asked.error(
                wanted,
                say("question_lacks", "The question `{question}` has no `{wanted}`. Write it.", question=key, wanted=wanted),
            )
    for unknown in question.keys() - set(keys):
        asked.warn(
            unknown,
            say(
                "question_key_ignored",
                "The question `{question}` has the key `{unknown}`, which is ignored.",
                question=key,
                unknown=unknown,
            ),
        )
    if question.get("key", key) != key:
        asked.error(
            "key",
            say(
                "question_other_key",
                "The question `{question}` has another `key` inside. Write `key: {question}`.",
                question=key,
            ),
        )
    if question.get("type", "text") not in TYPES:
        asked.error(
            "type",
            say(
                "question_type_unknown",
                "The question `{question}` has an unknown `type`. Write one of {types}.",
                question=key,
                types=", ".join(TYPES),
            ),
        )
    for word in ("is_required", "is_on_leaderboard"):
        if isinstance(question.get(word), bool):
            question[word] = str(question[word]).lower()
