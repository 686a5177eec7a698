"""Open sessions of accounts: without its row a session neither goes on nor lets anybody in (ADR 50)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pynamodb.attributes import BooleanAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place

#: As long as Cognito takes a refresh token (template.yaml: RefreshTokenValidity).
LIFETIME = timedelta(days=30)
_PREFIX = "SESSION#"


class OpenSession(table.Item, discriminator="open_session"):
    """A sign-in that goes on. `id` is the digest of what Cognito calls the origin of its tokens, which lets nobody in.

    `client` and `system` are coarse: a browser's or a program's name, and what it runs on; empty where that is not known.
    `used_at` is when it was last given an access token, which is good for an hour. `second_step`: a code of an authenticator
    was shown in it; absent where none was.
    """

    id = UnicodeAttribute()
    client = UnicodeAttribute()
    system = UnicodeAttribute()
    opened_at = UTCDateTimeAttribute()
    used_at = UTCDateTimeAttribute()
    second_step = BooleanAttribute(null=True)
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, account: str, session: str) -> Place["OpenSession"]:
        """The place of a session of an account."""
        return Place(cls, f"ACCOUNT#{account}", f"{_PREFIX}{session}")


def begin(account: str, session: str, client: str, system: str, most: int, now: datetime, second_step: bool = False) -> None:
    """Store a session that begins. Of more than `most` the one that was unused for longest ends."""
    others = of_account(account)
    for one in others[most - 1 :]:
        end(account, one.id)
    begun = OpenSession(
        *OpenSession.at(account, session),
        id=session,
        client=client,
        system=system,
        opened_at=now,
        used_at=now,
        second_step=second_step or None,
        gone_at=now + LIFETIME,
    )
    writes.put(begun)


def use(account: str, session: str, now: datetime) -> bool:
    """Note that a session goes on. False for one that was ended."""
    return writes.update_if(
        OpenSession(*OpenSession.at(account, session)), [OpenSession.used_at.set(now)], OpenSession.pk.exists()
    )


def note_second_step(account: str, session: str) -> None:
    """Note that a code was shown in a session, if it is open still."""
    writes.update_if(
        OpenSession(*OpenSession.at(account, session)), [OpenSession.second_step.set(True)], OpenSession.pk.exists()
    )


def forget_second_steps(account: str) -> None:
    """Have no session of an account be one in which a code was shown."""
    for one in of_account(account):
        if one.second_step:
            writes.update_if(one, [OpenSession.second_step.remove()], OpenSession.pk.exists())


def of_account(account: str) -> list[OpenSession]:
    """The sessions of an account, consistently, the one that was used last first."""
    pk, start = OpenSession.at(account, "")
    found: Sequence[OpenSession] = patiently(
        lambda: list(OpenSession.query(pk, OpenSession.sk.startswith(start), consistent_read=True))
    )
    return sorted(found, key=lambda one: (one.used_at, one.id), reverse=True)


def end(account: str, session: str) -> bool:
    """End a session. False for one that there is not."""
    try:
        writes.delete(OpenSession(*OpenSession.at(account, session)), OpenSession.pk.exists())
    except writes.ConditionFailed:
        return False
    return True


def end_all(account: str, but: str | None = None) -> None:
    """End all sessions of an account, `but` one where there is one that stays."""
    # One by one, which takes no more rights than the API has; there are fifty at most.
    for one in of_account(account):
        if one.id != but:
            writes.delete(one)
