"""What somebody waits for in the console: Chromium on the packaged stack, each figure beside something plain in it.

A page is beside the same page as plain HTML, a long board beside a plain `<table>` of the same rows, a followed log
beside a `<pre>` with the same text. Paints are told by the clock, the quickest of some visits. What an act costs is told
by the processor's time of the page's thread until it is painted, so what else the machine does is not in it; of a log,
all that is done about one look at it, its JSON and the drawing: no frame can be longer. Rows and logs are given to the
console in place of the API's answers, so what is measured is the console.
"""

import gzip
import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Page, Response, Route, sync_playwright

from agon import archive
from agon.local import process
from benchmarks import local
from benchmarks.report import quantile, show
from chalicelib.actions.submissions.outputs import MAX_LOG_BYTES
from tests.console.conftest import CHROMIUM, DESK, FLAGS

VISITS = 5
MOST_SCRIPT_KB, MOST_PAINT_S, MOST_CALLS, MOST_STEP_MS, MOST_FRAME_MS = 150.0, 1.0, 3, 100.0, 16.0
ROWS, MANY_ROWS, ROWS_PER_PAGE = 10_000, 100_000, 500
TRIES, STEPS, MOST_DRAWN = 5, 30, 150
#: The value below which so many of the tries lie stands for all of them: one that the machine kept waiting does not.
SHARE = 0.8
#: What the rows of a board are asked of.
BOARD = re.compile(r"/api/v1/phases/[^/]+/leaderboard(\?|$)")
LOG_BYTES, LINE_BYTES, GROWTHS, GROWTH_LINES = 2 * 1024**2, 80, 8, 50
START = datetime(2026, 1, 1, tzinfo=UTC)

#: The latest paint of what is largest, in milliseconds.
PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""
#: Does something, and comes back once that is painted.
UNTIL_PAINTED = """act => new Promise(async done => {
    await act();
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(); port2.postMessage(0); });
})"""


def main() -> None:
    """Measure, show, and stop with an error when a limit is exceeded."""
    with local.stack() as stack, _browser() as browser:
        organizer, ada = stack.client(local.ORGANIZER, "organizer"), stack.client("ada")
        competition = local.competition(organizer)
        address = stack.serve_console(process.free_port())
        if address is None:
            raise SystemExit(1)
        submission = _submitted(ada, competition)
        password = stack.state.get("accounts")["ada"]["password"]
        figures = [
            *_first_page(browser, address, competition),
            *_boards(browser, address, competition),
            *_followed_log(browser, address, submission, password),
        ]
    rows = [
        (name, ours, limit if limit < float("inf") else "", plain or "", f"{ours / plain:.2f}" if plain else "")
        for name, ours, limit, plain in figures
    ]
    result = {
        name: {"agon": ours, "at_most": limit if limit < float("inf") else None, "plain": plain}
        for name, ours, limit, plain in figures
    }
    show("The console in Chromium", ("", "Agon", "at most", "plain", "ratio"), rows, result)
    over = [name for name, ours, limit, _ in figures if ours > limit]
    if over:
        raise SystemExit(f"Over the limit: {', '.join(over)}")


#: What it is, what it came to, the most it may be, and the plain thing beside it; 0 where there is none.
Figure = tuple[str, float, float, float]


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _submitted(ada: Any, competition: dict[str, Any]) -> str:
    ada.join(competition["id"])
    with archive.packed(local.EXAMPLE / "submissions/petal_rule") as predictions:
        upload = ada.upload(predictions, "submission")
    return str(ada.submit(competition["phases"][0]["id"], upload["id"], "a log")["id"])


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    """In a window that has nothing stored."""
    context = browser.new_context(viewport=DESK, locale="en-GB")  # type: ignore[arg-type]
    try:
        yield context.new_page()
    finally:
        context.close()


def _first_page(browser: Browser, address: str, competition: dict[str, Any]) -> list[Figure]:
    scripts, whole = _scripts(browser, address)
    found: list[Figure] = [("JavaScript of the first page (kB, compressed)", scripts, MOST_SCRIPT_KB, whole)]
    for name, path in (("home", "/"), ("a competition", f"/c/{competition['id']}")):
        ours = [_painted(browser, address + path) for _ in range(VISITS)]
        with _plain_site(_as_html(browser, address + path)) as plain_address:
            plain = [_painted(browser, plain_address) for _ in range(VISITS)]
        found.append((f"largest paint of {name} (s)", min(ours), MOST_PAINT_S, min(plain)))
    found.append(("API calls of a competition's page", _calls(browser, f"{address}/c/{competition['id']}"), MOST_CALLS, 0))
    return found


def _scripts(browser: Browser, address: str) -> tuple[float, float]:
    """What the first page's scripts weigh, compressed as a distribution would, and as they are; in kB."""
    found: list[Response] = []
    with _page(browser) as page:
        page.on("response", lambda one: found.append(one) if one.url.endswith(".js") else None)
        page.goto(address, wait_until="networkidle")
        bodies = [one.body() for one in found]
    return sum(len(gzip.compress(body)) for body in bodies) / 1000, sum(map(len, bodies)) / 1000


def _painted(browser: Browser, address: str) -> float:
    """When what is largest was painted, in seconds, of a browser that has nothing of the page yet."""
    with _page(browser) as page:
        page.goto(address, wait_until="networkidle")
        return float(page.evaluate(PAINTED)) / 1000


def _calls(browser: Browser, address: str) -> float:
    asked: list[str] = []
    with _page(browser) as page:
        page.on("request", lambda one: asked.append(one.url) if "/api/" in one.url else None)
        page.goto(address, wait_until="networkidle")
    return len(asked)


def _as_html(browser: Browser, address: str) -> bytes:
    """A page of the console as it stands, with its style and without its scripts."""
    with _page(browser) as page:
        page.goto(address, wait_until="networkidle")
        style = page.evaluate("""async () => (await Promise.all([...document.querySelectorAll("link[rel=stylesheet]")]
            .map(async ({ href }) => (await fetch(href)).text()))).join("\\n")""")
        body = page.evaluate("document.body.innerHTML")
    return f"<!doctype html><meta charset=utf-8><title>Plain</title><style>{style}</style><body>{body}</body>".encode()


@contextmanager
def _plain_site(document: bytes) -> Iterator[str]:
    """The address of one document."""

    class One(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(document)

        def log_message(self, *_: object) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), One)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _boards(browser: Browser, address: str, competition: dict[str, Any]) -> list[Figure]:
    phase = competition["phases"][0]["id"]
    path = f"{address}/c/{competition['id']}/leaderboard"
    plain_sort, plain_scroll = _plain_table(browser)
    sort, scroll = _board(browser, path, phase)
    pages = _board_by_pages(browser, path, phase)
    return [
        (f"a board of {ROWS:,} rows: to sort (ms)", sort, MOST_STEP_MS, plain_sort),
        (f"a board of {ROWS:,} rows: a step of scrolling (ms)", scroll, MOST_STEP_MS, plain_scroll),
        (f"a board of {MANY_ROWS:,} rows, by pages: a step of scrolling (ms)", pages, MOST_STEP_MS, plain_scroll),
    ]


def _board(browser: Browser, path: str, phase: str) -> tuple[float, float]:
    """Milliseconds of the slowest of some sorts, and of some steps through all rows."""
    with _page(browser) as page:
        page.route(BOARD, lambda route: _give_rows(route, phase, ROWS))
        page.goto(path)
        page.get_by_role("button", name="Participant", exact=True).click()
        page.locator(f"[aria-rowcount='{ROWS + 1}']").wait_for(timeout=120_000)
        header = "[...document.querySelectorAll('thead button')].find(one => one.textContent.startsWith('Score'))"
        work = Work(page)
        sorts = [work.of(f"() => {header}.click()") for _ in range(TRIES)]
        scrolls = [work.of(_scroll_to(at / STEPS)) for at in range(STEPS)]
        _check_drawn(page)
        return quantile(sorts, SHARE), quantile(scrolls, SHARE)


def _board_by_pages(browser: Browser, path: str, phase: str) -> float:
    """Milliseconds of the slowest of some steps, each to the end of what is here, on which a further page comes."""
    with _page(browser) as page:
        page.route(BOARD, lambda route: _give_rows(route, phase, MANY_ROWS))
        page.goto(path)
        work, steps = Work(page), []
        for number in range(1, STEPS + 1):
            page.locator(f"[aria-rowcount='{number * ROWS_PER_PAGE + 1}']").wait_for(timeout=30_000)
            steps.append(work.of(_scroll_to(1)))
        _check_drawn(page)
        return quantile(steps, SHARE)


def _check_drawn(page: Page) -> None:
    if (drawn := page.locator("tbody.rows tr").count()) > MOST_DRAWN:
        raise SystemExit(f"{drawn} rows are drawn at once")


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
        self._page.evaluate(f"({UNTIL_PAINTED})({act})")
        return self.so_far() - before


def _scroll_to(part: float) -> str:
    where = f"frame.scrollTop = frame.scrollHeight * {part}"
    return f"() => {{ const frame = document.querySelector('.table-frame'); {where}; }}"


def _give_rows(route: Route, phase: str, size: int) -> None:
    query = dict(part.split("=") for part in route.request.url.partition("?")[2].split("&") if part)
    number = int(query.get("page", 1))
    route.fulfill(json=_leaderboard(phase, size, number), headers={"ETag": f'"{number}"'})


def _leaderboard(phase: str, size: int, number: int) -> dict[str, Any]:
    column = {"index": 0, "sorting": "desc", "precision": 4, "hidden": False}
    column |= {"group": None, "task": None, "error_of": None}
    return {
        **{"phase": phase, "key": "results", "title": "Results", "groups": [], "tasks": [], "questions": []},
        "columns": [column | {"key": f"s{at}", "title": f"Score {at}", "primary": at == 0} for at in range(3)],
        "rows": [_row(at) for at in range((number - 1) * ROWS_PER_PAGE, min(number * ROWS_PER_PAGE, size))],
        **{"disqualified": [], "count": size, "page": number, "pages": -(-size // ROWS_PER_PAGE)},
        **{
            "rebuilt_at": START.isoformat(),
            "frozen_at": START.isoformat(),
            "final": False,
            "final_phase": None,
            "anonymous": False,
        },
        **{"detailed_results": True, "organizer": False, "tie_breaks": ["s1"], "group": None, "grouped": False},
    }


def _row(at: int) -> dict[str, Any]:
    return {
        **{"rank": at + 1, "participant": f"participant-{at * 7919 % 100_003}", "team": None, "name": None},
        "submission": f"submission-{at}",
        "scores": {"s0": 1 - at / 200_000, "s1": (at * 31 % 977) / 977, "s2": (at * 17 % 3001) / 3001},
        "submitted_at": (START + timedelta(seconds=at)).isoformat(),
        **{"mine": False, "baseline": False, "verified": False, "edited": False, "disqualified": None},
        **{"fact_sheet": {}, "group": None, "organization": None},
    }


def _plain_table(browser: Browser) -> tuple[float, float]:
    """The same of a `<table>` that has all rows, and is sorted by putting them in another order."""
    cells = "".join(
        f"<tr><td>{row['rank']}</td><th>{row['participant']}</th>"
        + "".join(f"<td>{score:.4f}</td>" for score in row["scores"].values())
        + f"<td>{row['submitted_at']}</td></tr>"
        for row in map(_row, range(ROWS))
    )
    frame = f"<div class=table-frame style='height: 600px; overflow: auto'><table><tbody>{cells}</tbody></table></div>"
    sort = """() => { const body = document.querySelector('tbody'); window.way = -(window.way ?? 1);
        body.append(...[...body.rows].sort((a, b) => window.way * (a.cells[3].textContent - b.cells[3].textContent))); }"""
    with _page(browser) as page:
        page.set_content(f"<!doctype html><body>{frame}</body>")
        work = Work(page)
        sorts, scrolls = [work.of(sort) for _ in range(TRIES)], [work.of(_scroll_to(at / STEPS)) for at in range(STEPS)]
        return quantile(sorts, SHARE), quantile(scrolls, SHARE)


def _followed_log(browser: Browser, address: str, submission: str, password: str) -> list[Figure]:
    """As the site gives it, of which it is the end; and a whole one, beyond what the site gives."""
    found: list[Figure] = []
    for words, size, limit in (("as the site gives it", MAX_LOG_BYTES, MOST_FRAME_MS), ("whole", LOG_BYTES, float("inf"))):
        ours, plain = _console_log(browser, address, submission, password, size), _plain_log(browser, size)
        found.append((f"a log of 2 MB that is followed, {words}: a look at it (ms)", ours, limit, plain))
    return found


def _logs() -> Callable[[], str]:
    """A log that is longer each time that it is asked for."""
    line = "epoch {:6d}  loss 0.{:06d}  accuracy 0.{:06d}  ".format
    numbers = itertools.count()
    written = [line(at, at * 7919 % 10**6, at * 104729 % 10**6).ljust(LINE_BYTES - 1, ".") + "\n" for at in range(10)]
    count = LOG_BYTES // LINE_BYTES

    def more() -> str:
        lines = count + GROWTH_LINES * next(numbers)
        return "".join(written) * (lines // 10)

    return more


def _console_log(browser: Browser, address: str, submission: str, password: str, size: int) -> float:
    """Milliseconds; the log as a whole has been drawn before."""
    log, given = _logs(), [0]
    with _page(browser) as page:

        def run(route: Route) -> None:
            route.fulfill(json=route.fetch().json() | {"status": "Running", "attempt": 1, "queue": None})

        def logs(route: Route) -> None:
            given[0] += 1
            route.fulfill(json={"status": "Running", "attempt": 1, "logs": {"scoring_stdout": log()[-size:]}})

        page.route(f"**/api/v1/submissions/{submission}", run)
        page.route(f"**/api/v1/submissions/{submission}/logs", logs)
        page.goto(f"{address}/s/{submission}")
        page.get_by_label("User name").fill("ada")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.locator("agon-run-log pre").wait_for()
        page.wait_for_timeout(2000)
        looks: list[float] = []
        work, until = Work(page), time.monotonic() + 90
        while len(looks) < GROWTHS and time.monotonic() < until:
            before, known = work.so_far(), given[0]
            while given[0] == known and time.monotonic() < until:
                page.wait_for_timeout(100)
            page.wait_for_timeout(500)
            looks.append(work.so_far() - before)
        end = page.locator("agon-run-log pre").evaluate("one => one.scrollHeight - one.scrollTop - one.clientHeight")
        if end > 24:
            raise SystemExit(f"The log is not followed: {end} px are below what is in sight")
        return quantile(looks, SHARE)


def _plain_log(browser: Browser, size: int) -> float:
    log = _logs()
    with _page(browser) as page:
        page.route("**/log", lambda route: route.fulfill(json={"log": log()[-size:]}))
        page.route("**/page", lambda route: route.fulfill(content_type="text/html", body="<!doctype html><pre></pre>"))
        page.goto("http://127.0.0.1:9/page")
        page.add_style_tag(content="pre { max-height: 24rem; overflow: auto; white-space: pre-wrap }")
        follow = """async () => { const { log } = await (await fetch('/log')).json(), pre = document.querySelector('pre');
            pre.textContent = log; pre.scrollTop = pre.scrollHeight; }"""
        page.evaluate(follow)
        page.wait_for_timeout(1000)
        work = Work(page)
        return quantile([work.of(follow) for _ in range(GROWTHS)], SHARE)


if __name__ == "__main__":
    main()
