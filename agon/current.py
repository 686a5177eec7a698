"""The competition that commands are about when none is typed: remembered for each site by `agon use`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from agon import credentials

#: What a command calls its first argument where that is a competition, or one of its phases.
_NAMES = ("competition", "target")


def find(file: Path, api: str) -> str | None:
    """The competition that is used at a site. None when there is none."""
    return _read(file).get(api)


def keep(file: Path, api: str, competition: str | None) -> None:
    """Use a competition at a site from now on; None: none."""
    used = {**_read(file), api: competition}
    kept = {site: name for site, name in used.items() if name}
    credentials.write_private(file, json.dumps(kept, indent=2) + "\n")


def is_wanting(command: Any, context: Any, words: list[str]) -> bool:
    """True where a command is about a competition and has one argument less than it needs."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    if not arguments or arguments[0].name not in _NAMES or not arguments[0].required:
        return False
    parser = command.make_parser(context)
    # The context is that of the command's group, behind whose first word options are nobody's.
    parser.allow_interspersed_args = command.allow_interspersed_args
    given, _, _ = parser.parse_args([*words])
    needed = [one.name for one in arguments if one.required]
    return not given.get("help") and sum(not _is_given(given.get(name)) for name in needed) == 1


def _is_given(value: object) -> bool:
    # What was not typed is None, nothing, or a sign of Click's own.
    return isinstance(value, str) or (isinstance(value, (list, tuple)) and bool(value) and _is_given(value[0]))


def _read(file: Path) -> dict[str, str]:
    try:
        return {str(api): str(name) for api, name in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        # Then it is typed, or chosen again.
        return {}
