"""Sign-ins to private registries of Docker images. A password leaves the table for a runner's Job alone."""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.queues import queues


class Registry(table.Item, discriminator="registry"):
    """What images of `server` are pulled with, for the jobs of one competition or one queue."""

    server = UnicodeAttribute()
    username = UnicodeAttribute()
    password = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()


def competition_key(competition: str) -> table.Key:
    return competitions.key(competition)[0], "REGISTRY"


def queue_key(queue: str) -> table.Key:
    return queues.key(queue)[0], "REGISTRY"


def find(key: table.Key) -> Registry | None:
    """The sign-in at a key, if there is one."""
    found = table.fetch(key).get(key)
    return found if isinstance(found, Registry) else None


def remove(key: table.Key) -> None:
    """Forget a sign-in. It is no error when there is none."""
    Registry(*key).delete()
