"""How the first of a board got there: what is told of it to whom, and what that costs."""

from typing import Any

import pytest

from benchmarks.counting import Counter
from chalicelib.actions.leaderboards import leaders, rebuilding
from chalicelib.domain.bundle.leaderboard import Column
from tests.api.conftest import Person, Site
from tests.api.phases import ACCURACY, DAY, NOW, SECONDS, board, competition, join, phase, score


@pytest.fixture
def grace(site: Site) -> Person:
    return site.person("grace")


def tries(person: Person, phase_id: str, *values: float, since: int = 0) -> list[str]:
    return [score(person, phase_id, {"accuracy": one, "seconds": 1}, at) for at, one in enumerate(values, start=since)]


def told(reader: Site | Person, phase_id: str, query: str = "", rebuilds: bool = True) -> Any:
    """By name the best scores of each; a status where it is refused."""
    if rebuilds:
        rebuilding.rebuild(phase_id, NOW)
    answer = reader.call("GET", f"/phases/{phase_id}/leaderboard/history{query}")
    if answer.status != 200:
        return answer.status
    return {one["participant"]: [point["best"] for point in one["points"]] for one in answer.body["leaders"]}


def test_the_first_of_a_board_come_in_its_order_with_each_submission_that_was_better_than_all_before(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer)
    tries(ada, phase_id, 0.5, 0.3, 0.8)
    made = tries(grace, phase_id, 0.6, 0.9)
    assert list(told(site, phase_id).items()) == [("grace", [0.6, 0.9]), ("ada", [0.5, 0.8])]
    first, second = site.call("GET", f"/phases/{phase_id}/leaderboard/history").body["leaders"]
    assert [point["submission"] for point in first["points"]] == made
    assert [(one["rank"], one["team"], one["mine"], one["opens"]) for one in (first, second)] == [
        (1, None, False, False),
        (2, None, False, False),
    ]
    own = ada.call("GET", f"/phases/{phase_id}/leaderboard/history").body["leaders"]
    assert [(one["mine"], one["opens"]) for one in own] == [(False, False), (True, True)]
    seen = organizer.call("GET", f"/phases/{phase_id}/leaderboard/history").body["leaders"]
    assert [one["opens"] for one in seen] == [True, True]


def test_less_is_better_in_an_ascending_column(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(Column("accuracy", "Error", 0, "asc")))
    tries(ada, phase_id, 0.5, 0.7, 0.2)
    assert told(site, phase_id) == {"ada": [0.5, 0.2]}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("Force_Best", [0.5, 0.8]),
        ("Force_Last", [0.5, 0.8]),
        ("Force_Latest_Multiple", [0.5, 0.8]),
        ("Add_And_Delete_Multiple", [0.3]),
    ],
)
def test_no_more_is_told_than_the_history_of_each(
    site: Site, organizer: Person, ada: Person, rule: str, expected: list[float]
) -> None:
    phase_id = competition(organizer, board(rule=rule))
    join(ada, phase_id)
    made = tries(ada, phase_id, 0.5, 0.3, 0.8, 0.6)
    if rule.startswith("Add"):
        ada.call("POST", f"/submissions/{made[1]}/leaderboard")
    assert told(site, phase_id) == told(organizer, phase_id) == {"ada": expected}
    history = site.call("GET", f"/phases/{phase_id}/participants/ada/history").body["points"]
    assert [one["best"] for one in history if one["score"] == one["best"]] == expected


def test_what_is_deleted_withdrawn_or_disqualified_is_told_no_more(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer)
    join(ada, phase_id)
    mine = tries(ada, phase_id, 0.4, 0.5, 0.6, 0.9)
    tries(grace, phase_id, 0.7)
    assert told(site, phase_id) == {"ada": [0.4, 0.5, 0.6, 0.9], "grace": [0.7]}
    assert ada.call("DELETE", f"/submissions/{mine[0]}").status == 200
    assert told(site, phase_id) == {"ada": [0.5, 0.6, 0.9], "grace": [0.7]}
    organizer.call("PATCH", f"/submissions/{mine[1]}/marks", {"disqualified": True, "reason": "Copied."})
    assert told(site, phase_id) == {"ada": [0.6, 0.9], "grace": [0.7]}
    assert organizer.call("DELETE", f"/submissions/{mine[2]}").status == 200
    assert told(site, phase_id) == {"ada": [0.9], "grace": [0.7]}
    organizer.call("PATCH", f"/submissions/{mine[3]}/marks", {"disqualified": True, "reason": "Copied."})
    assert told(site, phase_id) == {"grace": [0.7]}


def test_a_score_that_is_set_by_hand_takes_the_place_of_the_one_that_was_told(
    site: Site, organizer: Person, ada: Person
) -> None:
    phase_id = competition(organizer)
    made = tries(ada, phase_id, 0.4, 0.9)
    assert told(site, phase_id) == {"ada": [0.4, 0.9]}
    organizer.call("PATCH", f"/submissions/{made[0]}/scores", {"scores": {"accuracy": 0.2}, "reason": "Wrong key."})
    assert told(site, phase_id) == {"ada": [0.2, 0.9]}


def test_nothing_from_after_a_freeze_is_told_to_others(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, phases=[phase(freeze_board_at=NOW)])
    tries(ada, phase_id, 0.5)
    rebuilding.rebuild(phase_id, NOW - DAY)
    tries(ada, phase_id, 0.9, since=61)
    assert told(site, phase_id) == told(ada, phase_id) == {"ada": [0.5]}
    assert told(organizer, phase_id) == {"ada": [0.5, 0.9]}


@pytest.mark.parametrize(
    ("settings", "boards"),
    [
        ({"phases": [phase(is_blind=True)]}, [board()]),
        ({}, [board(hidden=True)]),
        ({}, [board(Column("accuracy", "Accuracy", 0, hidden=True), SECONDS)]),
        ({"anonymous_leaderboard": True}, [board()]),
    ],
)
def test_what_a_board_hides_is_told_to_organizers_alone(
    site: Site, organizer: Person, ada: Person, settings: dict[str, Any], boards: list[Any]
) -> None:
    phase_id = competition(organizer, *boards, **settings)
    join(ada, phase_id)
    tries(ada, phase_id, 0.5)
    assert told(site, phase_id) == told(ada, phase_id) == 403
    assert told(organizer, phase_id) == {"ada": [0.5]}


def test_the_board_of_a_draft_has_none_for_a_stranger(site: Site, organizer: Person) -> None:
    assert told(site, competition(organizer, published=False)) == 404


def test_of_a_hidden_source_of_an_average_rank_nothing_is_told(site: Site, organizer: Person, ada: Person) -> None:
    hidden = Column("accuracy", "Accuracy", 0, hidden=True)
    average = Column("average", "Average", 2, "asc", computation="avg_rank", computation_indexes=(0, 1))
    phase_id = competition(organizer, board(hidden, SECONDS, average, primary_index=2))
    score(ada, phase_id, {"accuracy": 0.5, "seconds": 3})
    score(ada, phase_id, {"accuracy": 0.7, "seconds": 2}, 1)
    assert told(organizer, phase_id) == {"ada": [0.5, 0.7]}
    assert told(site, phase_id) == {"ada": [3, 2]}


def test_baselines_are_left_out_and_somebody_with_several_rows_comes_once(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer, board(rule="Force_Latest_Multiple"))
    [baseline] = tries(grace, phase_id, 0.99)
    tries(ada, phase_id, 0.5, 0.9)
    organizer.call("PATCH", f"/submissions/{baseline}/marks", {"baseline": True})
    assert told(site, phase_id) == {"ada": [0.5, 0.9]}


def test_ten_are_kept_and_five_are_told_unless_somebody_asks_for_another_number(site: Site, organizer: Person) -> None:
    phase_id = competition(organizer)
    for at in range(12):
        tries(site.person(f"person{at}"), phase_id, at / 100)
    names = [f"person{at}" for at in range(11, -1, -1)]
    assert list(told(site, phase_id)) == names[:5]
    assert list(told(site, phase_id, "?top=10")) == names[: leaders.MOST]
    assert list(told(site, phase_id, "?top=1")) == names[:1]
    assert [told(site, phase_id, f"?top={bad}") for bad in ("0", "11", "x", "99999999")] == [422] * 4


def test_each_board_has_its_own(site: Site, organizer: Person, ada: Person, grace: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY), board(SECONDS, key="speed", primary_index=1))
    score(ada, phase_id, {"accuracy": 0.9, "seconds": 5})
    score(grace, phase_id, {"accuracy": 0.5, "seconds": 1})
    assert list(told(site, phase_id).items()) == [("ada", [0.9]), ("grace", [0.5])]
    assert list(told(site, phase_id, "?board=speed").items()) == [("grace", [1]), ("ada", [5])]


def test_what_is_unchanged_is_not_sent_again(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer)
    made = tries(ada, phase_id, 0.4, 0.5)
    rebuilding.rebuild(phase_id, NOW)
    path = f"/phases/{phase_id}/leaderboard/history"
    etag = site.call("GET", path).headers["etag"]
    with Counter().counting() as count:
        assert site.call("GET", path, If_None_Match=etag).status == 304
    assert count.calls == 1
    organizer.call("DELETE", f"/submissions/{made[0]}")
    rebuilding.rebuild(phase_id, NOW)
    assert site.call("GET", path, If_None_Match=etag).status == 200


@pytest.mark.parametrize(("people", "each"), [(1, 1), (12, 8)])
def test_they_cost_two_calls_however_many_there_are(site: Site, organizer: Person, people: int, each: int) -> None:
    phase_id = competition(organizer)
    for at in range(people):
        tries(site.person(f"person{at}"), phase_id, *(at / 100 + number / 1000 for number in range(each)))
    rebuilding.rebuild(phase_id, NOW)
    with Counter().counting() as count:
        assert len(told(site, phase_id, "?top=10", rebuilds=False)) == min(people, 10)
    assert count.calls == 2


def test_a_rebuild_reads_the_submissions_of_those_alone_who_submitted_since(site: Site, organizer: Person) -> None:
    phase_id = competition(organizer)
    people = [site.person(f"person{at}") for at in range(10)]
    for at, person in enumerate(people):
        tries(person, phase_id, at / 100)
    with Counter().counting() as first:
        rebuilding.rebuild(phase_id, NOW)
    tries(people[3], phase_id, 0.5, since=5)
    with Counter().counting() as second:
        rebuilding.rebuild(phase_id, NOW)
    assert told(site, phase_id, rebuilds=False)["person3"] == [0.03, 0.5]
    # Of each a query and what it named. The second also reads what the first has kept.
    assert first.calls - second.calls >= 2 * 9 - 4
