"""Scores leave the house by one door: what somebody is told of them is what visibility.py lets through."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from chalicelib import responses
from tests.house.sources import ROOT, module_of, sources, tree_of

BACKEND = [path for path in sources() if path.is_relative_to(ROOT / "chalicelib")]
TELLING = {"scores", "notes", "original_scores", "score", "best"}
#: Each answer that tells scores, and the one place that makes it.
MAKERS = {
    "Submission": "chalicelib.actions.submissions.showing.answer",
    "TaskRun": "chalicelib.actions.submissions.showing._task",
    "Attempt": "chalicelib.actions.runs.reruns._attempt",
    "SharedCode": "chalicelib.actions.submissions.sharing._answer",
    "BoardEntry": "chalicelib.actions.leaderboards.moderation._answer",
    "Row": "chalicelib.actions.leaderboards.reading._row",
    "PackedRows": "chalicelib.actions.leaderboards.reading._packed",
    "ProfileResult": "chalicelib.actions.leaderboards.results._told",
    "Point": "chalicelib.actions.leaderboards.score_history._points",
    "SubmissionNews": "chalicelib.actions.webhooks.news._submission",
    # For organizers alone.
    "JudgedSubmission": "chalicelib.actions.judging.oversight._submissions",
    "ParticipantRow": "chalicelib.actions.people.participant_table._row",
    "PreviewedRow": "chalicelib.actions.leaderboards.previewing.of_change",
}
#: What visibility.py is asked by, in whichever of the above.
DOORS = {"visible_scores", "visible_notes", "scores_of", "notes_of"}
#: Whose scores are a board's columns, which visibility.columns_of chooses; and who organizes, to whom all are told.
BY_COLUMNS = {"Row", "PackedRows", "ProfileResult", "Point", "JudgedSubmission", "ParticipantRow", "PreviewedRow"}


def test_each_answer_with_scores_is_made_in_one_place() -> None:
    telling = {name for name, kind in vars(responses).items() if is_dataclass(kind) and TELLING & _names(kind)}
    made = [(name, place) for path in BACKEND for name, place, _ in _made(path) if name in telling]
    assert sorted(made) == sorted(MAKERS.items())


def test_what_they_tell_of_scores_has_passed_the_door() -> None:
    told = [
        (name, keyword.arg, _function(keyword.value))
        for path in BACKEND
        for name, _, call in _made(path)
        if name in MAKERS and name not in BY_COLUMNS
        for keyword in call.keywords
        if keyword.arg in TELLING
    ]
    passed = [(name, field) for name, field, function in told if function in DOORS]
    # The scoring program's own, which the maker keeps for organizers.
    assert [(name, field) for name, field, _ in told if (name, field) not in passed] == [("BoardEntry", "original_scores")]
    assert {name for name, _ in passed} == set(MAKERS) - BY_COLUMNS


def test_nobody_puts_scores_into_an_answer_afterwards() -> None:
    changed = [
        module_of(path)
        for path in BACKEND
        if path.is_relative_to(ROOT / "chalicelib/actions") or path.is_relative_to(ROOT / "chalicelib/routes")
        for call in _calls(tree_of(path))
        if _function(call) == "replace" and {keyword.arg for keyword in call.keywords} & {"scores", "original_scores"}
    ]
    assert changed == []


def _names(kind: type) -> set[str]:
    return {one.name for one in fields(kind)}


def _made(path: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """The answers that a module makes: their names, the functions that make them, and how."""
    for function in [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]:
        for call in _calls(function):
            if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "responses":
                yield call.func.attr, f"{module_of(path)}.{function.name}", call


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _function(value: ast.AST) -> str:
    if not isinstance(value, ast.Call):
        return ""
    return value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
