"""Lines of leaderboards, by rows and by columns."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class RowOrganization:
    """The organization for which a row's submission was handed in."""

    id: str
    name: str


@dataclass(frozen=True)
class Row:
    """One line of a leaderboard. `rank` is null without a primary score; a missing score is null.

    Of a team `participant` is its name, and `team` its id. `mine`: it is the caller's own, or their team's. `name` is the
    submission's, where a participant may have several rows. `edited`: an organizer set a score by hand. `disqualified` is
    the reason, which organizers alone are told. `fact_sheet` has the answers to the board's `questions`, by their keys;
    one that ends in … is longer. `group` is the title of the group that it is of. `brought`: another site has scored it.
    """

    rank: int | None
    participant: str
    team: str | None
    submission: str
    name: str | None
    scores: Mapping[str, float | None]
    submitted_at: datetime
    mine: bool
    baseline: bool
    verified: bool
    edited: bool
    disqualified: str | None
    fact_sheet: Mapping[str, str | bool]
    group: str | None = None
    organization: RowOrganization | None = None
    brought: bool = False


@dataclass(frozen=True)
class PackedRows:
    """The rows of a page as columns, each list in the rows' order; about a quarter of what `rows` take.

    `submitted_at` has seconds after `since`. `scores` has for each column its numbers, null for a missing one; or, where
    that is shorter, base64 of the same as 64-bit floats (IEEE 754, little-endian), NaN for a missing one. `mine`,
    `baseline`, `verified`, `edited` and `brought` have the places of the rows, from 0, of which it is true. The other fields
    are as in `Row`, and null where no row has one.
    """

    rank: Sequence[int | None]
    participant: Sequence[str]
    submission: Sequence[str]
    since: datetime
    submitted_at: Sequence[int]
    scores: Mapping[str, str | list[float | None]]
    mine: Sequence[int]
    baseline: Sequence[int]
    verified: Sequence[int]
    edited: Sequence[int]
    brought: Sequence[int]
    team: Sequence[str | None] | None
    name: Sequence[str | None] | None
    fact_sheet: Sequence[Mapping[str, str | bool]] | None
    group: Sequence[str | None] | None
    organization: Sequence[RowOrganization | None] | None
