"""DynamoDB and SQS asked without HTTP. A request that is made, signed, taken apart and found out about costs more than its
answer.

Moto is given what botocore has put into the request's body, and what it answers is what botocore would read of the
answer's. What is refused is told in moto's JSON and read by botocore, as it would be from afar.
"""

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.responses import ActionResult, BaseResponse
from moto.dynamodb.responses import DynamoHandler
from moto.sqs.responses import SQSResponse

#: Calls of DynamoDB that take and give values of items, strings and numbers, and nothing of another kind.
CALLS = frozenset(
    f"{verb}Item{plural}"
    for verb, plural in (("Get", ""), ("Put", ""), ("Update", ""), ("Delete", ""), ("BatchGet", ""), ("BatchWrite", ""))
) | {"Query", "Scan", "TransactGetItems", "TransactWriteItems"}
#: Those of SQS.
LETTERS = frozenset({"SendMessage", "ReceiveMessage", "DeleteMessageBatch"})
#: How bytes begin in a body: they are written in base64, which is moto's own to read.
BYTES = (b'"B": "', b'"BS": [', b'"B":"', b'"BS":[')

_request = BaseClient._make_request


class _Direct(BaseResponse):
    """A call, of which an answer stays an object."""

    def __init__(self, region: str, headers: Any, parameters: dict[str, Any]) -> None:
        super().__init__()
        self.region, self.current_account = region, DEFAULT_ACCOUNT_ID
        self.headers, self.params, self.body = headers, parameters, parameters
        self.querystring: dict[str, Any] = {}
        self.uri_match: dict[str, Any] = {}
        self.response_headers: dict[str, str] = {}

    def serialized(self, action_result: ActionResult) -> Any:
        if isinstance(action_result.result, Exception):
            return super().serialized(action_result)
        return 200, self.response_headers, action_result.result


class _Call(_Direct, DynamoHandler):
    """One of DynamoDB."""


class _Letter(_Direct, SQSResponse):
    """One of SQS."""


#: Who answers, by the service and its calls.
_ANSWERED = {("dynamodb", name): _Call for name in CALLS} | {("sqs", name): _Letter for name in LETTERS}


def _ask(client: BaseClient, operation: Any, asked: dict[str, Any], context: dict[str, Any]) -> tuple[AWSResponse, Any]:
    body, answered = asked["body"], _ANSWERED.get((operation.service_model.service_name, operation.name))
    if answered is None or answered is _Call and any(start in body for start in BYTES):
        return _request(client, operation, asked, context)
    call = answered(client.meta.region_name, asked["headers"], json.loads(body))
    # Past DynamoHandler's own, which counts a check sum of the text that there is not.
    status, headers, told = BaseResponse.call_action(call)
    http = AWSResponse(asked["url"], status, headers, None)
    if isinstance(told, dict):
        members = operation.output_shape.members
        parsed = {name: value for name, value in told.items() if name in members and value is not None}
        return http, parsed | {"ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": headers, "RetryAttempts": 0}}
    answer, parser = {"status_code": status, "headers": headers, "body": told.encode()}, client._response_parser
    parsed = parser.parse(answer, operation.output_shape)
    client._endpoint._add_modeled_error_fields(answer, parsed, operation, parser)
    return http, parsed


def install(patch: pytest.MonkeyPatch) -> None:
    """Have both asked so."""
    patch.setattr(BaseClient, "_make_request", _ask)


def remove(patch: pytest.MonkeyPatch) -> None:
    """Have botocore as it comes."""
    patch.setattr(BaseClient, "_make_request", _request)
