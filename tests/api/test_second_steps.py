"""/me/second-step: a code that a sign-in asks for beside the password."""

from datetime import UTC, datetime

import pytest

from tests import totp
from tests.api.conftest import PASSWORD, Answer, Person, Site, client
from tests.api.test_account_removal import newcomer

STEP = "/me/second-step"


@pytest.fixture
def eve(site: Site, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody new in each test. moto looks at codes only where it is told to."""
    monkeypatch.setenv("MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP", "true")
    return newcomer(site, f"eve-{datetime.now(UTC):%H%M%S%f}")


def sign_in(person: Person, **said: str) -> Answer:
    body = {"username": person.username, "password": PASSWORD, **said}
    return person.site.call("POST", "/sessions", body)


def turned_on(person: Person) -> str:
    """The secret of which codes are asked for now."""
    made = person.call("POST", STEP, {"password": PASSWORD})
    assert made.status == 201, made
    secret = str(made.body["secret"])
    assert person.call("PATCH", STEP, {"code": totp.code(secret)}).body == {"on": True}
    return secret


def test_a_sign_in_asks_for_a_code_once_one_was_shown(eve: Person) -> None:
    assert eve.call("GET", STEP).body == {"on": False}
    made = eve.call("POST", STEP, {"password": PASSWORD}).body
    assert made["uri"] == f"otpauth://totp/Agon%3A{eve.username}?secret={made['secret']}&issuer=Agon"
    assert sign_in(eve).status == 200
    refused = eve.call("PATCH", STEP, {"code": totp.wrong(made["secret"])})
    assert (refused.status, refused.body["code"], sign_in(eve).status) == (422, "wrong_code", 200)
    assert eve.call("PATCH", STEP, {"code": totp.code(made["secret"])}).status == 200
    assert eve.call("GET", STEP).body == {"on": True}
    without = sign_in(eve)
    assert (without.status, without.body["code"]) == (403, "second_step")
    wrong = sign_in(eve, code=totp.wrong(made["secret"]))
    assert (wrong.status, wrong.body["code"]) == (401, "wrong_code")
    assert sign_in(eve, code=totp.code(made["secret"])).status == 200


def test_who_does_not_know_the_password_hears_of_no_code(eve: Person) -> None:
    secret = turned_on(eve)
    for said in ({}, {"code": totp.code(secret)}):
        refused = sign_in(eve, password="something else", **said)
        assert (refused.status, refused.body["code"]) == (401, "wrong_password")


def test_guesses_of_a_code_have_an_end_and_the_password_alone_gives_none_back(eve: Person) -> None:
    secret = turned_on(eve)
    eve.site.call("POST", "/sessions", {"username": eve.username, "password": PASSWORD, "code": totp.code(secret)})
    answers = [sign_in(eve, **({"code": totp.wrong(secret)} if turn % 2 else {})).status for turn in range(11)]
    assert (set(answers[:10]), answers[10]) == ({401, 403}, 429)


def test_it_is_turned_off_by_the_password_and_a_code(eve: Person) -> None:
    secret = turned_on(eve)
    assert eve.call("POST", STEP, {"password": PASSWORD}).status == 409
    for body in (
        {"password": "something else", "code": totp.code(secret)},
        {"password": PASSWORD, "code": totp.wrong(secret)},
    ):
        assert eve.call("POST", f"{STEP}/off", body).status == 403
    assert eve.call("POST", f"{STEP}/off", {"password": PASSWORD, "code": "1"}).status == 422
    assert eve.call("POST", f"{STEP}/off", {"password": PASSWORD, "code": totp.code(secret)}).body == {"on": False}
    assert sign_in(eve).status == 200


def test_neither_a_wrong_password_nor_a_personal_token_turns_it_on(eve: Person) -> None:
    assert eve.call("POST", STEP, {"password": "something else"}).status == 403
    token = eve.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    calls = (("POST", STEP, {"password": PASSWORD}), ("PATCH", STEP, {"code": "123456"}))
    off = ("POST", f"{STEP}/off", {"password": PASSWORD, "code": "123456"})
    assert [eve.site.call(*call, token=token).status for call in (*calls, off)] == [403, 403, 403]
    turned_on(eve)
    assert eve.site.call("GET", "/me", token=token).status == 200


def test_who_has_lost_it_is_helped_by_an_administrator_and_that_stands_in_the_log(site: Site, eve: Person) -> None:
    turned_on(eve)
    root, path = site.person("root", admin=True), f"/site/accounts/{eve.username}/second-step"
    assert eve.call("DELETE", path).status == 403
    assert root.call("DELETE", f"{path}?reason=Seen%20in%20person.").body == {"on": False}
    assert sign_in(eve).status == 200
    told = root.call("GET", "/site/audit").body["deeds"][0]
    assert (told["what"], told["participant"], told["reason"]) == ("second_step_off", eve.username, "Seen in person.")
    assert root.call("DELETE", "/site/accounts/nobody-at-all/second-step").status == 404


def test_an_account_with_a_second_step_is_removed_by_its_password(eve: Person) -> None:
    turned_on(eve)
    assert eve.call("POST", "/me/removal", {"password": PASSWORD}).status == 202


def test_who_has_signed_out_at_cognito_is_told_so_and_of_no_wrong_password(eve: Person) -> None:
    client("cognito-idp").global_sign_out(AccessToken=eve.token)
    answer = eve.call("PATCH", STEP, {"code": "123456"})
    assert (answer.status, answer.body["detail"]) == (401, "This session is over. Sign in again, then repeat.")
