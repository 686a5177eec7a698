"""Handing in from the console, and what becomes of it."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from agon.local.stack import ORGANIZER
from tests import builders

from .looking import look
from .reading import box

SCORING = """
import json, sys
print("compared with the truth", flush=True)
print("fold 1/3", "fold 2/3", "fold 3/3", sep="\\r")
print("it is \\x1b[32mgood\\x1b[0m, \\x1b[1;31mnot bad\\x1b[0m, \\x1b[33mfair\\x1b[0m \\x1b[2J\\u202e")
json.dump({"accuracy": 0.75, "seconds": 3}, open(sys.argv[1] + "/scores.json", "w"))
"""
SHEET = """
fact_sheet:
  about: {key: about, type: text, title: How does it work?, selection: "", is_required: "true", is_on_leaderboard: "false"}
  gpu: {key: gpu, type: checkbox, title: GPU, selection: [true, false], is_required: "false", is_on_leaderboard: "false"}
"""


@pytest.fixture(scope="module")
def place(runner: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tab of submissions of a competition with a fact sheet and a starting kit, in which ada takes part."""
    bundle = tmp_path_factory.mktemp("handing-in") / "bundle.zip"
    program: dict[str, str | bytes] = {
        "scoring_program/metadata.yaml": "command: python3 score.py $output",
        "scoring_program/score.py": SCORING,
        "kit.zip": builders.archive({"begin.py": "print(42)"}),
        "public.zip": builders.archive({"train.csv": "number"}),
    }
    handed_out = "starting_kit: kit.zip\n    public_data: public.zip"
    bundle.write_bytes(builders.bundle(program, title="Hand in", per_day=3, extra=SHEET, phase_extra=handed_out))
    with runner.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        assert done["status"] == "Finished", done["errors"]
        organizer.publish(done["competition"])
    with runner.client("ada") as ada:
        ada.join(done["competition"])
    return f"/c/{done['competition']}/submissions"


def test_a_zip_is_handed_in_followed_and_scored(enter: Callable[..., Page], place: str, tmp_path: Path) -> None:
    page = enter("ada", place)
    expect(page.get_by_text("3 of 3 submissions left today")).to_be_visible()
    submit = page.get_by_role("button", name="Submit", exact=True)
    page.get_by_label("How does it work?").fill("By trees")
    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what to submit first.")
    concerns = page.get_by_role("list", name="Worth a look before you submit")
    for name, files, said in (
        ("empty.zip", {}, "There is no file in it."),
        ("wrapped.zip", {"mine/answer.txt": "42"}, "Everything in it lies in the folder “mine”."),
    ):
        (tmp_path / name).write_bytes(builders.archive(files))
        page.locator("input[type=file]").first.set_input_files(tmp_path / name)
        expect(concerns).to_contain_text(said)
    sent = tmp_path / "mine.zip"
    sent.write_bytes(builders.submission())
    page.locator("input[type=file]").first.set_input_files(sent)
    expect(page.get_by_text("1 file, ")).to_be_visible()
    expect(page.get_by_label("Name").first).to_have_value("mine")
    page.get_by_label("Name").first.fill("Trees")
    look(page, "submit")
    submit.click()
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="Trees")
    row.wait_for()
    expect(page.get_by_text("2 of 3 submissions left today")).to_be_visible()
    expect(row).to_contain_text("Finished", timeout=120_000)
    expect(row).to_contain_text("0.75")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Trees")).to_be_visible()
    # Five answers at once have the stack start as many processes.
    expect(page.get_by_text("compared with the truth")).to_be_visible(timeout=60_000)
    log = page.get_by_role("region", name="Scoring: output", exact=True)
    expect(log).to_have_text("compared with the truth\nfold 3/3\nit is good, not bad, fair \ufffd\n")
    expect(log.locator(".ink-red.bold")).to_have_text("not bad")
    page.get_by_role("searchbox", name="Search in: Scoring: output").fill("FOLD")
    expect(page.get_by_text("1 line", exact=True)).to_be_visible()
    expect(page.get_by_text("Rank 1 of 1 on the leaderboard")).to_be_visible()
    look(page, "submission")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("button", name="Share it no more")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Nothing is submitted yet")).to_be_visible()


def test_files_and_folders_are_dropped_and_zipped_in_the_browser(
    enter: Callable[..., Page], place: str, tmp_path: Path
) -> None:
    plain, packed, folder = tmp_path / "answer.txt", tmp_path / "packed.zip", tmp_path / "mine"
    plain.write_text("42")
    packed.write_bytes(builders.submission())
    (folder / "more").mkdir(parents=True)
    (folder / "answer.txt").write_text("42")
    (folder / "more/notes.txt").write_text("By hand.")
    (folder / ".DS_Store").write_text("What a folder's window looks like.")
    page = enter("ada", place)
    page.get_by_label("How does it work?").fill("By hand")
    box = page.locator(".drop")
    for what, called, count in (
        ([packed], "packed.zip", "1 file"),
        ([plain], "answer.txt", "1 file"),
        ([plain, packed], "answer.txt", "2 files"),
        ([folder, plain], "mine", "3 files"),
    ):
        drop(page, box, what)
        expect(box.locator("b")).to_have_text(called)
        expect(box).to_contain_text(f"{count}, ")
    drop(page, box, [folder])
    expect(box.locator("b")).to_have_text("mine")
    expect(box).to_contain_text("2 files, ")
    page.get_by_role("button", name="Submit", exact=True).click()
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="mine")
    expect(row).to_contain_text("Finished", timeout=120_000)
    row.get_by_role("link").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Submission")).click()
    with zipfile.ZipFile(download.value.path()) as made:
        files = {name: made.read(name).decode() for name in made.namelist()}
    assert files == {"answer.txt": "42", "more/notes.txt": "By hand."}


def drop(page: Page, onto: Locator, files: list[Path]) -> None:
    """Drag files, or a folder, over something from outside of the browser, and let them go there."""
    onto.scroll_into_view_if_needed()
    place = box(onto)
    where = {"x": place["x"] + place["width"] / 2, "y": place["y"] + 20}
    dragged = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for event in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": event, **where, "data": dragged})
    session.detach()


def test_the_starting_kit_and_the_data_are_fetched_file_by_file(
    enter: Callable[..., Page], visit: Callable[..., Page], place: str
) -> None:
    data = place.replace("/submissions", "/data")
    expect(visit(data).get_by_text("The starting kit and the data are for participants.")).to_be_visible()
    page = enter("ada", place)
    page.get_by_role("navigation", name="Competition").get_by_role("link", name="Data").click()
    for name, member in (("Starting kit", "begin.py"), ("Public data", "train.csv")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {name}").click()
        with zipfile.ZipFile(download.value.path()) as made:
            assert made.namelist() == [member]


def test_a_failure_says_whose_fault_it_is_and_quotes_the_line_that_tells_why(
    runner: Any, enter: Callable[..., Page], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    program = """
import pathlib, sys
found = pathlib.Path(sys.argv[1], "res/answer.txt").read_text()
raise ValueError(f"{found} is no number between 1 and 9")
"""
    bundle = tmp_path_factory.mktemp("failing") / "bundle.zip"
    files: dict[str, str | bytes] = {
        "scoring_program/metadata.yaml": "command: python3 score.py $input",
        "scoring_program/score.py": program,
    }
    bundle.write_bytes(builders.bundle(files, title="Fails"))
    with runner.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
    with runner.client("grace") as grace:
        grace.join(done["competition"])
    page = enter("grace", f"/c/{done['competition']}/submissions")
    sent = tmp_path / "mine.zip"
    sent.write_bytes(builders.submission())
    page.locator("input[type=file]").first.set_input_files(sent)
    page.get_by_role("button", name="Submit", exact=True).click()
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="mine")
    expect(row).to_contain_text("Failed", timeout=120_000)
    row.get_by_role("link").first.click()
    failure = page.locator(".failure")
    expect(failure).to_contain_text("It failed because of the competition, not because of your submission.")
    expect(failure).to_contain_text("Scoring: errors says:")
    expect(failure.locator(".cause")).to_have_text("ValueError: 42 is no number between 1 and 9")
    step = page.get_by_role("region", name="Steps").get_by_role("listitem")
    expect(step).to_have_text(re.compile(r"^\s*scoring\s.*exit code 1", re.S))
    # The one step that there is takes all of the time.
    expect(step.locator(".step-picture.failed rect")).to_have_attribute("width", "100.00%")
    look(page, "failed")
