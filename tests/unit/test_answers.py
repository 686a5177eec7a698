"""Answers to a fact sheet."""

import pytest

from chalicelib.domain.submissions.fact_sheet import judge

SHEET = {
    "gpu": {"key": "gpu", "type": "checkbox", "title": "GPU?", "selection": "", "is_required": "false"},
    "model": {"key": "model", "type": "select", "title": "Model", "selection": ["tree", "net"], "is_required": "true"},
    "note": {"key": "note", "type": "text", "title": "Note", "selection": "", "is_required": "false"},
}


def places(**answers):
    return [complaint.place for complaint in judge(SHEET, answers)]


def test_answers_that_fit_pass():
    assert places(gpu=True, model="net", note="Fine.") == places(model="tree", note="") == []


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, "model"),
        ({"model": ""}, "model"),
        ({"model": "forest"}, "model"),
        ({"model": "net", "gpu": "yes"}, "gpu"),
        ({"model": "net", "note": True}, "note"),
        ({"model": "net", "note": "x" * 2001}, "note"),
        ({"model": "net", "age": "7"}, "age"),
    ],
)
def test_each_answer_that_does_not_fit_is_named(answers, wrong):
    assert places(**answers) == [f"fact_sheet.{wrong}"]


def test_answers_have_an_end_together():
    sheet = {str(at): SHEET["note"] for at in range(11)}
    assert [one.place for one in judge(sheet, dict.fromkeys(sheet, "x" * 1900))] == ["fact_sheet"]


def test_a_selection_may_be_a_text_with_commas():
    sheet = {"model": {**SHEET["model"], "selection": "tree, net"}}
    assert judge(sheet, {"model": "net"}) == []


def test_without_a_sheet_there_is_nothing_to_answer():
    assert judge(None, {}) == []
    assert [complaint.place for complaint in judge(None, {"a": "b"})] == ["fact_sheet.a"]
