"""The questions that a competition asks about each submission, or who joins: answered from a file, or in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from agon import screen, terminal
from agon.errors import AgonError, BadFile

if TYPE_CHECKING:
    from agon import api_types as api

Answers = dict[str, str | bool]
_EACH_SUBMISSION = "The organizers ask about each submission."


def fill_in(
    questions: Sequence[api.Question],
    file: Path | None,
    may_ask: bool,
    about: str = _EACH_SUBMISSION,
    option: str = "--fact-sheet",
) -> Answers:
    """The answers in `file`, or else those that somebody gives at a terminal; none where nothing is asked.

    Raises BadFile, and AgonError when an answer that is needed is missing: better before a long upload than after it.
    """
    if file is not None:
        found = _read(file)
    elif may_ask and sys.stdin.isatty():
        found = ask(questions, about)
    else:
        found = {}
    missing = [question for question in questions if question["required"] and found.get(question["key"]) in (None, "")]
    if missing:
        listed = "\n".join(f"• {question['key']}: {_said(question)}" for question in missing)
        raise AgonError(f"{about} Write answers in {option} FILE:\n{listed}")
    return found


def ask(questions: Sequence[api.Question], about: str = _EACH_SUBMISSION) -> Answers:
    """Ask each question on standard error; an empty line leaves out what is not required."""
    if questions:
        screen.say(about)
    answered = {question["key"]: _ask(question) for question in questions}
    return {key: answer for key, answer in answered.items() if answer != ""}


def _ask(question: api.Question) -> str | bool:
    if question["type"] == "checkbox":
        return terminal.is_agreed(question["title"])
    return terminal.choose(question["title"], question["choices"], may_be_empty=not question["required"])


def _read(file: Path) -> Answers:
    """A mapping in YAML, of which JSON is a part. Numbers and dates are texts to us."""
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadFile(f"{file} cannot be read as answers: {error}") from error
    if not isinstance(found, dict):
        raise BadFile(f"{file} holds no answers. Write a line `KEY: ANSWER` for each question.")
    return {str(key): value if isinstance(value, bool) else str(value) for key, value in found.items() if value is not None}


def _said(question: api.Question) -> str:
    choices = "yes or no" if question["type"] == "checkbox" else ", ".join(question["choices"])
    return f"{question['title']} ({choices})" if choices else str(question["title"])
