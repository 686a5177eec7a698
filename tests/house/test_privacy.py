"""docs/privacy.md tells of each kind of item that says who somebody is."""

import re
from collections.abc import Iterator
from pathlib import Path

from chalicelib.store import table

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"
#: Attributes that have somebody's id, name, address, or words about themselves.
OF_PEOPLE = frozenset({
    "accepted_by", "account", "address", "affiliation", "answers", "author", "by", "display_name", "email", "invited",
    "invited_by", "juror", "last_used_from", "leader", "members", "names", "organizer", "owner", "participant", "reader",
    "to", "user", "username", "users",
})  # fmt: skip


def models(of: type[table.Item] = table.Item) -> Iterator[type[table.Item]]:
    for model in of.__subclasses__():
        if model.__module__.startswith("chalicelib."):
            yield model
            yield from models(model)


def test_each_attribute_that_names_a_person_is_told_of_and_no_other() -> None:
    table.know_every_model()
    stored = {model.__name__: OF_PEOPLE & set(model.get_attributes()) for model in models()}
    rows = re.findall(r"^\| (\w+) \| ([\w, ]+) \| [^|]+ \| [^|]+ \|$", DOCUMENT.read_text(), re.MULTILINE)
    told = {item: set(attributes.split(", ")) for item, attributes in rows if item != "item"}
    assert told == {name: attributes for name, attributes in stored.items() if attributes}


def test_rows_are_in_order() -> None:
    items = re.findall(r"^\| ([A-Z]\w+) \|", DOCUMENT.read_text(), re.MULTILINE)
    assert items == sorted(set(items))
