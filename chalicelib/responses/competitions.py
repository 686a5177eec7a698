"""Competitions and who takes part in them."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, Literal

from chalicelib.contract.expected.expectations import Expectations
from chalicelib.contract.values import dataclass
from chalicelib.responses.groups import GroupName
from chalicelib.responses.previews import BoardEffect, RankedPreview


@dataclass(frozen=True)
class CompetitionCard:
    """A competition in a list. `ends_at` null: it never ends. Administrators point to those that are `featured`.
    Nothing is handed in any more to one that is `archived`.

    `slug` stands for it in addresses as its id does, and may change; a former one leads to it too.
    """

    id: str
    slug: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: datetime
    ends_at: datetime | None
    participants: int
    logo_url: str | None
    tags: list[str]
    reward: str | None
    featured: bool
    archived: bool


@dataclass(frozen=True)
class Competitions:
    """One page of competitions, newest first unless another order was asked for.

    Send `next` as `cursor` for the following page.
    """

    competitions: list[CompetitionCard]
    next: str | None


@dataclass(frozen=True)
class PhaseTask:
    """A task that a phase asks to be done. Submissions name it by its index."""

    index: int
    name: str


@dataclass(frozen=True)
class Sponsor:
    """One who pays for a competition. `url` is an http or https address that its organizer wrote."""

    name: str
    url: str | None


@dataclass(frozen=True)
class Column:
    """A score that the leaderboard shows. `primary` ranks. With a `task` it is that task's own; without, the mean of all.

    `hidden` columns are told to organizers only. `group` is the key of the header that it stands under. One that is the
    error of another, whose key is `error_of`, stands behind that score and in no column of its own.
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
    error_of: str | None


@dataclass(frozen=True)
class LeaderboardSetup:
    """The make of a competition's first leaderboard; each phase tells all of them."""

    key: str
    title: str
    submission_rule: str
    columns: list[Column]


@dataclass(frozen=True)
class Phase:
    """A phase, and its state now. A limit of null does not exist. `judged`: people judge what is submitted to it.

    `keeps_best_and_last_only`: of each participant's finished submissions the others are deleted, unless they are public.
    `licence_at_end`: once it is over, everybody may have what was submitted under this licence; null when each decides.
    `results_only`: predictions are handed in, and no code. `freezes_at`: from then to its end its boards stay as they are.
    `expects`: what a submission must hold, which a runner checks before any program does; null where nothing is said.
    `final_selection`: of so many submissions that participants choose the best counts at its end; null where none are.
    `leaderboard`: what ranks in it now; null where that is the competition's.
    `submission_extensions`: a submission is one plain file with one of these, such as csv; a zip where there is none.
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
    results_only: bool = False
    freezes_at: datetime | None = None
    expects: Expectations | None = None
    final_selection: int | None = None
    submission_extensions: list[str] = field(default_factory=list)
    leaderboard: LeaderboardSetup | None = None


@dataclass(frozen=True)
class PageTitle:
    """A page of a competition, to be read by its index: one that is `participants_only`, by those who are let in."""

    index: int
    title: str
    participants_only: bool


@dataclass(frozen=True)
class Question:
    """A question about each submission, or to who joins. Without an answer to a `required` one nothing is taken.

    `choices` are what a select may be answered with. `on_leaderboard`: everybody who sees the board sees the answer.
    """

    key: str
    type: Literal["checkbox", "text", "select"]
    title: str
    choices: list[str]
    required: bool
    on_leaderboard: bool


@dataclass(frozen=True)
class Terms:
    """The terms that hold: the index of their page, and whether the caller has accepted this version of them."""

    version: int
    page: int
    accepted: bool


@dataclass(frozen=True)
class Competition:
    """A competition as one caller sees it. `my_status` is null for who does not take part; a juror judges its phases.
    `my_reason` is what the organizers said when they decided about the caller. `my_role` is theirs in running it: the owner
    and administrators have the status of organizers, and viewers that of participants, or none.

    `link_made_at`: since when a secret link opens it as a draft, for those who run it. They alone read, too, since when it
    waits for the approval that publishes it, or why that was refused.

    With `teams` participants may form some, which merge by the rule `team_merges` until `team_merge_deadline`. `my_team` is
    the id of the caller's, null for who is in none.

    `participant_groups` are those that organizers put participants in, `my_groups` the keys of the caller's.

    `leaderboard` is null where the organizers keep all of them to themselves. `brought`: submissions came from another site,
    and who made them may collect them.

    `contact` is an address for questions, told to who is signed in. Days of limits are counted in `timezone`.
    """

    id: str
    slug: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: datetime
    ends_at: datetime | None
    participants: int
    logo_url: str | None
    tags: list[str]
    reward: str | None
    featured: bool
    archived: bool
    registration_auto_approve: bool
    docker_image: str
    can_participants_make_submissions_public: bool
    my_status: Literal["organizer", "approved", "pending", "denied"] | None
    my_reason: str
    my_role: Literal["owner", "organizer", "viewer"] | None
    link_made_at: datetime | None
    terms: Terms | None
    is_juror: bool
    teams: bool
    forum: bool
    my_team: str | None
    phases: list[Phase]
    leaderboard: LeaderboardSetup | None
    pages: list[PageTitle]
    fact_sheet: list[Question]
    registration_questions: list[Question]
    participant_groups: list[GroupName] = field(default_factory=list)
    my_groups: list[str] = field(default_factory=list)
    waiting_since: datetime | None = None
    refusal: str | None = None
    contact: str | None = None
    timezone: str = "UTC"
    max_team_members: int | None = None
    team_merges: Literal["within_limits", "always", "never"] = "within_limits"
    team_merge_deadline: datetime | None = None
    max_submission_bytes: int | None = None
    brought: bool = False
    sponsors: list[Sponsor] = field(default_factory=list)


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
    size_bytes: int


@dataclass(frozen=True)
class Assets:
    """The files that a competition's pages link to."""

    assets: list[Asset]


@dataclass(frozen=True)
class Settings:
    """The settings of a competition, as its bundle would say them in version 2. `revision` is their ETag.

    `effects`, of a preview: what the change would do to the phases' boards; none where it does nothing to them.
    `ranking`, of the preview of a board or column: its first rows, null where they stay as they are or are too many to tell.
    """

    revision: int
    settings: Mapping[str, Any]
    effects: list[BoardEffect] = field(default_factory=list)
    ranking: RankedPreview | None = None


@dataclass(frozen=True)
class Link:
    """A link that a phase has beside its data."""

    name: str
    url: str
    description: str


@dataclass(frozen=True)
class Handouts:
    """Signed URLs of what a phase hands out, good for a few minutes; null for what there is not.

    `tasks` has the programs and the input data that the organizers let participants have, by the task's name. `sizes` has
    the bytes of each file, by its kind, and of a task's by `TASK/KIND`. `links` are addresses of elsewhere.
    """

    starting_kit: str | None
    public_data: str | None
    tasks: Mapping[str, Mapping[str, str]]
    sizes: Mapping[str, int]
    links: Sequence[Link]


@dataclass(frozen=True)
class Robot:
    """The rules of a participant that is a robot: attempts on a day and in all, null without a limit; whether it ranks."""

    per_day: int | None
    in_all: int | None
    ranks: bool


@dataclass(frozen=True)
class Participant:
    """A participant of a competition. `team` is the name of theirs, `groups` has the keys of those that they are in,
    `reason` is what the organizers said when they decided.
    """

    user: str
    username: str
    status: Literal["approved", "pending", "denied"]
    reason: str
    joined_at: datetime
    team: str | None
    groups: list[str]
    robot: Robot | None


@dataclass(frozen=True)
class SecretLink:
    """A draft's secret link: whoever sends `token` as the header `Agon-Link` sees and joins it. It is told this once."""

    token: str
    made_at: datetime


@dataclass(frozen=True)
class Organizer:
    """A person who runs a competition, in a `role`, or who is `offered` one: `by` whom and since when."""

    user: str
    username: str
    role: Literal["owner", "organizer", "viewer"] | None
    offered: Literal["owner", "organizer", "viewer"] | None
    by: str | None
    at: datetime | None


@dataclass(frozen=True)
class Organizers:
    """The people who run a competition, the owner first, and those who are offered a role in it."""

    organizers: list[Organizer]


@dataclass(frozen=True)
class Offer:
    """A role in a competition that the caller may accept."""

    competition: str
    title: str
    role: Literal["owner", "organizer", "viewer"]
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Offers:
    """One page of the roles that the caller is offered."""

    offers: list[Offer]
    next: str | None


@dataclass(frozen=True)
class ExtraAttempts:
    """The attempts that somebody has beside a phase's limits."""

    phase: str
    extra: int


@dataclass(frozen=True)
class ParticipantRow(Participant):
    """A participant in the table of participants, with their `answers` at registration.

    `attempts` are those used up in the phase of the table.
    `score` is their or their team's on the phase's first board; null without a row there, and where one may have several.
    """

    attempts: int
    last_submission_at: datetime | None
    score: float | None
    answers: Mapping[str, str | bool]


@dataclass(frozen=True)
class Participants:
    """One page of the table of participants. `column` is the title of the score that ranks.

    Of those looked for few may stand on a page, or none, and more on the `next`.
    """

    participants: list[ParticipantRow]
    phase: str
    column: str | None
    next: str | None
