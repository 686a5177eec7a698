"""Signed documents between sites: ed25519 over the exact bytes, and keys that follow each other.

A document is its head, an empty line and the payload, which is looked at only after its signature was good:

    agon-federation-1
    succession OLD NEW SIGNATURE       each key that was followed by another, the oldest first; signed by the old one
    key KEY
    signature SIGNATURE                by KEY, over the payload
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "agon-federation-1"
#: Successions that a document tells of: who was away for longer pins the key anew.
MAX_SUCCESSIONS = 10
_KEY, _SIGNATURE = "[0-9a-f]{64}", "[0-9a-f]{128}"
_HEAD = re.compile(
    rf"{FORMAT}\n((?:succession {_KEY} {_KEY} {_SIGNATURE}\n){{0,{MAX_SUCCESSIONS}}})"
    rf"key ({_KEY})\nsignature ({_SIGNATURE})\n\n"
)
_HEAD_BYTES = 8192
#: What a signature is for stands before what is signed, so that none is good for something else.
_OF_PAYLOAD, _OF_KEY = b"agon-federation-1 payload\n", b"agon-federation-1 key\n"


class BadSignature(Exception):
    """A document that is not what it says, or not of the site that is trusted. The text says which, for administrators."""


@dataclass(frozen=True)
class Succession:
    """One key that was followed by another, which it signed."""

    old: str
    new: str
    signature: str


@dataclass(frozen=True)
class Signed:
    """A payload whose signature was good, and the key that it was good for."""

    payload: bytes
    key: str


def new_key() -> str:
    """A fresh private key, in hex."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_key(private: str) -> str:
    """The public key of a private one, both in hex."""
    return _private(private).public_key().public_bytes_raw().hex()


def succession(old: str, new: str) -> Succession:
    """The word of an old private key that a new one follows it."""
    following = public_key(new)
    signature = _private(old).sign(_OF_KEY + bytes.fromhex(following)).hex()
    return Succession(public_key(old), following, signature)


def sign(payload: bytes, private: str, successions: Sequence[Succession] = ()) -> bytes:
    """A document of this payload."""
    lines = [FORMAT, *(f"succession {one.old} {one.new} {one.signature}" for one in successions[-MAX_SUCCESSIONS:])]
    lines += [f"key {public_key(private)}", f"signature {_private(private).sign(_OF_PAYLOAD + payload).hex()}", "", ""]
    return "\n".join(lines).encode() + payload


def verify(document: bytes, pinned: str) -> Signed:
    """The payload of a document of who has the pinned key, or one that follows it. Raises BadSignature."""
    head = _HEAD.match(document[:_HEAD_BYTES].decode("latin-1"))
    if head is None:
        raise BadSignature("What came is no signed list of competitions.")
    payload, key = document[head.end() :], head[2]
    _check(key, head[3], _OF_PAYLOAD + payload, "The signature of the list is wrong.")
    current = pinned
    for line in head[1].splitlines():
        _, old, new, signature = line.split()
        if old == current and current != key:
            _check(old, signature, _OF_KEY + bytes.fromhex(new), "A new key is not signed by the one before.")
            current = new
    if current != key:
        raise BadSignature("The list is signed with another key than the one that is trusted. Trust the site anew.")
    return Signed(payload, key)


def _check(key: str, signature: str, content: bytes, otherwise: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        raise BadSignature(otherwise) from None


def _private(private: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
