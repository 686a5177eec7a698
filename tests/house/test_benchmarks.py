"""Benchmarks are run seldom, so something says at once when what they call has changed."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py") if path.stem != "__init__")
#: What a benchmark starts in the place of the emulator is none itself.
EMULATORS = {"throttled_ministack"}
#: Measures beside another site, which somebody has to run (docs/scale.md).
BESIDE_OTHERS = {"beside_codabench"}
PROGRAMS = [
    name
    for name in NAMES
    if "__main__" in (ROOT / f"benchmarks/{name}.py").read_text() and name not in EMULATORS | BESIDE_OTHERS
]


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_can_be_imported(name: str) -> None:
    importlib.import_module(f"benchmarks.{name}")


def test_make_bench_runs_them_all() -> None:
    listed = re.search(r"for name in ([a-z0-9_ ]+); do python -m benchmarks", (ROOT / "Makefile").read_text())
    assert listed and set(listed.group(1).split()) == set(PROGRAMS)
