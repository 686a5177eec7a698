"""Which submission goes along into the next phase."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.leaderboards.ranking import Entry
from chalicelib.domain.submissions.migration import choose

COLUMNS = (Column("accuracy", "Accuracy", 0), Column("seconds", "Seconds", 1, sorting="asc"))
START = datetime(2026, 1, 1, tzinfo=UTC)


def entry(name: str, day: int, **scores: float) -> Entry:
    return Entry("ada", name, START + timedelta(days=day), scores)


MANY = [entry("b", 2, accuracy=0.9), entry("a", 1, accuracy=0.7), entry("c", 3, accuracy=0.8)]


@pytest.mark.parametrize(("rule", "expected"), [("last", "c"), ("best", "b")])
def test_the_last_or_the_best_goes_along(rule, expected):
    chosen = choose(rule, MANY, COLUMNS, 0)
    assert chosen is not None and chosen.submission == expected


def test_of_equals_the_earlier_one_is_the_best_unless_another_column_parts_them():
    equals = [entry("b", 2, accuracy=0.9, seconds=1.0), entry("a", 1, accuracy=0.9, seconds=2.0)]
    assert choose("best", equals, COLUMNS, 0).submission == "b"
    assert choose("best", equals, COLUMNS, 0, ()).submission == "a"


def test_what_has_no_score_that_ranks_is_never_the_best_of_several():
    assert choose("best", [*MANY, entry("d", 4, seconds=1.0)], COLUMNS, 0).submission == "b"
    assert choose("best", [entry("d", 4, seconds=1.0), entry("e", 5)], COLUMNS, 0).submission == "e"


@pytest.mark.parametrize("rule", ["last", "best"])
def test_who_has_nothing_finished_takes_nothing_along(rule):
    assert choose(rule, [], COLUMNS, 0) is None
