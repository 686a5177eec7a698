"""A Codabench's own pages in Chromium, as benchmarks/console.py measures the console's; of its board, given the same rows.

Its board is drawn as a whole and sorted in the browser (src/static/riot/competitions/detail/leaderboards.tag of
codalab/codabench at c7dbc756), from what `get_leaderboard` answers, which is given to it here. Its libraries come from
elsewhere (cdnjs.cloudflare.com, cdn.jsdelivr.net): where these are not reached, its pages do not work.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route

from benchmarks import boards
from benchmarks.in_chromium import VISITS, Work, calls, fresh_page, painted, scripts

_BOARD = re.compile(r"/api/phases/\d+/get_leaderboard/")
_PATIENCE_MS = 300_000


def figures(browser: Browser, competition: str, size: int, visits: int = VISITS) -> Mapping[str, float]:
    """By what is measured, what a Codabench takes; `competition` is the address of a public competition's page there."""
    parts = urlsplit(competition)
    home = f"{parts.scheme}://{parts.netloc}/"
    sort, scroll = _board(browser, f"{home.rstrip('/')}{parts.path}", size)
    return {
        "scripts": scripts(browser, home)[0],
        "home": painted(browser, home, visits),
        "competition": painted(browser, competition, visits),
        "calls": calls(browser, competition),
        "sort": sort,
        "scroll": scroll,
    }


def _board(browser: Browser, competition: str, size: int) -> tuple[float, float]:
    """Milliseconds of a sort by the first score, and of a step of scrolling."""
    answer = _answer(size)
    with fresh_page(browser) as page:

        def give(route: Route) -> None:
            route.fulfill(json=answer)

        page.route(_BOARD, give)
        page.goto(f"{competition}#/results-tab")
        page.locator("#leaderboardTable tbody tr").nth(size - 1).wait_for(state="attached", timeout=_PATIENCE_MS)
        head = "[...document.querySelectorAll('#leaderboardTable th')].find(one => one.textContent.trim() === 'Accuracy')"
        work = Work(page)
        return work.of_sorting(f"() => {head}.click()"), work.of_scrolling("document.scrollingElement")


def _answer(size: int) -> dict[str, Any]:
    """A board as its API tells it (LeaderboardPhaseSerializer)."""
    all_rows = boards.rows(size)
    columns = [{"key": one.key, "title": one.title, "index": one.index} for one in boards.COLUMNS]
    return {
        **{"id": 1, "title": "Results", "key": "results", "primary_index": 0, "fact_sheet_keys": None},
        "tasks": [{"id": 1, "name": "Task", "colWidth": len(columns), "columns": columns}],
        "submissions": [
            {
                **{"id": at, "owner": all_rows.usernames[at], "slug_url": "/", "organization": None},
                **{"created_when": boards.START.isoformat(), "fact_sheet_answers": {}, "detailed_results": []},
                "scores": [
                    {"task_id": 1, "column_key": one.key, "score": f"{score:.4f}"}
                    for one, score in zip(boards.COLUMNS, boards.scores(at, all_rows), strict=True)
                ],
            }
            for at in range(size)
        ],
    }
