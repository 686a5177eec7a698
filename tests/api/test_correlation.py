"""One id from a call of the API over its messages to functions and runners, and back (ADR 46)."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib import telemetry
from chalicelib.contract import correlation
from tests import builders
from tests.api.conftest import Person, Site, client

REQUEST = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], list[dict[str, Any]]]]:
    """The lines of the log since they were asked for last that say something."""
    # The tool that checks arrows, which has run before in the same process, switches all loggers off that there are.
    monkeypatch.setattr(logging.getLogger("agon"), "disabled", False)
    (handler,) = telemetry.logger.handlers
    assert isinstance(handler, logging.StreamHandler)
    stream, held = io.StringIO(), handler.stream
    handler.setStream(stream)

    def lines(about: str) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in stream.getvalue().splitlines() if about in line]
        stream.truncate(stream.seek(0))
        return found

    yield lines
    handler.setStream(held)


def sent(site: Site, queue: str) -> list[dict[str, Any]]:
    """The messages of a queue as Lambda gives them to a function."""
    url = site.outputs[queue]
    wanted = {"QueueUrl": url, "MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"], "WaitTimeSeconds": 0}
    found = client("sqs").receive_message(**wanted).get("Messages", [])
    return [
        {
            "body": one["Body"],
            "attributes": {name: told["StringValue"] for name, told in one.get("MessageAttributes", {}).items()},
        }
        for one in found
    ]


def submitted(site: Site, ada: Person, competition: dict[str, Any], **headers: str) -> Any:
    upload = ada.upload(builders.submission())
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    return ada.call("POST", path, {"upload": upload}, **headers)


def test_a_call_is_answered_by_the_id_that_its_log_has(site: Site, ada: Person, logged: Any) -> None:
    logged("")
    answer = ada.call("POST", "/queues", {"name": "mine"}, Agon_Request_Id=REQUEST)
    assert answer.headers["agon-request-id"] == REQUEST
    assert {line["request"] for line in logged("queue created")} == {REQUEST}


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, 'a"quote-and-more', "with a blank in it", "-begins-with-one", "ümlaut-umlaut"]
)
def test_what_is_no_id_is_neither_logged_nor_answered_and_another_one_is_made(site: Site, given: str) -> None:
    made = [site.call("GET", "/site", Agon_Request_Id=given).headers["agon-request-id"] for _ in range(2)]
    assert given not in made and len({*made}) == 2 and all(len(one) == 32 for one in made)


@pytest.mark.parametrize("path", ["/me", "/competitions/none"])
def test_a_refusal_has_an_id_as_well(site: Site, path: str) -> None:
    assert site.call("GET", path, Agon_Request_Id=REQUEST).headers["agon-request-id"] == REQUEST


def test_a_submission_its_wake_up_and_its_job_have_the_id_of_the_call_that_made_it(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    made = submitted(site, ada, competition, Agon_Request_Id=REQUEST).body
    (message,) = sent(site, "JobsQueueUrl")
    assert (json.loads(message["body"]), message["attributes"]) == (
        {"version": 1, "submission": made["id"]},
        {"request": REQUEST},
    )
    assert site.claim(made["id"], site.runner_token(admin)).body["request"] == REQUEST


def test_what_follows_of_a_runners_call_has_the_id_that_the_runner_sends(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], logged: Any
) -> None:
    job = site.claim(submitted(site, ada, competition, Agon_Request_Id=REQUEST).body["id"], site.runner_token(admin)).body
    site.messages()
    logged("")
    path = f"/runner/jobs/{job['submission']}/finish"
    site.call("POST", path, {"scores": {"accuracy": 1.0}}, token=job["token"], Agon_Request_Id=job["request"])
    assert {line["request"] for line in logged("submission ended")} == {REQUEST}
    found = sent(site, "TasksQueueUrl")
    (rebuild,) = [one for one in found if json.loads(one["body"])["task"] == "rebuild"]
    assert rebuild["attributes"] == {"request": REQUEST}


def test_a_function_logs_the_id_of_the_message_that_it_takes_and_a_new_one_where_there_is_none(
    site: Site, organizer: Person, logged: Any
) -> None:
    organizer.competition()
    seen = []
    for given in (REQUEST, None, 'not an "id"'):
        upload = organizer.upload(builders.bundle({"competition.yaml": "title: Nothing else\n"}), "bundle")
        organizer.call("POST", "/competitions", {"upload": upload})
        (message,) = [one for one in site.messages() if one["task"] == "import"]
        logged("")
        site.run(message, request=given)
        seen += [line["request"] for line in logged("import failed")]
    assert seen[0] == REQUEST and len({*seen}) == 3 and 'not an "id"' not in seen


def test_what_nobody_asked_for_has_no_id_of_the_call_before(site: Site, ada: Person) -> None:
    ada.call("GET", "/me", Agon_Request_Id=REQUEST)
    assert correlation.current() == ""
