"""Personal access tokens and queues' runner tokens: stored as digests, named, expiring, revocable."""

from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import size

from chalicelib.errors import AgonError, Busy, Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, Transaction

PAGE_SIZE = 100
#: The use of a token is noted so often at most: a write each time would cost more than what it is used for.
SAME_PLACE_NOTED = timedelta(hours=1)
OTHER_PLACE_NOTED = timedelta(minutes=1)
_NO_TOKEN = say("no_token", "There is no such token.")


class AccessToken(table.Item, discriminator="access_token"):
    """A person's own token. It signs in as that person, never as an administrator.

    `last_used_at` and `last_used_from`, an IP address, are noted once in a while.
    """

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    digest = UnicodeAttribute()
    user = UnicodeAttribute()
    username = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    last_used_at = UTCDateTimeAttribute(null=True)
    last_used_from = UnicodeAttribute(null=True)
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, token: str) -> Place["AccessToken"]:
        """The place of a person's token."""
        return Place(cls, f"TOKEN#{token}", "TOKEN")


class RunnerToken(table.Item, discriminator="runner_token"):
    """The token that a runner shows to be let to one queue's jobs."""

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    digest = UnicodeAttribute()
    queue = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, queue: str, token: str) -> Place["RunnerToken"]:
        """The place of a queue's token."""
        return Place(cls, f"QUEUE#{queue}", f"TOKEN#{token}")


class TokenList(table.Item, discriminator="token_list"):
    """The ids of an account's own tokens, which bound their number; of expired ones, too, until there is no room."""

    tokens = UnicodeSetAttribute(null=True)

    @classmethod
    def at(cls, account: str) -> Place["TokenList"]:
        """The place where the ids of an account's tokens are."""
        return Place(cls, f"ACCOUNT#{account}", "TOKENS")


def create(token: AccessToken, max_tokens: int, now: datetime) -> None:
    """Store a person's token. Raises Conflict when they have as many as one may."""
    try:
        _create(token, max_tokens)
    except writes.ConditionFailed:
        _forget_expired(token.user, now)
        too_many = say(
            "enough_tokens",
            "You have {most} tokens, and more there cannot be. Revoke one with DELETE /v1/tokens/{{token}} first.",
            most=max_tokens,
        )
        _create(token, max_tokens, Conflict(too_many))


def note_use(token: AccessToken, place: str, now: datetime) -> None:
    """Note when and from where a token was used: seldom from the same place, sooner from another one."""
    pause = SAME_PLACE_NOTED if token.last_used_from == place else OTHER_PLACE_NOTED
    if token.last_used_at is not None and now - token.last_used_at < pause:
        return
    actions = [AccessToken.last_used_at.set(now), AccessToken.last_used_from.set(place)]
    # Whoever calls is served all the same. What was revoked meanwhile must not be stored again.
    with suppress(Busy, writes.ConditionFailed):
        writes.update(token, actions, AccessToken.pk.exists())


def owner_key(user: str) -> str:
    return f"TOKENS#{user}"


def find_access(token: str) -> AccessToken | None:
    """None when there is none: the caller says 401 and not 404."""
    (found,) = table.read(AccessToken.at(token))
    return found


def of_account(user: str) -> list[AccessToken]:
    """All of an account's tokens, newest first."""
    found, before = table.newest_owned(AccessToken, owner_key(user), None, PAGE_SIZE)
    while before is not None:
        page, before = table.newest_owned(AccessToken, owner_key(user), before, PAGE_SIZE)
        found += page
    return found


def of_queue(queue: str) -> list[RunnerToken]:
    """A queue's runner tokens, oldest first."""
    pk, start = RunnerToken.at(queue, "")
    return patiently(lambda: list(RunnerToken.query(pk, RunnerToken.sk.startswith(start))))


def revoke_access(token: str, user: str) -> None:
    """Raises NotFound, also for somebody else's token."""

    def compose(write: Transaction) -> None:
        write.delete(AccessToken(*AccessToken.at(token)), condition=AccessToken.user == user)
        write.update(_list(user), actions=[TokenList.kind.set(TokenList), TokenList.tokens.delete({token})])

    writes.transact(compose, otherwise=NotFound(_NO_TOKEN))


def revoke_all(user: str, until: datetime) -> None:
    """Have none of the tokens sign anybody in that an account had at a time."""
    for token in of_account(user):
        if token.created_at <= until:
            with suppress(NotFound):
                revoke_access(token.id, user)


def revoke_runner(queue: str, token: str, besides: Composer) -> None:
    """Forget a runner token, with what goes `besides`. Raises NotFound."""
    gone = RunnerToken(*RunnerToken.at(queue, token))
    writes.delete_with(gone, besides, RunnerToken.pk.exists(), otherwise=NotFound(_NO_TOKEN))


def is_valid(token: AccessToken | RunnerToken, digest: str, now: datetime) -> bool:
    """True when a stored token is the one shown, and still good."""
    return token.digest == digest and token.expires_at > now


def _list(user: str) -> TokenList:
    return TokenList(*TokenList.at(user))


def _create(token: AccessToken, max_tokens: int, otherwise: AgonError | None = None) -> None:
    room = TokenList.tokens.does_not_exist() | (size(TokenList.tokens) < max_tokens)

    def compose(write: Transaction) -> None:
        write.save(token, condition=AccessToken.pk.does_not_exist())
        actions: list[Action] = [TokenList.kind.set(TokenList), TokenList.tokens.add({token.id})]
        write.update(_list(token.user), actions=actions, condition=room)

    writes.transact(compose, otherwise=otherwise)


def _forget_expired(user: str, now: datetime) -> None:
    """DynamoDB removes expired tokens by itself, some day, and their ids stay."""
    (noted,) = table.read(TokenList.at(user))
    known = set(noted.tokens or ()) if noted else set()
    good = {one.id for one in table.read_many(AccessToken.at(id_) for id_ in sorted(known)) if one.expires_at > now}
    if known - good:
        writes.update(_list(user), [TokenList.tokens.delete(known - good)])
