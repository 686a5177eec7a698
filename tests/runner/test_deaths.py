"""A runner that is killed at any point of a job: another one does it again, and it is scored once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runner.fake_backend import RUNNER_TOKEN, Attempt, wait_until
from tests.runner.job_builders import make_zip

ROOT = Path(__file__).resolve().parents[2]
SLEEP = "import time; time.sleep(1.5)\n"
SCORE = SLEEP + "open('/app/output/scores.txt', 'w').write('a: 1')"
#: Each with the attempt that is scored in the end: only what had been finished is not done again.
POINTS = {
    "claim": 2,  # The row is claimed; the runner never learns, and the message is not deleted.
    "claimed": 2,  # It learns, and may or may not have deleted the message.
    "download": 2,
    "heartbeat prediction": 2,
    "heartbeat scoring": 2,
    "upload": 2,
    "finish": 2,  # The API never heard of it.
    "finished": 1,  # The API did; the runner never learns.
}


@pytest.fixture
def victims(backend, sqs_endpoint, tmp_path, clear) -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """As many runners as there are points, each a process of its own, with one slot."""
    started = {}
    for number in range(len(POINTS)):
        home = tmp_path / f"victim-{number}"
        environment = {
            "PATH": os.environ["PATH"],
            "AGON_API": backend.url,
            "AGON_RUNNER_TOKEN": RUNNER_TOKEN,
            "AGON_RUNNER_HOME": str(home),
            "AWS_ENDPOINT_URL": sqs_endpoint,
        }
        command = [sys.executable, "-m", "runner", "run", "--name", home.name, "--poll-seconds", "1"]
        started[home.name] = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    yield started
    for running in started.values():
        running.kill()
        running.wait()
    for name in started:
        clear(tmp_path / name)


def test_a_runner_that_is_killed_at_any_point_leaves_the_job_to_another_and_it_is_scored_once(
    victims, backend, queue, start
):
    points: dict[str, str] = {}

    def kill_at(point: str) -> None:
        def kill(attempt: Attempt) -> bool:
            is_it = points.get(attempt.job["submission"]) == point and attempt.job["attempt"] == 1
            if is_it:
                os.kill(victims[attempt.runner].pid, signal.SIGKILL)
            return is_it

        backend.on[point] = kill

    attempts = {}
    for point in POINTS:
        kill_at(point)
        # Archives of their own: the backend tells by them whose download it is.
        attempt = attempts[point] = queue.put_code(
            ingestion=SLEEP,
            scoring=SCORE,
            submission=make_zip({"answer.txt": point}),
            lease_seconds=4,
            heartbeat_seconds=0.4,
        )
        points[attempt.job["submission"]] = point
    assert wait_until(lambda: all(running.poll() is not None for running in victims.values()), 120), "one is alive"
    start(slots=4)

    def are_over() -> bool:
        for submission in backend.sweep():
            backend.attempts[submission].job["lease_seconds"] = 60  # The next is not to lose it.
            queue.announce(submission)
        return all(attempt.over.is_set() for attempt in attempts.values())

    assert wait_until(are_over, 120)
    assert {point: attempt.outcome["scores"] for point, attempt in attempts.items()} == dict.fromkeys(POINTS, {"a": 1.0})
    assert {point: attempt.job["attempt"] for point, attempt in attempts.items()} == POINTS
    assert {attempt.finishes for attempt in attempts.values()} == {1}
