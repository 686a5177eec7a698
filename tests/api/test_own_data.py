"""Own data: what its owner gets of it, whom it is kept from, and how it goes on where it broke off."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.administration import own_data
from chalicelib.actions.background import sweep
from chalicelib.deadlines import OutOfTime
from chalicelib.store.background import jobs
from chalicelib.store.people import account_jobs
from chalicelib.store.people.account_jobs import AccountJob
from tests.api.conftest import Person, Site, sender
from tests.api.test_forum import begin, reply
from tests.api.test_judging import BEST, Contest

EXTRA = "agon: {enable_teams: true, require_team_approval: false}"


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(extra=EXTRA)
    ada.join(made)
    return made


def exported(site: Site, person: Person) -> dict[str, Any]:
    """The files of an export that was just ordered, by their names."""
    assert person.call("POST", "/me/exports").status == 202
    site.work()
    return fetched(person)


def fetched(person: Person) -> dict[str, Any]:
    (export,) = person.call("GET", "/me/exports").body["exports"]
    assert export["status"] == "Finished", export
    found: dict[str, Any] = {}
    for one in export["zips"]:
        content = sender().get(one["url"]).content
        assert len(content) == one["size_bytes"]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert not set(archive.namelist()) & set(found)
            found |= {name: json.loads(archive.read(name)) for name in archive.namelist()}
    return found


def submissions_in(files: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for name in sorted(files) if "/submissions-" in name for one in files[name]]


def test_people_get_what_the_site_knows_of_them(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    grace = site.person("grace")
    path = f"/competitions/{competition['id']}"
    grace.join(competition)
    ada.call("POST", f"{path}/teams", {"name": "Owls"})
    ada.call("POST", "/tokens", {"name": "laptop"})
    ada.call("POST", "/organizations", {"name": "Night House"})
    ada.call("PATCH", "/me", {"display_name": "Ada L."})
    ada.call("POST", f"{path}/threads", {"title": "Hello", "text": "My own words."})
    grace.call("POST", f"{path}/threads", {"title": "Other", "text": "Another one's words."})
    submission = ada.submit(competition).body["id"]
    other = grace.submit(competition).body["id"]
    job = site.claim(submission, site.runner_token(site.person("root", admin=True))).body
    site.finish(job, {"accuracy": 0.5, "seconds": 1.0})
    files = exported(site, ada)
    text = json.dumps(files)
    assert files["account.json"] == {"id": ada.id, "username": "ada", "address": "ada@example.org"}
    assert [one["name"] for one in files["tokens.json"]] == ["laptop"] and "agon_" not in text and "digest" not in text
    assert [one["name"] for one in files["organizations.json"]] == ["Night House"]
    words = {"display_name": "Ada L.", "affiliation": "", "site": "", "description": ""}
    assert files["profile.json"] == {**words, "shows_results": True}
    place = files[f"competitions/{competition['id']}/participation.json"]
    assert (place["status"], place["team"]["name"], place["title"]) == ("approved", "Owls", competition["title"])
    (mine,) = submissions_in(files)
    assert (mine["id"], mine["scores"]["accuracy"]) == (submission, 0.5)
    assert "My own words." in text and "Another one's words." not in text and other not in text
    (run,) = (value for name, value in exported(site, organizer).items() if name.startswith("organizing/"))
    assert run == [{"id": competition["id"], "title": competition["title"], "role": "owner"}]


def test_jurors_get_what_they_decided_and_nothing_of_what_it_was_about(
    site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    contest, juno = Contest(site, organizer, admin), site.person("juno")
    contest.juror("juno")
    others = contest.submit(ada)
    contest.judge(juno, marks=BEST, comment="A joy.")
    files = exported(site, juno)
    (decided,) = (value for name, value in files.items() if name.startswith("judging/"))
    assert [(one["marks"], one["comment"]) for one in decided] == [(BEST, "A joy.")]
    assert others not in json.dumps(files) and not [name for name in exported(site, ada) if name.startswith("judging/")]


def test_people_get_their_inbox(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    grace, forum = site.person("grace"), f"/competitions/{competition['id']}/threads"
    grace.join(competition)
    thread = begin(ada, forum)
    reply(grace, thread)
    site.work()
    told = [one for name, value in exported(site, ada).items() if name.startswith("inbox/") for one in value]
    assert [(one["why"], one["username"], one["number"]) for one in told] == [("reply", "grace", 2)]
    assert not [name for name in exported(site, grace) if name.startswith("inbox/")]


def test_an_export_tells_no_score_that_is_hidden_from_its_owner(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    column = f"/competitions/{competition['id']}/settings/leaderboards/0/columns/1"
    assert organizer.call("PATCH", column, {"hidden": True}, If_Match="*").status == 200
    ada.join(competition)
    submission = ada.submit(competition).body["id"]
    job = site.claim(submission, site.runner_token(site.person("root", admin=True))).body
    site.finish(job, {"accuracy": 0.5, "seconds": 1.0})
    assert [one["scores"] for one in submissions_in(exported(site, ada))] == [{"accuracy": 0.5}]
    # Of a competition that is hidden as a whole they have their submissions, and no score of them.
    assert organizer.call("POST", f"/competitions/{competition['id']}/unpublish").status == 200
    former(ada)
    (mine,) = submissions_in(exported(site, ada))
    assert (mine["id"], mine["scores"]) == (submission, {})


def former(person: Person) -> None:
    """Have the export that there is be of before the last hour."""
    job = account_jobs.find(account_jobs.export_of(person.id))
    assert job is not None
    job.update(actions=[AccountJob.created_at.set(job.created_at - timedelta(hours=1, seconds=1))])


def test_a_personal_token_does_not_get_all_that_its_owner_has(site: Site, ada: Person) -> None:
    token = ada.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    for method in ("POST", "GET"):
        assert site.call(method, "/me/exports", token=token).status == 403
    assert ada.call("GET", "/me/exports").body == {"exports": []}


def test_there_is_one_export_at_a_time_and_one_an_hour(site: Site, ada: Person) -> None:
    assert ada.call("POST", "/me/exports").status == 202
    assert ada.call("POST", "/me/exports").status == 409
    site.work()
    assert ada.call("POST", "/me/exports").status == 409
    former(ada)
    assert "account.json" in exported(site, ada)


def test_what_broke_off_goes_on_and_nothing_is_twice_or_missing(
    site: Site, ada: Person, competition: dict[str, Any], organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = organizer.competition(title="Second")
    ada.join(second)
    ids = {ada.submit(one).body["id"] for one in (competition, competition, second)}
    whole = exported(site, ada)
    former(ada)
    # No function has the time for more than a page.
    monkeypatch.setattr(own_data, "is_late", lambda _deadline: True)
    ada.call("POST", "/me/exports")
    functions = 0
    now = datetime.now(UTC)
    while True:
        job = account_jobs.find(account_jobs.export_of(ada.id))
        assert job is not None and jobs.begin(job, now)
        functions += 1
        try:
            own_data.pack(job, now, now)
            break
        except OutOfTime:
            jobs.pause(job, now)
    parts = fetched(ada)
    assert functions > 5 and set(parts) == set(whole)
    assert {one["id"] for one in submissions_in(parts)} == ids
    assert {name: parts[name] for name in parts if name != "tokens.json"} == {
        name: whole[name] for name in whole if name != "tokens.json"
    }


def test_after_a_day_nothing_of_it_is_left(site: Site, ada: Person) -> None:
    exported(site, ada)
    packed = [key for key in site.object_keys("RunsBucket") if key.startswith(f"exports/accounts/{ada.id}/")]
    assert len(packed) == 1
    sweep.sweep(datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert ada.call("GET", "/me/exports").body == {"exports": []}
    assert not [key for key in site.object_keys("RunsBucket") if key.startswith(f"exports/accounts/{ada.id}/")]


def test_a_new_export_in_the_place_of_an_old_one_is_not_thrown_away_with_it(site: Site, ada: Person) -> None:
    exported(site, ada)
    old = account_jobs.find(account_jobs.export_of(ada.id))
    assert old is not None
    former(ada)
    ada.call("POST", "/me/exports")
    own_data.throw_away(old)
    assert ada.call("GET", "/me/exports").body["exports"][0]["status"] == "Waiting"
