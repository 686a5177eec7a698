"""One Codabench site over its API, by an organizer's token, as codalab/codabench has it at c7dbc756 (src/apps/api).

The token goes to the site's own address and nowhere else: where it sends on to another host, it is not followed, and files
are fetched from their signed addresses without it. What a site answers is a stranger's: every answer has an end, and is
looked at before anything is believed (shapes.py).
"""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from agon import downloads, retries
from agon.errors import AgonError, BadFile, NotConfigured
from agon.transfer import TransferFailed
from chalicelib.contract import addresses

#: A list of submissions comes whole: some two thousand bytes each.
_MOST_ANSWER_BYTES = 512 * 1024**2
_MOST_PAGES = 10_000
_MOST_HOPS = 3
_TIMEOUT = httpx.Timeout(120, connect=10)
#: Longer than so a site is not waited for that says when to come again.
_LONGEST_PAUSE_SECONDS = 300
_TRIES = 6
_COMPETITION = re.compile(r"/competitions/(\d{1,12})(/.*)?")


class SiteRefuses(AgonError):
    """The site did not let the token in, or not to this competition."""


class SiteFails(AgonError):
    """The site did not answer, or not as Codabench does. Another try may help."""


class Missing(AgonError):
    """The site has no such thing, or none any more."""


@dataclass(frozen=True)
class Address:
    """A competition's page at a site: the site's own address, and the competition's number there."""

    site: str
    competition: int

    @property
    def host(self) -> str:
        """The host, with its port where it has one: by this the site is called."""
        return urlsplit(self.site).netloc


def address_of(url: str) -> Address:
    """The address that somebody copied from a browser, such as https://www.codabench.org/competitions/123/.

    Raises NotConfigured.
    """
    told = urlsplit(url.strip())
    found = _COMPETITION.fullmatch(told.path)
    if told.scheme not in ("http", "https") or not told.hostname or found is None or "@" in told.netloc:
        raise NotConfigured(
            "This is no competition's address at a Codabench site. One looks like https://www.codabench.org/competitions/123/"
        )
    site = f"{told.scheme}://{told.netloc.lower()}"
    if addresses.is_in_clear(site):
        raise NotConfigured(addresses.IN_CLEAR.format(site))
    return Address(site, int(found[1]))


class CodabenchSite:
    """A site, and who asks it. Raises SiteRefuses, SiteFails and Missing."""

    def __init__(self, site: str, token: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self.site = site
        self._token = token
        self._sleep = sleep
        self._http = httpx.Client(timeout=_TIMEOUT, follow_redirects=False, headers={"Accept": "application/json"})

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def sign_in(self, username: str, password: str) -> None:
        """Have the site make a token, or tell the one that there is (/api/api-token-auth/)."""
        told = self._json("POST", "/api/api-token-auth/", {"username": username, "password": password})
        token = told.get("token") if isinstance(told, Mapping) else None
        if not isinstance(token, str):
            raise self._odd("/api/api-token-auth/")
        self._token = token

    def get(self, path: str) -> Any:
        """The parsed answer of one address below the site's."""
        return self._json("GET", path)

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        """The same of an order, which is given once: without an answer nobody knows whether it was heard."""
        return self._json("POST", path, body)

    def all_of(self, path: str) -> Iterator[Any]:
        """The items of a list, whether the site tells it whole or in pages."""
        for _ in range(_MOST_PAGES):
            told = self.get(path)
            if isinstance(told, list):
                yield from told
                return
            if not isinstance(told, Mapping) or not isinstance(told.get("results"), list):
                raise self._odd(path)
            yield from told["results"]
            following = told.get("next")
            if not following:
                return
            path = self._own(str(following))
        raise SiteFails(f"{self.site} tells a list that has no end. Nothing is lost; ask its administrators.")

    def fetch(self, address: Callable[[], str], target: Path, most_bytes: int) -> None:
        """Store a file whole or not at all, from the signed address that is good now.

        Raises Missing where storage has none, BadFile for one that is too large, TransferFailed, SiteFails.
        """

        def heard(here: int, whole: int | None) -> None:
            if max(here, whole or 0) > most_bytes:
                raise BadFile(f"It has more than {most_bytes:,} bytes.")

        try:
            downloads.fetch(lambda: self._checked(address()), target, heard)
        except TransferFailed as error:
            if _is_gone(str(error)):
                raise Missing("Storage has no such file any more.") from error
            raise
        except BadFile:
            # The rest of it is not wanted in another run either.
            for rest in target.parent.glob(f"{target.name}*.part"):
                rest.unlink()
            raise

    def location(self, path: str) -> str:
        """The address to which one of the site's sends on, asked for without the token. Raises Missing, SiteFails."""
        answer = self._answer("GET", path, None, with_token=False)
        if not answer.is_redirect:
            raise Missing("The site gives no such file.")
        return str(urljoin(f"{self.site}{path}", answer.headers.get("Location", "")))

    def _json(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        for _ in range(_MOST_HOPS):
            answer = self._answer(method, path, body)
            if not answer.is_redirect:
                return self._parsed(path, answer)
            if method != "GET":
                break
            path = self._own(urljoin(f"{self.site}{path}", answer.headers.get("Location", "")))
        raise SiteFails(f"{self.site} sends on from {path}. Name the address at which its pages are in a browser.")

    def _parsed(self, path: str, answer: httpx.Response) -> Any:
        status = answer.status_code
        if status in (401, 403):
            raise SiteRefuses(
                f"{self.site} does not let this token to {path}. Take the token of who organizes the competition there."
            )
        if status == 404:
            raise Missing(f"{self.site} has nothing at {path}, or not for this token.")
        if status == 400:
            raise SiteRefuses(f"{self.site} refuses what it was asked at {path}. Are user name and password right?")
        try:
            if not answer.is_success:
                raise ValueError
            return json.loads(answer.content)
        except (ValueError, RecursionError) as error:
            raise self._odd(path, status) from error

    def _answer(self, method: str, path: str, body: Mapping[str, object] | None, with_token: bool = True) -> httpx.Response:
        """The last answer of several tries: a site that fails, or wants to be asked later, is asked again."""
        for left in reversed(range(_TRIES)):
            try:
                answer = self._once(method, path, body, with_token)
            except httpx.TransportError as error:
                if not left or (method != "GET" and not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)):
                    raise SiteFails(f"{self.site} does not answer ({type(error).__name__}). Run the same again.") from error
                pause: float = 2 ** (_TRIES - left)
            else:
                is_late = answer.status_code == 429
                if not left or not (is_late or (answer.status_code >= 500 and method == "GET")):
                    return answer
                pause = retries.pause_of(answer, 2 ** (_TRIES - left))
                if pause > _LONGEST_PAUSE_SECONDS:
                    raise SiteFails(f"{self.site} wants to be asked again in {pause:.0f} s only. Run the same again then.")
            self._sleep(pause)
        raise AssertionError("The last try answers or raises.")

    def _once(self, method: str, path: str, body: Mapping[str, object] | None, with_token: bool) -> httpx.Response:
        headers = {"Authorization": f"Token {self._token}"} if self._token and with_token else {}
        with self._http.stream(method, f"{self.site}{path}", json=body, headers=headers) as answer:
            content = bytearray()
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > _MOST_ANSWER_BYTES:
                    raise SiteFails(f"{self.site} answers more at {path} than can be read.")
        told = {name: value for name, value in answer.headers.items() if name not in ("content-encoding", "content-length")}
        return httpx.Response(answer.status_code, headers=told, content=bytes(content))

    def _own(self, url: str) -> str:
        """The path of an address that is the site's own. Raises SiteFails for any other: the token is not for that."""
        told, mine = urlsplit(urljoin(self.site, url)), urlsplit(self.site)
        # Behind a proxy a site may take itself for one of plain HTTP: it is asked as it was, over HTTPS.
        if told.hostname != mine.hostname or told.port not in (mine.port, None):
            raise SiteFails(
                f"{self.site} sends on to {told.netloc}, where the token does not go. Name that, if it is right."
            )
        return told.path + (f"?{told.query}" if told.query else "")

    def _checked(self, url: str) -> str:
        """A file's address, when this machine may be sent there. Raises SiteFails."""
        told, mine = urlsplit(url), urlsplit(self.site)
        if told.scheme not in ("https", mine.scheme) or not told.hostname:
            raise SiteFails(f"{self.site} tells no address of a file that is safe to fetch.")
        # What is behind a firewall is for a site that is there itself to point at.
        if _is_internal(told.hostname) and not _is_internal(mine.hostname or ""):
            raise SiteFails(f"{self.site} points into the network of this machine: {told.netloc}. That is not fetched.")
        return url

    def _odd(self, path: str, status: int = 200) -> SiteFails:
        return SiteFails(f"{self.site} does not answer at {path} as Codabench does (HTTP {status}). Run it again later.")


def _is_gone(told: str) -> bool:
    return any(sign in told for sign in ("NoSuchKey", "NoSuchBucket", "BlobNotFound", ": 404", ": 410"))


def _is_internal(host: str) -> bool:
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, None)}
    except OSError:
        # Nobody is there: the connection says so.
        return False
    return any(not ip_address(one.partition("%")[0]).is_global for one in found)
