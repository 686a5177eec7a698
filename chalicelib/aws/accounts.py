"""Cognito: sign-up, sign-in and what a session's token says. Tokens are verified in the process.

The app client has a secret, without which Cognito neither signs anybody up nor in: the API is the only way to an account.
"""

import hmac
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

import jwt
from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.domain.people.accounts import USERNAME_TAKEN, WRONG_CODE, Account
from chalicelib.errors import AgonError, Conflict, Invalid, NotAllowed, NotSignedIn, QuotaExceeded, say

ADMINS = "admins"
#: The one second step that the user pool has: codes that an app makes of a secret and the time (RFC 6238).
TOTP = "SOFTWARE_TOKEN_MFA"
#: Accounts of one call: Cognito gives no more.
PAGE_SIZE = 60
#: A clock may be this much off.
LEEWAY_SECONDS = 10
#: Characters of a session's id.
_SESSION_ID = 32
MOST_REMEMBERED = 10_000
#: Of each token that was verified, by its digest: whose it is, and its end.
_verified: dict[bytes, tuple[Account, float]] = {}

_WRONG = say("wrong_password", "The user name or the password is wrong. Try again, or ask for a new password.")
_WRONG_CODE = say(
    "mailed_code_wrong",
    "This code is not good for this account. Check the name and the newest mail, or ask for another "
    "code. Who has confirmed an account already can sign in.",
)
_WEAK = say("password_weak", "The password is too weak. Use at least 10 characters.")
#: Of all calls of a site together, and so of no account.
_BUSY = say("tries_at_once", "Too many tries at once. Wait a moment, then try again.")
_ERRORS: dict[str, AgonError] = {
    "UsernameExistsException": Conflict(USERNAME_TAKEN),
    "InvalidPasswordException": Invalid(_WEAK),
    "InvalidParameterException": Invalid(
        say("account_values_refused", "Cognito refused these values. Check the user name, e-mail and password.")
    ),
    "CodeMismatchException": Invalid(_WRONG_CODE),
    "ExpiredCodeException": Invalid(_WRONG_CODE),
    "NotAuthorizedException": NotSignedIn(_WRONG, "wrong_password"),
    "UserNotFoundException": NotSignedIn(_WRONG, "wrong_password"),
    "PasswordResetRequiredException": NotAllowed(
        say("password_reset_needed", "Choose a new password first: ask for one by mail.")
    ),
    "UserNotConfirmedException": NotAllowed(
        say("account_unconfirmed", "Confirm the account first, with the code that was mailed to you.")
    ),
    "LimitExceededException": QuotaExceeded(say("tries_too_many", "Too many tries. Wait some minutes, then try again.")),
    "TooManyRequestsException": QuotaExceeded(_BUSY),
    "TooManyFailedAttemptsException": QuotaExceeded(
        say("tries_failed", "Too many failed tries. Wait some minutes, then try again.")
    ),
}


@dataclass(frozen=True)
class PoolUser:
    """An account as the user pool has it: its id, its name as its owner wrote it, its address, and how it signs in."""

    id: str
    username: str
    email: str
    is_confirmed: bool
    has_second_step: bool


@dataclass(frozen=True)
class Session:
    """The tokens that a sign-in gives. A refresh answers the refresh token that it was called with.

    `has_second_step`: a code of an authenticator was shown for it.
    """

    access_token: str
    refresh_token: str
    expires_in_seconds: int
    has_second_step: bool = False


def sign_up(username: str, email: str, password: str) -> tuple[str, bool]:
    """Make an account: its id, and whether it is confirmed already."""
    attributes = [{"Name": "email", "Value": email}]
    answer = _ask("sign_up", **_named(username), Password=password, UserAttributes=attributes)
    return answer["UserSub"], answer["UserConfirmed"]


def confirm(username: str, code: str) -> None:
    """Confirm an account with the code that was mailed. Raises Invalid, whatever it is that does not fit."""
    _ask_by_code("confirm_sign_up", **_named(username), ConfirmationCode=code)


def resend(username: str) -> None:
    """Mail the code again. Says nothing about whether there is such an account."""
    _ask_quietly("resend_confirmation_code", **_named(username))


def forgot(username: str) -> None:
    """Mail a code for a new password. Says nothing about whether there is such an account."""
    _ask_quietly("forgot_password", **_named(username))


def reset(username: str, code: str, password: str) -> None:
    """Set a new password with the code that was mailed. Raises Invalid, whatever it is that does not fit."""
    _ask_by_code("confirm_forgot_password", **_named(username), ConfirmationCode=code, Password=password)


def find(username: str) -> PoolUser | None:
    """The account that has a user name. None when there is none."""
    try:
        user = client("cognito-idp").admin_get_user(UserPoolId=settings.get().user_pool_id, Username=username)
    except ClientError as error:
        if error.response["Error"]["Code"] == "UserNotFoundException":
            return None
        raise mapped(error) from error
    return _profile(user, user["UserAttributes"])


def _profile(user: Mapping[str, Any], told: Sequence[Any]) -> PoolUser:
    attributes = {one["Name"]: one["Value"] for one in told}
    return PoolUser(
        id=attributes["sub"],
        username=user["Username"],
        email=attributes.get("email", ""),
        is_confirmed=user["UserStatus"] != "UNCONFIRMED",
        has_second_step=TOTP in user.get("UserMFASettingList", ()),
    )


def confirmed(after: str | None) -> tuple[list[PoolUser], str | None]:
    """One page of the accounts that are confirmed and not disabled, and the cursor of the next, by one call.

    Cognito's cursors last for an hour. Behind one that is over the first page comes again.
    """
    page = {"UserPoolId": settings.get().user_pool_id, "Limit": PAGE_SIZE} | ({"PaginationToken": after} if after else {})
    try:
        answer = client("cognito-idp").list_users(**page)
    except ClientError as error:
        if after is not None and error.response["Error"]["Code"] == "InvalidParameterException":
            return confirmed(None)
        raise mapped(error) from error
    let_in = [user for user in answer["Users"] if user["Enabled"] and user["UserStatus"] == "CONFIRMED"]
    return [_profile(user, user["Attributes"]) for user in let_in], answer.get("PaginationToken")


def address_of(account: Account) -> str:
    """The confirmed address of who calls, by one call; empty for an account that is gone, whoever has its name now.

    A personal token outlives its account. Who is not confirmed cannot sign in, so the pool's address is one that they have.
    """
    profile = find(account.username)
    return profile.email if profile is not None and profile.id == account.id else ""


def remove(username: str) -> None:
    """Take an account out of the user pool."""
    client("cognito-idp").admin_delete_user(UserPoolId=settings.get().user_pool_id, Username=username)


def sign_in(username: str, password: str, code: str | None = None) -> Session:
    """Raises NotSignedIn for a wrong name, password or code, NotAllowed before confirmation or where a code is missing."""
    answer = check_password(username, password)
    is_asked = answer.get("ChallengeName") == TOTP
    if is_asked:
        answer = _answer_challenge(username, answer, code)
    return replace(_session(answer, None), has_second_step=is_asked)


def check_password(username: str, password: str) -> dict[str, Any]:
    """The answer of Cognito to a password, whatever else it asks. Raises NotSignedIn for a wrong one."""
    parameters = {"USERNAME": username, "PASSWORD": password, "SECRET_HASH": _secret_hash(username)}
    return _ask("initiate_auth", AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)


def _answer_challenge(username: str, asked: dict[str, Any], code: str | None) -> dict[str, Any]:
    if code is None:
        raise NotAllowed(
            say("second_step", "This account asks for a code, too. Send the six digits of your authenticator."),
            "second_step",
        )
    # By the name that Cognito has for the account, which may be written otherwise.
    name = asked.get("ChallengeParameters", {}).get("USER_ID_FOR_SRP") or username
    said = {"USERNAME": name, f"{TOTP}_CODE": code, "SECRET_HASH": _secret_hash(name)}
    try:
        return _ask("respond_to_auth_challenge", ChallengeName=TOTP, Session=asked["Session"], ChallengeResponses=said)
    except (Invalid, NotSignedIn) as error:
        raise NotSignedIn(WRONG_CODE, "wrong_code") from error


def refresh(refresh_token: str) -> Session:
    """A new access token. Raises NotSignedIn when the refresh token is over."""
    # Unlike InitiateAuth this wants no user name, which a refresh token does not tell.
    try:
        answer = _ask("get_tokens_from_refresh_token", RefreshToken=refresh_token, ClientSecret=_secret())
    except NotSignedIn as error:
        raise NotSignedIn(say("session_over", "Your session is over. Sign in again."), "session_over") from error
    return _session(answer, refresh_token)


def revoke(refresh_token: str) -> None:
    """End one session: its refresh token dies at once, access tokens when they expire."""
    _ask("revoke_token", Token=refresh_token, ClientSecret=_secret())


def sign_out(access_token: str) -> None:
    """End every session of the account: refresh tokens die at once, access tokens when they expire."""
    try:
        client("cognito-idp").global_sign_out(AccessToken=access_token)
    except ClientError as error:
        raise mapped(error) from error


def sign_out_by_name(username: str) -> None:
    """End every session of an account, for who shows none: refresh tokens die at once, access tokens when they expire."""
    try:
        client("cognito-idp").admin_user_global_sign_out(UserPoolId=settings.get().user_pool_id, Username=username)
    except ClientError as error:
        raise mapped(error) from error


def verify(token: str) -> Account:
    """The account that an access token stands for. Raises NotSignedIn. Costs no call: the keys are cached.

    A process looks once at the signature of each token: until its end that stays as good as it was.
    """
    digest = sha256(token.encode()).digest()
    account, ends_at = _verified.get(digest, (None, 0.0))
    if account is None or time.time() >= ends_at + LEEWAY_SECONDS:
        account, ends_at = _verify(token)
        if len(_verified) >= MOST_REMEMBERED:
            _verified.clear()
        _verified[digest] = account, ends_at
    return account


def _verify(token: str) -> tuple[Account, float]:
    """The account, and when the token ends (seconds since 1970)."""
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
        raise NotSignedIn(say("session_expired", "Your session has expired. Sign in again."), "session_over") from error
    except (jwt.PyJWTError, ValueError) as error:
        raise NotSignedIn(say("token_foreign", "This token is not one of ours. Sign in again.")) from error
    ours = claims["client_id"] == settings.get().user_pool_client_id and claims["iss"].endswith(f"/{pool}")
    if not ours or claims["token_use"] != "access":
        raise NotSignedIn(
            say("token_for_others", "This token is not meant for this service. Use the access token of a sign-in.")
        )
    groups = claims.get("cognito:groups", [])
    issued_at = datetime.fromtimestamp(claims["iat"], UTC) if "iat" in claims else None
    # Cognito says the same in each token that comes of one sign-in. In one of who has none, nothing lets anybody in.
    origin = claims.get("origin_jti")
    session = sha256(origin.encode()).hexdigest()[:_SESSION_ID] if origin else ""
    return Account(claims["sub"], claims["username"], ADMINS in groups, "session", issued_at, session), claims["exp"]


def reach() -> bool:
    """True when the user pool answers: with its keys, which anybody may read."""
    return bool(_keys().fetch_data())


@cache
def _keys() -> jwt.PyJWKClient:
    endpoint = client("cognito-idp").meta.endpoint_url
    address = f"{endpoint}/{settings.get().user_pool_id}/.well-known/jwks.json"
    return jwt.PyJWKClient(address, cache_keys=True, lifespan=86400, timeout=5)


@cache
def _secret() -> str:
    """The app client's secret: a call once a process. So it stands in no template, environment or console of Lambda's."""
    ours = settings.get()
    where = {"UserPoolId": ours.user_pool_id, "ClientId": ours.user_pool_client_id}
    try:
        described = client("cognito-idp").describe_user_pool_client(**where)
    except ClientError as error:
        raise mapped(error) from error
    return str(described["UserPoolClient"]["ClientSecret"])


def key_of(purpose: str) -> bytes:
    """A key of the site's own for one purpose, made of the app client's secret: it is kept nowhere and costs no call."""
    return hmac.digest(_secret().encode(), purpose.encode(), "sha256")


def _secret_hash(username: str) -> str:
    """What proves to Cognito that the secret's holder asks about this user name."""
    message = f"{username}{settings.get().user_pool_client_id}"
    return b64encode(hmac.digest(_secret().encode(), message.encode(), "sha256")).decode()


def _named(username: str) -> dict[str, str]:
    return {"Username": username, "SecretHash": _secret_hash(username)}


def _session(answer: dict[str, Any], refresh_token: str | None) -> Session:
    result = answer.get("AuthenticationResult")
    if result is None:
        raise NotAllowed(say("another_step_needed", "This account needs another step to sign in. Ask an administrator."))
    return Session(result["AccessToken"], result.get("RefreshToken") or refresh_token or "", result["ExpiresIn"])


def _ask(verb: str, **arguments: Any) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = getattr(client("cognito-idp"), verb)(
            ClientId=settings.get().user_pool_client_id, **arguments
        )
    except ClientError as error:
        raise mapped(error) from error
    return answer


def _ask_by_code(verb: str, **arguments: Any) -> None:
    """Ask for what a mailed code proves. A stranger learns by no answer which accounts exist, or are confirmed."""
    try:
        _ask(verb, **arguments)
    except (NotSignedIn, NotAllowed, Conflict) as error:
        raise Invalid(_WRONG_CODE) from error
    except QuotaExceeded as error:
        raise _unless_of_one(error, Invalid(_WRONG_CODE)) from error
    except Invalid as error:
        is_about_password = error.detail == _WEAK
        raise Invalid(error.detail if is_about_password else _WRONG_CODE) from error


def _ask_quietly(verb: str, **arguments: Any) -> None:
    try:
        _ask(verb, **arguments)
    except (NotSignedIn, Invalid):
        # An answer that differs would tell a stranger which accounts exist.
        return
    except QuotaExceeded as error:
        if error.detail == _BUSY:
            raise


def _unless_of_one(error: QuotaExceeded, otherwise: AgonError) -> AgonError:
    """What is told of a limit of Cognito's: those of one account would tell that there is one. Ours come first (ADR 36)."""
    return error if error.detail == _BUSY else otherwise


def mapped(error: ClientError) -> Exception:
    """The error that callers are told for a refusal of Cognito; itself, where that is nothing for them."""
    known = _ERRORS.get(error.response["Error"]["Code"])
    if isinstance(known, AgonError):
        return copy(known)
    unknown: Exception = error
    return unknown
