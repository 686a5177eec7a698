"""Columns whose keys are corrected and that are removed, after submissions have scores in them."""

from typing import Any

import pytest

from tests import builders
from tests.api.conftest import Person, Site
from tests.api.test_editor import edit, errors, settings
from tests.api.test_reordering import effect, hand_in, jobs, phase_of, preview, rows, scored, update

COLUMN = "/leaderboards/0/columns/0"
SLIP = {"key": "acc", "title": "Acc."}


@pytest.fixture
def made(organizer: Person, ada: Person) -> dict[str, Any]:
    found = organizer.competition()
    ada.join(found)
    return found


def test_a_corrected_key_keeps_its_scores_on_board_page_list_history_and_in_files(
    site: Site, organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    [submission] = hand_in(ada, made, 0.5)
    assert rows(site, made) == [("ada", 0.5)]
    assert edit(organizer, made, COLUMN, SLIP).status == 200
    assert rows(site, made, "acc") == [("ada", 0.5)]
    [row] = site.call("GET", f"/phases/{phase_of(made)}/leaderboard").body["rows"]
    assert (row["rank"], row["submission"]) == (1, submission)
    scores = {"acc": 0.5, "seconds": 5.0}
    everybodys = f"/phases/{phase_of(made)}/submissions?everyone=true"
    for person in (ada, organizer):
        assert person.call("GET", f"/submissions/{submission}").body["scores"] == scores
    assert organizer.call("GET", everybodys).body["submissions"][0]["scores"] == scores
    history = ada.call("GET", f"/phases/{phase_of(made)}/participants/ada/history").body
    assert [point["score"] for point in history["points"]] == [0.5]
    assert jobs(organizer, made) == []


def test_scores_that_stand_under_a_corrected_key_count_as_no_change(
    site: Site, organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    edit(organizer, made, COLUMN, SLIP)
    assert preview(organizer, made, COLUMN, {"sorting": "asc"}).body["effects"] == []
    hand_in(ada, made, 0.25)
    assert preview(organizer, made, COLUMN, {"sorting": "asc"}).body["effects"] == [effect(made, rows=1, change=1)]


def test_what_comes_after_a_correction_is_ranked_with_what_came_before(
    site: Site, organizer: Person, admin: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    edit(organizer, made, COLUMN, SLIP)
    runner = site.runner_token(admin)
    for accuracy, best in ((0.25, 0.5), (0.75, 0.75)):
        site.finish(site.claim(ada.submit(made).body["id"], runner).body, {"acc": accuracy, "seconds": 1})
        assert rows(site, made, "acc") == [("ada", best)]


def test_a_key_that_is_corrected_twice_and_back_keeps_its_scores(
    site: Site, organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    for key, former in (("acc", ["accuracy"]), ("top1", ["acc", "accuracy"]), ("accuracy", ["top1", "acc"])):
        assert edit(organizer, made, COLUMN, {"key": key}).status == 200
        assert settings(organizer, made)["leaderboards"][0]["columns"][0]["agon"]["former_keys"] == former
        assert rows(site, made, key) == [("ada", 0.5)]


def test_who_wants_none_of_the_former_scores_says_so(
    site: Site, organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    assert edit(organizer, made, COLUMN, {"key": "f1", "agon": {"former_keys": []}}).status == 409
    assert edit(organizer, made, f"{COLUMN}?confirmed=true", {"key": "f1", "agon": {"former_keys": []}}).status == 200
    assert rows(site, made, "f1") == []


def test_a_bundle_says_which_keys_a_column_had(site: Site, organizer: Person, ada: Person, made: dict[str, Any]) -> None:
    hand_in(ada, made, 0.5)
    manifest = builders.manifest().replace("key: accuracy,", "key: acc, agon: {former_keys: [accuracy]},")
    update(organizer, made, files={"competition.yaml": manifest})
    assert rows(site, made, "acc") == [("ada", 0.5)]


def test_a_former_key_is_no_other_columns(organizer: Person, made: dict[str, Any]) -> None:
    edit(organizer, made, COLUMN, SLIP)
    again = {"key": "accuracy", "title": "Another"}
    assert errors(edit(organizer, made, "/leaderboards/0/columns", again, "POST")) == {
        "leaderboards[0].columns[0].agon.former_keys"
    }


@pytest.mark.parametrize("former", [["k" * 37], [f"k{at}" for at in range(11)], "acc", [{"a": 1}], ["accuracy"]])
def test_what_cannot_be_former_keys_is_a_complaint(organizer: Person, made: dict[str, Any], former: Any) -> None:
    patch = {"key": "accuracy", "agon": {"former_keys": former}}
    answer = edit(organizer, made, COLUMN, patch)
    assert answer.status == (200 if former == "acc" else 422), answer


def test_a_frozen_board_shows_its_scores_under_the_corrected_key(
    site: Site, organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    assert rows(site, made) == [("ada", 0.5)]
    edit(organizer, made, "/phases/0", {"end": "2100-01-01", "agon": {"freeze_board_at": "2026-01-02"}})
    edit(organizer, made, COLUMN, SLIP)
    assert rows(site, made, "acc") == [("ada", 0.5)]


def test_several_tasks_keep_the_scores_of_each_under_a_corrected_key(site: Site, organizer: Person, ada: Person) -> None:
    made = organizer.competition(tasks=("Cats", "Dogs"))
    of_both = {"accuracy": 0.6, "0/accuracy": 0.9, "1/accuracy": 0.3}
    scored(ada, made, of_both, 1, task=None, tasks={"0": "Cats", "1": "Dogs"})
    edit(organizer, made, COLUMN, SLIP)
    assert rows(site, made, "acc") == [("ada", 0.6)]
    assert rows(site, made, "1/acc") == [("ada", 0.3)]


def test_removing_a_column_with_scores_asks_first(site: Site, organizer: Person, ada: Person, made: dict[str, Any]) -> None:
    hand_in(ada, made, 0.5, 0.75)
    asked = edit(organizer, made, "/leaderboards/0/columns/1", None, "DELETE")
    assert asked.status == 409
    assert "`seconds` (2 in “Only”)" in asked.body["detail"] and "confirmed=true" in asked.body["detail"]
    told = preview(organizer, made, "/leaderboards/0/columns/1", None, "DELETE").body["effects"]
    assert told == [effect(made, rows=1, change=1, lost=[{"key": "seconds", "submissions": 2}])]
    assert edit(organizer, made, "/leaderboards/0/columns/1?confirmed=true", None, "DELETE").status == 200
    assert rows(site, made) == [("ada", 0.75)]


def test_removing_a_column_whose_scores_stand_under_a_former_key_asks_first(
    organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    edit(organizer, made, "/leaderboards/0/columns/1", {"key": "time"})
    asked = edit(organizer, made, "/leaderboards/0/columns/1", None, "DELETE")
    assert asked.status == 409 and "`time` (1 in “Only”)" in asked.body["detail"]


def test_a_column_that_comes_back_has_its_scores_again(
    site: Site, organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    edit(organizer, made, "/leaderboards/0/columns/1?confirmed=true", None, "DELETE")
    assert rows(site, made) == [("ada", 0.5)]
    back = {"title": "Seconds", "key": "seconds", "sorting": "asc"}
    assert edit(organizer, made, "/leaderboards/0/columns", back, "POST").status == 200
    assert rows(site, made, "seconds") == [("ada", 5.0)]


def test_a_column_without_scores_is_removed_at_once(organizer: Person, ada: Person, made: dict[str, Any]) -> None:
    edit(organizer, made, "/leaderboards/0/columns", {"title": "F1", "key": "f1"}, "POST")
    hand_in(ada, made, 0.5)
    assert edit(organizer, made, "/leaderboards/0/columns/2", None, "DELETE").status == 200


def test_removing_a_board_with_scores_asks_first(organizer: Person, ada: Person, made: dict[str, Any]) -> None:
    board = {"title": "Speed", "key": "speed", "columns": [{"title": "Watts", "key": "watts", "index": 0}]}
    edit(organizer, made, "/leaderboards", board, "POST")
    scored(ada, made, {"accuracy": 0.5, "watts": 3.0}, 1)
    assert edit(organizer, made, "/leaderboards/1", None, "DELETE").status == 409
    assert edit(organizer, made, "/leaderboards/1?confirmed=true", None, "DELETE").status == 200


def test_a_bundle_without_a_column_says_what_is_lost_before_it_is_imported(
    organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    manifest = "\n".join(line for line in builders.manifest().splitlines() if "Seconds" not in line)
    for name in (made["id"], made["slug"]):
        body = {"manifest": manifest, "names": list_of_files(), "competition": name}
        [told] = organizer.call("POST", "/bundles/check", body).body["effects"]
        assert told["lost"] == [{"key": "seconds", "submissions": 1}]


def test_an_update_that_nobody_was_asked_about_says_what_no_board_shows_any_more(
    organizer: Person, ada: Person, made: dict[str, Any]
) -> None:
    hand_in(ada, made, 0.5)
    manifest = "\n".join(line for line in builders.manifest().splitlines() if "Seconds" not in line)
    warnings = [one["message"] for one in update(organizer, made, files={"competition.yaml": manifest})]
    assert any("the scores in `seconds` any more (submissions to “Only”: 1)" in warning for warning in warnings)


def list_of_files() -> list[str]:
    return ["terms.md", "overview.md", "scoring_program/metadata.yaml", "scoring_program/score.py", "reference.zip"]
