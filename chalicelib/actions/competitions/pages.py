"""Content that a competition shows of its own: the texts of its pages, its logo and the files that pages link to."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from chalicelib import ids, responses, settings
from chalicelib.actions.competitions import permissions, showing
from chalicelib.aws import object_keys, objects
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.competitions.definition import Ref

SUFFIXES = {"markdown": ".md", "html": ".html"}
URL_SECONDS = 3600


@dataclass(frozen=True)
class File:
    """A small file that a competition is to have, and where it will lie."""

    ref: Ref
    content: bytes
    content_type: str


def text(competition: str, content: str, form: str, now: datetime) -> File:
    """A text under a name of its own: whoever reads the former one meanwhile reads it whole."""
    new = file(competition, content.encode(), SUFFIXES[form], "text/plain; charset=utf-8", now)
    return replace(new, ref={**new.ref, "format": form})


def file(competition: str, content: bytes, suffix: str, content_type: str, now: datetime) -> File:
    """A small file of a competition, not stored yet."""
    key = object_keys.of_competition(competition, f"{ids.new(now)}{suffix}")
    ref = {"object_key": key, "size_bytes": len(content), "sha256": ids.digest_of(content)}
    return File(ref, content, content_type)


def store(new: File) -> None:
    """Store a file."""
    objects.write(settings.get().files_bucket, new.ref["object_key"], new.content, new.content_type)


def show(competition_id: str, index: int, account: Account | None, link: str | None, now: datetime) -> responses.Page:
    """A page's text, and signed URLs of the assets that it names.

    Raises NotFound, and NotAllowed for a page that is its participants' alone: to ask whether they are one costs a call.
    """
    competition = _find(competition_id, account, link, now)
    found = [page for page in showing.pages_of(competition) if page["index"] == index]
    if not found:
        raise NotFound(say("no_page", "This competition has no such page."))
    page = found[0]
    if is_for_participants(page) and not permissions.is_inside(competition, account):
        raise NotAllowed(
            say(
                "page_for_participants",
                "The page “{page}” is for participants. Join the competition to read it.",
                page=page["title"],
            )
        )
    text = objects.read(settings.get().files_bucket, page["object_key"]).decode("utf-8", "replace")
    kept = (competition.assets or {}).items()
    named = {name: url_of(ref, name) for name, ref in kept if name in text or quote(name) in text}
    return responses.Page(index, page["title"], page["format"], text, named)


def assets(competition_id: str, account: Account | None, link: str | None, now: datetime) -> responses.Assets:
    """The files that pages link to. Raises NotFound.

    Where a page is its participants' alone, others are told of none: what they may read comes with its own.
    """
    competition = _find(competition_id, account, link, now)
    if any(map(is_for_participants, competition.pages)) and not permissions.is_inside(competition, account):
        return responses.Assets([])
    files = (competition.assets or {}).items()
    return responses.Assets([responses.Asset(name, url_of(ref, name), int(ref["size_bytes"])) for name, ref in files])


def is_for_participants(page: Mapping[str, Any]) -> bool:
    """True for a page, as it is stored, that participants alone read."""
    return bool(page.get("participants_only"))


def url_of(ref: Ref, name: str) -> str:
    """A signed URL for a page to draw an image from. Whoever opens it gets a file, whatever is in it."""
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_drawn = content_type.startswith("image/")
    filename = PurePosixPath(name).name
    bucket = settings.get().files_bucket
    return objects.get_url(bucket, ref["object_key"], filename, URL_SECONDS, content_type if is_drawn else None)


def _find(competition_id: str, account: Account | None, link: str | None, now: datetime) -> Competition:
    (competition,) = table.read(Competition.at(competition_id))
    return permissions.check_may_enter(competition, account, link, now)
