"""Cognito's second step of a sign-in: the secret that an authenticator makes codes of, and whether it is asked for."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.aws import accounts
from chalicelib.aws.clients import client
from chalicelib.domain.people.accounts import WRONG_CODE
from chalicelib.errors import Invalid, NotSignedIn, say

_ON, _OFF = {"Enabled": True, "PreferredMfa": True}, {"Enabled": False, "PreferredMfa": False}
_WRONG = {"EnableSoftwareTokenMFAException", "CodeMismatchException", "InvalidParameterException"}


def associate(access_token: str) -> str:
    """A new secret for an authenticator, in base 32. It counts once a code of it was shown."""
    return str(_ask(client("cognito-idp").associate_software_token, AccessToken=access_token)["SecretCode"])


def turn_on(access_token: str, code: str) -> None:
    """Ask for codes of the newest secret from now on, of which this is one. Raises Invalid for a wrong one."""
    _ask(client("cognito-idp").verify_software_token, AccessToken=access_token, UserCode=code)
    _ask(client("cognito-idp").set_user_mfa_preference, AccessToken=access_token, SoftwareTokenMfaSettings=_ON)


def turn_off(username: str) -> None:
    """Ask for no codes of an account any more."""
    pool = settings.get().user_pool_id
    set_preference = client("cognito-idp").admin_set_user_mfa_preference
    _ask(set_preference, UserPoolId=pool, Username=username, SoftwareTokenMfaSettings=_OFF)


def _ask(verb: Callable[..., Any], **arguments: Any) -> Any:
    try:
        return verb(**arguments)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "NotAuthorizedException":
            raise NotSignedIn(say("session_over_repeat", "This session is over. Sign in again, then repeat.")) from error
        if code in _WRONG:
            raise Invalid(WRONG_CODE, code="wrong_code") from error
        raise accounts.mapped(error) from error
