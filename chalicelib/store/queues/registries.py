"""Sign-ins to private registries of Docker images. A password leaves the table for a runner's Job alone."""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.queues.queues import Queue
from chalicelib.store.table import Place


class Registry(table.Item, discriminator="registry"):
    """What images of `server` are pulled with, for the jobs of one competition or one queue."""

    server = UnicodeAttribute()
    username = UnicodeAttribute()
    password = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()

    @classmethod
    def of_competition(cls, competition: str) -> Place["Registry"]:
        """Where a competition's sign-in is."""
        return Place(cls, Competition.at(competition)[0], "REGISTRY")

    @classmethod
    def of_queue(cls, queue: str) -> Place["Registry"]:
        """Where a queue's sign-in is."""
        return Place(cls, Queue.at(queue)[0], "REGISTRY")


def competition_key(competition: str) -> table.Key:
    return Registry.of_competition(competition)


def queue_key(queue: str) -> table.Key:
    return Registry.of_queue(queue)


def find(place: Place[Registry]) -> Registry | None:
    """The sign-in at a place, if there is one."""
    (registry,) = table.read(place)
    return registry


def remove(place: Place[Registry]) -> None:
    """Forget a sign-in. It is no error when there is none."""
    writes.delete(Registry(*place))
