"""An organizer makes a competition, changes it and publishes it, all in the browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.client import Client
from agon.errors import ProblemError
from agon.local.stack import ORGANIZER
from tests import builders

from .looking import look
from .reading import becomes, measured, typed


@pytest.fixture
def organizer(stack: Any) -> Iterator[Client]:
    with stack.client(ORGANIZER, "organizer") as client:
        yield client


@pytest.fixture
def draft(organizer: Client, tmp_path: Path) -> str:
    """A draft of the organizer's: its id."""
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(builders.bundle(title="Leaves"))
    done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
    return str(done["competition"])


def test_a_draft_is_published_taken_off_the_list_and_copied(enter: Callable[..., Page], draft: str) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage")
    expect(page.get_by_text("Only those who run it see it.")).to_be_visible()
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("group", name="Publish")).to_contain_text("Everybody who joins may submit at once.")
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("status").filter(has_text="It is published.")).to_be_visible()
    page.get_by_role("button", name="Take off the list…").click()
    expect(page.get_by_role("group", name="Take off the list")).to_contain_text("submissions, scores and participants stay")
    page.get_by_role("button", name="Take off the list", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="It is a draft again.")).to_be_visible()
    page.get_by_label("Title").fill("Leaves, once more")
    page.get_by_role("button", name="Make a copy").click()
    expect(page.get_by_role("heading", level=1, name="Leaves, once more")).to_be_visible()
    expect(page).to_have_url(re.compile("/c/leaves-once-more/manage$"))


def test_a_competition_is_archived_and_shown_to_who_asks_for_such(
    enter: Callable[..., Page], organizer: Client, draft: str
) -> None:
    organizer.publish(draft)
    page = enter(ORGANIZER, f"/c/{draft}/manage")
    page.get_by_role("button", name="Archive it").click()
    expect(page.get_by_role("status").filter(has_text="It is archived.")).to_be_visible()
    expect(page.locator(".chip", has_text="Archived").first).to_be_visible()
    page.get_by_role("button", name="Take it out of the archive").click()
    expect(page.get_by_role("status").filter(has_text="It is archived no more.")).to_be_visible()


def test_a_competition_is_deleted_by_its_slug_typed_once_it_is_off_the_list(
    enter: Callable[..., Page], organizer: Client, draft: str
) -> None:
    slug = organizer.publish(draft)["slug"]
    page = enter(ORGANIZER, f"/c/{draft}/manage")
    deletion = page.get_by_role("region", name="Delete")
    expect(deletion).to_contain_text("Take it off the list first.")
    organizer.unpublish(draft)
    page.reload()
    deletion.get_by_label(f"Type {slug} to delete it").fill("leaf")
    deletion.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Type `{slug}` to delete")
    deletion.get_by_label(f"Type {slug} to delete it").fill(slug)
    deletion.get_by_role("button", name="Delete it for good").click()
    expect(page).to_have_url(re.compile("/new$"))
    with pytest.raises(ProblemError, match="There is no such competition"):
        organizer.competition(slug)


def test_who_does_not_organize_a_competition_is_shown_no_way_to_manage_it(
    enter: Callable[..., Page], stack: Any, organizer: Client, draft: str
) -> None:
    organizer.publish(draft)
    with stack.client("ada"):
        pass
    page = enter("ada", f"/c/{draft}/submissions")
    page.get_by_role("heading", level=1, name="Leaves").wait_for()
    expect(page.get_by_role("link", name="Manage")).to_have_count(0)


def test_settings_are_changed_and_stand_in_the_header(enter: Callable[..., Page], organizer: Client, draft: str) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage/details")
    page.get_by_label("Title").fill("Leaves of trees")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1, name="Leaves of trees")).to_be_visible()
    assert dict(organizer.settings(draft)["settings"])["title"] == "Leaves of trees"


def test_what_is_changed_is_shown_at_an_address_with_the_slug_too(
    enter: Callable[..., Page], organizer: Client, draft: str
) -> None:
    slug = organizer.competition(draft)["slug"]
    page = enter(ORGANIZER, f"/c/{slug}/manage/details")
    page.get_by_label("Title").fill("Leaves of trees")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1, name="Leaves of trees")).to_be_visible()


def test_what_somebody_else_has_changed_meanwhile_is_told_beside_ones_own(
    enter: Callable[..., Page], organizer: Client, draft: str
) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage/details")
    page.get_by_label("Title").fill("Mine")
    organizer.change_settings(draft, "", {"title": "Theirs"}, organizer.settings(draft)["revision"])
    page.get_by_role("button", name="Save").click()
    clash = page.get_by_role("group", name="Changed by somebody else meanwhile")
    expect(clash).to_contain_text("Theirs")
    expect(clash).to_contain_text("Mine")
    expect(page.get_by_role("alert")).to_contain_text("save once more to have yours")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1, name="Mine")).to_be_visible()


def test_a_page_is_written_with_a_preview_and_read_by_visitors(enter: Callable[..., Page], draft: str) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage/texts?at=new")
    page.get_by_label("Title").fill("Prizes")
    page.get_by_label("Content").fill("There are **three** of them.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("three")
    page.get_by_role("button", name="Add a page").click()
    expect(page.get_by_role("heading", level=3, name="Prizes")).to_be_visible()
    page.get_by_role("navigation", name="Competition").get_by_role("link", name="Prizes").click()
    expect(page.locator(".prose strong")).to_have_text("three")


def test_a_phase_that_ends_before_it_begins_is_refused_at_its_field(
    enter: Callable[..., Page], organizer: Client, draft: str
) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage/phases?at=0")
    page.get_by_label("End", exact=True).fill("2001-01-01T00:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The phase would end before it begins.")).to_be_visible()
    page.get_by_label("End", exact=True).fill("2097-01-01T00:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    assert dict(organizer.settings(draft)["settings"])["phases"][0]["end"].startswith("2097")


def test_a_column_is_added_and_taken_out(enter: Callable[..., Page], organizer: Client, draft: str) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage/boards?at=0")
    page.locator("summary").filter(has_text="Add a column").click()
    added = page.locator("details").filter(has=page.get_by_role("button", name="Add a column"))
    added.get_by_label("Title").fill("Runtime")
    added.locator("input[name='key']").fill("runtime")
    added.get_by_role("button", name="Add a column").click()
    expect(page.locator("summary").filter(has_text="Runtime")).to_be_visible()
    page.locator("summary").filter(has_text="Runtime").click()
    page.get_by_role("button", name="Remove “Runtime”").click()
    expect(page.get_by_role("status").filter(has_text="It is removed.")).to_be_visible()
    columns = dict(organizer.settings(draft)["settings"])["leaderboards"][0]["columns"]
    assert "runtime" not in [column["key"] for column in columns]


def test_a_template_becomes_a_draft_that_is_called_as_one_says(enter: Callable[..., Page], organizer: Client) -> None:
    page = enter(ORGANIZER, "/new")
    page.get_by_label("Title: Tides").fill("Tides of March")
    page.get_by_role("button", name="Begin with it: Tides").click()
    expect(page.get_by_role("heading", level=2, name="Tides of March")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Nothing is wrong with it.")).to_be_visible()
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_role("heading", level=1, name="Tides of March")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Only those who run it see it.")).to_be_visible()
    assert organizer.competition("tides-of-march")["published"] is False


@pytest.mark.parametrize(
    ("title", "called", "boards"),
    [
        ("Who sings at dawn", "Owls of May", ["Practice · Woods", "Final · Woods", "Final · Gardens"]),
        ("When does the kettle boil", "Kettles of May", ["Public", "Private"]),
        ("Rising bread", "Breads of May", ["Public", "Private"]),
    ],
)
def test_a_template_of_another_platform_becomes_a_draft_as_well(
    enter: Callable[..., Page], organizer: Client, title: str, called: str, boards: list[str]
) -> None:
    page = enter(ORGANIZER, "/new")
    page.get_by_label(f"Title: {title}").fill(called)
    page.get_by_role("button", name=f"Begin with it: {title}").click()
    expect(page.get_by_text("it is of another platform")).to_be_visible()
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_role("heading", level=1, name=called)).to_be_visible(timeout=60_000)
    made = dict(organizer.settings(called.lower().replace(" ", "-"))["settings"])
    assert [board["title"] for board in made["leaderboards"]] == boards


def test_a_blank_form_becomes_a_draft_that_scores(enter: Callable[..., Page], organizer: Client) -> None:
    page = enter(ORGANIZER, "/new")
    form = page.get_by_role("region", name="From a blank form")
    form.get_by_label("Title", exact=True).fill("Leaves: a “first” try")
    form.get_by_label("Description").fill("Tell trees apart.")
    form.get_by_label("What is measured").fill("Accuracy (%)")
    end = form.get_by_label("The phase ends", exact=True)
    end.fill("2001-01-01T00:00")
    form.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("would end before it begins")
    end.fill("2099-01-01T00:00")
    form.get_by_role("button", name="Go on").click()
    # It has no picture and no terms, which the check tells.
    expect(page.get_by_role("status").filter(has_text="2 things are odd")).to_be_visible()
    expect(page.locator(".complaints.wrong")).to_have_count(0)
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_role("heading", level=1, name="Leaves: a “first” try")).to_be_visible(timeout=60_000)
    expect(page).to_have_url(re.compile("/c/[^/]+/manage$"))
    made = dict(organizer.settings("leaves-a-first-try")["settings"])
    assert made["leaderboards"][0]["columns"][0]["key"] == "accuracy"
    assert (made["description"], made["phases"][0]["end"][:4]) == ("Tell trees apart.", "2099")


def test_a_bundle_is_mended_where_its_complaint_points(
    enter: Callable[..., Page], organizer: Client, tmp_path: Path
) -> None:
    bundle = tmp_path / "broken.zip"
    bundle.write_bytes(builders.bundle(title="Broken"))
    page = enter(ORGANIZER, "/new")
    page.locator("input[type=file]").first.set_input_files(bundle)
    manifest = page.get_by_label("competition.yaml")
    page.locator("summary").filter(has_text="competition.yaml").click()
    whole = typed(manifest, "phases:")
    manifest.fill(whole.replace("phases:", "phasen:"))
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".complaints.wrong")).to_be_visible()
    expect(page.get_by_role("button", name="Make a draft of it")).to_have_attribute("aria-disabled", "true")
    line = whole.splitlines().index("phases:") + 1
    page.locator(".complaints").get_by_role("button", name=f"Show line {line}").click()
    expect(manifest).to_be_focused()
    becomes(manifest, "area => area.value.slice(area.selectionStart, area.selectionEnd)", lambda chosen: chosen == "phasen:")
    manifest.fill(whole.replace("Broken", "Mended"))
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".complaints.wrong")).to_have_count(0)
    page.get_by_role("button", name="Make a draft of it").click()
    expect(page.get_by_role("heading", level=1, name="Mended")).to_be_visible(timeout=60_000)
    page.goto(page.url.partition("/c/")[0] + "/new")
    page.get_by_role("button", name="Copy “Mended”").click()
    expect(page.get_by_role("heading", level=1, name="Mended")).to_be_visible()


def test_a_competition_is_updated_from_a_bundle(enter: Callable[..., Page], draft: str, tmp_path: Path) -> None:
    bundle = tmp_path / "next.zip"
    bundle.write_bytes(builders.bundle(title="Leaves of autumn"))
    page = enter(ORGANIZER, f"/c/{draft}/manage/dumps")
    page.locator("input[type=file]").set_input_files(bundle)
    page.get_by_role("button", name="Update from a bundle").click()
    expect(page.get_by_role("heading", level=1, name="Leaves of autumn")).to_be_visible()
    page.get_by_role("navigation", name="Manage").get_by_role("link", name="Dumps and versions").click()
    expect(page.get_by_role("table", name="Bundles that it was made of").get_by_role("row")).to_have_count(3)


def test_the_sign_in_to_private_images_is_kept_shown_without_its_password_and_forgotten(
    enter: Callable[..., Page], draft: str
) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage/running")
    part = page.locator("agon-registry")
    part.get_by_label("Server").fill("ghcr.io")
    part.get_by_label("User name").fill("lab")
    part.get_by_label("Password").fill("once-and-never")
    part.get_by_role("button", name="Keep it").click()
    expect(part.get_by_text("lab at ghcr.io, since")).to_be_visible()
    page.reload()
    expect(part.get_by_text("lab at ghcr.io, since")).to_be_visible()
    assert "once-and-never" not in measured(page, "document.documentElement.outerHTML")
    part.get_by_role("button", name="Forget it").click()
    expect(part.get_by_text("There is none: images are pulled without a sign-in.")).to_be_visible()


PATHS = [
    "",
    "/details",
    "/registration",
    "/texts?at=0",
    "/phases?at=0",
    "/tasks?at=0",
    "/boards?at=0",
    "/running",
    "/solutions",
]


def test_every_page_of_hosting_and_settings_is_accessible(enter: Callable[..., Page], draft: str) -> None:
    page = enter(ORGANIZER, f"/c/{draft}/manage")
    site = page.url.partition("/c/")[0]
    for path in ("/new", *(f"/c/{draft}/manage{one}" for one in PATHS)):
        page.goto(site + path)
        page.get_by_role("heading", level=1).wait_for()
        look(page, path.replace(draft, "draft"))
