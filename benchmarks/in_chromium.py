"""What a page takes in Chromium: its scripts, its largest paint, its calls, and the processor's time of what is done."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks.report import quantile
from tests.console.conftest import CHROMIUM, DESK, FLAGS

VISITS = 5
#: How often a board is sorted, and by how many steps it is scrolled from its top to its end.
TRIES, STEPS = 5, 30
#: The value below which so many of the tries lie stands for all of them: one that the machine kept waiting does not.
SHARE = 0.8
#: What scrolls a table of the console.
FRAME = "document.querySelector('.table-frame')"

#: The latest paint of what is largest, in milliseconds.
_PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""
#: Does something, and comes back once that is painted.
_UNTIL_PAINTED = """act => new Promise(async done => {
    await act();
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(); port2.postMessage(0); });
})"""


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    """In a window that has nothing stored."""
    context = browser.new_context(viewport=DESK, locale="en-GB")  # type: ignore[arg-type]
    try:
        yield context.new_page()
    finally:
        context.close()


def scripts(browser: Browser, address: str) -> tuple[float, float]:
    """What a page's scripts weigh, compressed as a distribution would, and as they are; in kB."""
    found: list[Response] = []
    with fresh_page(browser) as page:
        page.on("response", lambda one: found.append(one) if one.request.resource_type == "script" else None)
        page.goto(address, wait_until="networkidle")
        bodies = [one.body() for one in found if one.ok]
    return sum(len(gzip.compress(body)) for body in bodies) / 1000, sum(map(len, bodies)) / 1000


def painted(browser: Browser, address: str, visits: int = VISITS) -> float:
    """When what is largest was painted, in seconds, by a browser that has nothing of the page yet: of the quickest visit."""

    def once() -> float:
        with fresh_page(browser) as page:
            page.goto(address, wait_until="networkidle")
            return float(page.evaluate(_PAINTED)) / 1000

    return min(once() for _ in range(visits))


def calls(browser: Browser, address: str) -> int:
    """How often a page asks the API, before it rests."""
    asked: list[str] = []
    with fresh_page(browser) as page:
        page.on("request", lambda one: asked.append(one.url) if "/api/" in one.url else None)
        page.goto(address, wait_until="networkidle")
    return len(asked)


class Work:
    """The processor's time that a page's thread uses."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def so_far(self) -> float:
        """In milliseconds."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration")) * 1000

    def of(self, act: str) -> float:
        """Milliseconds of an act, a JavaScript function, until what it did is painted."""
        before = self.so_far()
        self._page.evaluate(f"({_UNTIL_PAINTED})({act})")
        return self.so_far() - before

    def of_sorting(self, act: str) -> float:
        """The same of one that sorts a board, tried several times."""
        return quantile([self.of(act) for _ in range(TRIES)], SHARE)

    def of_scrolling(self, frame: str) -> float:
        """Milliseconds of a step of many from the top of a frame, a JavaScript expression, to its end."""
        return quantile([self.of(scroll_to(at / STEPS, frame)) for at in range(STEPS)], SHARE)


def scroll_to(part: float, frame: str) -> str:
    """An act that scrolls a frame as far down as a part of all that is in it."""
    return f"() => {{ const frame = {frame}; frame.scrollTop = frame.scrollHeight * {part}; }}"
