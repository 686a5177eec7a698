"""The catalogue as an object that everybody who searches reads: it is fetched again only after it has changed."""

import gzip
from dataclasses import dataclass
from typing import Any

import orjson

from chalicelib import settings
from chalicelib.aws import object_keys, objects
from chalicelib.domain.discovery.catalogue import Catalogue, CatalogueEntry

_FIELDS = ("id", "published_at", "starts_at", "ends_at", "participants", "has_reward", "is_featured")


@dataclass(frozen=True)
class CatalogueVersion:
    """A catalogue under the ETag of its object, None when there is none yet."""

    catalogue: Catalogue
    etag: str | None


#: What this process has read last, by the bucket that it is of.
_held: dict[str, CatalogueVersion] = {}


def current() -> CatalogueVersion:
    """The catalogue of this moment, by one call, which brings nothing but a yes while this process has it."""
    bucket = settings.get().runs_bucket
    held = _held.get(bucket)
    try:
        newer = objects.newer(bucket, object_keys.catalogue(), held.etag if held else None)
    except LookupError:
        return CatalogueVersion(Catalogue((), {}), None)
    if newer is not None:
        held = _held[bucket] = CatalogueVersion(read(newer.content), newer.etag)
    assert held is not None, "S3 says that something has not changed which was never read."
    return held


def replace(former: CatalogueVersion, catalogue: Catalogue) -> bool:
    """Store another in the place of the one that it was made of. False when somebody else has."""
    bucket = settings.get().runs_bucket
    return objects.replace(bucket, object_keys.catalogue(), written(catalogue), "application/gzip", former.etag)


def written(catalogue: Catalogue) -> bytes:
    """The content of a catalogue's object."""
    entries = [[getattr(entry, name) for name in _FIELDS] for entry in catalogue.entries]
    archived = [entry.id for entry in catalogue.entries if entry.is_archived]
    told = orjson.dumps({"version": 1, "entries": entries, "words": catalogue.postings, "archived": archived})
    return gzip.compress(told, compresslevel=6, mtime=0)


def read(content: bytes) -> Catalogue:
    """The catalogue of an object's content."""
    stored: dict[str, Any] = orjson.loads(gzip.decompress(content))
    # By themselves: a build that knows of none reads the rest, and what it stored is read here.
    archived = set(stored.get("archived", ()))
    told = (dict(zip(_FIELDS, one, strict=True)) for one in stored["entries"])
    entries = [CatalogueEntry(**one, words={}, is_archived=one["id"] in archived) for one in told]
    return Catalogue(entries, stored["words"], sorted(stored["words"]))
