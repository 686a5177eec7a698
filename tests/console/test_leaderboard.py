"""The leaderboard, at a desk and on a phone."""

import re

import httpx
from playwright.sync_api import expect

from .conftest import PHONE
from .reading import becomes, fits, measured, text


def test_the_leaderboard_ranks_the_better_participant_first(visit, finished_demo):
    table = visit(f"/c/{finished_demo}/leaderboard").get_by_role("table")
    rows = table.locator("tbody").get_by_role("row")
    expect(rows).to_have_count(2)
    expect(rows.locator(".rank")).to_have_text(["1", "2"])
    scores = [float(text(rows.nth(at).locator(".primary > span").last)) for at in range(2)]
    assert scores[0] > scores[1]


def test_the_leaderboard_shows_what_the_api_says(visit, stack, finished_demo):
    with httpx.Client(base_url=f"{stack.api_url}/v1/") as api:
        phases = api.get(f"competitions/{finished_demo}").json()["phases"]
        phase = next(phase["id"] for phase in phases if phase["state"] == "open")
        board = api.get(f"phases/{phase}/leaderboard").json()
    table = visit(f"/c/{finished_demo}/leaderboard?phase={phase}").get_by_role("table")
    assert board["detailed_results"]
    expect(table.get_by_role("rowheader")).to_have_text([f"{row['participant']} Details" for row in board["rows"]])
    for column in board["columns"]:
        better = "lower" if column["sorting"] == "asc" else "higher"
        name = f"{column['title']} ({better} is better)"
        expect(table.get_by_role("columnheader", name=name, exact=True)).to_be_visible()


def test_an_unchanged_leaderboard_is_not_sent_again(visit, finished_demo):
    page = visit(f"/c/{finished_demo}/leaderboard")
    page.get_by_role("table").wait_for()
    with page.expect_response(re.compile(r"/leaderboard(\?|$)")) as answer:
        pass
    assert answer.value.status == 304
    told = page.locator(".fresh")
    expect(told).to_have_text("Live")
    expect(told).to_have_attribute("title", re.compile(r"Checked \d+:\d\d"))
    # Nothing moves beside what is read.
    becomes(page, "document.getAnimations().length", lambda count: count == 0)


def test_a_phone_sees_the_whole_table_without_the_page_scrolling_sideways(visit, finished_demo):
    page = visit(f"/c/{finished_demo}/leaderboard", viewport=PHONE)
    table = page.get_by_role("table")
    table.wait_for()
    fits(page)
    cells = "table => [...table.querySelectorAll('tbody :is(td, th)')].map((one) => one.getBoundingClientRect().toJSON())"
    boxes = measured(table, cells)
    assert boxes and all(box["left"] >= 0 and box["right"] <= PHONE["width"] for box in boxes)


def test_of_ten_thousand_rows_those_in_sight_are_drawn_and_sorted_are_all_of_them(visit, stack, finished_demo):
    page = visit(f"/c/{finished_demo}")
    phase = httpx.get(f"{stack.api_url}/v1/competitions/{finished_demo}").json()["phases"][0]["id"]
    board = httpx.get(f"{stack.api_url}/v1/phases/{phase}/leaderboard").json()
    page.route(re.compile(r"/v1/phases/[^/]+/leaderboard(\?|$)"), lambda route: give_many_rows(route, board))
    page.goto(f"{page.url}/leaderboard?sort=rank")
    table = page.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", "10001")
    page.get_by_role("button", name="Rank").click()
    expect(table.locator("tbody.rows .rank").first).to_have_text("10000")
    page.locator(".table-frame").evaluate("frame => (frame.scrollTop = frame.scrollHeight)")
    expect(table.locator("tbody.rows .rank").last).to_have_text("1")
    assert measured(table, "table => table.rows.length") < 150


def give_many_rows(route, board):
    """As the API would, of a board of 10,000 rows, 500 on a page."""
    number = int((re.search(r"page=(\d+)", route.request.url) or ["", "1"])[1])
    rows = [
        board["rows"][0] | {"rank": at, "submission": f"s{at}", "participant": f"somebody {at}"}
        for at in range(number * 500 - 499, number * 500 + 1)
    ]
    route.fulfill(json=board | {"rows": rows, "count": 10_000, "page": number, "pages": 20})
