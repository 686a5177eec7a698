"""The last minute of a phase: 1,000 submissions by 200 participants at once, on the local stack, with simulated runners.

They come to a stack that was just started, and then as many come to one that is warm.
With `--joins` it is the first one of a competition: 1,000 people join at once (`benchmarks/joining.py`).

The runners speak the real protocol and run no containers, so that what is measured is the platform: whether anything is
lost or scored twice, whether the counters are exact, and how many rebuilds of the board a rush costs.
"""

import itertools
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from agon import archive
from agon.client import Client
from agon.errors import ProblemError
from agon.local.stack import Stack
from benchmarks import joining, local
from benchmarks.report import show
from chalicelib.contract import Capabilities, Outcome
from runner.backend import Backend
from runner.errors import NotOurs, NotThere, RunnerError
from runner.queue import JobQueue

PARTICIPANTS = 200
JOINS = 1000
SUBMISSIONS_EACH = 5
RUNNERS = 4
SENDERS = 12
#: Before it is measured: so many at once that a slow machine still answers each in time.
UPLOADERS = 4
COLUMNS = ("accuracy", "balanced_accuracy")
SUBMISSION = local.EXAMPLE / "submissions" / "majority"
#: What template.yaml lets changes of a board gather for.
BOARD_DELAY_SECONDS = 2
_PATIENCE_SECONDS = 420
#: A participant whose two submissions are counted at the same moment is told to send one of them again.
_TRIES = 20


@dataclass
class Tally:
    """What happened: how often a finish of each submission was taken, and after how long all were sent and scored."""

    sent: dict[str, str] = field(default_factory=dict)
    sent_seconds: float = 0.0
    seconds: float = 0.0
    finished: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Prepare everything that can be prepared; then let them all in at once."""
    if "--joins" in sys.argv[1:]:
        joining.main(_number_of(JOINS))
        return
    participants = _number_of(PARTICIPANTS)
    with local.stack() as stack:
        organizer = stack.client(local.ORGANIZER, "organizer")
        competition = local.competition(organizer)
        phase = competition["phases"][0]["id"]
        people = [_participant(stack, number, competition["id"]) for number in range(participants)]
        first, second = (_uploads(people, SUBMISSIONS_EACH) for _ in range(2))
        token = organizer.create_runner_token("default", "rush")["token"]
        # Sessions outlive the functions' workers.
        stack.stop()
        stack.up()
        cold = _rush(stack, token, phase, first)
        _warm(organizer)
        warm = _rush(stack, token, phase, second)
        _report(stack, organizer, phase, people, cold, warm)


def _rush(stack: Stack, token: str, phase: str, uploads: Sequence[tuple[Client, str]]) -> Tally:
    """All of them at once, until the last is scored."""
    tally = Tally()
    with runners(stack, token, tally):
        began = time.perf_counter()
        with ThreadPoolExecutor(SENDERS) as executor:
            list(executor.map(lambda pair: send(*pair, phase, tally), uploads))
        tally.sent_seconds = time.perf_counter() - began
        wait(tally)
        tally.seconds = time.perf_counter() - began
    return tally


def _number_of(participants: int) -> int:
    """So many, or as `--participants N` says for a smaller rush."""
    words = sys.argv[1:]
    return int(words[words.index("--participants") + 1]) if "--participants" in words else participants


def _participant(stack: Stack, number: int, competition: str) -> Client:
    client = stack.client(f"p{number:03}")
    client.join(competition)
    return client


def _uploads(people: Sequence[Client], each: int) -> list[tuple[Client, str]]:
    """Committed uploads, in the order in which a crowd would come."""
    with archive.packed(SUBMISSION) as packed, ThreadPoolExecutor(UPLOADERS) as executor:
        owners = [person for person in people for _ in range(each)]
        found = list(executor.map(lambda person: _upload(person, packed), owners))
    pairs = list(zip(owners, found, strict=True))
    random.Random(1).shuffle(pairs)
    return pairs


def _warm(anybody: Client) -> None:
    """Have as many processes of the function as will be called at once: to start them is not what is measured."""
    with ThreadPoolExecutor(SENDERS + RUNNERS) as executor:
        for _ in range(3):
            list(executor.map(lambda _: anybody.me(), range(SENDERS + RUNNERS)))


def _upload(person: Client, packed: Path) -> str:
    return str(person.upload(packed, "submission")["id"])


def send(person: Client, upload: str, phase: str, tally: Tally) -> None:
    """Hand in, again after each answer that says to."""
    for attempt in itertools.count(1):
        try:
            submission = person.submit(phase, upload, "rush")["id"]
        except ProblemError as problem:
            if (problem.status != 409 and problem.status < 500) or attempt == _TRIES:
                raise
            with tally.lock:
                tally.refused += 1
            time.sleep(random.uniform(0, 0.05 * attempt))
        else:
            with tally.lock:
                tally.sent[submission] = upload
            return


def wait(tally: Tally, patience_seconds: float = _PATIENCE_SECONDS) -> None:
    """Until all that was taken is scored, or patience is at its end."""
    end = time.monotonic() + patience_seconds
    while time.monotonic() < end and len(tally.finished) < len(tally.sent):
        time.sleep(0.1)


@contextmanager
def runners(stack: Stack, token: str, tally: Tally) -> Iterator[None]:
    """A block while simulated runners serve the default queue."""
    over = threading.Event()
    backends = [Backend(stack.api, token, f"simulated-{number}") for number in range(RUNNERS)]
    # One after the other, because a small machine starts all functions that are called at once on its few cores.
    queues = [JobQueue(backend.open_session(), stack.aws.endpoint) for backend in backends]
    threads = [threading.Thread(target=_run, args=(*pair, tally, over)) for pair in zip(backends, queues, strict=True)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _run(backend: Backend, queue: JobQueue, tally: Tally, over: threading.Event) -> None:
    """A runner without containers: a message, a claim, a heartbeat, a finish."""
    scores = random.Random(1)
    while not over.is_set():
        outcome = Outcome(scores={name: scores.random() for name in COLUMNS}, host="simulated")
        # Without an answer to its last word a runner is as good as dead: when the lease ends, another gets the job.
        with suppress(RunnerError):
            _serve(backend, queue, outcome, tally, over)


def _serve(backend: Backend, queue: JobQueue, outcome: Outcome, tally: Tally, over: threading.Event) -> None:
    message = queue.receive(1)
    if message is None:
        return
    try:
        job = backend.claim(message.submission, Capabilities(cpus=1.0, memory_bytes=2**32), over)
    except (NotThere, NotOurs):
        queue.delete(message)
        return
    queue.delete(message)
    backend.heartbeat(job, "scoring", {})
    if backend.finish(job, outcome, over) == "Finished":
        with tally.lock:
            tally.finished[job.submission] += 1


def _report(stack: Stack, organizer: Client, phase: str, people: Sequence[Client], cold: Tally, warm: Tally) -> None:
    submissions = {item["id"]: item for item in organizer.submissions(phase, everyone=True)}
    sent, finished = cold.sent | warm.sent, cold.finished + warm.finished
    lost = [id_ for id_ in sent if submissions.get(id_, {}).get("status") != "Finished"]
    twice = [id_ for id_, count in finished.items() if count > 1]
    used = [number(stack, f"QUOTA#{phase}#{person.me()['id']}", "TOTAL", "used") for person in people]
    wrong = sum(count != 2 * SUBMISSIONS_EACH for count in used)
    time.sleep(2 * BOARD_DELAY_SECONDS)
    rebuilds, rows = number(stack, f"BOARD#{phase}", "BOARD", "version"), int(organizer.leaderboard(phase)["count"])
    seconds = cold.seconds + warm.seconds
    most = int(seconds / BOARD_DELAY_SECONDS) + 4
    result = {
        "submissions": len(sent),
        "lost": len(lost) + (len(people) - rows),
        "scored_twice": len(twice),
        "counter_errors": wrong,
        "rebuilds": rebuilds,
        "cold_seconds": round(cold.seconds, 1),
        "seconds": round(warm.seconds, 1),
        "cold_times": round(cold.sent_seconds / warm.sent_seconds, 2),
    }
    shown = [
        ("submissions that came", len(cold.sent), len(warm.sent), ""),
        ("until all were taken (s)", cold.sent_seconds, warm.sent_seconds, f"{result['cold_times']} times"),
        ("until all of them were scored (s)", cold.seconds, warm.seconds, f"{cold.seconds / warm.seconds:.2f} times"),
        ("sent again, for a counter in use", cold.refused, warm.refused, ""),
        ("lost", "", result["lost"], f"of {len(sent)}"),
        ("scored twice", "", len(twice), f"of {len(sent)}"),
        ("counters that are wrong", "", wrong, f"of {len(people)}"),
        ("rebuilds of the board", "", rebuilds, f"at most {most}"),
    ]
    show(f"{len(sent)} submissions in two rushes", ("", "just started", "warm", ""), shown, result)
    if result["lost"] or twice or wrong or rebuilds > most:
        raise SystemExit("Something was lost, counted wrong or done twice.")


def number(stack: Stack, pk: str, sk: str, name: str) -> int:
    """A number on an item of the table; 0 where there is none."""
    key = {"pk": {"S": pk}, "sk": {"S": sk}}
    found = stack.aws.client("dynamodb").get_item(TableName=stack.outputs["TableName"], Key=key)
    return int(found.get("Item", {}).get(name, {}).get("N", 0))


if __name__ == "__main__":
    main()
