"""What was submitted to a phase and what came of it, packed for its organizers into one zip, or several when it is large."""

from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import UpdateError

from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.background.packing import Packing
from chalicelib.store.background.states import FAILED, FINISHED, RUNNING

#: How long a parcel lies ready.
LIFETIME = timedelta(days=7)


class SubmissionExport(Packing, discriminator="parcel"):
    """One parcel. `chosen` are the ids of its submissions, null for all that there were when it was ordered.

    `zips` has `{size_bytes, submissions}` of each that is there. Those submissions come next that are older than `cursor`,
    until it is `complete`.
    """

    phase = UnicodeAttribute()
    chosen = JSONAttribute(null=True)
    zips = JSONAttribute()
    cursor = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    expires_at = UTCDateTimeAttribute(null=True)
    done = NumberAttribute(default=0)


def key(export: str) -> table.Key:
    return f"PARCEL#{export}", "PARCEL"


def owner_key(phase: str) -> str:
    return f"PARCELS#{phase}"


def find(export: str, phase: str | None = None) -> SubmissionExport:
    """A parcel, of `phase` when given. Raises NotFound."""
    found = table.fetch(key(export)).get(key(export))
    if not isinstance(found, SubmissionExport) or (phase is not None and found.phase != phase):
        raise NotFound("This phase has no such parcel. They are thrown away after a week.")
    return found


def of_phase(phase: str, limit: int) -> list[SubmissionExport]:
    """The newest parcels of a phase."""
    return table.newest_owned(SubmissionExport, owner_key(phase), None, limit)[0]


def keep(export: SubmissionExport, one: dict[str, Any], cursor: str) -> None:
    """A zip is there; what comes next is older than `cursor`. Raises Conflict when another function has taken over."""
    actions = [
        SubmissionExport.zips.set([*export.zips, one]),
        SubmissionExport.cursor.set(cursor),
        SubmissionExport.done.add(one["submissions"]),
        # Only functions that come no further count towards giving up.
        SubmissionExport.attempt.set(1),
    ]
    try:
        export.update(
            actions=actions, condition=(SubmissionExport.status == RUNNING) & (SubmissionExport.due_at == export.due_at)
        )
    except UpdateError as error:
        raise Conflict("Another function goes on with this.") from error


def finish(export: SubmissionExport, now: datetime) -> None:
    """All of it is there, for a while."""
    _end(export, FINISHED, "", now)


def fail(export: SubmissionExport, reason: str, now: datetime) -> None:
    """It comes to nothing."""
    _end(export, FAILED, reason, now)


def _end(export: SubmissionExport, status: str, reason: str, now: datetime) -> None:
    expires_at = now + LIFETIME
    actions = [
        SubmissionExport.status.set(status),
        SubmissionExport.reason.set(reason),
        SubmissionExport.expires_at.set(expires_at),
    ]
    export.update(actions=[*actions, *SubmissionExport.waking_at(expires_at)])
