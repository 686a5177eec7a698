"""What stands in for slow parts of moto and botocore answers as they do."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.api import quick_botocore, quick_calls, quick_moto
from tests.api.conftest import Site, client

KEY = {"pk": {"S": "A"}, "sk": {"S": "1"}}
#: A value of each type, in each other that holds some.
VALUES: dict[str, Any] = {
    "text": {"S": "é"},
    "nothing": {"S": ""},
    "number": {"N": "1.50"},
    "yes": {"BOOL": True},
    "no": {"BOOL": False},
    "null": {"NULL": True},
    "bytes": {"B": b"\x00\xff"},
    "texts": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},
    "list": {"L": [{"S": "a"}, {"N": "1"}, {"L": []}, {"M": {"deep": {"B": b"x"}}}]},
    "map": {"M": {"a": {"S": "1"}, "b": {"M": {}}, "c": {"L": [{"NULL": True}]}, "#d": {"BOOL": False}}},
}
NAMES = {f"#{name}": name for name in ("list", "map", "a", "number", "text", "texts", "fresh", "sk")}


def _put(table: str) -> Any:
    return client("dynamodb").put_item(TableName=table, Item={**KEY, **VALUES}, ReturnValues="ALL_OLD")


def _update(expression: str, condition: str = "attribute_exists(pk)", **values: Any) -> Callable[[str], Any]:
    names = {name: told for name, told in NAMES.items() if name in expression + condition}
    told = {"ExpressionAttributeNames": names} if names else {}
    if values:
        told["ExpressionAttributeValues"] = {f":{name}": value for name, value in values.items()}
    asked = {"Key": KEY, "UpdateExpression": expression, "ConditionExpression": condition, **told}
    return lambda table: client("dynamodb").update_item(TableName=table, **asked, ReturnValues="ALL_NEW")


def _transaction(*items: dict[str, Any]) -> Callable[[str], Any]:
    def send(table: str) -> Any:
        told = [{verb: {"TableName": table, **asked} for verb, asked in item.items()} for item in items]
        return client("dynamodb").transact_write_items(TransactItems=told)

    return send


def _other(table: str) -> Any:
    return client("dynamodb").put_item(TableName=table, Item={"pk": {"S": "A"}, "sk": {"S": "2"}, "n": {"N": "7"}})


def _query(condition: str = "pk = :p", limit: int = 100, **asked: Any) -> Callable[[str], Any]:
    """All that is asked for, page after page."""
    values = {":p": {"S": "A"}, ":x": {"S": "LIST"}, ":s": {"S": "4"}, ":n": {"N": "5"}}
    told = {name: value for name, value in values.items() if name in condition + asked.get("FilterExpression", "")}
    asked |= {"KeyConditionExpression": condition, "ExpressionAttributeValues": told, "Limit": limit}

    def send(table: str) -> Any:
        pages = client("dynamodb").get_paginator("query").paginate(TableName=table, **asked)
        return {number: {**page, "ResponseMetadata": None} for number, page in enumerate(pages)}

    return send


def _listed(table: str) -> Any:
    """Items of two lists, some of them of one place in it, and of none."""
    lists = [{"list_pk": {"S": name}, "list_sk": {"S": str(place // 2)}} for name in ("LIST", "OTHER") for place in range(3)]
    items = [{"pk": {"S": "B"}, "sk": {"S": str(number)}, **told} for number, told in enumerate([*lists, {"n": {"N": "1"}}])]
    return client("dynamodb").batch_write_item(RequestItems={table: [{"PutRequest": {"Item": item}} for item in items]})


#: Calls one after the other, each of which finds what the former ones left.
CALLS: dict[str, Callable[[str], Any]] = {
    "put": _put,
    "put again": _put,
    "get": lambda table: client("dynamodb").get_item(TableName=table, Key=KEY),
    "get what is not there": lambda table: client("dynamodb").get_item(TableName=table, Key={**KEY, "sk": {"S": "9"}}),
    "set": _update("SET #map.#a = :v, fresh = :v", v={"S": "set"}),
    "count": _update("SET number = number + :n ADD visits :n", n={"N": "2"}),
    "default": _update("SET kept = if_not_exists(text, :v), made = if_not_exists(absent, :v)", v={"S": "d"}),
    "append": _update("SET #list = list_append(#list, :l)", l={"L": [{"N": "9"}]}),
    "remove of a list": _update("REMOVE #list[0], #list[2], fresh"),
    "delete of a set": _update("DELETE texts :s", s={"SS": ["a"]}),
    "whole ones": _update("SET #fresh = :t, #a = :m REMOVE #text, #list ADD #number :n",
                          t={"S": ""}, m=VALUES["map"], n={"N": "-0.25"}),
    "whole ones on a condition": _update("SET #list = :l, #text = :t REMOVE #fresh, #a", "#fresh = :e",
                                         l=VALUES["list"], t={"S": "é"}, e={"S": ""}),
    "whole ones on one that fails": _update("SET #text = :t", "attribute_not_exists(#list)", t={"S": "x"}),
    "removal of what is not there": _update("REMOVE #fresh"),
    "count of what is not there": _update("ADD #fresh :n", n={"N": "3"}),
    "count of text": _update("SET #fresh = :n ADD #text :n", n={"N": "3"}),
    "addition to a set": _update("SET #fresh = :n ADD #texts :s", n={"N": "4"}, s={"SS": ["b", "c"]}),
    "a whole key": _update("SET #sk = :v", v={"S": "x"}),
    "a whole one without a value": _update("SET #fresh = :a, #text = :v", a={"N": "5"}),
    "a whole one that is named twice": _update("SET #fresh = :a, #fresh = :a", a={"N": "5"}),
    "one that grows too large": _update("SET #fresh = :v, #text = :v", v={"S": "x" * 250_000}),
    "one that is replaced by as much": _update("SET #fresh = :v", v={"S": "x" * 350_000}),
    "and again": _update("SET #fresh = :v", v={"S": "y" * 350_000}),
    "and is small again": _update("REMOVE #fresh"),
    "one that begins with an update": lambda table: client("dynamodb").update_item(
        TableName=table, Key={**KEY, "sk": {"S": "7"}}, UpdateExpression="SET #a = :a ADD #n :n", ReturnValues="ALL_NEW",
        ExpressionAttributeNames={"#a": "a", "#n": "n"}, ExpressionAttributeValues={":a": {"S": "a"}, ":n": {"N": "1"}},
    ),
    "its end": lambda table: client("dynamodb").delete_item(
        TableName=table, Key={**KEY, "sk": {"S": "7"}}, ReturnValues="ALL_OLD"
    ),
    "path to nowhere": _update("SET absent.deep = :v", v={"S": "x"}),
    "two paths that overlap": _update("SET #map.#a = :v, #map = :v", v={"S": "x"}),
    "key": _update("SET sk = :v", v={"S": "x"}),
    "name without a value": _update("SET text = :v"),
    "wrong type": _update("ADD text :n", n={"N": "1"}),
    "reserved word": _update("SET size = :v", v={"N": "1"}),
    "wrong word": _update("SETTLE text"),
    "condition": _update("SET text = :v", "(text = :e OR number IN (:n, :v)) AND NOT contains(#list, :v)",
                         v={"S": "w"}, e={"S": "é"}, n={"N": "3"}),
    "condition that fails": _update("SET text = :v", "number BETWEEN :a AND :b", v={"S": "x"}, a={"N": "90"}, b={"N": "99"}),
    "condition that is none": _update("SET text = :v", "text ==== :v", v={"S": "x"}),
    "other": _other,
    "transaction": _transaction(
        {"Put": {"Item": {**KEY, "sk": {"S": "3"}, "n": {"N": "1"}}}},
        {"Update": {"Key": KEY, "UpdateExpression": "SET t = :v", "ExpressionAttributeValues": {":v": VALUES["map"]}}},
        {"Delete": {"Key": {**KEY, "sk": {"S": "2"}}}},
    ),
    "transaction of whole ones that fails": _transaction(
        {"Update": {"Key": KEY, "UpdateExpression": "SET #t = :v ADD #n :n",
                    "ExpressionAttributeNames": {"#t": "t", "#n": "number"},
                    "ExpressionAttributeValues": {":v": {"N": "0"}, ":n": {"N": "1"}}}},
        {"Update": {"Key": {**KEY, "sk": {"S": "3"}}, "UpdateExpression": "ADD #n :t",
                    "ExpressionAttributeNames": {"#n": "n"}, "ExpressionAttributeValues": {":t": {"S": "no number"}}}},
    ),
    "transaction that fails": _transaction(
        {"Put": {"Item": {**KEY, "sk": {"S": "4"}}}},
        {"Update": {"Key": KEY, "UpdateExpression": "SET t = :v", "ExpressionAttributeValues": {":v": {"N": "0"}}}},
        {"Delete": {"Key": {**KEY, "sk": {"S": "3"}}, "ConditionExpression": "n = :n",
                    "ExpressionAttributeValues": {":n": {"N": "8"}}}},
    ),
    "an item as large as may be": lambda table: client("dynamodb").put_item(
        TableName=table, Item={**KEY, "sk": {"S": "5"}, "a": {"S": "a" * 300_000}, "b": {"B": b"b" * 100_000}}
    ),
    "an item too large": lambda table: client("dynamodb").put_item(
        TableName=table, Item={**KEY, "sk": {"S": "6"}, "a": {"S": "a" * 300_000}, "b": {"S": "é" * 55_000}}
    ),
    "all": _query(),
    "the last ones, backwards": _query("pk = :p AND sk > :s", ScanIndexForward=False),
    "pages of two": _query(limit=2),
    "those that begin so": _query("pk = :p AND begins_with(sk, :s)"),
    "filtered": _query(FilterExpression="attribute_exists(a) OR n < :n"),
    "some of what they have": _query(ProjectionExpression="pk, n"),
    "how many": _query(Select="COUNT"),
    "a wrong index": _query(IndexName="none"),
    "listed": _listed,
    "a list": _query("list_pk = :x", IndexName="listed"),
    "a list backwards, one by one": _query("list_pk = :x", limit=1, IndexName="listed", ScanIndexForward=False),
    "the beginning of a list": _query("list_pk = :x AND list_sk < :s", IndexName="listed"),
    "every item": lambda table: client("dynamodb").scan(TableName=table),
    "items of many": lambda table: client("dynamodb").batch_get_item(
        RequestItems={table: {"Keys": [KEY, {**KEY, "sk": {"S": "9"}}, {"pk": {"S": "B"}, "sk": {"S": "0"}}]}}
    ),
    "items at one moment": lambda table: client("dynamodb").transact_get_items(
        TransactItems=[{"Get": {"TableName": table, "Key": {**KEY, "sk": {"S": place}}}} for place in "19"]
    ),
    "deleted": lambda table: client("dynamodb").delete_item(TableName=table, Key=KEY, ReturnValues="ALL_OLD"),
    "deleted again": lambda table: client("dynamodb").delete_item(TableName=table, Key=KEY, ReturnValues="ALL_OLD"),
    "deleted unless": lambda table: client("dynamodb").delete_item(
        TableName=table, Key={**KEY, "sk": {"S": "5"}}, ConditionExpression="attribute_not_exists(pk)",
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
    ),
    "no such table": lambda table: client("dynamodb").get_item(TableName="none", Key=KEY),
    "no such key": lambda table: client("dynamodb").get_item(TableName=table, Key={"pk": {"S": "A"}}),
}  # fmt: skip


def _answers(table: str) -> dict[str, Any]:
    found = {}
    for name, call in CALLS.items():
        try:
            found[name] = call(table)
        except ClientError as e:
            found[name] = e.response
        found[name] = {key: value for key, value in found[name].items() if key != "ResponseMetadata"}
    return found


@pytest.fixture(scope="module")
def answers(deployed: Site) -> list[dict[str, Any]]:
    """What the quick parts and the slow ones answer."""
    deployed.clean()
    quick = _answers(deployed.outputs["TableName"])
    deployed.clean()
    with pytest.MonkeyPatch.context() as patch:
        quick_moto.remove(patch)
        quick_botocore.remove(patch)
        quick_calls.remove(patch)
        return [quick, _answers(deployed.outputs["TableName"])]


@pytest.mark.parametrize("name", CALLS)
def test_each_call_is_answered_as_by_moto_itself(answers: list[dict[str, Any]], name: str) -> None:
    quick, slow = answers
    assert quick[name] == slow[name]


def test_the_calls_that_are_compared_succeed_and_fail(answers: list[dict[str, Any]]) -> None:
    refused = {name for name, answer in answers[1].items() if "Error" in answer}
    assert len(refused) >= 9
    assert len(CALLS) - len(refused) >= 12
    assert len(answers[1]["all"][0]["Items"]) == 3
    assert len(answers[1]["a list backwards, one by one"]) >= 3


def test_what_is_sent_to_s3_is_signed_in_earnest(site: Site) -> None:
    url = client("s3").generate_presigned_url("get_object", {"Bucket": site.outputs["FilesBucket"], "Key": "a"})
    assert "Signature=" in url
    assert "0" * 64 not in url


#: What SQS is asked, one after the other; answers tell what is only theirs.
LETTERS: dict[str, Callable[[str], Any]] = {
    "sent": lambda url: client("sqs").send_message(QueueUrl=url, MessageBody='{"é": 1}'),
    "sent with what it is of": lambda url: client("sqs").send_message(
        QueueUrl=url, MessageBody="2", MessageAttributes={"request": {"StringValue": "r", "DataType": "String"}}
    ),
    "sent later": lambda url: client("sqs").send_message(QueueUrl=url, MessageBody="3", DelaySeconds=60),
    "taken": lambda url: client("sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0, AttributeNames=["All"], MessageAttributeNames=["All"]
    ),
    "nothing to take": lambda url: client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=0),
    "too many": lambda url: client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=11, WaitTimeSeconds=0),
    "deleted": lambda url: client("sqs").delete_message_batch(
        QueueUrl=url, Entries=[{"Id": "a", "ReceiptHandle": "none of them"}]
    ),
    "none deleted": lambda url: client("sqs").delete_message_batch(QueueUrl=url, Entries=[]),
    "no such queue": lambda url: client("sqs").send_message(QueueUrl=f"{url}-none", MessageBody="1"),
}
#: What is another one each time.
_OWN = ("MessageId", "ReceiptHandle", "SentTimestamp", "ApproximateFirstReceiveTimestamp", "ResponseMetadata")


def _told(found: Any) -> Any:
    """An answer without what differs from one to the next."""
    if isinstance(found, list):
        return [_told(one) for one in found]
    if not isinstance(found, dict):
        return found
    return {key: "" if key in _OWN else _told(value) for key, value in found.items()}


def _letters(url: str) -> dict[str, Any]:
    found = {}
    for name, call in LETTERS.items():
        try:
            found[name] = _told(call(url))
        except ClientError as e:
            found[name] = _told(e.response)
    return found


@pytest.fixture(scope="module")
def letters(deployed: Site) -> list[dict[str, Any]]:
    """What SQS answers quickly, and what it answers by HTTP."""
    url = deployed.outputs["TasksQueueUrl"]
    deployed.clean()
    quick = _letters(url)
    deployed.clean()
    with pytest.MonkeyPatch.context() as patch:
        quick_calls.remove(patch)
        slow = _letters(url)
    deployed.clean()
    return [quick, slow]


@pytest.mark.parametrize("name", LETTERS)
def test_sqs_answers_what_it_answers_by_http(letters: list[dict[str, Any]], name: str) -> None:
    quick, slow = letters
    assert quick[name] == slow[name]


def test_the_letters_that_are_compared_arrive_and_are_refused(letters: list[dict[str, Any]]) -> None:
    assert [one["Body"] for one in letters[1]["taken"]["Messages"]] == ['{"é": 1}', "2"]
    assert {name for name, answer in letters[1].items() if "Error" in answer} == {
        "too many",
        "none deleted",
        "no such queue",
    }
