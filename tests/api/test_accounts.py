"""Accounts, sessions and personal access tokens."""

from datetime import UTC, datetime, timedelta, tzinfo

import boto3
import pytest
from jwt import api_jwt

from chalicelib.store.people import tokens
from tests.api.conftest import PASSWORD, Person, Site


def sign_up(site: Site, username: str, **other: str) -> object:
    body = {"username": username, "email": f"{username}@example.org", "password": PASSWORD, **other}
    return site.call("POST", "/accounts", body)


def test_an_account_must_be_confirmed_before_it_signs_in(site: Site) -> None:
    sign_up(site, "newcomer")
    answer = site.call("POST", "/sessions", {"username": "newcomer", "password": PASSWORD})
    assert (answer.status, "Confirm" in answer.body["detail"]) == (403, True)


def test_a_taken_name_is_refused(site: Site, ada: Person) -> None:
    assert sign_up(site, "ada").status == 409  # type: ignore[attr-defined]


@pytest.mark.parametrize("username", ["ada", "nobody-at-all"])
def test_a_wrong_password_does_not_tell_whether_the_account_exists(site: Site, ada: Person, username: str) -> None:
    answer = site.call("POST", "/sessions", {"username": username, "password": "something else"})
    assert answer.status == 401
    assert answer.body["detail"] == "The user name or the password is wrong. Try again, or ask for a new password."


def test_a_short_password_is_a_complaint_about_its_field(site: Site) -> None:
    answer = sign_up(site, "shorty", password="short")
    assert answer.status == 422  # type: ignore[attr-defined]
    assert [one["place"] for one in answer.body["errors"]] == ["password"]  # type: ignore[attr-defined]


def test_a_session_is_refreshed(site: Site, ada: Person) -> None:
    session = site.call("POST", "/sessions", {"username": "ada", "password": PASSWORD}).body
    fresh = site.call("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]})
    assert site.call("GET", "/me", token=fresh.body["access_token"]).body["username"] == "ada"


def test_signing_out_ends_the_session(site: Site, ada: Person) -> None:
    session = site.call("POST", "/sessions", {"username": "ada", "password": PASSWORD}).body
    assert site.call("POST", "/sessions/end", token=session["access_token"]).status == 200
    assert site.call("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]}).status == 401


def test_a_forgotten_password_says_the_same_for_an_unknown_account(site: Site, ada: Person) -> None:
    answers = [site.call("POST", "/accounts/password/forgot", {"username": name}) for name in ("ada", "nobody")]
    assert [answer.status for answer in answers] == [202, 202]


def test_a_confirmation_code_that_is_wrong_is_refused(site: Site) -> None:
    sign_up(site, "doubter")
    body = {"username": "doubter", "code": "!!"}
    assert site.call("POST", "/accounts/confirm", body).status == 422


def test_an_admin_of_cognitos_group_is_one_here(site: Site, admin: Person, ada: Person) -> None:
    assert admin.call("GET", "/me").body["is_admin"] is True
    assert ada.call("GET", "/me").body["is_admin"] is False


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "agon_01jd8x3v6w8r2k5m7q9s1t3v5y_nope", "agon_", "agon_x"])
def test_a_token_that_is_none_of_ours_signs_nobody_in(site: Site, token: str) -> None:
    answer = site.call("GET", "/me", Authorization=f"Bearer {token}")
    assert answer.status == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_of_another_pool_signs_nobody_in(site: Site) -> None:
    cognito = boto3.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="other")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="other", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    cognito.admin_create_user(UserPoolId=pool, Username="eve")
    cognito.admin_set_user_password(UserPoolId=pool, Username="eve", Password="Aa1!aaaaaaaa", Permanent=True)
    session = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "eve", "PASSWORD": "Aa1!aaaaaaaa"},
    )
    assert site.call("GET", "/me", token=session["AuthenticationResult"]["AccessToken"]).status == 401


def test_a_personal_token_signs_in_as_its_owner_but_never_as_an_admin(site: Site, admin: Person) -> None:
    made = admin.call("POST", "/tokens", {"name": "laptop"})
    assert made.status == 201
    me = site.call("GET", "/me", token=made.body["token"]).body
    assert (me["username"], me["is_admin"], me["signed_in_with"]) == ("root", False, "token")


def test_a_personal_token_is_stored_as_a_digest_and_listed_without_its_secret(site: Site, ada: Person) -> None:
    token = ada.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    assert token.split("_", 2)[2] not in str(site.rows())
    listed = ada.call("GET", "/tokens").body["tokens"]
    assert [(one["name"], "token" in one) for one in listed] == [("laptop", False)]


def test_a_revoked_token_signs_nobody_in(site: Site, ada: Person) -> None:
    made = ada.call("POST", "/tokens", {"name": "laptop"}).body
    assert ada.call("DELETE", f"/tokens/{made['id']}").status == 200
    assert site.call("GET", "/me", token=made["token"]).status == 401


def test_nobody_revokes_somebody_elses_token(site: Site, ada: Person, organizer: Person) -> None:
    made = ada.call("POST", "/tokens", {"name": "laptop"}).body
    assert organizer.call("DELETE", f"/tokens/{made['id']}").status == 404
    assert site.call("GET", "/me", token=made["token"]).status == 200


def test_an_expired_token_signs_nobody_in(site: Site, ada: Person) -> None:
    made = ada.call("POST", "/tokens", {"name": "laptop"}).body
    row = tokens.AccessToken.get(*tokens.AccessToken.at(made["id"]))
    row.update(actions=[tokens.AccessToken.expires_at.set(datetime.now(UTC) - timedelta(seconds=1))])
    answer = site.call("GET", "/me", token=made["token"])
    assert (answer.status, "expired" in answer.body["detail"]) == (401, True)


def test_a_session_that_is_over_signs_nobody_in(site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    class InTwoHours(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(hours=2)

    monkeypatch.setattr(api_jwt, "datetime", InTwoHours)
    answer = ada.call("GET", "/me")
    assert (answer.status, answer.body["detail"]) == (401, "Your session has expired. Sign in again.")
