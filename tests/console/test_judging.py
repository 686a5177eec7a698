"""A juror's desk and an organizer's view of the jury."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import judged
from tests.jury import PARTICIPANTS, Jury, invite

from .looking import look, portray, stay
from .reading import text


@pytest.fixture(scope="module")
def jury(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Jury:
    return invite(stack, tmp_path_factory.mktemp("jury"), {**judged.RUBRIC, "publish_at_once": False})


@pytest.fixture(scope="module")
def pairs(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Jury:
    return invite(stack, tmp_path_factory.mktemp("pairs"), judged.PAIRS)


def desk(jury: Jury) -> str:
    return f"/c/{jury.competition}/judge?phase={jury.phase}"


def test_a_juror_finds_the_desk_from_the_front_page(enter: Callable[..., Page], jury: Jury) -> None:
    page = enter("juno", "/sign-in")
    page.get_by_role("button", name="Account of juno").click()
    page.get_by_role("link", name="Your juries").click()
    page.get_by_role("heading", name="Your juries").wait_for()
    page.locator(f"a[href='/c/{jury.competition}']").click()
    page.get_by_role("link", name="Judge", exact=True).click()
    page.get_by_role("heading", name="Write").wait_for()
    expect(page.locator(".progress time")).to_contain_text("1 Dec 2999, 00:00 UTC")


def test_a_wrong_password_is_told(visit: Callable[..., Page], jury: Jury) -> None:
    page = visit(desk(jury))
    page.get_by_label("User name").fill("juno")
    page.get_by_label("Password").fill("this is not it")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("password is wrong")


def test_what_is_judged_is_shown_in_frames_that_can_do_nothing(enter: Callable[..., Page], jury: Jury) -> None:
    page = enter("juno", desk(jury))
    page.get_by_role("heading", name="Output").wait_for()
    expect(page.locator("iframe")).to_have_count(2)
    expect(page.locator("iframe[sandbox='']")).to_have_count(2)
    story = re.compile("|".join(re.escape(one) for one in PARTICIPANTS.values()))
    expect(page.frame_locator("iframe[title='story.txt']").locator("body")).to_have_text(story)
    # White is what a file is shown on, and no frame before there is one in it.
    expect(page.locator("iframe[title='story.txt']")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.frame_locator("iframe[title='page.html']").locator("h1")).to_have_text(story)
    body = text(page.locator("main"))
    assert not [name for name in ("ada", "grace", *jury.submissions.values()) if name in body]


def test_a_juror_marks_by_the_keyboard_alone_and_changes_their_mind(enter: Callable[..., Page], jury: Jury) -> None:
    page = enter("juno", desk(jury))
    save = page.get_by_role("button", name="Save and go on")
    save.wait_for()
    expect(save).to_be_disabled()
    page.keyboard.press("5")
    page.keyboard.press("7")
    expect(save).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("kept")
    expect(page.get_by_text("You are done with 1.")).to_be_visible()
    page.get_by_role("navigation", name="Your judgements").get_by_role("link").first.click()
    expect(page.get_by_role("group", name="Is it clear?").get_by_role("radio", name="5")).to_be_checked()
    page.get_by_role("group", name="Is it clear?").get_by_role("radio", name="2").check()
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("navigation", name="Your judgements").get_by_role("link", name="2, 7")).to_be_visible()


def test_a_juror_compares_by_the_keyboard(enter: Callable[..., Page], pairs: Jury) -> None:
    page = enter("jack", desk(pairs))
    page.get_by_role("heading", name="Second").wait_for()
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="The second is better")).to_be_checked()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("There is nothing to judge now")).to_be_visible()


def test_the_organizer_sees_progress_and_publishes(enter: Callable[..., Page], jury: Jury) -> None:
    page = enter(ORGANIZER, f"/c/{jury.competition}/manage/jury?phase={jury.phase}")
    submissions = page.get_by_role("group", name="Submissions").get_by_role("row")
    expect(submissions).to_have_count(3)
    expect(page.get_by_role("rowheader", name="juno")).to_be_visible()
    page.get_by_role("button", name="Exclude jack").click()
    expect(page.get_by_role("button", name="Include jack")).to_be_visible()
    page.get_by_role("button", name="Include jack").click()
    page.get_by_label("User name").fill("nobody-at-all")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("alert")).to_contain_text("no account")
    page.get_by_role("button", name="Publish the scores").click()
    expect(page.get_by_text("Participants see them.")).to_be_visible()


def test_who_is_no_juror_is_told_so(enter: Callable[..., Page], jury: Jury) -> None:
    page = enter("ada", desk(jury))
    expect(page.get_by_role("alert")).to_contain_text("not on the jury")


def test_no_page_of_a_jury_has_an_accessibility_violation_or_moves_by_itself(
    enter: Callable[..., Page], visit: Callable[..., Page], jury: Jury, pairs: Jury
) -> None:
    look(visit("/sign-in"), "sign-in")
    look(enter("juno", "/juries"), "juries")
    look(marks := enter("jack", desk(jury)), "jury-marks")
    portray(marks, "/c/:competition/judge")
    stay(marks)
    look(enter("juno", desk(pairs)), "jury-pairs")
    look(progress := enter(ORGANIZER, f"/c/{jury.competition}/manage/jury?phase={jury.phase}"), "jury")
    portray(progress, "/c/:competition/manage/jury")
    stay(progress)
