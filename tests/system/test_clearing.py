"""What the deployed sweeper clears away by itself, in place of whoever was lost: it has each right that it needs."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from agon.client import Client
from chalicelib.contract.uploads import FILENAMES
from tests import builders
from tests.stack import DeployedStack, eventually

from .conftest import Line

Sweep = Callable[..., None]


@pytest.fixture
def clears(stack: DeployedStack, sweep: Sweep) -> Callable[..., None]:
    """Has the sweeper look after an item, and asks that nothing is below these prefixes of a bucket any more."""

    def clears(key: tuple[str, str], bucket: str, *prefixes: str) -> None:
        before = [keys_of(stack, bucket, prefix) for prefix in prefixes]
        assert all(before), before
        sweep(key)
        eventually(lambda: [key for prefix in prefixes for key in keys_of(stack, bucket, prefix)], lambda left: not left)

    return clears


def keys_of(stack: DeployedStack, bucket: str, prefix: str) -> list[str]:
    """The keys of whole objects below a prefix, and of those that were begun in parts and not finished."""
    where = {"Bucket": stack.outputs[bucket], "Prefix": prefix}
    storage = stack.aws("s3")
    begun = [one for one in storage.list_multipart_uploads(**where).get("Uploads", []) if one["Key"].startswith(prefix)]
    return [str(one["Key"]) for one in (*storage.list_objects_v2(**where).get("Contents", []), *begun)]


def begin_in_parts(stack: DeployedStack, bucket: str, key: str) -> None:
    """Begin an object, and leave it at that, as a function that died."""
    place = {"Bucket": stack.outputs[bucket], "Key": key}
    begun = stack.aws("s3").create_multipart_upload(**place)["UploadId"]
    stack.aws("s3").upload_part(**place, UploadId=begun, PartNumber=1, Body=b"x")


def change(stack: DeployedStack, key: tuple[str, str], **attributes: dict[str, Any]) -> None:
    """Have an item be in a state in which only somebody who died leaves it."""
    stack.aws("dynamodb").update_item(
        TableName=stack.outputs["TableName"],
        Key={"pk": {"S": key[0]}, "sk": {"S": key[1]}},
        UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in attributes),
        ExpressionAttributeNames={f"#{name}": name for name in attributes},
        ExpressionAttributeValues={f":{name}": value for name, value in attributes.items()},
    )


def test_what_a_function_made_that_died_meanwhile_goes_with_what_it_had_begun(
    stack: DeployedStack, clears: Callable[..., None]
) -> None:
    id_ = secrets.token_hex(8)
    keys = [f"{folder}/{id_}/made" for folder in ("competitions", "datasets", "dumps")]
    for key in keys:
        stack.aws("s3").put_object(Bucket=stack.outputs["FilesBucket"], Key=key, Body=b"x")
    begun = f"datasets/{id_}/begun"
    begin_in_parts(stack, "FilesBucket", begun)
    item = {"kind": "leftover", "id": id_, "objects": json.dumps([*keys, begun]), "uses": "[]", "queues": "{}"}
    place = f"LEFTOVER#{id_}", "LEFTOVER"
    change(stack, place, **{name: {"S": value} for name, value in item.items()})
    clears(place, "FilesBucket", *(f"{folder}/{id_}/" for folder in ("competitions", "datasets", "dumps")))


def test_a_submission_that_was_deleted_leaves_nothing_of_its_runs(
    stack: DeployedStack, ada: Client, compete: Any, send: Any, line: Line, clears: Callable[..., None]
) -> None:
    phase = compete(ada, extra=line.manifest)["phases"][0]["id"]
    made = str(ada.submit(phase, send(ada, builders.submission()))["id"])
    for name in FILENAMES.values():
        stack.aws("s3").put_object(Bucket=stack.outputs["RunsBucket"], Key=f"runs/{made}/1/{name}", Body=b"x")
    place = f"SUBMISSION#{made}", "SUBMISSION"
    change(stack, place, attempt={"N": "1"}, purged={"BOOL": True})
    clears(place, "RunsBucket", f"runs/{made}/")


def test_a_queue_that_was_removed_leaves_neither_messages_nor_its_registrys_password(
    stack: DeployedStack, grace: Client, sweep: Sweep
) -> None:
    queue = grace.create_queue("Grace's machines")["id"]
    grace.store_queue_registry(queue, "registry.lab.example", "robot", "Not-to-be-shown-7")

    def left() -> list[str]:
        queues = stack.aws("sqs").list_queues().get("QueueUrls", [])
        names = [one["Name"] for one in stack.aws("ssm").describe_parameters()["Parameters"]]
        return [one for one in (*queues, *names) if queue in one]

    assert len(left()) == 2
    sweep((f"QUEUE#{queue}", "QUEUE"))
    eventually(left, lambda found: found == [])


def test_an_old_export_of_submissions_goes_and_so_does_what_one_had_begun_that_is_given_up(
    stack: DeployedStack, organizer: Client, ada: Client, compete: Any, send: Any, clears: Callable[..., None]
) -> None:
    phase = compete(ada)["phases"][0]["id"]
    ada.submit(phase, send(ada, builders.submission()))
    export = organizer.pack(phase, timeout_seconds=120)
    place = f"PARCEL#{export['id']}", "PARCEL"
    [zipped] = keys_of(stack, "RunsBucket", f"parcels/{phase}/{export['id']}")
    begun = zipped.replace("001", "002")
    begin_in_parts(stack, "RunsBucket", begun)
    change(stack, place, status={"S": "Running"}, attempt={"N": "3"})
    clears(place, "RunsBucket", begun)
    eventually(lambda: [one["status"] for one in organizer.packs(phase)], lambda found: found == ["Failed"])
    clears(place, "RunsBucket", zipped)


def test_an_old_export_of_ones_own_data_goes(stack: DeployedStack, clears: Callable[..., None]) -> None:
    with stack.client(f"keeper-{secrets.token_hex(4)}") as keeper:
        assert keeper.export_account(120)["status"] == "Finished"
        account = keeper.me()["id"]
        clears((f"ACCOUNT_JOB#export-{account}", "ACCOUNT_JOB"), "RunsBucket", f"exports/accounts/{account}/")
