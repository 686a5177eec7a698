"""What is around every page of the console: what stays from page to page, what Back restores, what a lost network does."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE
from .reading import becomes, fits, measured


@pytest.fixture
def title(stack: Any, finished_demo: str) -> str:
    return str(httpx.get(f"{stack.api_url}/v1/competitions/{finished_demo}").json()["title"])


def tab(page: Page, name: str) -> Any:
    return page.get_by_role("navigation", name="Competition", exact=True).get_by_role("link", name=name, exact=True)


def reaches(page: Page, top: int) -> None:
    """Waits until the page is scrolled to there."""
    becomes(page, "scrollY", lambda at: abs(at - top) <= 3)


def test_from_tab_to_tab_the_header_stays_and_nothing_fresh_is_fetched(
    visit: Callable[..., Page], finished_demo: str
) -> None:
    page = visit(f"/c/{finished_demo}")
    # However slow the machine is: what was just read stays fresh.
    page.clock.set_fixed_time(datetime.now(UTC))
    page.reload()
    expect(page.locator(".prose")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    tab(page, "Leaderboard").click()
    page.get_by_role("table").wait_for()
    tab(page, "Overview").click()
    expect(page.locator(".prose")).to_be_visible()
    tab(page, "Leaderboard").click()
    page.get_by_role("table").wait_for()
    calls = [url.partition("/api/v1/")[2] for url in asked if "/api/" in url]
    assert not [call for call in calls if call == f"competitions/{finished_demo}"]
    assert len([call for call in calls if call.endswith("/leaderboards")]) == 1
    assert measured(page, "document.querySelector('h1').dataset.same") == "yes"


def test_what_is_shown_stays_without_a_network_and_is_told_until_it_is_back(
    visit: Callable[..., Page], finished_demo: str, title: str
) -> None:
    page = visit(f"/c/{finished_demo}/leaderboard")
    page.get_by_role("table").wait_for()
    tab(page, "Code").click()
    page.get_by_role("heading", level=2).first.wait_for()
    page.context.set_offline(True)
    told = page.get_by_text("No connection.")
    expect(told).to_be_visible()
    tab(page, "Leaderboard").click()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    page.context.set_offline(False)
    expect(told).to_be_hidden()


def test_the_consoles_policy_is_a_header_and_nobody_frames_it(stack: Any) -> None:
    for path in ("/", "/c/any/leaderboard", "/u/ada.l"):
        headers = httpx.get(stack.console_url.rstrip("/") + path).headers
        policy = headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert not [rule for rule in policy if "unsafe" in rule]
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_each_page_has_its_own_title(visit: Callable[..., Page], finished_demo: str, title: str) -> None:
    page = visit(f"/c/{finished_demo}")
    expect(page).to_have_title(f"Overview · {title} · Agon")
    tab(page, "Leaderboard").click()
    expect(page).to_have_title(f"Leaderboard · {title} · Agon")
    page.get_by_role("link", name="Agon").click()
    expect(page).to_have_title("Competitions · Agon")


def test_back_leads_to_where_one_was_on_the_page(visit: Callable[..., Page], finished_demo: str) -> None:
    page = visit(f"/c/{finished_demo}/leaderboard", viewport={"width": 390, "height": 300})
    page.get_by_role("table").wait_for()
    link = page.get_by_role("link", name="grace", exact=True)
    link.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 40)")
    was = measured(page, "scrollY")
    assert was > 300
    # A click of the test's would scroll by itself.
    link.evaluate("link => link.click()")
    page.get_by_role("heading", level=1, name="grace").wait_for()
    reaches(page, 0)
    page.go_back()
    reaches(page, was)
    page.reload()
    reaches(page, was)


def test_a_former_address_leads_to_the_one_of_now_and_back_does_not_lead_into_it(
    visit: Callable[..., Page], stack: Any, finished_demo: str
) -> None:
    page = visit("/")
    phase = httpx.get(f"{stack.api_url}/v1/competitions/{finished_demo}").json()["phases"][0]["id"]
    page.goto(stack.console_url.rstrip("/") + f"/competitions/{finished_demo}?phase={phase}")
    expect(page).to_have_url(re.compile(f"/c/iris[a-z-]*/leaderboard\\?phase={phase}$"))
    page.go_back()
    expect(page).to_have_title("Competitions · Agon")


def test_the_page_does_not_scroll_sideways_on_the_smallest_phones(visit: Callable[..., Page], finished_demo: str) -> None:
    for path in ("/", f"/c/{finished_demo}", f"/c/{finished_demo}/leaderboard", "/sign-in"):
        page = visit(path, viewport={**PHONE, "width": 320})
        page.wait_for_load_state("networkidle")
        fits(page)


def test_on_a_phone_the_current_tab_is_in_sight_and_an_end_with_more_behind_it_is_shaded(
    visit: Callable[..., Page], finished_demo: str
) -> None:
    page = visit(f"/c/{finished_demo}", viewport=PHONE)
    row = page.get_by_role("navigation", name="Competition", exact=True).first
    expect(row.get_by_role("link", name="Overview")).to_be_in_viewport(ratio=1)
    assert measured(row, "row => row.scrollWidth > row.clientWidth && row.scrollLeft === 0")
    expect(row).to_have_css("background-attachment", "local, local, scroll, scroll")
    row.get_by_role("link", name="Terms").evaluate("link => link.click()")
    expect(row.get_by_role("link", name="Terms")).to_be_in_viewport(ratio=1)
    page.reload()
    expect(row.get_by_role("link", name="Terms")).to_be_in_viewport(ratio=1)
    row.evaluate("row => { row.scrollLeft = 0; }")
    page.wait_for_load_state("networkidle")
    assert measured(row, "row => row.scrollLeft") == 0, "Who scrolls back stays there."


def test_a_competitions_page_asks_little(visit: Callable[..., Page], finished_demo: str) -> None:
    # As `python -m benchmarks.console` counts it. How much JavaScript comes first, tests/house/test_console_size tells.
    page = visit("/", viewport=PHONE)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/api/" in one.url else None)
    page.goto(page.url.rstrip("/") + f"/c/{finished_demo}", wait_until="networkidle")
    assert 0 < len(asked) <= 3, asked
