"""Tokens by which who is not signed in switches one kind of mail off: each names its reader and the kind, signed."""

import hashlib
import hmac
import re

from chalicelib.domain.mail.kinds import KINDS
from chalicelib.errors import Complaint, Invalid, say

_TOKEN = re.compile(r"([A-Za-z0-9-]{1,80})\.([a-z]{1,20})\.([0-9a-f]{32})")
_UNKNOWN = say(
    "unsubscribe_link_unknown",
    "This link is none of ours, or was cut short. Change what you are mailed when you are signed in.",
)


def token(key: str, reader: str, kind: str) -> str:
    """The token for a reader, an account's id or an address's digest, and a kind of mail."""
    return f"{reader}.{kind}.{_signature(key, reader, kind)}"


def read(key: str | None, shown: str) -> tuple[str, str]:
    """The reader and the kind that a token names. Raises Invalid for one that is not ours; without a key none is."""
    found = _TOKEN.fullmatch(shown)
    if key is None or found is None or found[2] not in KINDS or not _is_ours(key, *found.groups()):
        raise Invalid(
            _UNKNOWN, [Complaint("token", say("unsubscribe_link_as_mailed", "Open the link as it stands in the mail."))]
        )
    return found[1], found[2]


def _is_ours(key: str, reader: str, kind: str, signature: str) -> bool:
    return hmac.compare_digest(_signature(key, reader, kind), signature)


def _signature(key: str, reader: str, kind: str) -> str:
    return hmac.new(key.encode(), f"unsubscribe {reader} {kind}".encode(), hashlib.sha256).hexdigest()[:32]
