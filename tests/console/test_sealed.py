"""A sealed queue in the console: what its jobs left stays on its runner until the organizer has it sent."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon import config
from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack, eventually

from .looking import shoot

SAID = "Nobody reads this before it is released."
SCORE = f"""
import json
print("{SAID}")
json.dump({{"accuracy": 1, "seconds": 2}}, open("/app/output/scores.json", "w"))
"""


@pytest.fixture
def organizer(runner: DeployedStack) -> Iterator[Client]:
    """The stack's own runner is up, so Docker is there."""
    with runner.client(ORGANIZER, "organizer") as client:
        yield client


@pytest.fixture
def queue(stack: DeployedStack, organizer: Client, tmp_path: Path) -> Iterator[str]:
    """The id of a sealed queue that a machine of the organizer's own serves."""
    made = str(organizer.create_queue("Vault", sealed=True)["id"])
    environment = config.child_environment(
        AGON_API=stack.api_url,
        AGON_RUNNER_TOKEN=organizer.create_runner_token(made, "vault", 1)["token"],
        AGON_RUNNER_HOME=str(tmp_path / "vault"),
        AGON_RUNNER_NAME="vault",
        AWS_ENDPOINT_URL=stack.local.aws.endpoint,
    )
    with (tmp_path / "vault.log").open("wb") as log:
        serving = subprocess.Popen([Path(sys.executable).with_name("agon-runner"), "run"], env=environment, stderr=log)
    yield made
    serving.send_signal(signal.SIGTERM)
    serving.wait(60)


def test_what_a_sealed_queues_job_left_is_read_once_the_organizer_has_it_sent(
    enter: Callable[..., Page], stack: Any, organizer: Client, queue: str, tmp_path: Path
) -> None:
    path = tmp_path / "sent.zip"

    def send(client: Client, content: bytes, purpose: str) -> str:
        path.write_bytes(content)
        return str(client.upload(path, purpose)["id"])

    files: dict[str, str | bytes] = {"scoring_program/score.py": SCORE}
    sent = builders.bundle(files, title="In the vault", extra=f"queue: {queue}")
    done = organizer.wait_for_import(organizer.import_bundle(send(organizer, sent, "bundle"))["id"])
    competition = organizer.publish(done["competition"])
    with stack.client("ada") as ada:
        ada.join(competition["id"])
        mine = ada.submit(competition["phases"][0]["id"], send(ada, builders.submission(), "submission"), "First")["id"]
        assert ada.wait_for_submission(mine)["status"] == "Finished"

    page = enter(ORGANIZER, f"/s/{mine}")
    expect(page.get_by_text("Finished").first).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(0)
    page.goto(stack.console_url.rstrip("/") + f"/c/{competition['id']}/manage/submissions")
    page.get_by_role("checkbox", name="Select").last.check()
    page.get_by_role("button", name="Marks and scores…").click()
    marks = page.locator("agon-marks")
    marks.get_by_role("button", name="Send its logs and outputs").click()
    expect(marks.get_by_text("The runner sends them within some minutes.")).to_be_visible()
    # The runner hears of it when it next tells that it is there, once a minute.
    eventually(lambda: organizer.submission_files(mine), lambda found: found["output"] is not None)
    page.goto(stack.console_url.rstrip("/") + f"/s/{mine}")
    shoot(page, "sealed-released")
    expect(page.get_by_text(SAID).first).to_be_visible()
