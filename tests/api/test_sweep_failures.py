"""Nothing that raises stops the sweeper: each due item stands alone, comes again after a pause, and is told of."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep as sweeping
from chalicelib.store import table
from chalicelib.store.background.failures import MAX_ATTEMPTS
from chalicelib.store.library import orphans
from tests.api.conftest import Person, Site, client


def orphan(at: datetime, id_: str) -> None:
    """Something that the sweeper clears away, due at `at`."""
    made = orphans.new(id_, at)
    made.wake_at(at)
    made.save()


def break_row(site: Site, pk: str) -> None:
    """Give a row a content that nobody can read."""
    client("dynamodb").update_item(
        TableName=site.outputs["TableName"],
        Key={"pk": {"S": pk}, "sk": {"S": "LEFTOVER"}},
        UpdateExpression="SET objects = :text",
        ExpressionAttributeValues={":text": {"S": "{"}},
    )


def left(site: Site) -> set[str]:
    return {row["pk"] for row in site.rows() if row["sk"] == "LEFTOVER"}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def test_what_nobody_can_read_holds_up_nobody_else(site: Site, now: datetime) -> None:
    for number in range(5):
        orphan(now - timedelta(hours=1, minutes=-number), f"{number}")
    break_row(site, "LEFTOVER#0")
    break_row(site, "LEFTOVER#3")
    assert sweeping.sweep(now) == 5
    assert left(site) == {"LEFTOVER#0", "LEFTOVER#3"}


def test_an_item_that_raises_comes_again_after_pauses_until_it_is_left_alone(
    site: Site, admin: Person, now: datetime
) -> None:
    orphan(now, "bad")
    break_row(site, "LEFTOVER#bad")
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert sweeping.sweep(now) == 1
        (failure,) = admin.call("GET", "/site/failures").body["failures"]
        assert (failure["attempts"], failure["item"]) == (attempt, "LEFTOVER#bad LEFTOVER")
        assert sweeping.sweep(now) == 0
        now += timedelta(hours=7)
    assert failure["dead"] is True and failure["error"]
    assert table.due_keys(now + timedelta(days=30), 10) == []


def test_an_administrator_has_it_tried_again(site: Site, admin: Person, organizer: Person, now: datetime) -> None:
    orphan(now, "bad")
    break_row(site, "LEFTOVER#bad")
    sweeping.sweep(now)
    (failure,) = admin.call("GET", "/site/failures").body["failures"]
    assert organizer.call("GET", "/site/failures").status == 403
    assert admin.call("POST", "/site/failures/nothing/retry").status == 404
    client("dynamodb").update_item(
        TableName=site.outputs["TableName"],
        Key={"pk": {"S": "LEFTOVER#bad"}, "sk": {"S": "LEFTOVER"}},
        UpdateExpression="SET objects = :text",
        ExpressionAttributeValues={":text": {"S": "[]"}},
    )
    assert sweeping.sweep(now) == 0
    assert admin.call("POST", f"/site/failures/{failure['id']}/retry").status == 200
    deed = admin.call("GET", "/site/audit").body["deeds"][0]
    assert (deed["what"], deed["after"]) == ("retried", {"failure": failure["id"], "item": failure["item"]})
    assert sweeping.sweep(datetime.now(UTC) + timedelta(seconds=1)) == 1
    assert (left(site), admin.call("GET", "/site/failures").body["failures"]) == (set(), [])


def test_what_is_left_alone_as_somebody_elses_is_told_when_nobody_has_looked_after_it_for_an_hour(
    site: Site, admin: Person, ada: Person, competition: dict[str, Any], now: datetime
) -> None:
    """A lease whose attempt cannot be given up: each sweep takes that for a race which it has lost."""
    assert ada.join(competition).status == 201
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    client("dynamodb").update_item(
        TableName=site.outputs["TableName"],
        Key={"pk": {"S": f"SUBMISSION#{job['submission']}"}, "sk": {"S": "SUBMISSION"}},
        UpdateExpression="SET #status = :status",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":status": {"S": "Finished"}},
    )
    for minutes in (2, 30, 59):
        sweeping.sweep(now + timedelta(minutes=minutes))
    assert admin.call("GET", "/site/failures").body["failures"] == []
    for attempt, minutes in enumerate((70, 75), 1):
        sweeping.sweep(now + timedelta(minutes=minutes))
        (failure,) = admin.call("GET", "/site/failures").body["failures"]
        assert (failure["item"], failure["attempts"]) == (f"SUBMISSION#{job['submission']} LEASE", attempt)
        assert failure["error"].startswith("Conflict")
