"""The case that a juror is given next, and when: the fewest judgements first, everybody in an order of their own,
never one's own or one's team's.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.bundle.dates import readable
from chalicelib.domain.bundle.model import Criterion
from chalicelib.domain.judging.aggregation import JURORS_PER_PAIR
from chalicelib.errors import Complaint, Conflict, Invalid, say

#: How long a juror has a case for themselves. After that it goes to somebody else, too.
HOLD = timedelta(minutes=30)


@dataclass(frozen=True)
class Candidate:
    """A case or an output that waits for judgements: whose it is (participants and teams), how many it has or will have."""

    id: str
    owners: frozenset[str]
    given: int


def next_of(candidates: Iterable[Candidate], juror: str, done: Collection[str], team: str | None = None) -> list[Candidate]:
    """The cases that the juror, who may be in a team, may be given, the best choice first."""
    fit = [one for one in candidates if one.owners.isdisjoint({juror, team}) and one.id not in done]
    return sorted(fit, key=lambda one: (one.given, place(juror, one.id)))


def place(juror: str, thing: str) -> str:
    """The place where a thing stands in a juror's own random order. The same each time."""
    return hashlib.sha256(f"{juror} {thing}".encode()).hexdigest()


def shown(juror: str, case: str, outputs: Sequence[Any]) -> list[Any]:
    """The outputs in the order in which this juror sees them: which of two comes first is chance."""
    return list(reversed(outputs)) if place(case, juror) < "8" else list(outputs)


def pairs_wanted(judgements: int) -> int:
    """The number of jurors who see a new pair when each output is to stand in so many comparisons."""
    return min(JURORS_PER_PAIR, judgements)


def check_open(name: str, starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> None:
    """Raise Conflict, with the time that decides, unless jurors may judge now."""
    if starts_at is not None and now < starts_at:
        raise Conflict(
            say("judging_begins", "Judging of the phase “{phase}” begins on {at}.", phase=name, at=readable(starts_at))
        )
    if is_over(ends_at, now):
        assert ends_at is not None
        raise Conflict(
            say(
                "judging_ended",
                "Judging of the phase “{phase}” ended on {at}. Judgements stay as they are.",
                phase=name,
                at=readable(ends_at),
            )
        )


def is_over(ends_at: datetime | None, now: datetime) -> bool:
    """True when no judgement can come any more."""
    return ends_at is not None and now >= ends_at


def check_marks(criteria: Sequence[Criterion], marks: Mapping[str, int]) -> None:
    """Raise Invalid, with a complaint for each criterion, unless there is a mark on the scale of each and nothing else."""
    scales = {criterion.key: criterion.scale for criterion in criteria}
    complaints = [
        Complaint(
            f"marks.{key}", say("mark_range", "Give a mark from {lowest} to {highest}.", lowest=lowest, highest=highest)
        )
        for key, (lowest, highest) in scales.items()
        if key not in marks or not lowest <= marks[key] <= highest
    ]
    complaints += [
        Complaint(f"marks.{key}", say("no_criterion", "This is no criterion of the rubric."))
        for key in marks
        if key not in scales
    ]
    if complaints:
        raise Invalid(say("marks_unfit", "The marks do not fit the rubric: correct what is named."), complaints)
