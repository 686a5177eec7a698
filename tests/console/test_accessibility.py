"""What who is not signed in sees, against axe's rules, and the first key that somebody presses."""

import httpx
from playwright.sync_api import expect

from .looking import look


def test_what_everybody_sees_has_no_accessibility_violation(visit, stack, finished_demo):
    for path in _paths(stack, finished_demo):
        page = visit(path)
        page.wait_for_load_state("networkidle")
        look(page, f"anybody{path}")
        page.context.close()


def test_the_keyboard_reaches_the_content_past_the_navigation(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def _paths(stack, competition):
    pages = httpx.get(f"{stack.api_url}/v1/competitions/{competition}").json()["pages"]
    own = f"/c/{competition}"
    return ["/", own, f"{own}/leaderboard", *(f"{own}/pages/{page['index']}" for page in pages), "/c/nope", "/nowhere"]
