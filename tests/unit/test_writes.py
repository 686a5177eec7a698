"""A write that is not done: a failed condition, a busy table and a defect end in three ways, in every kind of write.

And what a query for items of any model asks DynamoDB.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import pytest
from botocore.stub import ANY, Stubber
from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import PynamoDBException

from chalicelib import settings
from chalicelib.errors import Busy, Conflict
from chalicelib.store import table, writes
from chalicelib.store.patience import TRIES
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

ENVIRONMENT = {
    **{f"AGON_{field.name.upper()}": "1" for field in fields(settings.Settings)},
    "AGON_TABLE": "stubbed",
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
}
MEANING = Conflict("Somebody came first.")


class Thing(table.Item, discriminator="thing_of_a_test"):
    size = NumberAttribute(null=True)


THING = Place(Thing, "THING#1", "THING")
THERE = Thing.pk.exists()
GROW = [Thing.size.add(1)]


def in_transaction(write: Transaction) -> None:
    write.update(Thing(*THING), actions=GROW, condition=THERE)
    write.delete(Thing("THING#2", "THING"), condition=THERE)


#: Each kind of write, and the operation of DynamoDB that it is.
WRITES: dict[str, Callable[[Conflict | None], None]] = {
    "put_item": lambda otherwise: writes.put(Thing(*THING), THERE, otherwise),
    "update_item": lambda otherwise: writes.update(Thing(*THING), GROW, THERE, otherwise),
    "delete_item": lambda otherwise: writes.delete(Thing(*THING), THERE, otherwise),
    "transact_write_items": lambda otherwise: writes.transact(in_transaction, otherwise=otherwise),
}
#: What passes by itself, as DynamoDB says it of one item.
PASSING = (
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "TransactionConflictException",
    "InternalServerError",
)
every_write = pytest.mark.parametrize("operation", WRITES)


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """The client of a connection that no other test of this process has, or gets."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        patch.setattr(table.Item, "_connection", None)
        settings.get.cache_clear()
        yield table.connection().client
    settings.get.cache_clear()


@pytest.fixture
def dynamodb(client: Any) -> Iterator[Stubber]:
    """What DynamoDB answers, call by call. A call too many is an error, and so is an answer that nobody asked for."""
    with Stubber(client) as stub:
        yield stub
        stub.assert_no_pending_responses()


def answer(dynamodb: Stubber, operation: str) -> None:
    stored = {"pk": {"S": THING[0]}, "sk": {"S": THING[1]}, "kind": {"S": "thing_of_a_test"}, "size": {"N": "1"}}
    dynamodb.add_response(operation, {"Attributes": stored} if operation == "update_item" else {})


def refuse(dynamodb: Stubber, operation: str, code: str, times: int = 1) -> None:
    for _ in range(times):
        dynamodb.add_client_error(operation, code, "No.", 400)


def cancel(dynamodb: Stubber, *codes: str, times: int = 1) -> None:
    reasons: dict[str, Any] = {"CancellationReasons": [{"Code": code} for code in codes]}
    for _ in range(times):
        dynamodb.add_client_error("transact_write_items", "TransactionCanceledException", "No.", 400, modeled_fields=reasons)


def fail_condition(dynamodb: Stubber, operation: str) -> None:
    if operation == "transact_write_items":
        cancel(dynamodb, "None", "ConditionalCheckFailed")
    else:
        refuse(dynamodb, operation, "ConditionalCheckFailedException")


def be_busy(dynamodb: Stubber, operation: str, times: int) -> None:
    if operation == "transact_write_items":
        cancel(dynamodb, "None", "TransactionConflict", times=times)
    else:
        refuse(dynamodb, operation, "TransactionConflictException", times)


@every_write
def test_a_failed_condition_is_told_at_once_as_what_it_means(dynamodb: Stubber, operation: str) -> None:
    fail_condition(dynamodb, operation)
    with pytest.raises(Conflict) as caught:
        WRITES[operation](MEANING)
    assert caught.value is MEANING


@every_write
def test_a_failed_condition_without_a_meaning_says_where(dynamodb: Stubber, operation: str) -> None:
    fail_condition(dynamodb, operation)
    with pytest.raises(ConditionFailed) as caught:
        WRITES[operation](None)
    assert caught.value.at == ({1} if operation == "transact_write_items" else {0})


@every_write
def test_what_dynamodb_is_too_busy_for_is_tried_again_and_done(dynamodb: Stubber, operation: str) -> None:
    be_busy(dynamodb, operation, times=2)
    answer(dynamodb, operation)
    WRITES[operation](MEANING)


@every_write
def test_what_stays_too_busy_is_told_as_busy_and_not_as_a_failed_condition(dynamodb: Stubber, operation: str) -> None:
    be_busy(dynamodb, operation, times=TRIES)
    with pytest.raises(Busy):
        WRITES[operation](MEANING)


@every_write
def test_a_condition_that_fails_once_the_table_is_free_is_a_failed_condition(dynamodb: Stubber, operation: str) -> None:
    be_busy(dynamodb, operation, times=1)
    fail_condition(dynamodb, operation)
    with pytest.raises(Conflict):
        WRITES[operation](MEANING)


@every_write
def test_a_defect_is_raised_as_it_came_and_not_tried_again(dynamodb: Stubber, operation: str) -> None:
    refuse(dynamodb, operation, "ValidationException")
    with pytest.raises(PynamoDBException) as caught:
        WRITES[operation](MEANING)
    assert caught.value.cause_response_code == "ValidationException"


@every_write
@pytest.mark.parametrize("code", PASSING)
def test_whatever_passes_by_itself_is_waited_for(dynamodb: Stubber, operation: str, code: str) -> None:
    refuse(dynamodb, operation, code)
    answer(dynamodb, operation)
    WRITES[operation](MEANING)


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"])
def test_a_transaction_whose_condition_failed_beside_what_passes_is_not_tried_again(dynamodb: Stubber, code: str) -> None:
    cancel(dynamodb, code, "ConditionalCheckFailed")
    with pytest.raises(ConditionFailed) as caught:
        writes.transact(in_transaction)
    assert caught.value.at == {1}


@pytest.mark.parametrize("code", ["ValidationError", "ItemCollectionSizeLimitExceeded"])
def test_a_transaction_that_is_cancelled_for_a_defect_is_one(dynamodb: Stubber, code: str) -> None:
    cancel(dynamodb, "None", code)
    with pytest.raises(PynamoDBException):
        writes.transact(in_transaction, otherwise=MEANING)


def test_what_goes_along_goes_along_in_the_first_try_alone(dynamodb: Stubber) -> None:
    sent: list[int] = []
    dynamodb.client.meta.events.register_first(
        "before-parameter-build.dynamodb.TransactWriteItems",
        lambda params, **_: sent.append(len(params["TransactItems"])),
        unique_id="sent",
    )
    be_busy(dynamodb, "transact_write_items", times=2)
    answer(dynamodb, "transact_write_items")
    writes.transact(in_transaction, besides=lambda write: write.update(Thing("THING#3", "THING"), actions=GROW))
    assert sent == [3, 2, 2]


def test_reading_is_as_patient_as_writing(dynamodb: Stubber) -> None:
    throttled = "ProvisionedThroughputExceededException"
    refuse(dynamodb, "batch_get_item", throttled, times=2)
    dynamodb.add_response("batch_get_item", {"Responses": {"stubbed": []}, "UnprocessedKeys": {}})
    assert table.read(THING) == (None,)
    refuse(dynamodb, "batch_get_item", throttled, times=TRIES)
    with pytest.raises(Busy):
        table.read(THING)


def key(number: int) -> dict[str, Any]:
    return {"pk": {"S": f"THING#{number}"}, "sk": {"S": "THING"}}


def stored(number: int) -> dict[str, Any]:
    return {**key(number), "kind": {"S": "thing_of_a_test"}}


def wanted(*requests: dict[str, Any]) -> dict[str, Any]:
    return {"RequestItems": {"stubbed": list(requests)}, "ReturnConsumedCapacity": ANY} if requests else {}


def half_read(dynamodb: Stubber, asked: list[int], found: list[int]) -> None:
    """DynamoDB reads some, and gives the keys of the others back."""
    left = [key(number) for number in asked if number not in found]
    dynamodb.add_response(
        "batch_get_item",
        {
            "Responses": {"stubbed": [stored(number) for number in found]},
            "UnprocessedKeys": {"stubbed": {"Keys": left, "ConsistentRead": True}} if left else {},
        },
        {
            "RequestItems": {"stubbed": {"Keys": [key(number) for number in asked], "ConsistentRead": True}},
            "ReturnConsumedCapacity": ANY,
        },
    )


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


def test_what_a_busy_table_did_not_read_of_a_batch_is_asked_for_alone_and_after_a_pause(
    dynamodb: Stubber, pauses: list[float]
) -> None:
    half_read(dynamodb, [1, 2, 3], found=[2])
    half_read(dynamodb, [1, 3], found=[])
    half_read(dynamodb, [1, 3], found=[3, 1])
    found = table.read(*(Place(Thing, f"THING#{number}", "THING") for number in (1, 2, 3)))
    assert [one and one.pk for one in found] == ["THING#1", "THING#2", "THING#3"]
    assert len(pauses) == 2 and all(pauses)


def test_a_batch_of_which_the_table_reads_no_more_is_busy(dynamodb: Stubber, pauses: list[float]) -> None:
    half_read(dynamodb, [1, 2], found=[2])
    for _ in range(TRIES - 1):
        half_read(dynamodb, [1], found=[])
    with pytest.raises(Busy):
        table.read(Place(Thing, "THING#1", "THING"), Place(Thing, "THING#2", "THING"))


PUT = {1: {"PutRequest": {"Item": stored(1)}}, 2: {"PutRequest": {"Item": stored(2)}}}
DELETE = {1: {"DeleteRequest": {"Key": key(1)}}, 2: {"DeleteRequest": {"Key": key(2)}}}


@pytest.mark.parametrize(("write", "requests"), [(writes.put_many, PUT), (writes.delete_many, DELETE)])
def test_what_a_busy_table_did_not_write_of_a_batch_is_sent_alone_and_after_a_pause_until_the_table_stays_busy(
    dynamodb: Stubber, pauses: list[float], write: Callable[..., None], requests: dict[int, Any]
) -> None:
    both = [Thing("THING#1", "THING"), Thing("THING#2", "THING")]
    left = {"UnprocessedItems": {"stubbed": [requests[2]]}}
    dynamodb.add_response("batch_write_item", left, wanted(requests[1], requests[2]))
    dynamodb.add_response("batch_write_item", left, wanted(requests[2]))
    dynamodb.add_response("batch_write_item", {}, wanted(requests[2]))
    write(both)
    assert len(pauses) == 2 and all(pauses)
    for _ in range(TRIES):
        dynamodb.add_response("batch_write_item", left)
    with pytest.raises(Busy):
        write(both)


def test_batches_of_any_size_are_sent_in_parts_that_dynamodb_takes(dynamodb: Stubber) -> None:
    for numbers in (range(25), range(25, 27)):
        dynamodb.add_response("batch_write_item", {}, wanted(*({"DeleteRequest": {"Key": key(at)}} for at in numbers)))
    writes.delete_many([Thing(f"THING#{at}", "THING") for at in range(27)])
    for _ in range(2):
        dynamodb.add_response("batch_get_item", {"Responses": {"stubbed": []}, "UnprocessedKeys": {}})
    assert not table.read_many([Place(Thing, f"THING#{at}", "THING") for at in range(101)])


def found(*kinds: str) -> dict[str, Any]:
    items = [{"pk": {"S": "THING#1"}, "sk": {"S": f"THING#{kind}"}, "kind": {"S": kind}} for kind in kinds]
    return {"Items": items, "Count": len(items), "ScannedCount": len(items)}


def asked(**besides: Any) -> dict[str, Any]:
    return {
        "TableName": "stubbed",
        "KeyConditionExpression": ANY,
        "ExpressionAttributeNames": ANY,
        "ExpressionAttributeValues": ANY,
        "ReturnConsumedCapacity": ANY,
    } | besides


def test_a_query_for_items_of_any_model_does_not_list_all_models_since_a_list_of_dynamodb_has_an_end(
    dynamodb: Stubber,
) -> None:
    dynamodb.add_response("query", found("thing_of_a_test"), asked())
    assert [type(item) for item in table.Item.query("THING#1")] == [Thing]


def test_a_query_for_items_of_one_model_gives_these_alone(dynamodb: Stubber) -> None:
    dynamodb.add_response("query", found("thing_of_a_test"), asked(FilterExpression=ANY))
    assert [item.sk for item in Thing.query("THING#1")] == ["THING#thing_of_a_test"]


def test_an_item_whose_model_is_not_known_is_not_left_out_without_a_word(dynamodb: Stubber) -> None:
    dynamodb.add_response("query", found("thing_of_elsewhere"), asked())
    with pytest.raises(ValueError, match="thing_of_elsewhere"):
        list(table.Item.query("THING#1"))
