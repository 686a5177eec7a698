"""Jobs on many submissions of a phase: page by page, and on from where one broke off."""

from collections.abc import Sequence
from enum import Enum

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.errors import NotFound, say
from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place

MIGRATE, RERUN, REORDER = "migrate", "rerun", "reorder"


class Progress(Enum):
    """The progress of a job: there are more pages, it is to be looked at later, or it is through."""

    GOES_ON = "goes on"
    WAITS = "waits"
    DONE = "done"


class PhaseJob(BackgroundJob, discriminator="batch"):
    """One such job. `cursor` is where the next page begins, until the list is `exhausted`; then those `waiting` come again.

    `source` is the phase that submissions come from, `rule` which of them, `until` when the waiting is over. `refused` has
    why the latest of those that it could not be done to was left alone.
    """

    work = UnicodeAttribute()
    phase = UnicodeAttribute()
    source = UnicodeAttribute(null=True)
    rule = UnicodeAttribute(null=True)
    cursor = UnicodeAttribute(null=True)
    exhausted = BooleanAttribute(default=False, attr_name="listed")
    waiting_for = JSONAttribute(null=True, attr_name="waiting")
    until = UTCDateTimeAttribute(null=True)
    done = NumberAttribute(default=0)
    refused = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, job: str) -> Place["PhaseJob"]:
        """The place of such a job."""
        return Place(cls, f"BATCH#{job}", "BATCH")


def migration_id(phase: str) -> str:
    """The id of the one migration into a phase."""
    return f"{phase}-migration"


def owner_key(phase: str) -> str:
    """Under which a phase's jobs are listed."""
    return f"JOBS#{phase}"


def find(job: str) -> PhaseJob:
    """Raises NotFound."""
    (found,) = table.read(PhaseJob.at(job))
    if found is None:
        raise NotFound(say("no_phase_job", "There is no such work on many submissions."))
    return found


def of_phase(phase: str, limit: int) -> list[PhaseJob]:
    """The newest jobs of a phase."""
    return table.newest_owned(PhaseJob, owner_key(phase), None, limit)[0]


def advance(job: PhaseJob, cursor: str | None, waiting: Sequence[str], done: int, refused: str | None = None) -> None:
    """A page is done; without a cursor it was the last. Raises TakenOver."""
    actions: list[Action] = [
        PhaseJob.exhausted.set(cursor is None),
        PhaseJob.cursor.set(cursor) if cursor else PhaseJob.cursor.remove(),
        PhaseJob.waiting_for.set(list(waiting)),
        PhaseJob.done.add(done),
    ]
    if refused:
        actions.append(PhaseJob.refused.set(refused))
    jobs.advance(job, actions)
