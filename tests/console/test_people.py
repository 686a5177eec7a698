"""People in the console: their pages, the organizations that they are in, and the roles that they are offered."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack, eventually

from .conftest import PHONE
from .looking import judge, shoot
from .reading import fits

SCORE = """import json; json.dump({"accuracy": 1, "seconds": 2}, open("/app/output/scores.json", "w"))"""


@pytest.fixture(autouse=True)
def accounts(stack: Any) -> None:
    """Those who sign in have accounts."""
    for name in ("ada", "grace"):
        stack.client(name).http.close()


@pytest.fixture
def draft(stack: Any, tmp_path: Path) -> str:
    """The id of a draft of the organizer's."""
    path = tmp_path / "bundle.zip"
    path.write_bytes(builders.bundle(title="Wanted hands"))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(path, "bundle")["id"])["id"])
    return str(done["competition"])


def test_a_page_says_what_its_owner_wrote_and_nothing_of_it_runs(
    enter: Callable[..., Page], visit: Callable[..., Page]
) -> None:
    ada = enter("ada", "/account")
    form = ada.locator("agon-form").filter(has_text="Affiliation")
    form.get_by_label("Your name").fill("Ada <img src=x onerror=alert(1)>")
    form.get_by_label("Own site").fill("javascript:alert(1)")
    form.get_by_label("About you").fill("I look at stars.\nAt night.")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_label("Own site")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Own site").fill("https://ada.example")
    form.get_by_role("button", name="Save").click()
    expect(ada.get_by_text("Saved.")).to_be_visible()
    ada.get_by_role("link", name="Look at it").click()
    expect(ada.get_by_role("link", name="Change what your page says")).to_be_visible()

    stranger = visit("/u/ada", viewport=PHONE, color_scheme="dark")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Ada <img src=x onerror=alert(1)>")
    expect(stranger.get_by_text("At night.")).to_be_visible()
    expect(stranger.get_by_role("link", name="https://ada.example")).to_have_attribute("rel", "noreferrer nofollow")
    expect(stranger.get_by_role("link", name="Change what your page says")).to_have_count(0)
    expect(stranger.locator("main img, main script")).to_have_count(0)
    shoot(stranger, "person-phone-dark")
    found = judge(stranger)
    assert found.violations_count == 0, found.generate_report()
    fits(stranger)


def test_of_nobody_there_is_no_page(visit: Callable[..., Page]) -> None:
    page = visit("/u/nobody-at-all")
    expect(page.get_by_text("There is nobody of this name.")).to_be_visible()


def test_an_organization_is_made_joined_managed_and_deleted(enter: Callable[..., Page]) -> None:
    ada = enter("ada", "/account")
    form = ada.locator("agon-form").filter(has=ada.get_by_role("button", name="Make it"))
    form.get_by_role("textbox", name="Name").fill("House of the console")
    form.get_by_role("button", name="Make it").click()
    ada.get_by_role("heading", name="House of the console").wait_for()
    path = ada.url
    ada.get_by_label("User name").fill("grace")
    ada.get_by_role("button", name="Invite").click()
    expect(ada.get_by_role("row", name="grace")).to_contain_text("A place in the organization")
    shoot(ada, "organization-owner")
    found = judge(ada)
    assert found.violations_count == 0, found.generate_report()

    grace = enter("grace", "/notifications")
    grace.get_by_role("button", name="Accept House of the console").click()
    expect(grace.get_by_text("You have accepted.")).to_be_visible()
    grace.goto(path)
    grace.get_by_role("button", name="Show me to everybody grace").click()
    expect(grace.get_by_text("Everybody sees that you are in it.")).to_be_visible()
    expect(grace.get_by_role("heading", name="What it says")).to_have_count(0)
    grace.get_by_role("link", name="grace", exact=True).click()
    expect(grace.get_by_role("link", name="House of the console")).to_be_visible()

    ada.reload()
    ada.get_by_role("button", name="Make manager grace").click()
    expect(ada.get_by_text("grace has a new role: Manager.")).to_be_visible()
    ada.get_by_role("button", name="Remove grace").click()
    expect(ada.get_by_text("grace is not in it any more.")).to_be_visible()
    ada.get_by_role("button", name="Delete the organization").click()
    ada.get_by_role("button", name="Delete it for good").click()
    ada.get_by_role("heading", name="Your account").wait_for()
    expect(ada.get_by_role("link", name="House of the console")).to_have_count(0)


def test_a_role_that_is_offered_is_accepted_among_the_notifications(
    enter: Callable[..., Page], stack: Any, draft: str
) -> None:
    with stack.client(ORGANIZER, "organizer") as organizer:
        organizer.appoint(draft, "grace", "viewer")
    grace = enter("grace", "/notifications")
    expect(grace.get_by_text("organizer asks you to be a viewer of Wanted hands.")).to_be_visible()
    grace.get_by_role("button", name="Accept Wanted hands").click()
    expect(grace.get_by_text("You have accepted.")).to_be_visible()
    grace.goto(grace.url.replace("/notifications", f"/c/{draft}"))
    expect(grace.get_by_role("heading", name="Wanted hands")).to_be_visible()


def test_where_somebody_stood_is_on_their_page_once_the_phase_is_over(
    runner: DeployedStack, visit: Callable[..., Page], tmp_path: Path
) -> None:
    def send(client: Client, content: bytes, purpose: str) -> str:
        (tmp_path / "sent.zip").write_bytes(content)
        return str(client.upload(tmp_path / "sent.zip", purpose)["id"])

    with runner.client(ORGANIZER, "organizer") as organizer, runner.client("winner") as winner:
        sent = send(
            organizer, builders.bundle({"scoring_program/score.py": SCORE}, title="A short race", end="2099-01-01"), "bundle"
        )
        done = organizer.wait_for_import(organizer.import_bundle(sent)["id"])
        race = organizer.publish(done["competition"])
        winner.join(race["id"])
        entry = winner.submit(race["phases"][0]["id"], send(winner, builders.submission(), "submission"))["id"]
        assert winner.wait_for_submission(entry)["status"] == "Finished"
        over, seen = {"end": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}, organizer.settings(race["id"])["revision"]
        organizer.change_settings(race["id"], "phases/0", over, seen)
        eventually(lambda: winner.profile("winner")["results"], bool)
    page = visit("/u/winner")
    expect(page.get_by_role("heading", name="Results")).to_be_visible()
    expect(page.locator(".result")).to_contain_text("Rank 1, the only entry")
    page.get_by_role("link", name="A short race").click()
    expect(page.get_by_role("table").get_by_text("winner")).to_be_visible()
