"""Feeds, calendars and descriptions: texts for other programs than ours."""

from typing import Any

from chalice.app import Response

from chalicelib import parameters, responses
from chalicelib.actions.discovery import data_cards, deadlines, news
from chalicelib.answers import text_response
from chalicelib.errors import Conflict
from chalicelib.http import Access, Call, Routes, Tagged

routes = Routes(__name__)
_COMPETITION = "/v1/competitions/{competition}"
_FORM = parameters.choice("form", "The form of the feed.", ["atom", "json"], "atom")
_FEEDS = ("application/atom+xml", "application/feed+json")
_CALENDAR, _JSON_LD = "text/calendar", "application/ld+json"
#: Readers ask again and again: a page of news may be so old, and one's own calendar is nobody else's to keep.
_FRESH, _OWN = "public, max-age=300", "private, max-age=900"


@routes.get("/v1/feed", access=Access.ANYONE, answer=str, query=(_FORM,), tagged=Tagged.KNOWN, media=_FEEDS)
def of_site(call: Call[None]) -> Response:
    """Tell of the competitions that were published last, as a feed."""
    form = call.asked(_FORM)
    return text_response(news.of_site(form, call.root, call.now), news.MEDIA_TYPES[form], call.known, _FRESH)


@routes.get(f"{_COMPETITION}/feed", access=Access.ANYONE, answer=str, query=(_FORM,), tagged=Tagged.KNOWN, media=_FEEDS)
def of_competition(call: Call[None], competition: str) -> Response:
    """Tell what happens in a competition, as a feed."""
    form = call.asked(_FORM)
    content = news.of_competition(competition, form, call.root, call.now)
    return text_response(content, news.MEDIA_TYPES[form], call.known, _FRESH)


@routes.get(f"{_COMPETITION}/calendar", access=Access.ANYONE, answer=str, tagged=Tagged.KNOWN, media=(_CALENDAR,))
def calendar(call: Call[None], competition: str) -> Response:
    """Tell when a competition's phases begin and end, as a calendar."""
    return text_response(deadlines.of_competition(competition, call.root), _CALENDAR, call.known, _FRESH)


@routes.get("/v1/calendars/{calendar}", access=Access.ANYONE, answer=str, tagged=Tagged.KNOWN, media=(_CALENDAR,))
def own_calendar(call: Call[None], calendar: str) -> Response:
    """Tell the deadlines of what somebody takes part in to who knows their private address."""
    return text_response(deadlines.of_account(calendar, call.root, call.now), _CALENDAR, call.known, _OWN)


@routes.post("/v1/me/calendar", access=Access.SIGNED_IN, answer=responses.OwnCalendar, status=201, errors=(Conflict,))
def open_calendar(call: Call[None]) -> responses.OwnCalendar:
    """Make a private address of your calendar, shown this once; a former one opens nothing any more."""
    return deadlines.open_own(call.account, call.now)


@routes.delete("/v1/me/calendar", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict,))
def close_calendar(call: Call[None]) -> responses.Empty:
    """Take back the address of your calendar."""
    return deadlines.close_own(call.account)


@routes.get(f"{_COMPETITION}/croissant", access=Access.ANYONE, answer=dict[str, Any], tagged=Tagged.KNOWN, media=(_JSON_LD,))
def croissant(call: Call[None], competition: str) -> Response:
    """Describe a competition's data for machines, as Croissant (JSON-LD)."""
    return text_response(data_cards.describe(competition, call.root), _JSON_LD, call.known, _FRESH)
