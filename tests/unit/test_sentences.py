"""Sentences that people are told: in English, with a name and values by which they are said in other languages (ADR 64)."""

import copy
import json
from datetime import UTC, datetime, timedelta, timezone

from chalicelib.answers import problem_of
from chalicelib.contract.sentences import Sentence, as_sentence, say
from chalicelib.errors import Complaint, Conflict, Invalid

AT = datetime(2026, 12, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def test_a_sentence_is_its_english_with_what_it_tells() -> None:
    told = say("full", "“{name}” has {most:,} bytes.", name="Iris", most=1_000_000)
    assert told == "“Iris” has 1,000,000 bytes."
    assert (told.code, told.params) == ("full", {"name": "Iris", "most": 1_000_000})


def test_moments_are_told_in_utc() -> None:
    told = say("opens", "It opens at {at:%H:%M} UTC.", at=AT)
    assert told == "It opens at 08:30 UTC." and told.params == {"at": AT.astimezone(UTC)}


def test_a_problem_has_the_name_of_its_sentence_and_values_and_its_code_is_the_kind_of_error() -> None:
    number = say("three", "{count} submissions", count=3)
    body = json.loads(problem_of(Conflict(say("wait", "You have {number}, {at:%H:%M}.", number=number, at=AT))).body)
    assert body == {
        "type": "about:blank",
        "title": "Not possible now",
        "status": 409,
        "detail": "You have 3 submissions, 08:30.",
        "code": "conflict",
        "sentence": "wait",
        "params": {
            "number": {"detail": "3 submissions", "sentence": "three", "params": {"count": 3}},
            "at": "2026-12-01T08:30:00Z",
        },
    }


def test_a_complaint_has_the_name_of_its_sentence_as_its_code() -> None:
    error = Invalid(say("unfit", "It does not fit."), [Complaint("marks", say("range", "Give {most} at most.", most=5))])
    complaints = json.loads(problem_of(error).body)["errors"]
    assert complaints == [{"place": "marks", "message": "Give 5 at most.", "code": "range", "params": {"most": 5}}]


def test_a_text_without_a_name_is_told_as_it_stands() -> None:
    told = as_sentence("`phases` must be a list.")
    assert (told, told.code, told.params) == ("`phases` must be a list.", "invalid", {})
    named = say("list", "A list.")
    assert as_sentence(named) is named


def test_a_copy_keeps_its_name() -> None:
    told: Sentence = copy.deepcopy(say("full", "{count} are there.", count=3))
    assert (told, told.code, told.params) == ("3 are there.", "full", {"count": 3})
