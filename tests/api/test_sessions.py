"""/sessions: where somebody is signed in, as they see it, and what ends with one of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.actions.people import accounts, sessions
from chalicelib.contract import limits
from chalicelib.errors import NotSignedIn
from chalicelib.requests import Refresh
from chalicelib.store.people import bans
from chalicelib.store.people import sessions as stored
from chalicelib.store.people.sessions import OpenSession
from tests.api import test_account_removal
from tests.api.conftest import PASSWORD, Answer, Person, Site, session_of
from tests.api.test_browser_sessions import OURS, cookie_of, go_on

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"


@pytest.fixture
def eve(site: Site) -> Person:
    """Somebody new in each test, with one session."""
    return test_account_removal.newcomer(site, f"eve-{datetime.now(UTC):%H%M%S%f}")


def sign_in(site: Site, person: Person, **headers: str) -> dict[str, Any]:
    body = {"username": person.username, "password": PASSWORD}
    return dict(site.call("POST", "/sessions", body, **headers).body)


def listed(person: Person) -> list[dict[str, Any]]:
    return list(person.call("GET", "/sessions").body["sessions"])


def look_anew() -> None:
    """As a process that has not heard of anybody."""
    accounts._going_on.clear()


def refresh(site: Site, session: dict[str, Any]) -> Answer:
    return site.call("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]})


def test_each_sign_in_is_listed_by_a_coarse_name_and_the_one_that_asks_is_marked(site: Site, eve: Person) -> None:
    sign_in(site, eve, User_Agent="agon/1 (linux)")
    body = {"username": eve.username, "password": PASSWORD}
    site.call("POST", "/sessions/browser", body, User_Agent=FIREFOX, **OURS)
    found = listed(eve)
    assert [(one["client"], one["system"], one["current"]) for one in found] == [
        ("Firefox", "Linux", False),
        ("agon", "Linux", False),
        ("", "", True),
    ]
    assert found[-1]["id"] == eve.session and all(one["opened_at"] == one["used_at"] for one in found)


def test_what_is_stored_lets_nobody_in_and_tells_no_address(site: Site, eve: Person) -> None:
    session = sign_in(site, eve, User_Agent=FIREFOX)
    kept = {
        value
        for row in stored.of_account(eve.id)
        for value in row.attribute_values.values()
        if isinstance(value, str) and value
    }
    assert not kept & {session["refresh_token"], session["access_token"], FIREFOX}
    for value in kept:
        assert site.call("GET", "/me", token=value).status == 401
        assert site.call("POST", "/sessions/refresh", {"refresh_token": value}).status == 401


def test_a_session_that_goes_on_says_when_and_stays_the_same(site: Site, eve: Person) -> None:
    session = sign_in(site, eve)
    id_ = session_of(session["access_token"])
    row = OpenSession(*OpenSession.at(eve.id, id_))
    row.update(actions=[OpenSession.used_at.set(datetime.now(UTC) - timedelta(hours=5))])
    fresh = refresh(site, session).body
    assert session_of(fresh["access_token"]) == id_
    (told,) = [one for one in listed(eve) if one["id"] == id_]
    assert datetime.now(UTC) - datetime.fromisoformat(told["used_at"]) < timedelta(minutes=1)
    assert len(listed(eve)) == 2


def test_one_that_is_ended_lets_nobody_in_does_not_go_on_and_leaves_all_others(site: Site, eve: Person) -> None:
    session, other = sign_in(site, eve), sign_in(site, eve)
    id_ = session_of(session["access_token"])
    assert eve.call("DELETE", f"/sessions/{id_}").status == 200
    refused = site.call("GET", "/me", token=session["access_token"])
    assert (refused.status, refused.body["code"]) == (401, "session_over")
    over = refresh(site, session)
    assert (over.status, over.body["detail"]) == (401, sessions.ENDED)
    assert refresh(site, other).status == 200 and eve.call("GET", "/me").status == 200
    assert eve.call("DELETE", f"/sessions/{id_}").status == 404


def test_the_refresh_token_of_an_ended_session_is_dead_at_cognito_once_somebody_showed_it(
    site: Site, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sign_in(site, eve)
    eve.call("DELETE", f"/sessions/{session_of(session['access_token'])}")
    assert refresh(site, session).status == 401
    monkeypatch.setattr(stored, "use", lambda *_: True)
    with pytest.raises(NotSignedIn):
        accounts.refresh(Refresh(refresh_token=session["refresh_token"]), datetime.now(UTC))


def test_another_process_hears_of_an_end_within_seconds_and_not_by_another_sessions_calls(site: Site, eve: Person) -> None:
    session = sign_in(site, eve)
    id_ = session_of(session["access_token"])
    look_anew()
    assert site.call("GET", "/me", token=session["access_token"]).status == 200
    stored.end(eve.id, id_)
    assert site.call("GET", "/me", token=session["access_token"]).status == 200
    accounts._going_on[eve.id, id_] -= accounts.SIGNED_OUT_WITHIN
    assert eve.call("GET", "/me").status == 200
    assert site.call("GET", "/me", token=session["access_token"]).status == 401


def test_all_others_end_also_those_that_no_list_ever_had(site: Site, eve: Person) -> None:
    known, unknown = sign_in(site, eve), sign_in(site, eve)
    stored.end(eve.id, session_of(unknown["access_token"]))
    assert eve.call("DELETE", "/sessions").status == 200
    look_anew()
    for one in (known, unknown):
        assert (site.call("GET", "/me", token=one["access_token"]).status, refresh(site, one).status) == (401, 401)
    assert [one["current"] for one in listed(eve)] == [True]


def test_a_browser_whose_session_was_ended_asks_for_the_password_again(site: Site, eve: Person) -> None:
    body = {"username": eve.username, "password": PASSWORD}
    browser = site.call("POST", "/sessions/browser", body, **OURS)
    eve.call("DELETE", "/sessions")
    answer = go_on(site, cookie_of(browser))
    assert (answer.status, answer.body["code"]) == (401, "session_over")


def test_a_sign_in_by_the_former_password_that_a_new_one_overtakes_opens_no_session(
    site: Site, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = BaseClient._make_api_call, {"username": eve.username}
    site.call("POST", "/accounts/password/forgot", asked)

    def overtaken(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        # The password was right, and nothing is noted of the session yet.
        if operation == "AdminGetUser":
            monkeypatch.setattr(BaseClient, "_make_api_call", real)
            body = {**asked, "code": "123456", "password": PASSWORD}
            assert site.call("POST", "/accounts/password/reset", body).status == 200
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", overtaken)
    answer = site.call("POST", "/sessions", {**asked, "password": PASSWORD})
    assert (answer.status, stored.of_account(eve.id)) == (401, [])


def test_a_new_password_ends_also_what_was_opened_while_it_was_being_set(
    site: Site, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, set_at = BaseClient._make_api_call, list[datetime]()

    def noted(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        answer = real(self, operation, arguments)
        set_at.extend([datetime.now(UTC)] if operation == "ConfirmForgotPassword" else [])
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", noted)
    body = {"username": eve.username, "code": "123456", "password": PASSWORD}
    assert site.call("POST", "/accounts/password/reset", body).status == 200
    _, _, signed_out = bans.endings(eve.id)
    assert signed_out is not None and [signed_out.signed_out_at > moment for moment in set_at] == [True]


def test_signing_out_leaves_no_session(site: Site, eve: Person) -> None:
    sign_in(site, eve)
    assert eve.call("POST", "/sessions/end").status == 200
    assert stored.of_account(eve.id) == []


def test_who_is_banned_has_no_session_left(site: Site, eve: Person) -> None:
    root = site.person("root", admin=True)
    root.call("POST", f"/site/accounts/{eve.username}/ban", {"reason": "Spam."})
    assert stored.of_account(eve.id) == []


def test_an_account_that_is_gone_leaves_no_session(site: Site, eve: Person) -> None:
    assert test_account_removal.remove(eve).status == 202
    test_account_removal.settle(site, eve)
    assert stored.of_account(eve.id) == []


def test_a_personal_token_neither_sees_sessions_nor_ends_any(site: Site, eve: Person) -> None:
    token = eve.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    for method, path in (("GET", "/sessions"), ("DELETE", "/sessions"), ("DELETE", f"/sessions/{eve.session}")):
        assert site.call(method, path, token=token).status == 403
    assert len(listed(eve)) == 1


def test_somebody_elses_session_is_not_ones_own_to_end(site: Site, eve: Person, ada: Person) -> None:
    assert ada.call("DELETE", f"/sessions/{eve.session}").status == 404
    assert eve.call("GET", "/me").status == 200


def test_of_too_many_sessions_the_one_that_was_unused_for_longest_ends(
    site: Site, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SESSIONS", 3)
    first = sign_in(site, eve)
    oldest = OpenSession(*OpenSession.at(eve.id, session_of(first["access_token"])))
    oldest.update(actions=[OpenSession.used_at.set(datetime.now(UTC) - timedelta(days=2))])
    sign_in(site, eve)
    sign_in(site, eve)
    found = listed(eve)
    assert len(found) == 3 and oldest.sk.removeprefix("SESSION#") not in {one["id"] for one in found}
