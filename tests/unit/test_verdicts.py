"""What an attempt's report comes to, on the site and in a trial."""

from dataclasses import replace

import pytest

from chalicelib.contract import Fault, Outcome, Status, reasons
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.submissions.verdicts import await_jurors, judge, without_keys

MAIN = Leaderboard(0, "Main", "main", columns=(Column("accuracy", "Accuracy", 0),))
SECOND = Leaderboard(1, "Second", "second", columns=(Column("seconds", "Seconds", 0, sorting="asc"),))
BOARDS = [MAIN, SECOND]


def test_a_number_for_a_column_of_any_board_counts() -> None:
    verdict = judge(Outcome(scores={"seconds": 3.0}), BOARDS)
    assert (verdict.status, verdict.fault, verdict.accepted.scores) == (Status.FINISHED, None, {"seconds": 3.0})


def test_numbers_under_keys_of_no_column_are_finished_with_a_note_of_both() -> None:
    verdict = judge(Outcome(scores={"auc": 0.5, "f1": 1.0}, notes=("odd",)), BOARDS)
    assert (verdict.status, verdict.fault, verdict.reason, verdict.accepted.scores) == (Status.FINISHED, None, "", {})
    assert (
        "no leaderboard: auc, f1." in verdict.accepted.notes[0] and "report: accuracy, seconds." in verdict.accepted.notes[0]
    )
    assert verdict.accepted.notes[-1] == "odd"


def test_a_key_of_no_column_is_told_where_a_column_has_no_score() -> None:
    notes = judge(Outcome(scores={"seconds": 3.0, "acuracy": 0.5}), BOARDS).accepted.notes
    assert notes[0] == "No column takes what the scoring program reported under acuracy. Is accuracy meant?"
    for_all = judge(Outcome(scores={"seconds": 3.0, "accuracy": 0.5, "f1": 1.0}), BOARDS).accepted.notes
    assert for_all == (), "a program may report more than stands on a board"
    odd = judge(Outcome(scores={"seconds": 3.0, "accuracy": None, "f1": 1.0}, notes=("odd",)), BOARDS).accepted.notes
    assert odd == ("odd",)


@pytest.mark.parametrize(
    ("reported", "named"), [({}, "It reported: nothing."), ({"auc": None, "accuracy": None}, "It reported: auc, accuracy.")]
)
def test_a_report_without_a_number_is_the_organizers_fault_and_lists_what_was_reported(
    reported: dict[str, float | None], named: str
) -> None:
    verdict = judge(Outcome(scores=reported), BOARDS)
    assert (verdict.status, verdict.fault) == (Status.FAILED, Fault.ORGANIZER)
    assert "It should report: accuracy, seconds." in verdict.reason and verdict.reason.endswith(named)


def test_what_a_participant_or_an_organizer_broke_is_told_as_the_runner_tells_it() -> None:
    verdict = judge(Outcome(Fault.PARTICIPANT, "Out of time.", {"accuracy": 1.0}, ("a note",)), BOARDS)
    assert (verdict.status, verdict.fault, verdict.reason) == (Status.FAILED, Fault.PARTICIPANT, "Out of time.")
    assert (verdict.accepted.scores, verdict.accepted.notes) == ({}, ("a note",))


def test_columns_that_people_fill_are_awaited_and_not_expected_of_a_program() -> None:
    assert judge(Outcome(scores={}), [MAIN], {"accuracy"}).status is Status.FINISHED
    assert judge(Outcome(scores={}), BOARDS, {"accuracy"}).reason.endswith("should report: seconds. It reported: nothing.")
    awaited = await_jurors({"accuracy"}, ["a note"])
    assert awaited.status is Status.FINISHED and awaited.accepted.notes[-1] == "a note"


def test_many_and_long_keys_are_cut() -> None:
    scores = {f"{'k' * 150}{number}": 1.0 for number in range(500)}
    note = judge(Outcome(scores=scores), [replace(MAIN, columns=MAIN.columns * 90)]).accepted.notes[0]
    assert "and 480 more" in note and len(note) < 2000


NOTHING = "The scoring program reported no finite number for any column."


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        (set(), f"{NOTHING} It should report: accuracy, secret, f1. It reported: secret."),
        ({"secret"}, f"{NOTHING} It should report: accuracy, f1."),
        ({"accuracy", "f1"}, f"{NOTHING} It should report: secret. It reported: secret."),
        ({"accuracy", "secret", "f1"}, NOTHING),
        ({"acc"}, f"{NOTHING} It should report: accuracy, secret, f1. It reported: secret."),
    ],
)
def test_a_reason_names_no_column_that_is_not_for_who_reads_it(hidden: set[str], told: str) -> None:
    reason = f"{NOTHING} It should report: accuracy, secret, f1. It reported: secret."
    assert without_keys(reason, hidden) == told
    several = f"Task 0 “Cats”: {reason} Task 1 “Dogs”: {reason}"
    assert without_keys(several, hidden) == f"Task 0 “Cats”: {told} Task 1 “Dogs”: {told}"


def test_no_column_is_named_however_it_is_called_and_however_many_there_are() -> None:
    keys = [f"k{number}" for number in range(30)]
    reason = f"{NOTHING} It should report: {', '.join(keys[:20])} and 10 more."
    assert "k19" not in without_keys(reason, {"k19"}) and "k18" in without_keys(reason, {"k19"})
    assert without_keys(f"{NOTHING} It should report: a, b, c.", {"a, b"}) == NOTHING
    long = "x" * 100
    assert without_keys(f"{NOTHING} It should report: {long[:60]}, a.", {long}) == f"{NOTHING} It should report: a."


def test_what_a_reason_quotes_is_cut_to_its_end_whatever_it_looks_like() -> None:
    quote = reasons.quoting('score 0.7". And more')
    quoted = f"It ended with exit code 1. {quote} Programs do not run as root."
    assert reasons.without_quotes(quoted) == "It ended with exit code 1."
    assert reasons.without_quotes("It ended with exit code 1.") == "It ended with exit code 1."
