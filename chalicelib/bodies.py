"""What callers may send, checked by pydantic. Unknown fields are refused, texts have an end."""

from typing import Annotated, Any, Literal, Self

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]
Username = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{1,39}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(max_length=2000)]
EMail = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]


class Body(BaseModel):
    """Base of all bodies."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SignUp(Body):
    """A new account."""

    username: Username
    email: EMail
    password: Annotated[str, StringConstraints(min_length=10, max_length=256)]


class Confirm(Body):
    """The code of the confirmation mail."""

    username: Username
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,20}$")]


class Named(Body):
    """An account by its user name."""

    username: Username


class ResetPassword(Body):
    """A new password, with the code of the mail."""

    username: Username
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,20}$")]
    password: Annotated[str, StringConstraints(min_length=10, max_length=256)]


class SignIn(Body):
    """User name and password."""

    username: Username
    password: Secret


class Refresh(Body):
    """A sign-in's refresh token."""

    refresh_token: Secret


class NewToken(Body):
    """A token's name, for its owner to know it by, and its life."""

    name: Label
    expires_in_days: Annotated[int, Field(ge=1, le=366)] = 90


class BeginUpload(Body):
    """A file that is about to be sent. Above 100 MiB with the sha256 of each part, in their order.

    Parts have 64 MiB, the last one what is left; of a file above 125 GiB each has a 2,000th, rounded up.
    """

    purpose: Literal["bundle", "submission", "dataset"]
    filename: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    size_bytes: Annotated[int, Field(ge=1, le=5 * 2**40)]
    sha256: Sha256
    part_sha256: Annotated[list[Sha256], Field(max_length=2000)] = []


class Part(Body):
    """One part that S3 has taken, with the ETag header of its answer."""

    number: Annotated[int, Field(ge=1, le=10_000)]
    etag: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CommitUpload(Body):
    """The parts of an upload in parts; empty for a single one."""

    parts: Annotated[list[Part], Field(max_length=10_000)] = []


class BundleUpload(Body):
    """A committed upload that is a bundle."""

    upload: Id


class CheckBundle(Body):
    """A bundle to look at: an upload of one's own, or a manifest with the names of the files that stand beside it."""

    upload: Id | None = None
    manifest: Annotated[str, StringConstraints(max_length=1_000_000)] | None = None
    names: Annotated[list[Annotated[str, StringConstraints(max_length=1000)]], Field(max_length=100_000)] = []

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.upload is None) == (self.manifest is None):
            raise ValueError("Send either an upload or a manifest.")
        return self


class Patch(RootModel[dict[str, Any]]):
    """Settings to change, by their keys; null puts one back to its default."""


DatasetType = Literal[
    "scoring_program", "ingestion_program", "reference_data", "input_data", "starting_kit", "public_data", "solution"
]
TaskFile = Literal["scoring_program", "ingestion_program", "reference_data", "input_data"]
Visibility = Literal["private", "shared", "public"]
Text = Annotated[str, StringConstraints(max_length=10_000)]


class NewDataset(Body):
    """A committed upload that is to be kept, and what is said of it."""

    upload: Id
    type: DatasetType
    name: Label
    description: Text = ""
    licence: Annotated[str, StringConstraints(max_length=100)] = ""
    visibility: Visibility = "private"


class ChangeDataset(Body):
    """What is said of a dataset, and who may use it: ids of accounts in `shared_with`, when it is shared."""

    name: Label | None = None
    description: Text | None = None
    licence: Annotated[str, StringConstraints(max_length=100)] | None = None
    visibility: Visibility | None = None
    shared_with: Annotated[set[Id], Field(max_length=100)] | None = None


class NewTask(Body):
    """A task of datasets. `settings` are those of a task of a bundle, such as `ingestion_only_during_scoring`."""

    name: Label
    description: Text = ""
    visibility: Visibility = "private"
    files: dict[TaskFile, Id]
    settings: dict[str, Any] = {}


class ChangeTask(Body):
    """What is to change of a task. Files that are not named stay."""

    name: Label | None = None
    description: Text | None = None
    visibility: Visibility | None = None
    shared_with: Annotated[set[Id], Field(max_length=100)] | None = None
    files: dict[TaskFile, Id] | None = None
    settings: dict[str, Any] | None = None


class NewQueue(Body):
    """A queue for runners of one's own. Of a sealed one only scores leave the runners."""

    name: Label
    description: Text = ""
    visibility: Visibility = "private"
    sealed: bool = False


class ChangeQueue(Body):
    """What is said of a queue, and who may use it: ids of accounts in `shared_with`, when it is shared."""

    name: Label | None = None
    description: Text | None = None
    visibility: Visibility | None = None
    shared_with: Annotated[set[Id], Field(max_length=100)] | None = None
    sealed: bool | None = None


class NewRegistry(Body):
    """A sign-in to a private registry of Docker images. `server` is its host, such as registry.lab.example."""

    server: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$", to_lower=True)]
    username: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    password: Secret


class PageText(Body):
    """A text to be shown."""

    content: Annotated[str, StringConstraints(max_length=500_000)]
    format: Literal["markdown", "html"] = "markdown"


class Logo(Body):
    """An image of at most 500 KB, in base64."""

    content: Annotated[Base64Bytes, Field(min_length=1, max_length=700_000)]
    format: Literal["png", "jpg", "jpeg", "gif", "webp", "svg"]


class NewDump(Body):
    """Which dump: with all files, or light."""

    form: Literal["full", "light"] = "full"


class Clone(Body):
    """The clone's title; without one it is called a copy."""

    title: Annotated[str, StringConstraints(max_length=256, strip_whitespace=True)] = ""


class Join(Body):
    """A participant's agreement to the terms."""

    accept_terms: Literal[True]


class Decide(Body):
    """An organizer's decision about a participant."""

    status: Literal["approved", "denied"]


class Submit(Body):
    """A committed upload to be scored, and a name for its participant to know it by. Without `tasks`: all of the phase's."""

    upload: Id
    name: Annotated[str, StringConstraints(max_length=100)] = ""
    tasks: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1, max_length=100)] | None = None


class Why(Body):
    """A reason that its participant reads."""

    reason: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""


class Many(Body):
    """Several submissions of a phase."""

    submissions: Annotated[list[Id], Field(min_length=1, max_length=100)]


class Migrate(Body):
    """The phase that submissions come from, without one the phase before; and which, without it as the phase says."""

    source: Id | None = None
    rule: Literal["last", "best"] | None = None


class Pause(Body):
    """Whether submissions are taken, and why not."""

    paused: bool
    message: Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)] = ""


class Mark(Body):
    """What organizers say of a submission. What is left out stays; who disqualifies says why."""

    baseline: bool | None = None
    verified: bool | None = None
    disqualified: bool | None = None
    reason: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""

    @model_validator(mode="after")
    def _with_a_reason(self) -> Self:
        if self.disqualified and not self.reason:
            raise ValueError("Say in `reason` why the submission is disqualified.")
        return self


class EditScores(Body):
    """Scores to set, by column key; of several tasks by `{task}/{key}`. null takes one away."""

    scores: Annotated[
        dict[Annotated[str, StringConstraints(max_length=200)], Annotated[float, Field(allow_inf_nan=False)] | None],
        Field(min_length=1, max_length=1000),
    ]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]


class Export(Body):
    """Which form a leaderboard is exported in. csv and json are of one board, the first one without `board`.

    zip has a CSV for each phase and board of the competition. `final`: as it ranks once the phase is over.
    """

    format: Literal["csv", "json", "zip"] = "csv"
    board: Annotated[str, StringConstraints(max_length=36)] | None = None
    final: bool = False


class ChangeJuror(Body):
    """Whether a juror's judgements count."""

    status: Literal["active", "excluded"]


class Judge(Body):
    """A juror's decision: whole marks by criterion where there is a rubric, or which of two outputs is better."""

    marks: dict[Label, Annotated[int, Field(strict=True)]] = {}
    preferred: Literal["first", "second", "equal"] | None = None
    comment: Sentence = ""


class StartSession(Body):
    """A runner introduces itself."""

    protocol: int
    runner: Label
    version: Annotated[str, StringConstraints(max_length=40)] = ""


class Capabilities(Body):
    """What one slot of a runner has. What is not stated it has not."""

    cpus: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)] = 0.0
    memory_bytes: Annotated[int, Field(ge=0, le=2**50)] = 0
    gpus: Annotated[int, Field(ge=0, le=1000)] = 0
    labels: Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=50)] = []


class Claim(Body):
    """Which runner claims, and what it can do."""

    runner: Label
    capabilities: Capabilities = Capabilities()


class Presence(Body):
    """A runner is there: what it is, has and does."""

    runner: Label
    version: Annotated[str, StringConstraints(max_length=40)] = ""
    slots: Annotated[int, Field(ge=1, le=1000)] = 1
    capabilities: Capabilities = Capabilities()
    gpus: Annotated[list[Label], Field(max_length=64)] = []
    jobs: Annotated[list[Id], Field(max_length=1000)] = []


LogName = Literal[
    "ingestion_stdout", "ingestion_stderr", "submission_stdout", "submission_stderr", "scoring_stdout", "scoring_stderr"
]
RunFile = Literal["output", "private_output", "prediction_output", "detailed_results"]
#: A page or an image of a run, as the runner names it.
ResultName = Annotated[str, StringConstraints(pattern=r"^results/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]


class Heartbeat(Body):
    """How far a job has got."""

    step: Literal["preparing", "prediction", "scoring"]
    log_bytes: Annotated[dict[LogName, Annotated[int, Field(ge=0)]], Field(max_length=6)] = {}


class StepReport(Body):
    """What one step used."""

    name: Label
    exit_code: int | None
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    cpu_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    peak_memory_bytes: Annotated[int, Field(ge=0)] | None = None
    peak_gpu_memory_bytes: Annotated[int, Field(ge=0)] | None = None
    image_digest: Annotated[str, StringConstraints(max_length=200)] = ""


class Finish(Body):
    """An Outcome. Scores that are no finite number are judged later, not refused here."""

    fault: Literal["participant", "organizer"] | None = None
    reason: Sentence = ""
    scores: Annotated[dict[Annotated[str, StringConstraints(max_length=200)], float | None], Field(max_length=1000)]
    notes: Annotated[list[Sentence], Field(max_length=100)] = []
    steps: Annotated[list[StepReport], Field(max_length=10)] = []
    uploaded: Annotated[list[RunFile | LogName | ResultName], Field(max_length=100)] = []
    host: Annotated[str, StringConstraints(max_length=200)] = ""


class Abort(Body):
    """Why a runner could not do it."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
