"""Where a participant stands, and how they got there."""

from typing import Any

import pytest

from benchmarks.counting import Counter
from chalicelib.actions.leaderboards import rebuilding
from chalicelib.domain.bundle.leaderboard import Column
from tests.api.conftest import Person, Site
from tests.api.phases import ACCURACY, NOW, SECONDS, board, competition, join, phase, score


@pytest.fixture
def grace(site: Site) -> Person:
    return site.person("grace")


def history(reader: Site | Person, phase_id: str, username: str = "ada", query: str = "") -> Any:
    answer = reader.call("GET", f"/phases/{phase_id}/participants/{username}/history{query}")
    return [(point["score"], point["best"]) for point in answer.body["points"]] if answer.status == 200 else answer.status


def tries(person: Person, phase_id: str, *values: float) -> list[str]:
    made = [score(person, phase_id, {"accuracy": value, "seconds": 1}, minute) for minute, value in enumerate(values)]
    rebuilding.rebuild(phase_id, NOW)
    return made


def test_a_rank_is_found_by_two_calls(site: Site, organizer: Person, ada: Person, grace: Person) -> None:
    phase_id = competition(organizer)
    tries(grace, phase_id, 0.9)
    [made] = tries(ada, phase_id, 0.5)
    with Counter().counting() as count:
        told = site.call("GET", f"/phases/{phase_id}/participants/ADA/rank").body
    assert told == {"participant": "ada", "count": 2, "places": [{"rank": 2, "page": 1, "submission": made}]}
    assert count.calls == 2
    assert site.call("GET", f"/phases/{phase_id}/participants/nobody/rank").status == 404
    assert site.call("GET", f"/phases/{phase_id}/participants/%00/rank").status == 404


def test_several_rows_of_one_participant_have_a_place_each(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(rule="Force_Latest_Multiple"))
    tries(ada, phase_id, 0.5, 0.9)
    told = site.call("GET", f"/phases/{phase_id}/participants/ada/rank").body
    assert sorted(place["rank"] for place in told["places"]) == [1, 2]


def test_nobody_is_on_an_empty_board(site: Site, organizer: Person) -> None:
    assert site.call("GET", f"/phases/{competition(organizer)}/participants/ada/rank").status == 404


def test_ones_own_scores_over_time_with_the_best_so_far(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer)
    tries(ada, phase_id, 0.5, 0.3, 0.8)
    score(ada, phase_id, {}, 9, status="Failed")
    assert history(ada, phase_id) == [(0.5, 0.5), (0.3, 0.5), (0.8, 0.8)]
    assert history(organizer, phase_id) == [(0.5, 0.5), (0.3, 0.5), (0.8, 0.8)]


def test_less_is_better_in_an_ascending_column(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(Column("accuracy", "Error", 0, "asc")))
    tries(ada, phase_id, 0.5, 0.7, 0.2)
    assert history(ada, phase_id) == [(0.5, 0.5), (0.7, 0.5), (0.2, 0.2)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("Force_Best", [(0.5, 0.5), (0.8, 0.8)]),
        ("Force_Last", [(0.5, 0.5), (0.3, 0.5), (0.8, 0.8)]),
        ("Force_Latest_Multiple", [(0.5, 0.5), (0.3, 0.5), (0.8, 0.8)]),
        ("Add_And_Delete_Multiple", [(0.3, 0.3)]),
    ],
)
def test_others_are_told_what_the_board_has_shown(
    site: Site, organizer: Person, ada: Person, grace: Person, rule: str, expected: list[Any]
) -> None:
    phase_id = competition(organizer, board(rule=rule))
    join(ada, phase_id)
    made = tries(ada, phase_id, 0.5, 0.3, 0.8)
    if rule.startswith("Add"):
        ada.call("POST", f"/submissions/{made[1]}/leaderboard")
        rebuilding.rebuild(phase_id, NOW)
    assert history(site, phase_id) == history(grace, phase_id) == expected


def test_a_disqualified_submission_is_not_told_to_others(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer)
    made = tries(ada, phase_id, 0.5, 0.8)
    organizer.call("PATCH", f"/submissions/{made[1]}/marks", {"disqualified": True, "reason": "Copied."})
    rebuilding.rebuild(phase_id, NOW)
    assert history(site, phase_id) == [(0.5, 0.5)]


def test_nothing_from_after_a_freeze_is_told_to_others(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, phases=[phase(freeze_board_at=NOW)])
    score(ada, phase_id, {"accuracy": 0.5})
    from chalicelib.actions.leaderboards.rebuilding import rebuild
    from tests.api.phases import DAY

    rebuild(phase_id, NOW - DAY)
    score(ada, phase_id, {"accuracy": 0.9}, 61)
    rebuild(phase_id, NOW)
    assert history(site, phase_id) == [(0.5, 0.5)]
    assert history(ada, phase_id) == [(0.5, 0.5), (0.9, 0.9)]


def test_a_score_of_everybodys_ranks_is_told_by_what_it_is_made_of(organizer: Person, ada: Person) -> None:
    average = Column("average", "Average", 2, "asc", computation="avg_rank", computation_indexes=(0, 1))
    phase_id = competition(organizer, board(ACCURACY, SECONDS, average, primary_index=2))
    tries(ada, phase_id, 0.5, 0.8)
    assert history(ada, phase_id) == [(0.5, 0.5), (0.8, 0.8)]


def test_a_hidden_score_that_ranks_has_no_history(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(Column("accuracy", "Accuracy", 0, hidden=True), SECONDS))
    tries(ada, phase_id, 0.5)
    assert history(ada, phase_id) == history(site, phase_id) == 403
    assert history(organizer, phase_id) == [(0.5, 0.5)]


@pytest.mark.parametrize("submissions", [1, 30])
def test_a_history_costs_the_same_for_few_and_for_many(site: Site, organizer: Person, ada: Person, submissions: int) -> None:
    phase_id = competition(organizer)
    tries(ada, phase_id, *(at / 100 for at in range(submissions)))
    with Counter().counting() as count:
        assert len(history(site, phase_id)) == submissions
    assert count.calls <= 4


def test_who_may_open_the_submissions_of_a_history_is_told_so(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer)
    join(ada, phase_id)
    [made] = tries(ada, phase_id, 0.5)
    people = {"nobody": site, "ada": ada, "grace": grace, "organizer": organizer}
    for name, reader in people.items():
        opens = reader.call("GET", f"/phases/{phase_id}/participants/ada/history").body["opens"]
        opened = reader.call("GET", f"/submissions/{made}").status == 200
        assert opens == opened == (name in ("ada", "organizer"))
