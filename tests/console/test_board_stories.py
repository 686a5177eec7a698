"""What a board tells beside its rows: who is tied and what broke a tie, how the first got there, where a history leads."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from agon.local.stack import ORGANIZER

from . import board_story
from .board_story import TRIES, Story
from .conftest import PHONE, window
from .looking import MOST_SHIFT, look
from .reading import measured


@pytest.fixture(scope="module")
def place(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return board_story.play(stack, tmp_path_factory.mktemp("stories"))


@pytest.fixture
def board(visit: Callable[..., Page], place: Story) -> Iterator[Page]:
    """The board as a stranger sees it."""
    page = visit(f"/c/{place.competition}/leaderboard")
    page.get_by_role("table").wait_for()
    yield page


def row(page: Page, name: str) -> Locator:
    """The row of somebody on the board."""
    return (
        page.locator("tbody.rows").get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(f"^{name}")))
    )


def _entered(enter: Callable[..., Page], name: str, path: str) -> Page:
    """A page that strangers see as well, for somebody who has signed in."""
    page = enter(name, "/sign-in")
    page.goto(page.url.split("/sign-in")[0].rstrip("/") + path)
    return page


def test_who_shares_a_rank_is_told_with_how_many_and_both_have_the_medal(board: Page) -> None:
    for name in ("ada", "grace"):
        expect(row(board, name)).to_contain_text("tied with 1 other")
        expect(row(board, name).locator(".rank")).to_have_text("1")
        expect(row(board, name)).to_have_class(re.compile(r"\bmedal-1\b"))
    expect(board.locator("tbody.rows .medal-2")).to_have_count(0)
    expect(row(board, "kurt")).to_have_class(re.compile(r"\bmedal-3\b"))
    told = board.get_by_role("region", name="Ties")
    expect(told).to_contain_text("Who shares one of the first three places has the medal of that place")
    expect(told).to_contain_text("the earlier submission first, and the next places are skipped")


def test_what_broke_a_tie_is_told_and_where_scores_only_look_equal(board: Page) -> None:
    expect(row(board, "kurt")).to_contain_text("tie broken by Seconds")
    expect(row(board, "kurt")).not_to_contain_text("tied with")
    expect(row(board, "emmy")).to_contain_text("behind by digits not shown")
    for name in ("alan", "sofia"):
        expect(row(board, name).locator(".tie")).to_have_count(0)
    told = board.get_by_role("region", name="Ties")
    expect(told).to_contain_text("Equal scores in Accuracy are put in order by Seconds.")


def test_ties_are_told_in_french_and_read_well_on_every_screen(visit: Callable[..., Page], place: Story) -> None:
    page = visit(f"/c/{place.competition}/leaderboard", locale="fr-FR")
    expect(row(page, "ada")).to_contain_text("à égalité avec 1 autre")
    expect(page.get_by_role("region", name="Égalités")).to_contain_text("À score égal en Accuracy")
    look(page, "board-ties")


def test_colours_of_the_readers_own_leave_the_sign_of_a_tie(visit: Callable[..., Page], place: Story) -> None:
    page = visit(f"/c/{place.competition}/leaderboard", forced_colors="active", viewport=PHONE)
    expect(row(page, "ada").locator(".tie-sign")).to_be_visible()
    expect(row(page, "ada").locator(".tie")).to_be_visible()


def test_a_history_leads_to_the_submissions_for_who_may_open_them(
    visit: Callable[..., Page], enter: Callable[..., Page], place: Story
) -> None:
    path = f"/c/{place.competition}/leaderboard/participants/ada?phase={place.phase}"
    for page in (visit(path), _entered(enter, "grace", path)):
        table = page.get_by_role("table")
        expect(table.locator("tbody tr")).to_have_count(3)
        expect(table.get_by_role("link")).to_have_count(0)
    for name in ("ada", ORGANIZER):
        page = _entered(enter, name, path)
        links = page.get_by_role("table").get_by_role("link")
        expect(links).to_have_count(len(TRIES["ada"]))
        look(page, f"history-links-{name}")
        links.first.click()
        expect(page.get_by_role("heading", name="Try 4", level=1)).to_be_visible()


def chart(page: Page) -> Locator:
    return page.get_by_role("region", name="How the first got there")


def values(page: Page) -> Locator:
    """What each has by the legend at the time that is pointed at."""
    return chart(page).locator(".leaders-legend .value")


def test_the_first_of_a_board_are_drawn_and_ten_when_one_asks_without_another_call(board: Page) -> None:
    names = chart(board).get_by_role("listitem").get_by_role("link")
    expect(names).to_have_count(5)
    expect(names).to_have_text([re.compile(rf"^{name}\b") for name in list(TRIES)[:5]])
    expect(chart(board)).to_contain_text("Accuracy over time, the best so far of each: higher is better")
    expect(chart(board).locator(".leaders-plot path.line")).to_have_count(5)
    asked: list[str] = []
    board.on("request", lambda request: asked.append(request.url) if "/leaderboard/history" in request.url else None)
    chart(board).get_by_role("button", name="First 10").click()
    expect(names).to_have_count(7)
    assert asked == []


def test_what_each_had_at_a_time_is_told_where_one_points_and_by_the_keyboard(board: Page) -> None:
    slider = chart(board).get_by_role("slider", name="The best by then, at a time")
    expect(values(board)).to_have_text(["0.95", "0.95", "0.95", "0.70", "0.70"])
    slider.focus()
    board.keyboard.press("Home")
    expect(chart(board).locator(".leaders-legend")).to_contain_text("1 Feb, 10:00")
    expect(values(board)).to_have_text(["0.61", *[re.compile("^–")] * 4])
    expect(slider).to_have_attribute(
        "aria-valuetext", re.compile(r"^1 Feb, 10:00\. grace~codabench\.example: 0\.61; ada: none yet")
    )
    board.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "2")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("ada: 0.50"))
    board.keyboard.press("End")
    expect(values(board).nth(1)).to_have_text("0.95")
    width = measured(slider, "one => one.clientWidth")
    slider.hover(position={"x": width * 0.6, "y": 50})
    expect(chart(board).locator("path.at")).to_have_count(1)
    expect(chart(board).locator(".leaders-legend .value").first).to_have_text("0.82")
    board.mouse.move(0, 0)
    expect(chart(board).locator(".leaders-legend")).to_contain_text("Now")


def test_a_table_says_the_same_and_leads_to_submissions_for_who_may_open_them(
    board: Page, enter: Callable[..., Page], place: Story
) -> None:
    steps = {"grace": 3, "ada": 3, "kurt": 2, "alan": 1, "emmy": 2}
    for page, links in ((board, 0), (_entered(enter, "ada", f"/c/{place.competition}/leaderboard"), 3)):
        chart(page).get_by_text("As a table").click()
        rows = chart(page).get_by_role("table").locator("tbody tr")
        expect(rows).to_have_count(sum(steps.values()))
        expect(rows.first).to_contain_text("13 Feb, 11:00")
        expect(rows.first).to_contain_text("0.95")
        expect(rows.get_by_role("link")).to_have_count(links)
        expect(rows.locator("bdi")).to_have_count(sum(steps.values()))
        look(page, f"leaders-{links}")


def test_a_name_leads_to_its_history_and_its_line_stands_out(board: Page) -> None:
    link = chart(board).get_by_role("link", name=re.compile("^kurt"))
    link.focus()
    expect(chart(board).locator(".leaders-plot path.dimmed")).to_have_count(4)
    expect(chart(board).locator(".leaders-plot path.series-2")).not_to_have_class(re.compile("dimmed"))
    link.click()
    expect(board.get_by_role("heading", name=re.compile("^kurt"), level=1)).to_be_visible()


def test_the_chart_moves_nothing_as_it_comes(browser: Any, stack: Any, place: Story) -> None:
    for width in (1180, 390):
        context = window(browser, viewport={"width": width, "height": 3000}, reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{stack.console_url.rstrip('/')}/c/{place.competition}/leaderboard")
        chart(page).get_by_role("slider").wait_for()
        page.wait_for_load_state("networkidle")
        assert measured(page, "window.shifted") < MOST_SHIFT
        context.close()


def test_a_board_whose_names_are_hidden_draws_nobody(visit: Callable[..., Page], place: Story) -> None:
    page = visit(f"/c/{place.competition}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def hide(route: Any) -> None:
        found = route.fetch()
        route.fulfill(response=found, json=found.json() | {"anonymous": True})

    page.route(re.compile(r"/v1/phases/[^/]+/leaderboard(\?|$)"), hide)
    page.get_by_role("link", name="Leaderboard", exact=True).first.click()
    page.get_by_role("table").wait_for()
    page.wait_for_load_state("networkidle")
    assert not [one for one in asked if "/leaderboard/history" in one]
