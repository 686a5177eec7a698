"""Jobs on the groups of many participants: the rules applied to all, or the submissions of some moved to their groups."""

from collections.abc import Sequence

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.errors import NotFound, say
from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place


class GroupJob(BackgroundJob, discriminator="group_job"):
    """One such job. `participants` are those whose submissions are moved, by their accounts; None: the rules are applied to
    all, in the name of the account that is its `owner`.

    `cursor` is where the next page begins. Once the list is `exhausted` those named are looked at a second time. `done`
    counts those who were looked at, `changed` those whose groups the rules changed.
    """

    competition = UnicodeAttribute()
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    participants = JSONAttribute(null=True)
    cursor = UnicodeAttribute(null=True)
    exhausted = BooleanAttribute(default=False)
    done = NumberAttribute(default=0)
    changed = NumberAttribute(default=0)

    @classmethod
    def at(cls, job: str) -> Place["GroupJob"]:
        """The place of such a job."""
        return Place(cls, f"GROUPING#{job}", "GROUPING")


def owner_key(competition: str) -> str:
    """The key under which a competition's jobs are listed."""
    return f"GROUPINGS#{competition}"


def find(job: str) -> GroupJob:
    """Raises NotFound."""
    (found,) = table.read(GroupJob.at(job))
    if found is None:
        raise NotFound(say("no_group_job", "There is no such work on groups."))
    return found


def of_competition(competition: str, limit: int) -> list[GroupJob]:
    """The newest jobs of a competition."""
    return table.newest_owned(GroupJob, owner_key(competition), None, limit)[0]


def advance(job: GroupJob, cursor: str | None, done: int, changed: int = 0) -> None:
    """A page is done; without a cursor it was the last. Raises TakenOver."""
    actions = [
        GroupJob.exhausted.set(cursor is None or bool(job.exhausted)),
        GroupJob.cursor.set(cursor) if cursor else GroupJob.cursor.remove(),
        GroupJob.done.add(done),
        GroupJob.changed.add(changed),
    ]
    jobs.advance(job, actions)


def named(job: GroupJob) -> Sequence[str]:
    """The participants whose submissions are moved."""
    return [str(user) for user in job.participants or ()]
