"""Accounts that an import makes in a new stack, where anybody may sign up meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from agon.instance import cloud
from agon.instance.cloud import Cloud, CloudFailed
from agon.instance.folder import SEGMENTS, Folder
from agon.instance.importing import Import

ADA = {"username": "ada", "id": "a", "email": "ada@agon.example", "enabled": True, "groups": ["admins"]}
_ASKED_ELSEWHERE = ("RequireLowercase", "RequireUppercase", "RequireNumbers", "RequireSymbols")


@pytest.fixture
def new(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A stack that holds nothing yet."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        cloud.client.cache_clear()
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        boto3.client("dynamodb").create_table(
            TableName="table",
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
            BillingMode="PAY_PER_REQUEST",
        )
        # As template.yaml has it: nothing but its length is asked of a password.
        asked = {"MinimumLength": 10, **dict.fromkeys(_ASKED_ELSEWHERE, False)}
        made = boto3.client("cognito-idp").create_user_pool(PoolName="agon", Policies={"PasswordPolicy": asked})
        pool = made["UserPool"]["Id"]
        boto3.client("cognito-idp").create_group(UserPoolId=pool, GroupName="admins")
        yield Cloud("agon", "new", "table", {"files": "files", "runs": "runs"}, pool, "")
    cloud.client.cache_clear()


@pytest.fixture
def exported(tmp_path: Path) -> Folder:
    """An export of which ada, an administrator, is all."""
    folder = Folder(tmp_path / "export")
    folder.begin("agon", "old")
    for segment in range(SEGMENTS):
        folder.keep_page(segment, [], None)
    for bucket in ("files", "runs"):
        folder.keep_objects(bucket, [], None, is_last=True)
    folder.keep_people([ADA])
    folder.keep_secrets({})
    folder.finish()
    return folder


def sign_up(new: Cloud, address: str, is_confirmed: bool) -> None:
    """Sign up at a stack under the name of ada."""
    cognito = boto3.client("cognito-idp")
    client = cognito.create_user_pool_client(UserPoolId=new.pool, ClientName="api")["UserPoolClient"]["ClientId"]
    attributes = [{"Name": "email", "Value": address}]
    cognito.sign_up(ClientId=client, Username="ada", Password="Stranger-password-1", UserAttributes=attributes)
    if is_confirmed:
        cognito.admin_confirm_sign_up(UserPoolId=new.pool, Username="ada")


def ada(new: Cloud) -> dict[str, Any]:
    """The account of ada: its status and attributes, and the names of its groups."""
    cognito, named = boto3.client("cognito-idp"), {"UserPoolId": new.pool, "Username": "ada"}
    user = cognito.admin_get_user(**named)
    groups = [one["GroupName"] for one in cognito.admin_list_groups_for_user(**named)["Groups"]]
    attributes = {one["Name"]: one["Value"] for one in user["UserAttributes"]}
    return {**attributes, "status": user["UserStatus"], "groups": groups}


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_an_account_that_a_stranger_made_under_a_name_that_comes_is_given_nothing(
    new: Cloud, exported: Folder, is_confirmed: bool
) -> None:
    sign_up(new, "stranger@agon.example", is_confirmed)
    with pytest.raises(CloudFailed, match="ada"):
        Import(new, exported, print).run()
    assert ada(new)["groups"] == []


def test_an_account_of_the_same_address_is_its_owners(new: Cloud, exported: Folder) -> None:
    sign_up(new, "Ada@agon.example", is_confirmed=False)
    Import(new, exported, print).run()
    found = ada(new)
    assert (found["status"], found["email_verified"], found["groups"]) == ("CONFIRMED", "true", ["admins"])


def test_an_account_that_a_try_made_before_it_was_broken_off_is_gone_on_with(new: Cloud, exported: Folder) -> None:
    Import(new, exported, print).run()
    before = ada(new)
    for file in exported.path.glob("import-*.json"):
        file.unlink()
    Import(new, exported, print).run()
    assert ada(new) == before
