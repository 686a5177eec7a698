"""Audit logs in tests: entries are added, and whatever else is done with one fails the test that does it.

The policies of the functions deny what IAM can tell apart (tests/house/test_template.py); this holds the code to all of it,
with each call that any test makes of DynamoDB by the code's own doors.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from pynamodb.connection import Connection

LOGS, OF_SITE = "DEEDS#", "DEEDS#site"
_SINGLE = ("PutItem", "UpdateItem", "DeleteItem")


def install(patch: pytest.MonkeyPatch) -> None:
    """Look at each call before it is made."""
    real = Connection._make_api_call

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        for verb, one in _writes(operation, arguments):
            _check(verb, one)
        return real(self, operation, arguments)

    patch.setattr(Connection, "_make_api_call", call)


def _writes(operation: str, arguments: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The writes that a call consists of: of a transaction each as the call that it stands for."""
    if operation in _SINGLE:
        yield operation, arguments
    for item in arguments.get("TransactItems", ()) if operation == "TransactWriteItems" else ():
        yield from ((f"{verb}Item", one) for verb, one in item.items())
    for requests in arguments.get("RequestItems", {}).values() if operation == "BatchWriteItem" else ():
        yield from ((verb, one) for request in requests for verb, one in request.items())


def _check(verb: str, one: dict[str, Any]) -> None:
    """A removal takes a whole log along, by batches, and never the site's."""
    pk = str((one.get("Item") or one.get("Key") or {}).get("pk", {}).get("S"))
    if not pk.startswith(LOGS):
        return
    is_new = verb == "PutItem" and "attribute_not_exists" in str(one.get("ConditionExpression"))
    goes_along = verb in ("PutRequest", "DeleteRequest") and pk != OF_SITE
    # What the sweeper catches are errors; this is none.
    if not is_new and not goes_along and verb != "ConditionCheckItem":
        pytest.fail(f"{verb} of {pk}: entries of audit logs are added and nothing else (ADR 42).")
