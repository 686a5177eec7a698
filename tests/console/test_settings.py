"""What organizers set in forms is what holds: groups, links, headers over columns, a rubric, a logo and the rest."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders, judged
from tests.stack import eventually

from .looking import look

#: The smallest picture there is.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture(scope="module")
def place(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A published competition that a jury judges, too, in which ada takes part."""
    bundle = tmp_path_factory.mktemp("settings") / "bundle.zip"
    bundle.write_bytes(builders.bundle(judged.files(title="Settings"), title="Settings"))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        assert done["status"] == "Finished", done["errors"]
        [phase] = organizer.publish(done["competition"])["phases"]
    with stack.client("ada") as ada:
        ada.join(done["competition"])
    return {"competition": done["competition"], "phase": phase["id"]}


@pytest.fixture
def settings(stack: Any, place: dict[str, str]) -> Callable[[], dict[str, Any]]:
    """What holds now."""

    def settings() -> dict[str, Any]:
        with stack.client(ORGANIZER, "organizer") as organizer:
            return dict(organizer.settings(place["competition"])["settings"])

    return settings


def managed(enter: Callable[..., Page], place: dict[str, str], name: str) -> Page:
    return enter(ORGANIZER, f"/c/{place['competition']}/manage/{name}")


def named(page: Page, place: str) -> Any:
    """The control of a setting, by its place."""
    return page.locator(f'[name="{place}"]')


def save(page: Page) -> None:
    page.locator("agon-form").first.get_by_role("button", name="Save").click()
    expect(page.locator("agon-form").first.get_by_text("Saved")).to_be_visible()


def test_groups_are_made_in_a_form_and_who_is_in_several_chooses_for_which_they_submit(
    enter: Callable[..., Page], stack: Any, place: dict[str, str], settings: Callable[[], dict[str, Any]]
) -> None:
    page = managed(enter, place, "groups")
    for at, (key, title) in enumerate((("students", "Students"), ("industry", "Industry"))):
        page.get_by_role("button", name="Add group").click()
        named(page, f"agon.groups.{at}.key").fill(key)
        named(page, f"agon.groups.{at}.title").fill(title)
    named(page, "agon.groups.0.board").check()
    page.get_by_role("button", name="Add limit").first.click()
    named(page, "agon.groups.0.limits.0.phase").select_option("0")
    named(page, "agon.groups.0.limits.0.max_submissions_per_day").fill("7")
    named(page, "agon.groups.1.addresses").fill("acme.example\nada@acme.test")
    save(page)
    row = page.get_by_role("table", name="Groups").get_by_role("row", name="Students")
    expect(row).to_contain_text("7 a day (Only)")
    look(page, "groups")
    students, industry = settings()["agon"]["groups"]
    assert students == {
        "key": "students", "title": "Students", "board": True, "limits": [{"phase": 0, "max_submissions_per_day": 7}]
    }  # fmt: skip
    assert industry["addresses"] == ["acme.example", "ada@acme.test"]
    with stack.client(ORGANIZER, "organizer") as organizer:
        [user] = [one["user"] for one in organizer.participants(place["competition"])]
        for group in ("students", "industry"):
            organizer.assign_group(place["competition"], group, [user])
    ada = enter("ada", f"/c/{place['competition']}/submissions")
    choice = ada.get_by_label("Submit for the group")
    expect(choice.locator("option")).to_have_text(["Students", "Industry"])
    choice.select_option("industry")


def test_a_link_that_a_phase_has_is_found_beside_its_data(enter: Callable[..., Page], place: dict[str, str]) -> None:
    page = managed(enter, place, "phases?at=0")
    page.get_by_role("button", name="Add link").click()
    named(page, "agon.downloads.0.name").fill("Further reading")
    named(page, "agon.downloads.0.url").fill("javascript:alert(1)")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-problem")).to_be_visible()
    named(page, "agon.downloads.0.url").fill("https://papers.example/leaves")
    save(page)
    look(page, "phase")
    page.get_by_role("navigation", name="Competition").get_by_role("link", name="Data").click()
    link = page.get_by_role("listitem").get_by_role("link", name="Further reading")
    expect(link).to_have_attribute("href", "https://papers.example/leaves")


def test_a_header_over_columns_and_what_parts_equal_scores_are_chosen_by_their_names(
    enter: Callable[..., Page], place: dict[str, str], settings: Callable[[], dict[str, Any]]
) -> None:
    page = managed(enter, place, "boards?at=0")
    page.get_by_role("button", name="Add column", exact=True).click()
    named(page, "agon.tie_break_indexes.0").select_option(label="Seconds")
    page.get_by_role("button", name="Add header").click()
    named(page, "agon.column_groups.0.key").fill("speed")
    named(page, "agon.column_groups.0.title").fill("Speed")
    named(page, "primary_index").select_option(label="Accuracy")
    save(page)
    seconds = page.locator("details.manage-column").filter(has=page.locator("summary").filter(has_text="Seconds"))
    seconds.locator("summary").click()
    named(seconds, "agon.group").select_option(label="Speed")
    named(seconds, "computation").select_option(label="The weighted sum of ranks, without gaps after ties")
    seconds.get_by_label("Accuracy").first.check()
    seconds.get_by_role("button", name="Add weight").click()
    named(seconds, "agon.computation_weights.0").fill("2")
    look(page, "board")
    seconds.get_by_role("button", name="Save").click()
    question = page.get_by_role("button", name="Save it so")

    def is_saved() -> bool:
        if question.is_visible():
            question.click()
        return seconds.get_by_text("Saved").is_visible()

    eventually(is_saved, bool)
    [board] = settings()["leaderboards"]
    assert board["agon"] == {"tie_break_indexes": [1], "column_groups": [{"key": "speed", "title": "Speed", "index": 0}]}
    assert board["columns"][1]["agon"] == {
        "computation": "weighted_dense_rank", "computation_indexes": [0], "computation_weights": [2.0], "group": "speed"
    }  # fmt: skip


def test_the_criteria_of_a_rubric_are_changed_put_in_order_and_added_to(
    enter: Callable[..., Page], place: dict[str, str], settings: Callable[[], dict[str, Any]]
) -> None:
    page = managed(enter, place, "tasks?at=0")
    first = "agon.judging.criteria.0"
    expect(named(page, f"{first}.title")).to_have_value("Is it clear?")
    page.locator(f'[data-row="{first}"]').get_by_role("button", name="Move").nth(1).click()
    expect(named(page, f"{first}.title")).to_have_value("Is it well written?")
    named(page, f"{first}.weight").fill("2")
    page.locator('[data-add="agon.judging.criteria"]').click()
    named(page, "agon.judging.criteria.2.key").fill("truth")
    named(page, "agon.judging.criteria.2.title").fill("Is it true?")
    save(page)
    look(page, "task")
    criteria = settings()["tasks"][0]["agon"]["judging"]["criteria"]
    assert [(one["key"], one.get("weight", 1)) for one in criteria] == [("style", 2), ("clarity", 3), ("truth", 1)]


def test_the_pages_of_settings_save_what_is_said_there_and_a_picture_becomes_the_logo(
    enter: Callable[..., Page], place: dict[str, str], settings: Callable[[], dict[str, Any]]
) -> None:
    page = managed(enter, place, "running")
    pages = page.get_by_role("navigation", name="Manage")
    page.get_by_label("Docker image").fill("quay.io/lab/image:2")
    named(page, "agon.paused").check()
    save(page)
    pages.get_by_role("link", name="What participants see").click()
    named(page, "make_input_data_available").check()
    named(page, "agon.show_downloads").uncheck()
    save(page)
    look(page, "shown")
    pages.get_by_role("link", name="Fact sheet").click()
    page.get_by_role("button", name="Add question").click()
    named(page, "fact_sheet.0.title").fill("Which model?")
    expect(named(page, "fact_sheet.0.key")).to_have_value("which_model")
    save(page)
    pages.get_by_role("link", name="Details").click()
    named(page, "competition_type").select_option(label="A benchmark")
    save(page)
    page.locator("input[type=file]").set_input_files({"name": "leaf.png", "mimeType": "image/png", "buffer": PIXEL})
    page.get_by_role("button", name="Set the logo").click()
    expect(page.get_by_role("img", name="Logo")).to_have_js_property("naturalWidth", 1)
    look(page, "details")
    found = settings()
    assert (found["docker_image"], found["agon"]["paused"]) == ("quay.io/lab/image:2", True)
    assert (found["make_input_data_available"], found["agon"]["show_downloads"]) == (True, False)
    assert found["fact_sheet"]["which_model"]["title"] == "Which model?"
    assert (found["competition_type"], found["image"]) == ("benchmark", "logo.png")
