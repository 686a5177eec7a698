"""Adapters, run as the programs that they are: beside what they call, on folders as a runner lays them out."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.challenges import Files, unpacked
from tests.unit.compiled import COMPILED
from tests.unit.forks import Program


@dataclass(frozen=True)
class Ran:
    """The end of an adapter. `scores` are None where there are none, `refusal` is what the participant is told."""

    exit_code: int
    scores: dict[str, float] | None
    refusal: str | None
    printed: str
    errors: str
    output: Path


def run(files: Files, submission: Mapping[str, str | bytes], room: Path, task: str = "", python: str = "") -> Ran:
    """Score a submission with the competition that `files` become. `task` is the folder of its reference data.

    The adapter is begun by a `python`, or else a fork of one.
    """
    _lay_out(unpacked(files), submission, room, task)
    output = room / "output"
    words = [str(room / "program/adapter.py"), str(room / "input"), str(output)]
    if python:
        done = subprocess.run([python, *words], capture_output=True, text=True, timeout=60, cwd=room, env=COMPILED)
        return ended(done.returncode, output, done.stdout, done.stderr)
    program = Program(words, room)
    return ended(program.wait(60), output, *program.communicate())


def ended(exit_code: int, output: Path, printed: str, errors: str) -> Ran:
    """What a program left in its output."""
    scores, refusal = output / "scores.json", output / "submission_error.txt"
    return Ran(
        exit_code,
        json.loads(scores.read_text()) if scores.exists() else None,
        refusal.read_text() if refusal.exists() else None,
        printed,
        errors,
        output,
    )


def _lay_out(bundle: Mapping[str, bytes], submission: Mapping[str, str | bytes], room: Path, task: str) -> None:
    shutil.rmtree(room, ignore_errors=True)
    reference = f"reference_data/{task}".rstrip("/") + "/"
    placed: dict[str, Any] = {f"input/res/{name}": content for name, content in submission.items()}
    for name, content in bundle.items():
        if name.startswith("scoring_program/"):
            placed[f"program/{name.removeprefix('scoring_program/')}"] = content
        elif name.startswith(reference):
            placed[f"input/ref/{name.removeprefix(reference)}"] = content
    for name, content in placed.items():
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (room / "input/res").mkdir(parents=True, exist_ok=True)
    (room / "output").mkdir()
