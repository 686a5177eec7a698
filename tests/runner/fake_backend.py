"""A backend over real HTTP that speaks docs/protocol.md, checks every word it hears, and can be told to misbehave.

It is the object store as well: signed URLs are URLs of this server.
"""

import email
import email.policy
import hashlib
import itertools
import json
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from chalicelib.contract import images
from chalicelib.contract import uploads as contract

RUNNER_TOKEN = "agonr_test"
#: A machine that does much else takes its time: nothing that is to come is waited for any shorter.
PATIENCE_SECONDS = 60.0
OUTCOME_KEYS = {"fault", "reason", "scores", "notes", "steps", "uploaded", "host"}
STEP_KEYS = {"name", "exit_code", "seconds", "cpu_seconds", "peak_memory_bytes", "peak_gpu_memory_bytes", "image_digest"}
SIZES = {
    **dict.fromkeys(contract.ARCHIVES, 2**24),
    **dict.fromkeys(contract.LOGS, 2**21),
    **dict.fromkeys((contract.DETAILED_RESULTS, contract.RESULTS), 2**20),
}


@dataclass
class Attempt:
    """One submission as the backend knows it, and everything that a runner told about it."""

    job: dict[str, Any]
    #: Whoever claimed it last.
    runner: str = ""
    claims: int = 0
    finishes: int = 0
    lease_ends: float = 0.0
    #: Of attempts that were given up.
    old_tokens: set[str] = field(default_factory=set)
    heartbeats: list[dict[str, Any]] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    #: Every upload in its order, with when it came: what is sent while a job runs is sent again.
    sent: list[tuple[str, bytes, float]] = field(default_factory=list)
    outcome: dict[str, Any] | None = None
    abort_reason: str | None = None
    cancelled: bool = False
    taken_away: bool = False
    over: threading.Event = field(default_factory=threading.Event)
    claimed: threading.Event = field(default_factory=threading.Event)


class FakeBackend:
    """`url` is what AGON_API would be. `complaints` holds every breach of the protocol: a test ends with none."""

    def __init__(self) -> None:
        self.attempts: dict[str, Attempt] = {}
        self.files: dict[str, bytes] = {}
        self.complaints: list[str] = []
        self.calls: list[str] = []
        #: The calls about jobs with the request that each named.
        self.named: list[tuple[str, str | None]] = []
        self.presences: list[dict[str, Any]] = []
        self.nothing_fits = False
        #: What an idle runner is told to claim.
        self.waiting: str | None = None
        self.queue_url = ""
        self.session_status = 200
        #: The versions of the protocol that the site speaks, and by which status it refuses another.
        self.versions: tuple[int, ...] = (1, 2, 3)
        self.refusing_versions_by = 426
        #: What the last session agreed on.
        self.spoken = 0
        self.notice = ""
        self.session_seconds = 3600.0
        self.clock_behind_seconds = 0.0
        #: The runner token is known no more; attempts keep theirs.
        self.revoked = False
        self.failures: dict[str, int] = {}
        #: How many downloads break off half-way.
        self.cuts = 0
        self.downloads = 0
        #: Until then, by the monotonic clock, each call of the API is answered by 503.
        self.away_until = 0.0
        #: Called with the attempt when a runner has come so far: see `reach`.
        self.on: dict[str, Callable[[Attempt], object]] = {}
        #: Sealed submissions that are let out, and what of each was said to be sent.
        self.to_release: set[str] = set()
        self.released: dict[str, dict[str, Any]] = {}
        self._policies = itertools.count(1)
        self._expired_policies: set[str] = set()
        #: While cleared, nobody gets a file.
        self.flowing = threading.Event()
        self.flowing.set()
        backend = self

        class Handler(_Handler):
            site = backend

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.url = f"{self.origin}/stage/api"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.flowing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def offer_file(self, content: bytes) -> dict[str, Any]:
        """A File of the protocol that can be downloaded here."""
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        return {"url": f"{self.origin}/files/{digest}?X-Amz-Signature=s3cret", "sha256": digest, "size_bytes": len(content)}

    def add(
        self, submission: str, image: str, archive: dict[str, Any], steps: list[dict[str, Any]], **changes: Any
    ) -> Attempt:
        """A submission that waits for a runner."""
        job = {
            "submission": submission,
            "attempt": 1,
            "token": f"agona_{submission}",
            "competition": "c",
            "phase": "c-0",
            "task": "0",
            "image": image,
            "archive": archive,
            "steps": steps,
            "uploads": self.uploads_of(submission),
            "lease_seconds": 60,
            "heartbeat_seconds": 1,
            "contract": "2",
            "score_failed_predictions": True,
            "tells_errors": True,
            "tells_predictions": True,
            "sealed": False,
            "registry": None,
            "registries": list(images.REGISTRIES),
            "site_image": "",
            "record": {},
            "expects": None,
            "plain_file": "",
        }
        self.attempts[submission] = Attempt({**job, **changes})
        return self.attempts[submission]

    def uploads_of(self, submission: str) -> dict[str, Any]:
        policy = f"p-{next(self._policies)}"
        return {
            name: {"url": f"{self.origin}/objects", "fields": {"key": self._key(submission, name), "policy": policy},
                   "max_bytes": size}
            for name, size in SIZES.items()
        }  # fmt: skip

    def _key(self, submission: str, name: str) -> str:
        return f"{submission}/{name}/{contract.ANY_NAME}" if name == contract.RESULTS else f"{submission}/{name}"

    def expire_uploads(self) -> None:
        """Refuse every upload that was signed until now."""
        self._expired_policies = {f"p-{number}" for number in range(next(self._policies))}

    def is_expired(self, policy: str) -> bool:
        return policy in self._expired_policies

    def reach(self, point: str, attempt: Attempt) -> bool:
        """A runner has come so far: "claim", "claimed", "download", "heartbeat prediction", "upload", "finish", "finished";
        True when its call is to be forgotten. A point in the past tense is reached when the call has had its effect."""
        return point in self.on and bool(self.on[point](attempt))

    def sweep(self) -> list[str]:
        """Give up the attempts whose lease has expired, as the API does; the submissions that wait for a runner again."""
        lost = {
            name: attempt
            for name, attempt in self.attempts.items()
            if attempt.claims and not attempt.over.is_set() and attempt.lease_ends < time.monotonic()
        }
        for attempt in lost.values():
            attempt.old_tokens.add(attempt.job["token"])
            number = attempt.job["attempt"] + 1
            attempt.job = {**attempt.job, "attempt": number, "token": f"{attempt.job['token']}-{number}"}
            attempt.claims, attempt.uploads = 0, {}
        return list(lost)

    def complain(self, sentence: str) -> None:
        self.complaints.append(sentence)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A runner that was killed hears no answer.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    site: FakeBackend
    protocol_version = "HTTP/1.1"
    # Without it each small answer waits for the other side's delayed acknowledgement.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) - self.site.clock_behind_seconds)

    def do_GET(self) -> None:
        digest = self.path.split("?")[0].removeprefix("/files/")
        content = self.site.files.get(digest)
        if "Authorization" in self.headers:
            self.site.complain("a download carried a token")
        self.site.downloads += 1
        for attempt in list(self.site.attempts.values()):
            if attempt.job["archive"]["sha256"] == digest:
                self.site.reach("download", attempt)
        self.site.flowing.wait(60)
        if self._fails("download"):
            self._answer(503, {})
        elif content is None:
            self._answer(404, {})
        else:
            self._send_file(content)

    def _send_file(self, content: bytes) -> None:
        """The file, or what is left of it by the Range header; half of that when downloads are to break off."""
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        rest = content[int(asked[1]) :] if asked else content
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        if self.site.cuts:
            self.site.cuts -= 1
            self.wfile.write(rest[: len(rest) // 2])
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        else:
            self.wfile.write(rest)

    def do_POST(self) -> None:
        announced = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(announced)
        if len(body) < announced:
            # Who sent it was killed on the way: S3 takes no half of a file either, and nobody hears an answer.
            self.close_connection = True
            return None
        if self.path == "/objects":
            return self._upload(body)
        path = self.path.removeprefix("/stage/api/v1/runner/")
        if path == "presence":
            return self._problem(503, "Later.") if self._fails(path) else self._presence(json.loads(body))
        self.site.calls.append(path)
        if self._fails(path.rpartition("/")[2]) or time.monotonic() < self.site.away_until:
            return self._problem(503, "Come back later.")
        if path == "session":
            return self._session(json.loads(body))
        parts = path.split("/")
        if len(parts) != 3 or parts[0] != "jobs" or not hasattr(self, f"_on_{parts[2]}"):
            self.site.complain(f"no such call: {path}")
            return self._problem(404, "No such call.")
        self.site.named.append((parts[2], self.headers.get("Agon-Request-Id")))
        return self._job_call(parts[1], parts[2], json.loads(body) if body else None)

    def _session(self, body: Mapping[str, Any]) -> None:
        self._expect(body, {"protocol", "runner", "version"}, "session")
        if self.site.revoked or self.site.session_status != 200 or self._token() != RUNNER_TOKEN:
            return self._problem(self.site.session_status if self.site.session_status != 200 else 401, "Unknown token.")
        if body["protocol"] not in self.site.versions:
            return self._incompatible()
        self.site.spoken = body["protocol"]
        ends = datetime.now(UTC) + timedelta(seconds=self.site.session_seconds - self.site.clock_behind_seconds)
        self._answer(200, {
            "queue": "default", "queue_url": self.site.queue_url, "region": "us-east-1",
            "credentials": {"access_key_id": "AKIA", "secret_access_key": "s", "session_token": "t"},
            "expires_at": ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **({"protocol": body["protocol"], "notice": self.site.notice} if body["protocol"] > 1 else {}),
        })  # fmt: skip

    def _presence(self, body: Mapping[str, Any]) -> None:
        # One that was said before both agreed on a version may come behind that.
        agreed = self._protocol() & set(body)
        self._expect(body, {"runner", *agreed, "version", "slots", "capabilities", "gpus", "jobs"}, "presence")
        self.site.presences.append(dict(body))
        self._answer(200, {"waiting": self.site.waiting, "release": sorted(self.site.to_release)})

    def _job_call(self, submission: str, verb: str, body: Any) -> None:
        attempt = self.site.attempts.get(submission)
        if attempt is None:
            return self._problem(404, "No such submission on this queue.")
        expected = RUNNER_TOKEN if verb in ("claim", "release", "released") else attempt.job["token"]
        if self._token() in attempt.old_tokens:
            return self._problem(409, "The attempt is somebody else's.")
        if self._token() != expected:
            self.site.complain(f"{verb} carried the wrong token")
            return self._problem(401, "Wrong token.")
        if verb == "claim" and self.site.revoked:
            return self._problem(401, "Unknown token.")
        if verb != "claim" and (attempt.taken_away or attempt.abort_reason is not None):
            return self._problem(409, "The attempt is somebody else's.")
        return getattr(self, f"_on_{verb}")(attempt, body)

    def _on_claim(self, attempt: Attempt, body: Mapping[str, Any]) -> None:
        self._expect(body, {"runner", *self._protocol(), "capabilities"}, "claim")
        if self.site.spoken not in self.site.versions:
            return self._incompatible()
        if self.site.nothing_fits:
            return self._answer_nothing()
        attempt.claims += 1
        if attempt.claims > 1 or attempt.taken_away:
            return self._problem(409, "Somebody else has it.")
        attempt.runner = body["runner"]
        attempt.lease_ends = time.monotonic() + attempt.job["lease_seconds"]
        attempt.claimed.set()
        self.site.reach("claim", attempt)
        self._answer(200, attempt.job)
        self.site.reach("claimed", attempt)

    def _on_heartbeat(self, attempt: Attempt, body: Mapping[str, Any]) -> None:
        self._expect(body, {"step", "log_bytes"}, "heartbeat")
        if body["step"] not in ("preparing", "prediction", "scoring") or not set(body["log_bytes"]) <= {*contract.LOGS}:
            self.site.complain(f"heartbeat said {body}")
        attempt.heartbeats.append(dict(body))
        attempt.lease_ends = time.monotonic() + attempt.job["lease_seconds"]
        self.site.reach(f"heartbeat {body['step']}", attempt)
        ends = datetime.now(UTC) + timedelta(seconds=attempt.job["lease_seconds"])
        self._answer(200, {"go_on": not attempt.cancelled, "lease_expires_at": ends.strftime("%Y-%m-%dT%H:%M:%SZ")})

    def _on_release(self, attempt: Attempt, body: dict[str, Any]) -> None:
        self._expect(body, {"runner", "attempt"}, "release")
        if attempt.job["submission"] not in self.site.to_release:
            # A word of presence may come late; the API minds no second time.
            return self._problem(404, "Nobody released this submission, or the runner sent it already.")
        self._answer(200, {"uploads": self.site.uploads_of(attempt.job["submission"])})

    def _on_released(self, attempt: Attempt, body: dict[str, Any]) -> None:
        self._expect(body, {"runner", "attempt", "uploaded"}, "released")
        self.site.to_release.discard(attempt.job["submission"])
        self.site.released[attempt.job["submission"]] = body
        self._answer(200, {})

    def _on_uploads(self, attempt: Attempt, body: Any) -> None:
        self._answer(200, {"uploads": self.site.uploads_of(attempt.job["submission"])})

    def _on_finish(self, attempt: Attempt, body: dict[str, Any]) -> None:
        self._expect(body, OUTCOME_KEYS, "finish")
        for step in body["steps"]:
            self._expect(step, STEP_KEYS, "finish's step")
        if body["fault"] not in (None, "participant", "organizer") or (body["fault"] and body["scores"]):
            self.site.complain(f"finish said {body}")
        if not all(value is None or isinstance(value, (int, float)) for value in body["scores"].values()):
            self.site.complain("a score is no number")
        if set(body["uploaded"]) != set(attempt.uploads):
            self.site.complain(f"finish said that {body['uploaded']} were uploaded")
        if self.site.reach("finish", attempt):
            self.close_connection = True
            return
        attempt.finishes += attempt.outcome != body
        attempt.outcome = body
        attempt.over.set()
        self.site.reach("finished", attempt)
        self._answer(200, {"status": "Failed" if body["fault"] else "Finished"})

    def _on_abort(self, attempt: Attempt, body: dict[str, Any]) -> None:
        self._expect(body, {"reason"}, "abort")
        attempt.abort_reason = body["reason"]
        self._answer(200, {"status": "Submitted"})
        attempt.over.set()

    def _upload(self, body: bytes) -> None:
        if self._fails("upload"):
            return self._answer(503, {})
        if self._fails("signature"):
            return self._answer(403, {})
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = list(email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts())
        names = [part.get_param("name", header="content-disposition") for part in parts]
        if names != ["key", "policy", "file"]:
            self.site.complain(f"an upload sent {names}")
        if self.site.is_expired(parts[1].get_content().strip()):
            return self._answer(403, {})
        submission, _, name = parts[0].get_content().strip().partition("/")
        self.site.reach("upload", self.site.attempts[submission])
        attempt, content = self.site.attempts[submission], parts[-1].get_payload(decode=True)
        if contract.ANY_NAME in name or len(content) > SIZES[name.partition("/")[0]]:
            self.site.complain(f"an upload of {len(content)} bytes was sent as {name}")
        if attempt.outcome is not None and submission not in self.site.to_release:
            self.site.complain(f"{name} was sent after the finish")
        attempt.uploads[name] = content
        attempt.sent.append((name, content, time.monotonic()))
        self._answer(204, b"")

    def _fails(self, what: str) -> bool:
        left = self.site.failures.get(what, 0)
        self.site.failures[what] = max(0, left - 1)
        return left > 0

    def _protocol(self) -> set[str]:
        return {"protocol"} if self.site.spoken > 1 else set()

    def _incompatible(self) -> None:
        if self.site.refusing_versions_by == 409:
            return self._problem(409, "This site speaks version 1 of the runner protocol.")
        detail = f"This site speaks versions {self.site.versions}: install the runner of Agon 9.9.9 there."
        body = {"type": "about:blank", "title": "No", "status": 426, "detail": detail, "versions": self.site.versions}
        self._answer(426, body, "application/problem+json")

    def _token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _expect(self, body: Mapping[str, Any], keys: set[str], call: str) -> None:
        if set(body) != keys:
            self.site.complain(f"{call} has the keys {sorted(body)}")

    def _problem(self, status: int, detail: str) -> None:
        body = {"type": "about:blank", "title": "No", "status": status, "detail": detail}
        self._answer(status, body, "application/problem+json")

    def _answer_nothing(self) -> None:
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, body: object, content_type: str = "application/json") -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def wait_until(condition: Any, seconds: float = PATIENCE_SECONDS) -> bool:
    """True as soon as `condition()` is; False after `seconds`, which are few only where it is not to become true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())
