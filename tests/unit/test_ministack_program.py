"""The emulator's functions share what they are made of."""

import tempfile
import zipfile
from pathlib import Path

import pytest

from agon.local.ministack_program import Package


def place(folder: Path, content: str, name: str) -> Path:
    """Where a process of a function has its package."""
    packed, there = folder / f"{name}.zip", folder / name
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("chalicelib/app.py", content)
    there.mkdir()
    with Package(packed) as package:
        package.extractall(there)
    return there


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_package_is_unpacked_once_for_all_processes_of_a_function(folder: Path) -> None:
    first, second = place(folder, "1", "first"), place(folder, "1", "second")
    assert (second / "chalicelib/app.py").read_text() == "1"
    assert (first / "chalicelib/app.py").samefile(second / "chalicelib/app.py")


def test_another_package_is_another_folder(folder: Path) -> None:
    first, second = place(folder, "1", "first"), place(folder, "2", "second")
    assert [(one / "chalicelib/app.py").read_text() for one in (first, second)] == ["1", "2"]
