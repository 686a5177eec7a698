"""Mail: sent once and with what it tells of, to who wants it and can have it; switched off by one click."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from chalicelib import settings
from chalicelib.actions.background import sweep
from chalicelib.actions.mail import composing, sending
from chalicelib.actions.people import choices
from chalicelib.aws import secrets
from chalicelib.domain.mail import notices
from chalicelib.domain.mail.audiences import EVERYBODY
from chalicelib.domain.mail.letters import Letter, Wording
from chalicelib.store import table, writes
from chalicelib.store.mail import mailings, outbox, readers
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people.buckets import Refill
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions.usage import Quota
from tests import clock
from tests.api.conftest import API_URL, MAIL_FROM, Person, Post, Site
from tests.api.test_final_selection import choose
from tests.api.test_participants import counting

LETTER = Letter("letters", Wording("Hello", "Hello **you**."), reply_to="olga@example.org")
AN_ID = "01m86vp9f4vk8vwkkszfrnkpp9"


def to(person: Person, letter: Letter = LETTER, now: datetime | None = None) -> Mail:
    mail = outbox.to_account(AN_ID, letter, person.id, person.username, now or datetime.now(UTC))
    writes.transact(lambda write: outbox.queueing(write, [mail]))
    return mail


def stored() -> Mail:
    (found,) = table.read(Mail.at(AN_ID))
    assert found is not None
    return found


def swept(site: Site, **later: float) -> None:
    sweep.sweep(datetime.now(UTC) + timedelta(**later))
    site.work()


def refusal(code: str, status: int = 400) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "SendEmail")


def token_of(sent: dict[str, Any]) -> str:
    headers = {one["Name"]: one["Value"] for one in sent["Content"]["Simple"]["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = urlsplit(headers["List-Unsubscribe"].strip("<>"))
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"{API_URL}/v1/unsubscribe"
    return link.query


def test_a_mail_is_sent_after_its_transaction_with_html_text_and_a_way_out(site: Site, ada: Person, post: Post) -> None:
    to(ada)
    swept(site)
    [sent] = post.sent
    assert sent["FromEmailAddress"] == f"Agon <{MAIL_FROM}>" and sent["ReplyToAddresses"] == ["olga@example.org"]
    assert sent["Destination"] == {"ToAddresses": ["ada@example.org"]}
    simple = sent["Content"]["Simple"]
    assert simple["Subject"]["Data"] == "Hello" and "Hello you." in simple["Body"]["Text"]["Data"]
    assert "<strong>you</strong>" in simple["Body"]["Html"]["Data"] and token_of(sent)


def test_a_reader_who_chose_french_gets_french_and_what_it_said_is_forgotten(site: Site, ada: Person, post: Post) -> None:
    answer = ada.call("PATCH", "/me/mail", {"language": "fr"})
    assert (answer.status, answer.body["language"]) == (200, "fr")
    assert ada.call("GET", "/me/mail").body["language"] == "fr"
    to(ada, notices.decided("iris", "Iris", "approved", "", None))
    swept(site)
    [sent] = post.sent
    simple = sent["Content"]["Simple"]
    assert simple["Subject"]["Data"] == "Vous pouvez participer à Iris"
    assert '<html lang="fr">' in simple["Body"]["Html"]["Data"]
    text = simple["Body"]["Text"]["Data"]
    assert "Vous pouvez participer à Iris" in text and "Ne plus recevoir ce genre de messages" in text
    assert "Ce que des organisateurs ont décidé" in text and "You" not in text
    mail = stored()
    assert {mail.subject, mail.text, mail.french_subject, mail.french_text} == {None}


def test_a_language_is_chosen_beside_kinds_and_no_other_than_there_are(site: Site, ada: Person) -> None:
    ada.call("PATCH", "/me/mail", {"kinds": {"finished": True}, "language": "fr"})
    kept = ada.call("PATCH", "/me/mail", {"kinds": {"failed": False}}).body
    assert [ada.call("PATCH", "/me/mail", {name: None}).status for name in ("kinds", "language")] == [422, 422]
    wanted = {one["name"]: one["wanted"] for one in kept["kinds"]}
    assert (kept["language"], wanted["finished"], wanted["failed"]) == ("fr", True, False)
    assert ada.call("PATCH", "/me/mail", {"language": "de"}).status == 422
    assert site.person("grace").call("GET", "/me/mail").body["language"] == "en"


def test_nobody_gets_a_mail_twice_and_what_it_said_is_forgotten(site: Site, ada: Person, post: Post) -> None:
    to(ada)
    for minutes in (0, 10, 20, 60):
        swept(site, minutes=minutes)
    site.run({"version": 1, "task": "mail", "id": AN_ID})
    assert len(post.sent) == 1
    mail = stored()
    assert mail.status == outbox.SENT and mail.due_at is None
    assert {mail.subject, mail.text, mail.reply_to, mail.username, mail.address} == {None}
    assert not outbox.queue(outbox.to_account(AN_ID, LETTER, ada.id, ada.username, datetime.now(UTC)))


def test_of_two_functions_with_the_same_mail_one_sends_it(
    site: Site, ada: Person, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(ada)
    real = composing.message

    def message(*arguments: Any) -> Any:
        monkeypatch.setattr(composing, "message", real)
        sending.send(AN_ID, datetime.now(UTC))
        return real(*arguments)

    monkeypatch.setattr(composing, "message", message)
    sending.send(AN_ID, datetime.now(UTC))
    assert len(post.sent) == 1


def test_a_function_that_stops_between_claim_and_end_sends_nothing_again(site: Site, ada: Person, post: Post) -> None:
    to(ada)
    post.trouble = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        sending.send(AN_ID, datetime.now(UTC))
    assert stored().status == outbox.SENDING
    swept(site, minutes=10)
    assert stored().status == outbox.SENDING
    swept(site, minutes=17)
    assert stored().status == outbox.UNCERTAIN and post.sent == []


@pytest.mark.parametrize(
    "trouble",
    [
        refusal("TooManyRequestsException", 429),
        refusal("AccessDeniedException", 403),
        EndpointConnectionError(endpoint_url="x"),
    ],
)
def test_what_is_known_not_to_be_sent_is_tried_again_after_a_pause(
    site: Site, ada: Person, post: Post, trouble: Exception
) -> None:
    to(ada)
    post.trouble = [trouble]
    swept(site)
    assert stored().status == outbox.WAITING and post.sent == []
    swept(site, seconds=30)
    assert post.sent == []
    swept(site, minutes=2)
    assert len(post.sent) == 1 and stored().status == outbox.SENT


@pytest.mark.parametrize("trouble", [ReadTimeoutError(endpoint_url="x"), refusal("InternalFailure", 500)])
def test_what_may_have_been_sent_is_not_sent_again(site: Site, ada: Person, post: Post, trouble: Exception) -> None:
    to(ada)
    post.trouble = [trouble]
    swept(site)
    swept(site, minutes=30)
    assert stored().status == outbox.UNCERTAIN and post.sent == []


def test_it_is_tried_for_a_day_and_then_given_up(site: Site, ada: Person, post: Post) -> None:
    to(ada)
    now = began = datetime.now(UTC)
    post.trouble = [refusal("ThrottlingException") for _ in range(100)]
    while stored().status == outbox.WAITING:
        sending.send(AN_ID, now)
        now = max(now, table.instant(stored().due_at or 0))
    assert stored().status == outbox.NOT_SENT and timedelta(hours=20) < now - began < timedelta(hours=30)


def test_what_ses_refuses_is_over_and_tells_no_address(site: Site, ada: Person, post: Post) -> None:
    to(ada)
    error = refusal("MessageRejected")
    error.response["Error"]["Message"] = "Email address is not verified: ada@example.org"
    post.trouble = [error]
    swept(site)
    assert stored().status == outbox.NOT_SENT and stored().reason == "SES refused it: MessageRejected."


def test_an_account_that_is_gone_gets_nothing(site: Site, ada: Person, post: Post) -> None:
    mail = outbox.to_account(AN_ID, LETTER, "nobody", "nobody", datetime.now(UTC))
    assert outbox.queue(mail)
    swept(site)
    assert stored().status == outbox.NOT_SENT and post.sent == []


def test_a_mail_to_an_address_needs_no_account(site: Site, post: Post) -> None:
    address = "Guest@Example.org"
    assert outbox.queue(outbox.to_address(AN_ID, LETTER, address, composing.digest(address), datetime.now(UTC)))
    swept(site)
    assert post.sent[0]["Destination"] == {"ToAddresses": [address]}
    assert page(site, "POST", f"/unsubscribe?{token_of(post.sent[0])}")[0] == 200
    (found,) = table.read(readers.MailPreferences.at(composing.digest("guest@example.org ")))
    assert found is not None and found.off == {"letters"}


@pytest.mark.parametrize("kind", ["invitations", "judging"])
def test_what_whoever_makes_a_competition_has_sent_to_strangers_is_bounded_for_each_of_them(
    site: Site, ada: Person, post: Post, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Nobody asks whom they invite, or put on a jury, which is reminded to judge."""
    monkeypatch.setattr(sending, "UNASKED", Refill(2, timedelta(hours=3)))
    now = datetime.now(UTC)
    for number in range(3):
        letter = Letter(kind, Wording(f"Hello {number}", "Hello."))
        assert outbox.queue(outbox.to_account(f"{AN_ID}{number}", letter, ada.id, ada.username, now))
        sending.send(f"{AN_ID}{number}", now)
    assert post.subjects(ada) == ["Hello 0", "Hello 1"]
    other = Letter("participation", Wording("You take part", "You do."))
    assert outbox.queue(outbox.to_account(AN_ID, other, ada.id, ada.username, now))
    sending.send(AN_ID, now)
    assert post.subjects(ada)[-1] == "You take part"


def test_a_site_without_an_address_sends_nothing_and_says_so(
    site: Site, ada: Person, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ada.call("GET", "/me/mail").body["sends_mail"] is True
    monkeypatch.setenv("AGON_MAIL_FROM", "")
    settings.get.cache_clear()
    try:
        assert ada.call("GET", "/me/mail").body["sends_mail"] is False
        to(ada)
        assert not outbox.queue(outbox.to_account(AN_ID, LETTER, ada.id, ada.username, datetime.now(UTC)))
        swept(site)
    finally:
        monkeypatch.undo()
        settings.get.cache_clear()
    assert post.sent == [] and table.read(Mail.at(AN_ID)) == (None,)


def test_readers_switch_kinds_off_and_on(site: Site, ada: Person, post: Post) -> None:
    wanted = {one["name"]: one["wanted"] for one in ada.call("GET", "/me/mail").body["kinds"]}
    assert wanted["letters"] and not wanted["finished"]
    answer = ada.call("PATCH", "/me/mail", {"kinds": {"letters": False, "finished": True}})
    assert answer.status == 200 and answer.body == ada.call("GET", "/me/mail").body
    to(ada)
    swept(site)
    assert post.sent == [] and stored().reason == composing.OFF
    answer = ada.call("PATCH", "/me/mail", {"kinds": {"letters": True}})
    wanted = {one["name"]: one["wanted"] for one in answer.body["kinds"]}
    assert wanted["letters"] and wanted["finished"] and wanted["failed"]
    assert ada.call("PATCH", "/me/mail", {"kinds": {"spam": True}}).status == 422


def test_one_click_switches_a_kind_off_without_a_sign_in_and_a_look_does_not(site: Site, ada: Person, post: Post) -> None:
    to(ada)
    swept(site)
    path = f"/unsubscribe?{token_of(post.sent[0])}"
    looked = page(site, "GET", path)
    assert looked[0] == 200 and '<form method="post">' in looked[1]
    assert {one["name"]: one["wanted"] for one in ada.call("GET", "/me/mail").body["kinds"]}["letters"]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert page(site, "POST", path, b"List-Unsubscribe=One-Click", form)[0] == 200
    assert not {one["name"]: one["wanted"] for one in ada.call("GET", "/me/mail").body["kinds"]}["letters"]
    assert page(site, "POST", path, b"List-Unsubscribe=One-Click", form)[0] == 200


@pytest.mark.parametrize("token", ["", "x", "u.letters." + "0" * 32])
def test_a_token_that_is_not_ours_switches_nothing_off(site: Site, token: str) -> None:
    for method in ("GET", "POST"):
        assert page(site, method, f"/unsubscribe?token={token}")[0] == 422


def test_strangers_with_tokens_make_no_key_on_a_site_that_has_sent_no_mail(site: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr(composing, "_held", {})
    secrets.delete("mail/unsubscribing")
    for method in ("GET", "POST"):
        assert page(site, method, f"/unsubscribe?token=u.letters.{'0' * 32}")[0] == 422
    assert secrets.get("mail/unsubscribing") is None


def page(site: Site, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Ask as a browser or a mail program does."""
    response = site.client.http.request(method, f"/v1{path}", headers=headers or {"Accept": "text/html"}, body=body)
    found = {name.lower(): value for name, value in response.headers.items()}
    if response.status_code == 200:
        assert found["content-type"].startswith("text/html") and "default-src 'none'" in found["content-security-policy"]
    return response.status_code, response.body.decode()


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(auto_approve=False, extra="contact_email: team@example.org\n")


def decide(organizer: Person, competition: dict[str, Any], person: Person, status: str, reason: str = "") -> None:
    path = f"/competitions/{competition['id']}/participants/{person.id}"
    assert organizer.call("PATCH", path, {"status": status, "reason": reason}).status == 200


def test_organizers_hear_once_an_hour_that_people_wait(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], post: Post
) -> None:
    bob, eve = site.person("bob"), site.person("eve")
    # They are to wait in one and the same hour of the clock.
    clock.within_one(clock.HOUR)
    for person in (ada, bob, eve):
        assert person.join(competition).status == 201
    swept(site)
    assert post.sent == []
    swept(site, minutes=61)
    assert post.readers == ["olga"] and post.subjects(organizer) == ["People ask to take part in Guess"]
    swept(site, minutes=130)
    assert len(post.sent) == 1


def test_participants_hear_what_was_decided_about_them_and_why(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], post: Post
) -> None:
    ada.join(competition)
    decide(organizer, competition, ada, "approved")
    swept(site)
    decide(organizer, competition, ada, "denied", "Two <b>accounts</b>.")
    decide(organizer, competition, ada, "denied", "Two accounts, and three.")
    swept(site, minutes=1)
    assert post.subjects(ada) == ["You may take part in Guess", "You may not take part in Guess"]
    body = post.sent[1]["Content"]["Simple"]["Body"]
    assert "> Two <b>accounts</b>." in body["Text"]["Data"] and "<b>" not in body["Html"]["Data"]
    assert post.sent[1]["ReplyToAddresses"] == ["team@example.org"]


def test_to_and_fro_is_mailed_a_few_times_a_day_and_then_as_it_stands_in_the_end(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], post: Post
) -> None:
    # All is to be on one and the same day of UTC.
    clock.within_one(clock.DAY)
    ada.join(competition)
    for status in ("approved", "denied") * 4:
        decide(organizer, competition, ada, status)
        decide(organizer, competition, ada, status, "Another reason is no news.")
    decide(organizer, competition, ada, "approved")
    swept(site, minutes=1)
    welcome, turned_away = "You may take part in Guess", "You may not take part in Guess"
    assert sorted(post.subjects(ada)) == sorted([welcome, turned_away, welcome])
    swept(site, minutes=25 * 60)
    assert post.subjects(ada)[3:] == [welcome]


def test_a_submission_that_fails_or_has_its_scores_is_mailed_to_who_wants_that(
    site: Site, organizer: Person, ada: Person, admin: Person, post: Post
) -> None:
    made, runner = organizer.competition(), site.runner_token(admin)
    ada.join(made)
    for fault in ("participant", None):
        job = site.claim(ada.submit(made).body["id"], runner).body
        site.finish(job, {"accuracy": 0.123}, **({"fault": fault, "reason": "No."} if fault else {}))
    swept(site)
    [subject] = post.subjects(ada)
    assert subject.endswith("has failed")
    ada.call("PATCH", "/me/mail", {"kinds": {"finished": True, "failed": False}})
    for fault in ("participant", None):
        job = site.claim(ada.submit(made).body["id"], runner).body
        site.finish(job, {"accuracy": 0.123}, **({"fault": fault, "reason": "No."} if fault else {}))
    swept(site)
    assert len(post.sent) == 2 and "was scored" in post.subjects(ada)[1] and "0.123" not in str(post.sent)


def test_where_people_choose_what_counts_each_is_told_once_what_they_chose_before_the_end_and_at_it(
    site: Site, organizer: Person, ada: Person, admin: Person, post: Post
) -> None:
    end = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    made = organizer.competition(end=f"{end:%Y-%m-%dT%H:%M:%SZ}", phase_extra="agon: {final_selection: 2}")
    bob, eve, runner = site.person("bob"), site.person("eve"), site.runner_token(admin)
    for person in (ada, bob, eve):
        person.join(made)
    mine = []
    for person in (ada, bob):
        mine.append(person.submit(made).body["id"])
        site.finish(site.claim(mine[-1], runner).body, {"accuracy": 0.123})
    ada.call("PATCH", f"/submissions/{mine[0]}", {"name": "First *try*"})
    assert choose(ada, mine[0]).status == 200
    swept(site)
    told = {}
    for at in (end - timedelta(days=1), end):
        del post.sent[:]
        for minutes in (0.5, 2, 3, 20):
            sweep.sweep(at + timedelta(minutes=minutes))
            while site.work():
                pass
        texts = [sent["Content"]["Simple"]["Body"]["Text"]["Data"] for sent in post.sent]
        readers_ = [sent["Destination"]["ToAddresses"][0].partition("@")[0] for sent in post.sent]
        told[at] = dict(zip(readers_, texts, strict=True))
        assert sorted(post.readers) == ["ada", "bob", "eve"] and "0.123" not in str(post.sent)
    before, after = told.values()
    assert "up to 2 that are to count. You have chosen 1:" in before["ada"] and "“First *try*”" in before["ada"]
    assert "You have chosen none: then the leaderboard goes by its rule" in before["bob"]
    assert "the best of those that you chose counts" in after["ada"] and "“First *try*”" in after["ada"]
    assert "You have chosen none of your submissions" in after["bob"]
    assert "chosen" not in before["eve"] + after["eve"]


def test_what_many_chose_is_read_by_the_hundred(
    site: Site, organizer: Person, ada: Person, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition(phase_extra="agon: {final_selection: 2}", end="2031-01-01")
    phase = competition["phases"][0]["id"]
    people = [Participant(*Participant.at(competition["id"], f"u{at}"), user=f"u{at}", username=f"u{at}") for at in range(9)]
    for at, one in enumerate(people):
        counter = Quota(*Quota.at(phase, one.user), used=1)
        counter.chosen = {f"{phase}-{at}"}
        counter.save()
    mailing = mailings.made(AN_ID, competition["id"], LETTER, EVERYBODY, None, datetime.now(UTC))
    mailing.choices_of = {"phase": phase, "over": True}
    with counting(monkeypatch) as calls:
        assert set(choices.letters(mailing, people)) == {one.user for one in people}
    assert calls == ["BatchGetItem"] * 3


def test_a_phases_beginning_its_end_and_the_day_before_are_mailed_once_in_the_competitions_zone(
    site: Site, organizer: Person, ada: Person, post: Post
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    start, end = now + timedelta(hours=1), now + timedelta(days=3)
    zone = "agon: {timezone: Asia/Tokyo}"
    made = organizer.competition(start=f"{start:%Y-%m-%dT%H:%M:%SZ}", end=f"{end:%Y-%m-%dT%H:%M:%SZ}", extra=zone)
    ada.join(made)
    for at in (start, end - timedelta(days=1), end):
        for minutes in (1, 2, 20):
            sweep.sweep(at + timedelta(minutes=minutes))
            while site.work():
                pass
    subjects = [
        "Guess: the phase “Only” has begun",
        "Guess: the phase “Only” ends soon",
        "Guess: the phase “Only” has ended",
    ]
    assert post.subjects(ada) == subjects and post.readers == ["ada"] * 3
    assert "(Asia/Tokyo)" in post.sent[1]["Content"]["Simple"]["Body"]["Text"]["Data"]
    assert f"{end:%H:%M} UTC" in post.sent[1]["Content"]["Simple"]["Body"]["Text"]["Data"]
