"""What a juror is given next."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from chalicelib.domain.bundle.model import Criterion
from chalicelib.domain.judging.assignment import Candidate, check_marks, check_open, next_of, pairs_wanted, shown
from chalicelib.errors import Conflict, Invalid

CRITERIA = [Criterion("clarity", "Clear?", (1, 5)), Criterion("style", "Nice?", (0, 1))]


def candidates(count: int = 20) -> list[Candidate]:
    return [Candidate(f"c{number}", frozenset({f"p{number}"}), 0) for number in range(count)]


def order(juror: str, done: tuple[str, ...] = ()) -> list[str]:
    return [one.id for one in next_of(candidates(), juror, done)]


def test_each_juror_has_a_random_order_that_stays():
    assert order("ada") == order("ada") != order("grace")
    assert sorted(order("ada")) == sorted(order("grace"))
    assert order("ada") != [one.id for one in candidates()]


def test_nobody_is_given_their_own_or_the_same_twice():
    assert "c3" not in order("p3") and len(order("p3")) == 19
    assert order("ada", done=("c0", "c1"))[0] not in ("c0", "c1")


def test_what_has_the_fewest_judgements_comes_first():
    few, many = Candidate("few", frozenset(), 1), Candidate("many", frozenset(), 2)
    assert [one.id for one in next_of([many, few], "ada", ())] == ["few", "many"]


def test_jurors_taking_turns_give_every_output_the_same_number_and_share_alike():
    given: Counter[str] = Counter()
    done: dict[str, set[str]] = {f"j{number}": set() for number in range(5)}
    for turn in range(80):
        juror = f"j{turn % 5}"
        waiting = [Candidate(one.id, one.owners, given[one.id]) for one in candidates() if given[one.id] < 3]
        for chosen in next_of(waiting, juror, done[juror])[:1]:
            given[chosen.id] += 1
            done[juror].add(chosen.id)
    assert set(given.values()) == {3} and len(given) == 20
    assert all(10 <= len(one) <= 14 for one in done.values())


def test_which_of_two_is_shown_first_is_chance_and_stays():
    sides = [shown(f"j{number}", "case", "ab") for number in range(100)]
    assert 30 < sides.count(["a", "b"]) < 70
    assert sides == [shown(f"j{number}", "case", "ab") for number in range(100)]


def test_a_pair_is_seen_by_two_unless_one_comparison_is_enough():
    assert [pairs_wanted(judgements) for judgements in (1, 2, 10)] == [1, 2, 2]


@pytest.mark.parametrize(
    ("marks", "places"),
    [
        ({"clarity": 0, "style": 0}, ["marks.clarity"]),
        ({"clarity": 6, "style": 2}, ["marks.clarity", "marks.style"]),
        ({"clarity": 5}, ["marks.style"]),
        ({"clarity": 5, "style": 1, "wit": 3}, ["marks.wit"]),
    ],
)
def test_every_mark_that_does_not_fit_is_named(marks, places):
    with pytest.raises(Invalid) as error:
        check_marks(CRITERIA, marks)
    assert [one.place for one in error.value.complaints] == places


def test_marks_on_their_scales_fit():
    check_marks(CRITERIA, {"clarity": 1, "style": 1})


def test_judging_has_a_beginning_and_an_end():
    first, last, now = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 2))
    check_open("Final", first, last, now)
    check_open("Final", None, None, now)
    with pytest.raises(Conflict, match="begins on 2026-03-01"):
        check_open("Final", last, None, now)
    with pytest.raises(Conflict, match="ended on 2026-01-01"):
        check_open("Final", None, first, now)
    with pytest.raises(Conflict, match="ended"):
        check_open("Final", None, now, now)
