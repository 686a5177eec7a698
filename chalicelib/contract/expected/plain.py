"""A submission of one plain file, judged by what its phase expects, under the name that it has on a runner."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from chalicelib.contract.expected import judging
from chalicelib.contract.expected.complaints import Complaint
from chalicelib.contract.expected.expectations import Expectations


def judge(expected: Expectations, path: Path, name: str) -> list[Complaint]:
    """The complaints about a file that programs find as `name`. Raises OSError for the disk."""

    @contextmanager
    def opened(_: str) -> Iterator[BinaryIO]:
        with path.open("rb") as stream:
            yield cast(BinaryIO, stream)

    return judging.judge(expected, {name: path.stat().st_size}, opened)
