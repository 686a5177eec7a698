"""Clearing away what was made and came to nothing, or what was replaced."""

from chalicelib import settings
from chalicelib.aws import objects, streams
from chalicelib.store import writes
from chalicelib.store.library import datasets, orphans
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.queues import queues


def clear(orphan: Orphan) -> None:
    """Remove everything that it names, then its row: until then the sweeper comes back to it."""
    bucket = settings.get().files_bucket
    streams.drop(bucket, orphan.objects)
    objects.delete(bucket, *orphan.objects)
    for use in orphans.uses_of(orphan):
        datasets.no_longer_use(*use)
    for queue, competition in orphan.queues.items():
        queues.no_longer_use(queue, competition)
    writes.delete(orphan)
