"""S3's signed addresses and forms, made in a tenth of botocore's time, and the same to the letter (ADR 54).

Where a bucket is, botocore says once; whose credentials sign, its client says each time.
"""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from botocore.auth import ISO8601, SIGV4_TIMESTAMP
from botocore.compat import get_current_datetime

from chalicelib.aws.clients import client
from chalicelib.contract.uploads import ANY_NAME
from chalicelib.quickly import sign, sign_text

_ALGORITHM = "AWS4-HMAC-SHA256"
#: An object's key that stands in an address as it is.
_ANY = "any"
_NO_HEADERS: Mapping[str, str] = {}


def address(bucket: str, key: str, how: Mapping[str, str], seconds: int, headers: Mapping[str, str] = _NO_HEADERS) -> str:
    """The address at which an object can be fetched for so long; `how` is of the kind of `response-content-type`.

    Only who sends these `headers`, whose names are lower case, is given it.
    """
    credentials, at, scope = _signer()
    place, host = _place(client("s3"), bucket)
    sent = sorted({**headers, "host": host}.items())
    names = ";".join(name for name, _ in sent)
    told = {
        "X-Amz-Algorithm": _ALGORITHM,
        "X-Amz-Credential": f"{credentials.access_key}/{scope}",
        "X-Amz-Date": at,
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": names,
    }
    if credentials.token is not None:
        told["X-Amz-Security-Token"] = credentials.token
    pairs = [f"{name}={quote(value, safe='-._~')}" for name, value in (*how.items(), *told.items())]
    url = f"{place}{quote(key, safe='/~')}"
    path = url.partition(host)[2]
    said = "".join(f"{name}:{value}\n" for name, value in sent)
    request = f"GET\n{path}\n{'&'.join(sorted(pairs))}\n{said}\n{names}\nUNSIGNED-PAYLOAD"
    signature = sign(credentials.secret_key, at, scope, request)
    return f"{url}?{'&'.join(pairs)}&X-Amz-Signature={signature}"


def form(
    bucket: str, key: str, fields: Mapping[str, str], conditions: list[Any], seconds: int
) -> tuple[str, dict[str, str]]:
    """The address to which an object can be sent for so long by a form, and the form's fields."""
    credentials, at, scope = _signer()
    told = {"x-amz-algorithm": _ALGORITHM, "x-amz-credential": f"{credentials.access_key}/{scope}", "x-amz-date": at}
    if credentials.token is not None:
        told["x-amz-security-token"] = credentials.token
    # Whoever sends the file may name it where the key leaves that to them.
    named = ["starts-with", "$key", key.removesuffix(ANY_NAME)] if key.endswith(ANY_NAME) else {"key": key}
    policy = {
        "expiration": (get_current_datetime() + timedelta(seconds=seconds)).strftime(ISO8601),
        "conditions": [*conditions, {"bucket": bucket}, named, *({name: value} for name, value in told.items())],
    }
    written = base64.b64encode(json.dumps(policy).encode()).decode()
    signature = sign_text(credentials.secret_key, scope, written)
    where = _form_of(client("s3"), bucket)
    return where, {**fields, "key": key, **told, "policy": written, "x-amz-signature": signature}


def _signer() -> tuple[Any, str, str]:
    """The credentials, the time, and for what they sign."""
    signer = client("s3")._request_signer
    at = get_current_datetime().strftime(SIGV4_TIMESTAMP)
    return signer._credentials.get_frozen_credentials(), at, f"{at[:8]}/{signer.region_name}/s3/aws4_request"


@lru_cache(maxsize=16)
def _place(s3: Any, bucket: str) -> tuple[str, str]:
    """The part of a bucket's addresses that stands before keys, and its host."""
    url = str(s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": _ANY})).partition("?")[0]
    return url.removesuffix(_ANY), url.split("/")[2]


@lru_cache(maxsize=16)
def _form_of(s3: Any, bucket: str) -> str:
    return str(s3.generate_presigned_post(bucket, _ANY)["url"])
