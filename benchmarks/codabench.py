"""A Codabench that somebody runs, as the benchmark beside it needs it: competitions made of bundles, and submissions.

Its API as its own pages ask it (codalab/codabench at c7dbc756): a file is announced, sent to a signed address, and said to
be there. A bundle is then unpacked in the background.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

_PATIENCE_SECONDS = 300


class Codabench:
    """A site, signed in as somebody who may make competitions, and who takes part in them."""

    def __init__(self, site: str, user: str, password: str) -> None:
        # Its server ends a connection that is not used for five seconds.
        self._http = httpx.Client(base_url=site, timeout=120, limits=httpx.Limits(keepalive_expiry=2))
        told = self._asked("POST", "/api/api-token-auth/", {"username": user, "password": password})
        self._http.headers["Authorization"] = f"Token {told['token']}"

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def imported(self, bundle: Path, poll_seconds: float) -> dict[str, Any]:
        """A competition made of a zip, once it is there. Raises SystemExit with what the site said."""
        status = self._sent(bundle, "competition_bundle")["status_id"]

        def found() -> int | None:
            told = self._asked("GET", f"/api/competitions/{status}/creation_status/")
            if told["status"] == "Failed":
                raise SystemExit(f"Codabench made no competition: {told['details']}")
            return int(told["resulting_competition"]) if told["resulting_competition"] else None

        return dict(self._asked("GET", f"/api/competitions/{self._awaited(found, poll_seconds)}/"))

    def upload(self, file: Path) -> str:
        """A submission's file there, not submitted yet: its key."""
        return str(self._sent(file, "submission")["key"])

    def scored(self, phase: int, key: str, poll_seconds: float) -> None:
        """Submit a file, and wait until its scores can be read. Raises SystemExit when it fails."""
        submission = self._asked("POST", "/api/submissions/", {"data": key, "phase": phase, "tasks": []})["id"]

        def found() -> bool:
            told = self._asked("GET", f"/api/submissions/{submission}/")
            if told["status"] in ("Failed", "Cancelled"):
                raise SystemExit(f"Codabench did not score: {told['status_details']}")
            # A worker says "Finished" before it sends the scores.
            return told["status"] == "Finished" and bool(told["scores"])

        self._awaited(found, poll_seconds)

    def _sent(self, file: Path, kind: str) -> dict[str, Any]:
        facts = {
            "type": kind,
            "request_sassy_file_name": file.name,
            "file_name": file.name,
            "file_size": file.stat().st_size,
        }
        begun = self._asked("POST", "/api/datasets/", facts)
        with file.open("rb") as content:
            headers = {"Content-Type": "application/zip", "Content-Length": str(facts["file_size"])}
            httpx.put(begun["sassy_url"], content=content, headers=headers, timeout=120).raise_for_status()
        return dict(self._asked("PUT", f"/api/datasets/completed/{begun['key']}/"))

    def _asked(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            answer = self._http.request(method, path, json=body)
        except httpx.ReadError:
            # It drops one now and then. What only asks is asked again.
            if method != "GET":
                raise
            return self._asked(method, path)
        if not answer.is_success:
            raise SystemExit(f"Codabench answers {answer.status_code} at {path}: {answer.text[:300]}")
        return dict(answer.json())

    @staticmethod
    def _awaited(found: Callable[[], Any], poll_seconds: float) -> Any:
        began = time.perf_counter()
        while time.perf_counter() - began < _PATIENCE_SECONDS:
            if told := found():
                return told
            time.sleep(poll_seconds)
        raise SystemExit(f"Codabench was not done within {_PATIENCE_SECONDS} s. Do its workers run?")
