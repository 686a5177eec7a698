"""Accounts of the local stack. No mail leaves this machine, so root confirms them; passwords are random for each install."""

import secrets

from agon.client import Client
from agon.errors import ProblemError
from agon.local.deploy import AwsEndpoint
from agon.local.state import StackState

ADMINS = "admins"


def sign_in(state: StackState, aws: AwsEndpoint, username: str, role: str, client: Client) -> None:
    """Sign `client` in as an account that is made when it is not there. The role "organizer" is an administrator too."""
    known = (state.get("accounts") or {}).get(username)
    if known:
        try:
            client.sign_in(username, known["password"])
            return
        except ProblemError as problem:
            if problem.status >= 500:
                raise
    password = secrets.token_urlsafe(12)
    create(aws, state.get("outputs")["UserPoolId"], client, username, password, is_admin=role == "organizer")
    accounts = (state.get("accounts") or {}) | {username: {"role": role, "password": password}}
    state.set("accounts", accounts)
    client.sign_in(username, password)


def create(aws: AwsEndpoint, pool: str, client: Client, username: str, password: str, is_admin: bool = False) -> None:
    """Sign up through the API as anybody would, then confirm as root. An account of that name gets the password."""
    cognito = aws.client("cognito-idp")
    try:
        client.sign_up(username, f"{username}@example.org", password)
        cognito.admin_confirm_sign_up(UserPoolId=pool, Username=username)
    except ProblemError as problem:
        if problem.status != 409:
            raise
        cognito.admin_set_user_password(UserPoolId=pool, Username=username, Password=password, Permanent=True)
    if is_admin:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=username, GroupName=ADMINS)
