"""Columns computed from ranks: the numbers of FORMATS 3.4 and 3.5."""

import pytest

from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.leaderboards import rank_columns
from chalicelib.domain.leaderboards.rank_columns import dense, fractional

IDS = "abdfe"


def ranked(given: dict[str, float], ascending: bool, epsilon: float = 1e-12) -> dict[str, float]:
    return dict(zip(IDS, dense([given.get(name) for name in IDS], ascending, epsilon), strict=True))


@pytest.mark.parametrize(
    ("given", "direction", "expected"),
    [
        ({}, "both", {}),
        ({"d": 1}, "both", {"d": 1, "rest": 2}),
        ({"e": 1, "a": 4}, "asc", {"e": 1, "a": 2, "rest": 3}),
        ({"e": 1, "a": 4}, "desc", {"a": 1, "e": 2, "rest": 3}),
        ({"e": 1, "a": 1}, "desc", {"a": 1, "e": 1, "rest": 2}),
        ({"e": 1, "a": 1.001}, "asc", {"e": 1, "a": 2, "rest": 3}),
        ({"e": 1, "a": 1.001}, "desc", {"a": 1, "e": 2, "rest": 3}),
        ({"a": 4, "b": 2, "d": 5, "f": 3, "e": 1}, "asc", {"a": 4, "b": 2, "d": 5, "f": 3, "e": 1}),
        ({"a": 4, "b": 2, "d": 5, "f": 3, "e": 1}, "desc", {"a": 2, "b": 4, "d": 1, "f": 3, "e": 5}),
    ],
)
def test_dense_ranks_are_codalabs(given, direction, expected):
    for ascending in (True, False) if direction == "both" else (direction == "asc",):
        assert ranked(given, ascending) == {name: expected.get(name, expected.get("rest", 1)) for name in IDS}


def test_values_within_epsilon_of_the_groups_first_are_equal():
    for ascending in (True, False):
        assert ranked({"e": 1, "a": 1.001}, ascending, 0.01) == {"a": 1, "e": 1, "b": 2, "d": 2, "f": 2}
    assert dense([1.0, 1.009, 1.018], True, 0.01) == [1, 1, 2]


def test_ties_part_dense_from_fractional():
    assert dense([0.9, 0.9, 0.5], False) == [1, 1, 2]
    assert fractional([0.9, 0.9, 0.5], False) == [1.5, 1.5, 3]


def test_those_without_a_value_share_the_last_places():
    assert fractional([None, 0.5, None, 0.9], False) == [3.5, 2, 3.5, 1]
    assert fractional([None, None], True) == [1.5, 1.5]


def columns_of(rows: list[dict[str, float]], columns: list[Column]) -> dict[str, list[float | None]]:
    keys = dict.fromkeys(key for row in rows for key in row)
    scores = {key: [row.get(key) for row in rows] for key in keys}
    return {key: list(values) for key, values in rank_columns.columns_of(scores, columns, len(rows)).items()}


def columns(computation: str, **settings) -> list[Column]:
    computed = Column("c", "C", 2, "asc", computation=computation, computation_indexes=(0, 1), **settings)
    return [Column("a", "A", 0), Column("b", "B", 1), computed]


THREE = [{"a": 0.90, "b": 0.80}, {"a": 0.70, "b": 0.95}, {"a": 0.80, "b": 0.70}]


def test_the_average_rank_is_codabenchs_and_follows_who_is_on_the_board():
    assert columns_of(THREE, columns("avg_rank"))["c"] == [1.5, 2.0, 2.5]
    assert columns_of([THREE[0], THREE[2]], columns("avg_rank"))["c"] == [1, 2]


def test_weighted_ranks_are_codalabs():
    rows = [{"a": 120.0}, {"a": 100.0, "b": 100.0}]
    found = columns_of(rows, columns("weighted_dense_rank", computation_weights=(0.8, 0.2)))
    assert found["c"] == pytest.approx([1.2, 1.8])


def test_the_mean_reciprocal_rank_and_the_average_dense_rank():
    assert columns_of(THREE, columns("mrr"))["c"] == pytest.approx([0.75, (1 / 3 + 1) / 2, (1 / 2 + 1 / 3) / 2])
    assert columns_of(THREE, columns("avg_dense_rank"))["c"] == [1.5, 2.0, 2.5]


def test_who_has_none_of_the_scores_gets_no_rank_of_them():
    assert columns_of([*THREE, {}], columns("avg_rank"))["c"][3] is None


def test_plain_scores_stay_and_an_empty_board_is_empty():
    assert columns_of(THREE, columns("avg_rank")[:2]) == {"a": [0.90, 0.70, 0.80], "b": [0.80, 0.95, 0.70]}
    assert columns_of([], columns("avg_rank")) == {"a": [], "b": [], "c": []}
