"""Robots: accounts that an organizer admits to a competition, with limits of their own and mostly out of the ranking."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from chalicelib.domain.submissions.quotas import Limits

RANKED, UNRANKED = "ranked", "unranked"


@dataclass(frozen=True)
class Robot:
    """The rules for one robot: attempts on a day and in all, None for as many as it likes, and whether it ranks."""

    per_day: int | None = None
    in_all: int | None = None
    ranks: bool = False

    @property
    def standing(self) -> str:
        """The word for its submissions: those of one that is unranked stand on no board."""
        return RANKED if self.ranks else UNRANKED

    def limits(self, phase: Limits) -> Limits:
        """The limits that hold for it where others have those of the `phase`, of which the sizes alone are left."""
        mine = {"per_day": self.per_day, "in_all": self.in_all}
        return replace(phase, **mine, per_month=None, interval_seconds=None, at_once=None)

    def to_dict(self) -> dict[str, Any]:
        """The form in which it is stored."""
        return asdict(self)


def read(stored: Mapping[str, Any] | None) -> Robot | None:
    """A robot from its stored form; None for a person."""
    return None if stored is None else Robot(**stored)
