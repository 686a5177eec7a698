"""Taking part in a competition and running one, by the keyboard alone: the focus is always somewhere, and is seen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import PATIENCE_SECONDS, DeployedStack, eventually

from .conftest import PHONE
from .keyboard import Keyboard

SCORING = """
import json, sys
json.dump({"accuracy": 0.75, "seconds": 3}, open(sys.argv[1] + "/scores.json", "w"))
"""
TITLE = "Typed alone"
PROGRAM: dict[str, str | bytes] = {
    "scoring_program/metadata.yaml": "command: python3 score.py $output",
    "scoring_program/score.py": SCORING,
}


def bring(stack: DeployedStack, folder: Path, title: str) -> str:
    """A draft of a competition: its id."""
    bundle = folder / "bundle.zip"
    bundle.write_bytes(builders.bundle(PROGRAM, title=title))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        assert done["status"] == "Finished", done["errors"]
        return str(done["competition"])


@pytest.fixture
def findable(runner: DeployedStack, tmp_path: Path) -> str:
    """The title of a competition that is open and can be found; a real runner scores what is submitted."""
    with runner.client(ORGANIZER, "organizer") as organizer, runner.client("tabitha"):
        organizer.publish(bring(runner, tmp_path, TITLE))
        eventually(lambda: organizer.http.call("GET", f"/competitions?search={TITLE}")["competitions"], bool)
    return TITLE


def password_of(stack: DeployedStack, name: str) -> str:
    return str(stack.local.state.get("accounts")[name]["password"])


def test_somebody_finds_joins_submits_reads_the_score_and_signs_out_by_the_keyboard(
    visit: Callable[..., Page], runner: DeployedStack, findable: str, tmp_path: Path
) -> None:
    page = visit("/")
    keyboard = Keyboard(page)
    find_and_join(page, keyboard, findable, password_of(runner, "tabitha"))
    submit(page, keyboard, tmp_path)
    read_score(page, keyboard)
    sign_out(page, keyboard)


def find_and_join(page: Page, keyboard: Keyboard, title: str, password: str) -> None:
    keyboard.type(title, into=page.get_by_role("searchbox"))
    keyboard.press("Enter")
    keyboard.press("Enter", on=page.get_by_role("link", name=title))
    keyboard.press("Enter", on=page.get_by_role("link", name="Sign in to join"))
    keyboard.type("tabitha", into=page.get_by_label("User name"))
    keyboard.type(password, into=page.get_by_label("Password"))
    keyboard.press("Enter")
    keyboard.press("Space", on=page.get_by_label("I have read the terms above and accept them."))
    keyboard.press("Enter", on=page.get_by_role("button", name="Join"))
    expect(page.get_by_role("heading", name="You take part")).to_be_visible()


def submit(page: Page, keyboard: Keyboard, folder: Path) -> None:
    sent = folder / "mine.zip"
    sent.write_bytes(builders.submission())
    keyboard.press("Enter", on=page.get_by_role("link", name="submit", exact=True))
    keyboard.go(page.get_by_label("Choose a file"))
    with page.expect_file_chooser() as chooser:
        keyboard.press("Enter")
    chooser.value.set_files(sent)
    expect(page.get_by_text("1 file, ")).to_be_visible()
    keyboard.press("Enter", on=page.get_by_role("button", name="Submit", exact=True))
    expect(page.get_by_text("It is submitted.")).to_be_visible()


def read_score(page: Page, keyboard: Keyboard) -> None:
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="mine")
    keyboard.go(row.get_by_role("link"))
    expect(row).to_contain_text("Finished", timeout=PATIENCE_SECONDS * 1000)
    expect(row.get_by_role("link")).to_be_focused()
    keyboard.press("Enter")
    expect(page.get_by_role("region", name="Scores")).to_contain_text("0.75")
    keyboard.press("Enter", on=page.get_by_role("link", name="See the leaderboard"))
    expect(page.get_by_role("row", name="tabitha")).to_contain_text("0.75")


def sign_out(page: Page, keyboard: Keyboard) -> None:
    keyboard.press("Enter", on=page.get_by_role("button", name="Account of tabitha"))
    keyboard.press("Enter", on=page.get_by_role("button", name="Sign out"))
    expect(page.get_by_role("navigation", name="Site").get_by_role("link", name="Sign in")).to_be_visible()
    keyboard.look()


def test_an_organizer_writes_a_page_and_publishes_by_the_keyboard(
    visit: Callable[..., Page], stack: DeployedStack, tmp_path: Path
) -> None:
    """On a narrow screen, as at 400 % of a wide one: the list of pages is a menu there."""
    page = visit(f"/c/{bring(stack, tmp_path, 'Run by keys')}/manage", viewport=PHONE)
    keyboard = Keyboard(page)
    keyboard.type(ORGANIZER, into=page.get_by_label("User name"))
    keyboard.type(password_of(stack, ORGANIZER), into=page.get_by_label("Password"))
    keyboard.press("Enter")
    manage(page, keyboard, "Pages")
    keyboard.press("Enter", on=page.get_by_role("link", name="Add a page"))
    keyboard.type("Prizes", into=page.get_by_label("Title"))
    keyboard.type("There are **three**.", into=page.get_by_label("Content"))
    keyboard.press("Enter", on=page.get_by_role("button", name="Preview"))
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("three")
    keyboard.press("Enter", on=page.get_by_role("button", name="Add a page"))
    expect(page.get_by_role("heading", level=3, name="Prizes")).to_be_visible()
    manage(page, keyboard, "State")
    keyboard.press("Enter", on=page.get_by_role("button", name="Publish…"))
    keyboard.press("Enter", on=page.get_by_role("button", name="Publish now"))
    expect(page.get_by_text("It is published.", exact=True)).to_be_visible()
    keyboard.press("Enter", on=page.get_by_role("link", name="Prizes"))
    expect(page).to_have_url(re.compile("/pages/1$"))
    expect(page.locator(".prose strong")).to_have_text("three")
    keyboard.look()


def manage(page: Page, keyboard: Keyboard, name: str) -> None:
    """By the menu, which closes behind one."""
    menu = page.get_by_role("navigation", name="Manage")
    keyboard.press("Enter", on=menu.locator("summary"))
    keyboard.press("Enter", on=menu.get_by_role("link", name=name, exact=True))
    expect(page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()
    expect(menu.locator("summary")).to_be_focused()
