"""The commands that a newcomer types."""

import os
import re
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_make_alone_lists_every_target():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    listing = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^make (\S+)", listing, re.MULTILINE) == phony.group(1).split()


def test_the_scripts_are_executable_and_parse():
    scripts = [ROOT / ".ci/run", *(ROOT / "infra/setup").glob("*.sh")]
    for script in scripts:
        subprocess.run(["bash", "-n", script], check=True)
        if script.read_text().startswith("#!"):
            assert os.access(script, os.X_OK), f"{script} has a first line that names a shell, and cannot be run"


def test_the_hooks_run_tools_that_are_here():
    [repository] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["language"] == "system" and "additional_dependencies" not in hook
        assert hook["entry"].startswith(("bash -c", ".venv/bin/"))
