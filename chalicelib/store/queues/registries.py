"""Sign-ins to private registries of Docker images. Their passwords are kept apart (aws/secrets.py)."""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.queues.queues import Queue
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer


class Registry(table.Item, discriminator="registry"):
    """The sign-in that images of `server` are pulled with, for the jobs of one competition or one queue.

    `password` is that of a row of an earlier build: such a one is in no other place until it is stored again.
    """

    server = UnicodeAttribute()
    username = UnicodeAttribute()
    password = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute()

    @classmethod
    def of_competition(cls, competition: str) -> Place["Registry"]:
        """The place of a competition's sign-in."""
        return Place(cls, Competition.at(competition)[0], "REGISTRY")

    @classmethod
    def of_queue(cls, queue: str) -> Place["Registry"]:
        """The place of a queue's sign-in."""
        return Place(cls, Queue.at(queue)[0], "REGISTRY")


def secret_name(pk: str) -> str:
    """The name under which the password of the sign-in at this key is kept."""
    noun, _, id_ = pk.partition("#")
    return f"registries/{noun.lower()}/{id_}"


def find(place: Place[Registry]) -> Registry | None:
    """The sign-in at a place, if there is one."""
    (registry,) = table.read(place)
    return registry


def remove(place: Place[Registry], besides: Composer) -> None:
    """Forget a sign-in, with what goes `besides`. It is no error when there is none."""
    writes.delete_with(Registry(*place), besides)
