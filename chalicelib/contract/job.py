"""Job: one submission on one task, as a runner receives it from `claim`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from chalicelib.contract import images
from chalicelib.contract.expected import expectations
from chalicelib.contract.expected.expectations import Expectations


@dataclass(frozen=True)
class File:
    """An archive to download.

    `url` is signed and dies within the hour; `sha256` is hex and names the content, so it is the key of a cache.
    """

    url: str
    sha256: str
    size_bytes: int


class Source(StrEnum):
    """A source of a mount that no file fills."""

    #: The submission's files.
    SUBMISSION = "submission"
    #: What the prediction stage left in its output; the submission's files when no container ran there.
    PREDICTION = "prediction"
    #: A folder, empty at first, that the containers of one stage share and may write to.
    SHARED = "shared"
    #: The runner's confidential data, which never leaves it. Left out where a runner has none.
    DATA = "data"


class Stage(StrEnum):
    """The time of a step: all steps of a stage at the same time, the stages one after another."""

    PREDICTION = "prediction"
    SCORING = "scoring"


@dataclass(frozen=True)
class Mount:
    """A folder of the container, filled from an archive that is unpacked there, or from `source`.

    Read-only, but for SHARED and for a PREDICTION that is `writable`: the scoring program has a copy of its own, and an
    ingestion program that runs beside it hands its predictions over there (FORMATS 2.2).
    """

    path: str
    file: File | None = None
    source: Source | None = None
    cacheable: bool = True
    writable: bool = False


@dataclass(frozen=True)
class Step:
    """One container: a program, what it may see, and how long it may take.

    `name` is "ingestion", "submission" or "scoring". `program` is unpacked to /app/program as a fresh writable copy; its
    metadata file holds the command. None means the submission itself, which runs only when it has a command. `image` ""
    means the job's. The steps of the prediction stage share /app/output; each of the scoring stage has its own, so what
    runs a participant's code cannot write scores. Reference data is among the mounts of the scoring step alone.
    """

    name: str
    stage: Stage
    program: File | None
    mounts: tuple[Mount, ...]
    time_limit_seconds: int
    image: str = ""
    network: bool = False


@dataclass(frozen=True)
class Upload:
    """A presigned POST: send `fields`, then the file under the name `file`, at most `max_bytes`.

    Where `fields["key"]` ends in `${filename}`, several files may be sent, each under a name in that place.
    """

    url: str
    fields: Mapping[str, str]
    max_bytes: int


@dataclass(frozen=True)
class Registry:
    """The sign-in that a private image is pulled with. `server` is a host, such as registry.lab.example."""

    server: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Job:
    """The whole that a runner needs for one attempt of one submission.

    `token` is the attempt's own: every later call carries it, and it dies with the attempt. `archive` is the submission as
    it was sent: a zip, or with a `plain_file` one file that programs find under that name, and that is never unpacked.
    `contract` says whose program contract holds: "1" has the working directory /app in the shape of a run of
    CodaLab, "2" has /app/program (FORMATS 0). Without `score_failed_predictions` a prediction that exits with an error
    ends the attempt. `sealed`: logs and outputs stay on the runner, so `uploads` is empty. `registries` are the hosts that
    the queue's owner lets jobs have images of; `site_image` is what the site gives jobs that name none, wherever it is from.
    `tells_errors`: the reason of a failure may quote a program's error output, for who reads the one may read the other.
    `tells_predictions`: participants may have what an ingestion program put out, so they are told what it says of them.
    `expects` is what the submission must hold, else nothing of it runs; None where anything will do.
    `record` is what a scoring program of contract "1" reads of the submission, by CodaLab's keys; empty for "2".

    `uploads` may have: "output" (of scoring), "private_output", "prediction_output", "detailed_results", "results" (other
    pages and images) and each step's logs, such as "scoring_stdout" and "scoring_stderr".
    """

    submission: str
    attempt: int
    token: str
    competition: str
    phase: str
    task: str
    image: str
    archive: File
    steps: tuple[Step, ...]
    uploads: Mapping[str, Upload]
    lease_seconds: int
    heartbeat_seconds: int
    contract: str = "2"
    score_failed_predictions: bool = True
    sealed: bool = False
    tells_errors: bool = False
    tells_predictions: bool = False
    registry: Registry | None = None
    registries: tuple[str, ...] = images.REGISTRIES
    site_image: str = ""
    record: Mapping[str, str] = field(default_factory=dict)
    expects: Expectations | None = None
    plain_file: str = ""
    request: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of docs/protocol.md."""
        return asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "Job":
        """Read the JSON object of docs/protocol.md. Unknown keys are ignored. Raises KeyError on a missing one."""
        registry = value.get("registry")
        return cls(
            submission=value["submission"],
            attempt=value["attempt"],
            token=value["token"],
            competition=value["competition"],
            phase=value["phase"],
            task=value["task"],
            image=value["image"],
            archive=_file(value["archive"]),
            steps=tuple(_step(item) for item in value["steps"]),
            uploads=read_uploads(value["uploads"]),
            lease_seconds=value["lease_seconds"],
            heartbeat_seconds=value["heartbeat_seconds"],
            contract=value["contract"],
            score_failed_predictions=value["score_failed_predictions"],
            sealed=value["sealed"],
            tells_errors=value.get("tells_errors", False),  # Earlier APIs say nothing of it.
            tells_predictions=value.get("tells_predictions", False),
            registry=Registry(registry["server"], registry["username"], registry["password"]) if registry else None,
            registries=tuple(value.get("registries", images.REGISTRIES)),
            site_image=value.get("site_image", ""),
            record=dict(value.get("record", {})),
            expects=expectations.of_stored(value.get("expects")),
            plain_file=value.get("plain_file", ""),
            request=value.get("request", ""),
        )


def read_uploads(value: Mapping[str, Any]) -> Mapping[str, Upload]:
    """Read the `uploads` of a Job, or of the answer to `uploads`. Raises KeyError on a missing key."""
    return {name: _upload(item) for name, item in value.items()}


def _step(value: Mapping[str, Any]) -> Step:
    return Step(
        name=value["name"],
        stage=Stage(value["stage"]),
        program=_file(value["program"]) if value["program"] else None,
        mounts=tuple(_mount(item) for item in value["mounts"]),
        time_limit_seconds=value["time_limit_seconds"],
        image=value["image"],
        network=value["network"],
    )


def _mount(value: Mapping[str, Any]) -> Mount:
    return Mount(
        path=value["path"],
        file=_file(value["file"]) if value["file"] else None,
        source=Source(value["source"]) if value["source"] else None,
        cacheable=value["cacheable"],
        writable=value["writable"],
    )


def _file(value: Mapping[str, Any]) -> File:
    return File(url=value["url"], sha256=value["sha256"], size_bytes=value["size_bytes"])


def _upload(value: Mapping[str, Any]) -> Upload:
    return Upload(url=value["url"], fields=dict(value["fields"]), max_bytes=value["max_bytes"])
