"""A machine of an organizer's own: a queue, its token and `agon-runner run` are all that it needs, and it may die."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from docker import APIClient

from agon import config
from agon.client import Client
from runner import cgroups
from tests import builders
from tests.stack import PATIENCE_SECONDS, DeployedStack, eventually

#: What claims and heartbeats grant, and how long after it ended somebody else has the score.
LEASE_SECONDS, GRACE_SECONDS = 60, 60
#: How late a machine that does much else may be with that.
SLOWNESS_SECONDS = 30
#: Long enough to be killed in.
JOB_SECONDS = 4
SCORE = f"""
import json, time
time.sleep({JOB_SECONDS})
json.dump({{"accuracy": 1, "seconds": 2}}, open("/app/output/scores.json", "w"))
"""


@pytest.fixture
def queue(organizer: Client, runner: DeployedStack) -> str:
    made = str(organizer.create_queue("Lab")["id"])
    # No image comes from there; each claim brings it along, from where passwords are kept.
    organizer.store_queue_registry(made, "registry.lab.example", "robot", "Not-to-be-shown-7")
    return made


@pytest.fixture
def containers(tmp_path: Path) -> Iterator[Callable[[str], list[dict[str, Any]]]]:
    """What Docker has of a runner."""
    with closing(APIClient(version="auto")) as docker:
        yield lambda name: docker.containers(all=True, filters={"label": f"agon.runner={tmp_path / name}"})
        for home in tmp_path.iterdir():
            for left in docker.containers(all=True, filters={"label": f"agon.runner={home}"}):
                docker.remove_container(left, force=True)
            cgroups.remove_of(str(home))


@pytest.fixture
def start(stack: DeployedStack, organizer: Client, queue: str, tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Starts the program of a runner by its name, with a token of the queue and nothing else of anybody's."""
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str) -> "subprocess.Popen[bytes]":
        environment = config.child_environment(
            AGON_API=stack.api_url,
            AGON_RUNNER_TOKEN=organizer.create_runner_token(queue, name, 1)["token"],
            AGON_RUNNER_HOME=str(tmp_path / name),
            AGON_RUNNER_NAME=name,
            AWS_ENDPOINT_URL=stack.local.aws.endpoint,
        )
        program = Path(sys.executable).with_name("agon-runner")
        with (tmp_path / f"{name}.log").open("wb") as log:
            started.append(subprocess.Popen([program, "run"], env=environment, stderr=log))
        return started[-1]

    yield start
    for running in started:
        running.send_signal(signal.SIGTERM)
        running.wait(60)


@pytest.fixture
def hand_in(compete: Any, ada: Client, send: Any, queue: str) -> Callable[[], str]:
    """Ada's submission to a competition on that queue."""

    def hand_in() -> str:
        files = {"scoring_program/score.py": SCORE}
        phase = compete(ada, extra=f"queue: {queue}", files=files)["phases"][0]["id"]
        return str(ada.submit(phase, send(ada, builders.submission()))["id"])

    return hand_in


def test_a_machine_that_has_a_queues_token_scores_what_waits_there_and_the_queue_shows_it(
    organizer: Client, ada: Client, queue: str, start: Callable[[str], Any], hand_in: Callable[[], str]
) -> None:
    submission = hand_in()
    waiting = organizer.queue(queue)
    assert (waiting["depth"], waiting["runners_alive"]) == (1, 0) and waiting["oldest_at"]
    assert ada.submission(submission)["queue"] == {"place": 1, "runners_alive": 0}
    start("gpu-01")
    done = ada.wait_for_submission(submission, timeout_seconds=PATIENCE_SECONDS)
    assert (done["status"], done["scores"]) == ("Finished", {"accuracy": 1.0, "seconds": 2.0}), done["reason"]
    served = eventually(lambda: organizer.queue(queue), lambda found: found["runners_alive"])
    assert (served["depth"], served["runners_alive"]) == (0, 1)
    [shown] = served["runners"]
    assert (shown["name"], shown["alive"], shown["slots"]) == ("gpu-01", True, 1)
    assert shown["version"] and shown["last_seen_at"] and shown["capabilities"]["memory_bytes"] > 0


@pytest.mark.timeout(600)  # It waits for a lease to end, and for the sweep behind that.
def test_what_a_killed_machine_ran_is_scored_once_by_another_within_the_lease_and_a_minute(
    ada: Client, containers: Callable[[str], Any], start: Callable[[str], Any], hand_in: Callable[[], str]
) -> None:
    doomed = start("doomed")
    submission = hand_in()
    eventually(lambda: containers("doomed"), bool)
    doomed.kill()
    killed_at = time.monotonic()
    start("heir")
    taken: list[float] = []

    def note(seen: Any) -> None:
        if seen["attempt"] == 2:
            taken.append(time.monotonic() - killed_at)

    patience = LEASE_SECONDS + GRACE_SECONDS + PATIENCE_SECONDS
    done = ada.wait_for_submission(submission, timeout_seconds=patience, on_change=note)
    assert (done["status"], done["scores"]["accuracy"], done["attempt"]) == ("Finished", 1.0, 2), done["reason"]
    assert taken[0] < LEASE_SECONDS + GRACE_SECONDS + SLOWNESS_SECONDS
    assert len(ada.attempts(submission)) == 1, "the first attempt, which came to nothing"
    eventually(lambda: ada.leaderboard(done["phase"])["rows"], lambda rows: len(rows) == 1)
