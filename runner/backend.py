"""The API as a runner sees it (docs/protocol.md): session, claim, heartbeat, uploads, finish, abort over HTTP."""

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from tenacity import stop_before_delay

from chalicelib.contract import (
    PROTOCOL_VERSION,
    PROTOCOL_VERSIONS,
    TOLD_WITH_CALLS,
    Capabilities,
    Job,
    Outcome,
    Upload,
    correlation,
)
from chalicelib.contract.job import read_uploads
from chalicelib.contract.version import VERSION
from runner.errors import Incompatible, NotFitting, NotOurs, NotThere, NotWelcome, Refused, Unreachable
from runner.http import Http, Silent, is_good, read
from runner.retry import retrying

#: A claim is not worth more: after 30 s the message is somebody else's to find.
CLAIM_PATIENCE_SECONDS = 20.0
#: An attempt's last word is tried until its lease is lost, and not longer than this when the lease is still extended.
LAST_WORD_PATIENCE_SECONDS = 900.0
#: Calls under way when the connections are to be closed have this long: the runner ends.
CLOSE_PATIENCE_SECONDS = 5.0
MAX_REASON_CHARACTERS = 1000
#: It becomes a part of paths, here and in the API's address.
SUBMISSION = re.compile(r"[a-z0-9-]{1,64}\Z")
NOTHING_FITS = 204
_TRY_AGAIN = frozenset({408, 429})
#: An API before 0.2 says by 406 what today's says by an answer without content.
_REFUSALS = {401: NotWelcome, 404: NotThere, 406: NotFitting, 409: NotOurs}
_INCOMPATIBLE = 426
#: What a site speaks that answers a session by 409: such a one was made before there was a second version.
_THE_FIRST_ALONE = (1,)


@dataclass(frozen=True)
class Session:
    """Credentials for one queue. `expires_at` is aware; `clock_ahead_seconds` is None when the API told no time.

    `notice` is what the site has to say to this runner's operator, if anything.
    """

    queue: str
    queue_url: str
    region: str
    access_key_id: str
    secret_access_key: str
    session_token: str
    expires_at: datetime
    protocol: int = 1
    notice: str = ""
    clock_ahead_seconds: float | None = None


@dataclass(frozen=True)
class PresenceAnswer:
    """The API's answer to a runner that is there: the submission that waits, should its wake-up have been lost, and those
    whose sealed logs and outputs are to be sent."""

    waiting: str | None = None
    release: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeldAttempt:
    """An attempt, as far as giving it back needs it: by a runner that was killed meanwhile."""

    submission: str
    attempt: int
    lease_seconds: int
    token: str = field(repr=False)


class Backend:
    """One connection pool to one API. Safe to use from several threads."""

    def __init__(self, api: str, token: str, runner: str) -> None:
        self._token = token
        self._runner = runner
        #: What the last session agreed on.
        # Until a session says which one both speak: what is told before that, every site understands.
        self._protocol = PROTOCOL_VERSIONS[0]
        self._address = f"{api.rstrip('/')}/v1"
        self._http = Http(30.0, {"User-Agent": f"agon-runner/{VERSION}"})
        # A connection that a thread opens while they are closed would stay open.
        self._calls, self._closed, self._quiet = 0, False, threading.Condition()

    def close(self) -> None:
        """Close every connection, once the calls under way are over or out of patience. Later calls raise Unreachable."""
        with self._quiet:
            self._closed = True
            self._quiet.wait_for(lambda: self._calls == 0, CLOSE_PATIENCE_SECONDS)
        self._http.close()

    @contextmanager
    def _calling(self) -> Iterator[None]:
        with self._quiet:
            if self._closed:
                raise Unreachable("This runner ends.")
            self._calls += 1
        try:
            yield
        finally:
            with self._quiet:
                self._calls -= 1
                self._quiet.notify_all()

    def open_session(self) -> Session:
        """Exchange the runner token for credentials, in the newest version of the protocol that both speak. One try.

        Raises Refused, Incompatible where there is no such version, or Unreachable.
        """
        try:
            return self._agree_on(PROTOCOL_VERSION)
        except (Incompatible, NotOurs) as error:
            spoken = error.versions if isinstance(error, Incompatible) else _THE_FIRST_ALONE
            shared = [version for version in PROTOCOL_VERSIONS[:-1] if version in spoken]
            if not shared:
                raise
        return self._agree_on(shared[-1])

    def _agree_on(self, protocol: int) -> Session:
        body = {"protocol": protocol, "runner": self._runner, "version": VERSION}
        response = self._send("runner/session", self._token, body)
        with _understanding("session"):
            session = _session(_read(response), response.headers.get("date"))
        self._protocol = protocol
        return session

    @property
    def _introduced(self) -> dict[str, Any]:
        """Who speaks, and which version where that has such a field."""
        told = {"protocol": self._protocol} if self._protocol >= TOLD_WITH_CALLS else {}
        return {"runner": self._runner, **told}

    def tell_presence(self, about: Mapping[str, Any]) -> PresenceAnswer:
        """Tell that this runner is there, and hear what there is to do. One try. Raises Refused or Unreachable."""
        body = {**self._introduced, "version": VERSION, **about}
        told = _read(self._send("runner/presence", self._token, body))
        waiting, release = told.get("waiting"), told.get("release")
        released = (
            [one for one in release if isinstance(one, str) and SUBMISSION.match(one)] if isinstance(release, list) else []
        )
        return PresenceAnswer(waiting if isinstance(waiting, str) else None, tuple(released))

    def release(self, submission: str, attempt: int, stopped: threading.Event) -> Mapping[str, Upload]:
        """Presigned POSTs for what a sealed job left. Raises Refused or Unreachable."""
        body = {"runner": self._runner, "attempt": attempt}
        path = f"runner/jobs/{submission}/release"
        value = self._insist(path, self._token, body, CLAIM_PATIENCE_SECONDS, stopped)
        with _understanding("answer about a release"):
            return read_uploads(value["uploads"])

    def released(self, submission: str, attempt: int, uploaded: Sequence[str], stopped: threading.Event) -> None:
        """Tell what of a sealed job was sent. Raises Refused or Unreachable."""
        body = {"runner": self._runner, "attempt": attempt, "uploaded": list(uploaded)}
        self._insist(f"runner/jobs/{submission}/released", self._token, body, CLAIM_PATIENCE_SECONDS, stopped)

    def claim(self, submission: str, can: Capabilities, stopped: threading.Event) -> Job:
        """Take the lease of the first submission in line that fits: mostly another one than that of the message.

        Raises NotThere when nothing waits, NotFitting, Incompatible, Refused, or Unreachable after 20 s.
        """
        path = f"runner/jobs/{submission}/claim"
        body = {**self._introduced, "capabilities": can.to_dict()}
        value = self._insist(path, self._token, body, CLAIM_PATIENCE_SECONDS, stopped)
        with _understanding("job"):
            return Job.from_dict(value)

    def heartbeat(self, job: Job, step: str, log_bytes: Mapping[str, int]) -> bool:
        """Extend the lease; False when the submission was cancelled. One try. Raises Refused or Unreachable."""
        path = f"runner/jobs/{job.submission}/heartbeat"
        value = _read(self._send(path, job.token, {"step": step, "log_bytes": dict(log_bytes)}))
        return value.get("go_on") is not False

    def uploads(self, job: Job, stopped: threading.Event) -> Mapping[str, Upload]:
        """Fresh presigned POSTs for the job's objects. Raises Refused or Unreachable."""
        path = f"runner/jobs/{job.submission}/uploads"
        value = self._insist(path, job.token, None, CLAIM_PATIENCE_SECONDS, stopped)
        with _understanding("answer about uploads"):
            return read_uploads(value["uploads"])

    def finish(self, job: Job, outcome: Outcome, stopped: threading.Event) -> str:
        """End the attempt; the submission's new status. Raises Refused, or Unreachable when the lease is lost."""
        path = f"runner/jobs/{job.submission}/finish"
        body = outcome.to_dict()
        return str(self._insist(path, job.token, body, LAST_WORD_PATIENCE_SECONDS, stopped).get("status", ""))

    def abort(self, job: Job | HeldAttempt, reason: str, stopped: threading.Event) -> str:
        """Give the attempt back; the submission's new status. Raises Refused or Unreachable."""
        path = f"runner/jobs/{job.submission}/abort"
        body = {"reason": reason[:MAX_REASON_CHARACTERS]}
        return str(self._insist(path, job.token, body, job.lease_seconds, stopped).get("status", ""))

    def _insist(
        self, path: str, token: str, body: object, patience_seconds: float, stopped: threading.Event
    ) -> dict[str, Any]:
        insisting = retrying(Unreachable, stopped, stop_before_delay(patience_seconds))
        return insisting(lambda: _read(self._send(path, token, body)))

    def _send(self, path: str, token: str, body: object) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        content = b"" if body is None else json.dumps(body).encode()
        if correlation.current():
            headers[correlation.HEADER] = correlation.current()
        try:
            with self._calling():
                response = self._http.send("POST", f"{self._address}/{path}", content, headers)
        except Silent as error:
            raise Unreachable(f"The API did not answer ({error}).") from error
        code = response.status_code
        if code >= 500 or code in _TRY_AGAIN:
            raise Unreachable(f"The API answered {code}.")
        if code == NOTHING_FITS:
            raise NotFitting("What waits does not fit this runner, or others were faster.")
        if code == _INCOMPATIBLE:
            raise Incompatible(_detail(response), _versions(response))
        if not is_good(response):
            raise _REFUSALS.get(code, Refused)(_detail(response))
        return response


@contextmanager
def _understanding(what: str) -> Iterator[None]:
    """Raise Refused for an answer that is not what docs/protocol.md says."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(f"The API's {what} is none that this runner's version, {VERSION}, understands.") from error


def _read(response: requests.Response) -> dict[str, Any]:
    try:
        value = read(response)
    except ValueError as error:
        raise Refused("The API answered something that is no JSON. Is its address right?") from error
    if not isinstance(value, dict):
        raise Refused("The API answered something that is no JSON object. Is its address right?")
    return value


def _detail(response: requests.Response) -> str:
    """The sentence of a problem+json, or the status alone: a proxy's error page is nothing to put into a log."""
    try:
        detail = read(response)["detail"]
    except (ValueError, KeyError, TypeError):
        return f"The API answered {response.status_code}."
    return f"{str(detail)[:500]} ({response.status_code})"


def _versions(response: requests.Response) -> list[int]:
    """The versions of the protocol that the site speaks; none where it does not tell."""
    try:
        return [version for version in read(response)["versions"] if isinstance(version, int)]
    except (ValueError, KeyError, TypeError):
        return []


def _session(value: dict[str, Any], date: str | None) -> Session:
    credentials = value["credentials"]
    return Session(
        queue=value["queue"],
        queue_url=value["queue_url"],
        region=value["region"],
        access_key_id=credentials["access_key_id"],
        secret_access_key=credentials["secret_access_key"],
        session_token=credentials["session_token"],
        expires_at=_instant(value["expires_at"]),
        protocol=int(value.get("protocol", 1)),
        notice=str(value.get("notice", ""))[:500],
        clock_ahead_seconds=_clock_ahead_seconds(date),
    )


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise Refused("The API told a time without an offset.")
    return instant


def _clock_ahead_seconds(date: str | None) -> float | None:
    if not date or not re.search(r"\d", date):
        return None
    try:
        return time.time() - parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None
