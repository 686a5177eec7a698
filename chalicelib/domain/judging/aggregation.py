"""Judging by people: what their judgements come to, and how far they agree."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Literal

from chalicelib.domain.bundle.model import Criterion, Judging
from chalicelib.domain.judging.bradley_terry import Comparison, bradley_terry

Level = Literal["nominal", "ordinal", "interval"]

#: A pair is shown to two jurors, so that their agreement can be told.
JURORS_PER_PAIR = 2
#: Digits of a score. Strengths are found by approximation, and equal judgements must give equal scores.
DIGITS = 6


@dataclass(frozen=True)
class Judgement:
    """One juror's judgement of a case: marks for its one output, or which of its two is better.

    `preferred` is the place of the better one in `outputs`, and None when they are equal.
    """

    juror: str
    case: str
    outputs: tuple[str, ...]
    marks: Mapping[str, float] = field(default_factory=dict)
    preferred: int | None = None


def scores(judging: Judging, judgements: Sequence[Judgement]) -> dict[str, float]:
    """The score of each output that was judged: the mean of its rubrics, or its strength among those it met."""
    if judging.kind == "pairwise":
        exact = bradley_terry(_comparison(judgement) for judgement in judgements)
    else:
        rubrics: dict[str, list[float]] = defaultdict(list)
        for judgement in judgements:
            rubrics[judgement.outputs[0]].append(rubric_score(judging.criteria, judgement.marks))
        exact = {output: fmean(sorted(one)) for output, one in rubrics.items()}
    return {output: round(score, DIGITS) for output, score in exact.items()}


def settled(judging: Judging, judgements: Sequence[Judgement], outputs: int, is_over: bool) -> dict[str, float]:
    """The scores that count: of what has all of its judgements, and when judging is over of all that has any.

    Of `outputs` that are compared, each can meet all others only, each by so many jurors.
    """
    needed = _needed(judging, outputs)
    counts = Counter(output for judgement in judgements for output in judgement.outputs)
    return {output: score for output, score in scores(judging, judgements).items() if is_over or counts[output] >= needed}


def wanted(judging: Judging, outputs: int) -> int:
    """The number of judgements that a jury is to make in all. One comparison is one for each of the two outputs."""
    if judging.kind == "pairwise":
        return -(-_needed(judging, outputs) * outputs // 2) if outputs > 1 else 0
    return judging.judgements_per_submission * outputs


def is_valid(judging: Judging, judgement: Judgement) -> bool:
    """False for a judgement by another rubric, or of another kind, which the organizers have replaced since."""
    if judging.kind == "pairwise":
        return len(judgement.outputs) == 2
    scales = {criterion.key: criterion.scale for criterion in judging.criteria}
    return len(judgement.outputs) == 1 and all(
        key in judgement.marks and lowest <= judgement.marks[key] <= highest for key, (lowest, highest) in scales.items()
    )


def alphas(judging: Judging, judgements: Sequence[Judgement]) -> dict[str, float | None]:
    """The agreement of jurors: in all (""), and on each criterion of a rubric by its key."""
    if judging.kind == "pairwise":
        return {"": agreement(_ratings(judgements, lambda one: 0.5 if one.preferred is None else float(one.preferred)))}
    overall = agreement(_ratings(judgements, lambda one: rubric_score(judging.criteria, one.marks)))
    return {
        "": overall,
        **{criterion.key: agreement(_ratings(judgements, _mark_of(criterion.key))) for criterion in judging.criteria},
    }


def rubric_score(criteria: Sequence[Criterion], marks: Mapping[str, float]) -> float:
    """One judgement as a number from 0 to 1: the weighted mean of the marks, each on its own scale.

    Raises ValueError, naming the criterion, for a mark that is missing or off its scale.
    """
    total = math.fsum(criterion.weight for criterion in criteria)
    return math.fsum(criterion.weight * _part(criterion, marks) for criterion in criteria) / total


def agreement(ratings: Iterable[Mapping[str, float]], level: Level = "interval") -> float | None:
    """Krippendorff's alpha of each unit's ratings by juror: 1 is full agreement, 0 is what chance gives.

    Units with one rating say nothing. None when there is nothing to compare, or only one value was ever given.
    (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.)
    """
    pairable = [list(unit.values()) for unit in ratings if len(unit) > 1]
    totals = Counter(value for unit in pairable for value in unit)
    count = sum(totals.values())
    if len(totals) < 2:
        return None
    distance = _distances(level, totals)
    observed = math.fsum(_within(unit, distance) / (len(unit) - 1) for unit in pairable) / count
    expected = math.fsum(totals[one] * totals[other] * distance(one, other) for one in totals for other in totals) / (
        count * (count - 1)
    )
    return 1 - observed / expected


def _part(criterion: Criterion, marks: Mapping[str, float]) -> float:
    mark = marks.get(criterion.key)
    lowest, highest = criterion.scale
    if mark is None or not lowest <= mark <= highest:
        raise ValueError(f"Give `{criterion.key}` a mark from {lowest} to {highest}.")
    return (mark - lowest) / (highest - lowest)


def _needed(judging: Judging, outputs: int) -> int:
    if judging.kind == "rubric":
        return judging.judgements_per_submission
    return min(judging.judgements_per_submission, JURORS_PER_PAIR * max(1, outputs - 1))


def _comparison(judgement: Judgement) -> Comparison:
    first, second = judgement.outputs
    better, worse = (second, first) if judgement.preferred == 1 else (first, second)
    return Comparison(better, worse, is_tie=judgement.preferred is None)


def _ratings(judgements: Sequence[Judgement], rating: Callable[[Judgement], float]) -> list[dict[str, float]]:
    """Each case's ratings by juror."""
    cases: dict[str, dict[str, float]] = defaultdict(dict)
    for judgement in judgements:
        cases[judgement.case][judgement.juror] = rating(judgement)
    return list(cases.values())


def _mark_of(criterion: str) -> Callable[[Judgement], float]:
    return lambda judgement: judgement.marks[criterion]


def _within(unit: Sequence[float], distance: Callable[[float, float], float]) -> float:
    return math.fsum(distance(one, other) for one in unit for other in unit)


def _distances(level: Level, totals: Mapping[float, int]) -> Callable[[float, float], float]:
    """How far two values are apart, squared."""
    if level == "nominal":
        return lambda one, other: float(one != other)
    if level == "interval":
        return lambda one, other: (one - other) ** 2
    # Ordinal: the ratings between the two, with half of those at either end.
    below, places = 0.0, {}
    for value in sorted(totals):
        places[value] = below + totals[value] / 2
        below += totals[value]
    return lambda one, other: (places[one] - places[other]) ** 2
