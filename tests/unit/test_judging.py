"""What people's judgements come to."""

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.bundle.model import Criterion, Judging
from chalicelib.domain.judging.aggregation import (
    Judgement,
    agreement,
    alphas,
    is_valid,
    rubric_score,
    scores,
    settled,
)
from chalicelib.domain.judging.bradley_terry import Comparison, bradley_terry, gradient

CLARITY = Criterion("clarity", "Is it clear?", (1, 5), weight=3)
STYLE = Criterion("style", "Is it well written?", (0, 10))
RUBRIC, PAIRS = Judging("quality", criteria=(CLARITY, STYLE)), Judging("quality", "pairwise")
#: Krippendorff's own example of three coders and values 1 to 4 (None: not coded).
CODED = [
    (None, 1, None), (None, None, None), (None, 2, 2), (None, 1, 1), (None, 3, 3), (3, 3, 4), (4, 4, 4), (1, 3, None),
    (2, None, 2), (1, None, 1), (1, None, 1), (3, None, 3), (3, None, 3), (None, None, None), (3, None, 4),
]  # fmt: skip


def units() -> list[dict[str, float]]:
    return [{coder: value for coder, value in zip("abc", unit, strict=True) if value is not None} for unit in CODED]


def test_a_rubric_weighs_marks_on_scales_of_their_own():
    assert rubric_score(RUBRIC.criteria, {"clarity": 5, "style": 0}) == 0.75
    assert rubric_score(RUBRIC.criteria, {"clarity": 1, "style": 5}) == 0.125


@pytest.mark.parametrize("marks", [{}, {"clarity": 6}, {"clarity": 0.5}, {"clarity": math.nan}])
def test_a_mark_that_is_missing_or_off_its_scale_is_named(marks):
    with pytest.raises(ValueError, match="`clarity` a mark from 1 to 5"):
        rubric_score([CLARITY], marks)


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


@pytest.mark.parametrize("outputs", [2, 10, 60])
@pytest.mark.parametrize("jurors", [1, 2, 50])
def test_of_unanimous_jurors_strengths_are_the_likeliest_and_mirrored(outputs, jurors):
    names = [f"{at:02}" for at in range(outputs)]
    won = [Comparison(better, worse) for worse, better in combinations(names, 2)] * jurors
    strengths = bradley_terry(won)
    assert max(map(abs, gradient(won, strengths).values())) < 1e-9
    assert [strengths[name] for name in names] == pytest.approx([-strengths[name] for name in reversed(names)], abs=1e-9)
    assert sorted(strengths, key=strengths.__getitem__) == names


def test_a_long_chain_of_outputs_that_met_their_neighbours_alone_is_found():
    names = [f"{at:04}" for at in range(1000)]
    won = [Comparison(better, worse) for worse, better in pairwise(names)]
    strengths = bradley_terry(won)
    assert max(map(abs, gradient(won, strengths).values())) < 1e-9


PAIRS_OF = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.booleans())
COMPARISONS = st.lists(PAIRS_OF.filter(lambda one: one[0] != one[1]), max_size=60)


@settings(deadline=None)
@given(COMPARISONS)
def test_whatever_was_compared_its_likelihood_is_at_its_top(compared):
    made = [Comparison(*one) for one in compared]
    strengths = bradley_terry(made)
    assert all(abs(slope) < 1e-9 for slope in gradient(made, strengths).values())


@settings(deadline=None)
@given(COMPARISONS)
def test_mirrored_comparisons_give_mirrored_strengths(compared):
    strengths = bradley_terry(Comparison(*one) for one in compared)
    mirrored = bradley_terry(Comparison(worse, better, is_tie) for better, worse, is_tie in compared)
    assert mirrored == pytest.approx({name: -strength for name, strength in strengths.items()}, abs=1e-9)


@settings(deadline=None)
@given(COMPARISONS, st.randoms(use_true_random=False))
def test_the_order_of_comparisons_and_the_names_of_outputs_change_nothing(compared, random):
    shuffled, renamed = random.sample(compared, len(compared)), dict(zip("abcdefgh", "hgfedcba", strict=True))
    strengths = bradley_terry(Comparison(*one) for one in compared)
    others = bradley_terry(Comparison(renamed[better], renamed[worse], is_tie) for better, worse, is_tie in shuffled)
    assert others == pytest.approx({renamed[name]: strength for name, strength in strengths.items()}, abs=1e-9)


def test_nothing_compared_is_nothing():
    assert bradley_terry([]) == {}


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.691), ("ordinal", 0.807), ("interval", 0.811)])
def test_alpha_is_krippendorffs(level, alpha):
    assert agreement(units(), level) == pytest.approx(alpha, abs=0.001)


def test_full_agreement_is_one_and_nothing_to_compare_is_none():
    assert agreement([{"a": 1, "b": 1}, {"a": 2, "b": 2}]) == 1
    assert agreement([{"a": 1}, {"b": 2}]) is None
    assert agreement([{"a": 1, "b": 1}]) is None


def marked(juror: str, output: str, clarity: int, style: int) -> Judgement:
    return Judgement(juror, output, (output,), {"clarity": clarity, "style": style})


def test_an_outputs_score_is_the_mean_of_its_rubrics():
    judgements = [marked("a", "x", 5, 10), marked("b", "x", 1, 0), marked("a", "y", 5, 0)]
    assert scores(RUBRIC, judgements) == {"x": 0.5, "y": 0.75}


def test_preferences_become_strengths_whatever_the_order_they_were_shown_in():
    first = [Judgement("a", "1", ("x", "y"), preferred=0), Judgement("b", "1", ("x", "y"), preferred=0)]
    turned = [Judgement(one.juror, "1", ("y", "x"), preferred=1) for one in first]
    assert scores(PAIRS, first) == scores(PAIRS, turned)
    assert scores(PAIRS, first)["x"] > 0 > scores(PAIRS, first)["y"]
    assert scores(PAIRS, [Judgement("a", "1", ("x", "y"))]) == {"x": 0, "y": 0}


def test_a_score_counts_when_all_judgements_are_there_or_judging_is_over():
    judgements = [marked(juror, "x", 5, 10) for juror in "abc"] + [marked("a", "y", 5, 0)]
    assert settled(RUBRIC, judgements, 2, is_over=False) == {"x": 1}
    assert settled(RUBRIC, judgements, 2, is_over=True) == {"x": 1, "y": 0.75}


def test_of_two_outputs_nobody_can_make_more_than_two_comparisons():
    pair = [Judgement(juror, "1", ("x", "y"), preferred=0) for juror in "ab"]
    assert settled(PAIRS, pair, 2, is_over=False).keys() == {"x", "y"}
    assert settled(PAIRS, pair, 3, is_over=False) == {}


def test_a_judgement_by_a_former_rubric_is_not_valid():
    assert is_valid(RUBRIC, marked("a", "x", 5, 10)) and is_valid(PAIRS, Judgement("a", "1", ("x", "y")))
    assert not is_valid(RUBRIC, marked("a", "x", 6, 10))
    assert not is_valid(RUBRIC, Judgement("a", "x", ("x",), {"clarity": 5}))
    assert not is_valid(RUBRIC, Judgement("a", "1", ("x", "y"))) and not is_valid(PAIRS, marked("a", "x", 5, 10))


def test_agreement_is_told_in_all_and_for_each_criterion():
    judgements = [marked("a", "x", 5, 0), marked("b", "x", 5, 10), marked("a", "y", 1, 10), marked("b", "y", 1, 0)]
    found = alphas(RUBRIC, judgements)
    assert found["clarity"] == 1 and found["style"] < 0 < found[""] < 1


def test_who_prefers_alike_agrees():
    def pair(preferred: int | None, case: str) -> list[Judgement]:
        return [Judgement(juror, case, ("x", "y"), preferred=preferred) for juror in "ab"]

    assert alphas(PAIRS, [*pair(0, "1"), *pair(1, "2"), *pair(None, "3")]) == {"": 1}
