"""A participant's scores over time, and the board as a file for its organizers."""

import csv
import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from agon.local.stack import ORGANIZER

from .looking import judge, look


@pytest.fixture
def phase(stack, finished_demo) -> str:
    phases = httpx.get(f"{stack.api_url}/v1/competitions/{finished_demo}").json()["phases"]
    return next(phase["id"] for phase in phases if phase["state"] == "open")


def test_a_name_on_the_board_leads_to_its_scores_over_time_as_a_picture_and_a_table(visit, stack, finished_demo, phase):
    history = httpx.get(f"{stack.api_url}/v1/phases/{phase}/participants/ada/history").json()
    page = visit(f"/c/{finished_demo}/leaderboard?phase={phase}")
    page.get_by_role("link", name="ada", exact=True).click()
    page.get_by_role("heading", name="ada", level=1).wait_for()
    picture = page.get_by_role("img")
    expect(picture).to_have_attribute("aria-label", re.compile(re.escape(f"{history['column']['title']} of ada")))
    expect(picture.locator("circle")).to_have_count(len(history["points"]))
    digits = history["column"]["precision"]
    expect(page.get_by_role("table").locator("tbody td:nth-child(2)")).to_have_text(
        [f"{point['score']:.{digits}f}" for point in reversed(history["points"])]
    )
    page.get_by_role("link", name="Leaderboard").click()
    page.get_by_role("heading", level=2).wait_for()


def test_the_history_has_no_accessibility_violation_and_fits(visit, finished_demo, phase):
    page = visit(f"/phases/{phase}/participants/ada")
    page.get_by_role("table").wait_for()
    look(page, "history")


def test_nobody_has_no_history(visit, phase):
    expect(visit(f"/phases/{phase}/participants/nobody").get_by_role("alert")).to_be_visible()


def test_an_organizer_exports_the_board_and_others_do_not(visit, stack, finished_demo):
    page = visit(f"/c/{finished_demo}/leaderboard")
    page.get_by_role("table").wait_for()
    exports = "Export the leaderboard"
    expect(page.get_by_role("group", name=exports)).to_have_count(0)
    page = visit("/sign-in")
    page.get_by_label("User name").fill(ORGANIZER)
    page.get_by_label("Password").fill(stack.local.state.get("accounts")[ORGANIZER]["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=f"Account of {ORGANIZER}").wait_for()
    page.goto(f"{stack.console_url.rstrip('/')}/c/{finished_demo}/leaderboard")
    whole_board = page.get_by_role("group", name=exports).get_by_role("button", name="CSV")
    whole_board.wait_for()
    assert judge(page).violations_count == 0
    with page.expect_download() as download:
        whole_board.click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text().splitlines()))
    assert [row["Rank"] for row in rows] == ["1", "2"] and {row["Username"] for row in rows} == {"ada", "grace"}
