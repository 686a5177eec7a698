"""Answers to the questions that a competition asks about each submission (FORMATS 1.2), and who joins."""

from collections.abc import Mapping
from typing import Any

from chalicelib.errors import Complaint, Sentence, say

MAX_CHARACTERS = 2000
#: They are kept in the submission's row.
MAX_TOGETHER = 20_000
Answer = str | bool


def judge(
    sheet: Mapping[str, Mapping[str, Any]] | None, answers: Mapping[str, Answer], place: str = "fact_sheet"
) -> list[Complaint]:
    """The complaints about the answers, each under its key below `place`. Empty when nothing is."""
    questions = sheet or {}
    found = [
        Complaint(f"{place}.{key}", say("no_question", "There is no such question. The competition's settings list them."))
        for key in answers.keys() - questions.keys()
    ]
    for key, question in questions.items():
        if message := _wrong(question, answers.get(key)):
            found.append(Complaint(f"{place}.{key}", message))
    if sum(len(str(answer)) for answer in answers.values()) > MAX_TOGETHER:
        found.append(
            Complaint(
                place,
                say("answers_too_long", "Write {most:,} characters at most in all answers together.", most=MAX_TOGETHER),
            )
        )
    return sorted(found, key=lambda complaint: complaint.place)


def _wrong(question: Mapping[str, Any], answer: Answer | None) -> Sentence | None:
    if answer is None or answer == "":
        return say("answer_needed", "An answer is needed.") if is_required(question) else None
    kind = question.get("type", "text")
    if kind == "checkbox":
        return None if isinstance(answer, bool) else say("answer_yes_or_no", "Write true or false.")
    if not isinstance(answer, str):
        return say("answer_text", "Write a text.")
    if kind == "select" and answer not in choices(question):
        return say("answer_choices", "Choose one of: {choices}.", choices=", ".join(choices(question)))
    is_long = len(answer) > MAX_CHARACTERS
    return say("answer_too_long", "Write {most:,} characters at most.", most=MAX_CHARACTERS) if is_long else None


def is_required(question: Mapping[str, Any]) -> bool:
    """True when no submission is taken without its answer."""
    return bool(question.get("is_required") == "true")


def is_on_leaderboard(question: Mapping[str, Any]) -> bool:
    """True when boards tell the answers."""
    return bool(question.get("is_on_leaderboard") == "true")


def choices(question: Mapping[str, Any]) -> list[str]:
    """The choices that can be selected: a list, or a text with commas."""
    selection = question.get("selection") or []
    return [str(one).strip() for one in (selection.split(",") if isinstance(selection, str) else selection)]
