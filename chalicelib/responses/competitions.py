"""Competitions and who takes part in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class CompetitionCard:
    """A competition in a list. `ends_at` null: it never ends."""

    id: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: datetime
    ends_at: datetime | None
    participants: int
    logo_url: str | None


@dataclass(frozen=True)
class Competitions:
    """One page of competitions, newest first. Send `next` as `cursor` for the following page."""

    competitions: list[CompetitionCard]
    next: str | None


@dataclass(frozen=True)
class PhaseTask:
    """What a phase asks to be done. Submissions name it by its index."""

    index: int
    name: str


@dataclass(frozen=True)
class Phase:
    """A phase, and its state now. A limit of null does not exist. `judged`: people judge what is submitted to it.

    `keeps_best_and_last_only`: of each participant's finished submissions the others are deleted, unless they are public.
    `licence_at_end`: once it is over, everybody may have what was submitted under this licence; null when each decides.
    """

    id: str
    index: int
    name: str
    description: str
    starts_at: datetime
    ends_at: datetime | None
    state: Literal["upcoming", "open", "closed"]
    tasks: list[PhaseTask]
    judged: bool
    max_submissions_per_day: int | None
    max_submissions: int | None
    execution_time_limit_seconds: int
    keeps_best_and_last_only: bool
    licence_at_end: str | None


@dataclass(frozen=True)
class Column:
    """A score that the leaderboard shows. `primary` ranks. With a `task` it is that task's own; without, the mean of all.

    `hidden` columns are told to organizers only. `group` is the key of the header that it stands under.
    """

    key: str
    title: str
    index: int
    sorting: Literal["asc", "desc"]
    precision: int
    primary: bool
    hidden: bool
    group: str | None
    task: int | None


@dataclass(frozen=True)
class LeaderboardSetup:
    """How a competition's first leaderboard is made; each phase tells all of them."""

    key: str
    title: str
    submission_rule: str
    columns: list[Column]


@dataclass(frozen=True)
class PageTitle:
    """A page of a competition, to be read by its index."""

    index: int
    title: str


@dataclass(frozen=True)
class Question:
    """What the fact sheet asks about each submission. Without an answer to a `required` one nothing is taken.

    `choices` are what a select may be answered with. `on_leaderboard`: everybody who sees the board sees the answer.
    """

    key: str
    type: Literal["checkbox", "text", "select"]
    title: str
    choices: list[str]
    required: bool
    on_leaderboard: bool


@dataclass(frozen=True)
class Competition:
    """A competition as one caller sees it. `my_status` is null for who does not take part; a juror judges its phases.

    With `teams` participants may form some; `my_team` is the id of the caller's, null for who is in none.

    `leaderboard` is null where the organizers keep all of them to themselves.
    """

    id: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: datetime
    ends_at: datetime | None
    participants: int
    logo_url: str | None
    registration_auto_approve: bool
    docker_image: str
    can_participants_make_submissions_public: bool
    my_status: Literal["organizer", "approved", "pending", "denied"] | None
    is_juror: bool
    teams: bool
    my_team: str | None
    phases: list[Phase]
    leaderboard: LeaderboardSetup | None
    pages: list[PageTitle]
    fact_sheet: list[Question]


@dataclass(frozen=True)
class Page:
    """A page's text, as its organizer wrote it. Clean HTML before showing it.

    `assets` has a signed URL, good for an hour, of each file of the bundle's assets/ that the text names.
    """

    index: int
    title: str
    format: Literal["markdown", "html"]
    content: str
    assets: Mapping[str, str]


@dataclass(frozen=True)
class Asset:
    """A file that pages link to by its name, such as assets/figure.png."""

    name: str
    url: str


@dataclass(frozen=True)
class Assets:
    """The files that a competition's pages link to."""

    assets: list[Asset]


@dataclass(frozen=True)
class Settings:
    """All settings of a competition, as its bundle would say them in version 2. `revision` is their ETag."""

    revision: int
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Handouts:
    """Signed URLs of what a phase hands out, good for a few minutes; null for what there is not.

    `tasks` has the programs and the input data that the organizers let participants have, by the task's name.
    """

    starting_kit: str | None
    public_data: str | None
    tasks: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Participant:
    """Somebody in a competition. `team` is the name of theirs."""

    user: str
    username: str
    status: Literal["approved", "pending", "denied"]
    joined_at: datetime
    team: str | None


@dataclass(frozen=True)
class Participants:
    """One page of participants."""

    participants: list[Participant]
    next: str | None
