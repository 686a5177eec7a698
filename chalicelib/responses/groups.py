"""Groups of participants."""

from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class GroupName:
    """A group of participants. With a `board` it has leaderboards of its own."""

    key: str
    title: str
    board: bool


@dataclass(frozen=True)
class GroupLimits:
    """Limits of a group in place of those of a phase, with no `phase` of all; null is as the phase has it."""

    phase: int | None
    max_submissions_per_day: int | None
    max_submissions_per_month: int | None
    max_submissions: int | None


@dataclass(frozen=True)
class Group(GroupName):
    """A group as its organizers see it: what it has of its own, and the rules that put people in it."""

    queue: str | None
    phases: list[int]
    limits: list[GroupLimits]
    addresses: list[str]
    question: str | None
    answers: list[str]


@dataclass(frozen=True)
class GroupJob:
    """Work on groups: `rules` puts those who joined before where the rules put them, `move` takes along what people have
    handed in. `done` were looked at; `reason` says why it failed.
    """

    id: str
    work: Literal["rules", "move"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    done: int
    changed: int
    reason: str
    created_at: datetime


@dataclass(frozen=True)
class Groups:
    """A competition's groups, and the newest work on them."""

    groups: list[Group]
    jobs: list[GroupJob]
