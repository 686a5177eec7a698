"""Clients of botocore whose hottest calls take a tenth of its work (ADR 54).

All that a call is stays botocore's own: its events, tries, errors, credentials and connections. What it spends its time on
is to look at each value of a request and an answer by the service's model, and to find out anew what is the same each time:
where to, and with which headers. Of calls whose requests and answers are JSON as they are, that is done once.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
from botocore.auth import SIGNED_HEADERS_BLACKLIST, SIGV4_TIMESTAMP, _host_from_url
from botocore.awsrequest import AWSPreparedRequest, HeadersDict
from botocore.client import BaseClient
from botocore.compat import get_current_datetime
from botocore.endpoint import Endpoint
from botocore.parsers import JSONParser, ResponseParserFactory

from chalicelib import at_once

#: Calls that take and give nothing but texts, numbers, and DynamoDB's values.
HOT: Mapping[str, frozenset[str]] = {
    "dynamodb": frozenset({"BatchGetItem", "Query", "PutItem", "UpdateItem", "TransactWriteItems"}),
    "sqs": frozenset({"SendMessage"}),
}
#: What their answers are called.
_ANSWERS = frozenset({"BatchGetItemOutput", "QueryOutput", "PutItemOutput", "UpdateItemOutput", "TransactWriteItemsOutput"})
_ANSWERS |= {"SendMessageResult"}
#: How a value that is bytes, or a set of those, begins in an answer. In a text a backslash stands before each quote.
_BYTES = (b'"B":', b'"BS":')
_SIGNATURE_VERSION = "v4"
#: What a request says of itself and of those of its kind before it.
_TOLD_OF_TRIES = ("ttl", "attempt", "max")


def hasten(client: Any) -> Any:
    """The client, whose hot calls are quick from now on. Does nothing twice."""
    of_service = type(client)
    if issubclass(of_service, _Client):
        return client
    client.__class__ = type(of_service.__name__, (_Client, of_service), {})
    client.hot_calls, client.known_requests, client.known_addresses = HOT[client.meta.service_model.service_name], {}, {}
    client._endpoint = _Endpoint(client._endpoint, client._request_signer, client.hot_calls)
    _send_at_once(client._endpoint.http_session)
    return client


def _send_at_once(session: Any) -> None:
    pools = {
        scheme: type(pool.__name__, (at_once.Pool, pool), {}) for scheme, pool in session._pool_classes_by_scheme.items()
    }
    session._pool_classes_by_scheme = session._manager.pool_classes_by_scheme = pools
    # A hasty client has one address, and what is looked for by it is the same each time.
    session._manager.connection_from_url = lru_cache(maxsize=8)(session._manager.connection_from_url)


class _Client(BaseClient):  # type: ignore[misc]
    hot_calls: frozenset[str]
    known_requests: dict[str, dict[str, Any]]
    known_addresses: dict[str, Any]

    def _resolve_endpoint_ruleset(
        self, operation_model: Any, params: Any, request_context: Any, ignore_signing_region: bool = False
    ) -> Any:
        if operation_model.name not in self.hot_calls:
            return super()._resolve_endpoint_ruleset(operation_model, params, request_context, ignore_signing_region)
        if operation_model.name not in self.known_addresses:
            context = dict(request_context)
            found = super()._resolve_endpoint_ruleset(operation_model, params, context)
            told = {name: context[name] for name in ("auth_type", "signing") if name in context}
            self.known_addresses[operation_model.name] = found, told
        found, told = self.known_addresses[operation_model.name]
        request_context.update(told)
        return found

    def _convert_to_request_dict(self, api_params: Any, operation_model: Any, *given: Any, **named: Any) -> Any:
        known = self.known_requests.get(operation_model.name)
        if known is not None:
            try:
                body = orjson.dumps(api_params, default=_in_base64)
            except TypeError:
                # What it cannot write, botocore can, or says why not.
                known = None
        if known is None:
            made = super()._convert_to_request_dict(api_params, operation_model, *given, **named)
            if operation_model.name in self.hot_calls:
                # The headers of this one are about to be signed.
                self.known_requests[operation_model.name] = {**made, "headers": dict(made["headers"])}
            return made
        return {**known, "headers": dict(known["headers"]), "body": body, "context": named["context"]}


class _Endpoint(Endpoint):  # type: ignore[misc]
    def __init__(self, plain: Endpoint, signer: Any, hot_calls: frozenset[str]) -> None:
        super().__init__(plain.host, plain._endpoint_prefix, plain._event_emitter, _Parsers(), plain.http_session)
        self._signer, self._hot_calls = signer, hot_calls

    def create_request(self, params: Any, operation_model: Any = None) -> Any:
        """The request, signed: as botocore's SigV4Auth does, to the letter."""
        context, signer = params["context"], self._signer
        is_hot = operation_model is not None and operation_model.name in self._hot_calls
        version = context.get("auth_type") or signer.signature_version
        if not is_hot or version != _SIGNATURE_VERSION or signer._credentials is None:
            return super().create_request(params, operation_model)
        # A copy, since who tries again begins with the same.
        headers, told = dict(params["headers"]), context.get("signing", {})
        credentials = signer._credentials.get_frozen_credentials()
        context["timestamp"] = at = get_current_datetime().strftime(SIGV4_TIMESTAMP)
        headers["X-Amz-Date"] = at
        if credentials.token:
            headers["X-Amz-Security-Token"] = credentials.token
        region, service = told.get("region") or signer.region_name, told.get("signing_name") or signer.signing_name
        scope = f"{at[:8]}/{region}/{service}/aws4_request"
        names, request = _canonical(params["url"], headers, params["body"])
        signature = sign(credentials.secret_key, at, scope, request)
        headers["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
        )
        tries = context["retries"]
        headers["amz-sdk-invocation-id"] = tries["invocation-id"]
        headers["amz-sdk-request"] = "; ".join(f"{name}={tries[name]}" for name in _TOLD_OF_TRIES if name in tries)
        headers["Content-Length"] = str(len(params["body"]))
        return AWSPreparedRequest("POST", params["url"], HeadersDict(headers), params["body"], False, context)


class _Parser(JSONParser):  # type: ignore[misc]
    def _handle_json_body(self, raw_body: bytes, shape: Any) -> Any:
        if shape is None or shape.name not in _ANSWERS:
            return super()._handle_json_body(raw_body, shape)
        try:
            answer = orjson.loads(raw_body)
        except ValueError:
            return super()._handle_json_body(raw_body, shape)
        return _with_bytes(answer) if any(start in raw_body for start in _BYTES) else answer


class _Parsers(ResponseParserFactory):  # type: ignore[misc]
    _parser = _Parser()

    def create_parser(self, protocol_name: str) -> Any:
        """The one for JSON, which is all that hot services speak."""
        return self._parser


def sign(secret: str, at: str, scope: str, request: str) -> str:
    """The signature of a canonical request (AWS, Signature Version 4), made `at` a time such as 20261130T120000Z."""
    return sign_text(secret, scope, f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{sha256(request.encode()).hexdigest()}")


def sign_text(secret: str, scope: str, text: str) -> str:
    """The signature of a text, such as the policy of a form."""
    return hmac.digest(_signing_key(secret, scope), text.encode(), "sha256").hex()


@lru_cache(maxsize=8)
def _signing_key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


_host_of = lru_cache(maxsize=8)(_host_from_url)


def _canonical(url: str, headers: Mapping[str, str], body: bytes) -> tuple[str, str]:
    """The names of the headers that are signed, and what of a POST to a service's own address is signed."""
    signed = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    signed["host"] = _host_of(url)
    names = sorted(signed.keys() - SIGNED_HEADERS_BLACKLIST)
    lines = "".join(f"{name}:{signed[name]}\n" for name in names)
    listed = ";".join(names)
    return listed, f"POST\n/\n\n{lines}\n{listed}\n{sha256(body).hexdigest()}"


def _in_base64(value: Any) -> str:
    """Bytes as JSON has them. Raises TypeError for anything else."""
    return b64encode(value).decode()


def _with_bytes(value: Any) -> Any:
    """An answer whose values of DynamoDB's kinds B and BS are bytes again."""
    if isinstance(value, list):
        return [_with_bytes(one) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(text := value.get("B"), str):
        return {"B": b64decode(text)}
    if isinstance(texts := value.get("BS"), list):
        return {"BS": [b64decode(one) for one in texts]}
    return {name: _with_bytes(one) for name, one in value.items()}
