"""Code that participants share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Ancestor:
    """What something was started from. Of one that is shared no more its id is all that is told."""

    submission: str
    name: str
    participant: str | None
    shared: bool


@dataclass(frozen=True)
class SharedCode:
    """A finished submission that others may see, have under its licence, and start from.

    `scores` are those that participants see in the phase at this moment. `participant` is null on an anonymous board.
    `downloads` counts people, `forks` submissions. `liked` and `mine` are about who asks. `lineage` has what it was
    started from, the farthest first, where one is asked for alone.
    """

    submission: str
    competition: str
    phase: str
    participant: str | None
    name: str
    description: str
    method: Mapping[str, str]
    fact_sheet: Mapping[str, Any]
    scores: Mapping[str, float]
    licence: str
    submitted_at: datetime
    size_bytes: int
    likes: int
    downloads: int
    forks: int
    forked_from: str | None
    liked: bool
    mine: bool
    lineage: list[Ancestor] = field(default_factory=list)


@dataclass(frozen=True)
class SharedCodes:
    """One page of shared code. A page may be short, and another come after it."""

    shared: list[SharedCode]
    next: str | None
