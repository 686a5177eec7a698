"""What moto's Cognito lacks or says otherwise.

Few of its calls ask for an app client's secret, sessions go on by an older call only, and a cursor that is over has a
name of moto's own.
"""

import hmac
from base64 import b64encode
from typing import Any
from urllib.parse import ParseResult

import pytest
from moto.cognitoidp.exceptions import InvalidParameterException, NotAuthorizedError
from moto.cognitoidp.models import cognitoidp_backends
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core import botocore_stubber
from moto.core.exceptions import InvalidToken
from moto.core.responses import ActionResult

AWS = "https://cognito-idp.us-east-1.amazonaws.com"
#: What anybody may call who knows an app client, and its secret where it has one.
_GUARDED = ("sign_up", "confirm_sign_up", "forgot_password", "confirm_forgot_password", "initiate_auth")


def teach(patch: pytest.MonkeyPatch) -> None:
    """Have moto refuse who does not know an app client's secret, as Cognito does."""
    for name in _GUARDED:
        patch.setattr(CognitoIdpResponse, name, _guarded(getattr(CognitoIdpResponse, name)))
    patch.setattr(CognitoIdpResponse, "get_tokens_from_refresh_token", _go_on, raising=False)
    patch.setattr(CognitoIdpResponse, "revoke_token", _revoke, raising=False)
    patch.setattr(CognitoIdpResponse, "list_users", _naming_cursors(CognitoIdpResponse.list_users))


def answer_here(patch: pytest.MonkeyPatch, address: str) -> None:
    """Have moto answer in this process what is asked of Cognito at an address, as it does what is asked of S3 at its own."""
    known = botocore_stubber.get_equivalent_url_in_aws_domain

    def equivalent(url: str) -> tuple[ParseResult, bool]:
        return known(url.replace(address, AWS, 1)) if url.startswith(address) else known(url)

    patch.setattr(botocore_stubber, "get_equivalent_url_in_aws_domain", equivalent)


def forget_second_steps() -> None:
    """Have no sign-in ask for more than its password, whoever turned that on."""
    for account in cognitoidp_backends.values():
        for backend in account.values():
            for user in (user for pool in backend.user_pools.values() for user in pool.users.values()):
                user.software_token_mfa_enabled = False


def _guarded(call: Any) -> Any:
    def guarded(response: Any) -> Any:
        parameters = response.parameters
        told = parameters.get("AuthParameters")
        username, hashed = ("USERNAME", "SECRET_HASH") if told else ("Username", "SecretHash")
        told = told or parameters
        client = _client(response, parameters["ClientId"])
        if client.generate_secret:
            message = f"{told.get(username)}{client.id}".encode()
            expected = b64encode(hmac.digest(client.secret.encode(), message, "sha256")).decode()
            if told.get(hashed) != expected:
                raise NotAuthorizedError(f"Unable to verify secret hash for client {client.id}")
        return call(response)

    return guarded


def _naming_cursors(call: Any) -> Any:
    def named(response: Any) -> Any:
        try:
            return call(response)
        except InvalidToken as error:
            raise InvalidParameterException("Invalid pagination token") from error

    return named


def _go_on(response: Any) -> ActionResult:
    parameters = response.parameters
    client = _client(response, parameters["ClientId"])
    if client.generate_secret and parameters.get("ClientSecret") != client.secret:
        raise NotAuthorizedError("Unable to verify the client's secret")
    pool = next(pool for pool in _pools(response) if client.id in pool.clients)
    token = parameters["RefreshToken"]
    if pool.refresh_tokens.get(token) is None:
        raise NotAuthorizedError("Refresh Token has been revoked")
    access, id_, expires_in = pool.create_tokens_from_refresh_token(token)
    result = {"AccessToken": access, "IdToken": id_, "ExpiresIn": expires_in, "TokenType": "Bearer"}
    return ActionResult({"AuthenticationResult": result})


def _revoke(response: Any) -> ActionResult:
    parameters = response.parameters
    client = _client(response, parameters["ClientId"])
    if client.generate_secret and parameters.get("ClientSecret") != client.secret:
        raise NotAuthorizedError("Unable to verify the client's secret")
    for pool in _pools(response):
        pool.refresh_tokens.pop(parameters["Token"], None)
    return ActionResult({})


def _client(response: Any, id_: str) -> Any:
    return next(pool.clients[id_] for pool in _pools(response) if id_ in pool.clients)


def _pools(response: Any) -> list[Any]:
    return list(cognitoidp_backends[response.current_account][response.region].user_pools.values())
