"""An authenticator: the codes that it makes of a secret (RFC 6238)."""

import base64
import hmac
import struct
import time

STEP = 30


def code(secret: str, at: float | None = None) -> str:
    """The six digits of a moment; without one of now, and for a second or more yet."""
    if at is None and time.time() % STEP > STEP - 1:
        time.sleep(1)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    step = int((time.time() if at is None else at) // STEP)
    mac = hmac.digest(key, struct.pack(">Q", step), "sha1")
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def wrong(secret: str) -> str:
    """Six digits that are no code of these minutes."""
    now = time.time()
    near = {code(secret, now + STEP * step) for step in range(-3, 4)}
    return next(digits for digits in ("000000", *(str(one) * 6 for one in range(1, 9))) if digits not in near)
