"""`agon webhooks`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine

WEBHOOKS = "/competitions/c/webhooks"
SECRET = {"id": "w", "secret": "whsec_abc", "former_until": None}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def webhook(**more: Any) -> dict[str, Any]:
    facts = {"id": "w", "description": "Our [bot]", "target": "https://hooks.example.org/…book", "format": "standard"}
    facts |= {"events": ["phase.ended"], "active": True, "reason": "", "failing_since": None, "created_at": NOW}
    return facts | more


def delivery(**more: Any) -> dict[str, Any]:
    facts = {"id": "d", "event": "webhook.test", "status": "waiting", "created_at": NOW, "tries": 0, "tried_at": None}
    facts |= {"next_at": NOW, "seconds": None, "code": None, "answer": "", "error": "", "body": "{}"}
    return facts | more


def test_a_webhook_is_made_for_kinds_by_what_they_begin_with_and_its_secret_shown_once(agon):
    agon.api.on("POST", WEBHOOKS, SECRET, 201)
    ran = agon("webhooks", "add", "c", "https://h.example.org/", "--event", "phase.*", "--event", "leaderboard.changed")
    (asked,) = agon.api.asked("POST", WEBHOOKS)
    assert asked.body["events"] == ["phase.started", "phase.ending", "phase.ended", "leaderboard.changed"]
    assert (asked.body["url"], asked.body["format"], "whsec_abc" in ran.out) == ("https://h.example.org/", "standard", True)


def test_a_kind_that_there_is_not_is_told_with_those_that_there_are(agon):
    ran = agon("webhooks", "add", "c", "https://h.example.org/", "--event", "phase.paused")
    assert (ran.code, "phase.paused" in ran.said, "phase.started" in ran.said) == (1, True, True)


def test_the_list_says_why_one_is_off_and_since_when_one_fails(agon):
    off = webhook(active=False, reason="Nothing has got through for a day.")
    agon.api.on("GET", WEBHOOKS, {"webhooks": [off, webhook(id="v", failing_since=NOW)]})
    ran = agon("webhooks", "list", "c")
    for told in ("off. Nothing has got through", "fails since", "Our [bot]", "phase.ended"):
        assert told in ran.out


def test_only_what_is_said_changes(agon):
    agon.api.on("PATCH", f"{WEBHOOKS}/w", webhook(active=False))
    assert agon("webhooks", "change", "c", "w", "--off").code == 0
    assert agon.api.asked("PATCH", f"{WEBHOOKS}/w")[0].body == {"active": False}
    assert "Say what is to change" in agon("webhooks", "change", "c", "w").said


def test_a_rotation_tells_until_when_the_former_secret_is_good(agon):
    agon.api.on("POST", f"{WEBHOOKS}/w/secret", SECRET | {"former_until": NOW})
    ran = agon("webhooks", "rotate", "c", "w")
    assert ("whsec_abc" in ran.out, "The former one signs too until" in ran.said) == (True, True)


def test_a_test_waits_for_what_comes_of_it(agon):
    agon.api.on("POST", f"{WEBHOOKS}/w/deliveries", delivery(), 202)
    tried = {"tries": 1, "code": 500, "error": "The receiver answered 500."}
    agon.api.on("GET", f"{WEBHOOKS}/w/deliveries/d", delivery()).on("GET", f"{WEBHOOKS}/w/deliveries/d", delivery(**tried))
    ran = agon("webhooks", "test", "c", "w")
    assert (ran.code, "The receiver answered 500." in ran.out) == (1, True)


def test_the_log_goes_through_pages_and_a_stranger_steers_nothing(agon):
    failed = delivery(status="failed", tries=8, code=500, answer="\x1b[31mNo", error="")
    agon.api.on("GET", f"{WEBHOOKS}/w/deliveries", {"deliveries": [failed], "next": "d"})
    agon.api.on("GET", f"{WEBHOOKS}/w/deliveries", {"deliveries": [delivery(id="e")], "next": None})
    ran = agon("webhooks", "log", "c", "w")
    assert ("\x1b[31m" in ran.out, "failed" in ran.out, "8" in ran.out) == (False, True, True)
    assert [one.query for one in agon.api.asked("GET", f"{WEBHOOKS}/w/deliveries")] == ["", "cursor=d"]


def test_one_is_sent_again_and_another_removed(agon):
    agon.api.on("POST", f"{WEBHOOKS}/w/deliveries/d", delivery(), 202)
    agon.api.on("GET", f"{WEBHOOKS}/w/deliveries/d", delivery(status="delivered", tries=1, code=204))
    assert "It got through: 204." in agon("webhooks", "replay", "c", "w", "d").out
    agon.api.on("DELETE", f"{WEBHOOKS}/w", {})
    assert agon("webhooks", "remove", "c", "w", "--json").json == {"id": "w", "removed": True}
