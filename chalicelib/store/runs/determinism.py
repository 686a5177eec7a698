"""Checks of determinism: which submissions of a phase are repeated, the latest check of each phase."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import NotFound
from chalicelib.store import table


class DeterminismCheck(table.Item, discriminator="determinism_check"):
    """One check. `rows` has `{rank, submission}` of the best, `refused` why some are not repeated.

    What came of it is kept by the attempts that carry its id.
    """

    id = UnicodeAttribute()
    phase = UnicodeAttribute()
    asked_by = UnicodeAttribute()
    top = NumberAttribute()
    rows = JSONAttribute()
    refused = JSONAttribute()
    created_at = UTCDateTimeAttribute()


def key(phase: str) -> table.Key:
    return f"DETERMINISM#{phase}", "CHECK"


def find(phase: str) -> DeterminismCheck:
    """The latest check of a phase. Raises NotFound."""
    found = table.fetch(key(phase)).get(key(phase))
    if not isinstance(found, DeterminismCheck):
        raise NotFound("Nothing of this phase was checked for determinism yet.")
    return found


def store(check: DeterminismCheck) -> None:
    """In the place of the phase's former one."""
    check.save()


def new(id_: str, phase: str, asked_by: str, top: int, rows: list[dict[str, object]], now: datetime) -> DeterminismCheck:
    """Not stored yet."""
    facts = {"id": id_, "phase": phase, "asked_by": asked_by, "top": top, "rows": rows, "refused": {}}
    return DeterminismCheck(*key(phase), created_at=now, **facts)
