"""What a page says, for who goes on with it: read at once, and so only when all of the page is there.

A page that still comes has its rows already, and says nothing. What is only compared is left to `expect`, which looks again
until it is so; tests/house/test_races.py holds tests to that.
"""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.stack import eventually

#: What a page has that is not all there yet.
ARRIVING = "main :is([data-arriving], .loading, [aria-busy=true])"
#: Anything that is to be read.
SOMETHING = re.compile(r"\S")


def arrived(page: Page) -> None:
    """Wait until all of a page is there."""
    page.get_by_role("heading", level=1).first.wait_for()
    expect(page.locator(ARRIVING)).to_have_count(0)


def text(found: Locator, like: str | re.Pattern[str] = SOMETHING) -> str:
    """What one thing says, once it is like that."""
    arrived(found.page)
    expect(found).to_contain_text(like)
    return found.inner_text()


def texts(found: Locator) -> list[str]:
    """What each says of which there is one at least."""
    arrived(found.page)
    expect(found.first).to_be_visible()
    return found.all_inner_texts()


def typed(field: Locator, like: str | re.Pattern[str] = SOMETHING) -> str:
    """What stands in a field, once it is like that."""
    expect(field).to_have_value(re.compile(re.escape(like)) if isinstance(like, str) else like)
    return field.input_value()


def measured(of: Page | Locator, script: str) -> Any:
    """What a script finds, once all of the page is there."""
    arrived(of if isinstance(of, Page) else of.page)
    return of.evaluate(script)


def box(found: Locator) -> dict[str, float]:
    """Where a thing is in the window, and how large: x, y, width, height, and its sides."""
    told: dict[str, float] = measured(found, "one => one.getBoundingClientRect().toJSON()")
    return told


def becomes(of: Page | Locator, script: str, is_so: Callable[[Any], bool]) -> Any:
    """What a script finds, once that is so: a page is drawn anew a moment after it has another size, or was scrolled."""
    return eventually(lambda: measured(of, script), is_so)


def fits(page: Page) -> None:
    """Have nothing be wider than the screen."""
    size = page.viewport_size
    assert size
    becomes(page, "document.documentElement.scrollWidth", lambda wide: wide <= size["width"])
