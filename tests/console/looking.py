"""What each page is looked at for: axe with all of its rules, in both schemes and at three widths, and a picture of it."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from .pages import file_of
from .reading import arrived, fits, measured

#: How far what a page shows may move by itself, as browsers count it.
MOST_SHIFT = 0.05
#: What moved by itself, of what the browser saw since the page began.
WATCH = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""

#: Every rule, also those that axe leaves out unless it is asked for them.
RULES: dict[str, Any] = {
    "iframes": False,
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"],
    },
    "rules": {
        "label-content-name-mismatch": {"enabled": True},
        "target-size": {"enabled": True},
        # A frame that scrolls takes the focus (scrollable-region-focusable asks for that); this rule forbids it.
        "focus-order-semantics": {"enabled": False},
    },
}
#: One scheme differs from the other in colours alone.
COLOURS: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
#: A desk and a phone in either scheme, and the narrowest, which is a desk at 400 % too; axe judges what differs.
LOOKS = (
    ("light", 1180, RULES),
    ("dark", 1180, COLOURS),
    ("dark", 390, RULES),
    ("light", 390, COLOURS),
    ("light", 320, None),
)


def judge(page: Page, rules: dict[str, Any] | None = None) -> AxeResults:
    """What axe finds in a page as it is. It is put there once, and names faults alone: all else is most of its work."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {**(rules or {}), "resultTypes": ["violations"]}
    return AxeResults(page.evaluate("async options => ({ violations: (await axe.run(options)).violations })", options))


def look(page: Page, name: str) -> None:
    """Have axe find nothing, and nothing be wider than the screen. With AGON_SHOTS a picture of each lies there."""
    before = page.viewport_size
    arrived(page)
    for scheme, width, rules in LOOKS:
        # Colours fade from one scheme to the other, unless who looks at them does without.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 844})
        shoot(page, f"{name}-{scheme}-{width}")
        fits(page)
        if rules:
            found = judge(page, rules)
            assert found.violations_count == 0, f"{page.url} {scheme} {width}\n{found.generate_report()}"
    page.emulate_media(color_scheme="light", reduced_motion="null")
    if before:
        page.set_viewport_size(before)


def come_again(page: Page, size: dict[str, int]) -> None:
    """Have a page come anew in a window of another size, at its top: a reload would lead down to where its reader was."""
    address = page.url
    page.goto("about:blank")
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(address)
    arrived(page)


def moved(page: Page) -> list[str]:
    """What moved by itself as a page came, in a window that has WATCH: a sentence, or none."""
    page.wait_for_load_state("networkidle")
    shifted = measured(page, "window.shifted")
    return [f"What it shows shifted by {shifted:.3f}."] if shifted >= MOST_SHIFT else []


def stay(page: Page) -> None:
    """Have nothing move by itself as a page comes, at a desk and on a phone."""
    before = page.viewport_size
    for width in (1180, 390):
        come_again(page, {"width": width, "height": 844})
        assert not moved(page), f"{page.url} at {width}: {moved(page)}"
    if before:
        page.set_viewport_size(before)


def shoot(page: Page, name: str) -> None:
    """Leave a picture of all of a page in the folder AGON_SHOTS, where somebody wants to see it."""
    if folder := os.environ.get("AGON_SHOTS"):
        page.screenshot(path=Path(folder) / f"{file_of(name)}.png", full_page=True)


def portray(page: Page, name: str) -> None:
    """Leave a small picture of what is in sight of a page in the folder AGON_PAGES: one of each, as CI keeps them."""
    if folder := os.environ.get("AGON_PAGES"):
        page.screenshot(path=Path(folder) / f"{file_of(name)}.jpeg", type="jpeg", quality=70)
