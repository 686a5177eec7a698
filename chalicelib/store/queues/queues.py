"""Queues of runners as stored: who may use them, who serves them, and how far each has served."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import TransactWriteError, UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition

#: The site's own queue. It is there without a row, and everybody's to use.
DEFAULT = "default"
#: What waits here needs no runner, and is given to none.
NONE = "none"
PRIVATE, SHARED, PUBLIC = "private", "shared", "public"
#: What is about to go.
REMOVED = "removed"
LISTED = "QUEUES"
#: A runner tells that it is there once a minute. One that missed two is not.
ALIVE = timedelta(seconds=150)
FORGOTTEN = timedelta(days=7)


class Queue(table.Item, discriminator="queue"):
    """A queue. `sealed`: logs and outputs of its jobs stay on the runners. `uses` counts its QueueUses."""

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    visibility = UnicodeAttribute(default=PRIVATE)
    shared_with = UnicodeSetAttribute(null=True)
    sealed = BooleanAttribute(default=False)
    uses = NumberAttribute(default=0)
    created_at = UTCDateTimeAttribute()


class QueueUse(table.Item, discriminator="queue_use"):
    """A competition whose submissions wait on a queue."""

    competition = UnicodeAttribute()


class Runner(table.Item, discriminator="runner"):
    """A runner as it told of itself last. `jobs` are the submissions that it runs, `gpus` the names of its GPUs."""

    name = UnicodeAttribute()
    version = UnicodeAttribute()
    slots = NumberAttribute()
    capabilities = JSONAttribute()
    gpus = ListAttribute(of=UnicodeAttribute)
    jobs = ListAttribute(of=UnicodeAttribute)
    seen_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")


class Turn(table.Item, discriminator="turn"):
    """A counter of turns: the one that a queue is serving, or the latest that a competition has on it."""

    turn = NumberAttribute(default=0)


def key(queue: str) -> table.Key:
    return f"QUEUE#{queue}", "QUEUE"


def use_key(queue: str, competition: str) -> table.Key:
    return f"QUEUE#{queue}", f"USE#{competition}"


def runner_key(queue: str, name: str) -> table.Key:
    return f"QUEUE#{queue}", f"RUNNER#{name}"


def serving_key(queue: str) -> table.Key:
    return f"QUEUE#{queue}", "TURN"


def latest_key(queue: str, competition: str) -> table.Key:
    return f"QUEUE#{queue}", f"TURN#{competition}"


def owner_key(account: str) -> str:
    return f"QUEUES#{account}"


def waiting_key(queue: str) -> str:
    return f"QUEUE#{queue}"


def read(queue: str, item: table.Item | None) -> Queue | None:
    """The queue of a row that was looked for, which the default queue need not have."""
    if isinstance(item, Queue):
        return item if item.visibility != REMOVED else None
    return _default() if queue == DEFAULT else None


def is_usable(queue: Queue, account: str) -> bool:
    """True for what is the account's own, shared with it, or public."""
    shared = queue.visibility == SHARED and account in (queue.shared_with or ())
    return queue.owner == account or queue.visibility == PUBLIC or shared


def usable(ids: Iterable[str], account: str) -> dict[str, Queue]:
    """Those of the queues that the account may use, by id: one call for each hundred."""
    wanted = sorted(set(ids))
    found = {item.pk: item for item in table.fetch_many(key(id_) for id_ in wanted)}
    known = [queue for id_ in wanted if (queue := read(id_, found.get(key(id_)[0])))]
    return {queue.id: queue for queue in known if is_usable(queue, account)}


def of_owner(account: str, before: str | None, limit: int) -> tuple[list[Queue], str | None]:
    """One page of an account's queues, newest first."""
    return table.newest_owned(Queue, owner_key(account), before, limit)


def public(before: str | None, limit: int) -> tuple[list[Queue], str | None]:
    """One page of the public queues, newest first."""
    return table.newest_listed(Queue, LISTED, before, limit)


def list_if_public(queue: Queue) -> None:
    """Before it is stored: a public queue stands in the list of those."""
    if queue.visibility == PUBLIC:
        queue.list_pk, queue.list_sk = LISTED, queue.id


def change(queue: Queue, changes: Mapping[str, Any]) -> None:
    """Say other things of a queue."""
    if queue.id == DEFAULT:
        for name, value in changes.items():
            setattr(queue, name, value)
        queue.save()
    else:
        queue.update(actions=table.setting(Queue, changes, LISTED, queue.id), condition=Queue.pk.exists())


def is_noted(queue: str, competition: str) -> bool:
    """True when a competition uses a queue already."""
    return queue == DEFAULT or use_key(queue, competition) in table.fetch(use_key(queue, competition))


def use(queue: str, competition: str) -> None:
    """Note a competition that uses a queue, once however often it is said. Raises Conflict when the queue is gone."""
    if queue == DEFAULT:
        return
    there = Queue.pk.exists() & (Queue.visibility != REMOVED)

    def compose(write: TransactWrite) -> None:
        use = QueueUse(*use_key(queue, competition), competition=competition)
        write.save(use, condition=QueueUse.pk.does_not_exist())
        write.update(Queue(*key(queue)), actions=[Queue.uses.add(1)], condition=there)

    try:
        table.commit(compose)
    except TransactWriteError as error:
        if not table.failed_conditions(error):
            raise
        if use_key(queue, competition) not in table.fetch(use_key(queue, competition)):
            raise Conflict("This queue is being removed. Choose another one.") from error


def no_longer_use(queue: str, competition: str) -> None:
    """Forget a competition that used a queue, once however often it is said."""

    def compose(write: TransactWrite) -> None:
        write.delete(QueueUse(*use_key(queue, competition)), condition=QueueUse.pk.exists())
        write.update(Queue(*key(queue)), actions=[Queue.uses.add(-1)], condition=Queue.pk.exists())

    try:
        table.commit(compose)
    except TransactWriteError as error:
        if not table.failed_conditions(error):
            raise


def uses_of(queue: str) -> list[QueueUse]:
    """Every competition that was said to use a queue."""
    return list(QueueUse.query(f"QUEUE#{queue}", QueueUse.sk.startswith("USE#")))


def begin_removal(queue: Queue, wake_at: datetime) -> bool:
    """Nobody can use it from now on. False when somebody does."""
    actions = [Queue.visibility.set(REMOVED), Queue.owner_pk.remove(), Queue.list_pk.remove()]
    try:
        queue.update(actions=[*actions, *Queue.waking_at(wake_at)], condition=Queue.uses == 0)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def remove(queue: Queue) -> None:
    """Forget everything about a queue, its own row last: until then the sweeper comes back to it."""
    pk, own = key(queue.id)
    for item in table.Item.query(pk):
        if item.sk != own:
            item.delete()
    queue.delete()


def tell(runner: Runner, queue: str, now: datetime) -> None:
    """Note that a runner is there."""
    runner.pk, runner.sk = runner_key(queue, runner.name)
    runner.seen_at, runner.gone_at = now, now + FORGOTTEN
    runner.save()


def runners_of(queue: str) -> list[Runner]:
    """The runners that were there in the last week, by name."""
    return list(Runner.query(f"QUEUE#{queue}", Runner.sk.startswith("RUNNER#")))


def is_alive(runner: Runner, now: datetime) -> bool:
    """Whether a runner has told of itself lately."""
    return now - runner.seen_at < ALIVE


def turn_of(item: table.Item | None) -> int:
    """What a counter says. 0 when nobody has counted yet."""
    return int(item.turn) if isinstance(item, Turn) else 0


def counting(write: TransactWrite, counter: table.Key, turn: int) -> None:
    """Within a transaction: a counter is at `turn` now. Of two at once the later one stays, which costs a tie at most."""
    write.update(Turn(*counter), actions=[Turn.kind.set(Turn), Turn.turn.set(turn)])


def giving_back(write: TransactWrite, queue: str, competition: str, turns: int) -> None:
    """Within a transaction: so many turns of a competition were not used."""
    if turns:
        write.update(Turn(*latest_key(queue, competition)), actions=[Turn.kind.set(Turn), Turn.turn.add(-turns)])


def _default() -> Queue:
    return Queue(
        *key(DEFAULT),
        id=DEFAULT,
        name="The site's own runners",
        owner="",
        owner_name="administrators",
        visibility=PUBLIC,
        created_at=table.instant(0),
    )


def queue_of(competition: Competition) -> str:
    """The id of the queue that a competition's submissions wait on."""
    return (competition.options or {}).get("queue") or DEFAULT
