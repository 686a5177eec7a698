"""Handing in from the console, and what becomes of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders

from .conftest import DESK, PHONE

SCORING = """
import json, sys
print("compared with the truth")
json.dump({"accuracy": 0.75, "seconds": 3}, open(sys.argv[1] + "/scores.json", "w"))
"""
SHEET = """
fact_sheet:
  about: {key: about, type: text, title: How does it work?, selection: "", is_required: "true", is_on_leaderboard: "false"}
  gpu: {key: gpu, type: checkbox, title: GPU, selection: [true, false], is_required: "false", is_on_leaderboard: "false"}
"""


@pytest.fixture(scope="module")
def place(runner: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tab of submissions of a competition with a fact sheet, in which ada takes part."""
    bundle = tmp_path_factory.mktemp("handing-in") / "bundle.zip"
    program: dict[str, str | bytes] = {
        "scoring_program/metadata.yaml": "command: python3 score.py $output",
        "scoring_program/score.py": SCORING,
    }
    bundle.write_bytes(builders.bundle(program, title="Hand in", per_day=3, extra=SHEET))
    with runner.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        assert done["status"] == "Finished", done["errors"]
        organizer.publish(done["competition"])
    with runner.client("ada") as ada:
        ada.join(done["competition"])
    return f"/competitions/{done['competition']}/submissions"


def check(page: Page, viewport: dict[str, int]) -> None:
    result = Axe().run(page, options={"iframes": False})
    assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_zip_is_handed_in_followed_and_scored(enter: Callable[..., Page], place: str, tmp_path: Path) -> None:
    page = enter("ada", place)
    expect(page.get_by_text("3 of 3 submissions left today")).to_be_visible()
    submit = page.get_by_role("button", name="Hand in")
    page.get_by_label("How does it work?").fill("By trees")
    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a zip")
    no_zip = tmp_path / "scores.csv"
    no_zip.write_text("1,2")
    page.locator("input[type=file]").set_input_files(no_zip)
    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("scores.csv is no zip archive")
    sent = tmp_path / "mine.zip"
    sent.write_bytes(builders.submission())
    page.locator("input[type=file]").set_input_files(sent)
    expect(page.get_by_text("mine.zip")).to_be_visible()
    page.get_by_label("Name").first.fill("Trees")
    check(page, DESK)
    submit.click()
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="Trees")
    row.wait_for()
    expect(page.get_by_text("2 of 3 submissions left today")).to_be_visible()
    expect(row).to_contain_text("Finished", timeout=30_000)
    expect(row).to_contain_text("0.75")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Trees")).to_be_visible()
    # Five answers at once have the stack start as many processes.
    expect(page.get_by_text("compared with the truth")).to_be_visible(timeout=30_000)
    for scheme, viewport in (("light", DESK), ("light", PHONE), ("dark", PHONE)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(viewport)
        check(page, viewport)
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("button", name="Share it no more")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Nothing is handed in yet")).to_be_visible()
