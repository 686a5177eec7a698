"""What holds on every page: what loads is as large as what comes, Back leads into long tables too, and colours of the
reader's own leave nothing unsaid."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.stack import eventually

from . import board_story
from .board_story import Story
from .conftest import DESK, sign_in
from .looking import MOST_SHIFT, WATCH, arrived
from .reading import becomes, measured

#: How far down a page goes, as far as a reader sees it.
_BOTTOM = """() => Math.min(innerHeight, ...[Math.max(
  ...[...document.querySelectorAll("main > *")].map((one) => one.getBoundingClientRect().bottom))])"""
#: So many rows has each page of the long board.
PAGE, PAGES = 200, 3


@pytest.fixture(scope="module")
def place(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return board_story.play(stack, tmp_path_factory.mktemp("everywhere"))


@pytest.fixture(scope="module")
def signed_in(browser: Browser, stack: Any, place: Story) -> Iterator[BrowserContext]:
    """A window of ada's, who takes part."""
    context = browser.new_context(viewport=DESK, color_scheme="light", locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(stack.console_url.rstrip("/") + "/sign-in")
    sign_in(page, stack, "ada")
    page.get_by_role("button", name="Account of ada").wait_for()
    page.close()
    yield context
    context.close()


@pytest.fixture
def tab(signed_in: BrowserContext) -> Iterator[Page]:
    page = signed_in.new_page()
    yield page
    page.close()


def _open(page: Page, stack: Any, path: str) -> None:
    page.goto(stack.console_url.rstrip("/") + path)
    arrived(page)


@pytest.mark.parametrize(
    ("path", "awaited"),
    [
        ("/c/{0}", r"/competitions/[^/]+$"),
        ("/c/{0}/leaderboard", r"/leaderboard\?"),
        ("/c/{0}/submissions", r"/submissions$"),
        ("/c/{0}/leaderboard/participants/ada?phase={1}", r"/history$"),
        ("/account", r"/people/ada$"),
    ],
)
def test_what_loads_is_as_large_as_what_comes_and_nothing_jumps(
    tab: Page, stack: Any, place: Story, path: str, awaited: str
) -> None:
    held: list[Any] = []
    is_held = True
    tab.route(re.compile(f"/api/v1/.*{awaited}"), lambda route: held.append(route) if is_held else route.continue_())
    tab.goto(stack.console_url.rstrip("/") + path.format(place.competition, place.phase))
    expect(tab.locator("main .loading.shaped, main [aria-busy=true]").first).to_be_visible()
    tab.wait_for_timeout(1000)
    expected = eventually(lambda: tab.evaluate(_BOTTOM), lambda height: height > 0)
    is_held = False
    for route in held:
        route.continue_()
    arrived(tab)
    tab.wait_for_load_state("networkidle")
    assert abs(measured(tab, _BOTTOM) - expected) < 0.25 * DESK["height"], path
    assert measured(tab, "window.shifted") < MOST_SHIFT, path


def test_back_leads_to_the_rows_of_a_long_table_that_one_had_come_to(tab: Page, stack: Any, place: Story) -> None:
    def lengthen(route: Any) -> None:
        found = route.fetch(url=route.request.url.partition("?")[0])
        if found.status == 304:
            route.fulfill(response=found)
            return
        told, page = found.json(), int((re.search(r"[?&]page=(\d+)", route.request.url) or [0, 1])[1])
        like = told["rows"][-1]
        ranks = range((page - 1) * PAGE + 1, page * PAGE + 1)
        rows = [like | {"rank": at, "submission": f"s{at}", "mine": False} for at in ranks]
        counts = {"count": PAGE * PAGES, "page": page, "pages": PAGES, "packed": None}
        route.fulfill(response=found, json=told | counts | {"rows": rows})

    tab.route(re.compile(r"/v1/phases/[^/]+/leaderboard(\?|$)"), lengthen)
    _open(tab, stack, f"/c/{place.competition}/leaderboard")
    frame = tab.locator(".table-frame").first
    for page in range(2, PAGES + 1):
        frame.evaluate("frame => (frame.scrollTop = frame.scrollHeight)")
        expect(frame).to_have_attribute("data-rows", str(page * PAGE))
    rank = tab.locator(".rank", has_text=re.compile("^401$"))
    frame.evaluate("frame => (frame.scrollTop = (frame.scrollHeight * 2) / 3)")
    expect(rank).to_be_visible()
    was, last = measured(frame, "frame => frame.scrollTop"), f"katherine~{board_story.THERE}"
    tab.get_by_role("row").filter(has=rank).get_by_role("link", name=last).evaluate("link => link.click()")
    tab.get_by_role("heading", level=1, name=last).wait_for()
    tab.go_back()
    expect(frame).to_have_attribute("data-rows", str(PAGE * PAGES))
    _reaches(tab, "document.querySelector('.table-frame').scrollTop", was)
    tab.reload()
    expect(frame).to_have_attribute("data-rows", str(PAGE * PAGES))
    _reaches(tab, "document.querySelector('.table-frame').scrollTop", was)


def _reaches(page: Page, what: str, there: float) -> None:
    becomes(page, what, lambda at: abs(at - there) <= 3)


def test_colours_of_the_readers_own_leave_the_edge_of_a_button_what_is_pressed_and_what_is_found(
    tab: Page, stack: Any, place: Story
) -> None:
    tab.emulate_media(forced_colors="active", reduced_motion="reduce")
    _open(tab, stack, "/")
    look = "one => { const its = getComputedStyle(one); return [its.borderStyle, its.backgroundColor]; }"
    edge, ground = measured(tab.get_by_role("button", name="Search"), look)
    assert edge == "solid"
    toggle = tab.get_by_role("button", name="With a prize")
    assert measured(toggle, look)[1] == ground
    toggle.click()
    pressed = tab.get_by_role("button", name="With a prize", pressed=True)
    pressed.wait_for()
    assert measured(pressed, look)[1] != ground
    marked = measured(
        tab,
        """() => {
      const line = (className) => Object.assign(document.createElement("span"), { className });
      const lines = [line("log-line found"), line("log-line")];
      document.querySelector("main").append(...lines);
      return lines.map((one) => getComputedStyle(one).backgroundColor);
    }""",
    )
    assert marked[0] != marked[1]


def test_what_people_wrote_turns_nothing_around_it(tab: Page, stack: Any, place: Story) -> None:
    _open(tab, stack, f"/c/{place.competition}/leaderboard")
    inline = """() => [...document.querySelectorAll("main :is(a, b, code, span, small, bdi, td, th, dd)")]
      .filter((one) => !["isolate", "plaintext"].includes(getComputedStyle(one).unicodeBidi)).map((one) => one.outerHTML)"""
    assert measured(tab, inline) == []
