"""Addresses that lead from a feed, a calendar or a description to a page: of the console, or else of the API itself."""

from chalicelib import settings
from chalicelib.store.competitions.competitions import Competition


def of_site(root: str) -> str:
    """The page of all competitions. `root` is the API's address as the caller knows it."""
    return settings.get().console_url or f"{root}/v1/competitions"


def of_competition(competition: Competition, root: str) -> str:
    """The page of a competition."""
    console = settings.get().console_url
    return f"{console}/c/{competition.called}" if console else f"{root}/v1/competitions/{competition.called}"


def of_page(competition: Competition, index: int, root: str) -> str:
    """One of a competition's pages of text."""
    return f"{of_competition(competition, root)}/pages/{index}"
