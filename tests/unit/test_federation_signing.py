"""Signed lists of competitions: whose word is believed, and what is no word of theirs."""

import pytest

from chalicelib.domain.discovery import signing
from chalicelib.domain.discovery.signing import BadSignature

FIRST, SECOND, THIRD, STRANGE = (f"{number:02x}" * 32 for number in (1, 2, 3, 9))
PINNED = signing.public_key(FIRST)
CHAIN = [signing.succession(FIRST, SECOND), signing.succession(SECOND, THIRD)]


def test_the_payload_of_the_pinned_key_is_believed_byte_by_byte() -> None:
    payload = b'{"a": "\n\nkey\xff"}'
    assert signing.verify(signing.sign(payload, FIRST), PINNED) == signing.Signed(payload, PINNED)


@pytest.mark.parametrize("at", [0, 30, 100, 200, -1])
def test_a_changed_byte_anywhere_is_noticed(at: int) -> None:
    document = bytearray(signing.sign(b"payload", FIRST))
    document[at] ^= 1
    with pytest.raises(BadSignature):
        signing.verify(bytes(document), PINNED)


def test_another_key_is_not_believed() -> None:
    with pytest.raises(BadSignature, match="another key"):
        signing.verify(signing.sign(b"x", STRANGE), PINNED)


def test_a_key_that_follows_is_believed_and_told_however_many_lie_between() -> None:
    for pinned in (FIRST, SECOND, THIRD):
        assert signing.verify(signing.sign(b"x", THIRD, CHAIN), signing.public_key(pinned)).key == signing.public_key(THIRD)


def test_a_former_key_is_not_believed_where_its_follower_is_pinned() -> None:
    with pytest.raises(BadSignature, match="another key"):
        signing.verify(signing.sign(b"x", FIRST, CHAIN), signing.public_key(SECOND))


def test_a_succession_that_the_old_key_did_not_sign_is_no_succession() -> None:
    forged = signing.succession(STRANGE, STRANGE)
    stolen = signing.Succession(PINNED, signing.public_key(STRANGE), forged.signature)
    with pytest.raises(BadSignature, match="not signed"):
        signing.verify(signing.sign(b"x", STRANGE, [stolen]), PINNED)


def test_what_is_signed_for_one_purpose_is_not_good_for_the_other() -> None:
    """Whoever has a site sign a payload of their choice has no key signed by it."""
    document = signing.sign(bytes.fromhex(signing.public_key(STRANGE)), FIRST)
    signature = document.split(b"signature ")[1][:128].decode()
    with pytest.raises(BadSignature):
        signing.verify(
            signing.sign(b"x", STRANGE, [signing.Succession(PINNED, signing.public_key(STRANGE), signature)]), PINNED
        )


@pytest.mark.parametrize("document", [b"", b"<html>", b"agon-federation-1\n\n", b"agon-federation-1\n" + b"x" * 10**6])
def test_what_is_no_document_is_refused(document: bytes) -> None:
    with pytest.raises(BadSignature, match="no signed list"):
        signing.verify(document, PINNED)
