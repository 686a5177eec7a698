"""The files of an archive as programs find them once it is unpacked: without what operating systems leave in zips, and a
program without the folder around it."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.contract import archives, layout
from chalicelib.contract.litter import is_litter


@dataclass(frozen=True)
class Member:
    """An entry, and the path that it is unpacked to, in parts."""

    info: zipfile.ZipInfo
    parts: tuple[str, ...]

    @property
    def is_folder(self) -> bool:
        """True for the entry of a folder itself."""
        return archives.is_folder(self.info)


@dataclass(frozen=True)
class Contents:
    """The files that are unpacked, and the oddities of the archive: names of files that were passed over, the folder around
    everything that was taken off, or the one that was left as it is; "" for none."""

    members: tuple[Member, ...]
    litter: tuple[str, ...] = ()
    taken_off: str = ""
    wrapping: str = ""


def of(source: zipfile.ZipFile) -> Contents:
    """The contents of an archive without `archives.dangers`."""
    entries = [Member(info, parts) for info in source.infolist() if (parts := archives.parts_of(info))]
    wanted = [entry for entry in entries if not is_litter(entry.parts)]
    litter = tuple(entry.info.filename for entry in entries if is_litter(entry.parts) and not entry.is_folder)
    wrapping = _wrapping(wanted)
    if any(entry.parts == (wrapping, name) for entry in wanted for name in layout.METADATA_NAMES):
        return Contents(tuple(_inside(wrapping, wanted)), litter, taken_off=wrapping)
    return Contents(tuple(wanted), litter, wrapping=wrapping)


def _wrapping(entries: Sequence[Member]) -> str:
    """The one folder that holds everything but hidden files: many people zip the folder and not what is in it."""
    tops = {entry.parts[0] for entry in entries if not entry.parts[0].startswith(".")}
    if len(tops) != 1:
        return ""
    [top] = tops
    return top if any(entry.parts[0] == top and len(entry.parts) > 1 for entry in entries) else ""


def _inside(folder: str, entries: Sequence[Member]) -> list[Member]:
    inner = [(entry.info, entry.parts[1:]) for entry in entries if entry.parts[0] == folder]
    return [Member(info, parts) for info, parts in inner if parts]
