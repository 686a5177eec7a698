"""Organizers look after a running competition: who takes part, and what was submitted."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests import receiver as receivers
from tests.stack import eventually

from .looking import look

EXTRA = "agon: {enable_teams: true, groups: [{key: students, title: Students}]}"
PAGES = (
    *("participants", "invitations", "groups", "teams", "organizers", "dashboard", "submissions", "phase", "packs"),
    *("announcements", "mail", "webhooks", "dumps", "log"),
)


@pytest.fixture(scope="module")
def competition(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The id of one whose organizer lets people in: ada and grace ask, and no runner serves what ada submits."""
    folder = tmp_path_factory.mktemp("running")
    bundle, submission = folder / "bundle.zip", folder / "submission.zip"
    bundle.write_bytes(builders.bundle(extra=EXTRA, title="Running", auto_approve=False))
    submission.write_bytes(builders.submission())
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
    for name in ("ada", "grace"):
        with stack.client(name) as participant:
            participant.join(done["competition"])
    return str(done["competition"])


def test_participants_are_approved_denied_grouped_and_given_attempts(enter: Callable[..., Page], competition: str) -> None:
    page = enter(ORGANIZER, f"/c/{competition}/manage/participants")
    expect(page.get_by_role("row", name="ada")).to_contain_text("Waits")
    page.get_by_role("checkbox", name="Select ada").check()
    page.get_by_role("checkbox", name="Select grace").check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(_told(page)).to_have_text("2 done.")
    expect(page.get_by_role("row", name="ada")).to_contain_text("Approved")

    page.get_by_role("button", name="Put in group").click()
    expect(page.get_by_role("row", name="ada")).to_contain_text("Students")
    page.get_by_role("checkbox", name="Select ada").uncheck()
    _bar(page).get_by_label("Reason").fill("Two accounts.")
    page.get_by_role("button", name="Turn down", exact=True).click()
    expect(page.get_by_role("row", name="grace")).to_contain_text("Turned down")
    expect(page.get_by_role("row", name="ada")).to_contain_text("Approved")

    page.get_by_role("checkbox", name="Select ada").check()
    page.get_by_role("checkbox", name="Select grace").uncheck()
    page.get_by_role("button", name="Give attempts").click()
    expect(_told(page)).to_contain_text("Not ada:")
    _bar(page).get_by_label("Reason").fill("The queue stood still.")
    page.get_by_role("button", name="Give attempts").click()
    expect(_told(page)).to_have_text("1 done.")

    page.get_by_role("navigation", name="Manage").get_by_role("link", name="Log").click()
    expect(page.get_by_role("row", name="Attempts given")).to_contain_text("The queue stood still.")
    expect(page.get_by_role("row", name="Turned down")).to_contain_text("Two accounts.")


def test_guests_are_invited_and_a_secret_link_is_shown_once(enter: Callable[..., Page], competition: str) -> None:
    page = enter(ORGANIZER, f"/c/{competition}/manage/invitations")
    page.get_by_label("Addresses").fill("one@example.org\ntwo@example.org")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("row", name="two@example.org")).to_contain_text("Waits")
    page.get_by_role("checkbox", name="Select one@example.org").check()
    page.get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_role("row", name="one@example.org")).to_contain_text("Revoked")
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator(".secret")).to_contain_text("agon join running --link ")
    page.reload()
    expect(page.get_by_role("button", name="Revoke the link")).to_be_visible()
    expect(page.locator(".secret")).to_have_count(0)


def test_roles_are_offered_and_withdrawn(enter: Callable[..., Page], competition: str) -> None:
    page = enter(ORGANIZER, f"/c/{competition}/manage/organizers")
    expect(page.get_by_role("row", name=ORGANIZER)).to_contain_text("Owner")
    form = page.locator("agon-form")
    form.get_by_role("textbox").first.fill("grace")
    form.get_by_role("combobox").select_option("viewer")
    form.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("row", name="grace")).to_contain_text("asked to be Viewer")
    page.get_by_role("button", name="Withdraw the offer grace").click()
    expect(page.get_by_role("row", name="grace")).to_have_count(0)


def test_submissions_are_failed_and_marked_and_the_dashboard_tells_why(
    enter: Callable[..., Page], stack: Any, tmp_path: Path
) -> None:
    bundle, submission = tmp_path / "bundle.zip", tmp_path / "first.zip"
    bundle.write_bytes(builders.bundle(title="Submitted"))
    submission.write_bytes(builders.submission())
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        # A queue that nobody serves: what is submitted waits there.
        queue = organizer.http.call("POST", "/queues", {"name": "Nobody's"})["id"]
        settings = f"/competitions/{done['competition']}/settings"
        organizer.http.response("PATCH", settings, {"queue": queue}, headers={"If-Match": "*"})
        organizer.publish(done["competition"])
        [phase] = organizer.competition(done["competition"])["phases"]
    with stack.client("ada") as ada:
        ada.join(done["competition"])
        ada.submit(phase["id"], ada.upload(submission, "submission")["id"])
    page = enter(ORGANIZER, f"/c/{done['competition']}/manage/submissions")
    row = page.get_by_role("row").filter(has_text="ada")
    expect(row).to_contain_text("In line")
    page.get_by_role("checkbox", name="Select").last.check()
    _bar(page).get_by_label("Reason").fill("A leak of the labels.")
    page.get_by_role("button", name="Fail", exact=True).click()
    expect(row).to_contain_text("Failed")

    page.get_by_role("button", name="Marks and scores…").click()
    page.get_by_role("textbox", name="Accuracy").fill("0.5")
    marks = page.locator("agon-marks")
    marks.get_by_label("Reason").last.fill("Counted by hand.")
    marks.get_by_role("button", name="Set the scores").click()
    expect(marks.get_by_role("alert")).to_contain_text("Only one that is Finished has scores to be set.")

    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_role("listitem").filter(has_text="A leak of the labels.")).to_be_visible()
    page.get_by_role("link", name="All submissions").click()
    expect(row).to_contain_text("Failed")


def test_many_submissions_are_put_on_the_board_taken_off_run_again_cancelled_packed_and_withdrawn(
    enter: Callable[..., Page], stack: Any, tmp_path: Path
) -> None:
    competition, phase, scored = _several(stack, tmp_path)

    # Who has one on the board may take it off, where the rule says so.
    ada = enter("ada", f"/s/{scored}")
    ada.get_by_role("button", name="Put on the leaderboard").click()
    expect(ada.get_by_text("It will be on the leaderboard in a moment.")).to_be_visible()
    with stack.client("ada") as client:
        eventually(lambda: [row["submission"] for row in client.leaderboard(phase)["rows"]], [scored].__eq__)
    ada.get_by_role("button", name="Take off the leaderboard").click()
    expect(ada.get_by_text("It is off the leaderboard.")).to_be_visible()

    page = enter(ORGANIZER, f"/c/{competition}/manage/submissions")
    table = page.get_by_role("table")
    first, waiting = table.get_by_role("row").filter(has_text="Scored"), table.get_by_role("row").filter(has_text="Waits")
    bar = _bar(page)
    page.get_by_label("Select Scored").check()
    bar.get_by_role("button", name="Put on the board").click()
    expect(_told(page)).to_have_text("1 done.")
    bar.get_by_role("button", name="Take off the board").click()
    expect(_told(page)).to_have_text("1 done.")
    bar.get_by_role("button", name="Run again").click()
    expect(first).to_contain_text("In line")
    page.get_by_label("Select Waits").check()
    bar.get_by_role("button", name="Cancel").click()
    expect(_told(page)).to_have_text("2 done.")
    expect(waiting).to_contain_text("Cancelled")
    bar.get_by_role("button", name="Pack").click()
    expect(_told(page)).to_contain_text("You find the zips under “Packs”.")
    bar.get_by_role("button", name="Withdraw…").click()
    asked = page.get_by_role("group", name="Withdraw…")
    expect(asked).to_contain_text("2 submissions will count no more. Their files stay, and each can be brought back")
    asked.get_by_role("button", name="Keep them").click()
    expect(waiting).not_to_contain_text("Withdrawn")
    page.get_by_label("Select Scored").uncheck()
    bar.get_by_role("button", name="Withdraw…").click()
    asked.get_by_role("button", name="Withdraw", exact=True).click()
    expect(waiting).to_contain_text("Withdrawn")
    expect(first).not_to_contain_text("Withdrawn")
    waiting.get_by_role("link").first.click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("It counts again.")).to_be_visible()

    page.goto(page.url.partition("/s/")[0] + f"/c/{competition}/manage/packs")
    expect(table.get_by_role("row").filter(has_text="Done")).to_contain_text("Zip 1", timeout=60_000)
    page.get_by_role("navigation", name="Manage").get_by_role("link", name="Log").click()
    page.get_by_role("button", name="Boards of “Only”").click()
    expect(page).to_have_url(re.compile(r"[?&]of=board\b"))
    for deed, by in (("Put on the board", "ada"), ("Taken off the board", ORGANIZER), ("Restored", ORGANIZER)):
        expect(table.get_by_role("row", name=deed).filter(has_text=by)).not_to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Boards of “Only”")).to_have_attribute("aria-pressed", "true")
    expect(table.get_by_role("row", name="Withdrawn").get_by_role("link", name="submission")).to_be_visible()


def _several(stack: Any, folder: Path) -> tuple[str, str, str]:
    """A competition that nobody runs, where participants place what they hand in: its id, its phase's, and that of a scored
    submission of ada's, who has another one that waits."""
    bundle, submission = folder / "bundle.zip", folder / "mine.zip"
    bundle.write_bytes(builders.bundle(title="Placed by hand", rule="Add_And_Delete"))
    submission.write_bytes(builders.submission())
    with stack.client("ada") as ada, stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        competition, phase = done["competition"], f"{done['competition']}-0"
        queue = organizer.http.call("POST", "/queues", {"name": "Nobody's, too"})["id"]
        settings = f"/competitions/{competition}/settings"
        organizer.http.response("PATCH", settings, {"queue": queue}, headers={"If-Match": "*"})
        told = {"site": "codabench.example", "id": "1", "owner": "ada", "address": f"{ada.me()['username']}@example.org"}
        told |= {"created_at": "2026-02-01T10:00:00Z", "status": "Finished", "name": "Scored"}
        upload = organizer.upload(submission, "submission")["id"]
        scores = {"0": {"accuracy": 0.5, "seconds": 3}}
        scored = organizer.bring(phase, {**told, "scores": scores, "upload": upload})["id"]
        organizer.publish(competition)
        ada.join(competition)
        assert ada.collect(competition)["submissions"] == 1
        ada.submit(phase, ada.upload(submission, "submission")["id"], "Waits")
    return str(competition), phase, str(scored)


def test_letters_are_counted_before_they_are_sent_and_news_announced(enter: Callable[..., Page], competition: str) -> None:
    page = enter(ORGANIZER, f"/c/{competition}/manage/mail")
    page.get_by_label("Subject").fill("One week more")
    page.get_by_role("textbox", name="Text").fill("You have **seven** days.")
    page.get_by_role("button", name="Look at it").click()
    letter = page.get_by_role("region", name="The letter")
    expect(letter).to_contain_text("will get it.")
    expect(letter.locator("strong")).to_have_text("seven")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("row", name="One week more")).to_be_visible()

    page.get_by_role("navigation", name="Manage").get_by_role("link", name="Announcements").click()
    page.get_by_label("Title").fill("New data")
    page.get_by_role("textbox", name="Text").fill("Fetch it again.")
    page.get_by_role("button", name="Announce", exact=True).click()
    page.get_by_role("button", name="Withdraw New data").click()
    expect(page.get_by_role("row", name="New data")).to_have_count(0)


def test_a_webhook_tells_its_secret_once_and_is_tested(enter: Callable[..., Page], competition: str) -> None:
    with receivers.receiving() as receiver:
        _try_webhook(enter(ORGANIZER, f"/c/{competition}/manage/webhooks"), receiver.url)
        assert len(receiver.received) == 1


def _try_webhook(page: Page, url: str) -> None:
    page.get_by_role("textbox").first.fill(url)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Make a webhook").click()
    secret = page.locator(".secret code")
    expect(secret).not_to_be_empty()
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("agon-deliveries tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("group", name="What was sent")).to_contain_text("{")
    page.reload()
    page.get_by_role("button", name="Look at it").wait_for()
    expect(secret).to_have_count(0)


@pytest.mark.usefixtures("competition")
def test_a_queue_tells_the_command_that_attaches_a_machine(enter: Callable[..., Page], stack: Any) -> None:
    page = enter(ORGANIZER, "/queues")
    page.get_by_role("textbox").first.fill("Two cards of the lab")
    page.get_by_role("button", name="Make a queue").click()
    page.get_by_role("heading", level=1, name="Two cards of the lab").wait_for()
    tokens = page.get_by_role("region", name="Attach a machine")
    tokens.get_by_role("textbox").first.fill("gpu-01")
    page.get_by_role("button", name="Make a token").click()
    command = page.get_by_role("group", name="Command")
    expect(command).to_contain_text(f"AGON_API={stack.console_url.rstrip('/')}/api AGON_RUNNER_TOKEN=agonr_")
    look(page, "queue")
    page.get_by_role("button", name="Revoke gpu-01").click()
    expect(page.get_by_text("There is no token")).to_be_visible()
    expect(page.get_by_text("No runner has come yet")).to_be_visible()
    page.get_by_role("button", name="Remove the queue").click()
    page.get_by_role("heading", level=1, name="Queues").wait_for()


def test_no_page_has_an_accessibility_violation(enter: Callable[..., Page], competition: str) -> None:
    page = enter(ORGANIZER, f"/c/{competition}/manage/{PAGES[0]}")
    for name in PAGES:
        page.goto(page.url.split("/manage/")[0] + f"/manage/{name}")
        page.locator(".managed-page h2").first.wait_for()
        look(page, f"manage-{name}")


def _bar(page: Page) -> Any:
    return page.get_by_role("group", name="With what is selected")


def _told(page: Page) -> Any:
    return page.locator(".managed-page > * > .told")
