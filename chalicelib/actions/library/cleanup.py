"""Clearing away what was made and came to nothing, or what was replaced."""

from datetime import datetime

from chalicelib import settings
from chalicelib.actions.library import uploads as uploading
from chalicelib.aws import object_keys, objects, streams
from chalicelib.store import writes
from chalicelib.store.library import datasets, orphans
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.queues import queues


def clear(orphan: Orphan, now: datetime) -> None:
    """Remove everything that it names, then its row: until then the sweeper comes back to it."""
    bucket = settings.get().files_bucket
    streams.drop(bucket, orphan.objects)
    objects.delete(bucket, *orphan.objects)
    for key in filter(object_keys.upload_of, orphan.objects):
        uploading.let_go(key, now)
    for use in orphans.uses_of(orphan):
        datasets.no_longer_use(*use)
    for queue, competition in orphan.queues.items():
        queues.no_longer_use(queue, competition)
    writes.delete(orphan)
