"""The API that a command talks to, and as whom: the command line, the environment, the latest sign-in, then the
local stack."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from agon import config, credentials
from agon.config import Environment
from agon.credentials import SignIn
from agon.errors import AgonError, NotConfigured
from agon.local.state import StackState

if TYPE_CHECKING:
    from agon.client import Client

#: How the address of an API ends; its console's is what stands before that.
_ENDING = "/api"
_named: ContextVar[str | None] = ContextVar("api", default=None)


def use_api(api: str | None) -> None:
    """The command that follows talks to `api`: what --api before a command means. None takes that back."""
    _named.set(api)


def client(signed_in: bool = True) -> Client:
    """A client for this command. Raises NotConfigured when no address is known, or a sign-in is needed and missing."""
    # Commands that talk to no site do without all that it imports.
    from agon.client import Client
    from agon.unfinished import Unfinished

    settings = config.read()
    api = named_address(settings)
    session = _session(settings, api)
    if signed_in and session is None:
        raise NotConfigured(f"Nobody is signed in to {api}. Sign in with `agon login`, or set AGON_TOKEN.")

    def keep(fresh: SignIn) -> None:
        # A refreshed sign-in is kept for the next command, without making its site the one that is meant by default.
        credentials.keep(settings.credentials_file, api, fresh, as_default=False)

    return Client(api, session, keep, unfinished=Unfinished(settings.unfinished_file))


def api_address(settings: Environment, named: str | None = None) -> str:
    """The API's address, `named` before all others. Raises NotConfigured when none is known."""
    api = named or _named.get() or settings.api or credentials.last_api(settings.credentials_file) or _local(settings)
    if not api:
        raise NotConfigured(
            "No site is known. Name one with --api or in AGON_API, or start one on this machine with `agon up`."
        )
    return api.rstrip("/")


def named_address(settings: Environment, named: str | None = None) -> str:
    """As `api_address`, where a person may have named the address of a site's console in the place of its API's.

    Who signs in asks once; then the sign-in tells. With AGON_TOKEN each command asks, where the address has no /api. Raises
    NotConfigured.
    """
    api = api_address(settings, named)
    is_whole = api.endswith(_ENDING) or not (named or _named.get() or settings.api)
    below = api + _ENDING
    if is_whole or credentials.find(settings.credentials_file, api):
        return api
    if credentials.find(settings.credentials_file, below):
        return below
    return api if _is_agon(api) or not _is_agon(below) else below


def _is_agon(api: str) -> bool:
    from agon.client import Client

    with Client(api) as client:
        try:
            return "paused" in client.site()
        except (AgonError, TypeError):
            return False


def _session(settings: Environment, api: str) -> SignIn | None:
    if settings.token:
        return SignIn(username="", access_token=settings.token)
    return credentials.find(settings.credentials_file, api)


def _local(settings: Environment) -> str | None:
    return (StackState(settings.state).get("outputs") or {}).get("ApiUrl")
