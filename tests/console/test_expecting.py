"""What submissions must hold: an organizer says it in a form, a participant reads it, and it is looked for before a file is
sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders

from .looking import look

SCORING = """
import csv, json, sys
rows = list(csv.DictReader(open("/app/input/res/predictions.csv")))
json.dump({"accuracy": len(rows) / 4, "seconds": 3}, open(sys.argv[1] + "/scores.json", "w"))
"""


@pytest.fixture(scope="module")
def competition(runner: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A competition that takes anything, in which ada takes part: its id."""
    bundle = tmp_path_factory.mktemp("expecting") / "bundle.zip"
    program: dict[str, str | bytes] = {
        "scoring_program/metadata.yaml": "command: python3 score.py $output",
        "scoring_program/score.py": SCORING,
    }
    bundle.write_bytes(builders.bundle(program, title="Expect"))
    with runner.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
    with runner.client("ada") as ada:
        ada.join(done["competition"])
    return str(done["competition"])


def declare(page: Page) -> None:
    """Expect one table of three rows, by what the form asks."""
    files = page.get_by_role("group", name="Files", exact=True)
    files.get_by_role("button", name="Add file").click()
    page.get_by_label("Path or pattern").fill("predictions.csv")
    expect(page.get_by_label("Rows", exact=True)).to_have_count(0)
    page.get_by_label("Format").select_option("csv")
    page.get_by_label("Rows", exact=True).fill("3")
    files.get_by_role("button", name="Add column or key").click()
    column = page.get_by_role("group", name="column or key 1")
    column.get_by_label("Name").fill("id")
    column.get_by_label("What values are").select_option("integer")
    column.get_by_label("Each once").check()
    column.get_by_label("Least", exact=True).fill("one")


def test_what_is_expected_is_said_in_a_form_and_looked_for_before_a_file_is_sent(
    enter: Callable[..., Page], runner: Any, competition: str, tmp_path: Path
) -> None:
    page = enter(ORGANIZER, f"/c/{competition}/manage/phases?at=0")
    declare(page)
    save = page.get_by_role("button", name="Save", exact=True)
    save.click()
    least = page.get_by_label("Least", exact=True)
    expect(least).to_have_attribute("aria-invalid", "true")
    least.fill("1")
    look(page, "expecting-form")
    save.click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    page = enter("ada", f"/c/{competition}/submissions")
    needs = page.get_by_role("region", name="What it must hold")
    expect(needs).to_contain_text("predictions.csv CSV table · 3 rows")
    expect(needs).to_contain_text("id whole number · 1 or more · each once")
    wrong, right = tmp_path / "predictions.csv", tmp_path / "right.zip"
    wrong.write_text("id\n1\n1\nx\n")
    right.write_bytes(builders.archive({"predictions.csv": "id\n1\n2\n3\n"}))
    submit = page.get_by_role("button", name="Submit", exact=True)
    chosen = page.locator("input[type=file]").first
    chosen.set_input_files(wrong)
    told = page.locator(".checked li")
    expect(told).to_have_text(
        [
            "predictions.csv, line 3, id “1” was there before, and may be there once.",
            "predictions.csv, line 4, id “x” is no whole number.",
        ]
    )
    expect(submit).to_have_attribute("aria-disabled", "true")
    look(page, "expecting-wrong")
    chosen.set_input_files(right)
    expect(page.get_by_text("It is what this phase expects.")).to_be_visible()
    look(page, "expecting-right")
    submit.click()
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="right")
    expect(row).to_contain_text("Finished", timeout=120_000)
    expect(row).to_contain_text("0.75")

    # Who sends it otherwise is told the same by the runner.
    with runner.client("ada") as ada:
        sent = ada.upload(zip_of(tmp_path, wrong), "submission")["id"]
        done = ada.wait_for_submission(ada.submit(f"{competition}-0", sent)["id"], 120)
    assert (done["status"], done["fault"], done["steps"]) == ("Failed", "participant", [])
    assert done["reason"].startswith("The submission is not as expected. predictions.csv, line 3, id: “1” was there before")


def zip_of(folder: Path, file: Path) -> Path:
    """A zip of one file."""
    path = folder / "wrong.zip"
    path.write_bytes(builders.archive({file.name: file.read_bytes()}))
    return path
