"""Personal access tokens and queues' runner tokens: stored as digests, named, expiring, revocable."""

from datetime import datetime

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.errors import NotFound
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place


class AccessToken(table.Item, discriminator="access_token"):
    """A person's own token. It signs in as that person, never as an administrator."""

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    digest = UnicodeAttribute()
    user = UnicodeAttribute()
    username = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, token: str) -> Place["AccessToken"]:
        """Where a person's token is."""
        return Place(cls, f"TOKEN#{token}", "TOKEN")


class RunnerToken(table.Item, discriminator="runner_token"):
    """What a runner shows to be let to one queue's jobs."""

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    digest = UnicodeAttribute()
    queue = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, queue: str, token: str) -> Place["RunnerToken"]:
        """Where a queue's token is."""
        return Place(cls, f"QUEUE#{queue}", f"TOKEN#{token}")


def owner_key(user: str) -> str:
    return f"TOKENS#{user}"


def find_access(token: str) -> AccessToken | None:
    """None when there is none: the caller says 401 and not 404."""
    (found,) = table.read(AccessToken.at(token))
    return found


def of_account(user: str) -> list[AccessToken]:
    """An account's tokens, newest first, at most 100."""
    return table.newest_owned(AccessToken, owner_key(user), None, 100)[0]


def of_queue(queue: str) -> list[RunnerToken]:
    """A queue's runner tokens, oldest first."""
    pk, start = RunnerToken.at(queue, "")
    return patiently(lambda: list(RunnerToken.query(pk, RunnerToken.sk.startswith(start))))


def revoke_access(token: str, user: str) -> None:
    """Raises NotFound, also for somebody else's token."""
    _delete(AccessToken(*AccessToken.at(token)), AccessToken.user == user)


def revoke_runner(queue: str, token: str) -> None:
    """Raises NotFound."""
    _delete(RunnerToken(*RunnerToken.at(queue, token)), RunnerToken.pk.exists())


def is_valid(token: AccessToken | RunnerToken, digest: str, now: datetime) -> bool:
    """Whether a stored token is the one shown, and still good."""
    return token.digest == digest and token.expires_at > now


def _delete(token: AccessToken | RunnerToken, condition: Condition) -> None:
    writes.delete(token, condition, otherwise=NotFound("There is no such token."))
