"""Challenges: work that who has no tries left does for one more. A person waits a moment, a script pays each time (ADR 36).

A challenge is a text that the site alone can have made, for one who asks, and good for some minutes. It is solved by a
number: the sha256 of the challenge, a colon and the number begins with so many zero bits.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta

#: A quarter of a million hashes on average: less than a second on a laptop, some on a telephone.
BITS = 18
#: What is asked for more than this is no site's challenge: nobody would live to see it solved.
MOST_BITS = 24
LIFE = timedelta(minutes=5)
FORM = re.compile(r"([0-9]{1,12})\.([0-9]{1,2})\.[A-Za-z0-9_-]{1,60}\.[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,20}")


def make(key: bytes, who: str, salt: str, now: datetime) -> str:
    """A challenge for `who`. Its `salt` makes it another one each time."""
    head = f"{int(now.timestamp())}.{BITS}.{salt}"
    return f"{head}.{_seal(key, head, who)}"


def is_ours(key: bytes, who: str, challenge: str, now: datetime) -> bool:
    """True for what `make` made for `who` within the last minutes."""
    form = FORM.fullmatch(challenge)
    if form is None:
        return False
    head, _, seal = challenge.rpartition(".")
    age = now.timestamp() - int(form[1])
    return hmac.compare_digest(seal, _seal(key, head, who)) and -1 <= age < LIFE.total_seconds()


def is_solved(challenge: str, number: str) -> bool:
    """True when the number solves a challenge of ours."""
    form = FORM.fullmatch(challenge)
    return form is not None and _NUMBER.fullmatch(number) is not None and _zero_bits(challenge, number) >= int(form[2])


def solve(challenge: str, bits: int) -> str:
    """The first number that solves a challenge. Takes 2^bits hashes on average."""
    number, begun, least = 0, hashlib.sha256(f"{challenge}:".encode()), 256 - bits
    while True:
        tried = begun.copy()
        tried.update(b"%d" % number)
        if int.from_bytes(tried.digest()).bit_length() <= least:
            return str(number)
        number += 1


def _zero_bits(challenge: str, number: str) -> int:
    return 256 - int.from_bytes(hashlib.sha256(f"{challenge}:{number}".encode()).digest()).bit_length()


def _seal(key: bytes, head: str, who: str) -> str:
    return hmac.digest(key, f"{head} {who}".encode(), "sha256").hex()
