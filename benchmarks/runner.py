"""The runner's own overhead, beside bare `docker run` of the same containers in the same run.

A real runner, a real Docker engine, the real protocol over HTTP; the backend and the queue are those of the runner's
tests, so that what is measured is the runner and not an emulator of AWS.
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
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

from benchmarks.report import quantile, show
from runner import users
from tests.runner.fake_backend import RUNNER_TOKEN, FakeBackend
from tests.runner.job_builders import IMAGE, Queue

RUNS = 11
QUEUED = 200
SLOTS = 4
LARGE_BYTES = 1024**3
_PATIENCE_SECONDS = 180
_SCORE = "import json\njson.dump({'accuracy': 1}, open('/app/output/scores.json', 'w'))\n"
_INGEST = "open('/app/output/predictions.txt', 'w').write('1')\n"
#: As much of a runner's limits as costs a container something.
_LIMITS = (
    *("--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--pids-limit=512"),
    *("--tmpfs=/tmp:rw,nosuid,nodev,mode=1777,size=1g", "--memory=2g", "--memory-swap=2g", "--workdir=/app/program"),
)


def main() -> None:
    """Alternate between the two, so that whatever else the machine does hits both."""
    with _site() as (queue, start), tempfile.TemporaryDirectory() as folder:
        bare = Bare(Path(folder))
        with start(slots=1):
            scoring, ingestion = _overheads(queue, bare)
            first, second = _large_reference(queue)
        ours, theirs = _rush(queue, start, bare)
    small = quantile([run.ours for run in scoring], 0.5)
    result = {
        "scoring_overhead_seconds": round(_overhead(scoring), 3),
        "ingestion_overhead_seconds": round(_overhead(ingestion), 3),
        "slots_vs_bare": round(theirs / ours, 3),
        "submissions_per_minute": round(QUEUED / ours * 60, 1),
    }
    rows = [
        _row(f"scoring, median of {RUNS} (s)", scoring),
        _row(f"ingestion + scoring, median of {RUNS} (s)", ingestion),
        (f"{QUEUED} results, {SLOTS} at once (s)", ours, theirs, ours - theirs),
        ("1 GB of reference data, first job (s)", first, small, first - small),
        ("1 GB of reference data, later jobs (s)", second, small, second - small),
    ]
    show("A runner and bare docker run", ("", "Agon", "bare", "difference"), rows, result)


class Run:
    """One job, and the same containers without a runner: seconds."""

    def __init__(self, ours: float, bare: float) -> None:
        self.ours = ours
        self.bare = bare


class Bare:
    """The same programs in folders of their own, started by the docker command."""

    def __init__(self, root: Path) -> None:
        self._programs = {"score.py": root / "scoring", "ingest.py": root / "ingestion"}
        self._inputs = [root / name for name in ("ref", "res")]
        for folder in (*self._programs.values(), *self._inputs):
            folder.mkdir()
        (self._programs["score.py"] / "score.py").write_text(_SCORE)
        (self._programs["ingest.py"] / "ingest.py").write_text(_INGEST)

    def score(self, _: object = None) -> None:
        """One scoring container."""
        self._run("score.py")

    def ingest_and_score(self) -> None:
        """Two containers, one after the other."""
        self._run("ingest.py")
        self._run("score.py")

    def _run(self, script: str) -> None:
        user = users.of("benchmark", 0)
        with tempfile.TemporaryDirectory() as output:
            user.owns(Path(output))
            mounts = [f"--volume={self._programs[script]}:/app/program", f"--volume={output}:/app/output"]
            mounts += [f"--volume={folder}:/app/input/{folder.name}:ro" for folder in self._inputs]
            words = ["docker", "run", "--rm", f"--user={user.uid}:{user.gid}", *_LIMITS, *mounts, IMAGE]
            subprocess.run([*words, "python3", f"/app/program/{script}"], check=True, capture_output=True)


def _overheads(queue: Queue, bare: Bare) -> tuple[list[Run], list[Run]]:
    def code() -> None:
        _await(queue.put_code(ingestion=_INGEST, scoring=_SCORE))

    def results() -> None:
        _await(queue.put(_SCORE))

    results(), code(), bare.ingest_and_score()  # Once without the clock: images, caches and connections are warm then.
    scoring, ingestion = [], []
    for _ in range(RUNS):
        scoring.append(Run(_seconds(results), _seconds(bare.score)))
        ingestion.append(Run(_seconds(code), _seconds(bare.ingest_and_score)))
    return scoring, ingestion


def _large_reference(queue: Queue) -> tuple[float, float]:
    """Seconds of the first job with a gigabyte of reference data, and the median of those after it."""
    # Offered once: what takes its sum each time would be the benchmark, not the runner.
    reference = queue.offer(_large_zip())
    first, *later = [_seconds(lambda: _await(queue.put(_SCORE, reference=reference))) for _ in range(6)]
    return first, quantile(later, 0.5)


def _rush(queue: Queue, start: Callable[..., object], bare: Bare) -> tuple[float, float]:
    """Seconds that a queue takes one runner with slots, and bare containers as many at once."""
    waiting = [queue.put(_SCORE) for _ in range(QUEUED)]
    began = time.perf_counter()
    with start(slots=SLOTS):  # type: ignore[attr-defined]
        assert waiting[0].claimed.wait(_PATIENCE_SECONDS), "the runner claimed nothing"
        began = time.perf_counter()
        for attempt in waiting:
            _await(attempt)
        ours = time.perf_counter() - began
    with ThreadPoolExecutor(SLOTS) as executor:
        theirs = _seconds(lambda: list(executor.map(bare.score, range(QUEUED))))
    return ours, theirs


def _await(attempt: object) -> None:
    if not attempt.over.wait(_PATIENCE_SECONDS) or attempt.outcome is None:  # type: ignore[attr-defined]
        raise SystemExit(f"A submission was not scored: {attempt.abort_reason}")  # type: ignore[attr-defined]
    if attempt.outcome["fault"]:  # type: ignore[attr-defined]
        raise SystemExit(f"A submission failed: {attempt.outcome['reason']}")  # type: ignore[attr-defined]


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _overhead(runs: list[Run]) -> float:
    return quantile([run.ours for run in runs], 0.5) - quantile([run.bare for run in runs], 0.5)


def _row(name: str, runs: list[Run]) -> tuple[object, ...]:
    ours, bare = (quantile([getattr(run, which) for run in runs], 0.5) for which in ("ours", "bare"))
    return name, ours, bare, ours - bare


def _large_zip() -> bytes:
    """A gigabyte that does not shrink, as a stored zip."""
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w") as archive, archive.open("data.bin", "w", force_zip64=True) as member:
            block = os.urandom(16 * 1024**2)
            for _ in range(LARGE_BYTES // len(block)):
                member.write(block)
        target.seek(0)
        return target.read()


@contextmanager
def _site() -> Iterator[tuple[Queue, Callable[..., object]]]:
    """A backend, its queue, and what starts a runner on them."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    sqs, backend = boto3.client("sqs", endpoint_url=endpoint, **keys), FakeBackend()
    backend.queue_url = sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
    environment = {"AGON_API": backend.url, "AGON_RUNNER_TOKEN": RUNNER_TOKEN, "AWS_ENDPOINT_URL": endpoint}

    @contextmanager
    def start(slots: int) -> Iterator[None]:
        with _runner(environment, slots):
            yield

    try:
        yield Queue(backend, sqs), start
    finally:
        backend.close()
        server.stop()


@contextmanager
def _runner(environment: Mapping[str, str], slots: int) -> Iterator[None]:
    home = Path(tempfile.mkdtemp(prefix="agon-benchmark-"))
    command = [sys.executable, "-m", "runner", "run", f"--home={home}", f"--slots={slots}", "--poll-seconds=20"]
    daemon = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True)
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(daemon.stderr or ()), daemon=True)
    reader.start()
    try:
        yield
    except SystemExit as error:
        raise SystemExit(f"{error}\n{''.join(said[-20:])}") from error
    finally:
        daemon.terminate()
        daemon.wait(60)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
