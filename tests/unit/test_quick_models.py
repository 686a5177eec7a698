"""Quick models beside PynamoDB's own: the same is made, stored and read."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.models import Model

from chalicelib.store.quick_models import Kind, QuickModel

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
NUMBERS = [0, -3, 7, 1.5, -0.25, 1e300, 10**30, True]
VALUES: dict[str, Any] = {"text": "é", "many": {"a", "b"}, "at": AT, "flag": False, "told": {"n": 10**30, "l": [1.5, None]}}


def declared(base: type[Model], discriminator: Any) -> type[Model]:
    """A model with attributes of all kinds that ours have."""

    class Item(base):  # type: ignore[valid-type, misc]
        class Meta:
            table_name = "t"
            region = "eu-west-1"

        pk = UnicodeAttribute(hash_key=True)
        sk = UnicodeAttribute(range_key=True)
        kind = discriminator()

    class Thing(Item, discriminator="thing"):
        text = UnicodeAttribute(null=True)
        number = NumberAttribute(null=True, attr_name="n")
        first = NumberAttribute(default=1)
        newest = NumberAttribute(null=True, default_for_new=2)
        asked = UnicodeAttribute(null=True, default_for_new=lambda: None)
        made = UnicodeSetAttribute(null=True, default=lambda: {"x"})
        many = UnicodeSetAttribute(null=True)
        at = UTCDateTimeAttribute(null=True)
        flag = BooleanAttribute(null=True)
        told = JSONAttribute(null=True)

    return Thing


PLAIN, QUICK = declared(Model, DiscriminatorAttribute), declared(QuickModel, Kind)


def shown(item: Any) -> dict[str, Any]:
    """All that an item has, but its class."""
    return {name: getattr(item, name) for name in item.get_attributes() if name != "kind"}


@pytest.mark.parametrize(
    "given", [{}, VALUES, {"first": 5, "newest": None, "made": set()}, *({"number": n} for n in NUMBERS)]
)
def test_what_is_made_stored_and_read_is_the_same(given: dict[str, Any]) -> None:
    plain, quick = PLAIN("p", "s", **given), QUICK("p", "s", **given)
    assert shown(quick) == shown(plain)
    assert quick.serialize() == plain.serialize()
    stored = plain.serialize()
    assert (
        shown(QUICK.from_raw_data(stored)) == shown(PLAIN.from_raw_data(stored))
        and type(QUICK.from_raw_data(stored)) is QUICK
    )
    assert [type(one) for one in shown(QUICK.from_raw_data(stored)).values()] == [
        type(one) for one in shown(PLAIN.from_raw_data(stored)).values()
    ]


@pytest.mark.parametrize("number", ["0", "-3", "1.5", "1E+2", "123456789012345678901234567890"])
def test_numbers_are_read_as_dynamodb_writes_them(number: str) -> None:
    stored = {**PLAIN("p", "s").serialize(), "n": {"N": number}}
    quick, plain = QUICK.from_raw_data(stored).number, PLAIN.from_raw_data(stored).number  # type: ignore[attr-defined]
    assert (quick, type(quick)) == (plain, type(plain))


def test_what_is_set_is_stored() -> None:
    for model in (PLAIN, QUICK):
        item: Any = model("p", "s")
        item.number, item.text = 3, None
        assert (item.number, item.serialize()["n"], "text" in item.serialize()) == (3, {"N": "3"}, False)


def test_actions_and_conditions_are_written_the_same() -> None:
    written = []
    for model in (PLAIN, QUICK):
        names: dict[str, str] = {}
        values: dict[str, Any] = {}
        thing: Any = model
        condition = (thing.number == 3) & thing.text.exists() & thing.many.contains("a")
        parts = [condition, thing.number.set(4), thing.first.add(1), thing.told.set({"a": 1}), thing.at.remove()]
        written.append(([part.serialize(names, values) for part in parts], names, values))
    assert written[1] == written[0]


def test_what_a_model_does_not_declare_is_refused() -> None:
    for model in (PLAIN, QUICK):
        with pytest.raises(ValueError, match="Attribute nothing specified does not exist"):
            model("p", "s", nothing=1)
