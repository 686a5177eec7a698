"""One signed-in HTTP connection to the API: retries, refresh of the sign-in, problems as exceptions."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from agon.credentials import SignIn
from agon.errors import NotConfigured, ProblemError, Unreachable
from chalicelib.contract import addresses, correlation

if TYPE_CHECKING:
    from agon.api_types import Call

#: A cold Lambda on a small machine takes some seconds; API Gateway itself gives up after 29.
TIMEOUT = httpx.Timeout(35, connect=5)
#: By this somebody knows which of their sessions are a command line's, and on which system.
CALLED = f"agon/1 ({sys.platform})"


class Http:
    """Calls below `{api}/v1`. `on_session` hears of every refreshed sign-in. Raises NotConfigured for what is no address."""

    def __init__(
        self,
        api: str,
        session: SignIn | None = None,
        on_session: Callable[[SignIn], None] = lambda session: None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.api = _checked(api)
        self.session = session
        #: The token of the secret link of a draft, which is shown with every call.
        self.link = ""
        self._on_session = on_session
        self._sleep = sleep
        headers = {"Accept": "application/json", "User-Agent": CALLED}
        self._client = httpx.Client(
            base_url=f"{self.api}/v1",
            timeout=TIMEOUT,
            transport=transport,
            headers=headers,
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def set_session(self, session: SignIn | None) -> None:
        """From now on, call as this person, or as nobody."""
        self.session = session
        if session:
            self._on_session(session)

    @property
    def call(self) -> Call:
        """Call a route, by its path in the OpenAPI document and what stands for the names in it; the parsed answer.

        What is `repeatable` is sent again when no answer comes. Raises ProblemError or Unreachable.
        """
        return self._call

    def _call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
        repeatable: bool = False,
        **names: str,
    ) -> Any:
        # A name that a person typed must not lead to another route.
        place = path.format_map({name: quote(value, safe="") for name, value in names.items()})
        answer = _json(self.response(method, place, body, params, repeatable=repeatable))
        if answer is None:
            raise self._stranger()
        return answer

    def response(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = False,
    ) -> httpx.Response:
        """The whole response, of which 304 is a good one. Raises ProblemError or Unreachable."""
        if self.session and self.session.refresh_token and self.session.is_stale:
            self._refresh()
        used = self.session
        sent = {"json": body, "params": params, "headers": headers}
        answer = self._send(method, path, sent, repeatable)
        if answer.status_code == 401 and used and used.refresh_token and self._refresh():
            answer = self._send(method, path, sent, repeatable)
        if answer.status_code == 429 and (solution := _solution(_json(answer))):
            sent["headers"] = {**(headers or {}), "Agon-Solution": solution}
            answer = self._send(method, path, sent, repeatable)
        if answer.is_success or answer.status_code == 304:
            return answer
        body = _json(answer)
        if answer.status_code < 500 and not isinstance(body, dict):
            # Every refusal of ours, and of the gateway before us, is a JSON object.
            raise self._stranger()
        raise ProblemError.from_answer(answer.status_code, body, answer.headers.get(correlation.HEADER, ""))

    def _send(self, method: str, path: str, sent: Mapping[str, Any], repeatable: bool = False) -> httpx.Response:
        from agon import retries

        headers = dict(sent.get("headers") or {})
        if self.link:
            headers["Agon-Link"] = self.link
        if self.session:
            headers["Authorization"] = f"Bearer {self.session.access_token}"
        calling = retries.of_call(repeatable or method == "GET", self._sleep)
        try:
            return calling(self._client.request, method, path, **{**sent, "headers": headers})
        except httpx.TransportError as error:
            raise self._silent(error) from error

    def _refresh(self) -> bool:
        session = self.session
        if not session or not session.refresh_token:
            return False
        self.session = None
        try:
            answer = self._send("POST", "/sessions/refresh", {"json": {"refresh_token": session.refresh_token}})
        finally:
            self.session = session
        if not answer.is_success:
            return False
        self.set_session(SignIn.from_answer(session.username, answer.json(), session.refresh_token))
        return True

    def _silent(self, error: httpx.TransportError) -> Unreachable:
        if not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return Unreachable(f"{self.api} broke off without an answer ({type(error).__name__}). Try again.")
        if httpx.URL(self.api).host in ("127.0.0.1", "localhost", "::1"):
            hint = "The stack on this machine does not run: start it with `agon up` (or `make up`)."
        else:
            hint = "Check the address, and your network."
        return Unreachable(f"Nothing answers at {self.api}. {hint}")

    def _stranger(self) -> Unreachable:
        return Unreachable(f"{self.api} answers, but not as Agon does. An API's address ends in /api.")


def _checked(api: str) -> str:
    try:
        url = httpx.URL(api)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise NotConfigured(f"{api} is no address of a site. One looks like https://agon.example.org/api")
    if addresses.is_in_clear(api):
        raise NotConfigured(addresses.IN_CLEAR.format(api))
    return api.rstrip("/")


def _solution(problem: Any) -> str | None:
    """The answer to the challenge of a refusal: a moment's work. None without one that a site would ask for."""
    challenge = problem.get("challenge") if isinstance(problem, dict) else None
    if not isinstance(challenge, dict):
        return None
    from chalicelib.domain.people import challenges

    text, bits = challenge.get("text"), challenge.get("bits")
    if not (isinstance(text, str) and isinstance(bits, int) and challenges.FORM.fullmatch(text)):
        return None
    return f"{text}:{challenges.solve(text, bits)}" if 0 <= bits <= challenges.MOST_BITS else None


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
