"""Whether a submission that lies unpacked here holds what its phase expects: looked at before any program runs."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from chalicelib.contract import Fault
from chalicelib.contract.expected import judging
from chalicelib.contract.expected.complaints import Complaint, sentence
from chalicelib.contract.expected.expectations import Expectations
from runner.errors import Faulty
from runner.halt import Halt

#: A reason has room for a few. All are told by who checks the file before it is sent.
_MOST_TOLD = 5
_BUFFER_BYTES = 1024 * 1024


def check_expected(expected: Expectations, folder: Path, halt: Halt) -> None:
    """Raises Faulty, with the participant's fault, Halted once the job is, and OSError for the disk."""

    @contextmanager
    def opened(path: str) -> Iterator[BinaryIO]:
        with (folder / path).open("rb") as plain:
            yield cast(BinaryIO, io.BufferedReader(_Halting(plain, halt), _BUFFER_BYTES))

    if complaints := judging.judge(expected, _sizes(folder), opened):
        raise Faulty(Fault.PARTICIPANT, _reason(complaints))


def _sizes(folder: Path) -> dict[str, int]:
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            found[path.relative_to(folder).as_posix()] = path.stat().st_size
    return found


def _reason(complaints: list[Complaint]) -> str:
    told = " ".join(sentence(one) for one in complaints[:_MOST_TOLD])
    left = len(complaints) - _MOST_TOLD
    return f"The submission is not as expected. {told}" + (f" And {left} more." if left > 0 else "")


class _Halting(io.RawIOBase):
    """A file of which nothing more is read once its job is over."""

    def __init__(self, source: BinaryIO, halt: Halt) -> None:
        self._source = source
        self._halt = halt

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._halt.check()
        chunk = self._source.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
