"""Personal access tokens and queues' runner tokens: stored as digests, named, expiring, revocable."""

from datetime import datetime

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DeleteError

from chalicelib.errors import NotFound
from chalicelib.store import table


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


class RunnerToken(table.Item, discriminator="runner_token"):
    """What a runner shows to be let to one queue's jobs."""

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    digest = UnicodeAttribute()
    queue = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")


def access_key(token: str) -> table.Key:
    return f"TOKEN#{token}", "TOKEN"


def runner_key(queue: str, token: str) -> table.Key:
    return f"QUEUE#{queue}", f"TOKEN#{token}"


def owner_key(user: str) -> str:
    return f"TOKENS#{user}"


def find_access(token: str) -> AccessToken | None:
    """None when there is none: the caller says 401 and not 404."""
    found = table.fetch(access_key(token)).get(access_key(token))
    return found if isinstance(found, AccessToken) else None


def of_account(user: str) -> list[AccessToken]:
    """An account's tokens, newest first, at most 100."""
    return table.newest_owned(AccessToken, owner_key(user), None, 100)[0]


def of_queue(queue: str) -> list[RunnerToken]:
    """A queue's runner tokens, oldest first."""
    return list(RunnerToken.query(f"QUEUE#{queue}", RunnerToken.sk.startswith("TOKEN#")))


def revoke_access(token: str, user: str) -> None:
    """Raises NotFound, also for somebody else's token."""
    _delete(AccessToken(*access_key(token)), AccessToken.user == user)


def revoke_runner(queue: str, token: str) -> None:
    """Raises NotFound."""
    _delete(RunnerToken(*runner_key(queue, token)), RunnerToken.pk.exists())


def is_valid(token: AccessToken | RunnerToken, digest: str, now: datetime) -> bool:
    """Whether a stored token is the one shown, and still good."""
    return token.digest == digest and token.expires_at > now


def _delete(token: AccessToken | RunnerToken, condition: object) -> None:
    try:
        token.delete(condition=condition)
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        raise NotFound("There is no such token.") from error
