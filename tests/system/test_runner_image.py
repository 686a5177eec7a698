"""A machine of an organizer's own with the runner in a container: the command of docs/organizers.md, word by word."""

import os
import re
import shlex
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agon.client import Client
from tests import builders
from tests.stack import IMAGE, PATIENCE_SECONDS, DeployedStack, missing

ROOT = Path(__file__).parents[2]
#: Of this process alone: another one of this machine may test a runner of its own.
TAG = f"agon.internal/runner:test-{os.getpid()}"
HOME = "/var/lib/agon-runner"
#: Over long before anybody can have looked at what it uses.
SCORE = 'open("/app/output/scores.txt", "w").write("accuracy: 1\\nseconds: 2\\n")'


@pytest.fixture(scope="module")
def image() -> Iterator[str]:
    """The runner's image, on the one base that there is without a registry."""
    if not shutil.which("docker"):
        missing("the command `docker` is missing; on Debian: apt-get install docker.io docker-cli")
    build = ROOT / "infra/setup/runner_image.sh"
    done = subprocess.run([build, TAG, IMAGE], capture_output=True, text=True, timeout=240)
    if " -m pip " in done.stderr:
        missing(f"no package index answers: {done.stderr}")
    assert done.returncode == 0, done.stderr
    yield TAG
    subprocess.run(["docker", "rmi", "--force", TAG], check=True, stdout=subprocess.DEVNULL)


def documented() -> list[str]:
    """The words of the one `docker run` in docs/organizers.md."""
    text = (ROOT / "docs/organizers.md").read_text()
    [command] = re.findall(r"^ +(docker run (?:.*\\\n)*.*)$", text, re.M)
    return shlex.split(command.replace("\\\n", " "))


@pytest.fixture
def start(stack: DeployedStack, image: str, tmp_path: Path) -> Iterator[Callable[[str, str], None]]:
    """Runs that command with its blanks filled in, and what a stack on this very machine needs besides: its network."""
    home = tmp_path / "home"
    started: list[str] = []

    def start(name: str, token: str) -> None:
        words = documented()
        at = words.index("--gpus")
        assert words[at + 1] == "all", "documented for machines that have some"
        del words[at : at + 2]
        blanks = {"$(hostname)": name, HOME: str(home), "https://…/api": stack.api_url, "agonr_…": token}
        for blank, value in blanks.items():
            assert any(blank in word for word in words), blank
            words = [word.replace(blank, value) for word in words]
        words[words.index("--name") + 1] = name
        assert words.pop() == "agon.internal/runner"
        local = ["--network", "host", "-e", f"AWS_ENDPOINT_URL={stack.local.aws.endpoint}", "-e", f"AGON_RUNNER_HOME={home}"]
        subprocess.run([*words, *local, image], check=True, timeout=60, stdout=subprocess.DEVNULL)
        started.append(name)

    yield start
    for name in started:
        subprocess.run(["docker", "stop", "--time", "30", name], check=True, stdout=subprocess.DEVNULL)
        said = subprocess.run(["docker", "logs", name], capture_output=True, text=True).stderr
        subprocess.run(["docker", "rm", name], check=True, stdout=subprocess.DEVNULL)
        assert said.rstrip().endswith("Stopped."), said


def test_a_runner_in_a_container_scores_and_measures_with_a_token_the_socket_and_a_folder(
    runner: DeployedStack, organizer: Client, ada: Client, compete: Any, send: Any, start: Callable[[str, str], None]
) -> None:
    queue, name = str(organizer.create_queue("Lab")["id"]), f"gpu-{uuid.uuid4().hex[:8]}"
    phase = compete(ada, extra=f"queue: {queue}", files={"scoring_program/score.py": SCORE})["phases"][0]["id"]
    start(name, organizer.create_runner_token(queue, name, 1)["token"])
    submission = ada.submit(phase, send(ada, builders.submission()))["id"]
    done = ada.wait_for_submission(submission, timeout_seconds=PATIENCE_SECONDS)
    assert (done["status"], done["scores"]) == ("Finished", {"accuracy": 1.0, "seconds": 2.0}), done["reason"]
    [step] = done["steps"]
    assert step["cpu_seconds"] > 0 and step["peak_memory_bytes"] > 0
