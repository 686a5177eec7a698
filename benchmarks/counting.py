"""Count AWS calls and DynamoDB capacity units, exactly: every call of every client, from botocore's own events."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from chalicelib.aws import clients
from chalicelib.store import table

SERVICES = ("s3", "sqs", "sts", "cognito-idp", "sesv2")
UNIT_BYTES = 4096
_ASKED = "agon_asked"
_READS = {"GetItem", "BatchGetItem", "Query", "TransactGetItems"}


@dataclass
class Count:
    """What one verb consumed. Units are those of DynamoDB, indexes included."""

    calls: int = 0
    read_units: float = 0.0
    write_units: float = 0.0
    names: list[str] = field(default_factory=list)


class Counter:
    """Hears every call of this process's clients."""

    def __init__(self) -> None:
        self._current = Count()
        dynamodb = table.connection().client
        for client in (dynamodb, *(clients.client(service) for service in SERVICES)):
            client.meta.events.register("before-parameter-build.dynamodb", _ask_for_units)
            client.meta.events.register("after-call", self._hear)

    @contextmanager
    def counting(self) -> Iterator[Count]:
        """What happens within the block."""
        self._current = Count()
        yield self._current
        self._current = Count()

    def _hear(self, model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        count = self._current
        count.calls += 1
        count.names.append(model.name)
        consumed = parsed.get("ConsumedCapacity", [])
        units = sum(one.get("CapacityUnits", 0.0) for one in (consumed if isinstance(consumed, list) else [consumed]))
        if model.name == "BatchGetItem" and not consumed:
            units = _batch_units(context[_ASKED], parsed)
        if model.name in _READS:
            count.read_units += units
        else:
            count.write_units += units


def _batch_units(asked: dict[str, Any], parsed: dict[str, Any]) -> float:
    """What AWS charges for a consistent BatchGetItem, for an emulator that does not say.

    One unit for each 4 KB of each item, rounded up, and one for an item that is not there (DynamoDB's developer guide).
    """
    keys = sum(len(table_["Keys"]) for table_ in asked["RequestItems"].values())
    items = [item for found in parsed["Responses"].values() for item in found]
    units = sum(-(-item_bytes(item) // UNIT_BYTES) for item in items)
    return float(units + keys - len(items))


def item_bytes(item: dict[str, Any]) -> int:
    """How large DynamoDB takes an item to be, in its low-level form (developer guide)."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: dict[str, Any]) -> int:
    ((kind, content),) = value.items()
    if kind in ("BOOL", "NULL"):
        return 1
    if kind == "N":
        return len(content) // 2 + 2
    if kind == "L":
        return 3 + sum(1 + _value_bytes(one) for one in content)
    if kind == "M":
        return 3 + sum(len(name.encode()) + 1 + _value_bytes(one) for name, one in content.items())
    return sum(len(one.encode()) for one in content) if kind == "SS" else len(content.encode())


def _ask_for_units(params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
    context[_ASKED] = params
    if "ReturnConsumedCapacity" in model.input_shape.members:
        params["ReturnConsumedCapacity"] = "TOTAL"
