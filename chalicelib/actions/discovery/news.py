"""Feeds: the site's new competitions and announcements, and what happens in one competition, its forum's threads too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from chalicelib.actions.competitions.permissions import check_visible, sees
from chalicelib.actions.discovery import links, searching
from chalicelib.domain.discovery import feeds
from chalicelib.domain.discovery.feeds import Feed, FeedItem
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.forum import announcements, threads
from chalicelib.store.forum.announcements import SITE

#: Items of a feed: who fetches it once a day misses none.
ITEMS = 50
#: Announcements are long: so many of the longest are one answer still.
ANNOUNCED = 20
FORMS: Mapping[str, Callable[[Feed], str]] = {"atom": feeds.atom, "json": feeds.json_feed}
MEDIA_TYPES: Mapping[str, str] = {"atom": "application/atom+xml", "json": "application/feed+json"}


def of_site(form: str, root: str, now: datetime) -> str:
    """The feed of the competitions that were published last, and of what administrators announced, by three calls."""
    items = [*(_new(one, root) for one in searching.newest(ITEMS, now)), *_announced(SITE, links.of_site(root))]
    return FORMS[form](Feed(feeds.urn("site"), "New competitions", links.of_site(root), _newest(items)))


def of_competition(competition_id: str, form: str, root: str, now: datetime) -> str:
    """The feed of a published competition: its phases as they begin and end, announcements, threads. Raises NotFound.

    Three calls.
    """
    competition, phases = competitions.find(competition_id)
    check_visible(competition, None)
    happened = [item for item in _phases(competition, phases, root) if item.published_at <= now]
    page = links.of_competition(competition, root)
    items = [*happened, *_announced(competition.id, page), *(_begun(competition, page))]
    return FORMS[form](Feed(feeds.urn(f"competition/{competition.id}/news"), competition.title, page, _newest(items)))


def _newest(items: Sequence[FeedItem]) -> list[FeedItem]:
    return sorted(items, key=lambda item: item.published_at, reverse=True)[:ITEMS]


def _announced(subject: str, page: str) -> Iterator[FeedItem]:
    """The newest announcements, in Markdown as they were written: a feed has text and no HTML."""
    for one in announcements.newest(subject, None, ANNOUNCED)[0]:
        urn = feeds.urn(f"announcement/{one.id}")
        yield FeedItem(urn, one.title, one.text, one.username, one.created_at, one.edited_at or one.created_at, page)


def _begun(competition: Competition, page: str) -> Iterator[FeedItem]:
    """The threads in which somebody wrote last, by their titles: what is in them, their pages tell."""
    if not competition.settings.forum_enabled:
        return
    for one in threads.newest(competition.id, None, ITEMS)[0]:
        if one.title:
            urn = feeds.urn(f"thread/{one.id}")
            yield FeedItem(urn, one.title, "", one.username, one.created_at, one.last_at, page)


def _new(competition: Competition, root: str) -> FeedItem:
    published_at = competition.published_at or competition.created_at
    reward = competition.settings.reward
    told = [competition.description, f"To be won: {reward}" if reward else ""]
    return FeedItem(
        feeds.urn(f"competition/{competition.id}"),
        competition.title,
        "\n\n".join(filter(None, told)),
        competition.organizer,
        published_at,
        published_at,
        links.of_competition(competition, root),
        competition.settings.tags,
    )


def _phases(competition: Competition, phases: Sequence[Phase], root: str) -> Iterator[FeedItem]:
    for phase in (one for one in phases if sees(competition, one, None, ())):
        for word, at in (("begun", phase.starts_at), ("ended", phase.ends_at)):
            if at is not None:
                yield FeedItem(
                    feeds.urn(f"phase/{phase.id}/{word}"),
                    f"{phase.name} has {word}",
                    phase.description if word == "begun" else "",
                    competition.organizer,
                    at,
                    at,
                    links.of_competition(competition, root),
                )
