"""Accounts of the deployed stack: Cognito's own address opens nothing, and a new password ends all sessions."""

import secrets
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from agon.client import Client
from tests.stack import DeployedStack, eventually

PASSWORD = "a long enough password"
REFUSED = "NotAuthorizedException"
#: What the emulator mails to everybody who asks for a new password.
CODE = "654321"


@pytest.fixture
def cognito(stack: DeployedStack) -> Any:
    """Cognito as anybody reaches it who knows its address: nothing is signed."""
    return boto3.client(
        "cognito-idp",
        endpoint_url=stack.local.aws.endpoint,
        region_name=stack.local.region,
        config=Config(signature_version=UNSIGNED),
    )


def code_of(action: Any, **arguments: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        action(**arguments)
    return refusal.value.response["Error"]["Code"]


def test_cognitos_own_address_makes_no_account_and_opens_no_session(stack: DeployedStack, ada: Client, cognito: Any) -> None:
    known, name = {"ClientId": stack.outputs["UserPoolClientId"]}, f"aside-{secrets.token_hex(4)}"
    email = [{"Name": "email", "Value": "ada@example.org"}]
    assert code_of(cognito.sign_up, **known, Username=name, Password=PASSWORD, UserAttributes=email) == REFUSED
    assert code_of(cognito.confirm_sign_up, **known, Username="ada", ConfirmationCode="123456") == REFUSED
    assert code_of(cognito.forgot_password, **known, Username="ada") == REFUSED
    parameters = {"USERNAME": "ada", "PASSWORD": stack.local.state.get("accounts")["ada"]["password"]}
    assert code_of(cognito.initiate_auth, **known, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters) == REFUSED


def test_nothing_that_is_told_of_the_stack_tells_the_secret(stack: DeployedStack) -> None:
    pool, app_client = stack.outputs["UserPoolId"], stack.outputs["UserPoolClientId"]
    told = stack.aws("cognito-idp").describe_user_pool_client(UserPoolId=pool, ClientId=app_client)
    secret = told["UserPoolClient"]["ClientSecret"]
    template = stack.aws("cloudformation").get_template(StackName="agon")["TemplateBody"]
    functions = stack.aws("lambda").list_functions()["Functions"]
    assert functions and secret not in f"{stack.outputs}{template}{functions}"


def test_an_account_whose_address_is_anothers_is_refused_at_its_sign_in(stack: DeployedStack, ada: Client) -> None:
    users, pool = stack.aws("cognito-idp"), stack.outputs["UserPoolId"]
    name = f"second-{secrets.token_hex(4)}"
    email = [{"Name": "email", "Value": "ADA@example.org"}, {"Name": "email_verified", "Value": "true"}]
    users.admin_create_user(UserPoolId=pool, Username=name, UserAttributes=email, MessageAction="SUPPRESS")
    users.admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)
    answer = stack.call("POST", "/sessions", body={"username": name, "password": PASSWORD})
    assert (answer.status_code, "has another account: ada" in answer.json()["detail"]) == (409, True)


def test_a_session_goes_on_until_a_new_password_ends_it(stack: DeployedStack) -> None:
    with stack.client(f"forgetful-{secrets.token_hex(4)}") as client:
        name, session = client.me()["username"], client.http.session
        fresh = stack.call("POST", "/sessions/refresh", body={"refresh_token": session.refresh_token})
        assert fresh.status_code == 200, fresh.text
        assert stack.call("POST", "/accounts/password/forgot", body={"username": name}).status_code == 202
        body = {"username": name, "code": CODE, "password": PASSWORD}
        assert stack.call("POST", "/accounts/password/reset", body=body).status_code == 200
        assert stack.call("POST", "/sessions/refresh", body={"refresh_token": session.refresh_token}).status_code == 401


def test_who_guessed_too_often_signs_in_by_a_moment_of_work(stack: DeployedStack) -> None:
    name = f"busy-{secrets.token_hex(4)}"
    with stack.client(name):
        pass
    wrong = {"username": name, "password": "not the password"}
    found = [stack.call("POST", "/sessions", body=wrong) for _ in range(11)]
    assert [one.status_code for one in found] == [401] * 10 + [429]
    assert found[-1].json()["challenge"]["bits"] > 0
    # The client solves it unasked; a right password forgets the wrong ones.
    with stack.client(name) as again:
        assert again.me()["username"] == name
    assert stack.call("POST", "/sessions", body=wrong).status_code == 401


def test_a_session_that_is_ended_goes_on_nowhere_and_its_refresh_token_is_dead_at_cognito(stack: DeployedStack) -> None:
    with stack.client("grace"):
        said = {"username": "grace", "password": stack.local.state.get("accounts")["grace"]["password"]}
    mine, lost = (stack.call("POST", "/sessions", body=said).json() for _ in range(2))
    found = stack.call("GET", "/sessions", mine["access_token"]).json()["sessions"]
    [this] = [one for one in found if one["current"]]
    [other] = [one for one in stack.call("GET", "/sessions", lost["access_token"]).json()["sessions"] if one["current"]]
    assert this["id"] != other["id"] and {"Python"} == {this["client"], other["client"]}
    assert stack.call("DELETE", f"/sessions/{other['id']}", mine["access_token"]).status_code == 200
    for _ in range(2):
        refused = stack.call("POST", "/sessions/refresh", body={"refresh_token": lost["refresh_token"]})
        assert (refused.status_code, refused.json()["code"]) == (401, "session_over")
    assert refused.json()["detail"] == "Your session is over. Sign in again."
    # Every process hears of it within ten seconds.
    eventually(lambda: stack.call("GET", "/me", lost["access_token"]).status_code, lambda status: status == 401)
    assert stack.call("POST", "/sessions/refresh", body={"refresh_token": mine["refresh_token"]}).status_code == 200
    assert stack.call("GET", "/me", mine["access_token"]).status_code == 200
