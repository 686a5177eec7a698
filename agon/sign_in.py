"""Which API a command talks to, and as whom: the environment, then the latest sign-in, then the local stack."""

from agon import config, credentials
from agon.client import Client
from agon.config import Config
from agon.credentials import Session
from agon.errors import NotConfigured
from agon.local.state import State


def client(signed_in: bool = True) -> Client:
    """A client for this command. Raises NotConfigured when no address is known, or a sign-in is needed and missing."""
    settings = config.read()
    api = api_address(settings)
    session = _session(settings, api)
    if signed_in and session is None:
        raise NotConfigured(f"Nobody is signed in to {api}. Sign in with `agon login`, or set AGON_TOKEN.")
    # A refreshed sign-in is kept; AGON_TOKEN never is.
    return Client(api, session, lambda fresh: credentials.keep(settings.credentials_file, api, fresh))


def api_address(settings: Config) -> str:
    """The API's address. Raises NotConfigured when none is known."""
    api = settings.api or credentials.last_api(settings.credentials_file) or _local(settings)
    if not api:
        raise NotConfigured("No competition site is known. Set AGON_API to its address, or start one with `agon up`.")
    return api


def _session(settings: Config, api: str) -> Session | None:
    if settings.token:
        return Session(username="", access_token=settings.token)
    return credentials.find(settings.credentials_file, api)


def _local(settings: Config) -> str | None:
    return (State(settings.state).get("outputs") or {}).get("ApiUrl")
