"""Mergers: when two teams may become one, and how much both together may have submitted by then."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.errors import Conflict, say

Rule = Literal["within_limits", "always", "never"]


@dataclass(frozen=True)
class Allowed:
    """The attempts that a phase lets one team have from its `first` day to `today`. A limit of None is none."""

    phase: str
    first: date
    today: date
    per_day: int | None = None
    per_month: int | None = None
    in_all: int | None = None

    @property
    def by_now(self) -> int | None:
        """The most attempts that one team may have made by the end of today; None where there is no limit."""
        if self.per_day is None and self.per_month is None:
            return self.in_all
        by_dates = sum(self._in_month(days) for days in self._days().values())
        return by_dates if self.in_all is None else min(by_dates, self.in_all)

    def _in_month(self, days: int) -> int:
        most = (None if self.per_day is None else self.per_day * days, self.per_month)
        return min(one for one in most if one is not None)

    def _days(self) -> Counter[tuple[int, int]]:
        """How many days of each month there were, today's among them."""
        number = max(1, (self.today - self.first).days + 1)
        days = (self.today - timedelta(days=ago) for ago in range(number))
        return Counter((day.year, day.month) for day in days)


def check_open(rule: Rule, deadline: datetime | None, now: datetime) -> None:
    """Raise Conflict where teams do not merge, or not any more."""
    if rule == "never":
        raise Conflict(say("teams_never_merge", "In this competition teams do not merge. Its organizers can allow it."))
    if deadline is not None and now >= deadline:
        raise Conflict(
            say("mergers_over", "Teams could merge until {deadline:%Y-%m-%d %H:%M} UTC. That is over.", deadline=deadline)
        )


def check_used(rule: Rule, allowed: Allowed, one: int, other: int) -> None:
    """Raise Conflict when two teams have made more attempts in a phase than one may have made by now."""
    most = allowed.by_now
    if rule == "within_limits" and most is not None and one + other > most:
        raise Conflict(
            say(
                "merger_above_attempts",
                "Together the two teams have made {made} attempts in “{phase}”; one team may have made {most} by today. "
                "Teams with more than that do not merge.",
                made=one + other,
                phase=allowed.phase,
                most=most,
            )
        )
