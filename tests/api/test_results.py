"""Results of phases that are over, on the pages of who took part: kept with their boards, and told as boards tell them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarks.counting import Counter
from chalicelib.actions.background import sweep
from chalicelib.actions.leaderboards import results
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.bundle.model import FinalBoard
from chalicelib.store.competitions.competitions import Competition, Phase, competition_of
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards import results as stored
from chalicelib.store.leaderboards.boards import Board
from tests.api import phases, test_account_mergers, test_account_removal, test_own_data
from tests.api.conftest import Person, Site
from tests.api.phases import DAY, NOW
from tests.api.test_editor import edit
from tests.api.test_moderation import mark

OVER = phases.phase(end=NOW - timedelta(minutes=5))
GOOD, FAIR, POOR = ({"accuracy": value, "seconds": 1.0} for value in (0.9, 0.8, 0.1))


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


def held(organizer: Person, *leaderboards: Any, over: Any = OVER, **settings: Any) -> str:
    """A competition whose phase is over: the phase's id."""
    return phases.competition(organizer, *leaderboards, phases=(over,), **settings)


def settle(site: Site, phase: str) -> None:
    """Have its board made anew, and do what follows of that."""
    forget_when(phase)
    site.run({"version": 1, "task": "rebuild", "id": phase})
    while site.work():
        pass


def forget_when(phase: str) -> None:
    """That a board was made a moment ago keeps nobody waiting."""
    board, _ = boards.state(phase)
    if board.version:
        board.update(actions=[Board.rebuilt_at.remove()])


def told(site: Site, person: Person) -> list[dict[str, Any]]:
    return list(site.call("GET", f"/people/{person.username}").body["results"])


def ranks(site: Site, *people: Person) -> list[int | None]:
    return [next((one["rank"] for one in told(site, person)), None) for person in people]


def change(phase: str, **attributes: Any) -> None:
    """Change a competition as an organizer would, without what else comes of it."""
    stored_ = Competition(*Competition.at(competition_of(phase)))
    stored_.update(actions=[getattr(Competition, name).set(value) for name, value in attributes.items()])


def test_where_people_stood_is_on_their_pages_once_a_phase_is_over(
    site: Site, organizer: Person, ada: Person, bob: Person
) -> None:
    phase = held(organizer)
    phases.score(ada, phase, GOOD)
    phases.score(bob, phase, FAIR)
    assert ranks(site, ada, bob) == [None, None]
    settle(site, phase)
    (result,) = told(site, ada)
    assert (result["rank"], result["entries"], result["scores"]) == (1, 2, GOOD)
    assert (result["title"], result["phase"], result["phase_name"], result["team"]) == ("Guess", phase, "Phase 0", None)
    assert [(one["key"], one["primary"]) for one in result["columns"]] == [("accuracy", True), ("seconds", False)]
    assert ranks(site, bob, organizer) == [2, None]


def test_while_a_phase_goes_on_nobody_has_a_result_and_its_end_gives_all_theirs(
    site: Site, organizer: Person, ada: Person
) -> None:
    phase = held(organizer, over=phases.phase())
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    assert ranks(site, ada) == [None] and stored.of_phase(phase) == []
    Phase(*Phase.at(phase)).update(actions=[Phase.ends_at.set(NOW), *Phase.waking_at(NOW)])
    sweep.sweep(NOW + timedelta(seconds=1))
    while site.work():
        pass
    assert ranks(site, ada) == [1]


def test_a_phase_whose_end_is_moved_into_the_past_is_over_with_all_that_follows(
    site: Site, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition()
    phase = competition["phases"][0]["id"]
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    assert ranks(site, ada) == [None]
    end = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    assert edit(organizer, competition, "/phases/0", {"end": end}).status == 200
    forget_when(phase)
    while site.work():
        pass
    assert ranks(site, ada) == [1]


def test_results_follow_what_moderators_do_and_a_second_look_writes_nothing(
    site: Site, organizer: Person, ada: Person, bob: Person
) -> None:
    phase = held(organizer)
    best = phases.score(ada, phase, GOOD)
    phases.score(bob, phase, FAIR)
    settle(site, phase)
    assert mark(organizer, best, disqualified=True, reason="Two accounts.").status == 200
    settle(site, phase)
    assert ranks(site, ada, bob) == [None, 1]
    before = site.rows()
    results.begin(phase, NOW)
    while site.work():
        pass
    assert [row for row in site.rows() if row["kind"] == "result"] == [row for row in before if row["kind"] == "result"]


def test_a_baseline_takes_no_place_on_its_makers_page(site: Site, organizer: Person, ada: Person, bob: Person) -> None:
    phase = held(organizer)
    phases.score(bob, phase, FAIR)
    phases.score(ada, phase, GOOD, marks={"baseline": True})
    settle(site, phase)
    assert ranks(site, ada)[0] is None and ranks(site, bob)[0] is not None


def test_of_several_rows_the_best_is_the_result(site: Site, organizer: Person, ada: Person) -> None:
    phase = held(organizer, phases.board(rule="Force_Latest_Multiple"))
    phases.score(ada, phase, POOR, 1)
    phases.score(ada, phase, GOOD, 2)
    settle(site, phase)
    assert [(one["rank"], one["entries"]) for one in told(site, ada)] == [(1, 2)]


HIDES: Mapping[str, Mapping[str, Any]] = {
    "a draft's": {"competition": {"published": False}},
    "an anonymous board's": {"settings": {"anonymous_leaderboard": True}},
    "a group's phase's": {"settings": {"groups": (Group("students", "Students", phases=(0,)),)}},
    "a hidden board's": {"board": {"hidden": True}},
    "of which another phase has the final board": {"phase": {"final_board_from": FinalBoard(phase=1)}},
}


@pytest.mark.parametrize("case", HIDES.values(), ids=HIDES)
def test_a_result_that_its_board_tells_nobody_is_on_no_page(
    site: Site, organizer: Person, ada: Person, case: Mapping[str, Any]
) -> None:
    over = replace(OVER, **case.get("phase", {}))
    board = phases.board(**case.get("board", {}))
    phase = held(organizer, board, over=over, **case.get("settings", {}))
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    for name, value in case.get("competition", {}).items():
        change(phase, **{name: value})
    assert len(stored.of_phase(phase)) == 1
    assert told(site, ada) == []


def test_a_board_that_is_hidden_again_hides_results_and_shown_again_shows_them(
    site: Site, organizer: Person, ada: Person
) -> None:
    hidden = replace(phases.SECONDS, hidden=True)
    phase = held(organizer, phases.board(phases.ACCURACY, hidden))
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    (result,) = told(site, ada)
    assert result["scores"] == {"accuracy": 0.9} and [one["key"] for one in result["columns"]] == ["accuracy"]
    shown = Competition.get(*Competition.at(competition_of(phase))).leaderboards
    change(phase, leaderboards=[{**one, "hidden": True} for one in shown])
    assert told(site, ada) == []
    change(phase, leaderboards=shown)
    assert told(site, ada) == [result]


def test_a_phase_that_is_opened_again_has_no_results_until_it_ends(site: Site, organizer: Person, ada: Person) -> None:
    phase = held(organizer)
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    Phase(*Phase.at(phase)).update(actions=[Phase.ends_at.set(NOW + DAY)])
    assert told(site, ada) == []


def test_who_wants_none_on_their_page_has_none_there(site: Site, organizer: Person, ada: Person) -> None:
    phase = held(organizer)
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    page = ada.call("PATCH", "/me", {"shows_results": False}).body
    assert (page["shows_results"], page["results"]) == (False, [])
    assert ada.call("PATCH", "/me", {"shows_results": True}).body["results"] == told(site, ada) != []


def test_each_member_has_a_teams_result_and_who_joins_later_has_none(
    site: Site, organizer: Person, ada: Person, bob: Person
) -> None:
    phase = held(organizer, enable_teams=True)
    for person in (ada, bob):
        phases.join(person, phase)
    path = f"/competitions/{competition_of(phase)}"
    team = ada.call("POST", f"{path}/teams", {"name": "Owls"}).body
    phases.score(ada, phase, GOOD, team=team["id"], team_name="Owls")
    settle(site, phase)
    (result,) = told(site, ada)
    assert (result["rank"], result["team"], result["team_name"]) == (1, team["id"], "Owls")
    assert bob.call("POST", f"{path}/teams/join", {"code": team["code"]}).status == 200
    phases.score(ada, phase, {**GOOD, "accuracy": 0.95}, 1, team=team["id"], team_name="Owls")
    settle(site, phase)
    assert [one["scores"]["accuracy"] for one in told(site, ada)] == [0.95]
    assert told(site, bob) == []


def test_a_message_that_was_lost_is_made_good_by_the_sweeper(site: Site, organizer: Person, ada: Person) -> None:
    phase = held(organizer)
    phases.score(ada, phase, GOOD)
    site.run({"version": 1, "task": "rebuild", "id": phase})
    assert {"version": 1, "task": "results", "id": phase} in site.messages()
    sweep.sweep(NOW + timedelta(hours=1))
    while site.work():
        pass
    assert ranks(site, ada) == [1]
    (row,) = [row for row in site.rows() if row["kind"] == "board"]
    assert "due_at" not in row and row["told"] == row["version"]


def test_what_was_over_before_there_were_results_is_found_once_a_day(site: Site, organizer: Person, ada: Person) -> None:
    phase = held(organizer)
    change(phase, list_pk="COMPETITIONS", list_sk=competition_of(phase))
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    for row in stored.of_phase(phase):
        row.delete()
    Board(*Board.at(phase)).update(actions=[Board.told.remove()])
    site.run({"version": 1, "task": "results_review", "id": results.FROM_THE_FIRST})
    while site.work():
        pass
    assert ranks(site, ada) == [1]


def test_a_function_whose_time_is_over_leaves_the_rest_to_another(site: Site, organizer: Person, ada: Person) -> None:
    phase = held(organizer)
    phases.score(ada, phase, GOOD)
    forget_when(phase)
    site.run({"version": 1, "task": "rebuild", "id": phase})
    (message,) = [one for one in site.messages() if one["task"] == "results"]
    site.run(message, seconds=1)
    assert told(site, ada) == [] and site.work()
    assert ranks(site, ada) == [1]


def test_of_two_functions_the_one_with_the_former_snapshot_writes_nothing(
    site: Site, organizer: Person, ada: Person, bob: Person
) -> None:
    phase = held(organizer)
    phases.score(ada, phase, FAIR)
    settle(site, phase)
    former, _ = boards.state(phase)
    phases.score(bob, phase, GOOD)
    settle(site, phase)
    assert not stored.change(former, [], stored.of_phase(phase))
    assert ranks(site, bob, ada) == [1, 2]


def test_a_competition_that_is_deleted_takes_its_results_along(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(publish=False)
    phase = competition["phases"][0]["id"]
    phases.score(ada, phase, GOOD)
    Phase(*Phase.at(phase)).update(actions=[Phase.ends_at.set(NOW - timedelta(minutes=5))])
    settle(site, phase)
    assert len(stored.of_phase(phase)) == 1
    path = f"/competitions/{competition['id']}"
    assert organizer.call("DELETE", f"{path}?slug={competition['slug']}").status == 200
    while site.work():
        pass
    assert stored.of_phase(phase) == []


def test_who_is_gone_leaves_no_result(site: Site, organizer: Person, ada: Person) -> None:
    eve = test_account_removal.newcomer(site, f"eve-{datetime.now(UTC):%H%M%S%f}")
    phase = held(organizer)
    phases.join(eve, phase)
    phases.score(eve, phase, FAIR)
    phases.score(ada, phase, GOOD)
    settle(site, phase)
    assert ranks(site, ada, eve) == [1, 2]
    assert test_account_removal.remove(eve).status == 202
    test_account_removal.settle(site, eve)
    assert [one.user for one in stored.of_phase(phase)] == [ada.id]
    settle(site, phase)
    assert [one.user for one in stored.of_phase(phase)] == [ada.id]


def test_what_one_account_came_to_is_that_of_the_account_it_is_merged_into(site: Site, organizer: Person) -> None:
    gone, stays = (test_account_removal.newcomer(site, f"{name}-{datetime.now(UTC):%H%M%S%f}") for name in ("old", "new"))
    alone, both = held(organizer), held(organizer)
    for phase in (alone, both):
        phases.join(gone, phase)
        phases.score(gone, phase, FAIR)
    phases.join(stays, both)
    phases.score(stays, both, GOOD)
    for phase in (alone, both):
        settle(site, phase)
    root = site.person("root", admin=True)
    assert test_account_mergers.merge(root, gone, stays).status == 202
    test_account_removal.settle(site, gone)
    for phase in (alone, both):
        settle(site, phase)
    assert {one["phase"]: one["rank"] for one in told(site, stays)} == {alone: 1, both: 1}
    assert {one.user for phase in (alone, both) for one in stored.of_phase(phase)} == {stays.id}


def test_the_export_of_what_the_site_knows_has_them_as_everybody_sees_them(
    site: Site, organizer: Person, ada: Person
) -> None:
    shown, hidden = held(organizer), held(organizer, phases.board(hidden=True))
    for phase in (shown, hidden):
        phases.score(ada, phase, GOOD)
        settle(site, phase)
    files = test_own_data.exported(site, ada)
    found = [one for name, page in files.items() if name.startswith("results/") for one in page]
    assert [(one["phase"], one["rank"], one["scores"]) for one in found] == [(shown, 1, GOOD)]


def test_a_page_costs_the_same_however_many_results_it_has(site: Site, organizer: Person, ada: Person) -> None:
    counter, counts = Counter(), []
    for _ in range(3):
        phase = held(organizer)
        phases.score(ada, phase, GOOD)
        settle(site, phase)
        with counter.counting() as counted:
            assert site.call("GET", "/people/ada").status == 200
        counts.append(counted.names)
    assert counts[0] == counts[-1] and len(told(site, ada)) == 3
