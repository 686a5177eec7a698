"""Taking part from the browser: the terms that one accepts, what organizers ask, and how one stands with them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders

from .looking import look
from .reading import measured

ASKED = """
reward: A cup
contact_email: team@example.org
agon:
  enable_teams: true
  team_merge_deadline: 2099-11-01T12:00:00Z
  registration_questions:
    lab: {key: lab, type: text, title: Which lab?, selection: "", is_required: "true"}
"""
HANDED = "public_data: public_data.zip\n    agon: {freeze_board_at: 2099-11-15T12:00:00Z}"
PUBLIC = {"public_data.zip": builders.archive({"train.csv": "1,2"})}


@pytest.fixture(scope="module")
def competition(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A competition that asks who joins, approves them, and hands out data."""
    path: Path = tmp_path_factory.mktemp("bundle") / "asking.zip"
    settings = {"title": "Asking", "auto_approve": False, "extra": ASKED, "phase_extra": HANDED}
    path.write_bytes(builders.bundle(PUBLIC, end="2099-12-01", **settings))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(path, "bundle")["id"])["id"])
        assert done["status"] == "Finished", done["errors"]
        organizer.publish(done["competition"])
        return dict(organizer.competition(done["competition"]))


def token_of(stack: Any, username: str) -> str:
    """An access token of a session."""
    password = stack.local.state.get("accounts")[username]["password"]
    return str(stack.call("POST", "/sessions", body={"username": username, "password": password}).json()["access_token"])


def test_a_stranger_reads_the_terms_signs_in_and_asks_to_take_part(
    visit: Callable[..., Page], enter: Callable[..., Page], stack: Any, competition: dict[str, Any]
) -> None:
    with stack.client("applicant"):
        pass
    own = f"/c/{competition['id']}"
    page = visit(own)
    glance = page.get_by_role("complementary")
    expect(glance).to_contain_text("A cup")
    expect(glance).to_contain_text("5 a day, 10 in all")
    expect(glance).to_contain_text(re.compile(r"Teams merge\s*closes in .* Sun 1 Nov 2099, 12:00 UTC"))
    expect(glance).not_to_contain_text("team@example.org")
    expect(page.get_by_text("boards freeze in")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in to join")).to_be_visible()
    look(page, "overview")
    page = enter("applicant", f"/sign-in?next={own}/join")
    expect(page.get_by_role("region", name="Terms")).to_contain_text("Play fair.")
    expect(page.get_by_text("The organizers decide who takes part")).to_be_visible()
    look(page, "join")
    page.get_by_label("Which lab?").fill("Ours")
    page.get_by_label("I have read the terms above and accept them.").check()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="Waiting for approval")).to_be_visible()
    look(page, "waiting")
    token = token_of(stack, ORGANIZER)
    path = f"/competitions/{competition['id']}/participants"
    (row,) = stack.call("GET", path, token).json()["participants"]
    stack.call("PATCH", f"{path}/{row['user']}", token, {"status": "denied", "reason": "No lab of ours."}).raise_for_status()
    page.reload()
    expect(page.get_by_text("No lab of ours.")).to_be_visible()
    expect(page.get_by_role("heading", name="You are not admitted")).to_be_visible()
    stack.call("PATCH", f"{path}/{row['user']}", token, {"status": "approved"}).raise_for_status()
    page.goto(page.url.removesuffix("/join"))
    expect(page.get_by_role("link", name="Submit", exact=True)).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text("team@example.org")


def test_what_organizers_ask_is_written_as_questions_and_read_in_their_order_by_who_joins(
    enter: Callable[..., Page], stack: Any, competition: dict[str, Any]
) -> None:
    own = f"/c/{competition['id']}"
    page = enter(ORGANIZER, f"/sign-in?next={own}/manage/registration")
    questions = page.get_by_role("group", name="Registration questions")
    for title in ("Which GPU?", "Who told you?"):
        questions.get_by_role("button", name="Add question").click()
        page.keyboard.type(title)
    third = page.get_by_role("group", name="question 3")
    expect(third.get_by_label("Key")).to_have_value("who_told_you")
    third.get_by_role("combobox").select_option(label="One of several choices")
    third.get_by_label("Choices").fill("A friend\nA paper")
    third.get_by_label("Needs an answer").check()
    page.get_by_role("button", name="Move question 3 up").click()
    page.get_by_role("button", name="Move question 2 up").click()
    look(page, "questions")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    with stack.client("newcomer"):
        pass
    page = enter("newcomer", f"/sign-in?next={own}/join")
    asked = page.get_by_role("group", name="The organizers ask")
    expect(asked.locator("label > span:first-child")).to_have_text(["Who told you? *", "Which lab? *", "Which GPU?"])
    expect(asked.get_by_role("option")).to_have_text(["Choose…", "A friend", "A paper"])


def test_who_takes_part_fetches_the_data_by_file(
    enter: Callable[..., Page], stack: Any, competition: dict[str, Any]
) -> None:
    page = enter(ORGANIZER, f"/sign-in?next=/c/{competition['id']}/data")
    files = page.get_by_role("region", name="Files")
    expect(files).to_contain_text("Public data")
    with page.expect_download() as download:
        files.get_by_role("button", name="Download Public data").click()
    assert download.value.suggested_filename == "public_data.zip"
    look(page, "data")


def test_the_page_of_the_data_has_its_card_for_engines_which_goes_with_it(
    visit: Callable[..., Page], competition: dict[str, Any]
) -> None:
    asked: list[str] = []
    page = visit(f"/c/{competition['id']}")
    page.on("request", lambda one: asked.append(one.url.partition("/api/v1/")[2]) if "/api/v1/" in one.url else None)
    card = page.locator("head > script[type='application/ld+json']")
    expect(card).to_have_count(0)
    page.get_by_role("link", name="Data", exact=True).click()
    expect(card).to_have_count(1)
    told = json.loads(measured(card, "one => one.textContent"))
    assert (told["name"], told["conformsTo"]) == (competition["title"], "http://mlcommons.org/croissant/1.0")
    assert [one for one in asked if one.endswith("/croissant")] == [f"competitions/{competition['id']}/croissant"]
    page.get_by_role("link", name="Overview", exact=True).click()
    expect(card).to_have_count(0)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "Tue 1 Dec 2099, 00:00 UTC"),
        ("Asia/Shanghai", "Tue 1 Dec 2099, 00:00 UTC (1 Dec, 08:00 your time)"),
        ("America/Los_Angeles", "Tue 1 Dec 2099, 00:00 UTC (30 Nov, 16:00 your time)"),
    ],
)
def test_an_end_has_its_hour_in_utc_and_where_its_reader_is(
    visit: Callable[..., Page], competition: dict[str, Any], zone: str, said: str
) -> None:
    page = visit(f"/c/{competition['id']}", timezone_id=zone)
    deadline = page.locator("header .decisive")
    expect(deadline).to_contain_text(said)
    expect(deadline).to_contain_text("closes in")
    expect(deadline.locator("time")).to_have_attribute("datetime", "2099-12-01T00:00:00Z")
