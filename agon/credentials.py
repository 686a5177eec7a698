"""Sign-ins on this machine: one JSON file, readable by its owner only, with an entry for each API address."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from agon import api_types as api


@dataclass(frozen=True)
class SignIn:
    """One sign-in. A personal access token stands in `access_token` alone; `expires_at` is in seconds since 1970."""

    username: str
    access_token: str
    refresh_token: str | None = None
    expires_at: float | None = None

    @classmethod
    def from_answer(cls, username: str, answer: api.Session, refresh_token: str | None = None) -> SignIn:
        """From what POST /sessions answers. A refresh may answer no new refresh token: then the old one stays."""
        return cls(
            username=username,
            access_token=answer["access_token"],
            refresh_token=answer.get("refresh_token") or refresh_token,
            expires_at=time.time() + answer["expires_in_seconds"],
        )

    @property
    def is_stale(self) -> bool:
        """True when the access token ends within the next 30 seconds."""
        return self.expires_at is not None and time.time() > self.expires_at - 30


class _Content(TypedDict):
    """The file's. `api` is the address of the latest sign-in; `sessions` are by address."""

    api: str | None
    sessions: dict[str, dict[str, Any]]


def find(path: Path, api: str) -> SignIn | None:
    """The sign-in for an API, or None."""
    entry = _read(path)["sessions"].get(api)
    return SignIn(**entry) if entry else None


def last_api(path: Path) -> str | None:
    """The address of the latest sign-in, or None."""
    return _read(path)["api"]


def keep(path: Path, api: str, session: SignIn, as_default: bool = True) -> None:
    """Store a sign-in, and make its API the default."""
    content = _read(path)
    content["sessions"][api] = asdict(session)
    if as_default:
        content["api"] = api
    _write(path, content)


def forget(path: Path, api: str) -> bool:
    """Remove a sign-in; True when there was one."""
    content = _read(path)
    if content["sessions"].pop(api, None) is None:
        return False
    if content["api"] == api:
        content["api"] = None
    _write(path, content)
    return True


def write_private(path: Path, text: str) -> None:
    """Replace a file by one that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def _read(path: Path) -> _Content:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {"api": content.get("api"), "sessions": dict(content["sessions"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # A broken file is as good as none: the person signs in again.
        return {"api": None, "sessions": {}}


def _write(path: Path, content: _Content) -> None:
    write_private(path, json.dumps(content, indent=2) + "\n")
