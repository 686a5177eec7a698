"""Mergers of two accounts of one person: what becomes whose, what is in the way, and that nobody gains an attempt."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.administration import departing
from chalicelib.actions.background import sweep
from chalicelib.aws import accounts as cognito
from chalicelib.deadlines import OutOfTime
from chalicelib.errors import Conflict
from chalicelib.store.background import jobs
from chalicelib.store.forum import threads
from chalicelib.store.people import account_jobs
from tests import builders
from tests.api.books import crashing, meeting, miscounted
from tests.api.conftest import Answer, Person, Site
from tests.api.test_account_removal import board, done, job_of, later, newcomer, remove, rows_with, scored, settle
from tests.api.test_storage import stored

REASON = "A code was mailed to both addresses, and came back."
TEAMS = "agon: {enable_teams: true, require_team_approval: false}"


@pytest.fixture
def root(deployed: Site) -> Person:
    return deployed.person("root", admin=True)


@pytest.fixture
def both(site: Site) -> tuple[Person, Person]:
    """The account that goes, and the one that stays."""
    now = f"{datetime.now(UTC):%H%M%S%f}"
    return newcomer(site, f"old-{now}"), newcomer(site, f"new-{now}")


def merge(root: Person, gone: Person, stays: Person) -> Answer:
    body = {"into": stays.username, "reason": REASON}
    return root.call("POST", f"/site/accounts/{gone.username}/merger", body)


def preview(root: Person, gone: Person, stays: Person) -> Any:
    return root.call("GET", f"/site/accounts/{gone.username}/merger?into={stays.username}").body


def used(person: Person, competition: dict[str, Any]) -> tuple[int, int]:
    """The attempts that somebody has used up today, and in all."""
    found = person.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body
    return tuple(found[limit]["limit"] - found[limit]["left"] for limit in ("today", "in_all"))


def test_what_one_submitted_is_the_others_with_its_row_and_its_attempts(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition = organizer.competition()
    for person in both:
        person.join(competition)
    theirs, own = scored(site, gone, competition), scored(site, stays, competition)
    assert gone.call("PATCH", f"/submissions/{theirs}", {"public": True, "licence": "MIT"}).status == 200
    assert [used(person, competition) for person in both] == [(1, 1), (1, 1)]
    assert preview(root, gone, stays)["obstacles"] == []
    assert merge(root, gone, stays).status == 202
    settle(site, gone)
    assert job_of(gone).status == jobs.FINISHED, job_of(gone).reason
    listed = stays.call("GET", f"/phases/{competition['phases'][0]['id']}/submissions").body["submissions"]
    assert {one["id"] for one in listed} == {theirs, own}
    assert {one["participant"] for one in listed} == {stays.username}
    assert [one["submission"] for one in site.call("GET", f"/people/{stays.username}").body["code"]] == [theirs]
    assert board(site, competition, organizer) == [stays.username]
    assert used(stays, competition) == (2, 2)
    there = organizer.call("GET", f"/competitions/{competition['id']}/participants").body["participants"]
    assert [one["username"] for one in there] == [stays.username]
    assert organizer.call("GET", f"/competitions/{competition['id']}").body["participants"] == 1
    assert cognito.find(gone.username) is None and not rows_with(site, gone.username)


def test_nobody_gains_an_attempt(site: Site, root: Person, organizer: Person, both: tuple[Person, Person]) -> None:
    gone, stays = both
    competition = organizer.competition(per_day=2)
    for person in both:
        person.join(competition)
    scored(site, gone, competition)
    scored(site, stays, competition)
    merge(root, gone, stays)
    settle(site, gone)
    refused = stays.submit(competition)
    assert refused.status == 429, refused


def test_all_else_becomes_the_others(
    site: Site, root: Person, organizer: Person, ada: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition, hers = organizer.competition(extra=TEAMS), gone.competition(title="Hers")
    path = f"/competitions/{competition['id']}"
    for person in (gone, ada):
        done(person.join(competition))
    team = done(gone.call("POST", f"{path}/teams", {"name": "Owls"}))
    done(ada.call("POST", f"{path}/teams/join", {"code": team["code"]}))
    done(organizer.call("POST", f"{path}/organizers", {"username": gone.username, "role": "viewer"}))
    done(gone.call("POST", f"{path}/organizers/accept", {"role": "viewer"}))
    thread = done(gone.call("POST", f"{path}/threads", {"title": "Hello", "text": "Words."}))["thread"]
    house = done(gone.call("POST", "/organizations", {"name": f"House {gone.username[-8:]}"}))
    upload = gone.upload(builders.archive({"metadata": "command: x"}), "dataset")
    dataset = done(gone.call("POST", "/datasets", {"upload": upload, "type": "scoring_program", "name": "D"}))
    queue = done(gone.call("POST", "/queues", {"name": "Mine"}))
    submission = scored(site, gone, competition)
    assert merge(root, gone, stays).status == 202
    settle(site, gone)
    assert job_of(gone).status == jobs.FINISHED, job_of(gone).reason
    members = ada.call("GET", f"{path}/teams/{team['id']}").body["members"]
    assert [one["username"] for one in members] == [stays.username, "ada"]
    assert stays.call("GET", f"{path}").body["my_role"] == "viewer"
    assert stays.call("GET", f"/competitions/{hers['id']}").body["my_role"] == "owner"
    assert stays.call("GET", f"/submissions/{submission}").body["participant"] == stays.username
    post = stays.call("GET", f"{path}/threads/{thread}").body
    assert gone.username not in str(post) and stays.username in str(post)
    (mine,) = stays.call("GET", "/organizations").body["organizations"]
    assert (mine["id"], mine["my_role"]) == (house["id"], "owner")
    assert dataset["id"] in [one["id"] for one in stays.call("GET", "/datasets").body["datasets"]]
    assert [one["id"] for one in stays.call("GET", "/queues").body["queues"]] == [queue["id"]]
    people = organizer.call("GET", f"{path}/organizers").body["organizers"]
    assert {one["username"] for one in people} == {organizer.username, stays.username}


def test_two_places_that_cannot_be_one_are_told_and_in_the_way(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition = organizer.competition(extra=TEAMS)
    for person, name in zip(both, ("Owls", "Larks"), strict=True):
        person.join(competition)
        done(person.call("POST", f"/competitions/{competition['id']}/teams", {"name": name}))
    (told,) = preview(root, gone, stays)["obstacles"]
    assert told["id"] == competition["id"] and "“Owls” and “Larks”" in told["advice"]
    refused = merge(root, gone, stays)
    assert (refused.status, "two teams" in refused.body["detail"]) == (409, True)
    assert gone.call("GET", "/me").status == 200


def test_who_was_denied_does_not_come_in_by_another_account(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition = organizer.competition()
    for person in both:
        person.join(competition)
    organizer.call("PATCH", f"/competitions/{competition['id']}/participants/{gone.id}", {"status": "denied"})
    assert "denied" in preview(root, gone, stays)["obstacles"][0]["advice"]
    assert merge(root, gone, stays).status == 409


def test_what_is_in_progress_is_waited_for(site: Site, root: Person, organizer: Person, both: tuple[Person, Person]) -> None:
    gone, stays = both
    competition = organizer.competition()
    gone.join(competition)
    submission = gone.submit(competition).body["id"]
    job = site.claim(submission, site.runner_token(root)).body
    merge(root, gone, stays)
    later(gone)
    site.work()
    assert (job_of(gone).status, cognito.find(gone.username) is None) == (jobs.WAITING, False)
    assert site.finish(job, {"accuracy": 0.5, "seconds": 1.0}).status == 200
    sweep.sweep(datetime.now(UTC) + timedelta(hours=1))
    while site.work():
        pass
    assert job_of(gone).status == jobs.FINISHED
    assert stays.call("GET", f"/submissions/{submission}").body["scores"]["accuracy"] == 0.5
    assert board(site, competition, organizer) == [stays.username]


def test_a_merger_goes_on_wherever_it_broke_off_and_counts_nothing_twice(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = both
    competitions = [organizer.competition(title=f"The {number}.") for number in range(2)]
    for competition in competitions:
        for person in both:
            person.join(competition)
            scored(site, person, competition)
    merge(root, gone, stays)
    site.messages()
    later(gone)
    monkeypatch.setattr(departing, "is_late", lambda _deadline: True)
    monkeypatch.setattr(departing, "PAGE_SIZE", 1)
    functions, now = 0, datetime.now(UTC)
    while (job := job_of(gone)).status != jobs.FINISHED:
        assert jobs.begin(job, now)
        functions += 1
        try:
            # Each time a function stops before it has stored how far it came, another one does the same again.
            departing._step(job, departing.leaver_of(job, now), now) if functions % 2 else None
            jobs.pause(job, now)
            job = job_of(gone)
            assert jobs.begin(job, now)
            departing.work(job, now, now)
        except OutOfTime:
            jobs.pause(job, now)
    for competition in competitions:
        assert used(stays, competition) == (2, 2)
        assert board(site, competition, organizer) == [stays.username]


def test_a_merger_has_its_bounds_and_is_written_down(
    site: Site, root: Person, ada: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    assert merge(root, gone, gone).status == 409
    assert merge(root, root, stays).status == 409
    path = f"/site/accounts/{gone.username}/merger"
    assert root.call("POST", path, {"into": stays.username, "reason": " "}).status == 422
    assert root.call("POST", path, {"into": "nobody-at-all", "reason": REASON}).status == 404
    assert root.call("GET", path).status == 422
    root.call("POST", f"/site/accounts/{stays.username}/ban", {"reason": "No."})
    assert "banned" in preview(root, gone, stays)["obstacles"][0]["advice"]
    assert merge(root, gone, stays).status == 409
    root.call("DELETE", f"/site/accounts/{stays.username}/ban")
    assert merge(root, gone, stays).status == 202
    assert gone.call("GET", "/me").status == 401
    assert preview(root, gone, stays)["status"] == "Waiting"
    (entry, *_) = root.call("GET", "/site/audit").body["deeds"]
    told = (entry["what"], entry["participant"], entry["after"], entry["reason"])
    assert told == ("account_merged", gone.username, {"account": stays.username}, REASON)
    assert account_jobs.find(account_jobs.departure_of(gone.id)) is not None


def test_what_one_stores_counts_for_the_other(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition = organizer.competition()
    gone.join(competition)
    scored(site, gone, competition)
    bundled = gone.competition(title="Hers", publish=False)
    upload = gone.upload(builders.archive({"metadata": "command: x"}), "dataset")
    dataset = done(gone.call("POST", "/datasets", {"upload": upload, "type": "scoring_program", "name": "D"}))["id"]
    theirs, own = stored(gone), stored(stays)
    assert {"submissions", "datasets", "bundles"} <= set(theirs)
    assert merge(root, gone, stays).status == 202
    settle(site, gone)
    assert stored(stays) == {kind: theirs.get(kind, 0) + own.get(kind, 0) for kind in {*theirs, *own}}
    assert miscounted(site) == []
    # What goes later is no longer counted for them either.
    assert stays.call("DELETE", f"/datasets/{dataset}").status == 200
    assert "datasets" not in stored(stays) or stored(stays)["datasets"] < theirs["datasets"]
    assert miscounted(site) == [] and bundled["id"]


def test_a_merger_that_is_repeated_counts_nothing_twice(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = both
    competition = organizer.competition()
    gone.join(competition)
    scored(site, gone, competition)
    merge(root, gone, stays)
    site.messages()
    later(gone)
    now = datetime.now(UTC)
    for number in range(1, 40, 3):
        # What a function held that died is another's after its lease.
        now += timedelta(hours=1)
        sweep.sweep(now)
        site.messages()
        with crashing(monkeypatch, number, of="TransactWriteItems"):
            work_at(gone, now)
        assert miscounted(site) == []
    assert job_of(gone).status == jobs.FINISHED, job_of(gone).reason
    assert stored(stays)["submissions"] == stored(stays)["total"]


def work_at(person: Person, now: datetime) -> None:
    """A function works at a merger."""
    job = job_of(person)
    if jobs.begin(job, now):
        departing.work(job, now, now + timedelta(minutes=10))


def test_a_merger_into_an_account_that_goes_meanwhile_says_so_and_is_ordered_anew(
    site: Site, root: Person, organizer: Person, ada: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition = organizer.competition()
    gone.join(competition)
    submission = scored(site, gone, competition)
    assert merge(root, gone, stays).status == 202
    site.messages()
    assert remove(stays).status == 202
    work_at(stays, datetime.now(UTC))
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=3))
    site.work()
    told = preview(root, gone, ada)
    assert (told["status"], stays.username in told["reason"]) == ("Failed", True)
    assert organizer.call("GET", f"/submissions/{submission}").body["participant"] == gone.username
    assert merge(root, gone, ada).status == 202
    for person in both:
        settle(site, person)
    assert [job_of(person).status for person in both] == [jobs.FINISHED, jobs.FINISHED]
    assert organizer.call("GET", f"/submissions/{submission}").body["participant"] == "ada"


def test_a_merger_notices_between_two_pages_that_the_other_account_goes(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = both
    competitions = [organizer.competition(title=f"The {number}.") for number in range(2)]
    for competition in competitions:
        gone.join(competition)
        scored(site, gone, competition)
    assert merge(root, gone, stays).status == 202
    site.messages()
    monkeypatch.setattr(departing, "PAGE_SIZE", 1)
    steps = departing._STEPS
    page, verb = steps[account_jobs.TAKING_PART]

    def removed_after_the_first(account: str, before: str | None, limit: int) -> Any:
        found = page(account, before, limit)
        assert before is None and remove(stays).status == 202
        return found

    monkeypatch.setattr(departing, "_STEPS", {**steps, account_jobs.TAKING_PART: (removed_after_the_first, verb)})
    with pytest.raises(Conflict, match=stays.username):
        work_at(gone, datetime.now(UTC))


def test_of_two_accounts_that_are_merged_into_each_other_at_one_moment_one_stays(
    root: Person, both: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = both
    with meeting(monkeypatch, lambda: merge(root, stays, gone).status, before="TransactWriteItems") as other:
        refused = merge(root, gone, stays)
    assert (other, refused.status, "is being removed already" in refused.body["detail"]) == ([202], 409, True)
    assert gone.call("GET", "/me").status == 200


def test_no_address_of_the_account_that_goes_stands_where_the_other_takes_part(
    site: Site, root: Person, organizer: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition = organizer.competition()
    gone.join(competition)
    assert rows_with(site, f"{gone.username}@example.org") == {"participant": ["address"]}
    merge(root, gone, stays)
    settle(site, gone)
    assert stays.call("GET", f"/competitions/{competition['id']}").body["my_status"] == "approved"
    assert rows_with(site, f"{gone.username}@example.org") == {}


def test_what_was_submitted_for_a_team_that_was_left_since_is_the_others_too(
    site: Site, root: Person, organizer: Person, ada: Person, both: tuple[Person, Person]
) -> None:
    gone, stays = both
    competition = organizer.competition(extra=TEAMS)
    path = f"/competitions/{competition['id']}/teams"
    for person in (gone, ada):
        person.join(competition)
    team = done(ada.call("POST", path, {"name": "Owls"}))
    done(gone.call("POST", f"{path}/join", {"code": team["code"]}))
    submission = scored(site, gone, competition)
    done(gone.call("DELETE", f"{path}/{team['id']}/members/{gone.id}"))
    merge(root, gone, stays)
    settle(site, gone)
    shown = ada.call("GET", f"/submissions/{submission}").body
    assert (shown["participant"], board(site, competition, ada)) == (stays.username, ["Owls"])
    assert not rows_with(site, gone.username)


def test_a_thread_is_the_others_wherever_giving_it_broke_off(
    site: Site, organizer: Person, both: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = both
    competition = organizer.competition()
    gone.join(competition)
    for number in range(1, 5):
        done(gone.call("POST", f"/competitions/{competition['id']}/threads", {"title": "Hello", "text": "Words."}))
        with crashing(monkeypatch, number, of="UpdateItem"):
            _give_posts(gone, stays)
        _give_posts(gone, stays)
        assert not rows_with(site, gone.id).keys() & {"thread", "post"}


def _give_posts(gone: Person, stays: Person) -> None:
    for post in threads.newest_of(gone.id, None, 10)[0]:
        threads.succeed(post, stays.id, stays.username)
