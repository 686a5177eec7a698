"""A phase that takes one plain file: what its page asks for, what it refuses, and what a participant reads of a bad file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon import archive, templates
from agon.local.stack import ORGANIZER

from .looking import look

TEMPLATE = templates.source("plain_csv")
SAMPLE = TEMPLATE / "sample_submission" / "predictions.csv"
REASON = "1 of 20 beds have no prediction, such as bed 60."


@pytest.fixture(scope="module")
def competition(runner: Any) -> str:
    """The template's, in which ada takes part: its id."""
    with runner.client(ORGANIZER, "organizer") as organizer:
        with archive.packed(TEMPLATE / "bundle") as bundle:
            upload = organizer.upload(bundle, "bundle")["id"]
        done = organizer.wait_for_import(organizer.import_bundle(upload)["id"])
        organizer.publish(done["competition"])
    with runner.client("ada") as ada:
        ada.join(done["competition"])
    return str(done["competition"])


def test_a_csv_is_handed_in_as_it_is_and_its_participant_reads_what_is_wrong_with_it(
    enter: Callable[..., Page], competition: str, tmp_path: Path
) -> None:
    page = enter("ada", f"/c/{competition}/submissions")
    chosen = page.locator("input[type=file]")
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_attribute("accept", ".csv")
    expect(page.locator(".drop")).to_contain_text("One file, .csv. It is sent as it is.")
    look(page, "plain-file-empty")
    other, short = tmp_path / "answers.json", tmp_path / "Mine.CSV"
    other.write_text("{}")
    short.write_text("".join(SAMPLE.read_text().splitlines(keepends=True)[:-1]))
    submit = page.get_by_role("button", name="Submit", exact=True)
    chosen.set_input_files(other)
    told = page.locator(".concerns li")
    expect(told).to_have_text("This phase takes .csv, and this file is called answers.json. Choose another one.")
    expect(submit).to_have_attribute("aria-disabled", "true")
    look(page, "plain-file-refused")
    chosen.set_input_files(short)
    expect(told).to_have_count(0)
    submit.click()
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="Mine.CSV")
    expect(row).to_contain_text("Failed", timeout=120_000)
    row.get_by_role("link").first.click()
    expect(page.get_by_text(REASON)).to_be_visible()
    look(page, "plain-file-failed")
    with page.expect_download() as fetched:
        page.locator(".files").get_by_role("button", name="Submission").first.click()
    assert fetched.value.suggested_filename == "Mine.CSV"
    assert Path(fetched.value.path()).read_text() == short.read_text()
    page.get_by_role("link", name="Submissions").first.click()
    page.get_by_role("link", name="Overview").first.click()
    expect(page.locator(".glance")).to_contain_text("one file, .csv, as it is")


def test_an_organizer_names_the_extensions_in_the_form_of_a_phase(enter: Callable[..., Page], competition: str) -> None:
    page = enter(ORGANIZER, f"/c/{competition}/manage/phases?at=0")
    asked = page.get_by_role("group", name="Submission extensions")
    expect(asked).to_be_visible()
    look(page, "plain-file-settings")
