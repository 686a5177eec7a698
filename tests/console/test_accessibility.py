"""Every view against axe's rules, in both colour schemes, at a desk and on a phone."""

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import DESK, PHONE


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", DESK), ("light", PHONE)])
def test_no_page_has_an_accessibility_violation(visit, stack, finished_demo, scheme, viewport):
    for path in _paths(stack, finished_demo):
        page = visit(path, color_scheme=scheme, viewport=viewport)
        page.wait_for_load_state("networkidle")
        result = Axe().run(page)
        assert result.violations_count == 0, f"{path}\n{result.generate_report()}"


def test_the_keyboard_reaches_the_content_past_the_navigation(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("link => link === document.activeElement && link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def _paths(stack, competition):
    pages = httpx.get(f"{stack.api_url}/v1/competitions/{competition}").json()["pages"]
    own = f"/c/{competition}"
    return ["/", own, f"{own}/leaderboard", *(f"{own}/pages/{page['index']}" for page in pages), "/c/nope", "/nowhere"]
