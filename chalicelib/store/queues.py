"""Queues of runners as stored: how far each has served, and how far each competition's submissions are numbered."""

from pynamodb.attributes import NumberAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.store import table

DEFAULT = "default"


class Turn(table.Item, discriminator="turn"):
    """A counter of turns: the one that a queue is serving, or the latest that a competition has on it."""

    turn = NumberAttribute(default=0)


def serving_key(queue: str) -> table.Key:
    return f"QUEUE#{queue}", "TURN"


def latest_key(queue: str, competition: str) -> table.Key:
    return f"QUEUE#{queue}", f"TURN#{competition}"


def waiting_key(queue: str) -> str:
    return f"QUEUE#{queue}"


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
