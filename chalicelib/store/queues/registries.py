"""Sign-ins to private registries of Docker images. Their passwords are kept apart (aws/secrets.py)."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.queues.queues import Queue
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer


class Registry(table.Item, discriminator="registry"):
    """The sign-in that images of `server` are pulled with, for the jobs of one competition or one queue.

    `password` is that of a row without a shape: such a one is in no other place until it is moved (ADR 48).
    """

    shape = NumberAttribute(attr_name="v", null=True, default_for_new=1)

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


def moved(registry: Registry) -> bool:
    """Forget the password that a row of a former build has, which is kept elsewhere now. False when the row has changed."""
    former = Registry.password
    as_read = former == registry.password if registry.password else former.does_not_exist() & Registry.pk.exists()
    return writes.update_if(registry, [former.remove(), Registry.shape.set(1)], as_read & Registry.shape.does_not_exist())


def remove(place: Place[Registry], besides: Composer) -> None:
    """Forget a sign-in, with what goes `besides`. It is no error when there is none."""
    writes.delete_with(Registry(*place), besides)
