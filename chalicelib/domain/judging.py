"""Judging by people: who sees what, what their marks come to, and how far they agree."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["nominal", "ordinal", "interval"]

#: Bradley-Terry: each output is taken to have won and lost this much against an average one, so that who won every
#: comparison, or was never compared with the rest, has a finite strength.
PRIOR = 0.5
_STEPS = 1000
_CLOSE_ENOUGH = 1e-9


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: marks from `lowest` to `highest`, and how much it weighs."""

    key: str
    lowest: float
    highest: float
    weight: float = 1.0


@dataclass(frozen=True)
class Comparison:
    """A juror preferred `better` to `worse`; with `is_tie` neither."""

    better: str
    worse: str
    is_tie: bool = False


def assign(outputs: Mapping[str, str], jurors: Collection[str], per_output: int, seed: int) -> dict[str, list[str]]:
    """What each juror judges, in a random order of their own. `outputs` maps a submission to its participant.

    Each output goes to `per_output` jurors, or to all there are, never to its own participant, and the jurors' shares
    differ by as little as that allows. The same seed gives the same answer.
    """
    chance = random.Random(seed)
    shares: dict[str, list[str]] = {juror: [] for juror in sorted(jurors)}
    order = sorted(outputs)
    chance.shuffle(order)
    # Outputs with the fewest possible jurors choose first, or others might take the jurors that they need.
    for output in sorted(order, key=lambda one: -int(outputs[one] in shares)):
        fit = [juror for juror in shares if juror != outputs[output]]
        chance.shuffle(fit)
        for juror in sorted(fit, key=lambda one: len(shares[one]))[:per_output]:
            shares[juror].append(output)
    for share in shares.values():
        chance.shuffle(share)
    return shares


def rubric_score(criteria: Sequence[Criterion], marks: Mapping[str, float]) -> float:
    """One judgement as a number from 0 to 1: the weighted mean of the marks, each on its own scale.

    Raises ValueError, naming the criterion, for a mark that is missing or off its scale.
    """
    total = math.fsum(criterion.weight for criterion in criteria)
    return math.fsum(criterion.weight * _part(criterion, marks) for criterion in criteria) / total


def bradley_terry(comparisons: Iterable[Comparison], prior: float = PRIOR) -> dict[str, float]:
    """Each output's strength, as a logarithm: the better of two wins with 1 / (1 + exp(other - own)). A tie is half a win.

    The maximum of the likelihood, found by minorization (Hunter 2004, MM algorithms for generalized Bradley-Terry).
    """
    wins: Counter[str] = Counter()
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for one in comparisons:
        wins[one.better] += 0.5 if one.is_tie else 1.0  # type: ignore[assignment]
        wins[one.worse] += 0.5 if one.is_tie else 0.0  # type: ignore[assignment]
        met[one.better][one.worse] += 1
        met[one.worse][one.better] += 1
    strengths = dict.fromkeys(sorted(met), 1.0)
    for _ in range(_STEPS):
        new = {name: _stronger(name, strengths, wins[name], met[name], prior) for name in strengths}
        moved = max((abs(math.log(new[name] / strengths[name])) for name in new), default=0.0)
        strengths = new
        if moved < _CLOSE_ENOUGH:
            break
    return {name: math.log(strength) for name, strength in strengths.items()}


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
    if mark is None or not criterion.lowest <= mark <= criterion.highest:
        raise ValueError(f"Give `{criterion.key}` a mark from {criterion.lowest:g} to {criterion.highest:g}.")
    return (mark - criterion.lowest) / (criterion.highest - criterion.lowest)


def _stronger(name: str, strengths: Mapping[str, float], wins: float, met: Mapping[str, int], prior: float) -> float:
    own = strengths[name]
    weight = math.fsum(times / (own + strengths[other]) for other, times in met.items())
    return (wins + prior) / (weight + 2 * prior / (own + 1))


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
