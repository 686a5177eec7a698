"""Migrations and re-runs of a whole phase tell their organizers how far they are, and why they cannot go on."""

from typing import Any

import pytest

from tests.api.conftest import Person, Site
from tests.api.test_migration import compete, score


@pytest.fixture
def competition(site: Site, organizer: Person, ada: Person, admin: Person) -> dict[str, Any]:
    """A competition with a scored submission, on a queue that was closed to its organizers meanwhile."""
    made = compete(organizer, ada)
    score(site, admin, ada, made, 0.5)
    stranger = site.person("stranger")
    lent = stranger.call("POST", "/queues", {"name": "Lent", "visibility": "public"}).body
    path = f"/competitions/{made['id']}/settings"
    assert organizer.call("PATCH", path, {"queue": lent["id"]}, If_Match="*").status == 200
    stranger.call("PATCH", f"/queues/{lent['id']}", {"visibility": "private"})
    return made


def jobs(person: Person, phase: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.call("GET", f"/phases/{phase['id']}/jobs").body["jobs"]
    return found


def work(site: Site) -> None:
    while site.work():
        pass


def test_a_migration_that_cannot_go_on_says_why_and_may_be_ordered_again(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    path = f"/phases/{competition['phases'][1]['id']}/migration"
    for _ in range(2):
        assert organizer.call("POST", path, {}).status == 202
        work(site)
        (job,) = jobs(organizer, competition["phases"][1])
        assert (job["work"], job["status"], job["done"]) == ("migrate", "Failed", 0)
        assert "closed to its organizers" in job["reason"]
        assert organizer.call("GET", path).body["reason"] == job["reason"]


def test_a_re_run_tells_why_a_submission_was_left_alone(site: Site, organizer: Person, competition: dict[str, Any]) -> None:
    assert organizer.call("POST", f"/phases/{competition['phases'][0]['id']}/rerun").status == 202
    (job,) = jobs(organizer, competition["phases"][0])
    assert (job["work"], job["status"]) == ("rerun", "Waiting")
    work(site)
    (job,) = jobs(organizer, competition["phases"][0])
    assert (job["status"], job["done"]) == ("Finished", 0)
    assert "closed to its organizers" in job["refused"]
