"""Batches of reads and writes, of which a busy table does a part and gives back the rest (DynamoDB's Unprocessed…).

PynamoDB itself asks for the rest at once: where it reads without an end, and where it writes three times.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pynamodb.models import Model

from chalicelib.store.patience import Unprocessed, patiently

#: Of one BatchGetItem and of one BatchWriteItem, as DynamoDB says.
READ_AT_ONCE = 100
WRITTEN_AT_ONCE = 25
Serialized = Mapping[str, Any]
#: Sends a part, and gives what of it is left to do.
Send = Callable[[Sequence[Serialized]], Sequence[Serialized]]


def get(model: type[Model], keys: Iterable[tuple[str, str]]) -> list[Any]:
    """The items that there are at any number of keys, 100 a call, read consistently, in any order. Raises Busy."""
    found: list[Any] = []

    def read(left: Sequence[Serialized]) -> Sequence[Serialized]:
        page, rest = model._batch_get_page(left, consistent_read=True, attributes_to_get=None)
        found.extend(model.from_raw_data(item) for item in page)
        return rest or ()

    names = [str(attribute.attr_name) for attribute in (model._hash_key_attribute(), model._range_key_attribute())]
    _in_parts(read, [dict(zip(names, model._serialize_keys(*key), strict=True)) for key in keys], READ_AT_ONCE)
    return found


def put(model: type[Model], items: Sequence[Model]) -> None:
    """Store any number of items, 25 a call. Raises Busy, with those of former calls stored, and maybe some of the last."""
    connection = model._get_connection()
    _write(model, lambda left: connection.batch_write_item(put_items=left), [item.serialize() for item in items])


def delete(model: type[Model], items: Sequence[Model]) -> None:
    """Remove any number of items, 25 a call. Raises Busy as `put`."""
    connection = model._get_connection()
    _write(model, lambda left: connection.batch_write_item(delete_items=left), [item._get_keys() for item in items])


def _write(
    model: type[Model], write: Callable[[Sequence[Serialized]], Mapping[str, Any]], bodies: Sequence[Serialized]
) -> None:
    def send(left: Sequence[Serialized]) -> Sequence[Serialized]:
        rest = write(left).get("UnprocessedItems", {}).get(model.Meta.table_name, ())
        return [body for request in rest for wanted in request.values() for body in wanted.values()]

    _in_parts(send, bodies, WRITTEN_AT_ONCE)


def _in_parts(send: Send, bodies: Sequence[Serialized], size: int) -> None:
    for start in range(0, len(bodies), size):
        _until_done(send, bodies[start : start + size])


def _until_done(send: Send, left: Sequence[Serialized]) -> None:
    def again() -> None:
        nonlocal left
        left = send(left)
        if left:
            raise Unprocessed

    patiently(again)
