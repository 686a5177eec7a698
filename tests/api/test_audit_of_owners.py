"""Logs of what accounts and organizations have: each act on a queue, a dataset, a task or an organization, told once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.store import audit
from tests import builders
from tests.api.conftest import Person, Site
from tests.api.test_account_mergers import merge
from tests.api.test_account_removal import newcomer, remove, settle

PROGRAM = builders.archive({"metadata.yaml": "command: x"})
BUNDLE = {"program.zip": PROGRAM, "task.yaml": "name: Sum\ndescription: x\nscoring_program: {zip: program.zip}\n"}


@pytest.fixture
def owner(site: Site) -> Person:
    """Somebody new in each test, of whom no log tells anything yet."""
    return newcomer(site, f"ola-{datetime.now(UTC):%H%M%S%f}")


def log(person: Person, where: str = "/me/audit") -> list[tuple[Any, ...]]:
    """The acts in a log, the first one first."""
    answer = person.call("GET", where)
    assert answer.status == 200, answer
    return [(one["what"], one["by"], one["before"], one["after"]) for one in reversed(answer.body["deeds"])]


def of_site(admin: Person, what: str) -> list[tuple[Any, ...]]:
    return [one for one in log(admin, "/site/audit") if one[0] == what]


def test_what_becomes_of_a_queue_its_tokens_and_its_registry_is_told_to_its_owner(owner: Person, ada: Person) -> None:
    queue = owner.call("POST", "/queues", {"name": "lab"}).body["id"]
    path, thing = f"/queues/{queue}", {"queue": queue, "name": "lab"}
    assert owner.call("PATCH", path, {"name": "hall", "visibility": "shared", "shared_with": [ada.id]}).status == 200
    assert owner.call("PATCH", path, {"name": "hall"}).status == 200
    token = owner.call("POST", f"{path}/tokens", {"name": "box"}).body["id"]
    assert owner.call("POST", f"{path}/registry", {"server": "ghcr.io", "username": "u", "password": "p"}).status == 200
    assert owner.call("DELETE", f"{path}/registry").status == 200
    assert owner.call("DELETE", f"{path}/tokens/{token}").status == 200
    assert owner.call("DELETE", f"{path}/tokens/{token}").status == 404
    assert ada.call("PATCH", path, {"name": "mine"}).status == 403
    assert owner.call("DELETE", path).status == 200
    hall = {"queue": queue, "name": "hall"}
    assert log(owner) == [
        ("queue_made", owner.username, None, thing),
        (
            "queue_changed",
            owner.username,
            {**thing, "visibility": "private", "shared_with": None},
            {**thing, "name": "hall", "visibility": "shared", "shared_with": [ada.id]},
        ),
        ("runner_token_made", owner.username, None, {**hall, "token": token, "token_name": "box"}),
        ("registry_stored", owner.username, None, {**hall, "server": "ghcr.io"}),
        ("registry_removed", owner.username, hall, None),
        ("runner_token_revoked", owner.username, {**hall, "token": token}, None),
        ("queue_removed", owner.username, hall, None),
    ]
    assert not [one for one in log(ada) if "queue" in (one[3] or {})]


def test_what_becomes_of_datasets_and_tasks_is_told_to_their_owner(site: Site, owner: Person) -> None:
    data = owner.call("POST", "/datasets", new(owner)).body["id"]
    assert owner.call("POST", "/datasets", new(owner) | {"type": "nothing"}).status == 422
    task = owner.call("POST", "/tasks", {"name": "Sum", "files": {"scoring_program": data}}).body["id"]
    assert owner.call("DELETE", f"/datasets/{data}").status == 409
    other = owner.call("POST", "/datasets", new(owner)).body["id"]
    assert owner.call("PATCH", f"/tasks/{task}", {"files": {"scoring_program": other}}).status == 200
    assert owner.call("DELETE", f"/tasks/{task}").status == 200
    assert owner.call("PATCH", f"/datasets/{data}", {"licence": "CC0"}).status == 200
    assert owner.call("DELETE", f"/datasets/{data}").status == 200
    dataset, sums = {"dataset": data, "name": "Score"}, {"task": task, "name": "Sum"}
    assert [(what, before, after) for what, _, before, after in log(owner)] == [
        ("dataset_made", None, dataset),
        ("task_made", None, sums),
        ("dataset_made", None, {"dataset": other, "name": "Score"}),
        ("task_changed", {**sums, "files.scoring_program": data}, {**sums, "files.scoring_program": other}),
        ("task_removed", sums, None),
        ("dataset_changed", {**dataset, "licence": ""}, {**dataset, "licence": "CC0"}),
        ("dataset_removed", dataset, None),
    ]


def test_a_task_of_a_bundle_is_told_as_any_other(owner: Person) -> None:
    made = owner.call("POST", "/tasks/bundle", {"upload": owner.upload(builders.archive(BUNDLE), "bundle")})
    assert made.status == 201, made
    assert [one[0] for one in log(owner)] == ["task_made"]


def test_what_an_administrator_does_for_an_owner_stands_in_both_logs(owner: Person, admin: Person) -> None:
    queue = owner.call("POST", "/queues", {"name": "lab"}).body["id"]
    assert admin.call("DELETE", f"/queues/{queue}").status == 200
    told = ("queue_removed", "root", {"queue": queue, "name": "lab"}, None)
    assert log(owner)[-1] == told
    assert of_site(admin, "queue_removed") == [told]


def test_what_becomes_of_the_sites_own_queue_stands_in_the_sites_log(admin: Person) -> None:
    token = admin.call("POST", "/queues/default/tokens", {"name": "box"}).body["id"]
    told = {"queue": "default", "name": "The site's own runners", "token": token, "token_name": "box"}
    assert of_site(admin, "runner_token_made")[-1] == ("runner_token_made", "root", None, told)


def test_who_changes_what_in_an_organization_is_told_to_who_runs_it(owner: Person, ada: Person, bob: Person) -> None:
    name = f"House {owner.username}"
    house = owner.call("POST", "/organizations", {"name": name}).body["id"]
    path = f"/organizations/{house}"
    assert owner.call("PATCH", path, {"description": "We sail."}).status == 200
    for username in ("ada", "bob"):
        assert owner.call("POST", f"{path}/invitations", {"username": username}).status == 201
    asked = [one for one in owner.call("GET", f"{path}/invitations").body["invitations"] if one["invited"] == "bob"]
    assert owner.call("DELETE", f"{path}/invitations/{asked[0]['id']}").status == 200
    address = owner.call("POST", f"{path}/invitations", {"address": "who@example.org"})
    assert address.status == 201
    accept(ada, house)
    assert ada.call("GET", f"{path}/audit").status == 403
    assert owner.call("PATCH", f"{path}/members/{ada.id}", {"role": "manager"}).status == 200
    assert ada.call("PATCH", f"{path}/members/{ada.id}", {"shown": True}).body["shown"] is True
    assert owner.call("POST", f"{path}/owner", {"username": "ada"}).status == 201
    accept(ada, house)
    assert owner.call("DELETE", f"{path}/members/{owner.id}").status == 200
    answer = ada.call("GET", f"{path}/audit").body["deeds"]
    assert "who@example.org" not in str(answer)
    me = owner.username
    assert [(one["what"], one["by"], one["participant"], one["before"], one["after"]) for one in reversed(answer)] == [
        ("organization_changed", me, None, {"description": ""}, {"description": "We sail."}),
        ("offered", me, "ada", None, "member"),
        ("offered", me, "bob", None, "member"),
        ("dismissed", me, "bob", "member", None),
        ("offered", me, None, None, "member"),
        ("appointed", "ada", "ada", None, "member"),
        ("appointed", me, "ada", "member", "manager"),
        ("offered", me, "ada", "manager", "owner"),
        ("appointed", "ada", "ada", "manager", "owner"),
        ("dismissed", me, me, "manager", None),
    ]
    assert log(owner) == [("organization_made", me, None, {"organization": house, "name": name})]
    assert ada.call("DELETE", path).status == 200
    assert log(ada)[-1][0] == "organization_removed"


def test_a_log_is_told_by_pages(owner: Person) -> None:
    queue = owner.call("POST", "/queues", {"name": "0"}).body["id"]
    for number in range(1, 52):
        assert owner.call("PATCH", f"/queues/{queue}", {"name": str(number)}).status == 200
    first = owner.call("GET", "/me/audit").body
    rest = owner.call("GET", f"/me/audit?cursor={first['next']}").body
    assert (len(first["deeds"]), len(rest["deeds"]), rest["next"]) == (50, 2, None)
    assert rest["deeds"][-1]["what"] == "queue_made"


def test_the_log_of_an_account_that_is_removed_goes_with_it(site: Site, owner: Person) -> None:
    assert owner.call("POST", "/queues", {"name": "lab"}).status == 201
    assert entries(owner) == ["queue_made"]
    assert remove(owner).status == 202
    settle(site, owner)
    assert entries(owner) == []


def test_the_log_of_an_account_that_is_merged_goes_on_in_the_others(site: Site, owner: Person, admin: Person) -> None:
    other = newcomer(site, f"{owner.username}-2")
    queue = owner.call("POST", "/queues", {"name": "lab"}).body["id"]
    assert merge(admin, owner, other).status == 202
    settle(site, owner)
    assert other.call("PATCH", f"/queues/{queue}", {"name": "hall"}).status == 200
    assert [(what, by) for what, by, _, _ in log(other)] == [
        ("queue_made", owner.username),
        ("queue_changed", other.username),
    ]
    assert entries(owner) == []


def entries(person: Person) -> list[str]:
    return [one.what for one in audit.newest(person.id, None, 10)[0]]


def new(person: Person) -> dict[str, Any]:
    return {"upload": person.upload(PROGRAM, "dataset"), "name": "Score", "type": "scoring_program"}


def accept(person: Person, house: str) -> None:
    asked = [one for one in person.call("GET", "/me/invitations").body["invitations"] if one["subject"] == house]
    assert person.call("POST", f"/me/invitations/{asked[0]['id']}/accept").status == 200
