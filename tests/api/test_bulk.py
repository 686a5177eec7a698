"""POST /phases/{phase}/submissions/{verb}: one verb on several submissions."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib import requests
from chalicelib.actions.runs import bulk
from chalicelib.domain.people.accounts import Account
from tests.api.conftest import Answer, Person, Site


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(extra="auto_run_submissions: false")
    ada.join(made)
    return made


def submit(person: Person, competition: dict[str, Any], count: int) -> list[str]:
    return [person.submit(competition).body["id"] for _ in range(count)]


def do(person: Person, verb: str, competition: dict[str, Any], submissions: Sequence[str], **said: str) -> Answer:
    path = f"/phases/{competition['phases'][0]['id']}/submissions/{verb}"
    return person.call("POST", path, {"submissions": list(submissions), **said})


def statuses(person: Person, submissions: Sequence[str]) -> list[str]:
    return [person.call("GET", f"/submissions/{one}").body["status"] for one in submissions]


def used(site: Site) -> int:
    return sum(int(row["used"]) for row in site.rows() if row["kind"] == "quota" and row["sk"] == "TOTAL")


def test_several_are_started_and_what_is_started_already_or_elsewhere_is_told(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    first, second, third = submit(ada, competition, 3)
    organizer.call("POST", f"/submissions/{second}/start")
    site.messages("JobsQueueUrl")
    elsewhere = organizer.competition(title="Another")
    ada.join(elsewhere)
    (other,) = submit(ada, elsewhere, 1)
    site.messages("JobsQueueUrl")
    answer = do(organizer, "start", competition, [first, second, third, other, "none", first])
    assert (answer.status, answer.body["done"]) == (200, [first, third])
    assert set(answer.body["refused"]) == {second, other, "none"}
    assert [message["submission"] for message in site.messages("JobsQueueUrl")] == [first, third]


def test_several_are_cancelled_and_their_attempts_come_back(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any]
) -> None:
    made = submit(ada, competition, 3)
    assert do(ada, "cancel", competition, made[:2]).body == {"done": made[:2], "refused": {}}
    answer = do(organizer, "cancel", competition, made).body
    assert (answer["done"], set(answer["refused"])) == (made[2:], set(made[:2]))
    assert (statuses(ada, made), used(site)) == (["Cancelled"] * 3, 0)


def test_several_are_failed_with_one_reason(site: Site, ada: Person, organizer: Person, competition: dict[str, Any]) -> None:
    made = submit(ada, competition, 2)
    assert do(organizer, "fail", competition, made, reason="The data leaked.").body["done"] == made
    shown = ada.call("GET", f"/submissions/{made[1]}").body
    assert (shown["status"], shown["fault"], shown["reason"], used(site)) == (
        "Failed",
        "organizer",
        "The data leaked.",
        0,
    )


def test_several_are_withdrawn_by_organizers_and_deleted_by_their_participant(
    site: Site, ada: Person, organizer: Person, competition: dict[str, Any]
) -> None:
    made = submit(ada, competition, 3)
    assert set(do(ada, "delete", competition, made).body["refused"]) == set(made)
    do(ada, "cancel", competition, made)
    assert do(organizer, "delete", competition, made[:1]).body["done"] == made[:1]
    assert ada.call("GET", f"/submissions/{made[0]}").body["removed_at"] is not None
    assert do(ada, "delete", competition, made[1:]).body["done"] == made[1:]
    assert [ada.call("GET", f"/submissions/{one}").status for one in made] == [200, 404, 404]
    assert set(do(ada, "delete", competition, made[1:]).body["refused"]) == set(made[1:])


@pytest.mark.parametrize("verb", ["cancel", "delete"])
def test_whose_they_are_not_is_told_that_there_are_none(
    site: Site, ada: Person, competition: dict[str, Any], verb: str
) -> None:
    made, grace = submit(ada, competition, 2), site.person("grace")
    answer = do(grace, verb, competition, made).body
    assert (answer["done"], set(answer["refused"])) == ([], set(made))
    assert all("no such submission" in why for why in answer["refused"].values())
    assert statuses(ada, made) == ["Submitting"] * 2


def test_at_most_a_hundred_are_taken(organizer: Person, competition: dict[str, Any]) -> None:
    assert do(organizer, "cancel", competition, [f"s{at}" for at in range(101)]).status == 422
    assert do(organizer, "cancel", competition, []).status == 422


def test_what_a_call_has_no_time_left_for_is_told(ada: Person, competition: dict[str, Any]) -> None:
    made, account = submit(ada, competition, 1), Account(ada.id, ada.username, False, "session")
    began = datetime.now(UTC) - timedelta(seconds=21)
    answer = bulk.cancel(competition["phases"][0]["id"], requests.Bulk(submissions=made), account, began)
    assert (answer.done, "again" in answer.refused[made[0]]) == ([], True)
    assert statuses(ada, made) == ["Submitting"]
