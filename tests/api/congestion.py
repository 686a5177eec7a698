"""DynamoDB when everybody writes the same items at once: transactions meet, and refuse each other."""

from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

_MESSAGE = "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]"


def congest(patch: pytest.MonkeyPatch) -> None:
    """Have every transaction meet another one, until the patch is undone. No condition of theirs fails."""
    real = BaseClient._make_api_call

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation != "TransactWriteItems":
            return real(self, operation, arguments)
        codes = ["TransactionConflict" for _ in arguments["TransactItems"]]
        error = {"Code": "TransactionCanceledException", "Message": _MESSAGE.format(", ".join(codes))}
        raise ClientError({"Error": error, "CancellationReasons": [{"Code": code} for code in codes]}, operation)

    patch.setattr(BaseClient, "_make_api_call", call)
