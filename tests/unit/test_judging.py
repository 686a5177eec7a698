"""What people's judgements come to."""

import math
from collections import Counter

import pytest

from chalicelib.domain.judging import Comparison, Criterion, agreement, assign, bradley_terry, rubric_score

OUTPUTS = {f"s{number}": f"p{number}" for number in range(20)}
#: Krippendorff's own example of three coders and values 1 to 4 (None: not coded).
CODED = [
    (None, 1, None), (None, None, None), (None, 2, 2), (None, 1, 1), (None, 3, 3), (3, 3, 4), (4, 4, 4), (1, 3, None),
    (2, None, 2), (1, None, 1), (1, None, 1), (3, None, 3), (3, None, 3), (None, None, None), (3, None, 4),
]  # fmt: skip


def units() -> list[dict[str, float]]:
    return [{coder: value for coder, value in zip("abc", unit, strict=True) if value is not None} for unit in CODED]


def test_every_output_gets_its_judgements_and_jurors_share_alike():
    shares = assign(OUTPUTS, ["j1", "j2", "j3", "j4"], 2, seed=1)
    assert Counter(output for share in shares.values() for output in share) == dict.fromkeys(OUTPUTS, 2)
    assert {len(share) for share in shares.values()} == {10}


def test_no_juror_judges_their_own_work_or_one_output_twice():
    shares = assign(OUTPUTS, [f"p{number}" for number in range(4)], 3, seed=7)
    assert all(OUTPUTS[output] != juror for juror, share in shares.items() for output in share)
    assert all(len(set(share)) == len(share) for share in shares.values())
    assert Counter(output for share in shares.values() for output in share) == dict.fromkeys(OUTPUTS, 3)


def test_with_too_few_jurors_everybody_judges_everything():
    assert {len(share) for share in assign(OUTPUTS, ["a", "b"], 5, seed=1).values()} == {20}


def test_the_order_is_each_jurors_own_and_comes_again_with_the_seed():
    first = assign(OUTPUTS, ["a", "b"], 2, seed=1)
    assert first["a"] != first["b"]
    assert assign(OUTPUTS, ["b", "a"], 2, seed=1) == first != assign(OUTPUTS, ["a", "b"], 2, seed=2)


def test_a_rubric_weighs_marks_on_scales_of_their_own():
    rubric = [Criterion("clarity", 1, 5, weight=3), Criterion("style", 0, 10)]
    assert rubric_score(rubric, {"clarity": 5, "style": 0}) == 0.75
    assert rubric_score(rubric, {"clarity": 1, "style": 5}) == 0.125


@pytest.mark.parametrize("marks", [{}, {"clarity": 6}, {"clarity": 0.5}, {"clarity": math.nan}])
def test_a_mark_that_is_missing_or_off_its_scale_is_named(marks):
    with pytest.raises(ValueError, match="`clarity` a mark from 1 to 5"):
        rubric_score([Criterion("clarity", 1, 5)], marks)


def test_three_wins_to_one_are_three_times_the_strength():
    won = [Comparison("a", "b")] * 3 + [Comparison("b", "a")]
    strengths = bradley_terry(won, prior=0)
    assert strengths["a"] - strengths["b"] == pytest.approx(math.log(3), abs=1e-6)


def test_ties_alone_leave_equals():
    strengths = bradley_terry([Comparison("a", "b", is_tie=True), Comparison("b", "c", is_tie=True)])
    assert list(strengths.values()) == pytest.approx([0, 0, 0], abs=1e-6)


def test_who_wins_everything_is_first_and_finite_and_who_beat_the_better_is_above():
    strengths = bradley_terry([Comparison("a", "b"), Comparison("a", "b"), Comparison("b", "c"), Comparison("d", "a")])
    assert all(math.isfinite(strength) for strength in strengths.values())
    assert sorted(strengths, key=strengths.__getitem__, reverse=True)[0] == "d"
    assert strengths["a"] > strengths["b"] > strengths["c"]


def test_nothing_compared_is_nothing():
    assert bradley_terry([]) == {}


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.691), ("ordinal", 0.807), ("interval", 0.811)])
def test_alpha_is_krippendorffs(level, alpha):
    assert agreement(units(), level) == pytest.approx(alpha, abs=0.001)


def test_full_agreement_is_one_and_nothing_to_compare_is_none():
    assert agreement([{"a": 1, "b": 1}, {"a": 2, "b": 2}]) == 1
    assert agreement([{"a": 1}, {"b": 2}]) is None
    assert agreement([{"a": 1, "b": 1}]) is None
