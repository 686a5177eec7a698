"""Which kinds of items a rewind leaves as they are today, and which tables it takes."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from agon.instance import cloud, rewinding
from agon.instance.cloud import Cloud, CloudFailed
from agon.instance.rewinding import STAY
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.events.events import Event
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.sessions import OpenSession
from chalicelib.store.people.sign_ins import Departure, SignOut
from chalicelib.store.people.site import Site
from chalicelib.store.people.tokens import AccessToken, RunnerToken
from chalicelib.store.table import Item, know_every_model


def kinds(*models: type[Item]) -> set[str]:
    return {str(Item.kind.get_discriminator(model)) for model in models}


def test_whatever_lets_somebody_in_or_keeps_them_out_stays_as_it_is() -> None:
    assert kinds(AccessToken, RunnerToken, OpenSession, SignOut, Ban, Departure) <= STAY


def test_what_has_left_the_site_and_what_was_written_down_of_it_stays() -> None:
    assert kinds(AuditEntry, Event, Mail, SchemaMigration) <= STAY


def test_the_sites_pause_lasts_until_somebody_ends_it() -> None:
    assert kinds(Site) <= STAY


def test_each_kind_that_stays_is_one_that_there_is() -> None:
    know_every_model()
    known = {str(Item.kind.get_discriminator(model)) for model in Item.kind.get_registered_subclasses(Item)}
    assert known >= STAY


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """DynamoDB with three tables: `own`, which has an item and was restored to `then`; a stranger's, and an empty one."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        cloud.client.cache_clear()
        made = boto3.client("dynamodb")
        for name in ("own", "other", "empty"):
            made.create_table(
                TableName=name,
                KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        for name, then in (("own", "then"), ("other", "others")):
            made.put_item(TableName=name, Item={"pk": {"S": "a"}})
            made.restore_table_to_point_in_time(SourceTableName=name, TargetTableName=then, UseLatestRestorableTime=True)
        yield made
    cloud.client.cache_clear()


def test_a_table_that_was_restored_of_the_stacks_own_is_taken(dynamodb: Any) -> None:
    assert rewinding.named(Cloud("agon", "id", "own", {}, "", ""), "then") == "then"


@pytest.mark.parametrize("table", ["others", "empty", "nowhere"])
def test_a_table_of_something_else_is_refused_since_all_that_it_lacks_would_go(dynamodb: Any, table: str) -> None:
    with pytest.raises(CloudFailed, match=table):
        rewinding.named(Cloud("agon", "id", "own", {}, "", ""), table)
