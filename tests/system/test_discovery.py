"""Search, feeds and calendars on the deployed stack: its functions have every right that they need."""

from typing import Any

import httpx
from icalendar import Calendar

from agon.client import Client
from tests.stack import DeployedStack, eventually


def test_what_is_published_is_searched_fed_and_in_calendars(
    stack: DeployedStack, ada: Client, compete: Any, organizer: Client
) -> None:
    competition = compete(ada)
    words = competition["title"]
    found = eventually(
        lambda: [one["id"] for one in ada.competitions(search=words, open=True, sort="popular")],
        lambda ids: competition["id"] in ids,
    )
    assert competition["id"] in {one["id"] for one in ada.competitions(joined=True, search=words)} and found
    address = f"{ada.http.api}/v1/feed"
    feed = httpx.get(address, timeout=35)
    assert (feed.status_code, feed.headers["content-type"].split(";")[0]) == (200, "application/atom+xml")
    assert (
        httpx.get(f"{ada.http.api}/v1/feed", headers={"If-None-Match": feed.headers["etag"]}, timeout=35).status_code == 304
    )
    own = httpx.get(ada.open_calendar(), timeout=35)
    assert own.headers["content-type"].split(";")[0] == "text/calendar"
    assert any(competition["id"] in str(event["uid"]) for event in Calendar.from_ical(own.text).events)
    croissant = httpx.get(f"{ada.http.api}/v1/competitions/{competition['id']}/croissant", timeout=35).json()
    assert croissant["name"] == words
    organizer.http.call("POST", f"/competitions/{competition['id']}/unpublish")
    assert competition["id"] not in {one["id"] for one in ada.competitions(search=words)}


def test_a_catalogue_that_was_deleted_is_made_anew_when_somebody_searches(
    stack: DeployedStack, ada: Client, compete: Any
) -> None:
    title = compete()["title"]
    place = {"Bucket": stack.outputs["RunsBucket"], "Key": "catalogue/competitions.json.gz"}
    storage = stack.aws("s3")

    def is_there() -> bool:
        list(ada.competitions(search=title))
        return bool(storage.list_objects_v2(Bucket=place["Bucket"], Prefix=place["Key"])["KeyCount"])

    eventually(is_there, bool)
    storage.delete_object(**place)
    eventually(is_there, bool)
