"""The console suite's browser, a Chromium, on the console of the deployed local stack."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, expect, sync_playwright

from .looking import WATCH

# The first is the build without windows, as Playwright's own is: a page costs a third.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
# Nothing of these tests may leave the machine: Chromium's own errands are switched off. Root has no sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1180, "height": 820}
PHONE = {"width": 390, "height": 844}
#: On a machine that does much else an answer may take longer than Playwright waits by itself.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
#: What a page without a heading has instead, and whether the browser draws it at all.
WHAT_IS_THERE = """async () => {
  const frame = new Promise((told) => requestAnimationFrame(() => told("It is drawn.")));
  const never = new Promise((told) => setTimeout(told, 3000, "The browser draws nothing."));
  return `${await Promise.race([frame, never])} ${document.visibilityState} ${document.body.innerHTML.slice(0, 2000)}`;
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        _missing("Chromium is missing; on Debian: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def window(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh one, at a desk in the light where nothing else is said."""
    context = browser.new_context(**{"viewport": DESK, "color_scheme": "light", "locale": "en-GB"} | options)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(WATCH)
    return context


@pytest.fixture
def visit(browser: Browser, stack: Any) -> Iterator[Callable[..., Page]]:
    """Opens a path of the console in a fresh window: `visit(path, viewport=DESK, color_scheme="light")`."""
    contexts = []

    def visit(path: str, **options: Any) -> Page:
        contexts.append(window(browser, **options))
        page = contexts[-1].new_page()
        page.goto(stack.console_url.rstrip("/") + path)
        try:
            page.get_by_role("heading", level=1).wait_for()
        except TimeoutError as error:
            error.add_note(page.evaluate(WHAT_IS_THERE))
            raise
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def enter(visit: Callable[..., Page], stack: Any) -> Callable[..., Page]:
    """Opens a path as somebody who signs in there."""

    def enter(username: str, path: str, **options: Any) -> Page:
        page = visit(path, **options)
        sign_in(page, stack, username)
        page.get_by_role("button", name=f"Account of {username}").wait_for()
        return page

    return enter


def sign_in(page: Page, stack: Any, username: str) -> None:
    """Fills and sends the form of signing in that a page shows."""
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(stack.local.state.get("accounts")[username]["password"])
    page.get_by_role("button", name="Sign in").click()


def _missing(reason: str) -> None:
    """Skip on a laptop, fail where the suite must run."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)
