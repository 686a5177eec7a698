"""Items as DynamoDB spells them: read and written in bulk, compared, and stored without what makes them due."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from agon.instance.cloud import client

Item = dict[str, Any]
Key = tuple[str, str]
#: What DynamoDB takes and gives in one call.
WRITTEN_AT_ONCE, READ_AT_ONCE = 25, 100
#: What makes an item due for the sweeper, or waiting for a runner.
DUE = ("due_pk", "due_at", "waiting_pk", "waiting_sk")
#: Kinds of items that a stack has which nobody has used: its sweeper's own.
UNUSED = ("catalogue_review", "sweep_report", "storage_review", "storage_finding", "schema_migration")
_LONGEST_PAUSE_SECONDS = 5.0


def is_used(dynamodb: Any, table: str) -> bool:
    """Tell whether a stack's table has items of anybody's. `dynamodb` is boto3's client of its account."""
    kinds = {f":k{number}": {"S": kind} for number, kind in enumerate(UNUSED)}
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression=f"NOT kind IN ({', '.join(kinds)})",
        ExpressionAttributeValues=kinds,
        ConsistentRead=True,
    )
    return any(page["Items"] for page in pages)


def chunks(items: list[Item], size: int) -> list[list[Item]]:
    """The items in parts of at most `size`."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def at_rest(item: Item) -> Item:
    """An item without what makes it due."""
    return {name: value for name, value in item.items() if name not in DUE}


def write(table: str, items: list[Item]) -> None:
    """Write at most 25 items. What DynamoDB has no capacity for is sent again."""
    left: dict[str, Any] = {table: [{"PutRequest": {"Item": item}} for item in items]} if items else {}
    pauses = _pauses()
    while left and (left := client("dynamodb").batch_write_item(RequestItems=left).get("UnprocessedItems") or {}):
        time.sleep(next(pauses))


def found_at(table: str, keys: list[Key]) -> dict[Key, Item]:
    """The items that there are of at most 100 keys, read consistently."""
    wanted = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in keys]
    left: dict[str, Any] = {table: {"Keys": wanted, "ConsistentRead": True}} if wanted else {}
    found: dict[Key, Item] = {}
    pauses = _pauses()
    while left:
        answer = client("dynamodb").batch_get_item(RequestItems=left)
        found |= {(one["pk"]["S"], one["sk"]["S"]): one for one in answer["Responses"].get(table, ())}
        if left := answer.get("UnprocessedKeys") or {}:
            time.sleep(next(pauses))
    return found


def _pauses() -> Iterator[float]:
    """The seconds to wait before each further call for what DynamoDB had no capacity for."""
    pause = 0.05
    while True:
        yield random.uniform(0.5, 1) * pause
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


def comparable(value: Any) -> Any:
    """An item without the order of its sets, which DynamoDB does not keep."""
    if isinstance(value, dict):
        return {
            name: sorted(one) if name in ("SS", "NS", "BS") and isinstance(one, list) else comparable(one)
            for name, one in value.items()
        }
    return [comparable(one) for one in value] if isinstance(value, list) else value


def wake(table: str, item: Item) -> None:
    """Give an item what makes it due, unless it has been given that, or is another one by now."""
    due = {name: item[name] for name in DUE if name in item}
    try:
        client("dynamodb").update_item(
            TableName=table,
            Key={"pk": item["pk"], "sk": item["sk"]},
            UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in due),
            ConditionExpression="attribute_exists(pk) AND attribute_not_exists(due_pk) AND attribute_not_exists(waiting_pk)",
            ExpressionAttributeValues={f":{name}": value for name, value in due.items()},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
