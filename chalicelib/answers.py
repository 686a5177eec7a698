"""What the API answers: one frozen dataclass per shape. OpenAPI is made from these, so each field is documented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Empty:
    """Done; there is nothing to tell."""


@dataclass(frozen=True)
class NewAccount:
    """An account that was just made. Until `confirmed` it cannot sign in."""

    id: str
    username: str
    confirmed: bool


@dataclass(frozen=True)
class Confirmed:
    """An account is confirmed and can sign in."""

    username: str
    confirmed: bool


@dataclass(frozen=True)
class Username:
    """The account that was meant. Says nothing about whether it exists."""

    username: str


@dataclass(frozen=True)
class Session:
    """A sign-in. Send the access token as `Authorization: Bearer …`."""

    access_token: str
    refresh_token: str
    expires_in_seconds: int


@dataclass(frozen=True)
class Me:
    """Who is signed in, and how."""

    id: str
    username: str
    is_admin: bool
    signed_in_with: Literal["session", "token"]


@dataclass(frozen=True)
class Token:
    """A personal access token or a queue's runner token, without its secret."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class NewToken:
    """A token that was just made. `token` is shown this once and never again."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime
    token: str


@dataclass(frozen=True)
class Tokens:
    """A list of tokens."""

    tokens: list[Token]


@dataclass(frozen=True)
class Post:
    """A form to send: `fields` first, then the file under the name `file`."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """One part to PUT to `url`. Keep the answer's ETag header for the commit."""

    number: int
    url: str
    size_bytes: int


@dataclass(frozen=True)
class BegunUpload:
    """Where to send a file: by `post`, or in `parts` above 100 MB. The URLs die at `expires_at`."""

    id: str
    method: Literal["post", "multipart"]
    post: Post | None
    parts: list[Part]
    expires_at: datetime


@dataclass(frozen=True)
class Upload:
    """A file that has arrived and was checked."""

    id: str
    state: Literal["committed"]
    filename: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Complaint:
    """Something in a bundle that is wrong or odd: where, and what to write instead."""

    file: str
    line: int | None
    key: str
    message: str


@dataclass(frozen=True)
class Import:
    """A bundle on its way to becoming `competition`. `done` of `total` files are copied."""

    id: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    competition: str | None
    done: int
    total: int
    errors: list[Complaint]
    warnings: list[Complaint]


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


@dataclass(frozen=True)
class Competitions:
    """One page of competitions, newest first. Send `next` as `cursor` for the following page."""

    competitions: list[CompetitionCard]
    next: str | None


@dataclass(frozen=True)
class Phase:
    """A phase, and its state now. A limit of null does not exist."""

    id: str
    index: int
    name: str
    description: str
    starts_at: datetime
    ends_at: datetime | None
    state: Literal["upcoming", "open", "closed"]
    max_submissions_per_day: int | None
    max_submissions: int | None
    execution_time_limit_seconds: int


@dataclass(frozen=True)
class Column:
    """A score that the leaderboard shows. `primary` ranks."""

    key: str
    title: str
    index: int
    sorting: Literal["asc", "desc"]
    precision: int
    primary: bool


@dataclass(frozen=True)
class LeaderboardSetup:
    """How a competition's leaderboard is made."""

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
class Competition:
    """A competition as one caller sees it. `my_status` is null for who does not take part."""

    id: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: datetime
    ends_at: datetime | None
    participants: int
    registration_auto_approve: bool
    docker_image: str
    my_status: Literal["organizer", "approved", "pending", "denied"] | None
    phases: list[Phase]
    leaderboard: LeaderboardSetup
    pages: list[PageTitle]


@dataclass(frozen=True)
class Page:
    """A page's text, as its organizer wrote it. Clean HTML before showing it."""

    index: int
    title: str
    format: Literal["markdown", "html"]
    content: str


@dataclass(frozen=True)
class Handouts:
    """Signed URLs of what a phase hands out, good for a few minutes; null for what there is not."""

    starting_kit: str | None
    public_data: str | None


@dataclass(frozen=True)
class Participant:
    """Somebody in a competition."""

    user: str
    username: str
    status: Literal["approved", "pending", "denied"]
    joined_at: datetime


@dataclass(frozen=True)
class Participants:
    """One page of participants."""

    participants: list[Participant]
    next: str | None


@dataclass(frozen=True)
class StepReport:
    """What one container used."""

    name: str
    exit_code: int | None
    seconds: float
    peak_memory_bytes: int | None


@dataclass(frozen=True)
class Submission:
    """A submission and what became of it. `fault` says whose a failure was; `reason` says it in words."""

    id: str
    competition: str
    phase: str
    participant: str
    name: str
    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    size_bytes: int
    created_at: datetime
    finished_at: datetime | None
    scores: Mapping[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]


@dataclass(frozen=True)
class Submissions:
    """One page of submissions, newest first."""

    submissions: list[Submission]
    next: str | None


@dataclass(frozen=True)
class Files:
    """Signed URLs of a submission's files, good for a few minutes; null for what there is not."""

    submission: str | None
    output: str | None
    stdout: str | None
    stderr: str | None
    detailed_results: str | None


@dataclass(frozen=True)
class Row:
    """One line of a leaderboard. `rank` is null without a primary score; a missing score is null."""

    rank: int | None
    participant: str
    submission: str
    scores: Mapping[str, float | None]
    submitted_at: datetime


@dataclass(frozen=True)
class Leaderboard:
    """One page of a leaderboard's snapshot. `rebuilt_at` is null while there is nothing on it."""

    phase: str
    title: str
    columns: list[Column]
    rows: list[Row]
    count: int
    page: int
    pages: int
    rebuilt_at: datetime | None


@dataclass(frozen=True)
class Credentials:
    """AWS keys for one queue."""

    access_key_id: str
    secret_access_key: str
    session_token: str


@dataclass(frozen=True)
class RunnerSession:
    """What a runner needs to poll its queue until `expires_at`."""

    queue: str
    queue_url: str
    region: str
    credentials: Credentials
    expires_at: datetime


@dataclass(frozen=True)
class Beat:
    """Whether to go on."""

    go_on: bool
    lease_expires_at: datetime


@dataclass(frozen=True)
class NewStatus:
    """What became of a submission."""

    status: Literal["Submitted", "Finished", "Failed", "Cancelled"]


@dataclass(frozen=True)
class FreshUploads:
    """Presigned POSTs for the same objects as a Job's."""

    uploads: Mapping[str, "ObjectUpload"]


@dataclass(frozen=True)
class ObjectUpload:
    """A presigned POST of at most `max_bytes`."""

    url: str
    fields: Mapping[str, str]
    max_bytes: int
