"""Guesses and mails have an end, for each account from each address."""

from datetime import UTC, datetime, timedelta

import pytest
from chalice.local import LambdaEventConverter

from chalicelib.actions.people import accounts, tries
from chalicelib.domain.people import challenges
from chalicelib.errors import NotSignedIn, QuotaExceeded
from chalicelib.requests import SignIn
from chalicelib.store.people import buckets
from chalicelib.store.people.buckets import Refill
from tests.api.conftest import PASSWORD, Answer, Person, Site

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def guess(site: Site, name: str, password: str = "not the password", **headers: str) -> Answer:
    return site.call("POST", "/sessions", {"username": name, "password": password}, **headers)


def solution_of(answer: Answer) -> str:
    challenge = answer.body["challenge"]
    return f"{challenge['text']}:{challenges.solve(challenge['text'], challenge['bits'])}"


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_passwords_are_guessed_ten_times_whether_there_is_an_account_or_not(site: Site, ada: Person, name: str) -> None:
    found = [guess(site, name) for _ in range(11)]
    assert [one.status for one in found] == [401] * 10 + [429]
    assert len({one.body["detail"] for one in found[:10]}) == 1
    assert int(found[-1].headers["retry-after"]) <= 60 and found[-1].body["next_attempt_at"]


def test_the_right_password_forgets_the_wrong_ones(site: Site, ada: Person) -> None:
    for _ in range(3):
        assert [guess(site, "ada").status for _ in range(5)] == [401] * 5
        assert guess(site, "ada", PASSWORD).status == 200


def test_who_fails_in_somebodys_name_keeps_nobody_out_but_themselves(site: Site, ada: Person) -> None:
    wrong = SignIn(username="ada", password="not the password")
    for _ in range(10):
        with pytest.raises(NotSignedIn):
            accounts.sign_in(wrong, "203.0.113.7", None, "", NOW)
    with pytest.raises(QuotaExceeded):
        accounts.sign_in(wrong, "203.0.113.7", None, "", NOW)
    assert accounts.sign_in(SignIn(username="ada", password=PASSWORD), "203.0.113.8", None, "", NOW).access_token


def test_the_address_is_the_one_that_api_gateway_was_called_from(
    site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [guess(site, "ada").status for _ in range(11)][-1] == 429
    monkeypatch.setattr(LambdaEventConverter, "LOCAL_SOURCE_IP", "203.0.113.8")
    assert guess(site, "ada", PASSWORD).status == 200


def test_one_address_guesses_only_so_much_about_all_accounts_and_right_guesses_do_not_count(
    site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "WRONG_GUESSES", Refill(3, timedelta(minutes=1), "Too many."))
    for _ in range(5):
        assert guess(site, "ada", PASSWORD).status == 200
    found = [guess(site, f"somebody-{number}") for number in range(4)]
    assert [one.status for one in found] == [401] * 3 + [429]
    assert found[-1].body["detail"].startswith("Too many.")
    # Of IPv6 a line has 2^64 addresses.
    wrong = [SignIn(username=f"nobody-{number}", password="not the password") for number in range(4)]
    for number, one in enumerate(wrong):
        with pytest.raises(NotSignedIn if number < 3 else QuotaExceeded):
            accounts.sign_in(one, f"2001:db8:0:1::{number}", None, "", NOW)
    with pytest.raises(NotSignedIn):
        accounts.sign_in(wrong[0], "2001:db8:0:2::1", None, "", NOW)


def test_one_address_makes_only_so_many_accounts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "SIGN_UPS", Refill(2, timedelta(minutes=1)))
    account = {"email": "z@example.org", "password": PASSWORD}
    found = [site.call("POST", "/accounts", {**account, "username": f"zoe{number}"}).status for number in range(3)]
    assert found == [201, 201, 429]


def test_a_mailbox_is_sent_few_codes_by_accounts_in_its_name_and_others_sign_up(site: Site) -> None:
    def sign_up(number: int, email: str) -> Answer:
        return site.call("POST", "/accounts", {"username": f"zed{number}", "email": email, "password": PASSWORD})

    found = [sign_up(number, "Buried@example.org" if number % 2 else "buried@example.org") for number in range(6)]
    assert [one.status for one in found] == [201] * 5 + [429]
    # Work buys accounts and no mails.
    assert "challenge" not in found[-1].body and found[-1].body["next_attempt_at"]
    assert sign_up(7, "another@example.org").status == 201


def test_an_account_sends_only_so_many_invitations(site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/competitions/{ada.competition()['id']}/guests"
    monkeypatch.setattr(tries, "INVITATIONS", Refill(3, timedelta(minutes=1), "Too many."))
    found = [ada.call("POST", path, {"addresses": [f"{one}@example.org" for one in some]}) for some in ("ab", "cd", "e")]
    # What does not fit is not sent in part.
    assert [one.status for one in found] == [200, 429, 200]
    assert len(ada.call("GET", path).body["guests"]) == 3


def test_no_answer_tells_whether_there_is_an_account(site: Site, ada: Person) -> None:
    account = {"email": "newer@example.org", "password": PASSWORD}
    assert site.call("POST", "/accounts", {**account, "username": "unconfirmed"}).status == 201
    wrong = {"password": "not the password"}
    for path, body in {"/sessions": wrong, "/accounts/password/forgot": {}, "/accounts/resend": {}}.items():
        found = [site.call("POST", path, {"username": name, **body}) for name in ("ada", "unconfirmed", "nobody")]
        told = [{**one.body, "username": ""} for one in found]
        assert len({one.status for one in found}) == 1 and told[0] == told[1] == told[2], path
    # An address that has an account already signs up as any other: who reads its mail is told.
    found = [
        site.call("POST", "/accounts", {**account, "email": email, "username": name})
        for email, name in (("ada@example.org", "ada-again"), ("free@example.org", "ada-anew"))
    ]
    assert [one.status for one in found] == [201, 201]
    assert {**found[0].body, "id": "", "username": ""} == {**found[1].body, "id": "", "username": ""}


def test_who_solves_a_challenge_goes_on_and_each_solution_is_good_once_and_for_them_alone(site: Site, ada: Person) -> None:
    for name in ("ada", "nobody"):
        refused = [guess(site, name) for _ in range(11)][-1]
        solved = solution_of(refused)
        unsolved = solved.rpartition(":")[0] + ":x"
        assert guess(site, name, Agon_Solution=unsolved).status == 429
        assert guess(site, name, Agon_Solution=solved).status == 401
        again = guess(site, name, Agon_Solution=solved)
        assert again.status == 429 and again.body["challenge"]["text"] != refused.body["challenge"]["text"]
    # The solution of one account's challenge opens no other's.
    assert guess(site, "ada", PASSWORD, Agon_Solution=solution_of(again)).status == 429
    right = solution_of(guess(site, "ada"))
    assert guess(site, "ada", PASSWORD, Agon_Solution=right).status == 200
    assert guess(site, "ada", PASSWORD).status == 200


def test_work_buys_no_more_than_as_many_tries_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "GUESSES", Refill(1, timedelta(minutes=1)))
    assert guess(site, "nobody").status == 401
    assert guess(site, "nobody", Agon_Solution=solution_of(guess(site, "nobody"))).status == 401
    refused = guess(site, "nobody", Agon_Solution=solution_of(guess(site, "nobody")))
    assert refused.status == 429 and "challenge" not in refused.body


@pytest.mark.parametrize("path", ["/accounts/resend", "/accounts/password/forgot"])
def test_mails_are_asked_for_five_times(site: Site, ada: Person, path: str) -> None:
    for name in ("ada", "nobody"):
        asked = [site.call("POST", path, {"username": name}).status for _ in range(6)]
        assert asked[-1] == 429 and 429 not in asked[:5]


def test_codes_are_guessed_ten_times(site: Site) -> None:
    code = {"username": "nobody", "code": "000000"}
    assert [site.call("POST", "/accounts/confirm", code).status for _ in range(11)] == [422] * 10 + [429]
    # A code for a new password is a guess about the same account.
    assert site.call("POST", "/accounts/password/reset", {**code, "password": PASSWORD}).status == 429


def test_a_bucket_fills_one_by_one_and_no_further(site: Site) -> None:
    refill = Refill(3, timedelta(minutes=1))

    def taken(minutes: float) -> int:
        """How many there are to take at a time."""
        for number in range(10):
            try:
                buckets.take("x", refill, NOW + timedelta(minutes=minutes))
            except QuotaExceeded:
                return number
        return 10

    assert [taken(at) for at in (0, 0.5, 1, 1.9, 2, 4, 60)] == [3, 0, 1, 0, 1, 2, 3]
    buckets.fill("x")
    assert taken(60) == 3
