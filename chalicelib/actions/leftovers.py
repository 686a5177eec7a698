"""Clearing away what was made and came to nothing, or what was replaced."""

from chalicelib import settings
from chalicelib.aws import objects, streams
from chalicelib.store import datasets, leftovers, queues
from chalicelib.store.leftovers import Leftover


def clear(leftover: Leftover) -> None:
    """Remove everything that it names, then its row: until then the sweeper comes back to it."""
    bucket = settings.get().files_bucket
    streams.drop(bucket, leftover.objects)
    objects.delete(bucket, *leftover.objects)
    for use in leftovers.uses_of(leftover):
        datasets.no_longer_use(*use)
    for queue, competition in leftover.queues.items():
        queues.no_longer_use(queue, competition)
    leftover.delete()
