"""An archive that is made of another one: some of its members under other names, and texts that were written for it.

Nothing is copied and nothing is held but the texts: whoever opens a member reads the original's.
"""

import copy
import io
import stat
import zipfile
from collections.abc import Mapping
from typing import IO

from chalicelib.domain.bundle.archive import Archive

_MODE = (stat.S_IFREG | 0o644) << 16


class Overlay(Archive):
    """The members `taken` of an archive, each under its new name, and what was `made`, which goes before."""

    def __init__(self, archive: Archive, taken: Mapping[str, str], made: Mapping[str, bytes]):
        self._archive = archive
        self._made = dict(made)
        self._taken = {name: archive.getinfo(original) for name, original in taken.items() if name not in made}
        members = {name: _renamed(original, name) for name, original in self._taken.items()}
        self._members = members | {name: _written(name, content) for name, content in self._made.items()}

    def infolist(self) -> list[zipfile.ZipInfo]:
        return list(self._members.values())

    def namelist(self) -> list[str]:
        return list(self._members)

    def getinfo(self, name: str, /) -> zipfile.ZipInfo:
        return self._members[name]

    def open(self, name: str | zipfile.ZipInfo, /) -> IO[bytes]:
        path = name if isinstance(name, str) else name.filename
        return io.BytesIO(self._made[path]) if path in self._made else self._archive.open(self._taken[path])


def _renamed(original: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    member = copy.copy(original)
    member.filename = name
    return member


def _written(name: str, content: bytes) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr, member.file_size, member.header_offset = _MODE, len(content), 0
    return member
