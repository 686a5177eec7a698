"""`--format` of lists: CSV without formulas, JSON, tables; pages of competitions; boards in files."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import COLUMNS, ME, NOW, CommandLine, competition

FUTURE = (datetime.now(UTC) + timedelta(days=9)).isoformat()


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def card(number: int, **more: object) -> dict[str, object]:
    told = {"id": f"c{number}", "slug": f"iris-{number}", "title": f"Iris {number}", "organizer": "olga", "published": True}
    return {**told, "starts_at": NOW, "ends_at": FUTURE, "participants": 3, "tags": ["a", "b"], **more}


def board(*rows: dict[str, object], page: int = 1, pages: int = 1) -> dict[str, object]:
    return {"title": "Results", "columns": COLUMNS, "rows": list(rows), "count": 60, "page": page, "pages": pages}


def row(rank: int, participant: str, **more: object) -> dict[str, object]:
    scores = {"accuracy": 0.5, "error": None}
    return {
        "rank": rank,
        "participant": participant,
        "submission": f"s{rank}",
        "scores": scores,
        "submitted_at": NOW,
        **more,
    }


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_list_is_csv_with_a_line_for_each_item(agon):
    agon.api.on("GET", "/competitions", {"competitions": [card(1, tags=[]), card(2)], "next": None})
    head, *items = lines(agon("competitions", "list", "--format", "csv").out)
    told = [dict(zip(head, item, strict=True)) for item in items]
    assert [one["slug"] for one in told] == ["iris-1", "iris-2"]
    assert (told[0]["published"], told[1]["tags"], told[0]["participants"]) == ("true", '["a", "b"]', "3")


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_nothing_in_csv_is_taken_for_a_formula(agon, title):
    agon.api.on("GET", "/competitions", {"competitions": [card(1, title=title)], "next": None})
    head, item = lines(agon("competitions", "list", "--format", "csv").out)
    assert dict(zip(head, item, strict=True))["title"].startswith("'")


def test_format_json_is_json_and_an_error_too(agon):
    agon.api.on("GET", "/competitions", {"competitions": [card(1)], "next": None})
    assert agon("competitions", "list", "--format", "json").json == {"competitions": [card(1)]}
    assert agon("submissions", "list", "c", "--format", "json").json["error"]["status"] == 404
    assert "iris-1" in agon("competitions", "list").out, "What one command was asked for stays with it."


def test_a_list_of_nothing_is_an_empty_table(agon):
    agon.api.on("GET", "/competitions", {"competitions": [], "next": None})
    ran = agon("competitions", "list", "--format", "csv")
    assert (ran.code, ran.out.strip()) == (0, "")


def test_competitions_come_in_pages_and_no_more_is_asked_for_than_is_shown(agon):
    first = {"competitions": [card(number) for number in range(50)], "next": "more"}
    agon.api.on("GET", "/competitions", first)
    ran = agon("competitions", "list", "--page-size", "20", "--page", "2")
    assert "iris-20" in ran.out and "iris-39" in ran.out and "iris-40" not in ran.out and "iris-19 " not in ran.out
    assert "--page 3" in ran.err and len(agon.api.asked("GET", "/competitions")) == 1


@pytest.mark.parametrize(
    ("more", "state"),
    [({}, "open"), ({"ends_at": NOW}, "closed"), ({"starts_at": FUTURE}, "upcoming"), ({"published": False}, "draft")],
)
def test_a_list_says_whether_one_can_take_part_now(agon, more, state):
    agon.api.on("GET", "/competitions", {"competitions": [card(1, **more)], "next": None})
    assert state in agon("competitions", "list").out


def test_a_list_is_searched_and_sorted(agon):
    agon.api.on("GET", "/competitions", {"competitions": [], "next": None})
    agon("competitions", "list", "--search", "cats and dogs", "--sort", "ending", "--open")
    (asked,) = agon.api.asked("GET", "/competitions")
    assert asked.query == "open=true&sort=ending&search=cats+and+dogs"


def test_ones_own_row_stands_below_the_page(agon):
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/me", ME)
    agon.api.on("GET", "/phases/c-0/leaderboard", board(row(1, "bob"), pages=3))
    agon.api.on("GET", "/phases/c-0/participants/ada/rank", {"participant": "ada", "count": 60, "places": [{"page": 1}]})
    agon("leaderboard", "c")
    assert len(agon.api.asked("GET", "/phases/c-0/participants/ada/rank")) == 1
    agon.api.on("GET", "/phases/c-0/leaderboard", board(row(1, "bob"), row(57, "ada", mine=True)))
    assert "57" in agon("leaderboard", "c").out


def test_a_board_is_read_by_who_is_not_on_it(agon):
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/me", ME)
    agon.api.on("GET", "/phases/c-0/leaderboard", board(row(1, "bob")))
    ran = agon("leaderboard", "c")
    assert (ran.code, "bob" in ran.out) == (0, True)


def test_a_board_is_written_to_a_file_with_all_its_digits(agon, tmp_path):
    agon.api.on("GET", "/competitions/c", competition())
    agon.api.on("GET", "/phases/c-0/leaderboard", board(row(1, "=cmd()", scores={"accuracy": 0.1234567891234, "error": 2})))
    ran = agon("leaderboard", "c", "--download", str(tmp_path / "board.csv"))
    assert ran.code == 0, ran.err
    head, first = lines((tmp_path / "board.csv").read_text())
    told = dict(zip(head, first, strict=True))
    assert (told["participant"], told["accuracy"], told["error"]) == ("'=cmd()", "0.1234567891234", "2")


def test_scores_over_time_are_told(agon):
    points = [{"submission": "s1", "submitted_at": NOW, "score": 0.5, "best": 0.75}]
    found = {"participant": "ada", "column": COLUMNS[1], "points": points, "truncated": False}
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/me", ME)
    agon.api.on("GET", "/phases/c-0/participants/ada/history", found)
    shown = agon("leaderboards", "history", "c").out
    assert "0.750" in shown and "Accuracy ↑" in shown


def test_how_the_first_of_a_board_got_there_is_told(agon):
    points = [{"submission": "s1", "submitted_at": NOW, "score": 0.75, "best": 0.75}]
    leader = {"rank": 1, "participant": "bob", "team": None, "mine": False, "points": points, "opens": False}
    agon.api.on("GET", "/competitions/c", competition())
    agon.api.on("GET", "/phases/c-0/leaderboard/history", {"column": COLUMNS[1], "leaders": [leader]})
    shown = agon("leaderboards", "history", "c", "--top", "3").out
    assert "bob" in shown and "0.750" in shown and "Accuracy ↑" in shown
    [asked] = agon.api.asked("GET", "/phases/c-0/leaderboard/history")
    assert asked.query == "top=3"
    assert agon("leaderboards", "history", "c", "bob", "--top", "3").code == 1
