"""Clearing away what was made and came to nothing, or what was replaced."""

from chalicelib import settings
from chalicelib.aws import objects, streams
from chalicelib.store.library import datasets, orphans
from chalicelib.store.library.orphans import Leftover
from chalicelib.store.queues import queues


def clear(leftover: Leftover) -> None:
    """Remove everything that it names, then its row: until then the sweeper comes back to it."""
    bucket = settings.get().files_bucket
    streams.drop(bucket, leftover.objects)
    objects.delete(bucket, *leftover.objects)
    for use in orphans.uses_of(leftover):
        datasets.no_longer_use(*use)
    for queue, competition in leftover.queues.items():
        queues.no_longer_use(queue, competition)
    leftover.delete()
