"""Which reported numbers count."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.leaderboards.scores import (
    AWAITED,
    accept,
    accept_for,
    edit,
    mean_over,
    noted,
    of_phase,
    of_tasks,
    renamed,
    stored_of,
    todays_keys,
)
from chalicelib.errors import Invalid

ACCURACY = Column("accuracy", "Accuracy", 0)
DURATION = Column("duration", "Duration", 1, sorting="asc")


def computed(computation: str, *indexes: int) -> Column:
    return Column("all", "All", 9, computation=computation, computation_indexes=indexes)


def test_finite_numbers_of_columns_are_kept_as_floats():
    accepted = accept({"accuracy": 1, "duration": 0.5}, [ACCURACY, DURATION])
    assert accepted.scores == {"accuracy": 1.0, "duration": 0.5}
    assert isinstance(accepted.scores["accuracy"], float)
    assert accepted.notes == ()


def test_a_key_that_is_no_column_is_ignored_in_silence():
    assert accept({"accuracy": 1, "extra": "x"}, [ACCURACY]) == accept({"accuracy": 1}, [ACCURACY])


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, "0.5", [0.5], {"a": 1}, True, 10**400, -(10**5000)], ids=type
)
def test_what_is_no_finite_number_leaves_its_column_missing_with_a_note_that_names_it(value):
    accepted = accept({"accuracy": value, "duration": 1}, [ACCURACY, DURATION])
    assert accepted.scores == {"duration": 1.0}
    assert len(accepted.notes) == 1 and "`accuracy`" in accepted.notes[0]
    assert len(accepted.notes[0]) < 200


def test_what_its_reporter_took_for_no_number_is_missing_and_told_by_the_reporters_note_alone():
    assert accept({"accuracy": None, "duration": 1}, [ACCURACY, DURATION]) == accept({"duration": 1}, [DURATION])


def test_the_note_quotes_the_value():
    assert "'n/a'" in accept({"accuracy": "n/a"}, [ACCURACY]).notes[0]


def test_a_column_that_was_not_reported_is_noted():
    accepted = accept({"duration": 2}, [ACCURACY, DURATION])
    assert accepted.scores == {"duration": 2.0}
    assert accepted.notes == ("The scoring program reported no `accuracy`.",)


@pytest.mark.parametrize(("computation", "value"), [("avg", 0.625), ("sum", 1.25), ("min", 0.5), ("max", 0.75)])
def test_a_computed_column_is_filled_from_its_columns(computation, value):
    columns = [computed(computation, 0, 1), ACCURACY, DURATION]
    accepted = accept({"accuracy": 0.5, "duration": 0.75, "all": 99}, columns)
    assert accepted.scores["all"] == value


def test_a_computed_column_stays_missing_when_one_of_its_columns_is():
    accepted = accept({"accuracy": 0.5}, [ACCURACY, DURATION, computed("avg", 0, 1)])
    assert accepted.scores == {"accuracy": 0.5}
    assert "`all` cannot be computed without `duration`." in accepted.notes


def test_a_computed_value_that_overflows_is_missing():
    accepted = accept({"accuracy": 1.7e308, "duration": 1.7e308}, [ACCURACY, DURATION, computed("sum", 0, 1)])
    assert "all" not in accepted.scores
    assert "`all` is missing: its computed value is no finite number." in accepted.notes


VALUES = st.one_of(st.floats(), st.integers(), st.text("01.-e"), st.none(), st.booleans(), st.lists(st.floats()))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["accuracy", "duration", "all", "x"]), VALUES))
def test_whatever_is_reported_only_finite_floats_come_out(reported):
    accepted = accept(reported, [ACCURACY, DURATION, computed("avg", 0, 1)])
    assert all(isinstance(value, float) and math.isfinite(value) for value in accepted.scores.values())
    silent = sum(key in reported and reported[key] is None for key in ("accuracy", "duration"))
    assert len(accepted.scores) + len(accepted.notes) == 3 - silent


def board(*columns: Column, key: str = "main") -> Leaderboard:
    return Leaderboard(0, key, key, columns=columns)


def test_scores_of_every_board_are_kept_and_a_shared_key_is_the_first_boards():
    first = board(ACCURACY, computed("max", 0))
    second = board(DURATION, Column("all", "All", 9, computation="min", computation_indexes=(1,)), key="second")
    accepted = accept_for({"accuracy": 0.5, "duration": 7}, [first, second])
    assert accepted.scores == {"accuracy": 0.5, "duration": 7.0, "all": 0.5}
    assert accept_for({"accuracy": 0.5}, [first, first]).notes == ()


def test_means_over_some_of_the_tasks_miss_what_one_of_them_misses():
    stored = {"0/a": 1.0, "1/a": 3.0, "1/b": 1.0, "2/a": 8.0, "2/b": 3.0}
    assert mean_over(stored, (1, 2)) == {"a": 5.5, "b": 2.0}
    assert mean_over(stored, (0,)) == {"a": 1.0}
    assert mean_over(stored, ()) == {}


def test_a_mean_that_overflows_is_missing():
    assert mean_over({"0/a": 1.7e308, "1/a": 1.7e308}, (0, 1)) == {}


def test_an_edited_score_takes_what_is_computed_of_it_along():
    boards = [board(ACCURACY, DURATION, computed("sum", 0, 1))]
    own = {"0": {"accuracy": 1.0, "duration": 2.0, "all": 3.0}}
    assert edit(own, {"accuracy": 5}, boards, (0,)) == {"0": {"accuracy": 5.0, "duration": 2.0, "all": 7.0}}
    assert edit(own, {"accuracy": None}, boards, (0,)) == {"0": {"duration": 2.0}}


def test_an_edited_score_of_one_task_takes_the_means_along():
    boards = [board(ACCURACY, computed("max", 0))]
    stored = {"accuracy": 1.5, "all": 1.5, "0/accuracy": 1, "0/all": 1, "1/accuracy": 2, "1/all": 2}
    changed = edit(of_tasks(stored, None), {"1/accuracy": 4.0}, boards, (0, 1))
    assert stored_of(changed, (0, 1)) == {
        "accuracy": 2.5,
        "all": 2.5,
        "0/accuracy": 1,
        "0/all": 1,
        "1/accuracy": 4,
        "1/all": 4,
    }


def test_an_edit_keeps_what_no_board_has_today():
    own = {"0": {"accuracy": 1.0, "gone": 9.0}, "7": {"accuracy": 5.0}}
    assert edit(own, {"accuracy": 2}, [board(ACCURACY)], (0,)) == {"0": {"accuracy": 2, "gone": 9}, "7": {"accuracy": 5}}


def test_each_tasks_own_scores_outlive_a_change_of_tasks():
    stored, boards = {"accuracy": 0.5}, [board(ACCURACY)]
    own = of_tasks(stored, "0")
    assert of_phase(own, boards, (0,)) == {"accuracy": 0.5}
    assert of_phase(own, boards, (0, 1)) == {"0/accuracy": 0.5}
    assert of_phase(own, boards, (1,)) == {}
    of_both = of_tasks(stored_of({"0": {"accuracy": 0.5}, "1": {"accuracy": 1.0}}, (0, 1)), None)
    assert [of_phase(of_both, boards, (task,)) for task in (0, 1)] == [{"accuracy": 0.5}, {"accuracy": 1.0}]


def test_a_score_under_a_former_key_is_that_columns_unless_it_has_a_newer_one():
    boards = [board(Column("acc", "Accuracy", 0, former_keys=("accuracy", "precision")), DURATION)]
    today = todays_keys(boards)
    assert renamed({"accuracy": 0.5, "duration": 2.0}, today) == {"acc": 0.5, "duration": 2.0}
    assert renamed({"0/accuracy": 0.5, "acc": 0.25, "accuracy": 0.5}, today) == {"0/acc": 0.5, "acc": 0.25}


def test_a_key_that_another_board_still_has_is_both_columns():
    boards = [board(Column("acc", "Accuracy", 0, former_keys=("accuracy",))), board(ACCURACY, key="other")]
    assert renamed({"accuracy": 0.5}, todays_keys(boards)) == {"acc": 0.5, "accuracy": 0.5}
    assert renamed({"accuracy": 0.5, "acc": 0.25}, todays_keys(boards)) == {"acc": 0.25, "accuracy": 0.5}


def test_a_key_that_looks_like_a_tasks_is_a_key_like_others():
    split = board(Column("10/90 split", "Split", 0))
    assert of_phase(of_tasks({"10/90 split": 0.5}, "0"), [split], (0,)) == {"10/90 split": 0.5}


@pytest.mark.parametrize(("key", "tasks"), [("all", (0,)), ("x", (0,)), ("0/accuracy", (0,)), ("accuracy", (0, 1))])
def test_what_is_computed_or_no_column_cannot_be_set(key, tasks):
    with pytest.raises(Invalid) as caught:
        edit({"0": {"accuracy": 1.0}}, {key: 1.0}, [board(ACCURACY, computed("avg", 0))], tasks)
    assert caught.value.complaints[0].place == f"scores.{key}"


def test_what_people_judge_is_awaited_whatever_a_program_reports():
    columns = [ACCURACY, DURATION, computed("avg", 0, 1)]
    found = accept({"accuracy": 1, "duration": 5}, columns, judged={"duration"})
    assert found.scores == {"accuracy": 1}
    assert found.notes == (AWAITED.format("duration"), "`all` cannot be computed without `duration`.")


def test_notes_follow_what_people_judged():
    columns = [ACCURACY, DURATION, computed("avg", 0, 1)]
    first = accept({"accuracy": 1}, columns, judged={"duration"})
    judged = edit({"0": first.scores}, {"duration": 3}, [board(*columns)], (0,))["0"]
    assert judged == {"accuracy": 1, "duration": 3, "all": 2}
    assert noted([*first.notes, "Odd."], judged, {"duration"}) == ["Odd."]
    assert noted(["Odd."], first.scores, {"duration"}) == ["Odd.", AWAITED.format("duration")]


def test_an_error_that_was_not_reported_is_missed_by_nobody():
    error = Column("error", "± Accuracy", 1, error_of=0)
    assert accept({"accuracy": 1}, [ACCURACY, error]) == accept({"accuracy": 1}, [ACCURACY])
    assert accept({"accuracy": 1, "error": 0.1}, [ACCURACY, error]).scores == {"accuracy": 1.0, "error": 0.1}
