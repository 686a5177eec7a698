"""The size of a bundle once it is kept: the limits of the whole model, whoever wrote it, changed it or copies it.

The reader of bundles asks for this, and so the check, an import and the editor do; whoever stores a bundle that was not
read just now, such as a clone, asks as well. What has none of these complaints fits into the table, and its dump is taken.
"""

import json
import math
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from chalicelib.contract import limits
from chalicelib.domain.bundle import dump, nodes
from chalicelib.domain.bundle.model import Bundle, Phase, Task
from chalicelib.domain.bundle.nodes import Unreadable

#: Bytes of what is stored of a file besides its path and the end of its name: where it lies, its size, its checksum.
_REF_BYTES = 250
#: Bytes of a row besides what a bundle says: ids, counters, times.
_ROW_BYTES = 4000
#: What YAML escapes and JSON does not: by ten letters at most, which stand for four bytes.
_ESCAPED = re.compile("[\x7f-\x9f\ufeff\ufffe\uffff\U00010000-\U0010ffff]")
#: Of a number such as 1e-07 or 1e+20 YAML wants two letters more.
_EXPONENTS = re.compile("e[-+]")

#: A place, and a sentence.
Finding = tuple[str, str]
#: A place, and a path.
File = tuple[str, str]


class Excess(NamedTuple):
    """More of something than is kept. `of` tells what it is of, where several stand at one `place`."""

    place: str
    message: str
    amount: float
    of: str = ""


def judge(bundle: Bundle, former: Bundle | None = None) -> Iterator[Finding]:
    """Each place of which there is more than is kept, with a sentence that says what to do.

    The `former` settings may be from before a limit: what they had as much of stays, so that step by step it becomes less.
    """
    for excesses in (_too_many, _too_large):
        before = {(one.place, one.of): one.amount for one in excesses(former)} if former else {}
        found = [one for one in excesses(bundle) if one.amount > before.get((one.place, one.of), 0)]
        yield from ((one.place, one.message) for one in found)
        if found:
            return


def judge_task(task: Task) -> Iterator[Finding]:
    """As `judge`, of a task that stands by itself."""
    size = _json_bytes(asdict(task)) + len(dump.TASK_FILES) * _REF_BYTES + _ROW_BYTES
    if size > limits.MAX_ROW_BYTES:
        yield "", f"The task would have {size:,} bytes; {limits.MAX_ROW_BYTES:,} are kept. Shorten its texts."


def _too_many(bundle: Bundle) -> Iterator[Excess]:
    parts = {
        "phases": (len(bundle.phases), limits.MAX_PHASES),
        "tasks": (len(bundle.tasks), limits.MAX_TASKS),
        "pages": (len(bundle.pages), limits.MAX_PAGES),
        "solutions": (len(bundle.solutions), limits.MAX_SOLUTIONS),
        "leaderboards": (len(bundle.leaderboards), limits.MAX_LEADERBOARDS),
    }
    for name, (count, most) in parts.items():
        if count > most:
            message = f"A competition may have {most} {name} at most, and this one has {count:,}. Leave some out."
            yield Excess(name, message, count)
    for board in bundle.leaderboards:
        if len(board.columns) > limits.MAX_COLUMNS:
            message = (
                f"A leaderboard may have {limits.MAX_COLUMNS} columns at most, and this one has {len(board.columns):,}."
            )
            message += " Leave some out, or make another leaderboard."
            yield Excess(f"leaderboards[{board.index}].columns", message, len(board.columns))
    if (count := len(_files(bundle))) > limits.MAX_FILES:
        message = f"The competition has {count:,} files; {limits.MAX_FILES:,} are kept. Zip those that belong together."
        yield Excess("", message, count)


def _too_large(bundle: Bundle) -> Iterator[Excess]:
    of_phases = [file for phase in bundle.phases for file in _handouts(phase)]
    of_competition = [file for file in _files(bundle) if file not in of_phases]
    yield from _row("", "The competition's settings", replace(bundle, phases=()), of_competition)
    for phase in bundle.phases:
        yield from _row("phases", f"The settings of “{phase.name[:60]}”", phase, _handouts(phase))
    progress = sum(_json_bytes(file) + _ref_bytes(file) for file in _files(bundle))
    if progress > limits.MAX_PROGRESS_BYTES:
        message = f"The list of its files would have {progress:,} bytes; {limits.MAX_PROGRESS_BYTES:,} are kept."
        yield Excess("", f"{message} Shorten their paths, or zip those that belong together.", progress, "files")
    yield from _manifest(bundle)


def _row(place: str, what: str, part: Any, files: list[File]) -> Iterator[Excess]:
    size = _json_bytes(asdict(part)) + sum(map(_ref_bytes, files)) + _ROW_BYTES
    if size > limits.MAX_ROW_BYTES:
        message = f"{what} would have {size:,} bytes; {limits.MAX_ROW_BYTES:,} are kept. Shorten texts and paths."
        yield Excess(place, message, size, what)


def _manifest(bundle: Bundle) -> Iterator[Excess]:
    """A dump writes the whole as one manifest, which is to be read again."""
    document = dump.for_codabench(dump.laid_out(bundle))
    try:
        nodes.of_values(document)
    except Unreadable as error:
        yield Excess(error.notice.key, error.notice.message, math.inf)
    written = json.dumps(document, ensure_ascii=False)
    size = len(written.encode()) + 6 * len(_ESCAPED.findall(written)) + 2 * len(_EXPONENTS.findall(written))
    if size > limits.MANIFEST_BYTES:
        message = f"All settings together would have {size:,} bytes as one file; {limits.MANIFEST_BYTES:,} are read."
        yield Excess("", f"{message} Shorten descriptions, or move them into pages.", size, "manifest")


def _files(bundle: Bundle) -> list[File]:
    """The place and the path of every file; the path is "" for what lies in the library."""
    found = [(f"pages[{index}].file", page.file) for index, page in enumerate(bundle.pages)]
    found += [(place, path) for place, path in (("terms", bundle.terms), ("image", bundle.image)) if path]
    found += [(path, path) for path in bundle.assets]
    for task in bundle.tasks:
        found += _paths(f"tasks[{task.index}]", task, dump.TASK_FILES)
    for phase in bundle.phases:
        found += _handouts(phase)
    return found + [(f"solutions[{one.index}]", one.path or "") for one in bundle.solutions]


def _handouts(phase: Phase) -> list[File]:
    return _paths(f"phases[{phase.index}]", phase, dump.HANDOUTS)


def _paths(place: str, part: Any, kinds: Iterable[str]) -> list[File]:
    return [(f"{place}.{kind}", path) for kind in kinds if (path := getattr(part, kind))]


def _ref_bytes(file: File) -> int:
    """Where a file lies: its path, and once more the end of its name."""
    return _REF_BYTES + len(json.dumps(file[1])) + len(posixpath.splitext(file[1])[1])


def _json_bytes(value: Any) -> int:
    return len(json.dumps(value, default=str))
