"""Competitions on their way back to being bundles."""

from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import UpdateError

from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.imports import FAILED, FINISHED, LEASE, RUNNING, WAITING

FULL, LIGHT = "full", "light"


class Dump(table.Item, discriminator="dump"):
    """One dump. `attempt` counts the functions that began and were broken off."""

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    form = UnicodeAttribute()
    status = UnicodeAttribute()
    attempt = NumberAttribute(default=0)
    object_key = UnicodeAttribute()
    size_bytes = NumberAttribute(null=True)
    complaints = JSONAttribute(null=True)
    created_at = UTCDateTimeAttribute()


def key(dump: str) -> table.Key:
    return f"DUMP#{dump}", "DUMP"


def owner_key(competition: str) -> str:
    return f"DUMPS#{competition}"


def find(dump: str, competition: str | None = None) -> Dump:
    """A dump, of `competition` when given. Raises NotFound."""
    found = table.fetch(key(dump)).get(key(dump))
    if not isinstance(found, Dump) or (competition is not None and found.competition != competition):
        raise NotFound("This competition has no such dump.")
    return found


def of_competition(competition: str, limit: int) -> list[Dump]:
    """The newest dumps of a competition."""
    return table.newest_owned(Dump, owner_key(competition), None, limit)[0]


def begin(dump: Dump, now: datetime) -> bool:
    """Take the dump. False when another function has it or had it."""
    try:
        dump.update(
            actions=[Dump.status.set(RUNNING), Dump.attempt.add(1), *Dump.waking_at(now + LEASE)],
            condition=Dump.status == WAITING,
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def wait_again(dump: Dump, wake_at: datetime, is_paused: bool = False) -> None:
    """Another function is to go on. Raises Conflict on a lost race."""
    counting = [Dump.attempt.set(0)] if is_paused else []
    try:
        dump.update(
            actions=[Dump.status.set(WAITING), *counting, *Dump.waking_at(wake_at)],
            condition=Dump.due_at == dump.due_at,
        )
    except UpdateError as error:
        raise Conflict("Somebody else has just looked after this dump.") from error


def finish(dump: Dump, size_bytes: int, complaints: list[dict[str, Any]]) -> None:
    """The bundle is there."""
    dump.update(
        actions=[
            Dump.status.set(FINISHED),
            Dump.size_bytes.set(size_bytes),
            Dump.complaints.set(complaints),
            *Dump.asleep(),
        ]
    )


def fail(dump: Dump, complaints: list[dict[str, Any]]) -> None:
    """End a dump without a bundle."""
    dump.update(actions=[Dump.status.set(FAILED), Dump.complaints.set(complaints), *Dump.asleep()])


OVERDUE = timedelta(minutes=1)
