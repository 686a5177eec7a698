"""Accounts, sessions and personal access tokens."""

import time
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace

import boto3
import pytest
from botocore.exceptions import ClientError
from jwt import api_jwt

from chalicelib.actions.people import accounts
from chalicelib.aws import accounts as cognito
from chalicelib.contract import limits
from chalicelib.store.people import bans, sign_ins, tokens
from tests.api.conftest import PASSWORD, Answer, Person, Site


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
    over = site.call("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]})
    assert (over.status, over.body["detail"]) == (401, "Your session is over. Sign in again.")
    signed_out = site.call("GET", "/me", token=session["access_token"])
    assert (signed_out.status, signed_out.body["detail"]) == (401, "You have signed out. Sign in again.")


def test_signing_out_ends_other_sessions_of_the_account_too_and_none_that_begins_later(site: Site, ada: Person) -> None:
    sign_ins.sign_out(ada.id, "another token's", datetime.now(UTC) + timedelta(seconds=1))
    accounts._going_on.clear()
    assert ada.call("GET", "/me").status == 401
    sign_ins.sign_out(ada.id, "another token's", datetime.now(UTC) - timedelta(days=1))
    assert ada.call("GET", "/me").status == 200


def test_what_another_process_hears_of_a_sign_out_it_hears_within_seconds(site: Site, ada: Person) -> None:
    accounts._going_on.clear()
    assert ada.call("GET", "/me").status == 200
    sign_ins.sign_out(ada.id, "another token's", datetime.now(UTC) + timedelta(seconds=1))
    accounts._going_on[ada.id, ada.session] -= accounts.SIGNED_OUT_WITHIN
    assert ada.call("GET", "/me").status == 401


def test_who_calls_often_costs_no_read_each_time(site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ada.call("GET", "/me").status == 200
    monkeypatch.setattr(bans, "endings_of", None)
    assert ada.call("GET", "/me").status == 200


def test_a_forgotten_password_says_the_same_for_an_unknown_account(site: Site, ada: Person) -> None:
    answers = [site.call("POST", "/accounts/password/forgot", {"username": name}) for name in ("ada", "nobody")]
    assert [answer.status for answer in answers] == [202, 202]


def test_a_confirmation_code_that_is_wrong_is_refused(site: Site) -> None:
    sign_up(site, "doubter")
    body = {"username": "doubter", "code": "!!"}
    assert site.call("POST", "/accounts/confirm", body).status == 422


def refuses(monkeypatch: pytest.MonkeyPatch, verb: str, code: str) -> None:
    """Have Cognito refuse a verb, with a code of its own: moto takes any confirmation code."""

    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": code, "Message": "No."}}, verb)

    monkeypatch.setattr(cognito.client("cognito-idp"), verb, refuse)


WRONG_CODES = (
    "CodeMismatchException", "ExpiredCodeException", "UserNotFoundException", "NotAuthorizedException",
    "UserNotConfirmedException", "InvalidParameterException", "LimitExceededException", "TooManyFailedAttemptsException",
)  # fmt: skip


@pytest.mark.parametrize("code", WRONG_CODES)
@pytest.mark.parametrize("path", ["/accounts/confirm", "/accounts/password/reset"])
def test_a_code_that_is_no_good_tells_nothing_of_the_account(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str, code: str
) -> None:
    verb = "confirm_sign_up" if path.endswith("confirm") else "confirm_forgot_password"
    refuses(monkeypatch, verb, code)
    new = {"password": PASSWORD} if path.endswith("reset") else {}
    answer = site.call("POST", path, {"username": "ada", "code": "123456", **new})
    assert (answer.status, answer.body["detail"].startswith("This code is not good for this account.")) == (422, True)


@pytest.mark.parametrize("path", ["/accounts/password/forgot", "/accounts/resend"])
@pytest.mark.parametrize(("code", "status"), [("LimitExceededException", 202), ("TooManyRequestsException", 429)])
def test_a_limit_of_cognitos_is_told_where_it_is_not_of_one_account(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str, code: str, status: int
) -> None:
    verb = "forgot_password" if path.endswith("forgot") else "resend_confirmation_code"
    refuses(monkeypatch, verb, code)
    assert site.call("POST", path, {"username": "ada"}).status == status


def test_a_new_password_that_is_too_weak_is_told_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    refuses(monkeypatch, "confirm_forgot_password", "InvalidPasswordException")
    answer = site.call("POST", "/accounts/password/reset", {"username": "ada", "code": "1", "password": PASSWORD})
    assert (answer.status, "too weak" in answer.body["detail"]) == (422, True)


def confirm(site: Site, username: str) -> Answer:
    return site.call("POST", "/accounts/confirm", {"username": username, "code": "123456"})


def test_an_address_has_one_account_whoever_writes_it_how(site: Site) -> None:
    for username, email in (("first-one", "One@example.org"), ("second-one", "one@EXAMPLE.org")):
        assert sign_up(site, username, email=email).status == 201  # type: ignore[attr-defined]
    assert confirm(site, "first-one").status == 200
    refused = confirm(site, "second-one")
    assert (refused.status, "first-one" in refused.body["detail"]) == (409, True)
    assert cognito.find("second-one") is None
    assert "example.org" not in str(site.rows()).lower()


def test_who_signed_up_before_has_their_address_since_they_signed_in(site: Site, ada: Person) -> None:
    assert site.call("POST", "/sessions", {"username": "ada", "password": PASSWORD}).status == 200
    sign_up(site, "ada-again", email="ada@example.org")
    assert confirm(site, "ada-again").status == 409


@pytest.mark.parametrize("verb", ["sign_up", "confirm_sign_up", "forgot_password", "initiate_auth", "go_on"])
def test_who_calls_cognito_itself_gets_nothing_of_it_but_by_the_secret(site: Site, ada: Person, verb: str) -> None:
    users, app_client = boto3.client("cognito-idp"), {"ClientId": site.outputs["UserPoolClientId"]}
    password = {"USERNAME": "ada", "PASSWORD": PASSWORD}
    session = site.call("POST", "/sessions", {"username": "ada", "password": PASSWORD}).body
    calls = {
        "sign_up": lambda: users.sign_up(**app_client, Username="aside", Password=PASSWORD),
        "confirm_sign_up": lambda: users.confirm_sign_up(**app_client, Username="ada", ConfirmationCode="1"),
        "forgot_password": lambda: users.forgot_password(**app_client, Username="ada"),
        "initiate_auth": lambda: users.initiate_auth(**app_client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=password),
        "go_on": lambda: users.get_tokens_from_refresh_token(**app_client, RefreshToken=session["refresh_token"]),
    }
    with pytest.raises(ClientError) as refused:
        calls[verb]()
    assert refused.value.response["Error"]["Code"] == "NotAuthorizedException"


def test_the_secret_of_the_app_client_is_asked_for_once_a_process(site: Site, ada: Person) -> None:
    cognito._secret.cache_clear()
    asked: list[str] = []
    cognito.client("cognito-idp").meta.events.register("before-call", lambda model, **_: asked.append(model.name))
    for _ in range(2):
        assert site.call("POST", "/sessions", {"username": "ada", "password": PASSWORD}).status == 200
    assert [name for name in asked if name == "DescribeUserPoolClient"] == ["DescribeUserPoolClient"]


def put_into_the_pool(site: Site, username: str, email: str) -> None:
    """An account that no call of ours made: a build's before addresses were noted, or one whose confirmation broke off."""
    users, pool = boto3.client("cognito-idp"), site.outputs["UserPoolId"]
    users.admin_create_user(UserPoolId=pool, Username=username, UserAttributes=[{"Name": "email", "Value": email}])
    users.admin_set_user_password(UserPoolId=pool, Username=username, Password=PASSWORD, Permanent=True)


def enter(site: Site, username: str) -> Answer:
    return site.call("POST", "/sessions", {"username": username, "password": PASSWORD})


def test_an_account_whose_address_is_anothers_is_not_let_in(site: Site) -> None:
    put_into_the_pool(site, "here-first", "shared@example.org")
    put_into_the_pool(site, "here-too", "Shared@example.org")
    assert [enter(site, name).status for name in ("here-first", "here-too", "here-first")] == [200, 409, 200]
    assert "here-first. Sign in as that" in enter(site, "here-too").body["detail"]


def test_a_confirmation_that_broke_off_is_made_good_by_the_next_sign_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_up(site, "cut-off")
    with monkeypatch.context() as broken:
        broken.setattr(sign_ins, "claim", None)
        assert confirm(site, "cut-off").status == 500
    assert enter(site, "cut-off").status == 200
    sign_up(site, "cut-off-again", email="cut-off@example.org")
    assert confirm(site, "cut-off-again").status == 409


def test_the_address_of_an_account_that_was_removed_is_free(site: Site) -> None:
    put_into_the_pool(site, "leaver", "moved@example.org")
    assert enter(site, "leaver").status == 200
    cognito.remove("leaver")
    sign_up(site, "newly-here", email="moved@example.org")
    assert (confirm(site, "newly-here").status, enter(site, "newly-here").status) == (200, 200)
    # Somebody else's account of the same name is not the one that had it.
    put_into_the_pool(site, "leaver", "moved@example.org")
    assert enter(site, "leaver").status == 409


def test_accounts_without_an_address_do_not_share_one(site: Site) -> None:
    users, pool = boto3.client("cognito-idp"), site.outputs["UserPoolId"]
    for username in ("mailless", "mailless-too"):
        users.admin_create_user(UserPoolId=pool, Username=username)
        users.admin_set_user_password(UserPoolId=pool, Username=username, Password=PASSWORD, Permanent=True)
        assert enter(site, username).status == 200


def test_a_new_password_ends_the_sessions_of_the_former_one_and_no_personal_token(site: Site) -> None:
    put_into_the_pool(site, "forgetful", "forgetful@example.org")
    session = enter(site, "forgetful").body
    token = site.call("POST", "/tokens", {"name": "laptop"}, token=session["access_token"]).body["token"]
    body = {"username": "forgetful", "code": "123456", "password": PASSWORD[::-1]}
    # Tokens say the second they are of.
    time.sleep(1.1 - time.time() % 1)
    assert site.call("POST", "/accounts/password/reset", body).status == 200
    assert site.call("GET", "/me", token=session["access_token"]).status == 401
    assert site.call("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]}).status == 401
    assert site.call("GET", "/me", token=token).status == 200
    again = site.call("POST", "/sessions", {"username": "forgetful", "password": PASSWORD[::-1]}).body
    assert site.call("GET", "/me", token=again["access_token"]).status == 200


def test_a_new_password_ends_access_tokens_also_where_cognito_is_too_busy_to_end_the_rest(
    site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_into_the_pool(site, "unlucky", "unlucky@example.org")
    session = enter(site, "unlucky").body
    time.sleep(1.1 - time.time() % 1)
    with monkeypatch.context() as busy:
        refuses(busy, "admin_user_global_sign_out", "TooManyRequestsException")
        body = {"username": "unlucky", "code": "123456", "password": PASSWORD[::-1]}
        assert site.call("POST", "/accounts/password/reset", body).status == 429
    assert site.call("GET", "/me", token=session["access_token"]).status == 401


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


def test_a_token_makes_no_other_token(site: Site, ada: Person) -> None:
    made = ada.call("POST", "/tokens", {"name": "laptop"}).body
    refused = site.call("POST", "/tokens", {"name": "another"}, token=made["token"])
    assert (refused.status, len(ada.call("GET", "/tokens").body["tokens"])) == (403, 1)


def test_an_account_has_so_many_tokens_and_one_that_expired_makes_room(
    site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_TOKENS", 3)
    monkeypatch.setattr(tokens, "PAGE_SIZE", 2)
    made = [ada.call("POST", "/tokens", {"name": name}).body for name in "abc"]
    refused = ada.call("POST", "/tokens", {"name": "d"})
    assert (refused.status, "3 tokens" in refused.body["detail"]) == (409, True)
    assert [one["name"] for one in ada.call("GET", "/tokens").body["tokens"]] == ["c", "b", "a"]
    ada.call("DELETE", f"/tokens/{made[0]['id']}")
    assert ada.call("POST", "/tokens", {"name": "d"}).status == 201
    row = tokens.AccessToken.get(*tokens.AccessToken.at(made[1]["id"]))
    row.update(actions=[tokens.AccessToken.expires_at.set(datetime.now(UTC) - timedelta(seconds=1))])
    assert [ada.call("POST", "/tokens", {"name": name}).status for name in "ef"] == [201, 409]


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


@pytest.mark.parametrize("is_known", [True, False], ids=["verified before", "not seen before"])
def test_a_session_that_is_over_signs_nobody_in(
    site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    class InTwoHours(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(hours=2)

    assert ada.call("GET", "/me").status == 200
    if not is_known:
        cognito._verified.clear()
    monkeypatch.setattr(api_jwt, "datetime", InTwoHours)
    monkeypatch.setattr(cognito, "time", SimpleNamespace(time=lambda: InTwoHours.now(UTC).timestamp()))
    answer = ada.call("GET", "/me")
    assert (answer.status, answer.body["detail"]) == (401, "Your session has expired. Sign in again.")


def test_a_token_tells_when_and_from_where_it_was_used_last_and_notes_it_seldom(
    site: Site, ada: Person, now: datetime
) -> None:
    made = ada.call("POST", "/tokens", {"name": "laptop"}).body
    listed = ada.call("GET", "/tokens").body["tokens"][0]
    assert (listed["last_used_at"], listed["last_used_from"]) == (None, None)
    for at, place in ((now, "192.0.2.7"), (now + timedelta(minutes=59), "192.0.2.7"), (now, "192.0.2.8")):
        accounts.identify(made["token"], at, place)
        listed = ada.call("GET", "/tokens").body["tokens"][0]
        assert (datetime.fromisoformat(listed["last_used_at"]), listed["last_used_from"]) == (now, "192.0.2.7")
    accounts.identify(made["token"], now + timedelta(minutes=2), "192.0.2.8")
    assert ada.call("GET", "/tokens").body["tokens"][0]["last_used_from"] == "192.0.2.8"


def test_a_token_that_is_used_while_it_is_revoked_does_not_come_back(site: Site, ada: Person, now: datetime) -> None:
    made = ada.call("POST", "/tokens", {"name": "laptop"}).body
    found = tokens.find_access(made["id"])
    assert found is not None and ada.call("DELETE", f"/tokens/{made['id']}").status == 200
    tokens.note_use(found, "192.0.2.7", now)
    assert tokens.find_access(made["id"]) is None
