"""The manual beside the console, in a browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .looking import COLOURS, judge, look, portray, shoot


def test_the_manual_opens_from_every_page_and_finds_what_one_looks_for(visit: Callable[..., Page]) -> None:
    page = visit("/nowhere")
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.get_by_role("link", name="Manual").click()
    expect(page.get_by_role("heading", level=1, name="Agon")).to_be_visible()
    portray(page, "manual")
    page.get_by_role("link", name="A first competition in ten minutes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A first competition in ten minutes")
    expect(page.get_by_role("img", name="A leaderboard in the console")).to_be_visible()
    # It hears keys, and not that the field was filled.
    page.get_by_role("textbox", name="Search").press_sequentially("sealed queue")
    page.locator(".md-search-result__link", has_text="For administrators").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("For administrators")
    assert refused == []


def test_the_manuals_first_page_has_no_accessibility_violation(visit: Callable[..., Page]) -> None:
    look(visit("/manual/index.html"), "manual")
    # It takes its scheme when it is opened.
    dark = visit("/manual/index.html", color_scheme="dark")
    shoot(dark, "manual-dark")
    assert judge(dark, COLOURS).violations_count == 0
