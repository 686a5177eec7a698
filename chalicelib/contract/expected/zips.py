"""A submission that is still a zip, judged by what its phase expects, as a runner judges it once it is unpacked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from chalicelib.contract import archives, contents
from chalicelib.contract.expected import judging
from chalicelib.contract.expected.complaints import Complaint
from chalicelib.contract.expected.expectations import Expectations


def judge(expected: Expectations, path: Path) -> list[Complaint]:
    """The complaints about a zip. Raises archives.Refused for one that no runner unpacks, OSError for the disk."""
    with path.open("rb") as stream, archives.reading(), archives.open_directory(stream) as source:
        for danger in archives.dangers(source, archives.RUN):
            raise archives.Refused(danger.message)
        # Where a path is there twice, the last entry is what is unpacked.
        files = {"/".join(one.parts): one.info for one in contents.of(source).members if not one.is_folder}
        sizes = {name: info.file_size for name, info in files.items()}

        @contextmanager
        def opened(name: str) -> Iterator[BinaryIO]:
            try:
                with archives.reading(), source.open(files[name]) as member:
                    yield cast(BinaryIO, member)
            except archives.Refused as error:
                raise judging.Damaged(name) from error

        return judging.judge(expected, sizes, opened)
