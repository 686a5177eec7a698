"""The ids of people in what one stack kept, as another one gave them.

An account's id is its `sub`, which Cognito chooses and nobody sets. It stands in keys, lists, sets and documents of items,
in names of objects and in pages of boards. It is a UUID, which nothing else that is stored is, so its shape tells it.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from typing import Any

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
#: Objects that a build makes of the table, and that tell whose rows they have.
_TELL_OF_PEOPLE = re.compile(r"(boards|catalogue)/.+\.json\.gz")


class Identities:
    """From the ids of one stack to those of another. Ids that are in it twice or not at all stay as they are."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids

    def text(self, text: str) -> str:
        """A text with the other ids in it."""
        return _UUID.sub(lambda found: self._ids.get(found[0], found[0]), text)

    def item(self, value: Any) -> Any:
        """An item, or a part of one, as DynamoDB spells it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.item(one) for one in value]
        if isinstance(value, dict):
            return {self.text(name): self.item(one) for name, one in value.items()}
        return value

    def content(self, content: bytes) -> bytes:
        """The content of an object that `tells_of_people`."""
        return gzip.compress(self.text(gzip.decompress(content).decode()).encode(), mtime=0)


def tells_of_people(key: str) -> bool:
    """True for an object of the runs bucket in whose content ids of people are."""
    return _TELL_OF_PEOPLE.fullmatch(key) is not None
