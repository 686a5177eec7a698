"""A competition that its owner deletes, on the deployed stack: the tasks function may take away what it leaves."""

from collections.abc import Callable
from typing import Any

import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests.stack import DeployedStack, eventually


def test_what_an_owner_deletes_leaves_neither_rows_nor_files(
    stack: DeployedStack, organizer: Client, ada: Client, compete: Callable[..., dict[str, Any]]
) -> None:
    competition = compete(ada)
    id_ = competition["id"]
    path, phase = f"/competitions/{id_}", competition["phases"][0]["id"]
    organizer.store_competition_registry(id_, "registry.lab.example", "robot", "Not-to-be-shown-7")
    made = [f"exports/{id_}", *(f"{folder}/{phase}" for folder in ("boards", "exports", "judging", "parcels"))]
    for folder in made:
        stack.aws("s3").put_object(Bucket=stack.outputs["RunsBucket"], Key=f"{folder}/one", Body=b"x")
    assert files_of(stack, id_) and rows_of(stack, id_) and secrets_of(stack, id_)
    organizer.http.call("POST", f"{path}/unpublish")
    organizer.http.call("DELETE", path, params={"slug": competition["slug"]})
    with pytest.raises(ProblemError):
        organizer.competition(id_)
    eventually(lambda: files_of(stack, id_), lambda found: not found)
    eventually(lambda: rows_of(stack, id_), lambda found: not found)
    eventually(
        lambda: [key for folder in made for key in keys_below(stack, "RunsBucket", f"{folder}/")], lambda found: not found
    )
    eventually(lambda: secrets_of(stack, id_), lambda found: not found)


def files_of(stack: DeployedStack, competition: str) -> list[str]:
    """The keys of a competition's own files."""
    return keys_below(stack, "FilesBucket", f"competitions/{competition}/")


def keys_below(stack: DeployedStack, bucket: str, prefix: str) -> list[str]:
    """The keys of a bucket's objects that begin so."""
    found = stack.aws("s3").list_objects_v2(Bucket=stack.outputs[bucket], Prefix=prefix)
    return [one["Key"] for one in found.get("Contents", [])]


def secrets_of(stack: DeployedStack, competition: str) -> list[str]:
    """The names of secrets that name a competition."""
    return [one["Name"] for one in stack.aws("ssm").describe_parameters()["Parameters"] if competition in one["Name"]]


def rows_of(stack: DeployedStack, competition: str) -> list[Any]:
    """Whoever takes part in it, and what else stands with it, but that it is being removed."""
    found = stack.aws("dynamodb").query(
        TableName=stack.outputs["TableName"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"COMPETITION#{competition}"}},
    )
    return [one["sk"]["S"] for one in found["Items"]]
