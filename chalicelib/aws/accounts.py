"""Cognito: sign-up, sign-in and what a session's token says. Tokens are verified in the process."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import AgonError, Conflict, Invalid, NotAllowed, NotSignedIn, QuotaExceeded

ADMINS = "admins"
#: A clock may be this much off.
LEEWAY_SECONDS = 10

_WRONG = "The user name or the password is wrong. Try again, or ask for a new password."
_ERRORS: dict[str, AgonError] = {
    "UsernameExistsException": Conflict("This user name is taken. Choose another."),
    "AliasExistsException": Conflict("An account with this e-mail address exists. Sign in, or ask for a new password."),
    "InvalidPasswordException": Invalid("The password is too weak. Use at least 10 characters."),
    "InvalidParameterException": Invalid("Cognito refused these values. Check the user name, e-mail and password."),
    "CodeMismatchException": Invalid("The code is wrong. Check the newest mail, or ask for another code."),
    "ExpiredCodeException": Invalid("The code has expired or is wrong. Ask for another code."),
    "NotAuthorizedException": NotSignedIn(_WRONG),
    "UserNotFoundException": NotSignedIn(_WRONG),
    "PasswordResetRequiredException": NotAllowed("Choose a new password first: ask for one by mail."),
    "UserNotConfirmedException": NotAllowed("Confirm the account first, with the code that was mailed to you."),
    "LimitExceededException": QuotaExceeded("Too many tries. Wait some minutes, then try again."),
    "TooManyRequestsException": QuotaExceeded("Too many tries at once. Wait a moment, then try again."),
    "TooManyFailedAttemptsException": QuotaExceeded("Too many failed tries. Wait some minutes, then try again."),
}


@dataclass(frozen=True)
class Session:
    """What a sign-in gives. A refresh answers the refresh token that it was called with."""

    access_token: str
    refresh_token: str
    expires_in_seconds: int


def sign_up(username: str, email: str, password: str) -> tuple[str, bool]:
    """Make an account: its id, and whether it is confirmed already."""
    answer = _ask("sign_up", Username=username, Password=password, UserAttributes=[{"Name": "email", "Value": email}])
    return answer["UserSub"], answer["UserConfirmed"]


def confirm(username: str, code: str) -> None:
    """Confirm an account with the code that was mailed."""
    _ask("confirm_sign_up", Username=username, ConfirmationCode=code)


def resend(username: str) -> None:
    """Mail the code again. Says nothing about whether there is such an account."""
    _ask_quietly("resend_confirmation_code", Username=username)


def forgot(username: str) -> None:
    """Mail a code for a new password. Says nothing about whether there is such an account."""
    _ask_quietly("forgot_password", Username=username)


def reset(username: str, code: str, password: str) -> None:
    """Set a new password with the code that was mailed."""
    _ask("confirm_forgot_password", Username=username, ConfirmationCode=code, Password=password)


def find(username: str) -> tuple[str, str] | None:
    """The id and the name, as its owner wrote it, of the account that has a user name. None when there is none."""
    try:
        user = client("cognito-idp").admin_get_user(UserPoolId=settings.get().user_pool_id, Username=username)
    except ClientError as error:
        if error.response["Error"]["Code"] == "UserNotFoundException":
            return None
        raise _mapped(error) from error
    attributes = {one["Name"]: one["Value"] for one in user["UserAttributes"]}
    return attributes["sub"], user["Username"]


def sign_in(username: str, password: str) -> Session:
    """Raises NotSignedIn for a wrong name or password, NotAllowed before confirmation."""
    answer = _ask(
        "initiate_auth", AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": username, "PASSWORD": password}
    )
    return _session(answer, None)


def refresh(refresh_token: str) -> Session:
    """A new access token. Raises NotSignedIn when the refresh token is over."""
    answer = _ask("initiate_auth", AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": refresh_token})
    return _session(answer, refresh_token)


def sign_out(access_token: str) -> None:
    """End every session of the account: refresh tokens die at once, access tokens when they expire."""
    try:
        client("cognito-idp").global_sign_out(AccessToken=access_token)
    except ClientError as error:
        raise _mapped(error) from error


def verify(token: str) -> Account:
    """The account that an access token stands for. Raises NotSignedIn. Costs no call: the keys are cached."""
    pool = settings.get().user_pool_id
    try:
        key = _keys().get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "sub", "iss", "client_id", "token_use"], "verify_aud": False},
        )
    except jwt.PyJWKClientConnectionError:
        # Cognito does not answer: our fault, not the caller's.
        raise
    except jwt.ExpiredSignatureError as error:
        raise NotSignedIn("Your session has expired. Sign in again.") from error
    except (jwt.PyJWTError, ValueError) as error:
        raise NotSignedIn("This token is not one of ours. Sign in again.") from error
    ours = claims["client_id"] == settings.get().user_pool_client_id and claims["iss"].endswith(f"/{pool}")
    if not ours or claims["token_use"] != "access":
        raise NotSignedIn("This token is not meant for this service. Use the access token of a sign-in.")
    groups = claims.get("cognito:groups", [])
    return Account(claims["sub"], claims["username"], ADMINS in groups, "session")


@cache
def _keys() -> jwt.PyJWKClient:
    endpoint = client("cognito-idp").meta.endpoint_url
    address = f"{endpoint}/{settings.get().user_pool_id}/.well-known/jwks.json"
    return jwt.PyJWKClient(address, cache_keys=True, lifespan=86400, timeout=5)


def _session(answer: dict[str, Any], refresh_token: str | None) -> Session:
    result = answer.get("AuthenticationResult")
    if result is None:
        raise NotAllowed("This account needs another step to sign in. Ask an administrator.")
    return Session(result["AccessToken"], result.get("RefreshToken") or refresh_token or "", result["ExpiresIn"])


def _ask(verb: str, **arguments: Any) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = getattr(client("cognito-idp"), verb)(
            ClientId=settings.get().user_pool_client_id, **arguments
        )
    except ClientError as error:
        raise _mapped(error) from error
    return answer


def _ask_quietly(verb: str, **arguments: Any) -> None:
    try:
        _ask(verb, **arguments)
    except (NotSignedIn, Invalid):
        # An answer that differs would tell a stranger which accounts exist.
        return


def _mapped(error: ClientError) -> Exception:
    known = _ERRORS.get(error.response["Error"]["Code"])
    if isinstance(known, AgonError):
        return type(known)(known.detail)
    unknown: Exception = error
    return unknown
