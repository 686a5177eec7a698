"""The program MiniStack, whose tables throttle as DynamoDB's do: no emulator does so by itself.

Each partition of a table or an index takes so many units a second, of reads three times as many as of writes (DynamoDB's
developer guide: 1,000 written, 3,000 read), and saves none up. A call that meets a full one is refused whole, a batch as
well: that is harsher than DynamoDB, which lends to the hot from the cold. A full index refuses what is written to its table.
An emulator on a small machine takes a part of the calls that DynamoDB takes, so partitions are as much smaller as the file
says that switches this on.
"""

import json
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ministack.services import dynamodb

from agon.local import ministack_program
from benchmarks.counting import item_bytes
from benchmarks.throttled import SWITCH, TOLD

#: Units that are read for one that is written.
_READS_FOR_A_WRITE = 3.0
#: Bytes of a unit (developer guide, read and write operations).
_WRITE_BYTES, _READ_BYTES = 1024, 4096
_ERROR = "ProvisionedThroughputExceededException"
_MESSAGE = "The level of configured provisioned throughput for one or more partitions was exceeded."
_READ = "read "
_SINGLE = {"PutItem": "Put", "UpdateItem": "Update", "DeleteItem": "Delete"}
_READS = {"GetItem", "BatchGetItem", "Query"}

Item = Mapping[str, Any]
Answer = tuple[int, dict[str, str], bytes]


class Write(NamedTuple):
    """One item that a call writes or checks."""

    kind: str
    table: str
    key: Item
    item: Item


class Partition:
    """The units that one partition can still take: those of a second, at most."""

    def __init__(self, per_second: float) -> None:
        self._per_second = self._left = per_second
        self._at = time.monotonic()

    def is_full(self) -> bool:
        """True until its debt is paid."""
        now = time.monotonic()
        self._left = min(self._per_second, self._left + (now - self._at) * self._per_second)
        self._at = now
        return self._left <= 0

    def take(self, units: float) -> None:
        """Debit what a call took."""
        self._left -= units


class Throttle:
    """The partitions of all tables, by their names: `TABLE/key` or `INDEX/key`; what is read of one counts apart."""

    def __init__(self, write_units: float) -> None:
        self._write_units = write_units
        self._partitions: dict[str, Partition] = {}
        self._refused: Counter[str] = Counter()
        self._told_at = 0.0

    def full(self, names: Iterable[str]) -> bool:
        """True when one of them takes nothing now."""
        met = [name for name in names if self._of(name).is_full()]
        self._refused.update(_kind(name) for name in met)
        if met and time.monotonic() - self._told_at > 1:
            self._told_at = time.monotonic()
            Path(TOLD).write_text(json.dumps(self._refused))
        return bool(met)

    def take(self, names: Iterable[str], units: float) -> None:
        """Debit each of them."""
        for name in names:
            self._of(name).take(units)

    def _of(self, name: str) -> Partition:
        per_second = self._write_units * (_READS_FOR_A_WRITE if name.startswith(_READ) else 1)
        return self._partitions.setdefault(name, Partition(per_second))


def throttled(handle: Callable[[dict[str, Any]], Answer], throttle: Throttle, action: str, data: dict[str, Any]) -> Answer:
    """A call of DynamoDB as `handle` answers it, unless a partition that it needs is full."""
    if action in _READS:
        names = _read_names(action, data)
        if throttle.full(names):
            return _refusal()
        answer = handle(data)
        share = max(1.0, len(answer[2]) / _READ_BYTES / len(names)) * (1 if "ConsistentRead" in str(data) else 0.5)
        throttle.take(names, share)
        return answer
    writes = _writes(action, data)
    former = [_stored(write) for write in writes]
    places = [_written(write, [old, write.item]) for write, old in zip(writes, former, strict=True)]
    full = [throttle.full(names) for names in places]
    if any(full):
        return _cancelled(full) if action == "TransactWriteItems" else _refusal()
    answer = handle(data)
    for write, old in zip(writes, former, strict=True):
        new = _stored(write)
        units = math.ceil(max(item_bytes(dict(item)) for item in (old or {"": {"S": ""}}, new or write.key)) / _WRITE_BYTES)
        own, *indexed = _written(write, [old, new] if old != new else [])
        throttle.take([own], units * (2 if action == "TransactWriteItems" else 1))
        throttle.take(indexed, units)
    return answer


def _read_names(action: str, data: dict[str, Any]) -> list[str]:
    if action == "BatchGetItem":
        asked = data["RequestItems"].items()
        return [f"{_READ}{table}/{key[_pk(table)]['S']}" for table, one in asked for key in one["Keys"]]
    if action == "GetItem":
        return [f"{_READ}{data['TableName']}/{data['Key'][_pk(data['TableName'])]['S']}"]
    # The first value of a key's condition is that of the partition.
    first = next(iter(data["ExpressionAttributeValues"].values()))
    return [f"{_READ}{data.get('IndexName', data['TableName'])}/{first['S']}"]


def _writes(action: str, data: dict[str, Any]) -> list[Write]:
    if action in _SINGLE:
        return [_write(_SINGLE[action], data)]
    if action == "TransactWriteItems":
        return [_write(kind, what) for one in data["TransactItems"] for kind, what in one.items()]
    if action == "BatchWriteItem":
        asked = [(table, one) for table, some in data["RequestItems"].items() for one in some]
        return [
            _write(kind.removesuffix("Request"), {"TableName": table, **what})
            for table, one in asked
            for kind, what in one.items()
        ]
    return []


def _write(kind: str, what: dict[str, Any]) -> Write:
    item = what.get("Item", {})
    return Write(kind, what["TableName"], what.get("Key") or item, item)


def _written(write: Write, items: Iterable[Item | None]) -> list[str]:
    """The partitions of a write: its table's, and those of the indexes where one of the items stands."""
    found = {f"{write.table}/{write.key[_pk(write.table)]['S']}": None}
    if write.kind != "ConditionCheck":
        for index in _table(write.table)["GlobalSecondaryIndexes"]:
            name = next(one["AttributeName"] for one in index["KeySchema"] if one["KeyType"] == "HASH")
            found |= {f"{index['IndexName']}/{item[name]['S']}": None for item in items if item and name in item}
    return list(found)


def _stored(write: Write) -> Item | None:
    table = _table(write.table)
    item = table["items"].get(write.key[table["pk_name"]]["S"], {}).get(write.key[table["sk_name"]]["S"])
    return dict(item) if item else None


def _table(name: str) -> Any:
    return dynamodb._tables.get(name)


def _pk(table: str) -> str:
    return str(_table(table)["pk_name"])


def _kind(name: str) -> str:
    """A partition's name without the ids in it."""
    return name.partition("#")[0] if not name.startswith(_READ) else "reads"


def _refusal() -> Answer:
    return _error({"__type": f"com.amazonaws.dynamodb.v20120810#{_ERROR}", "message": _MESSAGE})


def _cancelled(full: list[bool]) -> Answer:
    codes = ["ThrottlingError" if one else "None" for one in full]
    message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{', '.join(codes)}]"
    reasons = [{"Code": code, "Message": _MESSAGE} for code in codes]
    return _error({"__type": "TransactionCanceledException", "message": message, "CancellationReasons": reasons})


def _error(told: dict[str, Any]) -> Answer:
    headers = {"Content-Type": "application/x-amz-json-1.0", "x-amzn-errortype": told["__type"].rpartition("#")[2]}
    return 400, headers, json.dumps(told).encode()


class Switched:
    """The handlers of the emulator's DynamoDB, which throttle while the switch is there."""

    def __init__(self) -> None:
        self._throttle: Throttle | None = None

    def around(self, action: str, real: Callable[[dict[str, Any]], Answer]) -> Callable[[dict[str, Any]], Answer]:
        """The handler in the place of the `real` one."""

        def handle(data: dict[str, Any]) -> Answer:
            switch = Path(SWITCH)
            if not switch.exists():
                return real(data)
            self._throttle = self._throttle or Throttle(float(switch.read_text()))
            return throttled(real, self._throttle, action, data)

        return handle


def install() -> None:
    """Have the emulator's DynamoDB throttle while it is told to."""
    switched = Switched()
    for action in [*_READS, *_SINGLE, "TransactWriteItems", "BatchWriteItem"]:
        name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in action)
        setattr(dynamodb, name, switched.around(action, getattr(dynamodb, name)))


if __name__ == "__main__":
    install()
    ministack_program.run()
