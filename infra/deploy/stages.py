"""What a stage is told: infra/stages/NAME.toml. Stages stand side by side in one account, as stacks agon-NAME."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agon.errors import StackFailed

#: A stack's name may have 40 characters (docs/administrators.md), and names of buckets have no others than these.
_NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
ARCHITECTURES = ("arm64", "x86_64")
_FIRST_WITH_SNAPSHOTS = (3, 12)
#: What `aws cloudformation deploy` takes, as long as queues can be named after it.
_STACK_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")
_KEYS = {
    "stack_name",
    "region",
    "python",
    "architecture",
    "snap_start",
    "hosts_console",
    "watch_minutes",
    "stack",
    "console",
}


@dataclass(frozen=True)
class Stage:
    """One site of an account: the stack agon-NAME, or one that stands already and is `called` otherwise.

    Without a `region` it stands where the account's own configuration says. `python` and `architecture` are what Lambda
    runs, and with `snap_start` the API from a snapshot of itself; `stack` are parameters of template.yaml, `console` those
    of infra/console.yaml, which is deployed where the stage `hosts_console`. For so many `watch_minutes` an update is undone
    when an alarm rings. What is not there gets the template's default.
    """

    name: str
    called: str = ""
    region: str | None = None
    python: str = "3.13"
    architecture: str = "arm64"
    snap_start: bool = False
    hosts_console: bool = True
    watch_minutes: int = 15
    stack: Mapping[str, str] = field(default_factory=dict)
    console: Mapping[str, str] = field(default_factory=dict)

    @property
    def stack_name(self) -> str:
        """The name of its stack."""
        return self.called or f"agon-{self.name}"

    @property
    def console_name(self) -> str:
        """The name of its console's stack."""
        return f"{self.stack_name}-console"


def read(folder: Path, name: str) -> Stage:
    """The stage of this name. Raises StackFailed with a sentence about what its file says."""
    if not _NAME.fullmatch(name):
        raise StackFailed(f'"{name}" cannot name a stage: small letters, digits and hyphens, 30 at most, a letter first.')
    path = folder / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise StackFailed(f"{path} is not there. Make it, after the pattern of another one: {known}.") from error
    except ValueError as error:
        raise StackFailed(f"{path} cannot be read: {error}") from error
    return _stage(name, path, content)


def _stage(name: str, path: Path, content: Mapping[str, Any]) -> Stage:
    if unknown := content.keys() - _KEYS:
        raise StackFailed(
            f"{path}: {', '.join(sorted(unknown))} is nothing that a stage has. It has {', '.join(sorted(_KEYS))}."
        )
    if content.get("architecture", ARCHITECTURES[0]) not in ARCHITECTURES:
        raise StackFailed(f"{path}: architecture is one of {', '.join(ARCHITECTURES)}.")
    python, snap_start = content.get("python", Stage.python), content.get("snap_start", False)
    if snap_start and tuple(map(int, python.split("."))) < _FIRST_WITH_SNAPSHOTS:
        raise StackFailed(
            f'{path}: Lambda starts Python {python} from no snapshot. snap_start needs python = "3.12" or newer.'
        )
    called = content.get("stack_name", "")
    if called and not _STACK_NAME.fullmatch(called):
        raise StackFailed(f'{path}: "{called}" names no stack: letters, digits and hyphens, 40 at most, a letter first.')
    tables = {key: _parameters(content.get(key, {})) for key in ("stack", "console")}
    told = {key: value for key, value in content.items() if key != "stack_name"}
    return Stage(**{**told, "name": name, "called": called, **tables})


def _parameters(told: Mapping[str, Any]) -> dict[str, str]:
    # CloudFormation takes texts alone, and writes true and false as JSON does.
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in told.items()}
