"""The wheel that people install: it holds every module and every template, and works outside of this repository."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("agon", "runner", "chalicelib", "examples", "setup.py", "pyproject.toml", "README.md", "LICENSE")
LITTER = shutil.ignore_patterns("__pycache__", "*.pyc")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel of this tree puts into a place for packages."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    for name in PARTS:
        part = ROOT / name
        shutil.copytree(part, source / name, ignore=LITTER) if part.is_dir() else shutil.copy(part, source)
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*wheel, "--wheel-dir", source / "dist", source], check=True, timeout=120)
    with zipfile.ZipFile(next((source / "dist").glob("agon_competitions-*.whl"))) as archive:
        archive.extractall(target)
    return target


def files(folder: Path, pattern: str = "*") -> set[str]:
    found = (path.relative_to(folder) for path in folder.rglob(pattern) if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.mark.parametrize("package", ["agon", "runner", "chalicelib"])
def test_it_has_every_module(installed: Path, package: str) -> None:
    modules = {path for path in files(installed / package, "*.py") if not path.startswith("examples/")}
    assert modules == files(ROOT / package, "*.py")


def test_it_has_every_file_of_every_template(installed: Path) -> None:
    assert files(installed / "agon" / "examples") == files(ROOT / "examples")


def test_a_competition_can_be_started_and_checked_with_it(installed: Path, tmp_path: Path) -> None:
    def python(*words: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(installed), "AGON_CONFIG": str(tmp_path / "config")}
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout

    assert str(installed) in python("-c", "import agon; print(agon.__file__)")
    python("-m", "agon.main", "new", "results_only", "mine")
    assert "Nothing is wrong with it." in python("-m", "agon.main", "bundle", "check", "mine/bundle")
