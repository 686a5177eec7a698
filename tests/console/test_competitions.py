"""The list of competitions and a competition's frame, as a visitor sees them."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack, eventually

from .looking import look


@pytest.fixture(scope="module")
def dated(stack: DeployedStack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A competition whose phase ends at midnight, UTC."""
    path: Path = tmp_path_factory.mktemp("bundle") / "dated.zip"
    path.write_bytes(builders.bundle(title="Dated", end="2099-12-01"))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(path, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
    # What is published is found once the catalogue has been made anew.
    found = f"{stack.api_url}/v1/competitions?search=dated"
    eventually(lambda: httpx.get(found).json()["competitions"], bool)
    return str(done["competition"])


def test_the_list_shows_the_published_competition(visit, stack, finished_demo):
    competition = httpx.get(f"{stack.api_url}/v1/competitions/{finished_demo}").json()
    page = visit("/")
    card = page.get_by_role("listitem").filter(has=page.locator(f"a[href='/c/{competition['slug']}']"))
    for words in (competition["title"], competition["organizer"], f"{competition['participants']} participants"):
        expect(card).to_contain_text(words)
    card.get_by_role("link").click()
    page.get_by_role("heading", level=1, name=competition["title"]).wait_for()


def test_an_unknown_competition_says_so(visit, stack):
    problem = httpx.get(f"{stack.api_url}/v1/competitions/nope").json()
    page = visit("/c/nope")
    expect(page.get_by_role("alert")).to_contain_text(problem["detail"])
    expect(page.get_by_role("link", name="All competitions")).to_be_visible()


def test_an_address_that_leads_nowhere_says_so(visit):
    expect(visit("/nowhere/at/all").get_by_role("alert")).to_contain_text("no such page")


def test_competitions_are_searched_filtered_and_ordered_by_the_address(visit, dated, finished_demo):
    page = visit("/")
    page.get_by_role("searchbox", name="Search").fill("dated")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", level=3, name="Dated").first).to_be_visible()
    expect(page.get_by_role("heading", level=3, name="Iris")).to_have_count(0)
    page.get_by_role("button", name="With a prize").click()
    expect(page.get_by_text("Nothing fits")).to_be_visible()
    for word in ("search=dated", "reward=true"):
        expect(page).to_have_url(re.compile(rf"[?&]{word}(&|$)"))
    page.reload()
    expect(page.get_by_role("button", name="With a prize")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="All competitions").click()
    expect(page.get_by_role("heading", level=3, name="Iris").first).to_be_visible()
    look(page, "home")


def test_home_tells_a_participant_how_they_stand(enter, stack, finished_demo):
    with stack.client("homebody") as client:
        client.join(finished_demo)
    page = enter("homebody", "/sign-in")
    own = page.get_by_role("region", name="Your competitions")
    expect(own.get_by_role("heading", name="Iris")).to_be_visible()
    expect(own).to_contain_text("of 20 submissions left today")
    own.get_by_role("link", name="Submit").click()
    page.get_by_role("heading", level=1, name="Iris").wait_for()
    expect(page).to_have_url(re.compile("/submissions$"))
