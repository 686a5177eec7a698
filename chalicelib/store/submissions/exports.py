"""The submissions to a phase and what came of them, packed for its organizers into one zip, or several when it is large."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.metering import room
from chalicelib.errors import NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.metering import storage
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

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
        """The place of an export."""
        return Place(cls, f"PARCEL#{export}", "PARCEL")


def owner_key(phase: str) -> str:
    return f"PARCELS#{phase}"


def find(export: str, phase: str | None = None) -> SubmissionExport:
    """A export, of `phase` when given. Raises NotFound."""
    (found,) = table.read(SubmissionExport.at(export))
    if found is None or (phase is not None and found.phase != phase):
        raise NotFound(say("no_submission_export", "This phase has no such export. They are thrown away after a week."))
    return found


def of_phase(phase: str, limit: int) -> list[SubmissionExport]:
    """The newest exports of a phase."""
    return table.newest_owned(SubmissionExport, owner_key(phase), None, limit)[0]


def keep(export: SubmissionExport, one: dict[str, Any], cursor: str) -> None:
    """A zip is there; what comes next is older than `cursor`. Raises TakenOver."""
    zips, done = [*export.zips, one], int(export.done) + one["submissions"]
    actions = [SubmissionExport.zips.set(zips), SubmissionExport.cursor.set(cursor), SubmissionExport.done.set(done)]
    changes = {room.EXPORTS: one["size_bytes"]}
    jobs.advance_with(export, actions, lambda write: storage.counting(write, _holder(export), changes))
    export.zips, export.cursor, export.done = zips, cursor, done


def forget(export: SubmissionExport) -> None:
    """Take an export away whose zips are gone. It is no error when it is gone itself."""
    changes = {room.EXPORTS: -sum(one["size_bytes"] for one in export.zips)}

    def compose(write: Transaction) -> None:
        write.delete(export, condition=SubmissionExport.pk.exists())
        storage.counting(write, _holder(export), changes)

    with suppress(ConditionFailed):
        writes.transact(compose)


def _holder(export: SubmissionExport) -> storage.Holder:
    return storage.competition(export.competition)


def finish(export: SubmissionExport, now: datetime) -> None:
    """Say that all of it is there, for a while. Raises TakenOver."""
    jobs.finish(export, [SubmissionExport.expires_at.set(now + LIFETIME)], expires_at=now + LIFETIME)


def fail(export: SubmissionExport, reason: str, now: datetime, along: Composer) -> None:
    """Say that it comes to nothing. Raises TakenOver."""
    jobs.fail(export, reason, along, [SubmissionExport.expires_at.set(now + LIFETIME)], now + LIFETIME)
