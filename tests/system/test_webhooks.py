"""Webhooks on the deployed stack: its functions have every right that they need, and a receiver hears of what happens."""

from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier

from agon.client import Client
from tests import builders
from tests import receiver as receivers
from tests.receiver import Receiver
from tests.stack import DeployedStack, eventually


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers.receiving() as running:
        yield running


def test_a_submission_is_told_of_again_until_the_receiver_takes_it(
    stack: DeployedStack, organizer: Client, ada: Client, compete: Any, send: Any, receiver: Receiver
) -> None:
    competition = compete(ada)
    made = organizer.make_webhook(competition["id"], {"url": receiver.url, "events": ["submission.submitted"]})
    # Longer than until its first answer is read here, however slow the machine is.
    for _ in range(20):
        receiver.answer(503, b"Not now.")
    submission = ada.submit(competition["phases"][0]["id"], send(ada, builders.submission()))["id"]

    def newest() -> dict[str, Any]:
        # There is none until somebody heard of what is to be told.
        return dict(next(organizer.deliveries(competition["id"], made["id"]), {"code": None, "status": ""}))

    eventually(newest, lambda delivery: delivery["code"] == 503)
    receiver.answers.clear()
    eventually(newest, lambda delivery: delivery["status"] == "delivered")
    assert len(receiver.received) > 1 and len({came.headers["webhook-id"] for came in receiver.received}) == 1
    for came in receiver.received:
        assert Verifier(made["secret"]).verify(came.body, came.headers)["data"]["submission"]["id"] == submission


def test_organizers_test_rotate_replay_and_remove_a_webhook(
    stack: DeployedStack, organizer: Client, compete: Any, receiver: Receiver
) -> None:
    competition = compete()["id"]
    made = organizer.make_webhook(competition, {"url": receiver.url, "events": ["phase.ended"]})
    tested = organizer.test_webhook(competition, made["id"])
    assert (tested["status"], tested["code"]) == ("delivered", 204)
    rotated = organizer.rotate_webhook(competition, made["id"])
    again = organizer.replay(competition, made["id"], tested["id"])
    assert again["status"] == "delivered"
    for secret in (made["secret"], rotated["secret"]):
        Verifier(secret).verify(receiver.received[1].body, receiver.received[1].headers)
    assert organizer.change_webhook(competition, made["id"], active=False)["active"] is False
    organizer.remove_webhook(competition, made["id"])
    assert organizer.webhooks(competition) == []
    parameters = stack.aws("ssm").describe_parameters()["Parameters"]
    assert [one["Name"] for one in parameters if made["id"] in one["Name"]] == []
