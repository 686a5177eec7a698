"""Bodies about runs: those that runners send, and those of bulk verbs and checks of determinism."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.requests.fields import ONE_LINE, Body, Id, Label, LogName, Remark, ResultName, RunFile, Sentence

Protocol = Annotated[int, Field(ge=0, le=1000)]


class StartSession(Body):
    """A runner introduces itself, with the version of the protocol that it would speak."""

    protocol: Protocol
    runner: Label
    version: Annotated[str, StringConstraints(max_length=40), ONE_LINE] = ""


class Capabilities(Body):
    """The equipment of a runner's slot. What is not stated it has not."""

    cpus: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)] = 0.0
    memory_bytes: Annotated[int, Field(ge=0, le=2**50)] = 0
    gpus: Annotated[int, Field(ge=0, le=1000)] = 0
    labels: Annotated[list[Remark], Field(max_length=50)] = []


class Claim(Body):
    """The runner that claims, and what it can do. `protocol` is what the session agreed on; 1 knew no such field."""

    runner: Label
    protocol: Protocol = 1
    capabilities: Capabilities = Capabilities()


class Presence(Body):
    """A runner is there: what it is, has and does."""

    runner: Label
    protocol: Protocol = 1
    version: Annotated[str, StringConstraints(max_length=40), ONE_LINE] = ""
    slots: Annotated[int, Field(ge=0, le=1000)] = 1
    capabilities: Capabilities = Capabilities()
    gpus: Annotated[list[Label], Field(max_length=64)] = []
    jobs: Annotated[list[Id], Field(max_length=1000)] = []


class Heartbeat(Body):
    """The progress of a job."""

    step: Literal["preparing", "prediction", "scoring"]
    log_bytes: Annotated[dict[LogName, Annotated[int, Field(ge=0)]], Field(max_length=6)] = {}


class StepReport(Body):
    """The use that one step made of its machine."""

    name: Label
    exit_code: int | None
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    cpu_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    peak_memory_bytes: Annotated[int, Field(ge=0)] | None = None
    peak_gpu_memory_bytes: Annotated[int, Field(ge=0)] | None = None
    image_digest: Annotated[str, StringConstraints(max_length=200), ONE_LINE] = ""


class Finish(Body):
    """An Outcome. Scores that are no finite number are judged later, not refused here."""

    fault: Literal["participant", "organizer"] | None = None
    reason: Sentence = ""
    scores: Annotated[dict[Annotated[str, StringConstraints(max_length=200)], float | None], Field(max_length=1000)]
    notes: Annotated[list[Sentence], Field(max_length=100)] = []
    steps: Annotated[list[StepReport], Field(max_length=10)] = []
    uploaded: Annotated[list[RunFile | LogName | ResultName], Field(max_length=100)] = []
    host: Annotated[str, StringConstraints(max_length=200), ONE_LINE] = ""


class Abort(Body):
    """The reason why a runner could not do it."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Release(Body):
    """The runner that is about to send what it keeps, and of which attempt."""

    runner: Label
    attempt: Annotated[int, Field(ge=1)]


class Released(Release):
    """The files of it that were sent."""

    uploaded: Annotated[list[RunFile | LogName | ResultName], Field(max_length=100)] = []


class Why(Body):
    """A reason that its participant reads."""

    reason: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""


class Bulk(Body):
    """Submissions of a phase, several at once."""

    submissions: Annotated[list[Id], Field(min_length=1, max_length=100)]


class BulkFail(Bulk, Why):
    """Submissions of a phase, several at once, and a reason that their participants read."""


class CheckDeterminism(Body):
    """The number of the best that are to be repeated."""

    top: Annotated[int, Field(ge=1, le=20)] = 3
