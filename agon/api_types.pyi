"""What the API answers. Made from the OpenAPI document by `make document`; not to be edited."""

# ruff: noqa: E501

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, Protocol, TypedDict, overload

Params = Mapping[str, str | int]


class NewAccount(TypedDict):
    id: str
    username: str
    confirmed: bool

class Confirmed(TypedDict):
    username: str
    confirmed: bool

class Username(TypedDict):
    username: str

class Session(TypedDict):
    access_token: str
    refresh_token: str
    expires_in_seconds: int

class BrowserSession(TypedDict):
    access_token: str
    expires_in_seconds: int

class OwnSession(TypedDict):
    id: str
    client: str
    system: str
    opened_at: str
    used_at: str
    current: bool

class OwnSessions(TypedDict):
    sessions: list[OwnSession]

class Empty(TypedDict):
    pass

class Me(TypedDict):
    id: str
    username: str
    is_admin: bool
    signed_in_with: Literal["session", "token"]
    lacks_second_step: bool

class AuditEntry(TypedDict):
    id: str
    at: str
    by: str
    what: Literal["added", "removed", "marked", "scored", "failed", "withdrawn", "grouped", "restored", "approved", "denied", "exported", "addresses_read", "extended", "mailed", "offered", "appointed", "dismissed", "post_deleted", "report_handled", "robot", "invited", "uninvited", "opened", "closed", "led", "renamed", "disbanded", "banned", "unbanned", "looked_up", "second_step_off", "account_removed", "account_merged", "edited", "connected", "reconnected", "rekeyed", "disconnected", "silenced", "paused", "resumed", "featured", "unfeatured", "retried", "announced", "reannounced", "unannounced", "trusted", "distrusted", "key_changed", "unsuppressed", "handed_over", "approval_asked", "approval_waived", "publication_approved", "publication_refused", "unpublished", "quota_set", "storage_reviewed", "storage_mended", "schema_migrated", "report_decided", "published", "publication_asked", "rerun", "started", "cancelled", "described", "migrated", "repeated", "packed", "solution_run", "brought", "juror", "judgements_published", "judgements_hidden", "updated", "dumped", "dump_removed", "cloned", "rules_applied", "team_made", "team_joined", "team_left", "team_invited", "team_uninvited", "merger_offered", "code_renewed", "registry_stored", "registry_removed", "thread_marked", "queue_made", "queue_changed", "queue_removed", "runner_token_made", "runner_token_revoked", "dataset_made", "dataset_changed", "dataset_removed", "task_made", "task_changed", "task_removed", "organization_made", "organization_changed", "organization_removed", "competition_removed"]
    submission: str | None
    participant: str | None
    before: Any
    after: Any
    reason: str

class AuditLog(TypedDict):
    deeds: list[AuditEntry]
    next: str | None

class AccountZip(TypedDict):
    url: str
    size_bytes: int

class AccountExport(TypedDict):
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    zips: list[AccountZip]
    reason: str
    created_at: str
    expires_at: str | None

class AccountExports(TypedDict):
    exports: list[AccountExport]

class Column(TypedDict):
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

class ProfileCode(TypedDict):
    submission: str
    name: str
    competition: str
    slug: str | None
    title: str
    phase: str
    team_name: str | None
    licence: str
    submitted_at: str

class ProfileCompetition(TypedDict):
    id: str
    slug: str | None
    title: str

class ProfileOrganization(TypedDict):
    id: str
    name: str

class ProfileResult(TypedDict):
    competition: str
    slug: str | None
    title: str
    phase: str
    phase_name: str
    ended_at: str
    rank: int
    entries: int
    team: str | None
    team_name: str | None
    columns: list[Column]
    scores: dict[str, float | None]

class Profile(TypedDict):
    username: str
    display_name: str
    affiliation: str
    site: str
    description: str
    competitions: list[ProfileCompetition]
    organizations: list[ProfileOrganization]
    shows_results: bool
    results: list[ProfileResult]
    code: list[ProfileCode]

class SecondStep(TypedDict):
    on: bool

class NewSecondStep(TypedDict):
    secret: str
    uri: str

class NewToken(TypedDict):
    id: str
    name: str
    created_at: str
    expires_at: str
    token: str

class OwnToken(TypedDict):
    id: str
    name: str
    created_at: str
    expires_at: str
    last_used_at: str | None
    last_used_from: str | None

class OwnTokens(TypedDict):
    tokens: list[OwnToken]

class Part(TypedDict):
    number: int
    url: str
    headers: dict[str, str]
    size_bytes: int

class Post(TypedDict):
    url: str
    fields: dict[str, str]

class BegunUpload(TypedDict):
    id: str
    method: Literal["post", "multipart"]
    post: Post | None
    parts: list[Part]
    expires_at: str

class ArrivedPart(TypedDict):
    number: int
    etag: str
    size_bytes: int

class UploadInProgress(TypedDict):
    id: str
    state: Literal["begun", "committed", "used"]
    filename: str
    size_bytes: int
    sha256: str
    method: Literal["post", "multipart"]
    arrived: list[ArrivedPart]
    post: Post | None
    parts: list[Part]
    expires_at: str

class CommittedUpload(TypedDict):
    id: str
    state: str
    filename: str
    size_bytes: int
    sha256: str

class CompetitionCard(TypedDict):
    id: str
    slug: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: str
    ends_at: str | None
    participants: int
    logo_url: str | None
    tags: list[str]
    reward: str | None
    featured: bool
    archived: bool

class Competitions(TypedDict):
    competitions: list[CompetitionCard]
    next: str | None

class Complaint(TypedDict):
    file: str
    line: int | None
    key: str
    message: str

class ImportedFile(TypedDict):
    name: str
    bytes_done: int
    bytes_total: int

class Import(TypedDict):
    id: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    competition: str | None
    done: int
    total: int
    files: list[ImportedFile]
    errors: list[Complaint]
    warnings: list[Complaint]

class Constraints(TypedDict):
    required: NotRequired[bool]
    unique: NotRequired[bool]
    minimum: NotRequired[float | None]
    maximum: NotRequired[float | None]
    enum: NotRequired[list[str]]

class Expectations(TypedDict):
    files: NotRequired[list[ExpectedFile]]
    others: NotRequired[bool]
    max_files: NotRequired[int | None]

class ExpectedField(TypedDict):
    name: str
    type: NotRequired[Literal["any", "string", "integer", "number", "boolean"]]
    constraints: NotRequired[Constraints]

class ExpectedFile(TypedDict):
    path: str
    description: NotRequired[str]
    required: NotRequired[bool]
    count: NotRequired[int | None]
    max_bytes: NotRequired[int | None]
    format: NotRequired[Literal["csv", "tsv", "json", "jsonl", "npy", "text"] | None]
    header: NotRequired[bool]
    rows: NotRequired[int | None]
    min_rows: NotRequired[int | None]
    max_rows: NotRequired[int | None]
    fields: NotRequired[list[ExpectedField]]
    fields_match: NotRequired[Literal["superset", "equal", "exact"]]
    type: NotRequired[Literal["object", "array"] | None]
    dtype: NotRequired[str | None]
    shape: NotRequired[list[int] | None]

class GroupName(TypedDict):
    key: str
    title: str
    board: bool

class LeaderboardSetup(TypedDict):
    key: str
    title: str
    submission_rule: str
    columns: list[Column]

class PageTitle(TypedDict):
    index: int
    title: str
    participants_only: bool

class Phase(TypedDict):
    id: str
    index: int
    name: str
    description: str
    starts_at: str
    ends_at: str | None
    state: Literal["upcoming", "open", "closed"]
    tasks: list[PhaseTask]
    judged: bool
    max_submissions_per_day: int | None
    max_submissions: int | None
    execution_time_limit_seconds: int
    keeps_best_and_last_only: bool
    licence_at_end: str | None
    results_only: NotRequired[bool]
    freezes_at: NotRequired[str | None]
    expects: NotRequired[Expectations | None]
    final_selection: NotRequired[int | None]
    submission_extensions: NotRequired[list[str]]
    leaderboard: NotRequired[LeaderboardSetup | None]

class PhaseTask(TypedDict):
    index: int
    name: str

class Question(TypedDict):
    key: str
    type: Literal["checkbox", "text", "select"]
    title: str
    choices: list[str]
    required: bool
    on_leaderboard: bool

class Sponsor(TypedDict):
    name: str
    url: str | None

class Terms(TypedDict):
    version: int
    page: int
    accepted: bool

class Competition(TypedDict):
    id: str
    slug: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: str
    ends_at: str | None
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
    link_made_at: str | None
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
    participant_groups: NotRequired[list[GroupName]]
    my_groups: NotRequired[list[str]]
    waiting_since: NotRequired[str | None]
    refusal: NotRequired[str | None]
    contact: NotRequired[str | None]
    timezone: NotRequired[str]
    max_team_members: NotRequired[int | None]
    team_merges: NotRequired[Literal["within_limits", "always", "never"]]
    team_merge_deadline: NotRequired[str | None]
    max_submission_bytes: NotRequired[int | None]
    brought: NotRequired[bool]
    sponsors: NotRequired[list[Sponsor]]

class Page(TypedDict):
    index: int
    title: str
    format: Literal["markdown", "html"]
    content: str
    assets: dict[str, str]

class Asset(TypedDict):
    name: str
    url: str
    size_bytes: int

class Assets(TypedDict):
    assets: list[Asset]

class SecretLink(TypedDict):
    token: str
    made_at: str

class FederationKey(TypedDict):
    key: str

class ForeignCompetition(TypedDict):
    site: str
    site_name: str
    site_url: str
    id: str
    title: str
    description: str
    organizer: str
    tags: list[str]
    reward: str | None
    starts_at: str
    ends_at: str | None
    participants: int
    url: str
    silent: bool

class ForeignCompetitions(TypedDict):
    competitions: list[ForeignCompetition]
    count: int

class TrustedSite(TypedDict):
    id: str
    url: str
    name: str | None
    key: str
    trusted_by: str
    trusted_at: str
    heard_at: str | None
    problem: str | None
    silent: bool

class TrustedSites(TypedDict):
    sites: list[TrustedSite]

class OwnCalendar(TypedDict):
    path: str

class BoardEffect(TypedDict):
    phase: str
    name: str
    rows: int
    appear: int
    disappear: int
    change: int
    unscored: int
    lost: list[LostColumn]
    is_complete: bool

class LostColumn(TypedDict):
    key: str
    submissions: int

class PreviewedColumn(TypedDict):
    key: str
    title: str
    sorting: Literal["asc", "desc"]
    precision: int

class PreviewedRow(TypedDict):
    rank: int | None
    was: int | None
    participant: str
    scores: dict[str, float]

class RankedPreview(TypedDict):
    phase: str
    name: str
    columns: list[PreviewedColumn]
    rows: list[PreviewedRow]
    count: int

class Settings(TypedDict):
    revision: int
    settings: dict[str, Any]
    effects: NotRequired[list[BoardEffect]]
    ranking: NotRequired[RankedPreview | None]

class Dataset(TypedDict):
    id: str
    type: Literal["scoring_program", "ingestion_program", "reference_data", "input_data", "starting_kit", "public_data", "solution"]
    name: str
    description: str
    owner: str
    visibility: Literal["private", "shared", "public"]
    licence: str
    size_bytes: int
    sha256: str
    uses: int
    created_at: str

class Datasets(TypedDict):
    datasets: list[Dataset]
    next: str | None

class Use(TypedDict):
    kind: Literal["competition", "task"]
    id: str

class DatasetInFull(TypedDict):
    dataset: Dataset
    shared_with: list[str]
    used_by: list[Use]

class Download(TypedDict):
    url: str

class UsedFile(TypedDict):
    dataset: str
    sha256: str

class Task(TypedDict):
    id: str
    version: int
    name: str
    description: str
    owner: str
    visibility: Literal["private", "shared", "public"]
    files: dict[str, UsedFile]
    settings: dict[str, Any]
    validated: bool
    created_at: str
    updated_at: str
    lends: NotRequired[list[Literal["scoring_program", "ingestion_program", "reference_data", "input_data"]] | None]

class Tasks(TypedDict):
    tasks: list[Task]
    next: str | None

class Dump(TypedDict):
    id: str
    competition: str
    form: Literal["full", "light"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    size_bytes: int | None
    complaints: list[Complaint]
    created_at: str
    url: str | None

class Dumps(TypedDict):
    dumps: list[Dump]

class Check(TypedDict):
    version: str | None
    title: str | None
    phases: int
    tasks: int
    leaderboards: int
    errors: list[Complaint]
    warnings: list[Complaint]
    effects: NotRequired[list[BoardEffect]]

class Original(TypedDict):
    uploaded_at: str
    url: str
    manifest_name: str
    manifest: str

class Originals(TypedDict):
    originals: list[Original]

class Robot(TypedDict):
    per_day: int | None
    in_all: int | None
    ranks: bool

class Participant(TypedDict):
    user: str
    username: str
    status: Literal["approved", "pending", "denied"]
    reason: str
    joined_at: str
    team: str | None
    groups: list[str]
    robot: Robot | None

class ParticipantRow(TypedDict):
    user: str
    username: str
    status: Literal["approved", "pending", "denied"]
    reason: str
    joined_at: str
    team: str | None
    groups: list[str]
    robot: Robot | None
    attempts: int
    last_submission_at: str | None
    score: float | None
    answers: dict[str, str | bool]

class Participants(TypedDict):
    participants: list[ParticipantRow]
    phase: str
    column: str | None
    next: str | None

class BulkResult(TypedDict):
    done: list[str]
    refused: dict[str, str]

class ExtraAttempts(TypedDict):
    phase: str
    extra: int

class Guest(TypedDict):
    id: str
    address: str
    status: Literal["waiting", "accepted", "revoked", "expired"]
    invited_by: str
    invited_at: str
    expires_at: str
    accepted_by: str | None

class InvitedGuests(TypedDict):
    guests: list[Guest]
    refused: dict[str, str]

class Guests(TypedDict):
    guests: list[Guest]
    next: str | None

class GuestList(TypedDict):
    competition: str
    title: str
    by: str
    expires_at: str

class GuestLists(TypedDict):
    guests: list[GuestList]
    next: str | None

class Organizer(TypedDict):
    user: str
    username: str
    role: Literal["owner", "organizer", "viewer"] | None
    offered: Literal["owner", "organizer", "viewer"] | None
    by: str | None
    at: str | None

class Organizers(TypedDict):
    organizers: list[Organizer]

class Offer(TypedDict):
    competition: str
    title: str
    role: Literal["owner", "organizer", "viewer"]
    by: str
    at: str
    reason: str

class Offers(TypedDict):
    offers: list[Offer]
    next: str | None

class Group(TypedDict):
    key: str
    title: str
    board: bool
    queue: str | None
    phases: list[int]
    limits: list[GroupLimits]
    addresses: list[str]
    question: str | None
    answers: list[str]

class GroupJob(TypedDict):
    id: str
    work: Literal["rules", "move"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    done: int
    changed: int
    reason: str
    created_at: str

class GroupLimits(TypedDict):
    phase: int | None
    max_submissions_per_day: int | None
    max_submissions_per_month: int | None
    max_submissions: int | None

class Groups(TypedDict):
    groups: list[Group]
    jobs: list[GroupJob]

class TeamMember(TypedDict):
    user: str
    username: str

class Team(TypedDict):
    id: str
    competition: str
    name: str
    status: Literal["approved", "pending", "denied", "merged", "disbanded"]
    members: list[TeamMember]
    submitted: bool
    code: str | None
    merged_into: str | None

class Teams(TypedDict):
    teams: list[Team]
    next: str | None

class Invitation(TypedDict):
    id: str
    to: Literal["team", "lead", "merger", "organization", "owner"]
    subject: str
    name: str
    competition: str | None
    invited: str
    role: str | None
    by: str
    status: Literal["open", "declined"]
    made_at: str
    expires_at: str

class Invitations(TypedDict):
    invitations: list[Invitation]

class Thread(TypedDict):
    id: str
    competition: str
    title: str
    by: str
    created_at: str
    posts: int
    deleted: int
    last_at: str
    last_by: str
    pinned: bool
    locked: bool
    answer: int | None

class Threads(TypedDict):
    threads: list[Thread]
    next: str | None

class Written(TypedDict):
    competition: str
    thread: str
    number: int

class ForumPost(TypedDict):
    number: int
    by: str
    by_organizer: bool
    text: str
    mentions: list[str]
    created_at: str
    edited_at: str | None
    deleted_at: str | None
    deleted_by: Literal["author", "organizer"] | None
    is_answer: bool
    mine: bool

class ThreadPage(TypedDict):
    thread: Thread
    posts: list[ForumPost]
    page: int
    pages: int
    subscribed: bool
    may_post: bool

class PostVersion(TypedDict):
    version: int
    title: str | None
    text: str
    replaced_at: str

class PostHistory(TypedDict):
    versions: list[PostVersion]

class FoundPost(TypedDict):
    thread: str
    title: str
    number: int
    by: str
    at: str
    excerpt: str

class FoundPosts(TypedDict):
    posts: list[FoundPost]
    next: str | None

class Subscribed(TypedDict):
    subscribed: bool

class Reported(TypedDict):
    id: str

class PostReport(TypedDict):
    id: str
    thread: str
    number: int
    by: str
    reason: str
    at: str
    author: str
    text: str

class PostReports(TypedDict):
    reports: list[PostReport]
    next: str | None

class Announcement(TypedDict):
    id: str
    competition: str | None
    competition_title: str | None
    title: str
    text: str
    by: str
    at: str
    edited_at: str | None

class Announcements(TypedDict):
    announcements: list[Announcement]
    next: str | None

class Notification(TypedDict):
    id: str
    why: Literal["mention", "reply", "thread", "report"]
    competition: str
    competition_title: str
    thread: str
    number: int
    title: str
    by: str
    at: str
    read: bool

class Inbox(TypedDict):
    notifications: list[Notification]
    next: str | None

class Organization(TypedDict):
    id: str
    name: str
    description: str
    site: str
    members: int
    my_role: Literal["owner", "manager", "member"] | None

class Organizations(TypedDict):
    organizations: list[Organization]

class OrganizationMember(TypedDict):
    user: str
    username: str
    role: Literal["owner", "manager", "member"]
    shown: bool
    joined_at: str

class OrganizationMembers(TypedDict):
    members: list[OrganizationMember]
    next: str | None

class OrganizationEntry(TypedDict):
    competition: str
    title: str

class OrganizationEntries(TypedDict):
    competitions: list[OrganizationEntry]
    next: str | None

class Link(TypedDict):
    name: str
    url: str
    description: str

class Handouts(TypedDict):
    starting_kit: str | None
    public_data: str | None
    tasks: dict[str, dict[str, str]]
    sizes: dict[str, int]
    links: list[Link]

class Allowance(TypedDict):
    limit: int
    left: int

class Quota(TypedDict):
    today: Allowance | None
    this_month: Allowance | None
    in_all: Allowance | None
    at_once: Allowance | None
    bytes: Allowance | None
    submission_bytes: int | None
    interval_seconds: int | None
    extra: int
    timezone: str
    opens_at: str | None
    reason: str
    group: NotRequired[str | None]

class Migrating(TypedDict):
    participant: str
    submission: str | None
    in_progress: int
    became: str | None

class Migration(TypedDict):
    phase: str
    source: str
    rule: Literal["last", "best"]
    starts_by_itself: bool
    status: Literal["Waiting", "Running", "Finished", "Failed"] | None
    done: int
    reason: str
    participants: list[Migrating]
    next: str | None

class ComparedScore(TypedDict):
    key: str
    before: float | None
    after: float | None
    difference: float | None
    same: bool

class Repeated(TypedDict):
    rank: int | None
    submission: str
    participant: str
    task: str | None
    attempt: int | None
    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    same: bool | None
    same_images: bool | None
    columns: list[ComparedScore]
    reason: str

class Determinism(TypedDict):
    id: str
    phase: str
    asked_by: str
    created_at: str
    in_progress: int
    repeated: list[Repeated]
    refused: dict[str, str]

class PhaseJob(TypedDict):
    id: str
    work: Literal["migrate", "rerun", "reorder"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    done: int
    reason: str
    refused: str
    created_at: str

class RetentionRequest(TypedDict):
    competitor: str
    status: Literal["Waiting", "Running", "Failed"]
    reason: str
    created_at: str

class PhaseJobs(TypedDict):
    jobs: list[PhaseJob]
    retention: list[RetentionRequest]

class Origin(TypedDict):
    site: str
    id: str
    by: str
    at: str

class Standing(TypedDict):
    place: int
    runners_alive: int

class StepReport(TypedDict):
    name: str
    exit_code: int | None
    seconds: float
    cpu_seconds: float | None
    peak_memory_bytes: int | None
    peak_gpu_memory_bytes: int | None
    image_digest: str | None

class TaskRun(TypedDict):
    task: str
    name: str
    submission: str
    status: Literal["Submitting", "Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    finished_at: str | None
    scores: dict[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]
    ran_with: Versions | None

class Versions(TypedDict):
    files: dict[str, UsedFile]
    task: str | None
    image: str

class Submission(TypedDict):
    id: str
    competition: str
    phase: str
    participant: str
    team: str | None
    robot: Literal["ranked", "unranked"] | None
    name: str
    status: Literal["Submitting", "Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    size_bytes: int
    created_at: str
    finished_at: str | None
    scores: dict[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]
    ran_with: Versions | None
    parent: str | None
    task: str | None
    tasks: list[TaskRun]
    migrated_from: str | None
    shown_attempt: int
    removed_at: str | None
    description: str
    method: dict[str, str]
    fact_sheet: dict[str, Any]
    public: bool
    licence: str | None
    forked_from: str | None
    queue: NotRequired[Standing | None]
    group: NotRequired[str | None]
    origin: NotRequired[Origin | None]
    chosen: NotRequired[bool | None]

class FinalSelection(TypedDict):
    phase: str
    most: int
    chosen: list[str]
    closes_at: str | None

class Submissions(TypedDict):
    submissions: list[Submission]
    next: str | None
    selection: NotRequired[FinalSelection | None]

class Collected(TypedDict):
    submissions: int
    left: int

class Files(TypedDict):
    submission: str | None
    output: str | None
    private_output: str | None
    prediction_output: str | None
    detailed_results: str | None
    results: dict[str, str]
    ingestion_stdout: str | None
    ingestion_stderr: str | None
    submission_stdout: str | None
    submission_stderr: str | None
    scoring_stdout: str | None
    scoring_stderr: str | None
    extension: NotRequired[str]
    live: NotRequired[bool]

class LivePage(TypedDict):
    url: str
    expires_at: str

class Attempt(TypedDict):
    number: int
    status: Literal["Finished", "Failed", "Cancelled", "Aborted"]
    started_at: str | None
    finished_at: str | None
    scores: dict[str, float]
    notes: list[str]
    fault: Literal["participant", "organizer", "platform"] | None
    reason: str
    steps: list[StepReport]
    ran_with: Versions | None
    is_check: bool

class Attempts(TypedDict):
    attempts: list[Attempt]

class Logs(TypedDict):
    status: Literal["Submitted", "Preparing", "Running", "Scoring", "Finished", "Failed", "Cancelled"]
    attempt: int
    logs: dict[str, str]

class Ancestor(TypedDict):
    submission: str
    name: str
    participant: str | None
    shared: bool

class SharedCode(TypedDict):
    submission: str
    competition: str
    phase: str
    participant: str | None
    name: str
    description: str
    method: dict[str, str]
    fact_sheet: dict[str, Any]
    scores: dict[str, float]
    licence: str
    submitted_at: str
    size_bytes: int
    likes: int
    downloads: int
    forks: int
    forked_from: str | None
    liked: bool
    mine: bool
    lineage: NotRequired[list[Ancestor]]
    extension: NotRequired[str]

class SharedCodes(TypedDict):
    shared: list[SharedCode]
    next: str | None

class ExportZip(TypedDict):
    url: str
    size_bytes: int
    submissions: int

class SubmissionExport(TypedDict):
    id: str
    phase: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    submissions: int
    zips: list[ExportZip]
    reason: str
    created_at: str
    expires_at: str | None

class SubmissionExports(TypedDict):
    parcels: list[SubmissionExport]

class Board(TypedDict):
    key: str
    title: str
    hidden: bool
    columns: list[Column]
    final: NotRequired[bool]

class Leaderboards(TypedDict):
    phase: str
    submission_rule: Literal["Add", "Add_And_Delete", "Add_And_Delete_Multiple", "Force_Last", "Force_Latest_Multiple", "Force_Best"]
    boards: list[Board]
    blind: bool
    freezes_at: str | None
    frozen: bool
    has_final: bool
    organizer: bool
    groups: NotRequired[list[GroupName]]

class BoardQuestion(TypedDict):
    key: str
    title: str

class BoardTask(TypedDict):
    index: int
    name: str

class ColumnGroup(TypedDict):
    key: str
    title: str

class PackedRows(TypedDict):
    rank: list[int | None]
    participant: list[str]
    submission: list[str]
    since: str
    submitted_at: list[int]
    scores: dict[str, str | list[float | None]]
    mine: list[int]
    baseline: list[int]
    verified: list[int]
    edited: list[int]
    brought: list[int]
    team: list[str | None] | None
    name: list[str | None] | None
    fact_sheet: list[dict[str, str | bool]] | None
    group: list[str | None] | None
    organization: list[RowOrganization | None] | None

class Row(TypedDict):
    rank: int | None
    participant: str
    team: str | None
    submission: str
    name: str | None
    scores: dict[str, float | None]
    submitted_at: str
    mine: bool
    baseline: bool
    verified: bool
    edited: bool
    disqualified: str | None
    fact_sheet: dict[str, str | bool]
    group: NotRequired[str | None]
    organization: NotRequired[RowOrganization | None]
    brought: NotRequired[bool]

class RowOrganization(TypedDict):
    id: str
    name: str

class Leaderboard(TypedDict):
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
    rebuilt_at: str | None
    frozen_at: str | None
    final: bool
    final_phase: str | None
    anonymous: bool
    detailed_results: bool
    organizer: bool
    tie_breaks: list[str]
    group: NotRequired[GroupName | None]
    grouped: NotRequired[bool]
    packed: NotRequired[PackedRows | None]

class Leader(TypedDict):
    rank: int
    participant: str
    team: str | None
    mine: bool
    points: list[Point]
    opens: bool

class Point(TypedDict):
    submission: str
    submitted_at: str
    score: float
    best: float

class Leaders(TypedDict):
    column: Column
    leaders: list[Leader]

class Place(TypedDict):
    rank: int | None
    page: int
    submission: str

class Ranks(TypedDict):
    participant: str
    count: int
    places: list[Place]

class History(TypedDict):
    participant: str
    column: Column
    points: list[Point]
    truncated: bool
    opens: bool

class BoardEntry(TypedDict):
    submission: str
    phase: str
    participant: str
    on_board: bool
    baseline: bool
    verified: bool
    disqualified: str | None
    scores: dict[str, float]
    original_scores: dict[str, float] | None

class ResultPage(TypedDict):
    task: int
    name: str
    url: str | None
    live: NotRequired[str | None]

class DetailedResults(TypedDict):
    submission: str
    competition: str
    phase: str
    participant: str
    pages: list[ResultPage]

class Juror(TypedDict):
    user: str
    username: str
    status: Literal["active", "excluded"]
    invited_by: str
    invited_at: str

class Jurors(TypedDict):
    jurors: list[Juror]

class Jury(TypedDict):
    competition: str
    title: str
    organizer: str
    status: Literal["active", "excluded"]

class Juries(TypedDict):
    juries: list[Jury]
    next: str | None

class Case(TypedDict):
    id: str
    phase: str
    task: str
    kind: Literal["rubric", "pairwise"]
    guidelines: str
    criteria: list[Criterion]
    outputs: list[Output]
    judgement: Judgement | None
    held_until: str | None

class Criterion(TypedDict):
    key: str
    title: str
    description: str
    lowest: int
    highest: int
    weight: float

class Judgement(TypedDict):
    case: str
    marks: dict[str, int]
    preferred: Literal["first", "second", "equal"] | None
    comment: str
    made_at: str
    changed_at: str

class Output(TypedDict):
    files: list[ShownFile]

class ShownFile(TypedDict):
    name: str
    kind: Literal["text", "image", "html", "other"]
    size_bytes: int
    url: str | None

class NextCase(TypedDict):
    case: Case | None
    done: int
    made: int
    wanted: int
    ends_at: str | None

class Judgements(TypedDict):
    judgements: list[Judgement]
    next: str | None

class JudgedSubmission(TypedDict):
    submission: str
    participant: str
    task: str
    state: Literal["new", "ready", "broken", "withdrawn"]
    problem: str
    judgements: int
    score: float | None

class JudgedTask(TypedDict):
    task: str
    name: str
    kind: Literal["rubric", "pairwise"]
    column: str
    judgements_per_submission: int
    publish_at_once: bool
    made: int
    agreement: dict[str, float | None]

class JurorProgress(TypedDict):
    user: str
    username: str
    status: Literal["active", "excluded", "removed"]
    judgements: int
    last_judged_at: str | None

class JudgingProgress(TypedDict):
    phase: str
    published: bool
    starts_at: str | None
    ends_at: str | None
    tasks: list[JudgedTask]
    submissions: list[JudgedSubmission]
    jurors: list[JurorProgress]

class Published(TypedDict):
    phase: str
    published: bool

class Queue(TypedDict):
    id: str
    name: str
    description: str
    owner: str
    visibility: Literal["private", "shared", "public"]
    sealed: bool
    registries: list[str]
    max_time_limit_seconds: int
    uses: int
    created_at: str

class Queues(TypedDict):
    queues: list[Queue]
    next: str | None

class Capabilities(TypedDict):
    cpus: float
    memory_bytes: int
    gpus: int
    labels: list[str]

class Runner(TypedDict):
    name: str
    alive: bool
    last_seen_at: str
    version: str
    protocol: int
    advice: str
    slots: int
    capabilities: Capabilities
    gpus: list[str]
    jobs: list[str]

class Waiting(TypedDict):
    competition: str
    submissions: int

class QueueInFull(TypedDict):
    queue: Queue
    depth: int
    oldest_at: str | None
    runners_alive: int
    waiting: list[Waiting]
    runners: list[Runner]
    shared_with: list[str]

class Token(TypedDict):
    id: str
    name: str
    created_at: str
    expires_at: str

class Tokens(TypedDict):
    tokens: list[Token]

class StoredRegistry(TypedDict):
    server: str
    username: str
    created_at: str

class WebhookSecret(TypedDict):
    id: str
    secret: str
    former_until: str | None

class Webhook(TypedDict):
    id: str
    description: str
    target: str
    format: Literal["standard", "slack", "mattermost", "discord"]
    events: list[str]
    active: bool
    reason: str
    failing_since: str | None
    created_at: str

class Webhooks(TypedDict):
    webhooks: list[Webhook]

class Delivery(TypedDict):
    id: str
    event: str
    status: Literal["waiting", "delivered", "failed"]
    created_at: str
    tries: int
    tried_at: str | None
    next_at: str | None
    seconds: float | None
    code: int | None
    answer: str
    error: str
    body: str

class Deliveries(TypedDict):
    deliveries: list[Delivery]
    next: str | None

class Credentials(TypedDict):
    access_key_id: str
    secret_access_key: str
    session_token: str

class RunnerSession(TypedDict):
    queue: str
    queue_url: str
    region: str
    credentials: Credentials
    expires_at: str
    protocol: int
    notice: str

class Presence(TypedDict):
    waiting: str | None
    release: list[str]

class File(TypedDict):
    url: str
    sha256: str
    size_bytes: int

class Mount(TypedDict):
    path: str
    file: NotRequired[File | None]
    source: NotRequired[Source | None]
    cacheable: NotRequired[bool]
    writable: NotRequired[bool]

class Registry(TypedDict):
    server: str
    username: str
    password: str

class Source(TypedDict):
    pass

class Stage(TypedDict):
    pass

class Step(TypedDict):
    name: str
    stage: Stage
    program: File | None
    mounts: list[Mount]
    time_limit_seconds: int
    image: NotRequired[str]
    network: NotRequired[bool]

class Upload(TypedDict):
    url: str
    fields: dict[str, str]
    max_bytes: int

class Job(TypedDict):
    submission: str
    attempt: int
    token: str
    competition: str
    phase: str
    task: str
    image: str
    archive: File
    steps: list[Step]
    uploads: dict[str, Upload]
    lease_seconds: int
    heartbeat_seconds: int
    contract: NotRequired[str]
    score_failed_predictions: NotRequired[bool]
    sealed: NotRequired[bool]
    tells_errors: NotRequired[bool]
    tells_predictions: NotRequired[bool]
    registry: NotRequired[Registry | None]
    registries: NotRequired[list[str]]
    site_image: NotRequired[str]
    record: NotRequired[dict[str, str]]
    expects: NotRequired[Expectations | None]
    plain_file: NotRequired[str]
    request: NotRequired[str]

class Beat(TypedDict):
    go_on: bool
    lease_expires_at: str

class ObjectUpload(TypedDict):
    url: str
    fields: dict[str, str]
    max_bytes: int

class FreshUploads(TypedDict):
    uploads: dict[str, ObjectUpload]

class NewStatus(TypedDict):
    status: Literal["Submitted", "Finished", "Failed", "Cancelled"]

class MailKind(TypedDict):
    name: str
    about: str
    wanted: bool

class MailPreferences(TypedDict):
    kinds: list[MailKind]
    sends_mail: bool
    language: Literal["en", "fr"]

class Mailing(TypedDict):
    id: str
    subject: str
    by: str | None
    created_at: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    reason: str | None
    sent: int
    left_out: int
    uncertain: int

class Mailings(TypedDict):
    mailings: list[Mailing]
    next: str | None

class MailingPreview(TypedDict):
    subject: str
    text: str
    html: str
    reply_to: str | None
    readers: int
    complete: bool

class Suppression(TypedDict):
    digest: str
    why: Literal["bounce", "complaint"]
    said: str
    since: str

class Suppressions(TypedDict):
    suppressions: list[Suppression]
    next: str | None

class Site(TypedDict):
    paused: bool
    message: str
    approval: bool

class SchemaMigration(TypedDict):
    version: int
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    created_at: str
    seen: int
    migrated: int
    left: int
    reason: str

class Schema(TypedDict):
    version: int
    migration: SchemaMigration | None

class CleanUp(TypedDict):
    what: Literal["unused_datasets", "old_dumps", "failed_outputs", "exports", "drafts"]
    size_bytes: int
    how: str

class Storage(TypedDict):
    total_bytes: int
    bytes: dict[str, int]
    quota_bytes: int | None
    own_quota: bool
    reviewed_at: str | None
    suggestions: list[CleanUp]

class StorageHolder(TypedDict):
    kind: Literal["account", "competition"]
    id: str
    name: str
    total_bytes: int
    bytes: dict[str, int]
    cleanable: dict[str, int]

class StorageReview(TypedDict):
    id: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    mends: bool
    created_at: str
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

class SiteStorage(TypedDict):
    account_quota_bytes: int | None
    competition_quota_bytes: int | None
    reviews: list[StorageReview]
    holders: list[StorageHolder]
    next: str | None

class StorageDifference(TypedDict):
    kind: Literal["account", "competition"]
    id: str
    name: str
    found: dict[str, int]
    counted: dict[str, int]

class StorageDifferences(TypedDict):
    differences: list[StorageDifference]
    next: str | None

class SiteReport(TypedDict):
    id: str
    about: Literal["post", "competition", "organizer"]
    competition: str
    title: str
    place: str
    by: str
    reason: str
    at: str
    status: Literal["open", "resolved"]
    decision: Literal["deleted", "kept", "resolved", "dismissed"] | None
    decided_by: str
    answer: str

class SiteReports(TypedDict):
    reports: list[SiteReport]
    next: str | None

class UsageDay(TypedDict):
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

class SiteUsage(TypedDict):
    month: str
    days: list[UsageDay]

class SweepFailure(TypedDict):
    id: str
    about: str
    item: str
    attempts: int
    error: str
    first_at: str
    last_at: str
    dead: bool

class SweepFailures(TypedDict):
    failures: list[SweepFailure]
    next: str | None

class Health(TypedDict):
    table: bool
    files: bool
    runs: bool
    tasks: bool
    accounts: bool
    seconds_since_sweep: int | None

class EndedSubmissions(TypedDict):
    day: str
    finished: int
    failed: int
    cancelled: int

class QueueLine(TypedDict):
    queue: str
    name: str
    waiting: int
    since: str | None
    runners_alive: int

class SiteStatus(TypedDict):
    health: Health
    version: str
    swept_at: str | None
    looked_at: int
    lines: list[QueueLine]
    tasks_waiting: int | None
    failures: int
    given_up: int
    days: list[EndedSubmissions]

class Obstacle(TypedDict):
    what: Literal["competition", "organization", "account"]
    id: str | None
    title: str
    advice: str

class Departure(TypedDict):
    username: str
    into: str | None
    known_as: str
    competitions: int
    teams: list[str]
    obstacles: list[Obstacle]
    stays: list[str]
    goes: list[str]
    status: Literal["Waiting", "Running", "Finished", "Failed"] | None
    reason: str

class Ban(TypedDict):
    at: str
    by: str
    reason: str

class KnownAccount(TypedDict):
    id: str
    username: str
    ban: Ban | None

class KnownAccounts(TypedDict):
    accounts: list[KnownAccount]
    next: str | None

class Call(Protocol):
    """A call of each route, and its answer."""

    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/accounts"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> NewAccount: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/accounts/confirm"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Confirmed: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/accounts/resend"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Username: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/accounts/password/forgot"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Username: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/accounts/password/reset"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Username: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/sessions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Session: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/sessions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> OwnSessions: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/sessions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/sessions/refresh"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Session: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/sessions/browser"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> BrowserSession: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/sessions/browser/refresh"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> BrowserSession: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/sessions/{session}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, session: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/sessions/end"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Me: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/me"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Profile: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/audit"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> AuditLog: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/exports"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> AccountExport: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/exports"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> AccountExports: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/people/{username}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> Profile: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/second-step"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SecondStep: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/second-step"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> NewSecondStep: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/me/second-step"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SecondStep: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/second-step/off"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SecondStep: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/site/accounts/{username}/second-step"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> SecondStep: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/tokens"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> NewToken: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/tokens"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> OwnTokens: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/tokens/{token}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, token: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/uploads"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> BegunUpload: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/uploads/{upload}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, upload: str) -> UploadInProgress: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/uploads/{upload}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, upload: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/uploads/{upload}/commit"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, upload: str) -> CommittedUpload: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Competitions: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Import: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/pages/{index}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, index: str) -> Page: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/assets"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Assets: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/publish"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/unpublish"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/link"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> SecretLink: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/link"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/approvals"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Competitions: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/approvals/{competition}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/featured"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/featured"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/federation/key"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> FederationKey: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/federation/key"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> FederationKey: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/federation/entries"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> ForeignCompetitions: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/federation/sites"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> TrustedSites: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/federation/sites"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> TrustedSite: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/federation/sites/{site}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, site: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/calendar"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> OwnCalendar: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/me/calendar"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/settings"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/settings"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/terms"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/logo"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/settings/{part}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, part: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/settings/{part}/{index}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, part: str, index: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/settings/{part}/{index}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, part: str, index: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/settings/{part}/{index}/columns"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, part: str, index: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/settings/{part}/{index}/columns/{column}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, part: str, index: str, column: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/settings/{part}/{index}/columns/{column}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, part: str, index: str, column: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/datasets"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Dataset: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/datasets"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Datasets: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/datasets/{dataset}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, dataset: str) -> DatasetInFull: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/datasets/{dataset}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, dataset: str) -> Dataset: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/datasets/{dataset}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, dataset: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/datasets/{dataset}/file"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, dataset: str) -> Download: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/tasks"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Task: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/tasks"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Tasks: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/tasks/bundle"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Task: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/tasks/{task}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, task: str) -> Task: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/tasks/{task}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, task: str) -> Task: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/tasks/{task}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, task: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/dumps"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Dump: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/dumps"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Dumps: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/dumps/{dump}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, dump: str) -> Dump: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/dumps/{dump}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, dump: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/clone"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/bundles/check"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Check: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/bundles"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Originals: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/bundles"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Import: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/imports/{import_id}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, import_id: str) -> Import: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/participants"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Participant: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/participants"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Participants: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/terms/accept"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Participant: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/participants/exports"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Download: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/participants/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, user: str) -> Participant: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/participants/decide"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/participants/{user}/attempts"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, user: str) -> ExtraAttempts: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/audit"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> AuditLog: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/guests"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> InvitedGuests: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/guests"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Guests: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/guests/revoke"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/guest-lists"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> GuestLists: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/robots"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Participant: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/robots/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, user: str) -> Participant: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/organizers"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Organizers: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/organizers"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Organizer: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/organizers/accept"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Organizer: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/organizers/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, user: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/offers"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Offers: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/groups"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Groups: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/groups/assign"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/groups/apply"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> GroupJob: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Team: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/teams"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Teams: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams/join"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Team: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/teams/{team}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Team: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/teams/{team}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Team: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/teams/{team}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams/{team}/members"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Team: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/teams/{team}/members/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str, user: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams/{team}/leader"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Team: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams/{team}/code"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Team: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams/{team}/attempts"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> ExtraAttempts: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/teams/{team}/invitations"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Invitations: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams/{team}/invitations"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Invitation: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/teams/{team}/invitations/{invitation}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str, invitation: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/teams/{team}/mergers"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, team: str) -> Invitation: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/threads"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Threads: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/threads"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Written: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/threads/{thread}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str) -> ThreadPage: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/threads/{thread}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str) -> Thread: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/threads/{thread}/posts"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str) -> Written: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/threads/{thread}/posts/{post}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str, post: str) -> Written: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/threads/{thread}/posts/{post}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str, post: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/threads/{thread}/posts/{post}/history"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str, post: str) -> PostHistory: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/posts"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> FoundPosts: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/threads/{thread}/subscription"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str) -> Subscribed: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/threads/{thread}/subscription"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str) -> Subscribed: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/invitations"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Invitations: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/invitations/{invitation}/accept"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, invitation: str) -> Invitation: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/invitations/{invitation}/decline"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, invitation: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/threads/{thread}/posts/{post}/reports"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, thread: str, post: str) -> Reported: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/reports"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> PostReports: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/reports"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Reported: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/reports/{report}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, report: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/announcements"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Announcements: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/announcements"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Announcement: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/announcements/{announcement}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, announcement: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/announcements/{announcement}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, announcement: str) -> Announcement: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/announcements"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Announcements: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/announcements"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Announcement: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/announcements/{announcement}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, announcement: str) -> Announcement: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/announcements/{announcement}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, announcement: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/inbox"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Inbox: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/announcements"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Announcements: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/inbox/read"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/organizations"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Organization: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/organizations"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Organizations: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/organizations/{organization}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> Organization: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/organizations/{organization}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> Organization: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/organizations/{organization}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/organizations/{organization}/members"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> OrganizationMembers: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/organizations/{organization}/competitions"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> OrganizationEntries: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/organizations/{organization}/audit"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> AuditLog: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/organizations/{organization}/invitations"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> Invitations: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/organizations/{organization}/invitations"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> Invitation: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/organizations/{organization}/invitations/{invitation}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str, invitation: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/organizations/{organization}/members/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str, user: str) -> OrganizationMember: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/organizations/{organization}/members/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str, user: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/organizations/{organization}/owner"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, organization: str) -> Invitation: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/handouts"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Handouts: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/quota"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Quota: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/migration"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Migration: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/migration"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/determinism"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Determinism: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/determinism"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Determinism: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/jobs"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> PhaseJobs: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/submissions"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/submissions"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Submissions: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/brought"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/collect"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Collected: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/submissions/{submission}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/submissions/{submission}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}/files"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Files: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}/live-page"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> LivePage: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}/attempts"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Attempts: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/rerun"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/submissions/rerun"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/submissions/start"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/submissions/cancel"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/submissions/fail"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/submissions/delete"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> BulkResult: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/rerun"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/start"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/fail"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/selection"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> FinalSelection: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/submissions/{submission}/selection"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> FinalSelection: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/restore"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}/logs"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Logs: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/cancel"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/release"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/solutions/{index}/run"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, index: str) -> Submissions: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/shared"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> SharedCodes: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/shared/{submission}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> SharedCode: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/shared/{submission}/download"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Download: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/shared/{submission}/like"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> SharedCode: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/shared/{submission}/like"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> SharedCode: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/parcels"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> SubmissionExport: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/parcels"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> SubmissionExports: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/parcels/{parcel}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str, parcel: str) -> SubmissionExport: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/leaderboards"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Leaderboards: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/leaderboard"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Leaderboard: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/leaderboard/history"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Leaders: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/leaderboard/exports"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Download: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/participants/{username}/rank"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str, username: str) -> Ranks: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/participants/{username}/history"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str, username: str) -> History: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/teams/{team}/rank"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str, team: str) -> Ranks: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/teams/{team}/history"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str, team: str) -> History: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/submissions/{submission}/leaderboard"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> BoardEntry: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/submissions/{submission}/leaderboard"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> BoardEntry: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}/detailed-results"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> DetailedResults: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/submissions/{submission}/marks"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> BoardEntry: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/submissions/{submission}/scores"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> BoardEntry: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/deeds"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> AuditLog: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/jurors"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Juror: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/jurors"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Jurors: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/jurors/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, user: str) -> Juror: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/jurors/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, user: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/juries"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Juries: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/judging/next"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> NextCase: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/judging/judgements"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Judgements: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/judging/{case}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, case: str) -> Case: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/judging/{case}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, case: str) -> Judgement: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/judging/{case}/pass"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, case: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/phases/{phase}/judging"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> JudgingProgress: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/judging/publish"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Published: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/phases/{phase}/judging/unpublish"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, phase: str) -> Published: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/queues"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Queue: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/queues"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Queues: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/queues/{queue}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> QueueInFull: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/queues/{queue}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> Queue: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/queues/{queue}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/queues/{queue}/tokens"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> NewToken: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/queues/{queue}/tokens"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> Tokens: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/queues/{queue}/tokens/{token}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str, token: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/registry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> StoredRegistry: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/registry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> StoredRegistry: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/registry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/queues/{queue}/registry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> StoredRegistry: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/queues/{queue}/registry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> StoredRegistry: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/queues/{queue}/registry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, queue: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/webhooks"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> WebhookSecret: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/webhooks"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Webhooks: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/webhooks/{webhook}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, webhook: str) -> Webhook: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/webhooks/{webhook}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, webhook: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/webhooks/{webhook}/secret"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, webhook: str) -> WebhookSecret: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/webhooks/{webhook}/deliveries"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, webhook: str) -> Deliveries: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/webhooks/{webhook}/deliveries"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, webhook: str) -> Delivery: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/webhooks/{webhook}/deliveries/{delivery}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, webhook: str, delivery: str) -> Delivery: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/webhooks/{webhook}/deliveries/{delivery}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, webhook: str, delivery: str) -> Delivery: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/session"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> RunnerSession: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/presence"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Presence: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/jobs/{submission}/claim"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Job: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/jobs/{submission}/heartbeat"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Beat: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/jobs/{submission}/uploads"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> FreshUploads: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/jobs/{submission}/finish"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> NewStatus: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/jobs/{submission}/abort"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> NewStatus: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/jobs/{submission}/release"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> FreshUploads: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/runner/jobs/{submission}/released"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/mail"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> MailPreferences: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/me/mail"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> MailPreferences: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/mailings"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Mailing: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/mailings"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Mailings: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/mailings/preview"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> MailingPreview: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/suppressions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Suppressions: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/site/suppressions/{digest}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, digest: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Site: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/site"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Site: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/schema"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Schema: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/schema"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SchemaMigration: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/storage"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Storage: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/storage"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Storage: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/storage"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Storage: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/accounts/{username}/storage"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> Storage: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/site/accounts/{username}/storage"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> Storage: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/storage"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SiteStorage: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/site/storage"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SiteStorage: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/storage/differences"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> StorageDifferences: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/storage/reviews"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> StorageReview: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/reports"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SiteReports: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/site/reports/{report}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, report: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/usage"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SiteUsage: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/failures"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SweepFailures: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/failures/{failure}/retry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, failure: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/health"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Health: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/status"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SiteStatus: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me/removal"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Departure: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/me/removal"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Departure: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/accounts/{username}/removal"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> Departure: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/accounts/{username}/removal"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> Departure: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/accounts/{username}/merger"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> Departure: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/accounts/{username}/merger"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> Departure: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/accounts"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> KnownAccounts: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/accounts"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> KnownAccount: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/accounts/{username}/ban"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> KnownAccount: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/site/accounts/{username}/ban"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, username: str) -> KnownAccount: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/audit"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> AuditLog: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/openapi.json"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> dict[str, Any]: ...
