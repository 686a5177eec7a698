"""What somebody waits for in the console: Chromium on the packaged stack, each figure beside something plain in it.

A page is beside the same page as plain HTML, a long board beside a plain `<table>` of the same rows, a followed log
beside a `<pre>` with the same text. Paints are told by the clock, the quickest of some visits. What an act costs is told
by the processor's time of the page's thread until it is painted, so what else the machine does is not in it; of a log,
all that is done about one look at it, its JSON and the drawing: no frame can be longer. Rows are a snapshot that the site
answers from (benchmarks/boards.py), and logs are given to the console in place of the API's answers.

With `--codabench ADDRESS`, that of a public competition's page of a Codabench that somebody runs (docs/scale.md tells how),
its pages are measured as well; without, that was not run.
"""

import argparse
import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, Route

from agon import archive
from agon.local import process
from agon.local.stack import Stack
from benchmarks import boards, codabench_pages, in_chromium, local
from benchmarks.in_chromium import FRAME, SHARE, STEPS, Work, fresh_page, painted, scroll_to
from benchmarks.report import quantile, show
from chalicelib.actions.leaderboards.snapshots import ROWS_PER_PAGE
from chalicelib.actions.submissions.outputs import MAX_LOG_BYTES

MOST_SCRIPT_KB, MOST_PAINT_S, MOST_CALLS, MOST_STEP_MS, MOST_FRAME_MS = 150.0, 1.0, 3, 100.0, 16.0
ROWS, MANY_ROWS, MOST_DRAWN = 10_000, 100_000, 150
LOG_BYTES, LINE_BYTES, GROWTHS, GROWTH_LINES = 2 * 1024**2, 80, 8, 50
NOT_RUN = "not run"


class Figure(NamedTuple):
    """What it is, what it came to, the most it may be, and the plain thing beside it; 0 where there is none.

    `there` names the same of a Codabench's pages, where they have it."""

    name: str
    ours: float
    limit: float
    plain: float
    there: str = ""


def main() -> None:
    """Measure, show, and stop with an error when a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codabench", metavar="ADDRESS", help="a public competition's page of a Codabench that answers")
    parser.add_argument("--json", action="store_true", help="one last line for programs")
    there = parser.parse_args().codabench
    with local.stack() as stack, in_chromium.browser() as browser:
        organizer, ada = stack.client(local.ORGANIZER, "organizer"), stack.client("ada")
        competition = local.competition(organizer)
        boards.add_column(organizer, competition["id"])
        address = stack.serve_console(process.free_port())
        if address is None:
            raise SystemExit(1)
        submission = _submitted(ada, competition)
        password = stack.state.get("accounts")["ada"]["password"]
        figures = [
            *_first_page(browser, address, competition),
            *_boards(stack, browser, address, competition),
            *_followed_log(browser, address, submission, password),
        ]
        theirs = codabench_pages.figures(browser, there, ROWS) if there else None
    titles = ("", "Agon", "at most", "plain", "ratio", "Codabench")
    show("The console in Chromium", titles, [_line(one, theirs) for one in figures], _result(figures, theirs))
    over = [one.name for one in figures if one.ours > one.limit]
    if over:
        raise SystemExit(f"Over the limit: {', '.join(over)}")


def _line(one: Figure, theirs: Mapping[str, float] | None) -> tuple[object, ...]:
    limit = one.limit if one.limit < float("inf") else ""
    there = "" if not one.there else NOT_RUN if theirs is None else theirs[one.there]
    return one.name, one.ours, limit, one.plain or "", f"{one.ours / one.plain:.2f}" if one.plain else "", there


def _result(figures: list[Figure], theirs: Mapping[str, float] | None) -> dict[str, Any]:
    return {
        one.name: {
            "agon": one.ours,
            "at_most": one.limit if one.limit < float("inf") else None,
            "plain": one.plain,
            **({"codabench": theirs[one.there] if theirs else NOT_RUN} if one.there else {}),
        }
        for one in figures
    }


def _submitted(ada: Any, competition: dict[str, Any]) -> str:
    ada.join(competition["id"])
    with archive.packed(local.EXAMPLE / "submissions/petal_rule") as predictions:
        upload = ada.upload(predictions, "submission")
    return str(ada.submit(competition["phases"][0]["id"], upload["id"], "a log")["id"])


def _first_page(browser: Browser, address: str, competition: dict[str, Any]) -> list[Figure]:
    scripts, whole = in_chromium.scripts(browser, address)
    name = "JavaScript of the first page (kB, compressed)"
    found = [Figure(name, scripts, MOST_SCRIPT_KB, whole, "scripts")]
    own = f"{address}/c/{competition['id']}"
    for name, page, there in (("home", f"{address}/", "home"), ("a competition", own, "competition")):
        ours = painted(browser, page)
        with _plain_site(_as_html(browser, page)) as plain_address:
            plain = painted(browser, plain_address)
        found.append(Figure(f"largest paint of {name} (s)", ours, MOST_PAINT_S, plain, there))
    calls = in_chromium.calls(browser, own)
    return [*found, Figure("API calls of a competition's page", calls, MOST_CALLS, 0, "calls")]


def _as_html(browser: Browser, address: str) -> bytes:
    """A page of the console as it stands, with its style and without its scripts."""
    with fresh_page(browser) as page:
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


def _boards(stack: Stack, browser: Browser, address: str, competition: dict[str, Any]) -> list[Figure]:
    phase = competition["phases"][0]["id"]
    path = f"{address}/c/{competition['id']}/leaderboard"
    plain_sort, plain_scroll = _plain_table(browser)
    boards.put(stack, phase, ROWS, version=1)
    sort, scroll = _board(browser, path)
    boards.put(stack, phase, MANY_ROWS, version=2)
    pages = _board_by_pages(browser, path)
    steps = "a step of scrolling (ms)"
    return [
        Figure(f"a board of {ROWS:,} rows: to sort (ms)", sort, MOST_STEP_MS, plain_sort, "sort"),
        Figure(f"a board of {ROWS:,} rows: {steps}", scroll, MOST_STEP_MS, plain_scroll, "scroll"),
        Figure(f"a board of {MANY_ROWS:,} rows, by pages: {steps}", pages, MOST_STEP_MS, plain_scroll),
    ]


def _board(browser: Browser, path: str) -> tuple[float, float]:
    """Milliseconds of the slowest of some sorts, and of some steps through all rows."""
    with fresh_page(browser) as page:
        page.goto(path)
        page.get_by_role("button", name="Participant", exact=True).click()
        page.locator(f"[aria-rowcount='{ROWS + 1}']").wait_for(timeout=120_000)
        header = "[...document.querySelectorAll('thead button')].find(one => one.textContent.startsWith('Accuracy'))"
        work = Work(page)
        sort, scroll = work.of_sorting(f"() => {header}.click()"), work.of_scrolling(FRAME)
        _check_drawn(page)
        return sort, scroll


def _board_by_pages(browser: Browser, path: str) -> float:
    """Milliseconds of the slowest of some steps, each to the end of what is here, on which a further page comes."""
    with fresh_page(browser) as page:
        page.goto(path)
        work, steps = Work(page), []
        for number in range(1, STEPS + 1):
            page.locator(f"[aria-rowcount='{number * ROWS_PER_PAGE + 1}']").wait_for(timeout=30_000)
            steps.append(work.of(scroll_to(1, FRAME)))
        _check_drawn(page)
        return quantile(steps, SHARE)


def _check_drawn(page: Page) -> None:
    if (drawn := page.locator("tbody.rows tr").count()) > MOST_DRAWN:
        raise SystemExit(f"{drawn} rows are drawn at once")


def _plain_table(browser: Browser) -> tuple[float, float]:
    """The same of a `<table>` that has all rows, and is sorted by putting them in another order."""
    given = boards.rows(ROWS)
    cells = "".join(
        f"<tr><td>{at + 1}</td><th>{given.usernames[at]}</th>"
        + "".join(f"<td>{score:.4f}</td>" for score in boards.scores(at, given))
        + f"<td>{boards.START.isoformat()}</td></tr>"
        for at in range(ROWS)
    )
    frame = f"<div class=table-frame style='height: 600px; overflow: auto'><table><tbody>{cells}</tbody></table></div>"
    sort = """() => { const body = document.querySelector('tbody'); window.way = -(window.way ?? 1);
        body.append(...[...body.rows].sort((a, b) => window.way * (a.cells[3].textContent - b.cells[3].textContent))); }"""
    with fresh_page(browser) as page:
        page.set_content(f"<!doctype html><body>{frame}</body>")
        work = Work(page)
        return work.of_sorting(sort), work.of_scrolling(FRAME)


def _followed_log(browser: Browser, address: str, submission: str, password: str) -> list[Figure]:
    """As the site gives it, of which it is the end; and a whole one, beyond what the site gives."""
    found: list[Figure] = []
    for words, size, limit in (("as the site gives it", MAX_LOG_BYTES, MOST_FRAME_MS), ("whole", LOG_BYTES, float("inf"))):
        ours, plain = _console_log(browser, address, submission, password, size), _plain_log(browser, size)
        found.append(Figure(f"a log of 2 MB that is followed, {words}: a look at it (ms)", ours, limit, plain))
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
    with fresh_page(browser) as page:

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
    with fresh_page(browser) as page:
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
