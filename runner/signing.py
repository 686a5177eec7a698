"""Signature Version 4, with which AWS knows who asks: what a queue of messages wants to see, and no more.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True)
class Keys:
    """Credentials of AWS, for a while."""

    access_key_id: str
    secret_access_key: str
    session_token: str


def signed(
    url: str, body: bytes, headers: Mapping[str, str], keys: Keys, region: str, service: str, now: datetime
) -> dict[str, str]:
    """The headers of a POST with its signature. `now` is aware, and UTC; the address has no query."""
    address = urlsplit(url)
    instant = f"{now:%Y%m%dT%H%M%SZ}"
    told = {**headers, "X-Amz-Date": instant, "X-Amz-Security-Token": keys.session_token}
    wanted = sorted((name.lower(), value.strip()) for name, value in {**told, "Host": address.netloc}.items())
    names = ";".join(name for name, _ in wanted)
    lines = "".join(f"{name}:{value}\n" for name, value in wanted)
    request = "\n".join(("POST", address.path or "/", "", lines, names, hashlib.sha256(body).hexdigest()))
    scope = f"{now:%Y%m%d}/{region}/{service}/aws4_request"
    text = "\n".join((_ALGORITHM, instant, scope, hashlib.sha256(request.encode()).hexdigest()))
    key = f"AWS4{keys.secret_access_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = f"{_ALGORITHM} Credential={keys.access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**told, "Authorization": credential}
