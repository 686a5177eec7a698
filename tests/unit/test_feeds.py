"""Feeds of strangers' texts: well-formed whatever stands in them."""

import json
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.discovery.feeds import Feed, FeedItem, atom, json_feed, urn

NOW = datetime(2026, 11, 29, 16, tzinfo=UTC)


def feed(text: str) -> Feed:
    item = FeedItem(urn("a"), text, text, text, NOW, NOW, f"https://agon.example/{text}", [text])
    return Feed(urn("site"), text, "https://agon.example", [item])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_makes_a_well_formed_feed(text: str) -> None:
    root = ElementTree.fromstring(atom(feed(text)).encode())
    content = root.find(".//{http://www.w3.org/2005/Atom}content")
    assert content is not None and content.get("type") == "text" and len(list(content)) == 0
    assert json.loads(json_feed(feed(text)))["items"][0]["content_text"] == text


def test_signs_that_xml_cannot_write_are_replaced() -> None:
    assert "a\N{REPLACEMENT CHARACTER}b</title>" in atom(feed("a\x0bb"))


def test_a_feed_is_as_new_as_its_newest_item_and_times_are_in_utc() -> None:
    east = timezone(timedelta(hours=2))
    old = FeedItem(urn("a"), "", "", "", NOW, NOW, None)
    new = FeedItem(urn("b"), "", "", "", NOW, datetime(2026, 11, 29, 19, tzinfo=east), None)
    assert "<updated>2026-11-29T17:00:00Z</updated>" in atom(Feed(urn("f"), "", None, [old, new])).partition("<entry>")[0]
    assert "<updated>1970-01-01T00:00:00Z</updated>" in atom(Feed(urn("f"), "", None, []))


def test_an_id_stays_the_same_for_ever() -> None:
    assert urn("competition/a") == urn("competition/a") != urn("competition/b")
