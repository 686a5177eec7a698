"""The site as a whole."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """While the site is paused it takes no submissions; `message` says why."""

    paused: bool
    message: str
