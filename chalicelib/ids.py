"""Ids and secrets. Ids are ULIDs in lower case: sortable by time, `[0-9a-z]` only."""

import hashlib
import hmac
import secrets
from datetime import datetime

from ulid import ULID


def new(now: datetime) -> str:
    """A fresh id that sorts after all earlier ones, to the millisecond."""
    return str(ULID.from_datetime(now)).lower()


def digest_of(content: bytes) -> str:
    """The sha256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def derived(parent: str, name: str) -> str:
    """The id of what `parent`, an id itself, makes under `name`: the same each time, and sorted with its parent."""
    chance = hashlib.sha256(f"{parent} {name}".encode()).digest()[:10]
    return str(ULID(ULID.from_str(parent.upper()).bytes[:6] + chance)).lower()


def at(moment: datetime, name: str) -> str:
    """The id of what happens at a moment under `name`: the same each time, and sorted by the moment."""
    chance = hashlib.sha256(name.encode()).digest()[:10]
    return str(ULID(ULID.from_datetime(moment).bytes[:6] + chance)).lower()


def of_item(pk: str, sk: str) -> str:
    """The id of what is noted of the item at a key: the same each time."""
    return digest(f"{pk} {sk}")[:32]


def sealed(key: str, text: str) -> str:
    """An id made of `text`, the same each time, that tells nothing of it to who does not know the key."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:24]


def secret() -> str:
    """256 random bits in base64url: 43 characters."""
    return secrets.token_urlsafe(32)


def code() -> str:
    """64 random bits in hex: short enough to be sent in a mail, too long to be guessed one request at a time."""
    return secrets.token_hex(8)


def is_same(secret: str, shown: str) -> bool:
    """True when somebody shows this secret. Takes as long for every wrong one."""
    return hmac.compare_digest(secret.encode(), shown.encode())


def digest(text: str) -> str:
    """The digest that is stored in place of a secret: its sha256 in hex. The secrets are random, so no salt is needed."""
    return hashlib.sha256(text.encode()).hexdigest()
