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

class Empty(TypedDict):
    pass

class Me(TypedDict):
    id: str
    username: str
    is_admin: bool
    signed_in_with: Literal["session", "token"]

class NewToken(TypedDict):
    id: str
    name: str
    created_at: str
    expires_at: str
    token: str

class Token(TypedDict):
    id: str
    name: str
    created_at: str
    expires_at: str

class Tokens(TypedDict):
    tokens: list[Token]

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

class CommittedUpload(TypedDict):
    id: str
    state: str
    filename: str
    size_bytes: int
    sha256: str

class CompetitionCard(TypedDict):
    id: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: str
    ends_at: str | None
    participants: int
    logo_url: str | None

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

class LeaderboardSetup(TypedDict):
    key: str
    title: str
    submission_rule: str
    columns: list[Column]

class PageTitle(TypedDict):
    index: int
    title: str

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

class Competition(TypedDict):
    id: str
    title: str
    description: str
    organizer: str
    published: bool
    starts_at: str
    ends_at: str | None
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

class Page(TypedDict):
    index: int
    title: str
    format: Literal["markdown", "html"]
    content: str
    assets: dict[str, str]

class Asset(TypedDict):
    name: str
    url: str

class Assets(TypedDict):
    assets: list[Asset]

class Settings(TypedDict):
    revision: int
    settings: dict[str, Any]

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

class Original(TypedDict):
    uploaded_at: str
    url: str
    manifest_name: str
    manifest: str

class Originals(TypedDict):
    originals: list[Original]

class Participant(TypedDict):
    user: str
    username: str
    status: Literal["approved", "pending", "denied"]
    joined_at: str
    team: str | None

class Participants(TypedDict):
    participants: list[Participant]
    next: str | None

class TeamMember(TypedDict):
    user: str
    username: str

class Team(TypedDict):
    id: str
    competition: str
    name: str
    status: Literal["approved", "pending", "denied"]
    members: list[TeamMember]
    submitted: bool
    code: str | None

class Teams(TypedDict):
    teams: list[Team]
    next: str | None

class Handouts(TypedDict):
    starting_kit: str | None
    public_data: str | None
    tasks: dict[str, dict[str, str]]

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
    timezone: str
    opens_at: str | None
    reason: str

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
    work: Literal["migrate", "rerun"]
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    done: int
    reason: str
    refused: str
    created_at: str

class PhaseJobs(TypedDict):
    jobs: list[PhaseJob]

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

class Submissions(TypedDict):
    submissions: list[Submission]
    next: str | None

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

class BulkResult(TypedDict):
    done: list[str]
    refused: dict[str, str]

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

class Leaderboards(TypedDict):
    phase: str
    submission_rule: Literal["Add", "Add_And_Delete", "Add_And_Delete_Multiple", "Force_Last", "Force_Latest_Multiple", "Force_Best"]
    boards: list[Board]
    blind: bool
    freezes_at: str | None
    frozen: bool
    has_final: bool
    organizer: bool

class BoardQuestion(TypedDict):
    key: str
    title: str

class BoardTask(TypedDict):
    index: int
    name: str

class ColumnGroup(TypedDict):
    key: str
    title: str

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

class Place(TypedDict):
    rank: int | None
    page: int
    submission: str

class Ranks(TypedDict):
    participant: str
    count: int
    places: list[Place]

class Point(TypedDict):
    submission: str
    submitted_at: str
    score: float
    best: float

class History(TypedDict):
    participant: str
    column: Column
    points: list[Point]
    truncated: bool

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

class DetailedResults(TypedDict):
    submission: str
    competition: str
    phase: str
    participant: str
    pages: list[ResultPage]

class AuditEntry(TypedDict):
    id: str
    at: str
    by: str
    what: Literal["added", "removed", "marked", "scored", "failed", "withdrawn", "restored"]
    submission: str
    participant: str
    before: Any
    after: Any
    reason: str

class AuditLog(TypedDict):
    deeds: list[AuditEntry]
    next: str | None

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

class StoredRegistry(TypedDict):
    server: str
    username: str
    created_at: str

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
    registry: NotRequired[Registry | None]

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

class Site(TypedDict):
    paused: bool
    message: str

class SweepFailure(TypedDict):
    id: str
    item: str
    attempts: int
    error: str
    first_at: str
    last_at: str
    dead: bool

class SweepFailures(TypedDict):
    failures: list[SweepFailure]
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
    def __call__(self, method: Literal["POST"], path: Literal["/sessions/refresh"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Session: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/sessions/end"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/me"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Me: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/tokens"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> NewToken: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/tokens"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Tokens: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/tokens/{token}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, token: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/uploads"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> BegunUpload: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/uploads/{upload}/commit"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, upload: str) -> CommittedUpload: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/uploads/{upload}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, upload: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Competitions: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Import: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/pages/{index}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, index: str) -> Page: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/competitions/{competition}/assets"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Assets: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/publish"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/unpublish"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str) -> Competition: ...
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
    def __call__(self, method: Literal["POST"], path: Literal["/competitions/{competition}/settings/leaderboards/{index}/columns"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, index: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/settings/leaderboards/{index}/columns/{column}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, index: str, column: str) -> Settings: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/competitions/{competition}/settings/leaderboards/{index}/columns/{column}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, index: str, column: str) -> Settings: ...
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
    def __call__(self, method: Literal["PATCH"], path: Literal["/competitions/{competition}/participants/{user}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, competition: str, user: str) -> Participant: ...
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
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/submissions/{submission}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Submission: ...
    @overload
    def __call__(self, method: Literal["DELETE"], path: Literal["/submissions/{submission}"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/submissions/{submission}/files"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, submission: str) -> Files: ...
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
    def __call__(self, method: Literal["GET"], path: Literal["/site"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Site: ...
    @overload
    def __call__(self, method: Literal["PATCH"], path: Literal["/site"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> Site: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/site/failures"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> SweepFailures: ...
    @overload
    def __call__(self, method: Literal["POST"], path: Literal["/site/failures/{failure}/retry"], body: object = ..., params: Params | None = ..., repeatable: bool = ..., *, failure: str) -> Empty: ...
    @overload
    def __call__(self, method: Literal["GET"], path: Literal["/openapi.json"], body: object = ..., params: Params | None = ..., repeatable: bool = ...) -> dict[str, Any]: ...
