"""Where one stands: one's own row of a long board, the columns that one wants, two attempts beside each other, the place in
line, and for organizers the ranking as a change would make it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from chalicelib.contract import PROTOCOL_VERSION
from tests import builders

from . import board_story
from .board_story import Story
from .looking import judge, look, shoot
from .reading import becomes, measured

#: Of a board this long not every row is drawn.
ROWS = 400


@pytest.fixture(scope="module")
def place(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return board_story.play(stack, tmp_path_factory.mktemp("standing"))


def test_ones_own_row_of_a_long_board_stays_in_sight_wherever_one_reads(visit: Callable[..., Page], place: Story) -> None:
    page = visit(f"/c/{place.competition}")

    def lengthen(route: Any) -> None:
        found = route.fetch(url=re.sub(r"[?&]packed=true", "", route.request.url))
        told = found.json()
        rows = [told["rows"][0] | {"rank": at, "submission": f"s{at}", "mine": at == 300} for at in range(1, ROWS + 1)]
        route.fulfill(response=found, json=told | {"rows": rows, "count": ROWS, "packed": None})

    page.route(re.compile(r"/v1/phases/[^/]+/leaderboard(\?|$)"), lengthen)
    page.get_by_role("link", name="Leaderboard", exact=True).first.click()
    pinned = page.locator("tbody.pinned").get_by_role("row")
    expect(pinned).to_have_count(1)
    expect(pinned).to_contain_text("300")
    expect(pinned).to_contain_text("You")
    frame = page.locator(".table-frame").first
    for share in (0, 0.5, 1):
        frame.evaluate("(frame, share) => (frame.scrollTop = share * frame.scrollHeight)", share)
        expect(pinned).to_be_in_viewport()
    expect(page.locator("tbody.rows .rank").last).to_have_text(str(ROWS))
    assert measured(page.locator("tbody.rows"), "body => body.rows.length") < ROWS / 2


def test_columns_are_left_out_and_the_address_keeps_that(visit: Callable[..., Page], place: Story) -> None:
    page = visit(f"/c/{place.competition}/leaderboard")
    heads = page.get_by_role("table").first.get_by_role("columnheader")
    expect(heads).to_have_text([re.compile(one) for one in ("Rank", "Participant", "Accuracy", "Seconds", "Submitted")])
    page.locator("summary").filter(has_text="Columns").click()
    page.get_by_role("checkbox", name="Seconds").uncheck()
    page.get_by_role("checkbox", name="Submitted").uncheck()
    left = [re.compile(one) for one in ("Rank", "Participant", "Accuracy")]
    expect(heads).to_have_text(left)
    page.keyboard.press("Escape")
    expect(page.locator("summary").filter(has_text="Columns")).to_be_focused()
    page.reload()
    expect(heads).to_have_text(left)
    look(page, "board-columns")


def test_columns_stand_under_their_group_and_the_address_keeps_by_which_one_sorts(
    visit: Callable[..., Page], stack: Any, place: Story
) -> None:
    with stack.client(ORGANIZER, "organizer") as organizer:
        seen = organizer.settings(place.competition)["revision"]
        group = {"key": "cost", "title": "What it costs", "index": 0}
        organizer.change_settings(place.competition, "leaderboards/0", {"agon": {"column_groups": [group]}}, seen)
        of_group = {"agon": {"group": "cost"}}
        organizer.change_settings(place.competition, "leaderboards/0/columns/1", of_group, seen + 1)
    page = visit(f"/c/{place.competition}/leaderboard")
    names = page.locator("tbody.rows").get_by_role("rowheader")
    by_rank = ["grace", "ada", "kurt", "alan", "emmy", "sofia", "katherine"]
    expect(names).to_have_text([re.compile(f"^{one}") for one in by_rank])
    head = page.get_by_role("columnheader").filter(has_text="What it costs")
    expect(head).to_contain_text("Seconds")
    for sort, said, order in (
        ("score.seconds", "ascending", ["alan", "emmy", "grace", "ada", "kurt", "katherine", "sofia"]),
        ("-score.seconds", "descending", ["sofia", "katherine", "kurt", "grace", "ada", "alan", "emmy"]),
    ):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", said)
        expect(page).to_have_url(re.compile(rf"[?&]sort={re.escape(sort)}(&|$)"))
        expect(names).to_have_text([re.compile(f"^{one}") for one in order])
    page.reload()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(names).to_have_text([re.compile(f"^{one}") for one in order])
    head.get_by_role("button").click()
    expect(names).to_have_text([re.compile(f"^{one}") for one in by_rank])
    expect(page).not_to_have_url(re.compile("sort="))


def test_two_attempts_stand_beside_each_other_with_what_lies_between(enter: Callable[..., Page], place: Story) -> None:
    page = enter("ada", f"/c/{place.competition}/submissions/all")
    compare = page.get_by_role("button", name="Compare the two")
    expect(compare).to_have_attribute("aria-disabled", "true")
    for name in ("Try 1", "Try 2", "Try 4"):
        page.get_by_role("checkbox", name=f"Choose {name} to compare").check()
    expect(page.get_by_role("checkbox", name="Choose Try 1 to compare")).not_to_be_checked()
    expect(page.get_by_text("2 of 2 chosen")).to_be_visible()
    compare.click()
    table = page.get_by_role("group", name="Two submissions compared")
    expect(table.get_by_role("columnheader")).to_have_text(["Try 2", "Try 4", "Difference"])
    cells = table.get_by_role("row", name=re.compile("^Accuracy")).get_by_role("cell")
    expect(cells).to_have_text(["0.40", "0.95", "+0.55"])
    look(page, "compared")
    page.set_viewport_size({"width": 390, "height": 844})
    # What lies between is what one came for: on a phone, too, nobody scrolls to it.
    becomes(table, "frame => frame.scrollWidth - frame.clientWidth", lambda hidden: hidden == 0)
    table.get_by_role("link", name="Try 4").click()
    expect(page.get_by_role("heading", name="Try 4", level=1)).to_be_visible()


def test_an_organizer_sees_the_ranking_that_a_change_would_make_before_it_is_saved(
    enter: Callable[..., Page], stack: Any, place: Story
) -> None:
    page = enter(ORGANIZER, f"/c/{place.competition}/manage/boards?at=0")
    page.get_by_label("Column that ranks").select_option("1")
    page.get_by_role("button", name="Save", exact=True).first.click()
    ranking = page.get_by_role("region", name="The first rows of “Only” as they would be ranked")
    rows = ranking.locator("tbody tr")
    expect(rows).to_have_count(7)
    # By seconds, which lie beside what each was by accuracy.
    expect(rows.first.get_by_role("cell").nth(0)).to_have_text("1")
    expect(rows.first.get_by_role("rowheader")).to_contain_text("alan")
    expect(rows.first.get_by_role("cell").nth(1)).to_have_text("4")
    expect(rows.first).to_have_class("moved")
    # Its button is busy until one has said whether it is meant so.
    shoot(page, "ranking-before-saving")
    assert judge(page).violations_count == 0
    page.get_by_role("button", name="Not yet").click()
    expect(page.get_by_text("Nothing was saved.")).to_be_visible()
    with stack.client(ORGANIZER, "organizer") as organizer:
        board = dict(organizer.settings(place.competition)["settings"])["leaderboards"][0]
        assert board.get("primary_index", 0) == 0
        assert organizer.leaderboard(place.phase)["rows"][0]["scores"]["accuracy"] == 0.95


def test_who_waits_in_line_is_told_the_place_and_when_it_would_start_at_the_latest(
    enter: Callable[..., Page], stack: Any, tmp_path: Path
) -> None:
    (tmp_path / "bundle.zip").write_bytes(builders.bundle(title="In line"))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(
            organizer.import_bundle(organizer.upload(tmp_path / "bundle.zip", "bundle")["id"])["id"]
        )
        queue = organizer.http.call("POST", "/queues", {"name": "Slow"})["id"]
        token = organizer.http.call("POST", f"/queues/{queue}/tokens", {"name": "host"})["token"]
        settings = f"/competitions/{done['competition']}/settings"
        organizer.http.response("PATCH", settings, {"queue": queue}, headers={"If-Match": "*"})
        organizer.publish(done["competition"])
    with stack.client("ada") as ada:
        ada.join(done["competition"])
        for name in ("First", "Second", "Third"):
            (tmp_path / f"{name}.zip").write_bytes(builders.submission(name))
            ada.submit(f"{done['competition']}-0", ada.upload(tmp_path / f"{name}.zip", "submission")["id"], name)
        made = {one["name"]: one["id"] for one in ada.submissions(f"{done['competition']}-0")}
    page = enter("ada", f"/s/{made['First']}")
    told = page.locator(".board-notice")
    expect(told).to_contain_text("It is the next in line. No runner that can do it is alive at the moment")
    presence = {"runner": "host", "protocol": PROTOCOL_VERSION}
    assert stack.call("POST", "/runner/presence", token, presence).status_code == 200
    page.goto(page.url.replace(made["First"], made["Third"]))
    expect(told).to_contain_text("It is number 3 in line. 1 runner is alive.")
    # A run may take a minute: two wait before it, and the runner may be at another one now.
    expect(told).to_contain_text("If each run before it took all of its time, it would start in 3 min")
    look(page, "in-line")
