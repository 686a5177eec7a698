"""The site's health: for whoever watches it from outside, and what administrators see on one screen (ADR 46)."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from chalicelib.actions.background import health, sweep
from tests.api.conftest import Answer, Person, Site

PARTS = ("table", "files", "runs", "tasks", "accounts")


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """What one test has seen is told to none of the others."""
    health.forget()
    yield
    health.forget()


def ask(site: Site) -> Answer:
    return site.call("GET", "/health")


def broken(patch: pytest.MonkeyPatch, refused: Any) -> list[str]:
    """AWS refuses the calls that are `refused`, by their name and arguments. The names of all that were made."""
    plain, made = BaseClient._make_api_call, []  # type: ignore[attr-defined]

    def call(self: BaseClient, name: str, arguments: Any) -> Any:
        made.append(name)
        if refused(name, arguments):
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "arn:aws:secret"}}, name)
        return plain(self, name, arguments)

    patch.setattr(BaseClient, "_make_api_call", call)
    return made


def test_anybody_may_ask_whether_each_part_of_the_site_answers(site: Site) -> None:
    answer = ask(site)
    assert (answer.status, answer.body) == (200, {**dict.fromkeys(PARTS, True), "seconds_since_sweep": None})


def test_it_tells_how_long_ago_the_last_sweep_was(site: Site) -> None:
    sweep.sweep(datetime.now(UTC) - timedelta(seconds=70))
    assert 70 <= ask(site).body["seconds_since_sweep"] < 90


@pytest.mark.parametrize(
    ("call", "part"), [("HeadBucket", "files"), ("HeadBucket", "runs"), ("GetQueueAttributes", "tasks")]
)
def test_a_part_that_does_not_answer_is_named_and_nothing_else_is_told_of_it(
    site: Site, monkeypatch: pytest.MonkeyPatch, call: str, part: str
) -> None:
    bucket = site.outputs.get({"files": "FilesBucket", "runs": "RunsBucket"}.get(part, ""))
    broken(monkeypatch, lambda name, arguments: name == call and arguments.get("Bucket") == bucket)
    answer = ask(site)
    assert (answer.status, answer.body["code"], answer.body["silent"]) == (503, "unwell", [part])
    assert "secret" not in str(answer.body) and "Denied" not in str(answer.body)
    assert answer.headers["retry-after"]


def test_a_part_that_takes_too_long_is_not_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = threading.Event()
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.2)
    broken(monkeypatch, lambda name, _: name == "GetQueueAttributes" and waits.wait(30) and False)
    answer = ask(site)
    waits.set()
    assert (answer.status, answer.body["silent"]) == (503, ["tasks"])


def test_the_user_pool_is_one_of_the_parts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_self: Any) -> Any:
        raise jwt.PyJWKClientConnectionError("no route to host")

    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", gone)
    assert ask(site).body["silent"] == ["accounts"]


def test_who_asks_again_within_seconds_costs_no_call(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made = broken(monkeypatch, lambda *_: False)
    first = ask(site)
    asked = len(made)
    assert [ask(site).body for _ in range(20)] == [first.body] * 20
    assert len(made) == asked <= len(PARTS)


def test_an_administrator_sees_what_waits_who_serves_it_and_what_failed(
    site: Site, ada: Person, admin: Person, organizer: Person
) -> None:
    competition, runner = organizer.competition(), site.runner_token(admin)
    ada.join(competition)
    failed = site.claim(ada.submit(competition).body["id"], runner).body
    site.finish(failed, fault="participant", reason="It broke.")
    ada.submit(competition)
    now = datetime.now(UTC)
    sweep.sweep(now)
    told = admin.call("GET", "/site/status").body
    assert told["health"] == {**dict.fromkeys(PARTS, True), "seconds_since_sweep": 0}
    (line,) = told["lines"]
    assert (line["queue"], line["waiting"], line["runners_alive"]) == ("default", 1, 0) and line["since"]
    assert (told["failures"], told["given_up"]) == (0, 0)
    assert told["tasks_waiting"] >= 0 and told["version"]
    today, yesterday = told["days"]
    assert today["day"] == now.date().isoformat() and today["failed"] >= 1
    assert yesterday["day"] == (now.date() - timedelta(days=1)).isoformat()


def test_an_administrator_is_told_of_what_is_silent_beside_all_the_rest(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, lambda name, _: name == "GetQueueAttributes")
    told = admin.call("GET", "/site/status")
    assert (told.status, told.body["health"]["tasks"], told.body["tasks_waiting"]) == (200, False, None)
