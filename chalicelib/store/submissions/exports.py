"""What was submitted to a phase and what came of it, packed for its organizers into one zip, or several when it is large."""

from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place

#: How long a export lies ready.
LIFETIME = timedelta(days=7)


class SubmissionExport(BackgroundJob, discriminator="parcel"):
    """An export of submissions. `chosen` are the ids of its submissions, null for all that there were when it was ordered.

    `zips` has `{size_bytes, submissions}` of each that is there. Those submissions come next that are older than `cursor`,
    until it is `complete`.
    """

    competition = UnicodeAttribute()
    phase = UnicodeAttribute()
    chosen = JSONAttribute(null=True)
    zips = JSONAttribute()
    cursor = UnicodeAttribute(null=True)
    expires_at = UTCDateTimeAttribute(null=True)
    done = NumberAttribute(default=0)

    @classmethod
    def at(cls, export: str) -> Place["SubmissionExport"]:
        """Where an export is."""
        return Place(cls, f"PARCEL#{export}", "PARCEL")


def owner_key(phase: str) -> str:
    return f"PARCELS#{phase}"


def find(export: str, phase: str | None = None) -> SubmissionExport:
    """A export, of `phase` when given. Raises NotFound."""
    (found,) = table.read(SubmissionExport.at(export))
    if found is None or (phase is not None and found.phase != phase):
        raise NotFound("This phase has no such parcel. They are thrown away after a week.")
    return found


def of_phase(phase: str, limit: int) -> list[SubmissionExport]:
    """The newest exports of a phase."""
    return table.newest_owned(SubmissionExport, owner_key(phase), None, limit)[0]


def keep(export: SubmissionExport, one: dict[str, Any], cursor: str) -> None:
    """A zip is there; what comes next is older than `cursor`. Raises TakenOver."""
    zips = SubmissionExport.zips.set([*export.zips, one])
    jobs.advance(export, [zips, SubmissionExport.cursor.set(cursor), SubmissionExport.done.add(one["submissions"])])


def finish(export: SubmissionExport, now: datetime) -> None:
    """All of it is there, for a while. Raises TakenOver."""
    jobs.finish(export, [SubmissionExport.expires_at.set(now + LIFETIME)], expires_at=now + LIFETIME)


def fail(export: SubmissionExport, reason: str, now: datetime) -> None:
    """It comes to nothing. Raises TakenOver."""
    jobs.fail(export, reason, [SubmissionExport.expires_at.set(now + LIFETIME)], expires_at=now + LIFETIME)
