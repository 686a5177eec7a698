"""A competition's whole life, told by four people in the console alone: made, joined, scored, judged, ended, exported."""

import csv
import re
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import PATIENCE_SECONDS, DeployedStack, eventually

from .conftest import sign_in
from .reading import text

#: A template in which a program counts, and a jury says what ranks.
TEMPLATE = "Explain it to a child"
TITLE = "Explain the rain"
ABOUT = "Four answers for children of ten, read by one juror."
TERMS = "What you submit is **read aloud**."
PATIENCE_MS = PATIENCE_SECONDS * 1000
#: What each hands in, and the marks that the juror gives whom it reads: is it right, clear, and kept in mind?
TEXTS = {
    "ada": {name: f"Because of {name}, says the sky." for name in ("rainbow", "echo", "seasons", "salt")},
    "grace": {"rainbow": "Light, bent by rain.", "salt": "Rivers bring it."},
}
MARKS = {TEXTS["ada"]["rainbow"]: (5, 5, 5), TEXTS["grace"]["rainbow"]: (2, 3, 1)}
#: What these come to, with weights of 2, 2 and 1, from 0 for the lowest marks to 1 for the highest.
SCORES = {"ada": "1.000", "grace": "0.300"}


@pytest.fixture
def people(visit: Callable[..., Page], runner: DeployedStack) -> dict[str, Page]:
    """The windows of four people, on the first page of the site; a real runner scores."""
    with ExitStack() as clients:
        for name in (*TEXTS, "juno"):
            clients.enter_context(runner.client(name))
        clients.enter_context(runner.client(ORGANIZER, "organizer"))
    windows = {name: visit("/", timezone_id="UTC") for name in (ORGANIZER, *TEXTS, "juno")}
    for page in windows.values():
        page.set_default_timeout(PATIENCE_MS)
    return windows


def test_a_competition_lives_in_the_console_from_create_to_export(
    people: dict[str, Page], runner: DeployedStack, tmp_path: Path
) -> None:
    organizer, ada, grace, juno = people.values()
    enter(organizer, runner, ORGANIZER)
    make_of_template(organizer)
    describe(organizer)
    set_terms(organizer)
    have_one_juror_do(organizer)
    invite_juror(organizer, "juno")
    publish(organizer)

    join(ada, runner, "ada")
    submit_zip(ada, tmp_path)
    join(grace, runner, "grace")
    submit_folder(grace, tmp_path)
    for page, answered in ((ada, 4), (grace, 2)):
        see_it_scored(page, answered)

    wait_until_ready(organizer)
    enter(juno, runner, "juno")
    judge_all(juno)
    publish_scores(organizer)
    see_rank(ada, "ada", 1)
    see_rank(grace, "grace", 2)

    verify(organizer, "grace’s")
    announce(organizer)
    read_announcement(ada)
    end(organizer)
    see_the_end(ada)
    check_board_file(saved(organizer, export_board))
    check_pack(saved(organizer, pack))
    check_dump(saved(organizer, dump))


# The organizer, before it is open


def make_of_template(page: Page) -> None:
    page.get_by_role("link", name="Host a competition").click()
    page.get_by_label(f"Title: {TEMPLATE}").fill(TITLE)
    page.get_by_role("button", name=f"Begin with it: {TEMPLATE}").click()
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("Only those who run it see it.")).to_be_visible()


def describe(page: Page) -> None:
    manage(page, "Details")
    page.get_by_label("Description", exact=True).fill(ABOUT)
    save(page)
    expect(page.locator("header.lead")).to_contain_text(ABOUT)


def set_terms(page: Page) -> None:
    manage(page, "Registration")
    page.get_by_label("Content").fill(TERMS)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("read aloud")
    save(page, "Set the terms")


def have_one_juror_do(page: Page) -> None:
    """The template wants three judgements of each."""
    manage(page, "Tasks")
    page.get_by_role("link", name="Four questions").click()
    page.get_by_label("Judgements for each submission").fill("1")
    save(page)


def invite_juror(page: Page, name: str) -> None:
    manage(page, "Jury")
    page.get_by_label("User name").fill(name)
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("row", name=name)).to_contain_text("0")


def publish(page: Page) -> None:
    manage(page, "State")
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("group", name="Publish")).to_contain_text("Everybody who joins may submit at once.")
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("It is published.", exact=True)).to_be_visible()


# Participants


def join(page: Page, stack: DeployedStack, name: str) -> None:
    """From the first page of the site, as somebody who is not signed in yet."""
    find(page).click()
    expect(page.locator("header.lead")).to_contain_text(ABOUT)
    enter(page, stack, name, "Sign in to join")
    expect(page.get_by_role("region", name="Terms").locator("strong")).to_have_text("read aloud")
    page.get_by_label("I have read the terms above and accept them.").check()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="You take part")).to_be_visible()
    page.get_by_role("link", name="submit", exact=True).click()


def find(page: Page) -> Locator:
    """The link to it, once the catalogue that is searched has been made anew."""
    page.get_by_role("searchbox").fill(TITLE)
    page.get_by_role("button", name="Search").click()
    link = page.get_by_role("link", name=TITLE)

    def is_found() -> bool:
        page.reload()
        link.or_(page.get_by_text("Nothing fits")).wait_for()
        return link.is_visible()

    page.wait_for_url("**search=**")
    eventually(is_found, bool)
    return link


def submit_zip(page: Page, folder: Path) -> None:
    sent = folder / "ada’s.zip"
    sent.write_bytes(builders.archive({f"{name}.txt": written for name, written in TEXTS["ada"].items()}))
    page.get_by_label("Choose a file").set_input_files(sent)
    expect(page.get_by_text("4 files, ")).to_be_visible()
    submit(page)


def submit_folder(page: Page, folder: Path) -> None:
    chosen = folder / "grace’s"
    chosen.mkdir()
    for name, written in TEXTS["grace"].items():
        (chosen / f"{name}.txt").write_text(written)
    page.get_by_label("Choose a folder").set_input_files(chosen)
    expect(page.get_by_text("2 files, ")).to_be_visible()
    submit(page)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("It is submitted.")).to_be_visible()


def see_it_scored(page: Page, answered: int) -> None:
    row = table(page, "Table: Submissions").get_by_role("row").nth(1)
    expect(row).to_contain_text("Finished", timeout=PATIENCE_MS)
    row.get_by_role("link").click()
    # Five answers at once have the stack start as many processes.
    scores = page.get_by_role("region", name="Scores")
    expect(scores).to_contain_text(f"Questions answered {answered}", timeout=PATIENCE_MS)
    expect(page.get_by_role("region", name="Scoring: output", exact=True)).to_contain_text(
        f"{answered} of 4 questions are answered."
    )


def see_rank(page: Page, name: str, rank: int) -> None:
    """First on the leaderboard, which nobody has to load anew."""
    page.get_by_role("link", name="← Submissions").click()
    tab(page, "Leaderboard")
    row = page.get_by_role("row", name=name)
    expect(row).to_contain_text(SCORES[name], timeout=PATIENCE_MS)
    expect(row.locator(".rank")).to_have_text(str(rank))
    tab(page, "Submissions")
    table(page, "Table: Submissions").get_by_role("link").click()
    said = f"Rank {rank} of 2 on the leaderboard"
    expect(page.get_by_role("region", name="Scores")).to_contain_text(said, timeout=PATIENCE_MS)


def read_announcement(page: Page) -> None:
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("link", name="Notifications").click()
    said = page.get_by_role("article").filter(has_text="The jury is done").filter(has_text=TITLE)
    expect(said.locator("em")).to_have_text("all")
    said.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("region", name="Announcements")).to_contain_text("The jury is done")


def see_the_end(page: Page) -> None:
    page.reload()
    page.get_by_role("link", name="Closed: see the results").click()
    rows = page.get_by_role("table").locator("tbody").get_by_role("row")
    for row, (name, score) in zip((rows.nth(0), rows.nth(1)), SCORES.items(), strict=True):
        expect(row).to_contain_text(name)
        expect(row).to_contain_text(score)
    expect(rows.nth(1)).to_contain_text("Verified")
    tab(page, "Submissions")
    expect(page.get_by_text("This phase is over. Nothing can be submitted to it.")).to_be_visible()


# The juror


def judge_all(page: Page) -> None:
    page.get_by_role("button", name="Account of juno").click()
    page.get_by_role("link", name="Your juries").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Judge", exact=True).click()
    read = {judge(page, number) for number in range(len(MARKS))}
    assert read == set(MARKS)
    expect(page.get_by_text("There is nothing to judge now")).to_be_visible()


def judge(page: Page, done: int) -> str:
    """Read the next texts, which say no name, and give them their marks. What was read."""
    expect(page.get_by_text(f"You are done with {done}.")).to_be_visible()
    read = text(page.frame_locator("iframe[title='rainbow.txt']").locator("body")).strip()
    assert not [name for name in TEXTS if name in text(page.locator("main"))]
    criteria = ("Is it right?", "Would a child understand it?", "Would it be remembered?")
    for title, mark in zip(criteria, MARKS[read], strict=True):
        page.get_by_role("group", name=title).get_by_role("radio", name=str(mark), exact=True).check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("Your judgement is kept.")).to_be_visible()
    return read


# The organizer, from the jury to the end


def wait_until_ready(page: Page) -> None:
    """What stands on the board is unpacked for jurors."""
    manage(page, "Jury")
    for name in TEXTS:
        row = table(page, "Table: Submissions").get_by_role("row", name=name)
        expect(row).to_contain_text("0 of 1", timeout=PATIENCE_MS)
        expect(row).not_to_contain_text("being unpacked", timeout=PATIENCE_MS)


def publish_scores(page: Page) -> None:
    for name, score in SCORES.items():
        row = table(page, "Table: Submissions").get_by_role("row", name=name)
        expect(row).to_contain_text("1 of 1", timeout=PATIENCE_MS)
        expect(row).to_contain_text(score)
    page.get_by_role("button", name="Publish the scores").click()
    expect(page.get_by_text("Participants see them.")).to_be_visible()


def verify(page: Page, submission: str) -> None:
    manage(page, "Everybody’s submissions")
    select, again = page.get_by_role("checkbox", name=f"Select {submission}"), page.get_by_role("button", name="Try again")

    def is_listed() -> bool:
        # It is asked for once, and told to be out of reach where a busy machine takes more than half a minute.
        if again.is_visible():
            again.click()
        return select.is_visible()

    eventually(is_listed, bool)
    select.check()
    page.get_by_role("button", name="Marks and scores…").click()
    marks = page.locator("agon-marks")
    marks.get_by_label("Reason").first.fill("Read twice.")
    marks.get_by_role("button", name="Mark Verified", exact=True).click()
    expect(marks.get_by_text("Its marks now: Verified.")).to_be_visible()
    tab(page, "Leaderboard")
    expect(page.get_by_role("row", name="grace")).to_contain_text("Verified", timeout=PATIENCE_MS)
    tab(page, "Manage")


def announce(page: Page) -> None:
    manage(page, "Announcements")
    page.get_by_label("Title").fill("The jury is done")
    page.get_by_role("textbox", name="Text").fill("Thanks to *all* of you.")
    page.get_by_role("button", name="Announce", exact=True).click()
    expect(page.get_by_role("row", name="The jury is done")).to_be_visible()


def end(page: Page) -> None:
    """The phase, which was to go on for a quarter of a year, began yesterday and ends now."""
    manage(page, "Phases")
    page.get_by_role("link", name="Main").click()
    now = datetime.now(UTC)
    page.get_by_label(re.compile(r"^Start\W*$")).fill(f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}")
    page.get_by_label("End", exact=True).fill(f"{now:%Y-%m-%dT%H:%M}")
    save(page)
    expect(page.locator("header.lead")).to_contain_text("Closed")


def export_board(page: Page) -> None:
    tab(page, "Leaderboard")
    page.get_by_role("group", name="Export the leaderboard").get_by_role("button", name="CSV").click()


def pack(page: Page) -> None:
    tab(page, "Manage")
    manage(page, "Packs")
    page.get_by_role("button", name="Pack the whole phase").click()
    page.get_by_role("link", name="Zip 1").click(timeout=PATIENCE_MS)


def dump(page: Page) -> None:
    manage(page, "Dumps and versions")
    page.get_by_role("button", name="Make a dump").click()
    table(page, "Table: Dumps").get_by_role("link", name="Download").click(timeout=PATIENCE_MS)


# What was exported


def check_board_file(content: bytes) -> None:
    rows = list(csv.DictReader(TextIOWrapper(BytesIO(content), "utf-8-sig")))
    ranked = [(row["Rank"], row["Username"], f"{float(row['Jury']):.3f}", row["Marks"]) for row in rows]
    assert ranked == [("1", "ada", SCORES["ada"], ""), ("2", "grace", SCORES["grace"], "verified")]


def check_pack(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        rows = list(csv.DictReader(TextIOWrapper(packed.open("submissions.csv"), "utf-8-sig")))
        assert {row["Username"]: row["Status"] for row in rows} == dict.fromkeys(TEXTS, "Finished")
        for row in rows:
            with zipfile.ZipFile(packed.open(f"{row['Folder']}/submission.zip")) as sent:
                texts = {name.removesuffix(".txt"): sent.read(name).decode() for name in sent.namelist()}
            assert texts == TEXTS[row["Username"]]


def check_dump(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as dumped:
        manifest = yaml.safe_load(dumped.read("competition.yaml"))
        assert (manifest["title"], manifest["description"]) == (TITLE, ABOUT)
        assert dumped.read(manifest["terms"]).decode() == TERMS
        [task] = manifest["tasks"]
        assert task["agon"]["judging"]["judgements_per_submission"] == 1


# What everybody does


def enter(page: Page, stack: DeployedStack, name: str, link: str = "Sign in") -> None:
    page.get_by_role("link", name=link, exact=True).click()
    sign_in(page, stack, name)
    page.get_by_role("button", name=f"Account of {name}").wait_for()


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Competition", exact=True).get_by_role("link", name=name, exact=True).click()


def manage(page: Page, name: str) -> None:
    """To a page of the list at the side."""
    page.get_by_role("navigation", name="Manage").get_by_role("link", name=name, exact=True).click()
    expect(page.locator(".managed-page").get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()


def save(page: Page, words: str = "Save") -> None:
    page.get_by_role("button", name=words, exact=True).click()
    told = page.get_by_role("main").get_by_role("alert").or_(page.get_by_text("Saved."))
    expect(told).to_contain_text("Saved.")


def table(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def saved(page: Page, deed: Callable[[Page], Any]) -> bytes:
    """The content of the file that somebody gets by doing something."""
    with page.expect_download(timeout=PATIENCE_MS) as download:
        deed(page)
    return download.value.path().read_bytes()
