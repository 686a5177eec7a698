"""Strengths of outputs that jurors compared by pairs, after Bradley and Terry (1952)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul

#: Each output is taken to have won and lost this much against an average one, so that who won every comparison, or was
#: never compared with the rest, has a finite strength.
PRIOR = 0.5
#: Strengths are found when a step moves no difference of two further than this.
_CLOSE_ENOUGH = 1e-10
#: Twenty are many. The steps' length makes each come nearer, so more would be a defect.
_MAX_STEPS = 200

Vector = list[float]


@dataclass(frozen=True)
class Comparison:
    """A juror preferred `better` to `worse`; with `is_tie` neither."""

    better: str
    worse: str
    is_tie: bool = False


@dataclass(frozen=True)
class _Met:
    """Outputs by their numbers: how often each won, a tie as half, and which two met how often."""

    names: Sequence[str]
    wins: Vector
    pairs: Sequence[tuple[int, int, int]]


def bradley_terry(comparisons: Iterable[Comparison], prior: float = PRIOR) -> dict[str, float]:
    """Each output's strength, as a logarithm: the better of two wins with 1 / (1 + exp(other - own)). A tie is half a win.

    The maximum of the likelihood, by Newton's method. A step goes so far that the likelihood grows however far it is
    (Bach 2010, Self-concordant analysis for logistic regression): log(1 + r) / r of it, if it moves differences by r.
    Raises ArithmeticError when it is not found, which would be a defect.
    """
    met = _met(comparisons)
    strengths = [0.0] * len(met.names)
    for _ in range(_MAX_STEPS):
        step = _newton_step(met, strengths, prior)
        moved = max([*map(abs, step), *(abs(step[one] - step[other]) for one, other, _ in met.pairs)], default=0.0)
        length = math.log1p(moved) / moved if moved else 1.0
        strengths = [own + length * change for own, change in zip(strengths, step, strict=True)]
        if moved < _CLOSE_ENOUGH:
            return dict(zip(met.names, strengths, strict=True))
    raise ArithmeticError("No strengths were found that make the judgements likeliest.")


def gradient(comparisons: Iterable[Comparison], strengths: dict[str, float], prior: float = PRIOR) -> dict[str, float]:
    """By how much each strength would make the judgements likelier: nothing where they are likeliest."""
    met = _met(comparisons)
    return dict(zip(met.names, _gradient(met, [strengths[name] for name in met.names], prior), strict=True))


def _met(comparisons: Iterable[Comparison]) -> _Met:
    wins: dict[str, float] = defaultdict(float)
    pairs = Counter[tuple[str, str]]()
    for one in comparisons:
        wins[one.better] += 0.5 if one.is_tie else 1.0
        wins[one.worse] += 0.5 if one.is_tie else 0.0
        pairs[min(one.better, one.worse), max(one.better, one.worse)] += 1
    names = sorted(wins)
    number = {name: at for at, name in enumerate(names)}
    met = [(number[one], number[other], times) for (one, other), times in sorted(pairs.items())]
    return _Met(names, [wins[name] for name in names], met)


def _newton_step(met: _Met, strengths: Vector, prior: float) -> Vector:
    """The step to where the likelihood would be greatest if it were a parabola, by conjugate gradients.

    The curvature is a weight for each output and for each pair that met, so nothing of it is written out.
    """
    weights = [(one, other, times * _slope(strengths[one] - strengths[other])) for one, other, times in met.pairs]
    own = [2 * prior * _slope(strength) for strength in strengths]
    diagonal = own[:]
    for one, other, weight in weights:
        diagonal[one] += weight
        diagonal[other] += weight
    return _solved(_gradient(met, strengths, prior), own, weights, diagonal)


def _gradient(met: _Met, strengths: Vector, prior: float) -> Vector:
    found = [won + prior - 2 * prior * _sigmoid(own) for won, own in zip(met.wins, strengths, strict=True)]
    for one, other, times in met.pairs:
        expected = times * _sigmoid(strengths[one] - strengths[other])
        found[one] -= expected
        found[other] -= times - expected
    return found


def _solved(wanted: Vector, own: Vector, weights: Sequence[tuple[int, int, float]], diagonal: Vector) -> Vector:
    """Where the curvature takes to `wanted`."""
    found, left = [0.0] * len(wanted), wanted[:]
    scaled = [rest / scale if scale else 0.0 for rest, scale in zip(left, diagonal, strict=True)]
    towards, size = scaled[:], _dot(left, scaled)
    enough = 1e-24 * size
    for _ in range(2 * len(wanted)):
        if size <= enough:
            break
        bent = _bent(towards, own, weights)
        far = size / _dot(towards, bent)
        found = [at + far * way for at, way in zip(found, towards, strict=True)]
        left = [rest - far * by for rest, by in zip(left, bent, strict=True)]
        scaled = [rest / scale if scale else 0.0 for rest, scale in zip(left, diagonal, strict=True)]
        former, size = size, _dot(left, scaled)
        towards = [next_ + size / former * way for next_, way in zip(scaled, towards, strict=True)]
    return found


def _bent(direction: Vector, own: Vector, weights: Sequence[tuple[int, int, float]]) -> Vector:
    """By how much the gradient shrinks along a direction."""
    found = [weight * way for weight, way in zip(own, direction, strict=True)]
    for one, other, weight in weights:
        apart = weight * (direction[one] - direction[other])
        found[one] += apart
        found[other] -= apart
    return found


def _dot(one: Vector, other: Vector) -> float:
    return math.fsum(map(mul, one, other))


def _sigmoid(value: float) -> float:
    """1 / (1 + exp(-value)), of which no exponential is too large."""
    small = math.exp(-abs(value))
    return 1 / (1 + small) if value >= 0 else small / (1 + small)


def _slope(value: float) -> float:
    """How steep that is."""
    return _sigmoid(value) * _sigmoid(-value)
