"""Programs of a bundle, opened: what would keep a runner from starting them (FORMATS 2.1, 2.2).

Their metadata files are read by the rules that a runner goes by, so neither knows better. All of it is told, and none of it
is an error (ADR 23).
"""

import io
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from zipfile import ZipInfo

from chalicelib.contract import archives, layout, limits
from chalicelib.contract.archives import shown
from chalicelib.contract.job import Stage
from chalicelib.contract.litter import is_litter
from chalicelib.contract.programs import commands, substitutions
from chalicelib.domain.bundle import archive, network_calls, yaml_text
from chalicelib.domain.bundle.archive import Contents
from chalicelib.domain.bundle.network_calls import SCRIPTS, Budget
from chalicelib.domain.bundle.nodes import Unreadable
from chalicelib.domain.bundle.packing import Members
from chalicelib.domain.bundle.reading import ProgramUse
from chalicelib.domain.bundle.scalars import plain

_METADATA_BYTES = 64 * 1024
_SHELLS = ("sh", "bash")
_SHELL_WORDS = frozenset({"&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1"})
_WORD = re.compile(r"\$[A-Za-z_]\w*", re.ASCII)
#: What most programs are started by, however their versions are called, and how much alike a slip of one is.
_USUAL = ("python", "python3", "bash", "sh", "Rscript", "java", "julia", "perl", "ruby", "node", "mpirun", "torchrun")
_SPELLED = {name.lower(): name for name in _USUAL}
#: What looks like a slip of these and is none.
_OTHERS = frozenset({"ash", "csh", "dash", "fish", "ksh", "zsh", "ipython", "javac", "nodejs"})
_VERSION = re.compile(r"(?<=[a-z])[\d.]+$")
_ALIKE = 0.75
#: Flags behind which no script stands, but code or a module's name.
_INSTEAD = frozenset({"-c", "-m", "-e", "-jar"})
_EXAMPLE = "Write one with the line `command: python3 $program/score.py`."


@dataclass(frozen=True)
class OpenedProgram:
    """A program's files, by their paths where a runner unpacks it. One in a folder is seen by the names alone, too."""

    contents: Contents
    files: Mapping[str, ZipInfo]
    is_folder: bool = False

    def read(self, path: str, max_bytes: int) -> bytes:
        """The beginning of a file; nothing of one that is damaged, of which whoever copies it tells."""
        content = self.contents.read(self.files[path].filename, max_bytes)
        return content if isinstance(content, bytes) else b""


def judge(uses: Sequence[ProgramUse], contents: Contents, prefix: str) -> Iterator[tuple[str, str]]:
    """The remarks to be told of a bundle's programs: the place that names each, and a sentence."""
    assert contents.archive is not None
    members, texts, room = Members(contents.archive, prefix), Budget(), _Room()
    for use in _distinct(uses):
        if program := _opened(use.path, contents, members, room):
            for sentence in (*_hindrances(use, program), *network_calls.found(use, program, texts)):
                yield use.place, f"In `{shown(use.path)}`: {sentence}"


@dataclass
class _Room:
    """The budget of what may still be opened: bytes of archives, and files of programs."""

    bytes: int = limits.MAX_NESTED_BYTES
    files: int = limits.MAX_ENTRIES


def _distinct(uses: Sequence[ProgramUse]) -> Iterable[ProgramUse]:
    """Of tasks that have a program in common, and run it in the same way, the first."""
    found: dict[tuple[object, ...], ProgramUse] = {}
    for use in uses:
        found.setdefault((use.path, use.kind, use.task.contract, use.task.network), use)
    return found.values()


def _opened(path: str, contents: Contents, members: Members, room: _Room) -> OpenedProgram | None:
    """None for an archive that cannot be read, of which whoever copies it tells, and for what there is no room for."""
    if inside := members.below(path):
        room.files -= len(inside)
        cut = len(PurePosixPath(members.prefix + path).parts)
        return OpenedProgram(contents, _unwrapped(_parted(inside, cut)), is_folder=True) if room.files >= 0 else None
    file = members.file(path)
    room.bytes -= file.file_size
    content = contents.read(file.filename, file.file_size) if room.bytes >= 0 else None
    inner = archive.inspect(io.BytesIO(content), deep=False) if isinstance(content, bytes) else Contents()
    if inner.archive is None or inner.errors:
        return None
    room.files -= len(inner.names)
    return OpenedProgram(inner, _unwrapped(_parted(inner.archive.infolist(), 0))) if room.files >= 0 else None


def _parted(members: Sequence[ZipInfo], cut: int) -> dict[tuple[str, ...], ZipInfo]:
    """Files by the parts of their paths, without the first `cut`, and without what a runner passes over."""
    files = {archives.parts_of(member)[cut:]: member for member in members if not archives.is_folder(member)}
    return {parts: member for parts, member in files.items() if parts and not is_litter(parts)}


def _unwrapped(files: Mapping[tuple[str, ...], ZipInfo]) -> dict[str, ZipInfo]:
    """As a runner does: without the one folder around everything, when that has the metadata file."""
    tops = {parts[0] for parts in files if not parts[0].startswith(".")}
    top = next(iter(tops), "")
    is_wrapped = len(tops) == 1 and any((top, name) in files for name in layout.METADATA_NAMES)
    return {posixpath.join(*parts[is_wrapped:]): file for parts, file in files.items() if parts[is_wrapped:]}


def _hindrances(use: ProgramUse, program: OpenedProgram) -> Iterator[str]:
    name = next((name for name in layout.METADATA_NAMES if name in program.files), None)
    if name is None:
        if not program.is_folder:
            yield f"It has neither {' nor '.join(layout.METADATA_NAMES)} at its root, so nothing can start it. {_EXAMPLE}"
        return
    words = substitutions(use.step, Stage.SCORING if use.step == "scoring" else Stage.PREDICTION, use.task.contract)
    try:
        node, _ = yaml_text.load(program.read(name, _METADATA_BYTES))
        found = commands(plain(node), words)
    except Unreadable as error:
        line = f" (line {error.notice.line})" if error.notice.line else ""
        yield f"Its {name} cannot be read{line}, so nothing can start it. {error.notice.message}"
        return
    except ValueError as error:
        yield f"Nothing can start it. {error}"
        return
    for command in found:
        yield from _odd_words(command)
        yield from _missing(command, use, program)


def _odd_words(command: Sequence[str]) -> Iterator[str]:
    if posixpath.basename(command[0]) in _SHELLS:
        return
    for word in command:
        if word in _SHELL_WORDS:
            yield f"`{word}` is handed to the program as it stands: no shell runs the command. Write a list of commands."
        if unknown := _WORD.search(word):
            yield f"`{shown(unknown[0])}` stands for nothing in a command, and is handed to the program as it stands."


def _missing(command: Sequence[str], use: ProgramUse, program: OpenedProgram) -> Iterator[str]:
    """The program itself and the script that an interpreter is given, where they should lie in the program."""
    if meant := _misspelled(command[0]):
        yield f"Its command begins with `{shown(command[0])}`, which images hardly have. Is `{meant}` meant?"
    for word in (command[0], _script(command)):
        path = _path_of(word, use)
        if path is not None and path not in program.files:
            yield f"Its command names `{shown(path)}`, which it does not have."


def _misspelled(word: str) -> str:
    """What is meant by the name of a program that is almost that of a usual one; "" for any other."""
    name = _VERSION.sub("", word)
    if "/" in word or name in _USUAL or name in _OTHERS or word.lower().endswith(SCRIPTS):
        return ""
    return next((_SPELLED[found] for found in get_close_matches(word.lower(), _SPELLED, 1, _ALIKE)), "")


def _script(command: Sequence[str]) -> str:
    """The word behind a program's name and flags; "" where a flag gives an interpreter something else than a script."""
    words = command[1:]
    if any(word in _INSTEAD for word in words):
        return words[0]
    return next((word for word in words if not word.startswith("-")), "")


def _path_of(word: str, use: ProgramUse) -> str | None:
    """Where a word of a command leads in the program; None for what is no file of it."""
    roots = [layout.PROGRAM, *([layout.INGESTION_PROGRAM] if use.step == "ingestion" else [])]
    for root in roots:
        if word.startswith(f"{root}/"):
            return posixpath.normpath(word.removeprefix(f"{root}/"))
    if word.startswith("./") and use.task.contract != "1":
        return posixpath.normpath(word)
    # Version 1 begins in the folder around the program.
    if use.task.contract == "1" or word.startswith(("/", "-")) or not word.lower().endswith(SCRIPTS):
        return None
    return posixpath.normpath(word)
