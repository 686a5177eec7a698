"""Queues: which jobs a runner can do, and in which order competitions are served.

Start-time fair queueing (Goyal, Vin, Cheng 1996) with jobs of one size: each submission gets a turn when it is queued,
one after the former of its competition, and never before the turn that the queue is serving. So competitions are served
in rotation however many submissions each has, and one that was idle saves no turns up.
"""

from chalicelib.contract import Capabilities


def next_turn(serving: int, last: int) -> int:
    """The turn of a competition's next submission: `serving` is the queue's, `last` that of its former submission."""
    return max(serving, last) + 1


def fits(asked: Capabilities, has: Capabilities) -> bool:
    """True when a runner that has this can do a job that asks for that."""
    enough = asked.cpus <= has.cpus and asked.memory_bytes <= has.memory_bytes and asked.gpus <= has.gpus
    return enough and set(asked.labels) <= set(has.labels)


def together(*levels: Capabilities) -> Capabilities:
    """The demand when several levels ask: the most of each, and every label."""
    return Capabilities(
        cpus=max(level.cpus for level in levels),
        memory_bytes=max(level.memory_bytes for level in levels),
        gpus=max(level.gpus for level in levels),
        labels=tuple(sorted({label for level in levels for label in level.labels})),
    )
