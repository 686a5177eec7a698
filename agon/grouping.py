"""Groups of a competition's participants, as its organizers see and fill them: a part of the client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api

#: Assigned by one call.
MOST_AT_ONCE = 100


class Grouping(Verbs):
    """The verbs of groups. They themselves are settings, `agon.groups`."""

    def groups(self, competition: str) -> api.Groups:
        """A competition's groups, and the newest work on them."""
        return self.http.call("GET", "/competitions/{competition}/groups", competition=competition)

    def assign_group(
        self, competition: str, group: str, users: Sequence[str], remove: bool = False, reason: str = ""
    ) -> api.BulkResult:
        """Put participants in a group, by the ids of their accounts, or take them out. Tells those `done`, and why not the
        others."""
        done, refused = list[str](), dict[str, str]()
        for start in range(0, len(users), MOST_AT_ONCE):
            some = list(users[start : start + MOST_AT_ONCE])
            body = {"group": group, "participants": some, "remove": remove, "reason": reason}
            found = self.http.call("POST", "/competitions/{competition}/groups/assign", body, competition=competition)
            done, refused = done + found["done"], refused | dict(found["refused"])
        return {"done": done, "refused": refused}

    def apply_group_rules(self, competition: str) -> api.GroupJob:
        """Have those who joined before put where the rules of groups put them."""
        return self.http.call("POST", "/competitions/{competition}/groups/apply", competition=competition)
