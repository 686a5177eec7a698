"""The command line as a person runs it, at a fake API, with a home folder of its own."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from agon.tree import app
from tests.unit.fake_api import FakeApi

COLUMNS = [
    {"key": "error", "title": "Error", "index": 1, "sorting": "asc", "precision": 1, "primary": False},
    {"key": "accuracy", "title": "Accuracy", "index": 0, "sorting": "desc", "precision": 3, "primary": True},
]
SESSION = {"access_token": "a-token", "refresh_token": "r-token", "expires_in_seconds": 3600}
ME = {"id": "1", "username": "ada", "is_admin": False, "signed_in_with": "session"}
NOW = "2026-11-23T12:00:00Z"


@dataclass
class Ran:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The last line of standard output."""
        return json.loads(self.out.splitlines()[-1])

    @property
    def said(self) -> str:
        """Standard error without its panels' frames and line breaks."""
        return " ".join(self.err.replace("│", " ").split())


@dataclass
class CommandLine:
    """`agon` on somebody's machine."""

    home: Path
    api: FakeApi
    environ: dict[str, str | None] = field(default_factory=dict)

    def __call__(self, *words: str, stdin: str = "", **environ: str) -> Ran:
        clean = {"AGON_TOKEN": None, "AGON_API": self.api.url, "AGON_CONFIG": str(self.home / "config")}
        known = {**clean, "AGON_STATE": str(self.home / "state"), "NO_COLOR": "1", **self.environ, **environ}
        result = CliRunner().invoke(app, [*words], input=stdin, env={name: value or None for name, value in known.items()})
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    @property
    def credentials(self) -> Path:
        return self.home / "config/credentials.json"


def phase(index: int = 0, state: str = "open", judged: bool = False) -> dict[str, Any]:
    limits = {"max_submissions_per_day": 5, "max_submissions": None, "execution_time_limit_seconds": 60}
    times = {"starts_at": NOW, "ends_at": None}
    name = {"id": f"c-{index}", "index": index, "name": f"Part {index}", "description": ""}
    return {
        **name,
        "state": state,
        "judged": judged,
        "keeps_best_and_last_only": False,
        "licence_at_end": None,
        **times,
        **limits,
    }


def competition(*phases: dict[str, Any], my_status: str | None = "approved") -> dict[str, Any]:
    card = {"id": "c", "title": "Iris [1]", "description": "Flowers.", "organizer": "olga", "published": True}
    setup = {"key": "main", "title": "Results", "submission_rule": "Force_Best", "columns": COLUMNS}
    more = {"starts_at": NOW, "ends_at": None, "participants": 2, "registration_auto_approve": True, "docker_image": "i"}
    more |= {"tags": [], "reward": None, "featured": False}
    parts = {
        "phases": list(phases) or [phase()],
        "leaderboard": setup,
        "pages": [],
        "fact_sheet": [],
        "registration_questions": [],
    }
    return {**card, **more, **parts, "my_status": my_status, "my_reason": "", "terms": None}


def submission(status: str = "Finished", **more: Any) -> dict[str, Any]:
    ids = {"id": "s", "competition": "c", "phase": "c-0", "participant": "ada", "name": "mine", "status": status}
    times = {"attempt": 1, "size_bytes": 1500, "created_at": NOW, "finished_at": None}
    outcome = {"scores": {}, "notes": [], "fault": None, "reason": "", "steps": []}
    sharing = {"public": False, "licence": None, "forked_from": None}
    return {**ids, **times, **outcome, **sharing, **more}


def takes_uploads(api: FakeApi) -> None:
    """Make the API and its storage take one file."""
    post = {"url": f"{api.address}/storage", "fields": {"key": "k"}}
    api.on("POST", "/uploads", {"id": "u", "method": "post", "post": post, "parts": []}, 201)
    api.on("POST", "/storage", None, 204)
    committed = {"id": "u", "state": "committed", "filename": "a.zip", "size_bytes": 1, "sha256": "0"}
    api.on("POST", "/uploads/u/commit", committed)
