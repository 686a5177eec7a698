"""Boards of a phase, and the board of the same runs that is kept for its end."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.leaderboards import reading, rebuilding, results
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.bundle.model import FinalBoard
from chalicelib.store.competitions.competitions import Phase
from tests.api import phases, test_detailed_results
from tests.api.conftest import Person, Site
from tests.api.phases import ACCURACY, DAY, NOW, SECONDS
from tests.api.test_boards import keys, ranks, show
from tests.api.test_editor import edit, settings
from tests.api.test_results import settle, told

PUBLIC = phases.board(Column("public", "Public", 0), key="public")
PRIVATE = phases.board(Column("private", "Private", 0), key="private", hidden=True)
KEPT = phases.phase(final_board_from=FinalBoard(leaderboard=0))
#: Who leads until the end is not who wins.
LEADS, WINS = {"public": 0.9, "private": 0.1}, {"public": 0.5, "private": 0.7}


@pytest.fixture
def grace(site: Site) -> Person:
    return site.person("grace")


def end(phase_id: str) -> None:
    """Have a phase be over since a minute."""
    Phase(*Phase.at(phase_id)).update(actions=[Phase.ends_at.set(NOW - timedelta(minutes=1))])


def boards_of(who: Site | Person, phase_id: str) -> list[tuple[str, bool, bool]]:
    listed = who.call("GET", f"/phases/{phase_id}/leaderboards").body["boards"]
    return [(one["key"], one["hidden"], one["final"]) for one in listed]


# Boards of a phase


def test_a_phase_has_its_own_boards_and_those_of_all_phases(site: Site, organizer: Person, ada: Person) -> None:
    split = [phases.board(ACCURACY, key=key, phases=of) for key, of in (("dev", (0,)), ("test", (1,)))]
    both = phases.board(SECONDS, key="speed", primary_index=1)
    first = phases.competition(organizer, *split, both, phases=[phases.phase(), phases.phase(1)])
    second = f"{first[:-1]}1"
    assert [boards_of(site, one) for one in (first, second)] == [
        [("dev", False, False), ("speed", False, False)],
        [("test", False, False), ("speed", False, False)],
    ]
    made = phases.score(ada, second, {"accuracy": 0.5, "seconds": 2.0})
    assert (show(site, second)["key"], ranks(show(site, second))) == ("test", [(1, "ada")])
    assert ranks(show(site, second, query="?board=speed")) == [(1, "ada")]
    assert show(site, second, query="?board=dev") == 404
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == {"accuracy": 0.5, "seconds": 2.0}


def test_columns_of_a_board_that_a_phase_has_not_got_count_nothing_there(site: Site, organizer: Person, ada: Person) -> None:
    """Two phases may have a column of the same key, which ranks each its own way."""
    rising, falling = (
        phases.board(ACCURACY, phases=(0,)),
        phases.board(Column("accuracy", "Error", 0, "asc"), key="error", phases=(1,)),
    )
    first = phases.competition(organizer, rising, falling, phases=[phases.phase(), phases.phase(1)])
    second = f"{first[:-1]}1"
    for phase_id in (first, second):
        phases.score(ada, phase_id, {"accuracy": 0.9, "seconds": 3.0}, 0)
        phases.score(ada, phase_id, {"accuracy": 0.1, "seconds": 3.0}, 1)
    assert [show(site, one)["rows"][0]["scores"] for one in (first, second)] == [{"accuracy": 0.9}, {"accuracy": 0.1}]


def add(organizer: Person, competition: dict[str, Any], key: str, column: str, **settings: Any) -> None:
    """Add a board of one column."""
    columns = [{"key": column, "title": column.title(), "index": 0}]
    made = edit(organizer, competition, "/leaderboards", {"key": key, "title": key, "columns": columns, **settings}, "POST")
    assert made.status == 200, made


def test_a_board_that_a_phase_gets_is_empty_until_it_is_made_and_what_one_loses_is_asked_for(
    site: Site, organizer: Person, ada: Person
) -> None:
    second = "  - {index: 1, name: Second, start: 2030-01-01, tasks: [0]}"
    competition = organizer.competition(end="2030-01-01", more_phases=second)
    add(organizer, competition, "loss", "loss", agon={"phases": [1]})
    first = competition["phases"][0]["id"]
    phases.score(ada, first, {"accuracy": 0.5, "seconds": 2.0, "loss": 0.1})
    settle(site, first)
    assert edit(organizer, competition, "/leaderboards/1", {"agon": {"phases": [0, 1]}}).status == 200
    before = site.call("GET", f"/phases/{first}/leaderboard?board=loss").body
    assert (before["rows"], before["count"]) == ([], 0)
    settle(site, first)
    assert site.call("GET", f"/phases/{first}/leaderboard?board=loss").body["rows"][0]["scores"] == {"loss": 0.1}
    path = f"/competitions/{competition['id']}/settings/leaderboards/1"
    lost = organizer.call("PATCH", path, {"agon": {"phases": [1]}}, If_Match="*")
    assert lost.status == 409 and "`loss`" in lost.body["detail"]
    assert organizer.call("PATCH", f"{path}?confirmed=true", {"agon": {"phases": [1]}}, If_Match="*").status == 200
    assert [key for key, _, _ in boards_of(site, first)] == ["main"]


def test_a_final_board_is_followed_when_boards_before_it_are_taken_out(organizer: Person) -> None:
    competition = organizer.competition(end="2030-01-01")
    for key in ("public", "private"):
        add(organizer, competition, key, f"{key} score", hidden=key == "private")
    assert edit(organizer, competition, "/phases/0", {"agon": {"final_board_from": {"leaderboard": 2}}}).status == 200
    path = f"/competitions/{competition['id']}/settings/leaderboards"
    assert organizer.call("DELETE", f"{path}/0", If_Match="*").status == 200
    assert settings(organizer, competition)["phases"][0]["agon"]["final_board_from"] == {"leaderboard": 1}
    gone = organizer.call("DELETE", f"{path}/1", If_Match="*")
    assert gone.status == 422 and gone.body["errors"][0]["place"] == "phases[0].agon.final_board_from.leaderboard"


# The final board of the same runs


def test_the_board_that_is_kept_for_the_end_is_the_organizers_until_then_and_ranks_at_last(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = phases.competition(organizer, PRIVATE, PUBLIC, phases=[KEPT])
    made = phases.score(ada, phase_id, LEADS)
    phases.score(ada, phase_id, {"public": 0.8, "private": 0.99}, 1)
    phases.score(grace, phase_id, WINS)
    assert (ranks(show(site, phase_id)), keys(show(site, phase_id))) == ([(1, "ada"), (2, "grace")], ["public"])
    assert boards_of(ada, phase_id) == [("public", False, False)]
    assert boards_of(organizer, phase_id) == [("public", False, False), ("private", True, True)]
    assert show(site, phase_id, ada, "?board=private") == 403
    early = show(site, phase_id, organizer, "?final=true")
    assert (ranks(early), early["key"], early["final"]) == ([(1, "grace"), (2, "ada")], "private", True)
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == {"public": 0.9}
    end(phase_id)
    last = show(site, phase_id)
    assert (ranks(last), keys(last), last["final"]) == ([(1, "grace"), (2, "ada")], ["private"], True)
    assert boards_of(site, phase_id) == [("private", False, True), ("public", False, False)]
    assert ranks(show(site, phase_id, query="?board=public")) == [(1, "ada"), (2, "grace")]
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == LEADS


def test_a_hidden_board_may_tell_each_their_own_scores_and_stays_the_organizers(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    own = phases.board(Column("private", "Private", 0), key="private", hidden=True, own_scores=True)
    phase_id = phases.competition(organizer, PUBLIC, own)
    made = phases.score(ada, phase_id, LEADS)
    phases.join(grace, phase_id)
    listed = ada.call("GET", f"/phases/{phase_id}/submissions").body["submissions"]
    assert [one["scores"] for one in listed] == [LEADS]
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == LEADS
    assert boards_of(ada, phase_id) == boards_of(site, phase_id) == [("public", False, False)]
    assert show(ada, phase_id, query="?board=private") == 403 and ranks(show(organizer, phase_id, query="?board=private"))
    assert grace.call("GET", f"/submissions/{made}").status == 404


def test_what_is_kept_for_the_end_is_told_nobody_before_whatever_it_says_of_owners(organizer: Person, ada: Person) -> None:
    own = phases.board(Column("private", "Private", 0), key="private", hidden=True, own_scores=True)
    phase_id = phases.competition(organizer, own, PUBLIC, phases=[KEPT])
    made = phases.score(ada, phase_id, LEADS)
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == {"public": 0.9}
    end(phase_id)
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == LEADS


def test_an_end_needs_no_rebuild_to_show_it(organizer: Person, ada: Person) -> None:
    phase_id = phases.competition(organizer, PRIVATE, PUBLIC, phases=[KEPT])
    phases.score(ada, phase_id, LEADS)
    rebuilding.rebuild(phase_id, NOW)
    before, etag = reading.read(phase_id, reading.Which(), 1, False, None, None, NOW)
    after, _ = reading.read(phase_id, reading.Which(), 1, False, etag, None, NOW + DAY)
    assert before is not None and after is not None
    assert [page.rows[0].scores for page in (before, after)] == [{"public": 0.9}, {"private": 0.1}]


def test_it_is_what_pages_of_people_tell_once_the_phase_is_over(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = phases.competition(organizer, PRIVATE, PUBLIC, phases=[KEPT])
    phases.score(ada, phase_id, LEADS)
    phases.score(grace, phase_id, WINS)
    settle(site, phase_id)
    assert told(site, grace) == []
    end(phase_id)
    results.begin(phase_id, NOW)
    settle(site, phase_id)
    (result,) = told(site, grace)
    assert (result["rank"], result["entries"], result["scores"]) == (1, 2, {"private": 0.7})


def test_what_it_has_shown_of_others_is_what_stood_on_it(site: Site, organizer: Person, ada: Person, grace: Person) -> None:
    phase_id = phases.competition(organizer, PRIVATE, PUBLIC, phases=[KEPT])
    phases.score(ada, phase_id, WINS, 0)
    phases.score(ada, phase_id, LEADS, 1)
    rebuilding.rebuild(phase_id, NOW)
    path = f"/phases/{phase_id}/participants/ada/history"
    assert [one["score"] for one in grace.call("GET", path).body["points"]] == [0.5, 0.9]
    end(phase_id)
    assert [one["score"] for one in grace.call("GET", path).body["points"]] == [0.1]
    assert [one["score"] for one in ada.call("GET", path).body["points"]] == [0.7, 0.1]


def test_what_scoring_wrote_and_printed_is_kept_back_as_well_and_what_ones_code_printed_is_not(
    site: Site, organizer: Person, ada: Person
) -> None:
    phase_id = phases.competition(organizer, PRIVATE, PUBLIC, phases=[KEPT], **test_detailed_results.SHOWN)
    names = ["output", "prediction_output", "ingestion_stdout", "scoring_stdout", "scoring_stderr", "detailed_results"]
    made = phases.score(ada, phase_id, LEADS, uploaded=names)

    def seen(person: Person) -> set[str]:
        found: dict[str, Any] = person.call("GET", f"/submissions/{made}/files").body
        return {name for name in names if found[name]}

    rebuilding.rebuild(phase_id, NOW)
    assert seen(ada) == {"prediction_output", "ingestion_stdout"} and seen(organizer) == {*names}
    assert set(ada.call("GET", f"/submissions/{made}/logs").body["logs"]) <= {"ingestion_stdout"}
    assert test_detailed_results.read(site, made).status == 403
    end(phase_id)
    assert seen(ada) == {*names} and test_detailed_results.read(site, made).status == 200


def test_of_several_tasks_and_groups_the_means_rank_on_it_too(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    kept = phases.phase(tasks=(0, 1), final_board_from=FinalBoard(leaderboard=0))
    phase_id = phases.competition(organizer, PRIVATE, PUBLIC, phases=[kept], groups=(Group("owls", "Owls", board=True),))
    phases.join(ada, phase_id, "owls")
    phases.join(grace, phase_id)
    both = [{f"{task}/{key}": value for task in "01" for key, value in scores.items()} for scores in (LEADS, WINS)]
    phases.score(ada, phase_id, both[0] | LEADS, group="owls")
    phases.score(grace, phase_id, both[1] | WINS)
    assert show(site, phase_id)["rows"][0]["scores"] == {"public": 0.9, "0/public": 0.9, "1/public": 0.9}
    end(phase_id)
    last = show(site, phase_id)
    assert (ranks(last), last["rows"][0]["scores"]["1/private"]) == ([(1, "grace"), (2, "ada")], 0.7)
    assert ranks(show(site, phase_id, query="?group=owls")) == [(1, "ada")]
