"""Participants of a competition, as its organizers look for them."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """The participants that are looked for: those of a `status`, those in whose name or team's name `text` stands, those
    in a `group`.

    None is for no matter which.
    """

    status: str | None = None
    text: str | None = None
    group: str | None = None

    @property
    def everybody(self) -> bool:
        """True when nobody is left out."""
        return self.status is None and self.group is None and not self.text

    def includes(self, status: str, username: str, team: str | None, groups: Collection[str] | None = None) -> bool:
        """True for who is looked for; capitals make no difference."""
        names = f"{username}\n{team or ''}".casefold()
        if self.group is not None and self.group not in (groups or ()):
            return False
        return self.status in (None, status) and (self.text or "").strip().casefold() in names


EVERYBODY = Wanted()
