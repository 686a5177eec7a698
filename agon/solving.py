"""Solutions of a bundle, held to what the phases of their tasks expect, where its bytes are at hand."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from chalicelib.contract.archives import Refused
from chalicelib.contract.expected import zips
from chalicelib.contract.expected.complaints import sentence
from chalicelib.contract.expected.expectations import Expectations, of_stored
from chalicelib.domain.bundle.check import find_manifest, opened
from chalicelib.domain.bundle.model import Bundle, Solution
from chalicelib.domain.bundle.packing import Members
from chalicelib.domain.bundle.reading import Reading


def complaints(reading: Reading, content: BinaryIO) -> list[dict[str, Any]]:
    """Complaints about what phases would refuse of solutions, each at its own. None where the bundle cannot be read."""
    if reading.bundle is None or not any(_expected(reading.bundle, one) for one in reading.bundle.solutions):
        return []
    contents = opened(content, deep=False)
    assert contents.archive is not None  # It was read just now.
    members = Members(contents.archive, find_manifest(contents.names)[1])
    found: list[dict[str, Any]] = []
    for place, one in enumerate(reading.bundle.solutions):
        for message in dict.fromkeys(_refusals(reading.bundle, one, members)):
            found.append(asdict(reading.complaint(f"solutions[{place}].path", message)))
    return found


def _refusals(bundle: Bundle, solution: Solution, members: Members) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="agon-") as folder:
        zipped = Path(folder) / "solution.zip"
        with zipped.open("wb") as sink:
            members.pack(str(solution.path), sink)
        for phase, expects in _expected(bundle, solution).items():
            try:
                told = zips.judge(expects, zipped)
            except Refused as error:
                yield str(error)
                continue
            yield from (f"Phase “{phase}” would refuse this solution: {sentence(one)}" for one in told)


def _expected(bundle: Bundle, solution: Solution) -> dict[str, Expectations]:
    """What the phases expect that have a task of a solution, by their names; none of a file that only a site knows."""
    if not solution.path:
        return {}
    phases = [one for one in bundle.phases if set(one.tasks) & set(solution.tasks)]
    said = {one.name: one.expects or bundle.expects for one in phases}
    return {name: wanted for name, one in said.items() if one and (wanted := of_stored(asdict(one)))}
