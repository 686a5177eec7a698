"""A competition of another platform, translated: a manifest of version 2, and where each file of the bundle comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from chalicelib.domain.bundle import dump
from chalicelib.domain.bundle.archive import Contents, Foreign
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.foreign.overlay import Overlay
from chalicelib.domain.bundle.model import Bundle

_ADAPTERS = Path(__file__).parent / "adapters"
MANIFEST = "competition.yaml"
PROGRAM = "scoring_program"
#: Where a task's program finds what was said of the task.
SETTINGS = "phase.json"
_COMMAND = b"command: python3 /app/program/adapter.py /app/input /app/output\n"


def adapter(name: str) -> bytes:
    """The text of the program for what came of `evalai`, `kaggle` or `ramp`: one file, for a container and not for here."""
    return (_ADAPTERS / f"{name}.py").read_bytes()


@dataclass
class Translation:
    """A competition of another platform as a bundle of version 2 in the making.

    `taken` has the paths of the new bundle, each with the member of the original that it is; `made` those that are written.
    `places` leads from a place of the manifest to that of the original which it stands for.
    """

    kind: str
    complaints: Complaints
    prefix: str
    bundle: Bundle | None = None
    taken: dict[str, str] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def take(self, path: str, original: str) -> str:
        """Have a file of the original, by its path there, stand at `path`, which is answered."""
        self.taken[path] = self.prefix + original
        return path

    def take_folder(self, path: str, originals: Iterable[str], folder: str) -> None:
        """Have the files of the original below `folder` stand below `path`."""
        for name in originals:
            self.taken[f"{path}/{name.removeprefix(f'{folder}/')}"] = self.prefix + name

    def add_adapter(self, name: str, program: str = PROGRAM, command: bytes = _COMMAND) -> None:
        """Write the program that calls the other platform's scoring, with its command."""
        self.made[f"{program}/adapter.py"] = adapter(name)
        self.made[f"{program}/metadata.yaml"] = command

    def contents(self, original: Contents) -> Contents:
        """The new bundle's archive, with what was told of the original."""
        assert original.archive is not None
        told = Foreign(
            self.kind,
            self.complaints.file,
            tuple(self.complaints.errors),
            tuple(self.complaints.warnings),
            self.places,
            self.complaints.lines,
        )
        if self.bundle is None or self.complaints.errors:
            return replace(original, foreign=told)
        made: Mapping[str, bytes] = {MANIFEST: dump.write_yaml(dump.dump(self.bundle)), **self.made}
        overlay = Overlay(original.archive, self.taken, made)
        return replace(original, archive=overlay, names=tuple(overlay.namelist()), misnamed=(), foreign=told)
