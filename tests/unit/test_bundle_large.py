"""Bundles of gigabytes: checked by reading little of them."""

import io
import zipfile
from pathlib import Path

from typer.testing import CliRunner

from agon.tree import app
from chalicelib.domain.bundle.check import bundle_of_archive
from tests import builders

MEGABYTE, GIGABYTE = 1024**2, 1024**3


class Sparse(io.FileIO):
    """A file whose zeros take no room on the disk."""

    def write(self, content: bytes) -> int:  # type: ignore[override]
        if len(content) < 4096 or content.count(0) < len(content):
            return super().write(content)
        self.seek(len(content), io.SEEK_CUR)
        return len(content)


class Counting(io.FileIO):
    """A file that counts what is read of it."""

    read_bytes = 0

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        content = super().read(size)
        self.read_bytes += len(content)
        return content


def of_zeros(path: Path, megabytes: int) -> Path:
    """A whole bundle and a member of so much, with the records of Zip64."""
    chunk = bytes(MEGABYTE)
    with (
        zipfile.ZipFile(io.BytesIO(builders.bundle())) as small,
        Sparse(path, "w+") as file,
        zipfile.ZipFile(file, "w") as archive,  # type: ignore[call-overload]
    ):
        for name in small.namelist():
            archive.writestr(name, small.read(name))
        with archive.open(zipfile.ZipInfo("data/zeros.bin"), "w", force_zip64=True) as member:
            for _ in range(megabytes):
                member.write(chunk)
    return path


def test_two_gigabytes_are_checked_by_reading_less_than_a_megabyte(tmp_path: Path) -> None:
    large = of_zeros(tmp_path / "bundle.zip", 2 * GIGABYTE // MEGABYTE + 50)
    assert large.stat().st_size > 2 * GIGABYTE > 1000 * large.stat().st_blocks * 512
    with Counting(large) as content:
        reading = bundle_of_archive(content)
        assert reading.bundle is not None and reading.errors == ()
        assert content.read_bytes < MEGABYTE


def test_the_command_line_reads_every_byte_for_its_checksum_and_says_so(tmp_path: Path) -> None:
    large = of_zeros(tmp_path / "bundle.zip", 60)
    told = CliRunner().invoke(app, ["bundle", "check", str(large)])
    assert (told.exit_code, "This can be imported" in told.output) == (0, True), told.output
