"""What participants share, in the console."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import shared_code
from tests.shared_code import Shared

from .looking import look


@pytest.fixture(scope="module")
def shared(runner: Any, tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return shared_code.share(runner, tmp_path_factory.mktemp("shared"))


@pytest.fixture
def enter_shared(enter: Callable[..., Page], shared: Shared) -> Callable[..., Page]:
    """Opens the phase's shared code as somebody who has signed in."""

    def enter_shared(username: str, **options: Any) -> Page:
        page = enter(username, "/sign-in", **options)
        page.goto(page.url.removesuffix("/") + place(shared))
        page.get_by_role("heading", name="Trees", exact=True).first.wait_for()
        return page

    return enter_shared


def place(shared: Shared) -> str:
    return f"/c/{shared.competition}/code?phase={shared.phase}"


def card(page: Page, name: str) -> Any:
    return page.get_by_role("article", name=name)


def test_a_visitor_finds_what_is_shared_and_whose_it_is(visit: Callable[..., Page], shared: Shared) -> None:
    page = visit(f"/c/{shared.competition}")
    page.get_by_role("link", name="Code", exact=True).click()
    expect(page.get_by_role("article")).to_have_count(2)
    trees = card(page, "Trees")
    for words in ("by ada", "CC-BY-4.0", "0.90", "200 trees", "1 fork", f"agon shared fork {shared.source}"):
        expect(trees).to_contain_text(words)
    expect(trees.get_by_role("link", name="Code")).to_have_attribute("href", "https://code.example/trees")
    expect(page.get_by_text("under CC0-1.0")).to_be_visible()
    expect(trees.get_by_role("link", name="Sign in to download or like")).to_be_visible()
    # What participants write runs nothing.
    expect(page).to_have_title("Code · Trees and shrubs · Agon")


def test_a_lineage_is_told_when_it_is_asked_for(visit: Callable[..., Page], shared: Shared) -> None:
    page = visit(place(shared))
    shrubs = card(page, "Shrubs")
    shrubs.get_by_text("Started from other code").click()
    expect(shrubs.get_by_role("listitem").filter(has_text="Trees by ada")).to_contain_text(shared.source)


def test_one_likes_what_others_share_and_downloads_it(enter_shared: Callable[..., Page], shared: Shared) -> None:
    page = enter_shared("grace")
    expect(card(page, "Shrubs").get_by_role("button", name="Like")).to_have_count(0)
    trees = card(page, "Trees")
    like = trees.get_by_role("button", name="Like")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("Trees: 1 like.")
    with page.expect_download() as begun:
        trees.get_by_role("button", name="Download").click()
    assert begun.value.suggested_filename == f"{shared.source}.zip"
    expect(trees).to_contain_text("1 like · 1 download · 1 fork")
    page.get_by_role("link", name="Most liked").click()
    expect(page.get_by_role("article")).to_have_count(1)
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false")


def test_no_page_of_shared_code_has_an_accessibility_violation(
    enter_shared: Callable[..., Page], visit: Callable[..., Page], shared: Shared
) -> None:
    look(enter_shared("grace"), "code")
    look(visit(f"{place(shared)}&order=likes"), "code-by-likes")


def test_organizers_share_under_the_licence_that_its_author_named_and_name_none(
    enter: Callable[..., Page], shared: Shared
) -> None:
    page = enter(ORGANIZER, f"/s/{shared.source}")
    sharing = page.get_by_role("region", name="Shared code")
    sharing.get_by_role("button", name="Share it no more").click()
    expect(sharing).to_contain_text("Whoever submitted it licenses it under CC-BY-4.0.")
    expect(sharing.get_by_role("textbox")).to_have_count(0)
    sharing.get_by_role("button", name="Share it", exact=True).click()
    expect(sharing).to_contain_text("Everybody may have what was handed in, under CC-BY-4.0.")
