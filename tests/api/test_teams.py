"""/competitions/{competition}/teams, and what competing as a team changes."""

from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks.counting import Counter
from chalicelib.contract import limits
from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.people import teams
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.teams import Team
from tests import builders, clock, judged
from tests.api.conftest import Answer, Person, Site

OPEN = "agon: {enable_teams: true, require_team_approval: false, allow_organizer_teams: true}"


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


@pytest.fixture
def eve(site: Site) -> Person:
    return site.person("eve")


def compete(organizer: Person, *people: Person, extra: str = OPEN, **settings: Any) -> dict[str, Any]:
    competition = organizer.competition(extra=extra, **settings)
    for person in people:
        assert person.join(competition).status == 201
    return competition


def path(competition: dict[str, Any], *rest: str) -> str:
    return "/".join([f"/competitions/{competition['id']}/teams", *rest])


def make(person: Person, competition: dict[str, Any], *mates: Person, name: str = "Owls") -> dict[str, Any]:
    team = person.call("POST", path(competition), {"name": name})
    assert team.status == 201, team.body
    for mate in mates:
        assert join(mate, competition, team.body).status == 200
    return team.body


def join(person: Person, competition: dict[str, Any], team: dict[str, Any]) -> Answer:
    return person.call("POST", path(competition, "join"), {"code": team["code"]})


def shown(person: Person, competition: dict[str, Any], team: dict[str, Any]) -> Any:
    return person.call("GET", path(competition, team["id"])).body


def leave(person: Person, competition: dict[str, Any], team: dict[str, Any], whom: Person | None = None) -> Answer:
    return person.call("DELETE", path(competition, team["id"], "members", (whom or person).id))


def finish(site: Site, admin: Person, submission: str, accuracy: float) -> None:
    job = site.claim(submission, site.runner_token(admin)).body
    assert site.finish(job, {"accuracy": accuracy, "seconds": 1.0}).status == 200


def submissions(person: Person, competition: dict[str, Any]) -> list[str]:
    found = person.call("GET", f"/phases/{competition['phases'][0]['id']}/submissions").body
    return [one["id"] for one in found["submissions"]]


def board(site: Site, person: Person, competition: dict[str, Any]) -> list[dict[str, Any]]:
    site.work()
    return list(person.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body["rows"])


@pytest.mark.parametrize("name", ["0wls", "\u041ewls", "OwIs", "\uff2fwls"])
def test_a_name_that_looks_like_anothers_is_taken_until_that_team_is_gone(
    organizer: Person, ada: Person, bob: Person, name: str
) -> None:
    competition = compete(organizer, ada, bob)
    first = make(ada, competition)
    refused = bob.call("POST", path(competition), {"name": name})
    assert (refused.status, "already" in refused.body["detail"]) == (409, True)
    assert ada.call("DELETE", path(competition, first["id"])).status == 200
    assert bob.call("POST", path(competition), {"name": name}).status == 201


def test_a_name_with_letters_that_nobody_sees_is_refused(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada)
    refused = ada.call("POST", path(competition), {"name": "Owls\u3164"})
    assert (refused.status, [one["place"] for one in refused.body["errors"]]) == (422, ["name"])


def test_a_participant_makes_a_team_and_others_join_by_its_code(organizer: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition)
    assert (team["name"], team["status"], [one["username"] for one in team["members"]]) == ("Owls", "approved", ["ada"])
    joined = join(bob, competition, team).body
    assert [one["username"] for one in joined["members"]] == ["ada", "bob"] and joined["code"] is None
    mine = bob.call("GET", f"/competitions/{competition['id']}").body
    assert mine["teams"] and mine["my_team"] == team["id"]
    people = organizer.call("GET", f"/competitions/{competition['id']}/participants").body["participants"]
    assert {one["team"] for one in people} == {"Owls"}


def test_a_name_is_taken_once_in_a_competition(organizer: Person, ada: Person, bob: Person) -> None:
    competition, other = compete(organizer, ada, bob), compete(organizer, bob)
    make(ada, competition)
    refused = bob.call("POST", path(competition), {"name": " owls "})
    assert refused.status == 409 and "Choose another name" in refused.body["detail"]
    assert make(bob, other)["id"] != make(bob, competition, name="Bats")["id"]


@pytest.mark.parametrize("name", ["x", "o" * 41, "\u202eslwO", "a\nb", "<b>", " "])
def test_a_name_that_misleads_is_refused(organizer: Person, ada: Person, name: str) -> None:
    assert ada.call("POST", path(compete(organizer, ada)), {"name": name}).status == 422


def test_of_two_joins_at_once_one_holds(site: Site, organizer: Person, ada: Person, bob: Person, eve: Person) -> None:
    competition = compete(organizer, ada, bob, eve)
    made = [make(ada, competition), make(bob, competition, name="Bats")]
    places = [Team.at(competition["id"], one["id"]) for one in made]
    # Both have read that she is in no team before either writes.
    member, first, second = table.read(Participant.at(competition["id"], eve.id), *places)
    now = datetime.now(UTC)
    teams.join(first, member, limits.MAX_TEAM_MEMBERS, now)
    with pytest.raises(Conflict):
        teams.join(second, member, limits.MAX_TEAM_MEMBERS, now)
    assert [len(shown(eve, competition, one)["members"]) for one in made] == [2, 1]
    assert join(eve, competition, made[1]).status == 409


def test_a_code_that_was_renewed_or_is_of_another_competition_lets_nobody_in(
    organizer: Person, ada: Person, bob: Person
) -> None:
    competition, other = compete(organizer, ada, bob), compete(organizer, bob)
    team = make(ada, competition)
    assert join(bob, other, team).status == 404
    renewed = ada.call("POST", path(competition, team["id"], "code")).body
    assert join(bob, competition, team).status == 404
    assert bob.call("POST", path(competition, team["id"], "code")).status == 403
    assert join(bob, competition, renewed).status == 200


def test_the_last_place_is_taken_once(site: Site, organizer: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition)
    row = Team(*Team.at(competition["id"], team["id"]))
    row.update(actions=[Team.members[f"u{n}"].set(f"u{n}") for n in range(limits.MAX_TEAM_MEMBERS - 1)])
    refused = join(bob, competition, team)
    assert refused.status == 409 and "full" in refused.body["detail"]


def test_members_leave_and_are_taken_out(organizer: Person, ada: Person, bob: Person, eve: Person) -> None:
    competition = compete(organizer, ada, bob, eve)
    team = make(ada, competition, bob, eve)
    assert leave(bob, competition, team, eve).status == 403
    assert leave(ada, competition, team, eve).status == 200
    assert ada.call("POST", path(competition, team["id"], "leader"), {"username": "eve"}).status == 404
    # Who is longest in it follows a leader that leaves.
    assert leave(ada, competition, team).status == 200
    assert [one["username"] for one in shown(bob, competition, team)["members"]] == ["bob"]
    assert shown(bob, competition, team)["code"] == team["code"]
    # The last one dissolves it, and its name is free.
    assert leave(bob, competition, team).status == 200
    assert bob.call("GET", path(competition, team["id"])).status == 404
    make(ada, competition)


def test_a_team_is_dissolved_until_it_has_submitted(organizer: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob)
    team = make(ada, competition, bob)
    assert bob.call("DELETE", path(competition, team["id"])).status == 403
    assert ada.call("DELETE", path(competition, team["id"])).status == 200
    team = make(bob, competition, ada)
    assert ada.submit(competition).status == 201
    assert bob.call("DELETE", path(competition, team["id"])).status == 409
    assert leave(ada, competition, team).status == 200
    assert leave(bob, competition, team).status == 409


def test_an_organizer_approves_before_a_team_submits(organizer: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob, extra="agon: {enable_teams: true}")
    team, phase = make(ada, competition, bob), competition["phases"][0]["id"]
    refused = bob.submit(competition)
    assert team["status"] == "pending" and refused.status == 403 and "yet to approve" in refused.body["detail"]
    quota = bob.call("GET", f"/phases/{phase}/quota").body
    assert "yet to approve" in quota["reason"] and quota["opens_at"] is None
    assert [one["status"] for one in organizer.call("GET", path(competition)).body["teams"]] == ["pending"]
    for status, code in (("denied", 403), ("approved", 201)):
        assert organizer.call("PATCH", path(competition, team["id"]), {"status": status}).body["status"] == status
        assert bob.submit(competition).status == code


def test_an_organizer_makes_teams_where_the_competition_says_so(
    organizer: Person, ada: Person, bob: Person, eve: Person
) -> None:
    competition, strict = compete(organizer, ada, bob), compete(organizer, ada, bob, extra="agon: {enable_teams: true}")
    made = organizer.call("POST", path(competition), {"name": "Owls", "leader": "ada"})
    assert (made.status, made.body["members"][0]["username"], made.body["code"]) == (201, "ada", None)
    members = path(competition, made.body["id"], "members")
    assert organizer.call("POST", members, {"username": "eve"}).status == 403
    assert organizer.call("POST", members, {"username": "nobody-at-all"}).status == 422
    assert organizer.call("POST", members, {"username": "bob"}).status == 200
    assert ada.call("POST", members, {"username": "bob"}).status == 403
    assert organizer.call("POST", path(strict), {"name": "Owls", "leader": "ada"}).status == 403
    assert ada.call("POST", path(competition), {"name": "Bats", "leader": "bob"}).status == 403


def test_without_teams_everybody_competes_alone(organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    assert not competition["teams"]
    assert ada.call("POST", path(competition), {"name": "Owls"}).status == 409


def test_a_teams_limit_is_one_for_all_of_it(organizer: Person, ada: Person, bob: Person) -> None:
    clock.within_one(clock.DAY)
    competition = compete(organizer, ada, bob, per_day=2, in_all=9)
    make(ada, competition, bob)
    assert [person.submit(competition).status for person in (ada, bob, ada)] == [201, 201, 429]
    refused = bob.submit(competition)
    assert (
        refused.status == 429
        and "You or your team have used all 2" in refused.body["detail"]
        and refused.body["left"]["today"] == 0
    )
    quota = bob.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body
    assert quota["today"]["left"] == 0 and quota["opens_at"]


def test_submitting_for_a_team_is_three_calls(organizer: Person, ada: Person) -> None:
    competition = compete(organizer, ada)
    make(ada, competition)
    upload, phase = ada.upload(builders.submission()), competition["phases"][0]["id"]
    with Counter().counting() as count:
        assert ada.call("POST", f"/phases/{phase}/submissions", {"upload": upload}).status == 201
    assert count.calls == 3


def test_who_leaves_or_joins_a_team_gets_no_other_quota(organizer: Person, ada: Person, bob: Person, eve: Person) -> None:
    competition = compete(organizer, ada, bob, eve, per_day=9, in_all=2)
    team = make(ada, competition, bob)
    assert [bob.submit(competition).status for _ in range(2)] == [201, 201]
    assert leave(bob, competition, team).status == 200
    assert bob.submit(competition).status == 429
    make(bob, competition, name="Bats")
    assert bob.submit(competition).status == 429
    # Nor does who joins bring one along.
    assert join(eve, competition, team).status == 200
    assert eve.submit(competition).status == 429


def test_a_submission_is_the_whole_teams(site: Site, organizer: Person, ada: Person, bob: Person, eve: Person) -> None:
    competition = compete(organizer, ada, bob, eve)
    alone = bob.submit(competition).body["id"]
    team = make(ada, competition, bob, eve)
    made = ada.submit(competition).body
    assert (made["participant"], made["team"]) == ("ada", "Owls")
    # What one handed in alone stays one's own.
    assert submissions(bob, competition) == [made["id"], alone] and submissions(ada, competition) == [made["id"]]
    assert ada.call("GET", f"/submissions/{alone}").status == 404
    assert bob.call("PATCH", f"/submissions/{made['id']}", {"name": "Ours"}).status == 200
    assert bob.call("GET", f"/submissions/{made['id']}/files").body["submission"]
    # Who leaves leaves it to the team.
    assert leave(eve, competition, team).status == 200
    assert eve.call("GET", f"/submissions/{made['id']}").status == 404
    assert bob.call("POST", f"/submissions/{made['id']}/cancel").body["status"] == "Cancelled"
    assert bob.call("DELETE", f"/submissions/{made['id']}").status == 200
    assert submissions(ada, competition) == []


def test_a_team_has_one_row_with_its_name(site: Site, organizer: Person, admin: Person, ada: Person, bob: Person) -> None:
    competition = compete(organizer, ada, bob)
    phase, eve = competition["phases"][0]["id"], site.person("eve")
    alone = bob.submit(competition).body["id"]
    finish(site, admin, alone, 0.2)
    team = make(ada, competition, bob)
    made = [person.submit(competition).body["id"] for person in (ada, bob)]
    for id_, accuracy in zip(made, (0.9, 0.5), strict=True):
        finish(site, admin, id_, accuracy)
    rows = [(row["participant"], row["team"], row["submission"], row["mine"]) for row in board(site, bob, competition)]
    assert rows == [("Owls", team["id"], made[0], True), ("bob", None, alone, True)]
    assert [one["username"] for one in shown(eve, competition, team)["members"]] == ["ada", "bob"]
    of_team, of_bob = f"/phases/{phase}/teams/{team['id']}", f"/phases/{phase}/participants/bob"
    assert eve.call("GET", f"{of_team}/rank").body["places"][0]["rank"] == 1
    assert eve.call("GET", f"{of_bob}/rank").body["places"][0]["rank"] == 2
    # Of oneself one is told how the team stands.
    assert bob.call("GET", f"{of_bob}/rank").body["participant"] == "Owls"
    history = eve.call("GET", f"{of_team}/history").body
    assert history["participant"] == "Owls" and [point["score"] for point in history["points"]] == [0.9]
    assert [point["score"] for point in bob.call("GET", f"{of_bob}/history").body["points"]] == [0.9, 0.5]
    # The best goes, the next one takes its place.
    assert bob.call("DELETE", f"/submissions/{made[0]}").status == 200
    assert [row["submission"] for row in board(site, ada, competition)] == [made[1], alone]


def test_a_team_mate_puts_a_submission_to_several_tasks_on_the_board(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition = compete(organizer, ada, bob, rule="Add_And_Delete", tasks=("Guess", "Again"))
    team, made = make(ada, competition, bob), ada.submit(competition).body["id"]
    for _ in range(2):
        finish(site, admin, made, 0.5)
    assert bob.call("GET", f"/submissions/{made}").body["status"] == "Finished" and board(site, bob, competition) == []
    assert bob.call("POST", f"/submissions/{made}/leaderboard").body["participant"] == "Owls"
    assert [(row["participant"], row["team"]) for row in board(site, ada, competition)] == [("Owls", team["id"])]
    assert ada.call("DELETE", f"/submissions/{made}/leaderboard").status == 200
    assert board(site, ada, competition) == []


def test_a_team_called_like_somebody_is_not_taken_for_them(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition, phase = compete(organizer, ada, bob), "phases"
    team = make(bob, competition, name="ada")
    for person, accuracy in ((ada, 0.9), (bob, 0.5)):
        finish(site, admin, person.submit(competition).body["id"], accuracy)
    assert [row["mine"] for row in board(site, ada, competition)] == [True, False]
    id_ = competition[phase][0]["id"]
    ranks = [f"/phases/{id_}/participants/ada/rank", f"/phases/{id_}/teams/{team['id']}/rank"]
    assert [organizer.call("GET", one).body["places"][0]["rank"] for one in ranks] == [1, 2]


def test_an_anonymous_board_hides_teams_and_who_is_in_them(
    site: Site, organizer: Person, admin: Person, ada: Person, bob: Person
) -> None:
    competition = compete(organizer, ada, bob, extra=OPEN[:-1] + ", anonymous_leaderboard: true}")
    team = make(ada, competition)
    finish(site, admin, ada.submit(competition).body["id"], 0.9)
    [row] = board(site, bob, competition)
    assert (row["participant"], row["team"]) == ("Anonymous", None)
    of_team = f"/phases/{competition['phases'][0]['id']}/teams/{team['id']}/rank"
    assert bob.call("GET", of_team).status == 403 and bob.call("GET", path(competition, team["id"])).status == 404
    assert ada.call("GET", of_team).body["participant"] == "Owls"
    assert [one["participant"] for one in board(site, ada, competition)] == ["Owls"]


def test_a_juror_does_not_judge_their_team(site: Site, organizer: Person, admin: Person, ada: Person, bob: Person) -> None:
    extra = judged.manifest(extra=OPEN)
    competition = compete(organizer, ada, bob, files={"competition.yaml": extra})
    phase, jurors = competition["phases"][0]["id"], [site.person("eve"), bob]
    for juror in jurors:
        organizer.call("POST", f"/competitions/{competition['id']}/jurors", {"username": juror.username})
    make(ada, competition, bob)
    finish(site, admin, ada.submit(competition, judged.story()).body["id"], 0.9)
    while site.work():
        pass
    given = [juror.call("GET", f"/phases/{phase}/judging/next").body["case"] for juror in jurors]
    assert given[0] and given[1] is None
    assert bob.call("GET", f"/judging/{given[0]['id']}").status == 404


def test_a_team_from_another_competition_is_not_found(organizer: Person, ada: Person, bob: Person) -> None:
    competition, other = compete(organizer, ada, bob), compete(organizer, ada)
    team = make(ada, competition, bob)
    its = path(other, team["id"])
    calls = [("GET", its, None), ("PATCH", its, {"status": "denied"}), ("DELETE", its, None), ("POST", f"{its}/code", None)]
    calls += [("POST", f"{its}/leader", {"username": "bob"}), ("POST", f"{its}/members", {"username": "ada"})]
    calls += [("DELETE", f"{its}/members/{ada.id}", None)]
    assert {organizer.call(*call).status for call in calls} == {404}
    rank = f"/phases/{other['phases'][0]['id']}/teams/{team['id']}/rank"
    assert ada.call("GET", rank).status == 404
