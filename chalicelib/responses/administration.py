"""Answers about what is stored, what happens on the site, and what is reported to its administrators."""

from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class CleanUp:
    """A suggestion of what could be cleaned up: its bytes, as the last review found them, and how."""

    what: Literal["unused_datasets", "old_dumps", "failed_outputs", "exports", "drafts"]
    size_bytes: int
    how: str


@dataclass(frozen=True)
class Storage:
    """The bytes that an account or a competition stores, by kind: uploads that nobody has used yet, submissions, datasets,
    bundles and pages, outputs of runs (as the last review found them), and exports.

    `quota_bytes` is what it may store, null without an end; with `own_quota` an administrator has said so of it alone.
    """

    total_bytes: int
    bytes: dict[str, int]
    quota_bytes: int | None
    own_quota: bool
    reviewed_at: datetime | None
    suggestions: list[CleanUp]


@dataclass(frozen=True)
class StorageReview:
    """A look through the buckets. `site_bytes` are of no account and no competition, such as boards.

    `unclaimed` objects are of no row, with some of their keys. Of those who store something `differing` had another count,
    `moving` ones were counted meanwhile, so they are looked at the next time, and `mended` ones were set right.
    """

    id: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    mends: bool
    created_at: datetime
    objects: int
    size_bytes: int
    site_bytes: int
    unclaimed: int
    unclaimed_bytes: int
    examples: list[str]
    differing: int
    moving: int
    mended: int
    reason: str


@dataclass(frozen=True)
class SchemaMigration:
    """The walk through the table that gives today's shape to what a former build stored. It looked at `seen` items so far;
    `migrated` ones have another shape now, `left` ones were written meanwhile."""

    version: int
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    created_at: datetime
    seen: int
    migrated: int
    left: int
    reason: str


@dataclass(frozen=True)
class Schema:
    """The version of the schema that this build writes, and how far the table is; null where that has not begun."""

    version: int
    migration: SchemaMigration | None


@dataclass(frozen=True)
class StorageHolder:
    """An account or a competition with the bytes that the last review found, and those that could be cleaned up."""

    kind: Literal["account", "competition"]
    id: str
    name: str
    total_bytes: int
    bytes: dict[str, int]
    cleanable: dict[str, int]


@dataclass(frozen=True)
class SiteStorage:
    """The quotas of those who have none of their own, the newest reviews, and one page of who stores the most."""

    account_quota_bytes: int | None
    competition_quota_bytes: int | None
    reviews: list[StorageReview]
    holders: list[StorageHolder]
    next: str | None


@dataclass(frozen=True)
class StorageDifference:
    """An account or a competition of which the last review found other bytes than were counted, both by kind."""

    kind: Literal["account", "competition"]
    id: str
    name: str
    found: dict[str, int]
    counted: dict[str, int]


@dataclass(frozen=True)
class StorageDifferences:
    """One page of them."""

    differences: list[StorageDifference]
    next: str | None


@dataclass(frozen=True)
class UsageDay:
    """Counts of one day (UTC). `participants` counts who submitted, once each.

    `stored_bytes` is what the buckets had when they were reviewed, null where they were not.
    """

    day: str
    accounts: int
    participants: int
    submissions: int
    finished: int
    failed: int
    cancelled: int
    competitions: int
    runner_seconds: int
    stored_bytes: int | None


@dataclass(frozen=True)
class SiteUsage:
    """The days of a month, up to today."""

    month: str
    days: list[UsageDay]


@dataclass(frozen=True)
class SiteReport:
    """A report: of a competition or its organizer to the administrators, or of a post to the organizers.

    `place` is the post's thread and number. `decision` is null while it is open; `answer` is why it was decided so.
    """

    id: str
    about: Literal["post", "competition", "organizer"]
    competition: str
    title: str
    place: str
    by: str
    reason: str
    at: datetime
    status: Literal["open", "resolved"]
    decision: Literal["deleted", "kept", "resolved", "dismissed"] | None
    decided_by: str
    answer: str


@dataclass(frozen=True)
class SiteReports:
    """One page of what was reported on the site, newest first."""

    reports: list[SiteReport]
    next: str | None
