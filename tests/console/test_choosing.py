"""Choosing which of one's submissions count at the end, and the board that is kept for it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import eventually

from .looking import look

SCORING = """
import json, pathlib, sys
number = int(pathlib.Path(sys.argv[1], "res/answer.txt").read_text())
json.dump({"accuracy": number / 10, "seconds": 1, "private": 1 - number / 10}, open(sys.argv[2] + "/scores.json", "w"))
"""
PRIVATE = {"key": "private", "title": "Private score", "index": 0}


@pytest.fixture(scope="module")
def place(runner: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A competition with a board for its end, to which ada has handed in twice: its id, and its phase's."""
    folder = tmp_path_factory.mktemp("choosing")
    program: dict[str, str | bytes] = {
        "scoring_program/metadata.yaml": "command: python3 score.py $input $output",
        "scoring_program/score.py": SCORING,
    }
    settings = {"end": "2031-01-01", "phase_extra": "agon: {final_selection: 1}"}
    (folder / "bundle.zip").write_bytes(builders.bundle(program, title="Choose well", **settings))
    with runner.client(ORGANIZER, "organizer") as organizer:
        uploaded = organizer.upload(folder / "bundle.zip", "bundle")["id"]
        done = organizer.wait_for_import(organizer.import_bundle(uploaded)["id"])
        assert done["status"] == "Finished", done["errors"]
        competition = done["competition"]
        organizer.publish(competition)
        board = {"title": "Private", "key": "private", "hidden": True, "columns": [PRIVATE]}
        revision = organizer.settings(competition)["revision"]
        path = f"/competitions/{competition}/settings/leaderboards"
        organizer.http.response("POST", path, board, headers={"If-Match": f'"{revision}"'})
        organizer.change_settings(competition, "phases/0", {"agon": {"final_board_from": {"leaderboard": 1}}}, revision + 1)
    phase = f"{done['competition']}-0"
    with runner.client("ada") as ada:
        ada.join(done["competition"])
        for answer in ("9", "5"):
            (folder / f"{answer}.zip").write_bytes(builders.submission(answer))
            ada.submit(phase, ada.upload(folder / f"{answer}.zip", "submission")["id"], f"Try {answer}")
        eventually(lambda: statuses(ada, phase), lambda found: found == ["Finished", "Finished"])
    return {"competition": done["competition"], "phase": phase}


def statuses(client: Client, phase: str) -> list[str]:
    return [one["status"] for one in client.submissions(phase)]


def test_an_organizer_chooses_in_the_form_of_a_phase_what_ranks_at_its_end(
    enter: Callable[..., Page], place: dict[str, str]
) -> None:
    page = enter(ORGANIZER, f"/c/{place['competition']}/manage/phases?at=0")
    expect(page.get_by_label("Final selection")).to_have_value("1")
    final = page.get_by_label("Final board from")
    expect(final.locator("option:checked")).to_have_text("Leaderboard: Private")
    look(page, "manage-phase-final")
    for chosen in ("Not said", "Leaderboard: Private"):
        final.select_option(label=chosen)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.reload()
        expect(final.locator("option:checked")).to_have_text(chosen)


def test_an_organizer_names_in_the_form_of_a_phase_who_alone_submits_to_it_and_others_read_it(
    enter: Callable[..., Page], runner: Any, place: dict[str, str]
) -> None:
    page = enter(ORGANIZER, f"/c/{place['competition']}/manage/phases?at=0")
    page.get_by_role("button", name="Add Allowed addresses").click()
    page.get_by_role("group", name="Allowed addresses").get_by_role("textbox").fill("uni.example")
    look(page, "manage-phase-addresses")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    with runner.client(ORGANIZER, "organizer") as organizer:
        said = organizer.settings(place["competition"])
        assert said["settings"]["phases"][0]["agon"]["allowed_addresses"] == ["uni.example"]
        theirs = enter("ada", f"/c/{place['competition']}/submissions")
        expect(theirs.get_by_text("Only some e-mail addresses may submit to this phase")).to_be_visible()
        look(theirs, "submit-address")
        nobody = {"agon": {"allowed_addresses": []}}
        organizer.change_settings(place["competition"], "phases/0", nobody, said["revision"])


def test_one_chooses_what_counts_and_sees_how_many_are_left(enter: Callable[..., Page], place: dict[str, str]) -> None:
    page = enter("ada", f"/c/{place['competition']}/submissions")
    table = page.get_by_role("group", name="Submissions")
    expect(page.get_by_text("0 of 1 chosen. You can choose until")).to_be_visible()
    mine = table.get_by_label("Choose Try 5 to count at the end")
    mine.check()
    expect(page.get_by_text("1 of 1 chosen. You can choose until")).to_be_visible()
    expect(page.get_by_text("The best of those that you chose counts then.")).to_be_visible()
    expect(table.get_by_label("Choose Try 9 to count at the end")).to_be_disabled()
    look(page, "choosing")
    mine.uncheck()
    expect(page.get_by_text("As long as you choose none")).to_be_visible()
    table.get_by_role("link", name=re.compile("^Try 5")).click()
    page.get_by_role("button", name="Choose it to count at the end").click()
    expect(page.get_by_text("It is chosen: of those that you choose")).to_be_visible()
    expect(page.get_by_role("button", name="Choose it no more")).to_be_visible()
    look(page, "chosen")


def test_before_the_end_the_board_says_that_another_comes_and_then_it_is_there(
    visit: Callable[..., Page], enter: Callable[..., Page], runner: Any, place: dict[str, str]
) -> None:
    page = visit(f"/c/{place['competition']}/leaderboard")
    expect(page.get_by_text("When the phase ends, another ranking takes this one’s place.")).to_be_visible()
    expect(page.get_by_role("button", name="Private")).to_have_count(0)
    organizing = enter(ORGANIZER, f"/c/{place['competition']}/manage/boards")
    organizing.get_by_role("link", name="Leaderboard", exact=True).click()
    expect(organizing.get_by_role("button", name="Private")).to_be_visible()
    look(organizing, "board-hidden")
    with runner.client(ORGANIZER, "organizer") as organizer:
        seen = organizer.settings(place["competition"])["revision"]
        organizer.change_settings(place["competition"], "phases/0", {"end": "2026-02-01"}, seen)
        # Whom they chose is placed by a job.
        eventually(lambda: organizer.leaderboard(place["phase"])["rows"], lambda rows: rows[0]["scores"]["private"] == 0.5)
    page.reload()
    expect(page.get_by_text("This is the final ranking.")).to_be_visible()
    expect(page.get_by_role("columnheader", name=re.compile("Private score"))).to_be_visible()
    expect(page.locator("tbody .primary > span").last).to_have_text("0.50")
    look(page, "board-final")
    page = enter("ada", f"/c/{place['competition']}/submissions")
    expect(page.get_by_text("The phase is over: 1 of 1 chosen")).to_be_visible()
