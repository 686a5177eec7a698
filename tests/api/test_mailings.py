"""Letters of organizers to participants: who gets them, how often, and what is left when it breaks off."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib.actions.background import sweep
from chalicelib.actions.mail import composing
from chalicelib.actions.people import mailings as actions
from chalicelib.contract import limits
from chalicelib.store import writes
from chalicelib.store.mail import mailings, readers
from chalicelib.store.people.participants import Participant
from tests.api.conftest import Answer, Person, Post, Site

LETTER = {"subject": "News", "text": "The phase is **longer**."}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits here for SES."""
    monkeypatch.setattr(actions, "PAUSES", (0, 0))


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(extra="contact_email: team@example.org\n")


def crowd(competition: dict[str, Any], names: Sequence[str], **facts: Any) -> None:
    """Participants as they stand in the table. To sign them all up would take minutes."""
    for name in names:
        one = Participant(
            *Participant.at(competition["id"], name),
            user=name,
            username=name,
            competition=competition["id"],
            joined_at=datetime.now(UTC),
            **{"status": "approved", "address": f"{name}@example.org", **facts},
        )
        writes.put(one)


def write_to(organizer: Person, competition: dict[str, Any], **more: Any) -> Answer:
    return organizer.call("POST", f"/competitions/{competition['id']}/mailings", {**LETTER, **more})


def newest(organizer: Person, competition: dict[str, Any]) -> dict[str, Any]:
    return organizer.call("GET", f"/competitions/{competition['id']}/mailings").body["mailings"][0]


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "SendEmail")


def test_those_who_were_admitted_get_a_letter_once_with_the_contact_to_answer_to(
    site: Site, organizer: Person, competition: dict[str, Any], post: Post
) -> None:
    crowd(competition, ["ann", "bob"])
    crowd(competition, ["pia"], status="pending")
    crowd(competition, ["dan"], status="denied")
    assert write_to(organizer, competition).status == 202
    while site.work():
        pass
    assert post.readers == ["ann", "bob"]
    assert {tuple(one["ReplyToAddresses"]) for one in post.sent} == {("team@example.org",)}
    body = post.sent[0]["Content"]["Simple"]["Body"]
    assert "<strong>longer</strong>" in body["Html"]["Data"] and "olga wrote this" in body["Text"]["Data"]
    found = newest(organizer, competition)
    assert (found["status"], found["sent"], found["left_out"], found["uncertain"]) == ("Finished", 2, 0, 0)
    entries = organizer.call("GET", f"/competitions/{competition['id']}/audit").body["deeds"]
    assert (entries[0]["what"], entries[0]["after"]) == ("mailed", {"subject": "News"})


def test_it_goes_to_those_of_a_team_or_who_have_submitted_or_have_not(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], post: Post
) -> None:
    ada.join(competition)
    ada.submit(competition)
    crowd(competition, ["ann", "bob"])
    crowd(competition, ["tim"], team="t", team_name="Owls")
    phase = competition["phases"][0]["id"]
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"submitted": True}, ["ada"]),
        ({"submitted": False, "phase": phase}, ["ann", "bob", "tim"]),
        ({"team": "owls"}, ["tim"]),
        ({"in_team": False, "submitted": False}, ["ann", "bob"]),
    ]
    for wanted, names in cases:
        post.sent.clear()
        preview = organizer.call("POST", f"/competitions/{competition['id']}/mailings/preview", {**LETTER, **wanted})
        assert (preview.body["readers"], preview.body["complete"]) == (len(names), True)
        assert write_to(organizer, competition, **wanted).status == 202
        while site.work():
            pass
        assert post.readers == names


def test_a_preview_shows_the_letter_and_sends_nothing(
    site: Site, organizer: Person, competition: dict[str, Any], post: Post
) -> None:
    crowd(competition, ["ann"])
    path = f"/competitions/{competition['id']}/mailings/preview"
    found = organizer.call("POST", path, {**LETTER, "text": "<script>x</script> *hi*"}).body
    assert "<em>hi</em>" in found["html"] and "<script" not in found["html"] and found["reply_to"] == "team@example.org"
    assert not site.work() and post.sent == []
    assert organizer.call("POST", path, {**LETTER, "subject": "a\r\nBcc: x@y.z"}).status == 422


def test_who_wants_no_letters_or_whose_address_takes_none_is_left_out(
    site: Site, organizer: Person, competition: dict[str, Any], post: Post
) -> None:
    crowd(competition, ["ann", "bob", "cat"])
    crowd(competition, ["old"], address=None)
    readers.switch_off("ann", "letters")
    readers.stop(composing.digest("BOB@example.org"), readers.BOUNCE, "General", datetime.now(UTC))
    write_to(organizer, competition)
    site.work()
    assert post.readers == ["cat"]
    assert (newest(organizer, competition)["sent"], newest(organizer, competition)["left_out"]) == (1, 3)


def test_organizers_write_so_often_a_day_and_no_more(organizer: Person, competition: dict[str, Any]) -> None:
    for _ in range(limits.MAX_MAILINGS_PER_DAY):
        assert write_to(organizer, competition).status == 202
    refused = write_to(organizer, competition)
    assert refused.status == 429 and refused.body["next_attempt_at"]


def test_nobody_gets_it_twice_wherever_a_function_stops(
    site: Site, organizer: Person, competition: dict[str, Any], post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"p{number:02d}" for number in range(35)]
    crowd(competition, names)
    write_to(organizer, competition)
    real, calls = mailings.settle, 0

    def settle(*arguments: Any, **facts: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        real(*arguments, **facts)

    monkeypatch.setattr(mailings, "settle", settle)
    with pytest.raises(KeyboardInterrupt):
        site.work()
    assert len(post.sent) == 20
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=17))
    site.work()
    assert post.readers == names
    found = newest(organizer, competition)
    assert (found["status"], found["sent"], found["uncertain"]) == ("Finished", 25, 10)


def test_a_function_without_time_leaves_the_rest_to_another(
    site: Site, organizer: Person, competition: dict[str, Any], post: Post
) -> None:
    crowd(competition, [f"p{number:02d}" for number in range(15)])
    write_to(organizer, competition)
    (message,) = site.messages()
    site.run(message, seconds=29)
    assert post.sent == [] and newest(organizer, competition)["status"] == "Waiting"
    site.work()
    assert len(post.sent) == 15 and newest(organizer, competition)["status"] == "Finished"


def test_whom_ses_puts_off_gets_it_later_and_whom_nobody_answered_for_does_not(
    site: Site, organizer: Person, competition: dict[str, Any], post: Post
) -> None:
    crowd(competition, [f"p{number:02d}" for number in range(12)])
    write_to(organizer, competition)
    post.trouble = [ReadTimeoutError(endpoint_url="x"), *(refusal("TooManyRequestsException") for _ in range(27))]
    site.work()
    assert post.sent == []
    found = newest(organizer, competition)
    assert (found["status"], found["sent"], found["uncertain"]) == ("Waiting", 0, 1)
    post.trouble.clear()
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=6))
    site.work()
    found = newest(organizer, competition)
    assert (found["status"], found["sent"], found["uncertain"], len(set(post.readers))) == ("Finished", 11, 1, 11)


def test_bounces_for_good_and_complaints_stop_mail_until_an_administrator_lifts_them(
    site: Site, organizer: Person, admin: Person, competition: dict[str, Any], post: Post
) -> None:
    crowd(competition, ["ann", "bob", "cat"])
    site.run(event("Email Bounced", "bounce", "ann@example.org", bounceType="Permanent", bounceSubType="General"))
    site.run(event("Email Bounced", "bounce", "cat@example.org", bounceType="Transient", bounceSubType="MailboxFull"))
    site.run(event("Email Complaint Received", "complaint", "Bob@Example.org", complaintFeedbackType="abuse"))
    site.run(event("Email Bounced", "bounce", "bob@example.org", bounceType="Permanent", bounceSubType="General"))
    found = {one["digest"]: one for one in admin.call("GET", "/site/suppressions").body["suppressions"]}
    ann, bob = composing.digest("ann@example.org"), composing.digest("bob@example.org")
    assert {digest: (one["why"], one["said"]) for digest, one in found.items()} == {
        ann: ("bounce", "General"),
        bob: ("complaint", "abuse"),
    }
    write_to(organizer, competition)
    site.work()
    assert post.readers == ["cat"]
    assert admin.call("DELETE", f"/site/suppressions/{ann}").status == 200
    deed = admin.call("GET", "/site/audit").body["deeds"][0]
    assert (deed["what"], deed["before"]) == ("unsuppressed", ann)
    assert admin.call("DELETE", f"/site/suppressions/{ann}").status == 404
    write_to(organizer, competition)
    site.work()
    assert post.readers == ["ann", "cat", "cat"]


def event(told: str, what: str, address: str, **facts: Any) -> dict[str, Any]:
    """An event of SES as EventBridge delivers it, after AWS's documentation."""
    who = {"bounce": "bouncedRecipients", "complaint": "complainedRecipients"}[what]
    recipients = [{"emailAddress": address, "action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 unknown"}]
    detail = {
        "eventType": what.title(),
        what: {who: recipients, "timestamp": "2026-11-29T09:30:00.000Z", "feedbackId": "0100", **facts},
        "mail": {
            "timestamp": "2026-11-29T09:29:59.000Z",
            "source": "agon@example.org",
            "messageId": "0100",
            "destination": [address],
            "headersTruncated": False,
            "tags": {"ses:configuration-set": ["agon-mail"], "ses:from-domain": ["example.org"]},
        },
    }
    common = {"version": "0", "id": "1", "account": "1", "time": "2026-11-29T09:30:00Z", "region": "us-east-1"}
    return {**common, "detail-type": told, "source": "aws.ses", "resources": ["arn:aws:ses:x"], "detail": detail}


def test_a_letter_goes_to_a_group_and_a_groups_phase_is_mailed_to_nobody_else(
    site: Site, organizer: Person, post: Post
) -> None:
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    made = organizer.competition(
        start=f"{start:%Y-%m-%dT%H:%M:%SZ}",
        extra="agon: {groups: [{key: students, title: Students, phases: [0]}, {key: industry, title: Industry}]}",
    )
    crowd(made, ["ann"], groups={"students"})
    crowd(made, ["bob"], groups={"industry"})
    crowd(made, ["cat"])
    assert write_to(organizer, made, group="industry").status == 202
    site.work()
    assert post.readers == ["bob"]
    assert write_to(organizer, made, group="nobody").status == 404
    post.sent.clear()
    sweep.sweep(start + timedelta(minutes=1))
    while site.work():
        pass
    assert post.readers == ["ann"]
