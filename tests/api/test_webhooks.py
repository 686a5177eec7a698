"""Webhooks: made and changed by organizers, signed, sent in turn, retried for a day, switched off, sent again."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from chalicelib import openapi, requests, routes
from chalicelib.actions.background import sweep
from chalicelib.actions.webhooks import delivering, keys
from chalicelib.contract import limits
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.webhooks import formats
from chalicelib.store.events import events
from chalicelib.store.webhooks import deliveries, webhooks
from chalicelib.store.webhooks.webhooks import Webhook
from tests import receiver as receivers
from tests.api.conftest import Answer, Person, Site, client
from tests.api.congestion import congest
from tests.receiver import Receiver

SUBMISSIONS = ["submission.submitted", "submission.finished", "submission.failed", "submission.cancelled"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Whatever comes of a test is what the document says that webhooks send."""
    with receivers.receiving() as running:
        yield running
        for came in running.received:
            if "type" in (sent := json.loads(came.body)):
                check_is_described(sent, came.headers)


def check_is_described(sent: dict[str, Any], headers: Mapping[str, str]) -> None:
    # Reads grammars for two seconds, which not every process of the tests is to do.
    import jsonschema

    told = openapi.document(routes.endpoints())
    described = told["webhooks"][sent["type"]]["post"]
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    # test_http.py looks at the document itself, which takes longer than all else here.
    whole = {**schema, "components": told["components"]}
    jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(sent)
    assert set(schema["properties"]) == set(sent)
    assert {one["name"] for one in described["parameters"]} <= {name.lower() for name in headers}
    known = told["components"]["schemas"][schema["properties"]["data"]["$ref"].rpartition("/")[2]]["properties"]
    assert set(known) == set(sent["data"])


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


@pytest.fixture
def path(competition: dict[str, Any]) -> str:
    return f"/competitions/{competition['id']}/webhooks"


def make(organizer: Person, path: str, url: str, *kinds: str, **more: Any) -> dict[str, Any]:
    answer = organizer.call("POST", path, {"url": url, "events": list(kinds or SUBMISSIONS), **more})
    assert answer.status == 201, answer
    return dict(answer.body)


def only(organizer: Person, path: str) -> dict[str, Any]:
    (found,) = organizer.call("GET", path).body["webhooks"]
    return dict(found)


def log(organizer: Person, path: str, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    answer = organizer.call("GET", f"{path}/{webhook['id']}/deliveries")
    assert answer.status == 200, answer
    return list(answer.body["deliveries"])


def work(site: Site) -> None:
    """Do what the tasks queue holds, and what comes of that. A message that is kept back stays so."""
    for _ in range(5):
        if not site.work():
            return


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


def resume(competition: dict[str, Any], webhook: dict[str, Any], now: datetime) -> None:
    """Send what is due then, as the sweeper would have it sent."""
    delivering.run(f"{competition['id']}/{webhook['id']}", now, now + timedelta(minutes=15))


def test_who_has_the_secret_can_tell_that_it_is_ours(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    submission = ada.submit(competition).body["id"]
    work(site)
    (came,) = receiver.received
    verified = Verifier(made["secret"]).verify(came.body, came.headers)
    assert verified["type"] == "submission.submitted"
    assert verified["data"]["submission"]["id"] == submission
    assert verified["data"]["submission"]["participant"] == "ada"
    assert verified["data"]["competition"] == {"id": competition["id"], "title": competition["title"]}
    with pytest.raises(WebhookVerificationError):
        Verifier(made["secret"]).verify(came.body + b" ", came.headers)


def test_a_secret_is_told_once_and_stands_in_no_row(site: Site, organizer: Person, path: str, receiver: Receiver) -> None:
    secret = make(organizer, path, receiver.url)["secret"]
    told = json.dumps([organizer.call("GET", path).body, site.rows()], default=str)
    assert secret.startswith("whsec_")
    assert secret not in told
    assert receiver.url not in told


def test_after_a_rotation_both_secrets_sign_for_a_day(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    rotated = organizer.call("POST", f"{path}/{made['id']}/secret").body
    assert rotated["secret"] != made["secret"]
    ada.submit(competition)
    work(site)
    for secret in (made["secret"], rotated["secret"]):
        Verifier(secret).verify(receiver.received[0].body, receiver.received[0].headers)
    ada.submit(competition)
    site.run(next(one for one in site.messages() if one["task"] == "event"))
    resume(competition, made, later(hours=25))
    assert len(receiver.received[1].headers["webhook-signature"].split()) == 1


def test_a_submission_and_its_end_come_in_order_with_the_scores_that_everybody_may_see(
    site: Site, organizer: Person, ada: Person, admin: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    make(organizer, path, receiver.url)
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    site.finish(job, {"accuracy": 0.5})
    work(site)
    told = [one.json for one in receiver.received]
    assert [one["type"] for one in told] == ["submission.submitted", "submission.finished"]
    assert told[1]["data"]["submission"]["scores"] == {"accuracy": 0.5}
    assert told[1]["data"]["submission"]["status"] == "Finished"


def test_the_document_tells_each_kind_of_event_that_is_sent() -> None:
    told = openapi.document(routes.endpoints())["webhooks"]
    assert set(told) == {*EventKind, formats.TEST}
    assert all(operation["post"]["summary"] for operation in told.values())


def test_who_joins_and_who_is_let_in_or_not_is_told(site: Site, organizer: Person, receiver: Receiver) -> None:
    competition = organizer.competition(auto_approve=False, publish=False)
    where = f"/competitions/{competition['id']}"
    kinds = [kind for kind in EventKind if kind.startswith(("participant.", "competition."))]
    make(organizer, f"{where}/webhooks", receiver.url, *kinds)
    assert organizer.call("POST", f"{where}/publish").status == 200
    eve = site.person("eve")
    eve.join(competition)
    for status in ("approved", "denied"):
        assert organizer.call("PATCH", f"{where}/participants/{eve.id}", {"status": status}).status == 200
        work(site)
    sent = [json.loads(came.body) for came in receiver.received]
    assert [one["type"] for one in sent] == [
        "competition.published", "participant.joined", "participant.approved", "participant.denied",
    ]  # fmt: skip
    assert [one["data"].get("participant") for one in sent][1:] == [
        {"username": "eve", "status": status} for status in ("pending", "approved", "denied")
    ]


def test_a_webhook_gets_the_kinds_that_it_asks_for(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    make(organizer, path, receiver.url, "participant.joined")
    ada.submit(competition)
    site.person("grace").join(competition)
    work(site)
    assert [one.json["type"] for one in receiver.received] == ["participant.joined"]
    assert receiver.received[0].json["data"]["participant"] == {"username": "grace", "status": "approved"}


def test_of_a_phase_that_is_for_a_group_nothing_is_sent(
    site: Site, organizer: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    make(organizer, path, receiver.url)
    settings = f"/competitions/{competition['id']}/settings"
    groups = {"agon": {"groups": [{"key": "students", "title": "Students", "phases": [0]}]}}
    assert organizer.call("PATCH", settings, groups, If_Match="*").status == 200
    assert organizer.submit(competition).status == 201
    work(site)
    assert receiver.received == []


def test_when_nobody_asks_any_more_nothing_is_written_down(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made, other = make(organizer, path, receiver.url), make(organizer, path, receiver.url, "phase.ended")
    assert organizer.call("PATCH", f"{path}/{made['id']}", {"active": False}).status == 200
    ada.submit(competition)
    for webhook in (made, other):
        assert organizer.call("DELETE", f"{path}/{webhook['id']}").status == 200
    assert not [row for row in site.rows() if row["kind"] in ("event", "webhook")]
    assert "asked_events" not in next(row for row in site.rows() if row["kind"] == "competition")


def test_what_failed_is_sent_again_with_its_id_and_the_log_tells_of_it(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    receiver.answer(500, b"No \x1b[31mdisk.")
    ada.submit(competition)
    site.work()
    site.work()
    (failed,) = log(organizer, path, made)
    assert (failed["status"], failed["tries"], failed["code"]) == ("waiting", 1, 500)
    assert failed["answer"] == "No �[31mdisk."
    assert failed["next_at"] > failed["tried_at"]
    assert only(organizer, path)["failing_since"]
    resume(competition, made, later(seconds=10))
    assert len(receiver.received) == 1
    resume(competition, made, later(seconds=20))
    first, second = receiver.received
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert [(one["status"], one["tries"], one["code"]) for one in log(organizer, path, made)] == [("delivered", 2, 204)]
    assert only(organizer, path)["failing_since"] is None


def test_a_day_of_failures_switches_a_webhook_off_with_a_word(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    for _ in range(20):
        receiver.answer(500)
    ada.submit(competition)
    work(site)
    hours = (0, 1, 3, 8, 16, 28)
    for passed in hours:
        resume(competition, made, later(hours=passed, minutes=1))
    off = only(organizer, path)
    assert (off["active"], off["reason"][:36]) == (False, "Nothing has got through for a day. M")
    newest = organizer.call("GET", f"/competitions/{competition['id']}/audit").body["deeds"][0]
    assert (newest["what"], newest["by"]) == ("silenced", "Agon")
    assert len(receiver.received) < 9
    (mail,) = [row for row in site.rows() if row["kind"] == "mail"]
    assert (mail["letter_kind"], mail["username"], mail["reader"]) == ("organizing", "olga", organizer.id)
    assert made["id"] in mail["text"]
    ada.submit(competition)
    assert not [row for row in site.rows() if row["kind"] == "event" and "due_at" in row]
    on = organizer.call("PATCH", f"{path}/{made['id']}", {"active": True}).body
    assert (on["active"], on["reason"], on["failing_since"]) == (True, "", None)


def test_a_receiver_that_is_gone_is_asked_no_more(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    make(organizer, path, receiver.url)
    receiver.answer(410)
    ada.submit(competition)
    work(site)
    assert not only(organizer, path)["active"]


def test_a_webhook_whose_removal_broke_off_says_so_and_is_removed_when_that_is_done_again(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    """Its secret goes first, and nothing can be signed without one."""
    made = make(organizer, path, receiver.url)
    (secret,) = [name for name in secrets_of(path) if made["id"] in name]
    client("ssm").delete_parameter(Name=secret)
    ada.submit(competition)
    work(site)
    off = only(organizer, path)
    assert (off["active"], off["reason"][:20], receiver.received) == (False, "Its secret is gone. ", [])
    assert organizer.call("DELETE", f"{path}/{made['id']}").status == 200
    assert organizer.call("GET", path).body["webhooks"] == []


def test_a_redirect_is_a_failure_and_is_not_followed(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    receiver.answer(302, b"", ("Location", receiver.url.replace("/agon", "/elsewhere")))
    ada.submit(competition)
    work(site)
    assert [one.path for one in receiver.received] == ["/hooks/agon"]
    assert "No redirect is followed" in log(organizer, path, made)[0]["error"]


def test_where_nothing_answers_the_others_are_not_tried_one_by_one(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str
) -> None:
    with receivers.receiving() as gone:
        made = make(organizer, path, gone.url)
    for _ in range(3):
        ada.submit(competition)
    for message in [one for one in site.messages() if one["task"] == "event"]:
        site.run(message)
    resume(competition, made, later())
    assert sorted(one["tries"] for one in log(organizer, path, made)) == [0, 0, 1]
    assert "connection failed" in next(one["error"] for one in log(organizer, path, made) if one["tries"])


def test_a_test_is_sent_like_everything_else(site: Site, organizer: Person, path: str, receiver: Receiver) -> None:
    made = make(organizer, path, receiver.url)
    asked = organizer.call("POST", f"{path}/{made['id']}/deliveries")
    assert (asked.status, asked.body["status"], asked.body["event"]) == (202, "waiting", "webhook.test")
    work(site)
    assert Verifier(made["secret"]).verify(receiver.received[0].body, receiver.received[0].headers)["type"] == "webhook.test"
    shown = organizer.call("GET", f"{path}/{made['id']}/deliveries/{asked.body['id']}").body
    assert (shown["status"], shown["code"]) == ("delivered", 204)


def test_one_delivery_is_sent_again(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    ada.submit(competition)
    work(site)
    (delivery,) = log(organizer, path, made)
    again = organizer.call("POST", f"{path}/{made['id']}/deliveries/{delivery['id']}")
    assert (again.status, again.body["status"], again.body["tries"]) == (202, "waiting", 0)
    assert organizer.call("POST", f"{path}/{made['id']}/deliveries/{delivery['id']}").status == 409
    work(site)
    assert [one.body for one in receiver.received] == [receiver.received[0].body] * 2
    assert log(organizer, path, made)[0]["status"] == "delivered"


def test_an_event_that_is_told_twice_is_sent_once(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    make(organizer, path, receiver.url)
    ada.submit(competition)
    (message,) = [one for one in site.messages() if one["task"] == "event"]
    stored = events.find(*message["id"].split("/"))
    assert stored is not None
    site.run(message)
    stored.save()
    site.run(message)
    work(site)
    assert len(receiver.received) == 1


def test_a_webhook_whose_messages_were_lost_is_sent_for_all_the_same(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    make(organizer, path, receiver.url)
    ada.submit(competition)
    site.run(next(one for one in site.messages() if one["task"] == "event"))
    site.messages()
    sweep.sweep(later(seconds=100))
    work(site)
    assert len(receiver.received) == 1
    assert sweep.sweep(later(hours=3)) == 1  # The submission waits for its runner.


def test_while_one_function_sends_another_leaves_it_alone_and_nothing_is_forgotten(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    first = Webhook(*Webhook.at(competition["id"], made["id"]))
    assert webhooks.begin(first, later())
    ada.submit(competition)
    work(site)
    assert receiver.received == []
    assert not webhooks.end(first, {}, None)
    resume(competition, made, later(minutes=3))
    assert len(receiver.received) == 1


def test_a_minute_has_room_for_so_many_deliveries(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(limits, "MAX_DELIVERIES_A_MINUTE", 2)
    made = make(organizer, path, receiver.url)
    for _ in range(3):
        ada.submit(competition)
    for message in [one for one in site.messages() if one["task"] == "event"]:
        site.run(message)
    now = later()
    resume(competition, made, now)
    assert len(receiver.received) == 2
    resume(competition, made, now + timedelta(seconds=30))
    assert len(receiver.received) == 2
    resume(competition, made, now + timedelta(seconds=61))
    assert len(receiver.received) == 3


def test_changes_of_a_leaderboard_are_sent_once_a_minute(
    site: Site, organizer: Person, ada: Person, admin: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made, runner = make(organizer, path, receiver.url, "leaderboard.changed"), site.runner_token(admin)
    for score in (0.5, 0.75):
        site.finish(site.claim(ada.submit(competition).body["id"], runner).body, {"accuracy": score})
        work(site)
    waiting = log(organizer, path, made)
    assert (len(waiting) <= 2, receiver.received) == (True, [])
    resume(competition, made, later(seconds=130))
    assert [one.json["type"] for one in receiver.received] == ["leaderboard.changed"] * len(waiting)


@pytest.mark.parametrize("form", ["slack", "mattermost", "discord"])
def test_a_chat_program_gets_a_line_in_which_names_call_nobody(
    site: Site, ada: Person, admin: Person, organizer: Person, receiver: Receiver, form: str
) -> None:
    made = organizer.competition(title="<!channel> @all `x` & co")
    ada.join(made)
    make(organizer, f"/competitions/{made['id']}/webhooks", receiver.url, "submission.finished", format=form)
    site.finish(site.claim(ada.submit(made).body["id"], site.runner_token(admin)).body, {"accuracy": 0.5})
    work(site)
    title = "`&lt;!channel&gt; @all 'x' &amp; co`" if form == "slack" else "`<!channel> @all 'x' & co`"
    line = f"{title}: A submission by `ada` to `{made['phases'][0]['name']}` has finished: `accuracy` 0.5."
    told = receiver.received[0].json
    if form == "discord":
        assert told == {"content": line, "allowed_mentions": {"parse": []}}
    else:
        assert told == {"text": line}


NOWHERE = [
    "http://hooks.example.org/a",
    "ftp://hooks.example.org",
    "https://user:pw@hooks.example.org/",
    "https://10.0.0.1/",
    "https://hooks.example.org:8443/",
    "https://localhost/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://169.254.169.254/latest/meta-data",
    "//hooks.example.org",
    "https://hooks.example.org/#a",
    "https://hooks.example.org\\@10.0.0.1/",
    "https://localhost.localdomain/",
    "http://127.0.0.2:80/",
]


def test_what_is_no_address_in_the_public_internet_is_refused(organizer: Person, path: str) -> None:
    made = [organizer.call("POST", path, {"url": url, "events": SUBMISSIONS}) for url in NOWHERE]
    assert [(one.status, one.body["errors"][0]["place"]) for one in made] == [(422, "url")] * len(NOWHERE)
    assert organizer.call("GET", path).body["webhooks"] == []


def test_what_changes_is_changed_and_what_is_left_out_stays(organizer: Person, path: str, receiver: Receiver) -> None:
    made = make(organizer, path, receiver.url, "phase.ended", description="Ours")
    place = f"{path}/{made['id']}"
    assert organizer.call("PATCH", place, {"events": ["phase.started"]}).body["description"] == "Ours"
    assert organizer.call("PATCH", place, {"description": ""}).body["events"] == ["phase.started"]
    for wrong in ({"url": "https://10.0.0.1/"}, {"events": []}, {"events": ["no.such"]}, {"active": None}):
        assert organizer.call("PATCH", place, wrong).status == 422
    shown = only(organizer, path)
    assert (shown["events"], shown["description"], shown["active"]) == (["phase.started"], "", True)


def test_a_changed_address_is_sent_to(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    with receivers.receiving() as former:
        made = make(organizer, path, former.url)
        assert organizer.call("PATCH", f"{path}/{made['id']}", {"url": receiver.url}).status == 200
        ada.submit(competition)
        work(site)
        assert (len(former.received), len(receiver.received)) == (0, 1)
    Verifier(made["secret"]).verify(receiver.received[0].body, receiver.received[0].headers)


def test_a_new_address_and_a_new_secret_at_once_do_not_undo_each_other(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], path: str, receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made = make(organizer, path, "http://127.0.0.1:9/old")
    place, real, met = f"{path}/{made['id']}", keys.find, list[Answer]()

    def meeting(webhook: Webhook) -> keys.Keys:
        monkeypatch.setattr(keys, "find", real)
        found = real(webhook)
        # The other comes between what this one has read and what it writes.
        met.append(organizer.call("POST", f"{place}/secret"))
        return found

    monkeypatch.setattr(keys, "find", meeting)
    assert organizer.call("PATCH", place, {"url": receiver.url}).status == 200
    assert (met[0].status, "Try again in a minute" in met[0].body["detail"]) == (409, True)
    rotated = organizer.call("POST", f"{place}/secret")
    assert rotated.status == 200
    ada.submit(competition)
    work(site)
    Verifier(rotated.body["secret"]).verify(receiver.received[0].body, receiver.received[0].headers)
    assert [one["what"] for one in organizer.call("GET", path.replace("webhooks", "audit")).body["deeds"]][:1] == ["rekeyed"]


def test_an_address_stays_when_its_change_is_refused(
    organizer: Person, competition: dict[str, Any], path: str, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(organizer, path, "http://127.0.0.1:9/old")
    real = webhooks.change

    def late(*said: Any, **more: Any) -> None:
        monkeypatch.setattr(webhooks, "change", real)
        make(organizer, path, "http://127.0.0.1:9/other")
        real(*said, **more)

    monkeypatch.setattr(webhooks, "change", late)
    assert organizer.call("PATCH", f"{path}/{made['id']}", {"url": receiver.url}).status == 409
    assert keys.find(webhooks.find(competition["id"], made["id"])).url == "http://127.0.0.1:9/old"
    # Nobody has to wait for it.
    assert organizer.call("PATCH", f"{path}/{made['id']}", {"url": receiver.url}).status == 200


def test_an_address_stays_when_its_change_cannot_be_stored(
    organizer: Person, competition: dict[str, Any], path: str, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(organizer, path, "http://127.0.0.1:9/old")
    real = webhooks.change

    def congested(*said: Any, **more: Any) -> None:
        with monkeypatch.context() as patch:
            congest(patch)
            real(*said, **more)

    monkeypatch.setattr(webhooks, "change", congested)
    assert organizer.call("PATCH", f"{path}/{made['id']}", {"url": receiver.url}).status == 503
    assert keys.find(webhooks.find(competition["id"], made["id"])).url == "http://127.0.0.1:9/old"


def test_of_a_webhook_that_cannot_be_stored_no_secret_is_left(
    organizer: Person, path: str, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = secrets_of(path)
    with monkeypatch.context() as patch:
        congest(patch)
        answer = organizer.call("POST", path, {"url": receiver.url, "events": SUBMISSIONS})
    assert (answer.status, secrets_of(path)) == (503, kept)
    make(organizer, path, receiver.url)
    assert len(secrets_of(path)) == len(kept) + 1


def secrets_of(path: str) -> list[str]:
    """The names of the secrets that a competition's webhooks have."""
    pages = client("ssm").get_paginator("get_parameters_by_path")
    found = pages.paginate(Path=f"/agon/webhooks/{path.split('/')[2]}", Recursive=True)
    return [one["Name"] for page in found for one in page["Parameters"]]


def test_a_competition_has_so_many_webhooks(organizer: Person, path: str, receiver: Receiver) -> None:
    for _ in range(limits.MAX_WEBHOOKS):
        make(organizer, path, receiver.url)
    refused: Answer = organizer.call("POST", path, {"url": receiver.url, "events": SUBMISSIONS})
    assert (refused.status, "at most" in refused.body["detail"]) == (409, True)


def test_the_log_is_paged_newest_first(
    site: Site, organizer: Person, competition: dict[str, Any], path: str, receiver: Receiver
) -> None:
    made = make(organizer, path, receiver.url)
    webhook = webhooks.find(competition["id"], made["id"])
    for number in range(51):
        at = later(seconds=-number)
        deliveries.add(webhook, deliveries.new(webhook, f"d{number:02d}", "webhook.test", "{}", at, at))
    first = organizer.call("GET", f"{path}/{made['id']}/deliveries").body
    rest = organizer.call("GET", f"{path}/{made['id']}/deliveries?cursor={first['next']}").body
    ids = [one["id"] for one in (*first["deliveries"], *rest["deliveries"])]
    assert (ids, rest["next"]) == ([f"d{number:02d}" for number in reversed(range(51))], None)


def test_what_may_be_asked_for_are_the_kinds_of_events_and_a_chat_has_a_line_for_each() -> None:
    assert set(requests.EventName.__args__) == set(EventKind)
    data = {"competition": {"title": "T"}, "phase": {"name": "P"}}
    for kind in (*EventKind, formats.TEST):
        assert "T" in formats.body(formats.SLACK, {"type": kind, "data": data})
