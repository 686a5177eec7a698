"""Approval: where the site wants it, a competition is published by an administrator's word, and nothing of it before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from tests.api.conftest import Person, Post, Site


@pytest.fixture
def asked(site: Site, admin: Person) -> None:
    assert admin.call("PATCH", "/site", {"approval": True}).body["approval"] is True


@pytest.fixture
def draft(asked: None, organizer: Person) -> str:
    """One that its organizer has asked to publish."""
    id_ = organizer.competition(title="Tides", publish=False)["id"]
    shown = organizer.call("POST", f"/competitions/{id_}/publish")
    assert (shown.status, shown.body["published"]) == (200, False) and shown.body["waiting_since"]
    return str(id_)


def decide(admin: Person, competition: str, decision: str, reason: str = "") -> Any:
    return admin.call("POST", f"/site/approvals/{competition}", {"decision": decision, "reason": reason})


def waiting(admin: Person) -> list[str]:
    return [one["id"] for one in admin.call("GET", "/site/approvals").body["competitions"]]


def found(site: Site) -> list[str]:
    site.work()
    told = [site.call("GET", f"/competitions{query}").body["competitions"] for query in ("", "?search=tides")]
    assert told[0] == told[1]
    return [one["id"] for one in told[0]]


def test_what_waits_is_found_by_nobody_until_it_is_approved(
    site: Site, admin: Person, organizer: Person, ada: Person, draft: str
) -> None:
    path = f"/competitions/{draft}"
    assert (found(site), ada.call("GET", path).status, ada.call("GET", f"{path}/feed").status) == ([], 404, 404)
    assert ("Tides" in site.call("GET", "/feed").body, waiting(admin)) == (False, [draft])
    # Whoever asks again waits no longer for it.
    since = organizer.call("GET", path).body["waiting_since"]
    assert organizer.call("POST", f"{path}/publish").body["waiting_since"] == since
    assert decide(admin, draft, "approved").body["published"] is True
    shown = ada.call("GET", path).body
    assert (found(site), shown["waiting_since"], waiting(admin)) == ([draft], None, [])
    assert decide(admin, draft, "approved").status == 409
    assert [one["what"] for one in admin.call("GET", "/site/audit").body["deeds"]] == [
        "publication_approved",
        "approval_asked",
    ]


def test_a_refusal_has_a_reason_which_organizers_read_and_nobody_else(
    site: Site, admin: Person, organizer: Person, draft: str, post: Post
) -> None:
    path = f"/competitions/{draft}"
    assert decide(admin, draft, "refused").status == 422
    assert decide(admin, draft, "refused", "Whose data are these?").body["published"] is False
    shown = organizer.call("GET", path).body
    assert (shown["refusal"], shown["waiting_since"], waiting(admin), found(site)) == ("Whose data are these?", None, [], [])
    # Who is asked again decides again, and the former reason is of no use any more.
    assert organizer.call("POST", f"{path}/publish").body["refusal"] is None
    assert decide(admin, draft, "approved").status == 200
    assert site.call("GET", path).body["refusal"] is None


def test_the_owner_is_mailed_what_was_decided(site: Site, admin: Person, draft: str, post: Post) -> None:

    decide(admin, draft, "refused", "Whose data are these?")
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=1))
    site.work()
    [sent] = post.sent
    assert sent["Destination"] == {"ToAddresses": ["olga@example.org"]}
    simple = sent["Content"]["Simple"]
    assert simple["Subject"]["Data"] == "Tides was not approved" and "Whose data" in simple["Body"]["Text"]["Data"]


def test_organizers_take_back_what_waits_and_only_administrators_decide(
    site: Site, admin: Person, organizer: Person, draft: str
) -> None:
    assert decide(organizer, draft, "approved").status == organizer.call("GET", "/site/approvals").status == 403
    assert organizer.call("PATCH", "/site", {"approval": False}).status == 403
    # Not past the log.
    assert admin.call("POST", f"/competitions/{draft}/publish").status == 409
    assert organizer.call("POST", f"/competitions/{draft}/unpublish").body["waiting_since"] is None
    assert (waiting(admin), decide(admin, draft, "approved").status, decide(admin, "nothing", "approved").status) == (
        [],
        409,
        404,
    )


def test_administrators_publish_their_own_at_once_and_all_do_where_no_approval_is_asked_for(
    site: Site, admin: Person, organizer: Person, draft: str
) -> None:
    own = admin.competition(publish=False)["id"]
    assert admin.call("POST", f"/competitions/{own}/publish").body["published"] is True
    admin.call("PATCH", "/site", {"paused": True, "message": "We move."})
    assert admin.call("PATCH", "/site", {"approval": False}).body == {
        "paused": True,
        "message": "We move.",
        "approval": False,
    }
    assert organizer.call("POST", f"/competitions/{draft}/publish").body["published"] is True
    assert waiting(admin) == []


def test_what_is_taken_off_the_list_waits_again(site: Site, admin: Person, organizer: Person, draft: str) -> None:
    decide(admin, draft, "approved")
    assert admin.call("POST", f"/competitions/{draft}/unpublish").body["published"] is False
    assert organizer.call("POST", f"/competitions/{draft}/publish").body["published"] is False
    assert waiting(admin) == [draft]
