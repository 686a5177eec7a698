"""Quick calls of AWS beside botocore's own: the same is sent, read, raised and tried again."""

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.endpoint
import botocore.serialize
import orjson
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.credentials import RefreshableCredentials
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib import quickly

KEY = {"pk": {"S": "COMPETITION#é"}, "sk": {"S": 'a "B":'}}
ITEM = {**KEY, "n": {"N": "3"}, "m": {"M": {"B": {"S": "x"}, "l": {"L": [{"BOOL": True}, {"NULL": True}]}}}}
WITH_BYTES = {**KEY, "b": {"B": b"\x00\xff"}, "m": {"M": {"B": {"BS": [b"1", b"2"]}}}, "s": {"SS": ["B"]}}
IN_BASE64 = {**KEY, "b": {"B": "AP8="}, "m": {"M": {"B": {"BS": ["MQ==", "Mg=="]}}}, "s": {"SS": ["B"]}}
UNITS = {"TableName": "t", "CapacityUnits": 1.5}
#: Of each hot call what is asked, and an answer as AWS writes it.
CALLS: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]] = {
    ("dynamodb", "BatchGetItem"): (
        {"RequestItems": {"t": {"Keys": [KEY], "ConsistentRead": True}}, "ReturnConsumedCapacity": "TOTAL"},
        {"Responses": {"t": [ITEM, IN_BASE64]}, "UnprocessedKeys": {"t": {"Keys": [KEY]}}, "ConsumedCapacity": [UNITS]},
    ),
    ("dynamodb", "Query"): (
        {"TableName": "t", "KeyConditionExpression": "pk = :0", "ExpressionAttributeValues": {":0": KEY["pk"]}, "Limit": 3},
        {"Items": [ITEM], "Count": 1, "ScannedCount": 1, "LastEvaluatedKey": KEY},
    ),
    ("dynamodb", "PutItem"): ({"TableName": "t", "Item": WITH_BYTES}, {"ConsumedCapacity": UNITS}),
    ("dynamodb", "UpdateItem"): (
        {"TableName": "t", "Key": KEY, "UpdateExpression": "REMOVE n", "ReturnValues": "ALL_NEW"},
        {"Attributes": IN_BASE64},
    ),
    ("dynamodb", "TransactWriteItems"): (
        {"TransactItems": [{"Put": {"TableName": "t", "Item": WITH_BYTES}}], "ClientRequestToken": "once"},
        {},
    ),
    ("sqs", "SendMessage"): (
        {
            "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/1/q",
            "MessageBody": "é",
            "DelaySeconds": 0,
            "MessageAttributes": {"request": {"DataType": "String", "StringValue": "a"}},
        },
        {"MD5OfMessageBody": "0" * 32, "MessageId": "m"},
    ),
}
NAMES = sorted(CALLS)
Answer = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Credentials, a time and ids that both have, and a botocore that writes JSON without blanks."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"ACCESS_KEY_ID": "AKID", "SECRET_ACCESS_KEY": "secret", "DEFAULT_REGION": "eu-west-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    for module in ("botocore.auth", "chalicelib.quickly"):
        monkeypatch.setattr(f"{module}.get_current_datetime", lambda: at)
    monkeypatch.setattr(botocore.endpoint, "uuid", SimpleNamespace(uuid4=lambda: "an-id"))
    written = SimpleNamespace(dumps=lambda value: orjson.dumps(value).decode())
    monkeypatch.setattr(botocore.serialize, "json", written)
    yield


def made(service: str, answers: Answer | None = None, **how: Any) -> Any:
    """A client as ours, but as botocore makes it, whose requests go to `answers` and to the list `sent`."""
    config = Config(signature_version="v4", retries={"mode": "standard", "total_max_attempts": 4})
    client = boto3.session.Session().client(service, config=config, **how)
    client.sent = []

    def answer(request: Any, **_: Any) -> Any:
        client.sent.append(request)
        return (answers or answering(CALLS[service, "BatchGetItem" if service == "dynamodb" else "SendMessage"][1]))(request)

    client.meta.events.register("before-send", answer)
    return client


def answering(body: Any, status: int = 200, **headers: str) -> Answer:
    """What AWS answers."""
    content = json.dumps(body).encode() if not isinstance(body, bytes) else body
    told = {"Content-Type": "application/x-amz-json-1.0", "x-amzn-RequestId": "r", **headers}
    return lambda request: AWSResponse(request.url, status, told, SimpleNamespace(stream=lambda: iter([content])))


def looks(request: Any) -> tuple[Any, ...]:
    """All that is sent, but the agent's words on features that were used, and those that Powertools adds."""
    plain = {name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
    plain["User-Agent"] = re.sub(r" m/\S+| PT.*", "", plain["User-Agent"])
    return request.method, request.url, plain, request.body


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("token", ["", "a session's token"])
@pytest.mark.parametrize("where", [None, "http://localhost:4566"])
def test_what_is_sent_is_the_same_to_the_letter(
    name: tuple[str, str], token: str, where: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, operation = name
    if token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", token)
    if where:
        monkeypatch.setenv("AWS_ENDPOINT_URL", where)
    asked, answer = CALLS[name]
    plain, quick = made(service, answering(answer)), quickly.hasten(made(service, answering(answer)))
    for client in (plain, quick):
        # Of the first, botocore itself finds out where to and with which headers.
        client._make_api_call(operation, asked)
        client._make_api_call(operation, asked)
    assert [looks(request) for request in quick.sent] == [looks(request) for request in plain.sent]
    assert ("X-Amz-Security-Token" in quick.sent[1].headers) == bool(token)
    assert quick.sent[1].url.startswith(where or f"https://{service}.")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_answered_is_read_the_same(name: tuple[str, str]) -> None:
    (service, operation), (asked, answer) = name, CALLS[name]
    plain, quick = (made(service, answering(answer)) for _ in range(2))
    read = [[client._make_api_call(operation, dict(asked)) for _ in range(2)] for client in (plain, quickly.hasten(quick))]
    assert read[0] == read[1] and read[1][1]["ResponseMetadata"]["RequestId"] == "r"


def test_bytes_go_out_as_json_has_them() -> None:
    quick = quickly.hasten(made("dynamodb", answering({})))
    for _ in range(2):
        quick.put_item(TableName="t", Item=WITH_BYTES)
    assert [json.loads(request.body) for request in quick.sent] == [{"TableName": "t", "Item": IN_BASE64}] * 2


CANCELLED = {
    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    "Message": "Transaction cancelled",
    "CancellationReasons": [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Item": ITEM, "Message": "no"}],
}
THROTTLED = {"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException", "message": "slowly"}
FAILED = {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "message": "no"}
OTHER = {"__type": "com.amazon.coral.service#ExpiredTokenException", "message": "expired"}


def _timeout(request: Any) -> Any:
    raise ReadTimeoutError(endpoint_url=request.url)


@pytest.mark.parametrize(
    "answers",
    [
        [answering(CANCELLED, 400)],
        [answering(FAILED, 400)],
        [answering(OTHER, 400)],
        [answering(THROTTLED, 400)] * 4,
        [answering(THROTTLED, 400), answering({})],
        [answering(b"<html>busy</html>", 503)] * 2 + [answering({})],
        [answering({"__type": "InternalServerError"}, 500)] * 4,
        [_timeout, answering({})],
        [_timeout] * 4,
        [answering({}, **{"x-amz-crc32": "1"}), answering({})],
    ],
    ids=["cancelled", "failed", "expired", "throttled", "throttled once", "busy", "broken", "late once", "late", "torn"],
)
def test_trouble_is_tried_again_and_raised_the_same(answers: list[Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    ends = []
    for wrap in (lambda client: client, quickly.hasten):
        pauses: list[float] = []
        random.seed(0)
        monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=pauses.append))
        waiting = iter([answering({}), *answers])
        client = wrap(made("dynamodb", lambda request, waiting=waiting: next(waiting)(request)))
        asked = CALLS["dynamodb", "TransactWriteItems"][0]
        asked = {**asked, "TransactItems": [{"Put": {"TableName": "t", "Item": ITEM}}]}
        client._make_api_call("TransactWriteItems", asked)
        try:
            end: Any = client._make_api_call("TransactWriteItems", asked)
        except (ClientError, ReadTimeoutError) as error:
            end = (type(error).__name__, str(error), getattr(error, "response", None))
        ends.append((end, pauses, [looks(request) for request in client.sent]))
    assert ends[0] == ends[1] and len(ends[1][2]) == 1 + len(answers)


def test_credentials_that_were_renewed_sign_the_next_call() -> None:
    numbers = count()

    def fresh() -> dict[str, str]:
        number = next(numbers)
        soon = datetime.now(UTC) + timedelta(seconds=1)
        return {"access_key": f"AKID{number}", "secret_key": "s", "token": f"token{number}", "expiry_time": soon.isoformat()}

    quick = quickly.hasten(made("dynamodb", answering({})))
    quick._request_signer._credentials = RefreshableCredentials.create_from_metadata(fresh(), fresh, "test")
    for _ in range(2):
        quick._make_api_call(*_query())
    told = [(request.headers["X-Amz-Security-Token"], request.headers["Authorization"]) for request in quick.sent]
    assert [token for token, _ in told] == ["token1", "token2"] and "AKID2/" in told[1][1]


def _query() -> tuple[str, dict[str, Any]]:
    return "Query", dict(CALLS["dynamodb", "Query"][0])


def test_other_calls_and_what_cannot_be_written_quickly_are_botocores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(botocore.serialize, "json", json)
    ends = []
    for wrap in (lambda client: client, quickly.hasten):
        client = wrap(made("dynamodb", answering({})))
        for _ in range(2):
            client.describe_table(TableName="t")
        for text in ("plain", "\ud800"):
            client.query(TableName="t", KeyConditionExpression=text)
        ends.append([looks(request) for request in client.sent])
    assert ends[1][0] == ends[0][0] and ends[1][3] == ends[0][3]


def test_nothing_of_a_call_stays_for_the_next() -> None:
    quick = quickly.hasten(made("dynamodb", answering({})))

    def number(params: dict[str, Any], **_: Any) -> None:
        params["headers"].setdefault("X-Once", str(len(quick.sent)))

    quick.meta.events.register("before-call", number)
    for _ in range(3):
        quick._make_api_call(*_query())
    assert [request.headers["X-Once"] for request in quick.sent] == ["0", "1", "2"]
    assert quickly.hasten(quick) is quick


def test_without_credentials_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = quickly.hasten(made("dynamodb", answering({})))
    quick._make_api_call(*_query())
    quick._request_signer._credentials = None
    with pytest.raises(botocore.exceptions.NoCredentialsError):
        quick._make_api_call(*_query())
    assert len(quick.sent) == 1
