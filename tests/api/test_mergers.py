"""Two teams become one: who agrees, which quota follows, and where their rows go."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import dispatch, sweep
from chalicelib.store import table
from chalicelib.store.submissions.usage import Quota
from tests.api.conftest import Answer, Person, Site
from tests.api.test_invitations import answer, listed
from tests.api.test_teams import board, compete, finish, make, path, shown, submissions

PLAIN = "enable_teams: true, require_team_approval: false"


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


@pytest.fixture
def eve(site: Site) -> Person:
    return site.person("eve")


def offer(person: Person, competition: dict[str, Any], team: dict[str, Any], other: dict[str, Any]) -> Answer:
    return person.call("POST", path(competition, team["id"], "mergers"), {"team": other["id"]})


def merge(one: Person, other: Person, competition: dict[str, Any], into: dict[str, Any], team: dict[str, Any]) -> Answer:
    made = offer(one, competition, into, team)
    return answer(other, made.body["id"]) if made.status == 201 else made


def quota(person: Person, competition: dict[str, Any]) -> Any:
    return person.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body


def used(competition: dict[str, Any], team: dict[str, Any]) -> Any:
    (counter,) = table.read(Quota.at(competition["phases"][0]["id"], team["id"]))
    return int(counter.used) if counter else 0


def later(site: Site, minutes: int = 2) -> None:
    """The sweeper comes again, and what it asks for is done at that time."""
    now = datetime.now(UTC) + timedelta(minutes=minutes)
    sweep.sweep(now)
    for message in site.messages():
        dispatch.perform({"body": json.dumps(message)}, now, now + timedelta(minutes=15))
    work(site)


def work(site: Site) -> None:
    while site.work():
        pass


def test_the_best_of_both_stands_on_the_board_and_all_is_everybodys(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person, eve: Person
) -> None:
    competition = compete(organizer, ada, bob, eve)
    owls, bats = make(ada, competition), make(bob, competition, eve, name="Bats")
    made = [person.submit(competition).body["id"] for person in (ada, bob)]
    for submission, accuracy in zip(made, (0.3, 0.9), strict=True):
        finish(site, admin, submission, accuracy)
    assert [row["participant"] for row in board(site, ada, competition)] == ["Bats", "Owls"]
    offered = offer(ada, competition, owls, bats)
    assert [one["to"] for one in listed(bob, competition, bats)] == ["merger"]
    # Both who lead agree, and nobody else.
    assert [answer(person, offered.body["id"]).status for person in (eve, ada, bob)] == [404, 404, 200]
    gone, merged = shown(ada, competition, bats), shown(ada, competition, owls)
    assert (gone["status"], gone["merged_into"], gone["members"]) == ("merged", owls["id"], [])
    assert [one["username"] for one in merged["members"]] == ["ada", "bob", "eve"] and merged["submitted"]
    work(site)
    [row] = board(site, eve, competition)
    assert (row["participant"], row["team"], row["submission"]) == ("Owls", owls["id"], made[1])
    assert sorted(submissions(eve, competition)) == sorted(made)
    assert ada.call("DELETE", f"/submissions/{made[1]}").status == 200
    assert [row["submission"] for row in board(site, ada, competition)] == [made[0]]


def test_the_other_team_is_meant_by_its_name_which_must_be_one(
    organizer: Person, ada: Person, bob: Person, eve: Person
) -> None:
    competition = compete(organizer, ada, bob, eve)
    owls, bats = make(ada, competition), make(bob, competition, name="Black Bats")
    where = path(competition, owls["id"], "mergers")
    for body in ({}, {"name": "Black Bats", "team": bats["id"]}, {"name": "Grey Bats"}):
        refused = ada.call("POST", where, body)
        assert (refused.status, refused.body["errors"][0]["place"]) == (422, "name"), body
    offered = ada.call("POST", where, {"name": "black  BATS"})
    assert (offered.status, offered.body["invited"]) == (201, "Black Bats")
    assert ada.call("POST", where, {"name": "Owls"}).status == ada.call("POST", where, {"team": owls["id"]}).status == 409


def test_what_both_used_up_counts_and_a_refund_comes_to_the_merged_team(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition = compete(organizer, ada, bob)
    owls, bats = make(ada, competition), make(bob, competition, name="Bats")
    first, second = (person.submit(competition).body["id"] for person in (ada, bob))
    before = quota(ada, competition)["in_all"]["left"]
    assert merge(ada, bob, competition, owls, bats).status == 200
    assert (used(competition, owls), used(competition, bats)) == (2, 0)
    assert quota(ada, competition)["in_all"]["left"] == before - 1
    work(site)
    # Both are in progress, so they are carried when they have ended; an attempt that is given back is the merged team's.
    assert organizer.call("POST", f"/submissions/{second}/fail", {"reason": "Ours."}).status == 200
    later(site, 2)
    assert (used(competition, owls), used(competition, bats)) == (1, 0)
    assert sorted(submissions(ada, competition)) == sorted([first, second])
    later(site, 20)
    [move] = [row for row in site.rows() if row["kind"] == "team_move"]
    assert move["status"] == "Finished"


def test_a_submission_in_progress_is_carried_when_it_has_ended(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition = compete(organizer, ada, bob)
    owls, bats = make(ada, competition), make(bob, competition, name="Bats")
    submission = bob.submit(competition).body["id"]
    job = site.claim(submission, site.runner_token(admin)).body
    assert merge(ada, bob, competition, owls, bats).status == 200
    site.work()
    assert site.finish(job, {"accuracy": 0.7, "seconds": 1.0}).status == 200
    assert [row["team"] for row in board(site, ada, competition)] == [bats["id"]]
    later(site)
    assert [(row["team"], row["participant"]) for row in board(site, ada, competition)] == [(owls["id"], "Owls")]
    assert submissions(ada, competition) == [submission]


def test_what_was_in_progress_follows_through_a_second_merger(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person, eve: Person
) -> None:
    competition = compete(organizer, ada, bob, eve)
    owls, bats, cats = make(ada, competition), make(bob, competition, name="Bats"), make(eve, competition, name="Cats")
    submission = eve.submit(competition).body["id"]
    assert merge(bob, eve, competition, bats, cats).status == 200
    site.work()
    assert merge(ada, bob, competition, owls, bats).status == 200
    # The second one is through long before the submission ends.
    for _ in range(2):
        later(site)
    finish(site, admin, submission, 0.7)
    assert [row["team"] for row in board(site, ada, competition)] == [cats["id"]]
    later(site, 4)
    assert [(row["team"], row["participant"]) for row in board(site, ada, competition)] == [(owls["id"], "Owls")]
    assert submissions(ada, competition) == [submission]
    assert [used(competition, team) for team in (owls, bats, cats)] == [1, 0, 0]


@pytest.mark.parametrize(("rule", "status"), [("within_limits", 409), ("always", 200), ("never", 409)])
def test_two_teams_that_used_more_than_one_may_merge_as_the_competition_says(
    organizer: Person, ada: Person, bob: Person, rule: str, status: int
) -> None:
    extra = f"agon: {{{PLAIN}, team_merges: {rule}}}"
    competition = compete(organizer, ada, bob, extra=extra, in_all=1)
    owls, bats = make(ada, competition), make(bob, competition, name="Bats")
    for person in (ada, bob):
        assert person.submit(competition).status == 201
    done = merge(ada, bob, competition, owls, bats)
    assert done.status == status, done.body
    assert (used(competition, owls), used(competition, bats)) == ((2, 0) if status == 200 else (1, 1))


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("team_merge_deadline: 2025-01-01", "until 2025-01-01 00:00 UTC"),
        ("max_team_members: 1", "1 at most"),
        ("team_merges: never", "do not merge"),
    ],
)
def test_a_merger_is_refused_beyond_what_the_organizers_set(
    organizer: Person, ada: Person, bob: Person, extra: str, says: str
) -> None:
    competition = compete(organizer, ada, bob, extra=f"agon: {{{PLAIN}, {extra}}}")
    owls, bats = make(ada, competition), make(bob, competition, name="Bats")
    refused = offer(ada, competition, owls, bats)
    assert refused.status == 409 and says in refused.body["detail"]


def test_an_offer_of_who_leads_no_more_binds_nobody(organizer: Person, ada: Person, bob: Person, eve: Person) -> None:
    competition = compete(organizer, ada, bob, eve)
    owls, bats = make(ada, competition, eve), make(bob, competition, name="Bats")
    made = offer(ada, competition, owls, bats).body["id"]
    assert ada.call("DELETE", path(competition, owls["id"], "members", ada.id)).status == 200
    refused = answer(bob, made)
    assert refused.status == 409 and "does not lead" in refused.body["detail"]
    assert [shown(eve, competition, team)["status"] for team in (owls, bats)] == ["approved", "approved"]
    assert merge(eve, bob, competition, owls, bats).status == 200


@pytest.mark.parametrize("allowed", [False, True])
def test_organizers_speak_for_a_team_only_where_they_make_teams(
    organizer: Person, ada: Person, bob: Person, eve: Person, allowed: bool
) -> None:
    extra = f"agon: {{{PLAIN}, allow_organizer_teams: {str(allowed).lower()}}}"
    competition = compete(organizer, ada, bob, eve, extra=extra)
    owls, bats = make(ada, competition), make(bob, competition, name="Bats")
    invited = organizer.call("POST", path(competition, owls["id"], "invitations"), {"username": "eve"})
    offered = offer(organizer, competition, owls, bats)
    assert [invited.status, offered.status] == ([201, 201] if allowed else [403, 403])
    if allowed:
        assert [answer(eve, invited.body["id"]).status, answer(bob, offered.body["id"]).status] == [200, 200]


def test_teams_that_are_not_approved_or_no_more_do_not_merge(organizer: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob, extra="agon: {enable_teams: true}")
    owls, bats = make(ada, competition), make(bob, competition, name="Bats")
    assert "yet to approve" in offer(ada, competition, owls, bats).body["detail"]
    for team in (owls, bats):
        organizer.call("PATCH", path(competition, team["id"]), {"status": "approved"})
    assert offer(ada, competition, owls, owls).status == 409
    assert offer(ada, competition, owls, {"id": "0" * 26}).status == 404
    made = offer(ada, competition, owls, bats).body["id"]
    assert organizer.call("PATCH", path(competition, owls["id"]), {"status": "denied"}).status == 200
    assert answer(bob, made).status == 409
    assert organizer.call("PATCH", path(competition, owls["id"]), {"status": "approved"}).status == 200
    assert answer(bob, made).status == 200
    refused = offer(ada, competition, owls, bats)
    assert refused.status == 409 and "was merged" in refused.body["detail"]
