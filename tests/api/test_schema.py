"""What a former build stored is given today's shape beside live traffic (ADR 48)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.actions.administration import schema
from chalicelib.actions.background import jobs as background
from chalicelib.actions.background import sweep
from chalicelib.actions.queues.registries import for_job
from chalicelib.store import table
from chalicelib.store.background import jobs, schema_migrations
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.discovery.changes import CatalogueReview
from chalicelib.store.queues.registries import Registry
from tests.api.books import Crash
from tests.api.conftest import Person, Site, client

FORMER = {"server": "registry.lab.example", "username": "robot", "password": "Not-to-be-shown-7"}
NEWER = {"server": "ghcr.io", "username": "lab", "password": "Another-one-8"}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def queue(organizer: Person) -> str:
    """A queue with a sign-in to a registry as a former build stored it."""
    made = organizer.call("POST", "/queues", {"name": "Lab"}).body["id"]
    row = Registry(*Registry.of_queue(made), **FORMER, created_at=datetime.now(UTC))
    row.shape = None
    row.save()
    return str(made)


@pytest.fixture
def unnamed(site: Site, competition: dict[str, Any]) -> str:
    """A competition as a former build stored it: without a slug, and without a shape."""
    client("dynamodb").update_item(
        TableName=site.outputs["TableName"],
        Key={"pk": {"S": f"COMPETITION#{competition['id']}"}, "sk": {"S": "COMPETITION"}},
        UpdateExpression="REMOVE slug, v",
    )
    return str(competition["id"])


def migrate(now: datetime, deadline: timedelta = timedelta(minutes=15)) -> SchemaMigration:
    """Have it done, as the tasks function does."""
    schema.begin_after_update(now)
    background.run(SchemaMigration, str(schema.version()), now, now + deadline)
    found = schema_migrations.find(str(schema.version()))
    assert found is not None
    return found


def review(now: datetime) -> None:
    """A sweep in which what is done once a day is due."""
    daily = CatalogueReview(*CatalogueReview.at())
    daily.wake_at(now)
    daily.save()
    sweep.sweep(now)


def secret_of(queue: str) -> dict[str, str] | None:
    registry = Registry(*Registry.of_queue(queue), **{**NEWER, "password": None}, created_at=datetime.now(UTC))
    login = for_job(registry)
    return login and vars(login)


def between(monkeypatch: pytest.MonkeyPatch, operation: str, happens: Callable[[], object]) -> None:
    """Something happens before the first call of a kind."""
    real, over = BaseClient._make_api_call, []

    def call(self: Any, called: str, arguments: dict[str, Any]) -> Any:
        if called == operation and not over:
            over.append(True)
            happens()
        return real(self, called, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)


def test_a_password_leaves_its_row_and_is_used_as_before(site: Site, queue: str, now: datetime) -> None:
    done = migrate(now)
    assert (done.status, int(done.migrated), int(done.left)) == (jobs.FINISHED, 1, 0)
    assert FORMER["password"] not in str(site.rows())
    assert secret_of(queue) == FORMER


def test_a_competition_gets_its_slug_without_anybody_looking_at_it(site: Site, unnamed: str, now: datetime) -> None:
    assert int(migrate(now).migrated) == 1
    (stored,) = table.read(Competition.at(unnamed))
    assert stored is not None and (stored.slug, int(stored.shape)) == ("guess", 1)
    assert int(stored.revision) >= 1 and site.call("GET", "/competitions/guess").body["id"] == unnamed


def test_what_this_build_stores_has_todays_shape_and_is_left_as_it_is(
    site: Site, organizer: Person, competition: dict[str, Any], now: datetime
) -> None:
    organizer.call("POST", f"/competitions/{competition['id']}/registry", NEWER)
    before = sorted(map(str, (row for row in site.rows() if row["kind"] in ("registry", "competition"))))
    assert int(migrate(now).migrated) == 0
    assert sorted(map(str, (row for row in site.rows() if row["kind"] in ("registry", "competition")))) == before


def test_a_sign_in_that_is_stored_while_the_former_one_is_moved_stays(
    site: Site, organizer: Person, queue: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, "PutParameter", lambda: organizer.call("POST", f"/queues/{queue}/registry", NEWER))
    done = migrate(now)
    assert (done.status, int(done.migrated), int(done.left)) == (jobs.FINISHED, 0, 1)
    assert secret_of(queue) == NEWER
    assert FORMER["password"] not in str(site.rows())


def test_a_sign_in_that_is_removed_while_it_is_moved_leaves_no_password(
    site: Site, organizer: Person, queue: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, "PutParameter", lambda: organizer.call("DELETE", f"/queues/{queue}/registry"))
    assert int(migrate(now).left) == 1
    assert secret_of(queue) is None
    assert FORMER["password"] not in str(site.rows())


def test_a_slug_that_is_taken_while_it_is_given_is_another_ones(
    site: Site, organizer: Person, unnamed: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever looks at it first has given it one.
    between(monkeypatch, "TransactWriteItems", lambda: organizer.call("GET", f"/competitions/{unnamed}"))
    assert int(migrate(now).migrated) == 1
    assert site.call("GET", "/competitions/guess").body["id"] == unnamed
    assert len([row for row in site.rows() if row["kind"] == "slug"]) == 1


def test_broken_off_at_any_call_it_goes_on_and_does_nothing_twice(
    site: Site, queue: str, unnamed: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PAGE", 3)
    schema.begin_after_update(now)
    real, calls, breaks_at = BaseClient._make_api_call, 0, 1

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        nonlocal calls
        calls += 1
        if calls == breaks_at:
            raise Crash
        return real(self, operation, arguments)

    version, lives = str(schema.version()), 0
    while True:
        monkeypatch.setattr(BaseClient, "_make_api_call", call)
        calls, lives = 0, lives + 1
        try:
            background.run(SchemaMigration, version, now, now + timedelta(minutes=15))
            break
        except Crash:
            breaks_at += 1
        finally:
            monkeypatch.setattr(BaseClient, "_make_api_call", real)
        stored = schema_migrations.find(version)
        assert stored is not None
        if stored.status == jobs.RUNNING:
            # Its lease is over, and nobody counts how often.
            stored.status, stored.attempt = jobs.WAITING, 0
            stored.save()
    done = schema_migrations.find(version)
    assert done is not None and done.status == jobs.FINISHED and lives > 8
    assert FORMER["password"] not in str(site.rows()) and secret_of(queue) == FORMER
    (competition,) = table.read(Competition.at(unnamed))
    assert competition is not None and competition.slug == "guess"


def test_it_stops_before_its_function_and_goes_on_where_it_was(
    site: Site, queue: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PAGE", 2)
    paused = migrate(now, deadline=timedelta(0))
    assert (paused.status, int(paused.seen)) == (jobs.WAITING, 2)
    site.work()
    done = schema_migrations.find(str(schema.version()))
    there = client("dynamodb").scan(TableName=site.outputs["TableName"], Select="COUNT")["Count"]
    assert done is not None and (done.status, int(done.seen)) == (jobs.FINISHED, there)


def test_administrators_begin_it_once_at_a_time_and_see_how_far_it_is(site: Site, admin: Person, queue: str) -> None:
    assert admin.call("GET", "/site/schema").body == {"version": schema.version(), "migration": None}
    begun = admin.call("POST", "/site/schema")
    assert (begun.status, begun.body["status"], begun.body["seen"]) == (202, "Waiting", 0)
    refused = admin.call("POST", "/site/schema")
    assert (refused.status, "--show" in refused.body["detail"]) == (409, True)
    site.work()
    told = admin.call("GET", "/site/schema").body["migration"]
    assert (told["status"], told["migrated"], told["seen"] > 3) == ("Finished", 1, True)
    assert admin.call("GET", "/site/audit").body["deeds"][0]["what"] == "schema_migrated"
    assert admin.call("POST", "/site/schema").status == 202, "it may be looked through again"


def test_it_begins_by_itself_within_a_day_after_an_update_and_once(site: Site, queue: str, now: datetime) -> None:
    review(now)
    sweep.sweep(now + timedelta(minutes=1))
    site.work()
    done = schema_migrations.find(str(schema.version()))
    assert done is not None and (done.status, int(done.migrated)) == (jobs.FINISHED, 1)
    review(now + timedelta(days=1))
    again = schema_migrations.find(str(schema.version()))
    assert again is not None and again.created_at == done.created_at


def test_each_models_shape_is_that_of_its_last_step() -> None:
    table.know_every_model()
    for model, shape in schema.shapes().items():
        assert model.shape.default_for_new == shape
    assert len({(step.model, step.to) for step in schema.STEPS}) == len(schema.STEPS)
