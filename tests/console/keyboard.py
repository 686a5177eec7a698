"""Somebody who has a keyboard and no mouse, and sees at each step where they are."""

import time

from playwright.sync_api import Locator, Page

#: From one thing to another of a page there are no more steps.
MOST_STEPS = 120
#: A button that is busy has the focus again when it is done.
PATIENCE_SECONDS = 60
#: What is wrong with where the focus is; "" for nothing.
_TROUBLE = """(() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return "The focus fell to the body.";
  const { width, height, top, bottom } = at.getBoundingClientRect();
  if (width === 0 || height === 0 || bottom <= 0 || top >= innerHeight) return "The focus is out of sight.";
  // A page as a whole begins to be read from its top, and needs no ring.
  const near = [at, at.nextElementSibling, at.closest("label")?.querySelector("span")].filter(Boolean);
  const drawn = near.flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::after")]);
  const isRinged = drawn.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
  return isRinged || at.matches("main") ? "" : "Nothing shows where the focus is.";
})"""
_WHAT = "document.activeElement.cloneNode().outerHTML + ' ' + document.activeElement.textContent.trim().slice(0, 80)"
#: What does not show when it has the focus, of all that can have it.
_UNSEEN = f"""() => {{
  const things = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  const unseen = [];
  for (const one of things) {{
    if (!one.checkVisibility({{ visibilityProperty: true }}) || one.disabled) continue;
    one.focus();
    const trouble = document.activeElement === one ? {_TROUBLE}() : "It takes no focus.";
    if (trouble) unseen.push(`${{trouble}} ${{one.outerHTML.slice(0, 200)}}`);
  }}
  return unseen;
}}"""
#: Where an element is, seen from the focus.
_WHERE = """one => {
  const at = document.activeElement;
  if (one === at) return "here";
  return at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING ? "before" : "after";
}"""


class Keyboard:
    """Goes about a page that was just loaded; fails as soon as the focus is lost or cannot be seen."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._has_begun = False

    def press(self, key: str, on: Locator | None = None) -> None:
        """Press a key, on something that one goes to first."""
        if on is not None:
            self.go(on)
        self.look()
        self._page.keyboard.press(key)

    def type(self, text: str, into: Locator) -> None:
        """Write a text in the place of what is there."""
        self.press("ControlOrMeta+a", on=into)
        self._page.keyboard.type(text)

    def go(self, to: Locator) -> None:
        """Go there by Tab, forth or back, as who sees the page would."""
        to.wait_for()
        for _ in range(MOST_STEPS):
            if self._has_begun:
                self.look()
            where = to.evaluate(_WHERE)
            if where == "here":
                return
            self._page.keyboard.press("Shift+Tab" if where == "before" else "Tab")
            self._has_begun = True
        raise AssertionError(f"{to} is not reached in {MOST_STEPS} steps; the last one was {self._page.evaluate(_WHAT)}")

    def look(self) -> None:
        """Something has the focus, and shows that."""
        end = time.monotonic() + PATIENCE_SECONDS
        while (trouble := self._page.evaluate(f"{_TROUBLE}()")) and time.monotonic() < end:
            self._page.wait_for_timeout(50)
        assert not trouble, f"{trouble} {self._page.evaluate(_WHAT)}"


def unseen(page: Page) -> list[str]:
    """The things of a page that do not show when somebody comes to them by the keyboard."""
    page.keyboard.press("Tab")
    return list(page.evaluate(_UNSEEN))
