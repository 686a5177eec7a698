"""Feeds of news: Atom (RFC 4287) and JSON Feed (version 1.1) of the same items."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5
from xml.etree import ElementTree as Xml

_ATOM = "http://www.w3.org/2005/Atom"
#: Signs that XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedItem:
    """One piece of news. `id` is a `urn:uuid:`, the same for ever; without a `link` there is no page of it."""

    id: str
    title: str
    text: str
    author: str
    published_at: datetime
    updated_at: datetime
    link: str | None
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Feed:
    """News, the newest first, and the page that tells all of it."""

    id: str
    title: str
    link: str | None
    items: Sequence[FeedItem]

    @property
    def updated_at(self) -> datetime:
        """The time of its newest item: a feed without one was never updated."""
        return max((item.updated_at for item in self.items), default=_BEGINNING)


def urn(name: str) -> str:
    """The lasting id of what has this name in all of Agon, such as `competition/01j…`."""
    return uuid5(UUID("5b3ab3a1-6ad5-4a7c-8a86-6f9b7a0d9c11"), name).urn


def atom(feed: Feed) -> str:
    """The feed as application/atom+xml."""
    Xml.register_namespace("", _ATOM)
    root = Xml.Element(f"{{{_ATOM}}}feed")
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _iso(feed.updated_at))
    _link(root, feed.link)
    for item in feed.items:
        entry = Xml.SubElement(root, f"{{{_ATOM}}}entry")
        _text(entry, "id", item.id)
        _text(entry, "title", item.title)
        _text(entry, "published", _iso(item.published_at))
        _text(entry, "updated", _iso(item.updated_at))
        _text(Xml.SubElement(entry, f"{{{_ATOM}}}author"), "name", item.author)
        _link(entry, item.link)
        for tag in item.tags:
            Xml.SubElement(entry, f"{{{_ATOM}}}category", term=_writable(tag))
        # Text and never HTML, so that no reader finds anything to run.
        _text(entry, "content", item.text).set("type", "text")
    return Xml.tostring(root, encoding="unicode", xml_declaration=False)


def json_feed(feed: Feed) -> str:
    """The feed as application/feed+json."""
    told: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if feed.link:
        told["home_page_url"] = feed.link
    told["items"] = [_told(item) for item in feed.items]
    return json.dumps(told, ensure_ascii=False)


def _told(item: FeedItem) -> dict[str, Any]:
    told = {
        "id": item.id,
        "title": item.title,
        "content_text": item.text,
        "date_published": _iso(item.published_at),
        "date_modified": _iso(item.updated_at),
        "authors": [{"name": item.author}],
        "tags": list(item.tags),
    }
    return told | {"url": item.link} if item.link else told


def _text(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = _writable(text)
    return element


def _link(parent: Xml.Element, link: str | None) -> None:
    if link:
        Xml.SubElement(parent, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=_writable(link))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
