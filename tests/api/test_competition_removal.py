"""Deletion of competitions: who may, what is asked, and that nothing of one is left, wherever a function dies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.contract import uploads
from chalicelib.store.competitions import removals
from chalicelib.store.competitions.removals import CompetitionRemoval
from tests import builders, judged
from tests.api.books import crashing, meeting, miscounted, mistakes
from tests.api.conftest import Answer, Person, Site, client
from tests.api.test_audit_of_owners import log
from tests.api.test_storage import stored

TEAMS = "agon: {enable_teams: true, require_team_approval: false, slug: leaves}"
LOGIN = {"server": "registry.example", "username": "u", "password": "p"}
#: What says the id of a competition that is gone: the log of its owner, the slug that stays taken, the import's own row,
#: uploads until nothing can arrive late any more, and what was told in inboxes.
KEPT = {"deed", "slug", "import", "upload", "notification"}


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def unpublish(owner: Person, competition: dict[str, Any]) -> None:
    assert owner.call("POST", f"/competitions/{competition['id']}/unpublish").status == 200


def delete(person: Person, competition: dict[str, Any], slug: str | None = None) -> Answer:
    return person.call("DELETE", f"/competitions/{competition['id']}?slug={slug or competition['slug']}")


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


def settle(site: Site, competition: dict[str, Any]) -> None:
    """Run the job, what the sweeper has to do, and the second round a quarter of an hour later."""
    while site.work():
        pass
    sweep.sweep(later(minutes=5))
    removal = removals.find(competition["id"])
    assert removal is not None
    removal.update(actions=[CompetitionRemoval.created_at.set(later(minutes=-20)), *CompetitionRemoval.waking_at(later())])
    sweep.sweep(later(minutes=5))
    while site.work():
        pass


def naming(site: Site, competition: dict[str, Any]) -> dict[str, str]:
    """The rows in which the id of a competition stands, by their kinds."""
    return {str(row["kind"]): row["pk"] for row in site.rows() if competition["id"] in str(row)}


def test_only_its_owner_deletes_a_competition_which_says_its_slug_and_is_not_published(
    organizer: Person, ada: Person, site: Site
) -> None:
    competition = organizer.competition()
    path = f"/competitions/{competition['id']}"
    assert organizer.call("POST", f"{path}/organizers", {"username": "ada", "role": "organizer"}).status == 200
    assert ada.call("POST", f"{path}/organizers/accept", {"role": "organizer"}).status == 200
    refused = delete(organizer, competition)
    assert (refused.status, "Unpublish it first" in refused.body["detail"]) == (409, True)
    unpublish(organizer, competition)
    assert delete(ada, competition).status == 403
    assert delete(site.person("grace"), competition).status == 404
    for typed in (path, f"{path}?slug=", f"{path}?slug=another", f"{path}?slug={competition['id']}"):
        refused = organizer.call("DELETE", typed)
        assert (refused.status, refused.body["errors"][0]["place"]) == (422, "slug"), refused
    assert organizer.call("GET", path).status == 200
    assert delete(organizer, competition).status == 200


def test_it_is_gone_at_once_and_its_slug_is_nobody_elses(organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    made = ada.submit(competition).body["id"]
    unpublish(organizer, competition)
    assert delete(organizer, competition).status == 200
    for person in (organizer, ada):
        for path in (f"/competitions/{competition['id']}", f"/competitions/{competition['slug']}"):
            assert person.call("GET", path).status == 404, path
        assert person.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").status == 404
    assert ada.submit(competition).status == 404
    assert organizer.site.work() and ada.call("GET", f"/submissions/{made}").status == 404
    assert organizer.call("GET", "/competitions?mine=true").body["competitions"] == []
    assert ada.call("GET", "/competitions?joined=true").body["competitions"] == []
    assert delete(organizer, competition).status == 404
    again = organizer.competition(title=competition["title"], extra="reward: A cup")
    assert again["slug"] != competition["slug"]


def test_its_owner_reads_in_the_own_log_that_it_was_deleted_and_the_site_that_an_administrator_did(
    organizer: Person, admin: Person
) -> None:
    first, second = (organizer.competition(publish=False, title=title) for title in ("One", "Two"))
    assert delete(organizer, first).status == 200
    assert delete(admin, second).status == 200
    told = [{"competition": one["id"], "slug": one["slug"], "title": one["title"]} for one in (first, second)]
    entries = [one for one in log(organizer) if one[0] == "competition_removed"][-2:]
    assert entries == [
        ("competition_removed", organizer.username, told[0], None),
        ("competition_removed", admin.username, told[1], None),
    ]
    assert [one[2] for one in log(admin, "/site/audit") if one[0] == "competition_removed"] == [told[1]]


def furnish(site: Site, organizer: Person, ada: Person, competition: dict[str, Any], runner: str) -> None:
    """Give a competition something of each kind that one can have."""
    path, phase = f"/competitions/{competition['id']}", competition["phases"][0]["id"]
    grace, bob = site.person("grace"), site.person("bob")
    for person in (ada, grace):
        assert person.join(competition).status == 201
    team = ada.call("POST", f"{path}/teams", {"name": "Owls"}).body["id"]
    house = ada.call("POST", "/organizations", {"name": "Night House"}).body["id"]
    orders: list[tuple[Person, str, str, Any]] = [
        (ada, "POST", f"{path}/teams/{team}/invitations", {"username": "bob"}),
        (ada, "POST", f"{path}/threads", {"title": "Why?", "text": "I ask @grace."}),
        (organizer, "POST", f"{path}/announcements", {"title": "News", "text": "All is well."}),
        (organizer, "POST", f"{path}/guests", {"addresses": ["guest@example.org"]}),
        (organizer, "POST", f"{path}/organizers", {"username": "bob", "role": "viewer"}),
        (organizer, "POST", f"{path}/jurors", {"username": "bob"}),
        (organizer, "POST", f"{path}/registry", LOGIN),
        (organizer, "POST", f"{path}/webhooks", {"url": "http://127.0.0.1:9/", "events": ["submission.finished"]}),
        (organizer, "POST", f"{path}/mailings", {"subject": "Hello", "text": "Hello."}),
        (organizer, "POST", f"{path}/dumps", {"form": "full"}),
        (organizer, "POST", f"{path}/participants/exports", {"addresses": False}),
    ]
    for person, method, where, body in orders:
        answer = person.call(method, where, body)
        assert answer.status < 300, (where, answer)
    upload = ada.upload(builders.submission())
    scored = ada.call("POST", f"/phases/{phase}/submissions", {"upload": upload, "organization": house}).body["id"]
    assert site.finish(site.claim(scored, runner).body, {"accuracy": 0.5, "seconds": 1.0}).status == 200
    ada.call("PATCH", f"/submissions/{scored}", {"public": True, "licence": "MIT"})
    bob.call("POST", f"/shared/{scored}/like")
    running, _waiting = (grace.submit(competition).body["id"] for _ in range(2))
    assert site.claim(running, runner).status == 200
    organizer.call("POST", f"/phases/{phase}/parcels", {})
    while site.work():
        pass
    for name in uploads.FILENAMES.values():
        client("s3").put_object(Bucket=site.outputs["RunsBucket"], Key=f"runs/{scored}/1/{name}", Body=b"x")


def secrets(competition: dict[str, Any]) -> list[str]:
    pages = client("ssm").get_paginator("get_parameters_by_path").paginate(Path="/agon/", Recursive=True)
    return [one["Name"] for page in pages for one in page["Parameters"] if competition["id"] in one["Name"]]


def test_nothing_is_left_of_it_but_its_slug_and_the_word_of_its_owner(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = organizer.competition(extra=TEAMS)
    assert competition["slug"] == "leaves"
    furnish(site, organizer, ada, competition, runner)
    assert len(naming(site, competition)) > 25 and len(secrets(competition)) == 2
    unpublish(organizer, competition)
    assert delete(organizer, competition).status == 200
    settle(site, competition)
    left = naming(site, competition)
    assert set(left) <= KEPT, left
    assert secrets(competition) == []
    keys = [*site.object_keys("FilesBucket"), *site.object_keys("RunsBucket")]
    assert [key for key in keys if not key.startswith(("datasets/", "catalogue/"))] == []
    assert mistakes(site) == []
    assert (stored(ada), set(stored(organizer))) == ({"total": 0}, {"datasets", "total"})


def test_a_judged_competition_leaves_nothing_either(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = organizer.competition(files=judged.files())
    ada.join(competition)
    made = ada.submit(competition).body["id"]
    assert site.finish(site.claim(made, runner).body, {"accuracy": 0.5, "seconds": 1.0}).status == 200
    while site.work():
        pass
    unpublish(organizer, competition)
    assert delete(organizer, competition).status == 200
    settle(site, competition)
    assert set(naming(site, competition)) <= KEPT
    assert miscounted(site) == []


def test_a_function_that_dies_anywhere_leaves_the_rest_to_another(
    site: Site, organizer: Person, ada: Person, runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition(extra=TEAMS)
    ada.join(competition)
    made = ada.submit(competition).body["id"]
    assert site.finish(site.claim(made, runner).body, {"accuracy": 0.5, "seconds": 1.0}).status == 200
    unpublish(organizer, competition)
    while site.work():
        pass
    assert delete(organizer, competition).status == 200
    (message,) = [one for one in site.messages() if one["task"] == "competition_removal"]
    cut, is_over = 0, False
    while not is_over:
        cut += 7
        with crashing(monkeypatch, cut) as calls:
            site.run(message)
        is_over = len(calls) < cut
        removal = removals.find(competition["id"])
        assert removal is not None
        removal.update(actions=[CompetitionRemoval.status.set("Waiting")])
    settle(site, competition)
    assert set(naming(site, competition)) <= KEPT
    assert mistakes(site) == []


def test_a_function_without_time_leaves_the_rest_to_another(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    ada.submit(competition)
    unpublish(organizer, competition)
    assert delete(organizer, competition).status == 200
    for _ in range(60):
        if not site.work(seconds=0):
            break
    settle(site, competition)
    assert set(naming(site, competition)) <= KEPT


def test_runners_are_given_nothing_of_it_and_are_refused_what_they_have(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    gone, other = (organizer.competition(title=title) for title in ("Gone", "Other"))
    for one in (gone, other):
        ada.join(one)
    running, waiting, theirs = (ada.submit(one).body["id"] for one in (gone, gone, other))
    job = site.claim(running, runner).body
    unpublish(organizer, gone)
    assert delete(organizer, gone).status == 200
    while site.work():
        pass
    beat = site.call("POST", f"/runner/jobs/{running}/heartbeat", {"step": "scoring"}, token=job["token"])
    assert beat.status == 409, beat
    assert site.finish(job, {"accuracy": 0.5, "seconds": 1.0}).status in (404, 409)
    assert site.claim(waiting, runner).body["submission"] == theirs


def test_an_update_that_is_under_way_fails_and_leaves_nothing(site: Site, organizer: Person) -> None:
    competition = organizer.competition(publish=False)
    upload = organizer.upload(builders.bundle(title="Again"), "bundle")
    begun = organizer.call("POST", f"/competitions/{competition['id']}/bundles", {"upload": upload}).body
    assert delete(organizer, competition).status == 200
    settle(site, competition)
    assert organizer.call("GET", f"/imports/{begun['id']}").body["status"] == "Failed"
    assert set(naming(site, competition)) <= KEPT
    assert mistakes(site) == []


def test_what_cannot_be_removed_is_told_to_administrators_who_have_it_tried_again(
    site: Site, organizer: Person, admin: Person
) -> None:
    competition = organizer.competition(publish=False)
    assert delete(organizer, competition).status == 200
    site.messages()
    removal = removals.find(competition["id"])
    assert removal is not None
    removal.update(actions=[CompetitionRemoval.attempt.set(3)])
    sweep.sweep(later(minutes=2))
    (failure,) = admin.call("GET", "/site/failures").body["failures"]
    assert failure["item"].startswith("REMOVAL#")
    assert admin.call("POST", f"/site/failures/{failure['id']}/retry").status == 200
    sweep.sweep(later(seconds=5))
    settle(site, competition)
    sweep.sweep(later(minutes=30))
    assert admin.call("GET", "/site/failures").body["failures"] == []
    assert set(naming(site, competition)) <= KEPT


def test_a_change_between_its_read_and_its_end_is_told(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition(publish=False)

    def publish() -> Answer:
        return organizer.call("POST", f"/competitions/{competition['id']}/publish")

    with meeting(monkeypatch, publish, "TransactWriteItems") as answers:
        refused = delete(organizer, competition)
    assert (answers[0].status, refused.status) == (200, 409)
    assert organizer.call("GET", f"/competitions/{competition['id']}").status == 200
