"""Calls in programs that need a network, found line by line by their words: containers have none unless a task says so."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from chalicelib.contract import layout
from chalicelib.contract.archives import shown
from chalicelib.domain.bundle.reading import ProgramUse

#: What scripts end in, in small letters.
SCRIPTS = (".py", ".sh", ".bash", ".r", ".jl", ".pl")
#: Bytes of one file that are looked at, and of all files of a bundle; so many calls in a file are counted.
_FILE_BYTES = 256 * 1024
_ALL_BYTES = 4 * 1024**2
_MAX_CALLS = 100
_LINE_CHARACTERS = 200

# Every repetition has an end: nobody's text is to take long.
_GAP = r"""["',\s]{1,20}"""
_FLAGS = rf"(?:-[\w-]{{1,40}}{_GAP}){{0,8}}"
DOWNLOADS = "downloads something"
_CALLS: Mapping[str, re.Pattern[str]] = {
    "installs packages": re.compile(
        rf"\b(?:pip[23]?|conda|mamba|apt|apt-get|apk|yum|dnf){_GAP}{_FLAGS}(?:install|add)\b|\bpip(?:\._internal)?\.main\(|"
        r"\binstall\.packages\("
    ),
    DOWNLOADS: re.compile(
        rf"""\b(?:wget|curl|aria2c){_GAP}{_FLAGS}["']?(?:https?:|ftp:|\$)|\bgit{_GAP}clone\b|\burl(?:retrieve|open)\(|"""
        r"\brequests\.(?:get|post|request)\(|\bgdown\.\w{1,40}\(|\bnltk\.download\(|"
        r"\b(?:hf_hub_download|snapshot_download|load_state_dict_from_url|download\.file)\(|\bdownload ?= ?True\b"
    ),
}


class ProgramFiles(Protocol):
    """A program that can be read."""

    @property
    def files(self) -> Mapping[str, object]: ...

    def read(self, path: str, max_bytes: int) -> bytes: ...


@dataclass
class Budget:
    """The bytes of programs that are still looked at."""

    left: int = _ALL_BYTES


def found(use: ProgramUse, program: ProgramFiles, budget: Budget) -> Iterator[str]:
    """A sentence for each kind of call, which quotes the first one."""
    if use.step in use.task.network:
        return
    told: dict[str, list[str]] = {}
    for path in sorted(program.files):
        if (path in layout.METADATA_NAMES or path.lower().endswith(SCRIPTS)) and budget.left > 0:
            text = program.read(path, min(_FILE_BYTES, budget.left))
            budget.left -= len(text)
            for what, where in calls(path, text.decode("utf-8", "replace")):
                told.setdefault(what, []).append(where)
    for what, places in told.items():
        more = f", and so do {len(places) - 1} more lines" if len(places) > 1 else ""
        yield f"{places[0]} {what}{more}: containers have no network. {_advice(use)}"


def calls(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Each call of a script: what it does, and its line as it is quoted."""
    for what, pattern in _CALLS.items():
        for call in islice(pattern.finditer(text), _MAX_CALLS):
            begins = text.rfind("\n", 0, call.start()) + 1
            line = text[begins : begins + _LINE_CHARACTERS].partition("\n")[0].strip()
            if not line.startswith("#"):
                number = text.count("\n", 0, begins) + 1
                yield what, f"`{shown(line)}` ({shown(posixpath.basename(path))}, line {number})"


def _advice(use: ProgramUse) -> str:
    if use.task.contract == "1":
        return "Put what it needs into the image."
    return f"Put what it needs into the image, or let the step have one: `agon: {{network: [{use.step}]}}`."
