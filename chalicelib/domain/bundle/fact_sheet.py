"""The questions that a competition asks about each submission (FORMATS 1.2)."""

import json
from typing import Any

from chalicelib.contract import limits
from chalicelib.domain.bundle.section import Section

TYPES = ("checkbox", "text", "select")
KEYS = ("key", "type", "title", "selection", "is_required", "is_on_leaderboard")


def read(section: Section) -> dict[str, Any] | None:
    """The questions by key, or None. A bool in the two yes-or-no keys becomes the word that Codabench writes."""
    sheet = section.plain("fact_sheet")
    if sheet is None:
        return None
    if not isinstance(sheet, dict):
        section.error("fact_sheet", "`fact_sheet` must be a mapping from a key to a question.")
        return None
    if len(json.dumps(sheet)) > limits.MAX_FACT_SHEET_CHARACTERS:
        section.error(
            "fact_sheet", f"The fact sheet is longer than {limits.MAX_FACT_SHEET_CHARACTERS} characters as JSON. Shorten it."
        )
        return None
    for key, question in sheet.items():
        if isinstance(question, dict):
            _judge(section, key, question)
        else:
            section.error("fact_sheet", f"The question `{key}` must be a mapping with the keys {', '.join(KEYS)}.")
    return sheet


def _judge(section: Section, key: str, question: dict[str, Any]) -> None:
    for name in KEYS:
        if name not in question:
            section.error("fact_sheet", f"The question `{key}` has no `{name}`. Write it.")
    for name in question.keys() - set(KEYS):
        section.warn("fact_sheet", f"The question `{key}` has the key `{name}`, which is ignored.")
    if question.get("key", key) != key:
        section.error("fact_sheet", f"The question `{key}` has another `key` inside. Write `key: {key}`.")
    if question.get("type", "text") not in TYPES:
        section.error("fact_sheet", f"The question `{key}` has an unknown `type`. Write one of {', '.join(TYPES)}.")
    for name in ("is_required", "is_on_leaderboard"):
        if isinstance(question.get(name), bool):
            question[name] = str(question[name]).lower()
