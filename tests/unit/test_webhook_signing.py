"""What the documents tell receivers to do holds what it promises."""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier

from chalicelib.domain.webhooks import signing

DOCUMENT = Path(__file__).parents[2] / "docs/organizers.md"
SECRET, FORMER = (signing.secret_of(bytes([number]) * 32) for number in (1, 2))


@pytest.fixture(scope="module")
def is_ours() -> Callable[..., bool]:
    """The function of the document."""
    (code,) = re.findall(r"```python\n((?:(?!```).)*?def is_ours.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    known: dict[str, Any] = {}
    exec(code, known)
    return known["is_ours"]


@pytest.mark.parametrize("secret", [SECRET, FORMER])
def test_what_each_good_secret_signs_is_ours(is_ours: Callable[..., bool], secret: str) -> None:
    headers = signing.headers([SECRET, FORMER], "e1", datetime.now(UTC), b'{"a": 1}')
    assert is_ours(secret, headers, b'{"a": 1}')
    assert Verifier(secret).verify(b'{"a": 1}', headers) == {"a": 1}


def test_what_is_changed_old_or_signed_by_others_is_not(is_ours: Callable[..., bool]) -> None:
    now, body = datetime.now(UTC), b"{}"
    good = signing.headers([SECRET], "e1", now, body)
    old = signing.headers([SECRET], "e1", now - timedelta(minutes=6), body)
    for headers, said in ((good, b"{ }"), (old, body), ({**good, "webhook-id": "e2"}, body)):
        assert not is_ours(SECRET, headers, said)
    assert not is_ours(FORMER, good, body)


def test_a_secret_has_the_form_that_receivers_know() -> None:
    assert base64.b64decode(SECRET.removeprefix("whsec_")) == b"\1" * 32
