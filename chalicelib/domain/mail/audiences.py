"""Audiences: which of those who take part in a competition a letter goes to."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Audience:
    """Audience of a letter: who was admitted, less who does not fit. None leaves nobody out.

    `team` is a name; `in_team` says that they are in one, or in none. `submitted` says that they have, or have not,
    in `phase`, or in any phase where that is None. `groups` has keys, of which one is theirs.
    """

    team: str | None = None
    in_team: bool | None = None
    submitted: bool | None = None
    phase: str | None = None
    groups: Sequence[str] | None = None

    def takes_in(self, team: str | None, groups: Collection[str]) -> bool:
        """True for who is in the right team and group, whatever else is asked for."""
        is_named = self.team is None or (team or "").casefold() == self.team.casefold()
        is_grouped = self.groups is None or not set(groups).isdisjoint(self.groups)
        return is_named and is_grouped and self.in_team in (None, team is not None)

    @property
    def stored(self) -> dict[str, Any]:
        """The conditions that leave somebody out, as they are stored."""
        return {name: value for name, value in asdict(self).items() if value is not None}


EVERYBODY = Audience()
