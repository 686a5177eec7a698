"""The file that somebody hands in, as its phase takes it: one plain file as it is, or a zip of whatever it was."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from agon import archive
from agon.errors import BadFile
from chalicelib.contract import plain_files


@dataclass(frozen=True)
class HandedIn:
    """The file to be sent. `plain_name` is what programs find it under, "" for a zip that is unpacked."""

    path: Path
    plain_name: str = ""

    @property
    def is_plain(self) -> bool:
        """True for one that is sent as it is."""
        return bool(self.plain_name)


@contextmanager
def ready(path: Path, extensions: Sequence[str], bar: archive.Bar = archive.no_bar) -> Iterator[HandedIn]:
    """The file that is sent of `path` to a phase that takes plain files with these extensions, or zips where there is none.

    It is there for as long as the block runs. Raises BadFile for what the phase does not take.
    """
    if not extensions or (path.is_dir() and "zip" in extensions):
        with archive.packed(path, bar) as zipped:
            yield HandedIn(zipped, plain_files.name_of("zip") if extensions else "")
        return
    if not path.exists():
        raise BadFile(f"There is no file {path}.")
    if path.is_dir():
        raise BadFile(f"This phase takes one file, {plain_files.listed(extensions)}, as it is. {path} is a folder.")
    if refusal := plain_files.refusal(path.name, extensions):
        raise BadFile(refusal)
    yield HandedIn(path, plain_files.name_of(plain_files.extension_of(path.name)))
