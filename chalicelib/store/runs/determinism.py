"""Checks of determinism: which submissions of a phase are repeated, the latest check of each phase."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer


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

    @classmethod
    def at(cls, phase: str) -> Place["DeterminismCheck"]:
        """The place of the latest check of a phase."""
        return Place(cls, f"DETERMINISM#{phase}", "CHECK")


def find(phase: str) -> DeterminismCheck:
    """The latest check of a phase. Raises NotFound."""
    (check,) = table.read(DeterminismCheck.at(phase))
    if check is None:
        raise NotFound(say("nothing_checked", "Nothing of this phase was checked for determinism yet."))
    return check


def begin(check: DeterminismCheck, besides: Composer) -> None:
    """In the place of the phase's former one, with what goes `besides`."""
    writes.put_with(check, besides)


def store(check: DeterminismCheck) -> None:
    """In the place of the phase's former one."""
    writes.put(check)


def new(id_: str, phase: str, asked_by: str, top: int, rows: list[dict[str, object]], now: datetime) -> DeterminismCheck:
    """Not stored yet."""
    return DeterminismCheck(
        *DeterminismCheck.at(phase),
        id=id_,
        phase=phase,
        asked_by=asked_by,
        top=top,
        rows=rows,
        refused={},
        created_at=now,
    )
