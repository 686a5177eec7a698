"""A table that is too busy: never told as something that a caller did, and the same call is done once it is free."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError

from tests.api.conftest import Person, Site
from tests.api.test_library import dataset, task
from tests.api.test_teams import OPEN, compete, make, path

READS = {"BatchGetItem": "ProvisionedThroughputExceededException", "Query": "ThrottlingException"}
WRITES = {"TransactWriteItems": "TransactionCanceledException"} | dict.fromkeys(
    ("PutItem", "UpdateItem", "DeleteItem"), "TransactionConflictException"
)


@contextmanager
def busy(monkeypatch: pytest.MonkeyPatch, operations: dict[str, str]) -> Iterator[None]:
    """DynamoDB refuses these operations for the time being, each with its code; a transaction because others met it."""
    from botocore.client import BaseClient

    real = BaseClient._make_api_call

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if self.meta.service_model.service_name != "dynamodb" or operation not in operations:
            return real(self, operation, arguments)
        reasons = [{"Code": "TransactionConflict"} for _ in arguments.get("TransactItems", [])]
        answer: Any = {"Error": {"Code": operations[operation], "Message": "Busy."}, "CancellationReasons": reasons}
        raise ClientError(answer, operation)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        yield


class World(NamedTuple):
    """Who calls, and what it is about."""

    site: Site
    organizer: Person
    admin: Person
    ada: Person


class Verb(NamedTuple):
    """A call that changes something."""

    person: Person
    method: str
    path: str
    body: Any = None
    headers: dict[str, str] = {}


def join_competition(world: World) -> Verb:
    return Verb(
        world.ada, "POST", f"/competitions/{world.organizer.competition()['id']}/participants", {"accept_terms": True}
    )


def decide_about_participant(world: World) -> Verb:
    competition = compete(world.organizer, world.ada)
    where = f"/competitions/{competition['id']}/participants/{world.ada.id}"
    return Verb(world.organizer, "PATCH", where, {"status": "denied"})


def make_team(world: World) -> Verb:
    return Verb(world.ada, "POST", path(compete(world.organizer, world.ada)), {"name": "Owls"})


def join_team(world: World) -> Verb:
    competition = compete(world.organizer, world.ada, world.admin)
    team = make(world.ada, competition)
    return Verb(world.admin, "POST", path(competition, "join"), {"code": team["code"]})


def leave_team(world: World) -> Verb:
    competition = compete(world.organizer, world.ada, world.admin)
    team = make(world.ada, competition, world.admin)
    return Verb(world.admin, "DELETE", path(competition, team["id"], "members", world.admin.id))


def dissolve_team(world: World) -> Verb:
    competition = compete(world.organizer, world.ada)
    return Verb(world.ada, "DELETE", path(competition, make(world.ada, competition)["id"]))


def renew_code(world: World) -> Verb:
    competition = compete(world.organizer, world.ada)
    return Verb(world.ada, "POST", path(competition, make(world.ada, competition)["id"], "code"))


def make_dataset(world: World) -> Verb:
    body = {"upload": world.organizer.upload(b"PK\5\6" + b"\0" * 18, "dataset"), "type": "solution", "name": "x"}
    return Verb(world.organizer, "POST", "/datasets", body)


def commit_upload(world: World) -> Verb:
    upload = world.organizer.upload(b"PK\5\6" + b"\0" * 18, "dataset", commit=False)
    return Verb(world.organizer, "POST", f"/uploads/{upload}/commit", {"parts": []})


def change_dataset(world: World) -> Verb:
    return Verb(world.organizer, "PATCH", f"/datasets/{dataset(world.organizer)['id']}", {"name": "New"})


def remove_dataset(world: World) -> Verb:
    return Verb(world.organizer, "DELETE", f"/datasets/{dataset(world.organizer)['id']}")


def make_task(world: World) -> Verb:
    body = {"name": "Guess", "files": {"scoring_program": dataset(world.organizer)["id"]}}
    return Verb(world.organizer, "POST", "/tasks", body)


def take_out_task(world: World) -> Verb:
    made = task(world.organizer, files={"scoring_program": dataset(world.organizer)["id"]}).body
    return Verb(world.organizer, "DELETE", f"/tasks/{made['id']}")


def remove_queue(world: World) -> Verb:
    queue = world.organizer.call("POST", "/queues", {"name": "Lab"}).body
    return Verb(world.organizer, "DELETE", f"/queues/{queue['id']}")


def revoke_token(world: World) -> Verb:
    token = world.ada.call("POST", "/tokens", {"name": "laptop"}).body
    return Verb(world.ada, "DELETE", f"/tokens/{token['id']}")


def edit_competition(world: World) -> Verb:
    where = f"/competitions/{world.organizer.competition()['id']}/settings"
    etag = world.organizer.call("GET", where).headers["etag"]
    return Verb(world.organizer, "PATCH", where, {"title": "Mine"}, {"If_Match": etag})


def clone_competition(world: World) -> Verb:
    return Verb(world.organizer, "POST", f"/competitions/{world.organizer.competition()['id']}/clone", {})


def pause_site(world: World) -> Verb:
    return Verb(world.admin, "PATCH", "/site", {"paused": True})


VERBS: list[Callable[[World], Verb]] = [
    *(join_competition, decide_about_participant, make_team, join_team, leave_team, dissolve_team, renew_code),
    *(make_dataset, commit_upload, change_dataset, remove_dataset, make_task, take_out_task),
    *(remove_queue, revoke_token, edit_competition, clone_competition, pause_site),
]


@pytest.fixture
def world(site: Site, organizer: Person, admin: Person, ada: Person) -> World:
    return World(site, organizer, admin, ada)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_a_table_too_busy_to_write_is_told_as_that_changes_nothing_and_passes(
    world: World, monkeypatch: pytest.MonkeyPatch, verb: Callable[[World], Verb]
) -> None:
    person, *call, headers = verb(world)
    before = world.site.rows()
    with busy(monkeypatch, WRITES):
        refused = person.call(*call, **headers)
    assert (refused.status, refused.body["title"], refused.headers["retry-after"]) == (503, "Too busy", "2"), refused
    assert "Nothing was changed" in refused.body["detail"]
    assert world.site.rows() == before
    done = person.call(*call, **headers)
    assert done.status < 300, done


def test_who_takes_part_already_is_told_so_and_not_that_the_table_is_busy(world: World) -> None:
    competition = compete(world.organizer, world.ada)
    again = world.ada.join(competition)
    assert (again.status, again.body["detail"]) == (409, "You take part in this competition already.")


@pytest.mark.parametrize("operation", READS)
def test_a_table_too_busy_to_read_is_told_as_that(world: World, monkeypatch: pytest.MonkeyPatch, operation: str) -> None:
    competition = compete(world.organizer, world.ada, extra=OPEN)
    team = make(world.ada, competition)
    paths = {
        "BatchGetItem": [path(competition, team["id"]), f"/phases/{competition['phases'][0]['id']}/handouts", "/site"],
        "Query": [f"/competitions/{competition['id']}", "/datasets", "/queues", "/competitions"],
    }[operation]
    for where in paths:
        with busy(monkeypatch, {operation: READS[operation]}):
            refused = world.ada.call("GET", where)
        assert (refused.status, refused.headers["retry-after"]) == (503, "2"), where
        assert world.ada.call("GET", where).status == 200, where
