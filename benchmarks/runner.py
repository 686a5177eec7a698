"""The runner's own overhead, beside the same containers without it: by Docker's client for Python (made, started, waited
for, removed, with the same limits and mounts), as bare processes, and by the docker command, which costs more than that.

A real runner, a real Docker engine, the real protocol over HTTP; the backend and the queue are those of the runner's
tests, so that what is measured is the runner and not an emulator of AWS. Runs alternate, figures are medians.
"""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

from benchmarks.containers import INGEST, SCORE, Bare, Memory, Took, measured, memory_of, memory_of_containers
from benchmarks.report import quantile, show
from runner import config
from tests.runner.fake_backend import RUNNER_TOKEN, Attempt, FakeBackend
from tests.runner.job_builders import IMAGE, MIB, Queue

RUNS = 11
QUEUED = 200
SLOTS = 4
LARGE_BYTES = 1024**3
MEMORY_MIB = 4096
_PATIENCE_SECONDS = 180
_ENGINE, _PROCESS, _COMMAND = "docker-py", "process", "docker run"
_LIMITS = config.Limits(memory_bytes=MEMORY_MIB * MIB, cpus=float(os.cpu_count() or 1))


@dataclass(frozen=True)
class _Runner:
    process: int
    home: Path


_Start = Callable[[int], AbstractContextManager[_Runner]]


def main() -> None:
    """Alternate between all of them, so that whatever else the machine does hits each."""
    with _site() as (queue, start), tempfile.TemporaryDirectory() as folder:
        with closing(Bare(Path(folder), IMAGE, _LIMITS, SLOTS)) as bare:
            with start(1):
                first = measured(lambda: _await(queue.put(SCORE)))
                scoring, both = _one_by_one(queue, bare)
                large = _large_reference(queue)
            rush = _rush(queue, start, bare)
        with start(SLOTS) as runner:
            idle, waiting = _idle(queue, runner)
    _tell_one(scoring, both, first)
    _tell_rush(rush)
    rows = [
        (f"an idle runner with {SLOTS} slots (MiB)", idle.resident, idle.proportional),
        (f"{waiting[0]} containers that wait for its jobs (MiB)", waiting[1].resident, waiting[1].proportional),
    ]
    show("Memory", ("", "resident", "proportional"), rows, None)
    small = scoring["Agon"].wall
    rows = [
        ("first job (s)", large[0], small, large[0] / small),
        ("later jobs, median (s)", large[1], small, large[1] / small),
    ]
    result = {
        "scoring_beside_docker_py": round(scoring["Agon"].wall / scoring[_ENGINE].wall, 3),
        "scoring_over_process_seconds": round(scoring["Agon"].wall - scoring[_PROCESS].wall, 3),
        "scoring_beside_docker_run": round(scoring["Agon"].wall / scoring[_COMMAND].wall, 3),
        "rush_beside_docker_py": round(rush["Agon"].wall / rush[_ENGINE].wall, 3),
        "submissions_per_minute": round(QUEUED / rush["Agon"].wall * 60, 1),
        "idle_resident_mib": round(idle.resident, 1),
    }
    show("1 GB of reference data", ("", "Agon", "a job without it", "ratio"), rows, result)


def _tell_one(scoring: Mapping[str, Took], both: Mapping[str, Took], first: Took) -> None:
    rows: list[Sequence[object]] = [("the first job of a runner", first.wall, first.cpu, "", "", "")]
    for what, ways in (("scoring", scoring), ("ingestion + scoring", both)):
        for name, took in ways.items():
            over = took.wall - ways[_PROCESS].wall
            rows.append((f"{what}: {name}", took.wall, took.cpu, *_ratios(ways["Agon"], took), over))
    columns = ("", "wall (s)", "CPU (s)", "Agon's wall to it", "Agon's CPU to it", "over the process (s)")
    show(f"One job, from its message to its finish; medians of {RUNS}", columns, rows, None)


def _tell_rush(rush: Mapping[str, Took]) -> None:
    rows = [(name, took.wall, took.cpu, *_ratios(rush["Agon"], took)) for name, took in rush.items()]
    columns = ("", "wall (s)", "CPU (s)", "Agon's wall to it", "Agon's CPU to it")
    show(f"{QUEUED} results, {SLOTS} at once", columns, rows, None)


def _ratios(ours: Took, other: Took) -> tuple[float, float]:
    return ours.wall / other.wall, ours.cpu / other.cpu


def _one_by_one(queue: Queue, bare: Bare) -> tuple[Mapping[str, Took], Mapping[str, Took]]:
    """Scoring alone, and ingestion with scoring behind it, in each way."""
    scoring: dict[str, Callable[[], object]] = {"Agon": lambda: _await(queue.put(SCORE))}
    both: dict[str, Callable[[], object]] = {"Agon": lambda: _await(queue.put_code(ingestion=INGEST, scoring=SCORE))}
    for name, way in bare.ways().items():
        scoring[name] = way
        both[name] = lambda way=way: (way("ingest.py"), way("score.py"))
    for way in (*scoring.values(), *both.values()):
        way()  # Once without the clock: images, caches and connections are warm then.
    return _alternating(scoring), _alternating(both)


def _alternating(ways: Mapping[str, Callable[[], object]]) -> Mapping[str, Took]:
    taken: dict[str, list[Took]] = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, way in ways.items():
            taken[name].append(measured(way))
    return {
        name: Took(quantile([one.wall for one in runs], 0.5), quantile([one.cpu for one in runs], 0.5))
        for name, runs in taken.items()
    }


def _large_reference(queue: Queue) -> tuple[float, float]:
    """Seconds of the first job with a gigabyte of reference data, and the median of those after it."""
    # Offered once: what takes its sum each time would be the benchmark, not the runner.
    reference = queue.offer(_large_zip())
    first, *later = [measured(lambda: _await(queue.put(SCORE, reference=reference))).wall for _ in range(6)]
    return first, quantile(later, 0.5)


def _rush(queue: Queue, start: _Start, bare: Bare) -> Mapping[str, Took]:
    """What a queue takes one runner with slots, and bare containers as many at once: half before and half after it."""

    def engine() -> None:
        with ThreadPoolExecutor(SLOTS) as executor:
            list(executor.map(lambda _: bare.engine(), range(QUEUED // 2)))

    before = measured(engine)
    waiting = [queue.put(SCORE, announced=False) for _ in range(QUEUED)]
    with start(SLOTS):
        _await(queue.put(SCORE))  # The runner is there.
        ours = measured(lambda: _all(queue, waiting))
    after = measured(engine)
    return {"Agon": ours, _ENGINE: Took(before.wall + after.wall, before.cpu + after.cpu)}


def _all(queue: Queue, waiting: Sequence[Attempt]) -> None:
    with ThreadPoolExecutor(SLOTS) as executor:
        list(executor.map(queue.announce, [one.job["submission"] for one in waiting]))
    for attempt in waiting:
        _await(attempt)


def _idle(queue: Queue, runner: _Runner) -> tuple[Memory, tuple[int, Memory]]:
    """The memory of a runner that has worked and has nothing to do, and that of containers that wait for its jobs."""
    for attempt in [queue.put(SCORE) for _ in range(2 * SLOTS)]:
        _await(attempt)
    time.sleep(5)
    return memory_of(runner.process), memory_of_containers(f"agon.runner={runner.home}")


def _await(attempt: Attempt) -> None:
    if not attempt.over.wait(_PATIENCE_SECONDS) or attempt.outcome is None:
        raise SystemExit(f"A submission was not scored: {attempt.abort_reason}")
    if attempt.outcome["fault"]:
        raise SystemExit(f"A submission failed: {attempt.outcome['reason']}")


def _large_zip() -> bytes:
    """A gigabyte that does not shrink, as a stored zip."""
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w") as archive, archive.open("data.bin", "w", force_zip64=True) as member:
            block = os.urandom(16 * MIB)
            for _ in range(LARGE_BYTES // len(block)):
                member.write(block)
        target.seek(0)
        return target.read()


@contextmanager
def _site() -> Iterator[tuple[Queue, _Start]]:
    """A backend, its queue, and what starts a runner on them with so many slots."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    sqs, backend = boto3.client("sqs", endpoint_url=endpoint, **keys), FakeBackend()
    backend.queue_url = sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
    environment = {"AGON_API": backend.url, "AGON_RUNNER_TOKEN": RUNNER_TOKEN, "AWS_ENDPOINT_URL": endpoint}
    try:
        yield Queue(backend, sqs), lambda slots: _started(environment, slots)
    finally:
        backend.close()
        server.stop()


@contextmanager
def _started(environment: Mapping[str, str], slots: int) -> Iterator[_Runner]:
    home = Path(tempfile.mkdtemp(prefix="agon-benchmark-"))
    flags = [f"--home={home}", f"--slots={slots}", f"--memory-mib={MEMORY_MIB * slots}", "--poll-seconds=20"]
    command = [sys.executable, "-m", "runner", "run", *flags]
    daemon = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True)
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(daemon.stderr or ()), daemon=True)
    reader.start()
    try:
        yield _Runner(daemon.pid, home)
    except SystemExit as error:
        raise SystemExit(f"{error}\n{''.join(said[-20:])}") from error
    finally:
        daemon.terminate()
        daemon.wait(60)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
