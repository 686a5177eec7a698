"""Competitions of other platforms are imported as bundles are, and their dumps are bundles of version 2 (ADR 57)."""

import io
from typing import Any

import pytest

from chalicelib.domain.bundle.check import bundle_of_archive
from tests.api.conftest import Person, Site
from tests.api.phases import score
from tests.api.test_boards import show
from tests.api.test_dump import dumped, members
from tests.api.test_import import imported
from tests.builders import archive
from tests.unit.challenges import Files, challenge, kaggle, phase_splits, phases, schema, taken
from tests.unit.ramp_kits import kit

KINDS = pytest.mark.parametrize("files", [challenge(), kaggle(end="2099-12-31"), kit()], ids=["evalai", "kaggle", "ramp"])


def competition_of(site: Site, organizer: Person, files: Files) -> dict[str, Any]:
    done = imported(site, organizer, archive(files))
    assert (done["status"], done["errors"], done["warnings"]) == ("Finished", [], []), done
    return organizer.call("GET", f"/competitions/{done['competition']}").body


def test_an_evalai_challenge_becomes_a_competition_with_a_board_for_each_phase_and_split(
    site: Site, organizer: Person
) -> None:
    competition = competition_of(site, organizer, challenge())
    assert (competition["title"], competition["published"]) == ("Letters", False)
    assert [phase["name"] for phase in competition["phases"]] == ["Dev", "Test"]
    settings = organizer.call("GET", f"/competitions/{competition['id']}/settings").body["settings"]
    boards = [(board["title"], board["agon"]["phases"], board.get("hidden", False)) for board in settings["leaderboards"]]
    assert boards == [
        ("Dev · Train split", [0], False),
        ("Test · Train split", [1], False),
        ("Test · Test split", [1], True),
    ]


def test_boards_of_one_phase_have_columns_of_one_title_and_scores_of_their_own(
    site: Site, organizer: Person, ada: Person
) -> None:
    shown = challenge(challenge_phase_splits=phase_splits(visibility=3))
    competition = competition_of(site, organizer, shown)
    organizer.call("POST", f"/competitions/{competition['id']}/publish")
    ada.join(competition)
    phase_id = competition["phases"][1]["id"]
    score(ada, phase_id, {"train_split__accuracy": 0.9, "test_split__accuracy": 0.4}, task="1")
    boards = [show(site, phase_id, query=f"?board={key}") for key in ("test_train_split", "test_test_split")]
    assert [board["columns"][0]["title"] for board in boards] == ["Accuracy", "Accuracy"]
    scores = [board["rows"][0]["scores"] for board in boards]
    assert (scores[0]["train_split__accuracy"], scores[1]["test_split__accuracy"]) == (0.9, 0.4)


def test_a_kaggle_competition_becomes_one_whose_private_board_ranks_at_the_end(site: Site, organizer: Person) -> None:
    competition = competition_of(site, organizer, kaggle(end="2099-12-31"))
    assert competition["title"] == "Targets"
    settings = organizer.call("GET", f"/competitions/{competition['id']}/settings").body["settings"]
    assert settings["phases"][0]["agon"]["final_board_from"] == {"leaderboard": 1}


@KINDS
def test_its_dump_is_a_bundle_of_version_2_that_says_the_same(site: Site, organizer: Person, files: Files) -> None:
    content, _ = dumped(site, organizer, competition_of(site, organizer, files)["id"])
    assert "scoring_program/adapter.py" not in members(content) and "tasks/0/scoring_program.zip" in members(content)
    reading = bundle_of_archive(io.BytesIO(content))
    assert reading.bundle is not None and reading.outline.version == "2"
    assert [(one.name, one.start, one.end) for one in reading.bundle.phases] == [
        (one.name, one.start, one.end) for one in taken(files).phases
    ]
    assert reading.bundle.leaderboards == taken(files).leaderboards


@KINDS
def test_a_check_says_what_it_is_read_as(site: Site, organizer: Person, files: Files) -> None:
    body = {"upload": organizer.upload(archive(files), "bundle")}
    told = organizer.call("POST", "/bundles/check", body).body
    assert told["version"] in ("an EvalAI challenge", "a Kaggle competition", "a RAMP kit")
    assert (told["errors"], told["warnings"]) == ([], [])


def test_complaints_name_the_file_the_line_and_the_key_of_the_original(site: Site, organizer: Person) -> None:
    files = challenge(leaderboard=schema(default_order_by="Total"))
    told = organizer.call("POST", "/bundles/check", {"upload": organizer.upload(archive(files), "bundle")}).body
    ((file, line, key),) = [(one["file"], one["line"], one["key"]) for one in told["warnings"]]
    assert (file, key) == ("challenge_config.yaml", "leaderboard[0].schema.default_order_by")
    assert "default_order_by: Total" in str(files[file]).splitlines()[line - 1]


def test_what_cannot_be_read_is_refused_at_once_and_not_kept(site: Site, organizer: Person) -> None:
    files = challenge(challenge_phases=phases(test_annotation_file="nowhere.json"))
    answer = organizer.call("POST", "/competitions", {"upload": organizer.upload(archive(files), "bundle")})
    first = answer.body["errors"][0]
    assert answer.status == 422 and "`nowhere.json` is no file of the challenge" in first["message"]
    assert first["place"].startswith("challenge_config.yaml:")
    assert site.object_keys("FilesBucket") == []


def test_what_it_was_made_of_is_kept_as_it_was_sent(site: Site, organizer: Person) -> None:
    competition = competition_of(site, organizer, challenge())
    (original,) = organizer.call("GET", f"/competitions/{competition['id']}/bundles").body["originals"]
    assert (original["manifest_name"], original["manifest"]) == (
        "challenge_config.yaml",
        challenge()["challenge_config.yaml"],
    )


def test_it_can_be_put_in_a_competitions_place(site: Site, organizer: Person) -> None:
    competition = competition_of(site, organizer, challenge())
    upload = organizer.upload(archive(challenge(title="Letters again")), "bundle")
    begun = organizer.call("POST", f"/competitions/{competition['id']}/bundles", {"upload": upload})
    site.work()
    assert organizer.call("GET", f"/imports/{begun.body['id']}").body["status"] == "Finished"
    assert organizer.call("GET", f"/competitions/{competition['id']}").body["title"] == "Letters again"
