"""Job: one submission on one task, as a runner receives it from `claim`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class File:
    """An archive to download.

    `url` is signed and dies within the hour; `sha256` is hex and names the content, so it is the key of a cache.
    """

    url: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Mount:
    """A folder of the container, filled from an archive that is unpacked there. Always read-only."""

    path: str
    file: File
    cacheable: bool = True


@dataclass(frozen=True)
class Step:
    """One container: a program, what it may see, and how long it may take.

    `name` is "ingestion" or "scoring". `program` is unpacked to /app/program as a fresh writable copy; its metadata
    file holds the command. Reference data is among the mounts of the scoring step alone.
    """

    name: str
    program: File
    mounts: tuple[Mount, ...]
    time_limit_seconds: int
    network: bool = False


@dataclass(frozen=True)
class Upload:
    """A presigned POST: send `fields`, then the file under the name `file`, at most `max_bytes`."""

    url: str
    fields: Mapping[str, str]
    max_bytes: int


@dataclass(frozen=True)
class Job:
    """Everything a runner needs for one attempt of one submission.

    `token` is the attempt's own: every later call carries it, and it dies with the attempt. `uploads` has the keys
    "output", "stdout", "stderr" and "detailed_results".
    """

    submission: str
    attempt: int
    token: str
    competition: str
    phase: str
    task: str
    image: str
    steps: tuple[Step, ...]
    uploads: Mapping[str, Upload]
    lease_seconds: int
    heartbeat_seconds: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of docs/protocol.md."""
        return asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "Job":
        """Read the JSON object of docs/protocol.md. Unknown keys are ignored. Raises KeyError on a missing one."""
        return cls(
            submission=value["submission"],
            attempt=value["attempt"],
            token=value["token"],
            competition=value["competition"],
            phase=value["phase"],
            task=value["task"],
            image=value["image"],
            steps=tuple(_step(item) for item in value["steps"]),
            uploads=read_uploads(value["uploads"]),
            lease_seconds=value["lease_seconds"],
            heartbeat_seconds=value["heartbeat_seconds"],
        )


def read_uploads(value: Mapping[str, Any]) -> Mapping[str, Upload]:
    """Read a Job's `uploads`, which is also the answer to `uploads`. Raises KeyError on a missing key."""
    return {name: _upload(item) for name, item in value.items()}


def _step(value: Mapping[str, Any]) -> Step:
    return Step(
        name=value["name"],
        program=_file(value["program"]),
        mounts=tuple(
            Mount(path=item["path"], file=_file(item["file"]), cacheable=item["cacheable"]) for item in value["mounts"]
        ),
        time_limit_seconds=value["time_limit_seconds"],
        network=value["network"],
    )


def _file(value: Mapping[str, Any]) -> File:
    return File(url=value["url"], sha256=value["sha256"], size_bytes=value["size_bytes"])


def _upload(value: Mapping[str, Any]) -> Upload:
    return Upload(url=value["url"], fields=dict(value["fields"]), max_bytes=value["max_bytes"])
