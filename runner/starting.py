"""The reason why a command could not be started. The first process of a container starts it, and tells by an exit
code that any program may end with, too: so the image is looked at, which no program can change.
"""

import base64
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from docker import APIClient

from chalicelib.contract import layout
from runner.container import Container, shape
from runner.errors import RunnerError

#: How a command ends that cannot be executed, or is not there.
EXIT_CODES = (126, 127)
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_EXECUTABLE = 0o111
_ENTERED_BY_ALL = 0o001


class CannotStart(RunnerError):
    """A container's command is not in its image, or cannot be executed. Its text says which, as a sentence."""


@dataclass(frozen=True)
class _ImageFile:
    """A file of an image, with where it lies when all links are followed."""

    path: str
    target: str
    mode: int


def check_own(container: Container, working_dir: str) -> None:
    """Look at a command that is a file of the program itself, before it runs and can change it. Raises CannotStart."""
    path = os.path.normpath(os.path.join(working_dir, container.command[0]))
    if "/" not in container.command[0] or not path.startswith(f"{layout.PROGRAM}/"):
        return
    file = container.program / path.removeprefix(f"{layout.PROGRAM}/")
    if file.is_symlink():
        return  # Made by an earlier command, and means something in the container alone.
    if not file.is_file():
        raise CannotStart(f"There is no {_named(container.command[0])} in the program.")
    if not file.stat().st_mode & _EXECUTABLE:
        raise CannotStart(f"{_named(container.command[0])} is not executable: chmod +x before it is zipped.")


def check_image(
    docker: APIClient, created: str, inspected: Mapping[str, Any], container: Container, entrypoint: Sequence[str] | None
) -> None:
    """Look in its image for the command of a container that ended with one of EXIT_CODES; `entrypoint` is None where the
    engine knows it.

    Raises CannotStart, unless it could be started and ended so by itself.
    """
    name = inspected["Path"] if entrypoint is None else [*entrypoint, *container.command][0]
    working_dir = inspected["Config"].get("WorkingDir") or "/"
    # What was put into a container that had waited is not there any more for the engine.
    places = [layout.PROGRAM] if entrypoint is None else shape(container).paths
    path = os.path.normpath(os.path.join(working_dir, name))
    if "/" in name and any(path.startswith(f"{place}/") for place in places):
        return
    candidates = _places(name, working_dir, inspected["Config"].get("Env") or ())
    found = [file for file in (_look(docker, created, path) for path in candidates) if file]
    if not found:
        raise CannotStart(f"There is no {_named(name)} in the image.")
    reasons = [_refusal(docker, created, file) for file in found]
    if all(reasons):
        raise CannotStart(reasons[0])


def _places(name: str, working_dir: str, environment: Sequence[str]) -> list[str]:
    if "/" in name:
        return [os.path.join(working_dir, name)]
    return [os.path.join(folder, name) for folder in path_of(environment).split(":") if folder]


def path_of(environment: Sequence[str]) -> str:
    """The folders where an image's programs are looked for, by colons."""
    paths = [entry.removeprefix("PATH=") for entry in environment if entry.startswith("PATH=")]
    return paths[0] if paths else _PATH


def _refusal(docker: APIClient, created: str, file: _ImageFile) -> str:
    """Why a program that is not root cannot execute a file; "" when it can."""
    for folder in _folders(file):
        entered = _look(docker, created, folder)
        if entered and not entered.mode & _ENTERED_BY_ALL:
            return (
                f"{file.path} is there, but {folder} is closed to all but its owner, and programs do not run as root: make "
                f"what they need readable for everybody when the image is built (chmod -R a+rX {folder})."
            )
    target = _look(docker, created, file.target)
    return "" if target and target.mode & _EXECUTABLE else f"{file.path} is not executable."


def _folders(file: _ImageFile) -> Iterator[str]:
    """Those that lead to a file and to where it lies, from the outermost."""
    for path in dict.fromkeys((file.path, file.target)):
        yield from (str(folder) for folder in list(reversed(PurePosixPath(path).parents))[1:])


def _look(docker: APIClient, created: str, path: str) -> _ImageFile | None:
    """A file of a container's, as the engine sees it: also where no program may. None when it is not there."""
    # Docker's client knows only the call that brings the content along.
    address = f"{docker.base_url}/v{docker.api_version}/containers/{created}/archive"
    answer = docker.head(address, params={"path": path})
    if answer.status_code != 200:
        return None
    told = json.loads(base64.b64decode(answer.headers["X-Docker-Container-Path-Stat"]))
    return _ImageFile(path, told.get("linkTarget") or path, int(told["mode"]))


def _named(command: str) -> str:
    """A stranger's word, in one line and not for ever."""
    return repr(command[:200])
