"""docs/first-competition.md, as somebody would type it who reads it for the first time."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack import DeployedStack

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/first-competition.md").read_text()
STEPS = re.findall(r"^```sh\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)
#: What a step prints, among other things.
TOLD = (
    "tides holds “Tides of my town”",
    "mean_error",
    "tides-of-my-town is made as a draft",
    "0.3528",
    "Say how high the water will stand",
    "sample_submission",
)


def test_a_first_competition_is_made_as_the_manual_says(runner: DeployedStack, tmp_path: Path) -> None:
    with runner.client("tina", "organizer") as tina:
        token = tina.create_token("manual", 1)["token"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "COLUMNS": "120"}
    environment |= {"AGON_API": runner.api_url, "AGON_TOKEN": token}
    assert len(STEPS) == len(TOLD)
    for step, told in zip(STEPS, TOLD, strict=True):
        ran = subprocess.run(
            ["bash", "-euc", step], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=180
        )
        assert ran.returncode == 0 and told in ran.stdout, f"{step}\n{ran.stdout}\n{ran.stderr}"


@pytest.mark.parametrize("step", STEPS)
def test_no_step_of_the_manual_asks_anything(step: str) -> None:
    assert not re.search(r"<\w+>|…", step), "A step is typed as it stands."
