"""Copies of what programs wrote, and what it counts as."""

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.contract import Fault
from runner import copying, output
from runner.copying import copy_folder
from runner.errors import Faulty, Halted
from runner.preparation import WritableFolders
from runner.users import User

GIB = 1024**3


@pytest.fixture
def sparse(tmp_path: Path) -> Iterator[Path]:
    """A folder with a file of a gigabyte that takes some kilobytes of the disk."""
    folder = tmp_path / "source"
    (folder / "deep").mkdir(parents=True)
    with (folder / "deep" / "holes").open("wb") as file:
        file.write(b"begin")
        file.seek(GIB // 2)
        file.write(b"middle")
        file.truncate(GIB)
    (folder / "run.sh").write_text("exit 0")
    (folder / "run.sh").chmod(0o755)
    (folder / "empty").touch()
    if (folder / "deep" / "holes").stat().st_blocks * 512 > GIB // 2:
        pytest.skip("This file system knows no holes.")
    yield folder


def test_a_copy_keeps_holes_contents_and_modes(sparse: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    copy_folder(sparse, target, 2 * GIB, threading.Event())
    copied, original = target / "deep" / "holes", sparse / "deep" / "holes"
    assert copied.stat().st_size == GIB and copied.stat().st_blocks <= original.stat().st_blocks + 64
    with copied.open("rb") as file:
        assert file.read(7) == b"begin\0\0"
        file.seek(GIB // 2 - 1)
        assert file.read(8) == b"\0middle\0"
        file.seek(GIB - 1)
        assert file.read() == b"\0"
    assert os.access(target / "run.sh", os.X_OK) and not os.access(target / "empty", os.X_OK)
    assert (target / "run.sh").read_text() == "exit 0" and (target / "empty").read_text() == ""


def test_a_disk_that_fails_leaves_no_holes_in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: int) -> int:
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "scores").write_text("0.75")
    monkeypatch.setattr(os, "lseek", fail)
    with pytest.raises(OSError, match="Input/output error"):
        copy_folder(tmp_path / "source", tmp_path / "target", GIB, threading.Event())


def test_a_copy_stops_with_its_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_CHUNK_BYTES", 4)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "large").write_bytes(b"x" * 100)
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Halted):
        copy_folder(tmp_path / "source", tmp_path / "target", GIB, stopped)
    assert (tmp_path / "target" / "large").stat().st_blocks == 0


def test_a_copy_ends_before_the_file_that_makes_it_more_than_it_may_be(sparse: Path, tmp_path: Path) -> None:
    with pytest.raises(output.FolderTooLarge, match="more bytes than may be copied"):
        copy_folder(sparse, tmp_path / "target", GIB - 1, threading.Event())
    assert not (tmp_path / "target" / "deep" / "holes").exists(), "what holes say counts, too"
    copy_folder(sparse, tmp_path / "whole", GIB + 4096 * 4, threading.Event())


def test_a_job_that_has_more_to_copy_than_it_may_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "large").write_bytes(b"x" * 100_000)
    rooms = WritableFolders(tmp_path, User(os.getuid(), os.getgid()), 99_999, threading.Event())
    with pytest.raises(Faulty, match="is not scored. It holds more bytes than may be copied") as refused:
        rooms.copy(tmp_path / "source", "copy")
    assert refused.value.fault is Fault.PARTICIPANT


def test_a_file_counts_by_the_larger_of_what_it_says_and_what_it_takes(sparse: Path) -> None:
    with pytest.raises(output.FolderTooLarge, match="more bytes than it may"):
        output.measure(sparse, GIB - 1, 100)
    assert output.measure(sparse, 2 * GIB, 100).bytes >= GIB
    (sparse / "deep" / "holes").unlink()
    small = output.measure(sparse, GIB, 100).bytes
    (sparse / "one").write_bytes(b"x")
    assert output.measure(sparse, GIB, 100).bytes > small, "a byte takes a block"


def test_a_zip_of_an_output_stops_with_its_job(sparse: Path, tmp_path: Path) -> None:
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Halted):
        output.pack(sparse, tmp_path / "output.zip", 2 * GIB, stopped)
