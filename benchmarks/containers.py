"""The programs of the runner's benchmark without a runner: by Docker's client for Python, as bare processes, and by the
docker command. And what the machine's processors and memory have to do for either."""

import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from docker import APIClient

from runner import config, users
from runner.container import Container, SandboxContext, settings

SCORE = "import json\njson.dump({'accuracy': 1}, open('/app/output/scores.json', 'w'))\n"
INGEST = "open('/app/output/predictions.txt', 'w').write('1')\n"
#: What a runner does behind an answer counts on the clock of the processors: both sides have so long for it.
SETTLING_SECONDS = 0.4
_TICKS_PER_SECOND = 100
#: As much of a runner's limits as costs a container something, in the words of the command.
_LIMITS = (
    *("--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--pids-limit=512"),
    *("--tmpfs=/tmp:rw,nosuid,nodev,mode=1777,size=1g", "--memory=2g", "--memory-swap=2g", "--workdir=/app/program"),
)


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of all processors of the machine until everything behind it was done."""

    wall: float
    cpu: float


def measured(action: Callable[[], object], settling_seconds: float = SETTLING_SECONDS) -> Took:
    """What an action takes. Whatever else the machine does meanwhile counts as well: so both sides alternate."""
    cpu, began = _busy_seconds(), time.perf_counter()
    action()
    wall = time.perf_counter() - began
    time.sleep(settling_seconds)
    return Took(wall, _busy_seconds() - cpu)


class Bare:
    """The programs of the benchmark in folders of their own. `root` is a folder that is nobody else's."""

    def __init__(self, root: Path, image: str, limits: config.Limits, slots: int) -> None:
        self._image = image
        self._limits = limits
        self._docker = APIClient(version="auto", max_pool_size=4 * slots)
        self._context = SandboxContext(str(root))
        self._tables = users.tables(root / "users", self._context.user)
        self._programs = {"score.py": root / "scoring", "ingest.py": root / "ingestion"}
        self._inputs = [root / name for name in ("ref", "res")]
        for folder in (*self._programs.values(), *self._inputs):
            folder.mkdir()
        (self._programs["score.py"] / "score.py").write_text(SCORE)
        (self._programs["ingest.py"] / "ingest.py").write_text(INGEST)

    def close(self) -> None:
        """Close every connection."""
        self._docker.close()

    def engine(self, script: str = "score.py") -> None:
        """A container with every limit and mount that a runner gives it: made, started, waited for, removed."""
        with tempfile.TemporaryDirectory() as output:
            self._context.user.owns(Path(output))
            container = Container(
                submission="benchmark",
                image=self._image,
                command=["python3", f"/app/program/{script}"],
                program=self._programs[script],
                output=Path(output),
                inputs=[(folder, f"/app/input/{folder.name}") for folder in self._inputs],
                network=False,
                time_limit_seconds=60,
            )
            arguments = settings(container, self._limits, self._context, tables=self._tables)
            arguments["host_config"] = self._docker.create_host_config(**arguments["host_config"])
            made = self._docker.create_container(**arguments)["Id"]
            self._docker.start(made)
            if self._docker.wait(made)["StatusCode"] != 0:
                raise SystemExit("A bare container failed.")
            self._docker.remove_container(made, v=True)

    def process(self, script: str = "score.py") -> None:
        """The program alone, with no container around it."""
        with tempfile.TemporaryDirectory() as output:
            text = (self._programs[script] / script).read_text().replace("/app/output", output)
            program = Path(output) / script
            program.write_text(text)
            subprocess.run(["python3", str(program)], check=True, capture_output=True)

    def command(self, script: str = "score.py") -> None:
        """By the docker command, with some of the limits."""
        user = users.of("benchmark", 0)
        with tempfile.TemporaryDirectory() as output:
            user.owns(Path(output))
            mounts = [f"--volume={self._programs[script]}:/app/program", f"--volume={output}:/app/output"]
            mounts += [f"--volume={folder}:/app/input/{folder.name}:ro" for folder in self._inputs]
            words = ["docker", "run", "--rm", f"--user={user.uid}:{user.gid}", *_LIMITS, *mounts, self._image]
            subprocess.run([*words, "python3", f"/app/program/{script}"], check=True, capture_output=True)

    def ways(self) -> Mapping[str, Callable[..., None]]:
        """All of them by the names that the tables have."""
        return {"docker-py": self.engine, "process": self.process, "docker run": self.command}


@dataclass(frozen=True)
class Memory:
    """MiB. `proportional` counts what processes share once, divided among them."""

    resident: float
    proportional: float


def memory_of(process: int) -> Memory:
    """The memory that a process has now. Raises OSError."""
    told = dict(re.findall(r"^(Rss|Pss):\s+(\d+) kB$", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE))
    return Memory(int(told["Rss"]) / 1024, int(told["Pss"]) / 1024)


def memory_of_containers(label: str) -> tuple[int, Memory]:
    """How many containers of a label run, and what they and those that watch over them (shims) have of the memory."""
    docker = APIClient(version="auto")
    found = {one["Id"] for one in docker.containers(filters={"label": label})}
    docker.close()
    processes = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    shims = {process for process in processes if any(f"\0{one}\0".encode() in _words(process) for one in found)}
    members = {process for process in processes if _parents(process) & shims} | shims
    told = []
    for process in members:
        with suppress(OSError, KeyError):
            told.append(memory_of(process))
    return len(found), Memory(sum(one.resident for one in told), sum(one.proportional for one in told))


def _words(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _parents(process: int) -> set[int]:
    found: set[int] = set()
    with suppress(OSError, ValueError, IndexError):
        while process > 1:
            process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
            found.add(process)
    return found


def _busy_seconds() -> float:
    user, nice, system, _, _, irq, softirq = (int(word) for word in Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / _TICKS_PER_SECOND
