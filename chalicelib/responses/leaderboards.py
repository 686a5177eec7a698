"""Leaderboards, where somebody stands on them, and what organizers did to them by hand."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Literal

from chalicelib.contract.values import dataclass
from chalicelib.responses.board_rows import PackedRows, Row
from chalicelib.responses.competitions import Column
from chalicelib.responses.groups import GroupName


@dataclass(frozen=True)
class ColumnGroup:
    """A header over columns."""

    key: str
    title: str


@dataclass(frozen=True)
class BoardTask:
    """A task that columns may be of."""

    index: int
    name: str


@dataclass(frozen=True)
class BoardQuestion:
    """A question of the fact sheet whose answers the board tells."""

    key: str
    title: str


@dataclass(frozen=True)
class Leaderboard:
    """One page of a leaderboard's snapshot. `rebuilt_at` is null while there is nothing on it.

    `frozen_at`: it is shown as it was then, until the phase ends. `final`: it ranks as it does once the phase is over.
    `final_phase`: these are the rows of that phase, which has the final board of this one. `disqualified` has the rows
    that are out of the ranking, on the first page for organizers. `detailed_results`: each row leads to
    its submission's. `organizer`: the caller sees all that organizers see. `group`: it is the board of that group alone.
    `grouped`: rows say of which group they are. `packed` has the rows where that was asked for, and `rows` none.
    `tie_breaks` has the keys of the columns that decide in this order between equal scores in the primary one: rows that are
    equal in those as well share a rank, and the next ranks are skipped.
    """

    phase: str
    key: str
    title: str
    columns: list[Column]
    groups: list[ColumnGroup]
    tasks: list[BoardTask]
    questions: list[BoardQuestion]
    rows: list[Row]
    disqualified: list[Row]
    count: int
    page: int
    pages: int
    rebuilt_at: datetime | None
    frozen_at: datetime | None
    final: bool
    final_phase: str | None
    anonymous: bool
    detailed_results: bool
    organizer: bool
    tie_breaks: list[str]
    group: GroupName | None = None
    grouped: bool = False
    packed: PackedRows | None = None


@dataclass(frozen=True)
class ResultPage:
    """The page that the scoring program shows of a run on one task. `url` is good for a few minutes, and null when
    there is no page.

    Show it in a frame with an empty `sandbox` attribute, and nowhere else. `live`: the submission of whose page you may
    have the scripts run, by `live-page`; null where you may not.
    """

    task: int
    name: str
    url: str | None
    live: str | None = None


@dataclass(frozen=True)
class DetailedResults:
    """The pages of detailed results behind a leaderboard's row."""

    submission: str
    competition: str
    phase: str
    participant: str
    pages: list[ResultPage]


@dataclass(frozen=True)
class Board:
    """A leaderboard of a phase. `hidden` ones are told to organizers only. A `final` one is shown when the phase is over."""

    key: str
    title: str
    hidden: bool
    columns: list[Column]
    final: bool = False


@dataclass(frozen=True)
class Leaderboards:
    """The leaderboards of a phase, and how submissions get onto them.

    `blind`: scores are not shown to the caller before the phase's end. `freezes_at`: from then to the phase's end
    participants see the boards as they were. `has_final`: at the phase's end another ranking takes their place.
    `groups` have boards of their own: each of these, of their rows alone.
    """

    phase: str
    submission_rule: Literal[
        "Add", "Add_And_Delete", "Add_And_Delete_Multiple", "Force_Last", "Force_Latest_Multiple", "Force_Best"
    ]
    boards: list[Board]
    blind: bool
    freezes_at: datetime | None
    frozen: bool
    has_final: bool
    organizer: bool
    groups: list[GroupName] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """The rank of one row, and its page of the board."""

    rank: int | None
    page: int
    submission: str


@dataclass(frozen=True)
class Ranks:
    """The ranks of a participant or a team among `count` rows. More than one place where one may have several rows."""

    participant: str
    count: int
    places: list[Place]


@dataclass(frozen=True)
class Point:
    """One submission's primary score, and the best until then."""

    submission: str
    submitted_at: datetime
    score: float
    best: float


@dataclass(frozen=True)
class History:
    """A participant's or a team's scores over time, the oldest first. `truncated`: there are more before these.

    `opens`: the caller may open these submissions.
    """

    participant: str
    column: Column
    points: list[Point]
    truncated: bool
    opens: bool


@dataclass(frozen=True)
class Leader:
    """A participant or a team among the first of a board, with the rank of their best row, and the submissions of which each
    was better than all that they had before, the oldest first. Of a `team` it has the id.

    `mine`: it is the caller, or their team. `opens`: the caller may open these submissions.
    """

    rank: int
    participant: str
    team: str | None
    mine: bool
    points: list[Point]
    opens: bool


@dataclass(frozen=True)
class Leaders:
    """The first of a board in their order, baselines left out, and how they got there, as far as the board has shown that.
    `column` is the one that ranks, or, where that is computed from everybody's ranks, the first that it is computed from."""

    column: Column
    leaders: list[Leader]


@dataclass(frozen=True)
class BoardEntry:
    """A submission as the boards take it. `original_scores` are the scoring program's own, when some were set by hand."""

    submission: str
    phase: str
    participant: str
    on_board: bool
    baseline: bool
    verified: bool
    disqualified: str | None
    scores: Mapping[str, float]
    original_scores: Mapping[str, float] | None


@dataclass(frozen=True)
class AuditEntry:
    """An act of who runs a competition or the site, or has something there.

    `submission` and `participant` are null where it is about none.

    `extended`: somebody got attempts beside the limits. `exported`: an organizer had all participants with their addresses
    in a file; then `participant` is null, too. `addresses_read`: they read so many addresses.
    `offered`, `appointed`, `dismissed`: which role somebody had in running the competition, and which one they were offered
    or have, null for none; `participant` is their name.
    `post_deleted`, `report_handled`: an organizer did so, to a post of theirs.
    `robot`: by which rules somebody takes part as a robot, null for a person.
    `invited`, `uninvited`: so many addresses were, or are no more.
    `opened`, `closed`: a draft got another secret link, or has none any more.
    Of administrators: `banned`, `unbanned`, and `looked_up` by an address; `participant` is the account's name.
    `second_step_off`: its sign-in asks for no code any more.
    `account_removed`, by its owner too; `account_merged`: into the account that `after` says.
    Of the site, where `before` and `after` say what: submissions `paused`, `resumed`; competitions `featured`, `unfeatured`,
    `handed_over` at once; failures `retried`; sites `trusted`, `distrusted`; the `key_changed`
    that signs its list; an address, by its digest, `unsuppressed`; approval `approval_asked` of competitions from now on, or
    `approval_waived`; `publication_approved`, `publication_refused`; a competition `unpublished`, which its own log tells of
    its organizers; a `quota_set` of storage, which was `storage_reviewed` or `storage_mended`; a
    `schema_migrated`; a `report_decided`.
    `edited`: keys of the settings say something else, by their places; of texts and pictures the sha256, of addresses "…".
    `connected`, `reconnected`, `rekeyed`, `disconnected`: a webhook was made, changed, given another secret, removed.
    Of the site or a competition: `announced`, `reannounced` in other words, `unannounced`.
    `led`, `renamed`, `disbanded`: a team got another leader, another name, or is none any more. `team_made`, `team_joined`,
    `team_left`, `team_invited`, `team_uninvited`, `merger_offered`, `code_renewed`: an organizer did so for a team.
    Of a phase: `rerun`, all or the one `submission`; submissions `migrated` into it, `packed` as an export, or `repeated` to
    check determinism; `judgements_published`, `judgements_hidden`; of one submission `started`, `cancelled`, `described`, or
    made as a `solution_run`, or `brought` from another site with what that scored.
    Of a competition: `published`, `publication_asked`, `cloned`, `dumped`, `dump_removed`; `updated` by a bundle, when
    that took its place; `juror`: somebody is on the jury, counted or not, null for no more; `rules_applied` of groups;
    `registry_stored`, `registry_removed`; `thread_marked`.
    Of what an account has: a queue, dataset, task or organization `…_made`, `…_changed` or `…_removed`; a
    `competition_removed`; `runner_token_made`, `runner_token_revoked`; and a queue's registry as a competition's. Of an
    organization roles as of a competition.
    """

    id: str
    at: datetime
    by: str
    what: Literal[
        "added",
        "removed",
        "marked",
        "scored",
        "failed",
        "withdrawn",
        "grouped",
        "restored",
        "approved",
        "denied",
        "exported",
        "addresses_read",
        "extended",
        "mailed",
        "offered",
        "appointed",
        "dismissed",
        "post_deleted",
        "report_handled",
        "robot",
        "invited",
        "uninvited",
        "opened",
        "closed",
        "led",
        "renamed",
        "disbanded",
        "banned",
        "unbanned",
        "looked_up",
        "second_step_off",
        "account_removed",
        "account_merged",
        "edited",
        "connected",
        "reconnected",
        "rekeyed",
        "disconnected",
        "silenced",
        "paused",
        "resumed",
        "featured",
        "unfeatured",
        "retried",
        "announced",
        "reannounced",
        "unannounced",
        "trusted",
        "distrusted",
        "key_changed",
        "unsuppressed",
        "handed_over",
        "approval_asked",
        "approval_waived",
        "publication_approved",
        "publication_refused",
        "unpublished",
        "quota_set",
        "storage_reviewed",
        "storage_mended",
        "schema_migrated",
        "report_decided",
        "published",
        "publication_asked",
        "rerun",
        "started",
        "cancelled",
        "described",
        "migrated",
        "repeated",
        "packed",
        "solution_run",
        "brought",
        "juror",
        "judgements_published",
        "judgements_hidden",
        "updated",
        "dumped",
        "dump_removed",
        "cloned",
        "rules_applied",
        "team_made",
        "team_joined",
        "team_left",
        "team_invited",
        "team_uninvited",
        "merger_offered",
        "code_renewed",
        "registry_stored",
        "registry_removed",
        "thread_marked",
        "queue_made",
        "queue_changed",
        "queue_removed",
        "runner_token_made",
        "runner_token_revoked",
        "dataset_made",
        "dataset_changed",
        "dataset_removed",
        "task_made",
        "task_changed",
        "task_removed",
        "organization_made",
        "organization_changed",
        "organization_removed",
        "competition_removed",
    ]
    submission: str | None
    participant: str | None
    before: Any
    after: Any
    reason: str


@dataclass(frozen=True)
class AuditLog:
    """One page of what was done by hand, newest first."""

    deeds: list[AuditEntry]
    next: str | None
