"""The emulator's functions share what they are made of."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from agon.local.ministack_program import Package, dump


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


def test_sam_is_imported_without_grammars_that_check_nothing_in_a_template() -> None:
    program = """
        import sys
        from agon.local import ministack_program
        ministack_program.leave_out_grammars()
        import samtranslator.translator.transform
        print("jsonschema" in sys.modules, "lark" in sys.modules)
    """
    lines = "\n".join(line.strip() for line in program.splitlines())
    assert subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True).stdout == "True False\n"


def test_what_the_emulator_keeps_is_written_as_json_writes_it() -> None:
    state, ours, theirs = {"items": [{"n": 1.5, "é": None}], "raw": b"1"}, io.StringIO(), io.StringIO()
    dump(state, ours, default=repr)
    json.dump(state, theirs, default=repr)
    assert ours.getvalue() == theirs.getvalue()
