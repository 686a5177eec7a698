"""Queues of runners as stored: who may use them, who serves them, and how far each has served."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
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

from chalicelib.domain.queues import protocols
from chalicelib.domain.queues.terms import QueueTerms
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

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
NO_QUEUE = say("no_queue", "There is no such queue. Look at your queues for its id; the site's own is called `default`.")


class Queue(table.Item, discriminator="queue"):
    """A queue. `sealed`: logs and outputs of its jobs stay on the runners. `uses` counts its QueueUses.

    `registries` and `max_time_limit_seconds` are absent where its owner has said nothing of them: see `terms`.
    """

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    visibility = UnicodeAttribute(default=PRIVATE)
    shared_with = UnicodeSetAttribute(null=True)
    sealed = BooleanAttribute(default=False)
    registries: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute, null=True)
    max_time_limit_seconds = NumberAttribute(null=True)
    uses = NumberAttribute(default=0)
    created_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, queue: str) -> Place["Queue"]:
        """The place of a queue. The default queue need not be there."""
        return Place(cls, f"QUEUE#{queue}", "QUEUE")


class QueueUse(table.Item, discriminator="queue_use"):
    """A competition whose submissions wait on a queue."""

    competition = UnicodeAttribute()

    @classmethod
    def at(cls, queue: str, competition: str) -> Place["QueueUse"]:
        """The place where it is noted that a competition uses a queue."""
        return Place(cls, f"QUEUE#{queue}", f"USE#{competition}")


class Runner(table.Item, discriminator="runner"):
    """A runner as it told of itself last. `jobs` are the submissions that it runs, `gpus` the names of its GPUs.

    `protocol` is absent in rows of a build that knew one version alone.
    """

    name = UnicodeAttribute()
    version = UnicodeAttribute()
    protocol = NumberAttribute(default=1)
    slots = NumberAttribute()
    capabilities = JSONAttribute()
    gpus: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute)
    jobs: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute)
    seen_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, queue: str, name: str) -> Place["Runner"]:
        """The place of a runner of a queue."""
        return Place(cls, f"QUEUE#{queue}", f"RUNNER#{name}")


class Turn(table.Item, discriminator="turn"):
    """A counter of turns: the one that a queue is serving, or the latest that a competition has on it."""

    turn = NumberAttribute(default=0)

    @classmethod
    def serving(cls, queue: str) -> Place["Turn"]:
        """The place of the turn that a queue is serving."""
        return Place(cls, f"QUEUE#{queue}", "TURN")

    @classmethod
    def latest(cls, queue: str, competition: str) -> Place["Turn"]:
        """The place of the latest turn that a competition has on a queue."""
        return Place(cls, f"QUEUE#{queue}", f"TURN#{competition}")


def owner_key(account: str) -> str:
    return f"QUEUES#{account}"


def waiting_key(queue: str) -> str:
    return f"QUEUE#{queue}"


def waited_on(item: table.Item) -> set[str]:
    """The queue on which an item waits, if any does."""
    return {str(item.waiting_pk).partition("#")[2]} if item.waiting_pk else set()


def read(id_: str, found: Queue | None) -> Queue | None:
    """The queue of a row that was looked for, which the default queue need not have."""
    if found is not None:
        return found if found.visibility != REMOVED else None
    return _default() if id_ == DEFAULT else None


def terms(queue: Queue | None) -> QueueTerms:
    """The terms of a queue; the default queue need not be there."""
    default = QueueTerms()
    if queue is None:
        return default
    return QueueTerms(
        registries=tuple(queue.registries or default.registries),
        max_time_limit_seconds=int(queue.max_time_limit_seconds or default.max_time_limit_seconds),
    )


def terms_of(*ids: str | None) -> list[QueueTerms]:
    """The terms of the queues that competitions name, None for one that names none: one call."""
    wanted = [Queue.at(id_ or DEFAULT) for id_ in ids]
    found = table.read_all(wanted)
    return [terms(found.get(place)) for place in wanted]


def is_usable(queue: Queue, account: str) -> bool:
    """True for what is the account's own, shared with it, or public."""
    shared = queue.visibility == SHARED and account in (queue.shared_with or ())
    return queue.owner == account or queue.visibility == PUBLIC or shared


def usable(ids: Iterable[str], account: str) -> dict[str, Queue]:
    """The ones of the queues that the account may use, by id: one call for each hundred."""
    wanted = sorted(set(ids))
    stored = {queue.id: queue for queue in table.read_many(Queue.at(id_) for id_ in wanted)}
    known = [queue for id_ in wanted if (queue := read(id_, stored.get(id_)))]
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


def change(queue: Queue, changes: Mapping[str, Any], besides: Composer) -> None:
    """Say other things of a queue, with what goes `besides`. Raises NotFound when it went meanwhile."""
    for name, value in changes.items():
        setattr(queue, name, value)
    if queue.id == DEFAULT:
        writes.put_with(queue, besides)
    else:
        actions = writes.setting(Queue, changes, LISTED, queue.id)
        writes.update_with(queue, actions, besides, Queue.pk.exists(), otherwise=NotFound(NO_QUEUE))


def is_noted(queue: str, competition: str) -> bool:
    """True when a competition uses a queue already."""
    if queue == DEFAULT:
        return True
    (use,) = table.read(QueueUse.at(queue, competition))
    return use is not None


def use(queue: str, competition: str) -> None:
    """Note a competition that uses a queue, once however often it is said. Raises Conflict when the queue is gone."""
    if queue == DEFAULT:
        return
    there = Queue.pk.exists() & (Queue.visibility != REMOVED)

    def compose(write: Transaction) -> None:
        use = QueueUse(*QueueUse.at(queue, competition), competition=competition)
        write.save(use, condition=QueueUse.pk.does_not_exist())
        write.update(Queue(*Queue.at(queue)), actions=[Queue.uses.add(1)], condition=there)

    try:
        writes.transact(compose)
    except ConditionFailed as error:
        if not is_noted(queue, competition):
            raise Conflict(say("queue_being_removed", "This queue is being removed. Choose another one.")) from error


def no_longer_use(queue: str, competition: str) -> None:
    """Forget a competition that used a queue, once however often it is said."""

    def compose(write: Transaction) -> None:
        write.delete(QueueUse(*QueueUse.at(queue, competition)), condition=QueueUse.pk.exists())
        write.update(Queue(*Queue.at(queue)), actions=[Queue.uses.add(-1)], condition=Queue.pk.exists())

    with suppress(ConditionFailed):
        writes.transact(compose)


def uses_of(queue: str) -> list[QueueUse]:
    """Every competition that was said to use a queue."""
    pk, start = QueueUse.at(queue, "")
    return patiently(lambda: list(QueueUse.query(pk, QueueUse.sk.startswith(start))))


def begin_removal(queue: Queue, wake_at: datetime, besides: Composer = writes.nothing) -> None:
    """Nobody can use it from now on, with what goes `besides`. Raises Conflict when somebody does."""
    actions = [Queue.visibility.set(REMOVED), Queue.owner_pk.remove(), Queue.list_pk.remove()]
    in_use = Conflict(say("queue_in_use", "Competitions use this queue, so it stays. Give them another one first."))
    writes.update_with(queue, [*actions, *Queue.waking_at(wake_at)], besides, Queue.uses == 0, otherwise=in_use)


def succeed(queue: Queue, user: str, username: str) -> None:
    """Have it be another account's, or its owner's by another name. What went meanwhile stays gone."""
    actions = [Queue.owner.set(user), Queue.owner_name.set(username), Queue.owner_pk.set(owner_key(user))]
    writes.update_if(queue, actions, Queue.owner == queue.owner)


def remove(queue: Queue) -> None:
    """Forget everything about a queue, its own row last: until then the sweeper comes back to it."""
    pk, own = Queue.at(queue.id)
    for item in table.everything_at(pk):
        if item.sk != own:
            writes.delete(item)
    writes.delete(queue)


def note_runner(runner: Runner, queue: str, now: datetime) -> None:
    """Note that a runner is there."""
    runner.pk, runner.sk = Runner.at(queue, runner.name)
    runner.seen_at, runner.gone_at = now, now + FORGOTTEN
    writes.put(runner)


def runners_of(queue: str) -> list[Runner]:
    """The runners that were there in the last week, by name."""
    pk, start = Runner.at(queue, "")
    return patiently(lambda: list(Runner.query(pk, Runner.sk.startswith(start))))


def is_alive(runner: Runner, now: datetime) -> bool:
    """True when a runner has told of itself lately, and is one that gets jobs."""
    return now - runner.seen_at < ALIVE and protocols.is_spoken(int(runner.protocol))


def turn_of(counter: Turn | None) -> int:
    """The number that a counter has. 0 when nobody has counted yet."""
    return 0 if counter is None else int(counter.turn)


def counting(write: Transaction, counter: table.Key, turn: int) -> None:
    """Within a transaction: a counter is at `turn` now. Of two at once the later one stays, which costs a tie at most."""
    write.update(Turn(*counter), actions=[Turn.kind.set(Turn), Turn.turn.set(turn)])


def giving_back(write: Transaction, queue: str, competition: str, turns: int) -> None:
    """Within a transaction: so many turns of a competition were not used."""
    if turns:
        write.update(Turn(*Turn.latest(queue, competition)), actions=[Turn.kind.set(Turn), Turn.turn.add(-turns)])


def _default() -> Queue:
    return Queue(
        *Queue.at(DEFAULT),
        id=DEFAULT,
        name="The site's own runners",
        owner="",
        owner_name="administrators",
        visibility=PUBLIC,
        created_at=table.instant(0),
    )


def queue_of(competition: Competition, group: str | None = None) -> str:
    """The id of the queue that a competition's submissions wait on, or those of a group that it has."""
    own = [one.queue for one in competition.groups if one.key == group and one.queue]
    return own[0] if own else competition.settings.queue or DEFAULT


def queues_of(competition: Competition) -> set[str]:
    """The ids of all queues that a competition's submissions may wait on."""
    return {queue_of(competition), *(one.queue for one in competition.groups if one.queue)}
