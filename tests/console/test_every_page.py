"""Every page of the console's table, also what is added there: no barrier in light or dark, no jump, room in 320 px, and all
that somebody can come to by the keyboard shows when they have.

With AGON_SHOTS each leaves its pictures there, with AGON_PAGES one small one (looking.py).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .conftest import DESK, PHONE, window
from .keyboard import unseen
from .looking import COLOURS, come_again, judge, moved, portray, shoot
from .pages import PATTERNS
from .reading import arrived, fits, measured

#: All that axe knows of, but WCAG's level AAA.
RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
            *("best-practice", "experimental"),
        ],
    },
    "rules": {
        "target-size": {"enabled": True},
        "label-content-name-mismatch": {"enabled": True},
        # A frame that scrolls takes the focus (scrollable-region-focusable asks for that); this rule forbids it.
        "focus-order-semantics": {"enabled": False},
    },
}
#: Pages that have something only once somebody has done something first; tests of their own visit them.
ELSEWHERE = {
    "/c/:competition/judge",
    "/c/:competition/manage/jury",
    "/c/:competition/leaderboard/teams/:team",
    "/c/:competition/discussion/:thread",
}


@pytest.fixture(scope="module")
def places(stack: Any, finished_demo: str) -> dict[str, str]:
    """What stands for each parameter of an address."""
    api = f"{stack.api_url}/v1"
    phase = httpx.get(f"{api}/competitions/{finished_demo}").json()["phases"][0]["id"]
    row = httpx.get(f"{api}/phases/{phase}/leaderboard").json()["rows"][0]
    with stack.client("organizer", "organizer") as client:
        made = client.http.call("POST", "/organizations", {"name": "House of pages"})
        queue = client.http.call("POST", "/queues", {"name": "Queue of pages"})
    return {
        "competition": finished_demo,
        "phase": phase,
        "submission": row["submission"],
        "username": "ada",
        "organization": made["id"],
        "queue": queue["id"],
        "index": "1",
    }


@pytest.fixture(scope="module")
def signed_in(browser: Browser, stack: Any) -> Iterator[BrowserContext]:
    """A window of an administrator, who also runs the demo's competition."""
    context = window(browser, reduced_motion="reduce")
    page = context.new_page()
    page.goto(stack.console_url.rstrip("/") + "/sign-in")
    page.get_by_label("User name").fill("organizer")
    page.get_by_label("Password").fill(stack.local.state.get("accounts")["organizer"]["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Account of organizer").wait_for()
    page.close()
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(signed_in: BrowserContext) -> Page:
    """The window's one tab for all pages: each is loaded in it anew."""
    return signed_in.new_page()


@pytest.fixture
def shown(tab: Page, stack: Any, places: dict[str, str], pattern: str) -> Page:
    """The page of a pattern at a desk in the light, once all of it is there."""
    path = re.sub(r":(\w+)", lambda found: places[found[1]], pattern)
    query = f"?phase={places['phase']}" if "leaderboard/" in path else ""
    tab.set_viewport_size(DESK)  # type: ignore[arg-type]
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    tab.goto(stack.console_url.rstrip("/") + path + query)
    arrived(tab)
    return tab


def test_the_table_of_pages_is_read_and_says_what_each_address_needs(places: dict[str, str]) -> None:
    assert len(PATTERNS) > 20 and set(PATTERNS) >= ELSEWHERE
    names = {name for pattern in set(PATTERNS) - ELSEWHERE for name in re.findall(r":(\w+)", pattern)}
    assert names <= set(places), "Say in `places` what stands for a new parameter."


@pytest.mark.parametrize("pattern", [one for one in PATTERNS if one not in ELSEWHERE])
def test_a_page_has_no_barrier_no_jump_and_fits_a_narrow_screen(shown: Page, pattern: str) -> None:
    name = re.sub(r"\W+", "-", pattern).strip("-") or "home"
    faults: list[str] = []

    def judged(scheme: str, rules: dict[str, Any]) -> None:
        shoot(shown, f"{name}-{scheme}")
        found = judge(shown, rules)
        if found.violations_count:
            faults.append(f"{scheme}: {found.generate_report()}")

    portray(shown, pattern)
    judged("light", RULES)
    faults.extend(moved(shown))
    faults.extend(unseen(shown))
    shown.emulate_media(color_scheme="dark", reduced_motion="reduce")
    judged("dark", COLOURS)
    shown.set_viewport_size({"width": 320, "height": 800})
    shoot(shown, f"{name}-narrow")
    try:
        fits(shown)
    except AssertionError as error:
        faults.append(f"At 320 px it is wider: {error}, {_widest(shown)}")
    come_again(shown, PHONE)
    faults.extend(f"On a phone: {one}" for one in moved(shown))
    assert not faults, "\n".join([pattern, *faults])


@pytest.mark.parametrize("pattern", ["/"])
def test_a_page_leaves_a_picture_of_what_is_in_sight(
    shown: Page, pattern: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGON_PAGES", str(tmp_path / "pages"))
    portray(shown, pattern)
    (picture,) = (tmp_path / "pages").iterdir()
    assert picture.name == "home.jpeg" and 5_000 < picture.stat().st_size < 200_000


def _widest(page: Page) -> Any:
    """What reaches beyond the screen, for whoever mends it."""
    return measured(
        page,
        """[...document.querySelectorAll("main *, header *, footer *")]
          .filter((one) => one.getBoundingClientRect().right > 321).slice(0, 5)
          .map((one) => `${one.localName}.${one.className}`)""",
    )


@pytest.mark.parametrize("path", ["/admin", "/account"])
def test_the_chosen_tab_is_told_where_colours_are_the_readers_own(
    browser: Browser, signed_in: BrowserContext, stack: Any, path: str
) -> None:
    page = signed_in.new_page()
    page.emulate_media(forced_colors="active")
    page.goto(stack.console_url.rstrip("/") + path)
    tabs = page.locator("nav.tabs")
    tabs.wait_for()
    styles = measured(tabs, "tabs => [...tabs.querySelectorAll('a')].map((one) => getComputedStyle(one).outlineStyle)")
    assert styles[0] == "solid" and set(styles[1:]) == {"none"}
    page.close()
