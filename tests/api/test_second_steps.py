"""/me/second-step: a code that a sign-in asks for beside the password."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib import settings
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


@pytest.fixture
def strict(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site whose administrators need a second step."""
    monkeypatch.setenv("AGON_ADMINISTRATORS_NEED_SECOND_STEP", "true")
    settings.get.cache_clear()
    yield
    monkeypatch.undo()
    settings.get.cache_clear()


@pytest.fixture
def chief(eve: Person) -> Person:
    """An administrator who signed in by a password alone."""
    pool = eve.site.outputs["UserPoolId"]
    client("cognito-idp").admin_add_user_to_group(UserPoolId=pool, Username=eve.username, GroupName="admins")
    return replace(eve, token=sign_in(eve).body["access_token"])


def test_administrators_are_as_others_until_they_have_shown_a_code(strict: None, chief: Person) -> None:
    refused = chief.call("GET", "/site/audit")
    me = chief.call("GET", "/me").body
    assert (refused.status, me["is_admin"], me["lacks_second_step"]) == (403, False, True)
    assert "agon account second-step --on" in refused.body["detail"]
    secret = turned_on(chief)
    me = chief.call("GET", "/me").body
    assert (chief.call("GET", "/site/audit").status, me["is_admin"], me["lacks_second_step"]) == (200, True, False)
    other = sign_in(chief, code=totp.code(secret)).body["access_token"]
    assert chief.site.call("GET", "/site/audit", token=other).status == 200


def test_a_session_in_which_no_code_was_shown_stays_without_rights(strict: None, chief: Person) -> None:
    before = sign_in(chief).body["access_token"]
    turned_on(chief)
    assert chief.site.call("GET", "/site/audit", token=before).status == 403


def test_who_turns_it_off_has_no_rights_any_more(strict: None, chief: Person) -> None:
    secret = turned_on(chief)
    assert chief.call("POST", f"{STEP}/off", {"password": PASSWORD, "code": totp.code(secret)}).status == 200
    assert chief.call("GET", "/site/audit").status == 403


def test_of_whom_another_administrator_turns_it_off_has_no_rights_any_more(strict: None, site: Site, chief: Person) -> None:
    turned_on(chief)
    site.call("DELETE", f"/site/accounts/{chief.username}/second-step?reason=Lost.", token=chief.token)
    assert chief.call("GET", "/site/audit").status == 403


def test_where_the_site_wants_none_administrators_need_none(chief: Person) -> None:
    assert chief.call("GET", "/site/audit").status == 200


def test_nobody_is_made_an_administrator_by_a_code(strict: None, eve: Person) -> None:
    turned_on(eve)
    refused = eve.call("GET", "/site/audit")
    assert (refused.status, refused.body["detail"]) == (403, "Only an administrator of this site may do this.")
