"""What a board tells beside its rows: who is tied and what broke a tie, and where a history leads."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import eventually

from .conftest import PHONE
from .looking import look

THERE = "codabench.example"
#: Of each in turn what was scored, accuracy and seconds. grace and ada are equal in both, kurt is in the first; alan's and
#: emmy's look equal.
TRIES = {
    "grace": [(0.61, 9), (0.82, 4), (0.95, 3)],
    "ada": [(0.5, 3), (0.4, 3), (0.9, 3), (0.95, 3)],
    "kurt": [(0.7, 5), (0.95, 5)],
    "alan": [(0.704, 2)],
    "emmy": [(0.3, 2), (0.701, 2)],
    "sofia": [(0.2, 8), (0.45, 8), (0.55, 8)],
    "katherine": [(0.1, 7), (0.5, 7)],
}


class Place(NamedTuple):
    """A competition with a board of seven, of whom ada has her place as her own: its id, and its phase's."""

    competition: str
    phase: str


@pytest.fixture(scope="module")
def place(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder: Path = tmp_path_factory.mktemp("stories")
    (folder / "bundle.zip").write_bytes(builders.bundle(title="Told by its board"))
    with stack.client("ada") as ada:
        address = ada.me()["username"] + "@example.org"
    with stack.client(ORGANIZER, "organizer") as organizer:
        uploaded = organizer.upload(folder / "bundle.zip", "bundle")["id"]
        done = organizer.wait_for_import(organizer.import_bundle(uploaded)["id"])
        assert done["status"] == "Finished", done["errors"]
        found = Place(done["competition"], f"{done['competition']}-0")
        for person, (name, scores) in enumerate(TRIES.items()):
            for number, one in enumerate(scores):
                told = _told(name, person, number, one) | ({"address": address} if name == "ada" else {})
                _bring(organizer, found.phase, told, folder)
        organizer.publish(found.competition)
    with stack.client("grace"):
        pass  # Somebody with an account who takes no part.
    with stack.client("ada") as ada:
        ada.join(found.competition)
        assert ada.collect(found.competition)["submissions"] == len(TRIES["ada"])
        board = eventually(lambda: ada.leaderboard(found.phase), lambda board: any(row["mine"] for row in board["rows"]))
        assert [row["rank"] for row in board["rows"]] == [1, 1, 3, 4, 5, 6, 7]
    return found


def _told(name: str, person: int, number: int, scores: tuple[float, float]) -> dict[str, object]:
    accuracy, seconds = scores
    at = f"2026-02-{4 * number + 1:02}T{10 + person}:00:00Z"
    values = {"0": {"accuracy": accuracy, "seconds": seconds}}
    of = {"site": THERE, "id": f"{name}-{number}", "owner": name, "status": "Finished", "name": f"Try {number + 1}"}
    return {**of, "created_at": at, "scores": values}


def _bring(organizer: Client, phase: str, told: dict[str, object], folder: Path) -> None:
    file = folder / f"{told['id']}.zip"
    file.write_bytes(builders.submission(str(told["id"])))
    organizer.bring(phase, {**told, "upload": organizer.upload(file, "submission")["id"]})


@pytest.fixture
def board(visit: Callable[..., Page], place: Place) -> Iterator[Page]:
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


def test_ties_are_told_in_french_and_read_well_on_every_screen(visit: Callable[..., Page], place: Place) -> None:
    page = visit(f"/c/{place.competition}/leaderboard", locale="fr-FR")
    expect(row(page, "ada")).to_contain_text("à égalité avec 1 autre")
    expect(page.get_by_role("region", name="Égalités")).to_contain_text("À score égal en Accuracy")
    look(page, "board-ties")


def test_colours_of_the_readers_own_leave_the_sign_of_a_tie(visit: Callable[..., Page], place: Place) -> None:
    page = visit(f"/c/{place.competition}/leaderboard", forced_colors="active", viewport=PHONE)
    expect(row(page, "ada").locator(".tie-sign")).to_be_visible()
    expect(row(page, "ada").locator(".tie")).to_be_visible()


def test_a_history_leads_to_the_submissions_for_who_may_open_them(
    visit: Callable[..., Page], enter: Callable[..., Page], place: Place
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
