"""POST /phases/{phase}/leaderboard/exports."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import httpx
import pytest

from chalicelib.actions.leaderboards import exports, rebuilding, snapshots
from chalicelib.domain import tables
from chalicelib.domain.bundle.leaderboard import Column
from tests.api.conftest import Person, Site, sender
from tests.api.phases import ACCURACY, NOW, SECONDS, board, competition, phase, score

TWO = {"accuracy": 0.5, "0/accuracy": 0.75, "1/accuracy": 0.25}


def export(person: Person, phase_id: str, **body: Any) -> httpx.Response:
    answer = person.call("POST", f"/phases/{phase_id}/leaderboard/exports", body)
    assert answer.status == 200, answer
    return sender().get(answer.body["url"])


def rows(response: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.text)))


def test_a_csv_has_a_column_for_each_task_and_all_rows(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY), phases=[phase(tasks=(0, 1))])
    made = score(ada, phase_id, TWO)
    rebuilding.rebuild(phase_id, NOW)
    header, row = rows(export(organizer, phase_id))
    fixed = ["Rank", "Username", "Submission", "Name", "Submitted at", "Marks"]
    assert header == [*fixed, "Accuracy", "Task 0(0)-Accuracy", "Task 1(1)-Accuracy", "Organization", "Disqualified"]
    assert (row[:3], row[6:]) == (["1", "ada", made], ["0.5", "0.75", "0.25", "", ""])


def test_no_cell_is_taken_for_a_formula(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY, rule="Force_Latest_Multiple"))
    score(ada, phase_id, {"accuracy": -0.5}, name="=1+1")
    out = score(ada, phase_id, {"accuracy": 0.5}, 1, name="@x")
    organizer.call("PATCH", f"/submissions/{out}/marks", {"disqualified": True, "reason": "-2+3"})
    rebuilding.rebuild(phase_id, NOW)
    _, kept, last = rows(export(organizer, phase_id))
    assert (kept[3], kept[6]) == ("'=1+1", "-0.5")
    assert (last[0], last[3], last[-1]) == ("", "'@x", "'-2+3")


def test_a_team_is_told_from_a_participant_of_its_name_also_out_of_the_ranking(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY, rule="Force_Latest_Multiple"))
    score(ada, phase_id, {"accuracy": 0.5})
    team = {"team": "01t", "team_name": "ada"}
    score(ada, phase_id, {"accuracy": 0.7}, 1, **team)
    out = score(ada, phase_id, {"accuracy": 0.9}, 2, **team)
    organizer.call("PATCH", f"/submissions/{out}/marks", {"disqualified": True, "reason": "No."})
    rebuilding.rebuild(phase_id, NOW)
    told = [(row[0], row[1], row[5], row[-1]) for row in rows(export(organizer, phase_id))[1:]]
    assert told == [("1", "ada", "team", ""), ("2", "ada", "", ""), ("", "ada", "team", "No.")]


def test_a_csv_has_all_digits_or_scores_as_boards_show_them(organizer: Person, ada: Person) -> None:
    columns = Column("accuracy", "Accuracy", 0, precision=2), Column("points", "Points", 1, precision=0), SECONDS
    phase_id = competition(organizer, board(*columns))
    score(ada, phase_id, {"accuracy": 0.625, "points": -0.5, "seconds": -0.001})
    rebuilding.rebuild(phase_id, NOW)
    found = [rows(export(organizer, phase_id, **asked))[1][6:9] for asked in ({}, {"rounded": True})]
    assert found == [["0.625", "-0.5", "-0.001"], ["0.63", "-1", "0.00"]]


def test_json_has_the_columns_and_every_row_in_full(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer)
    made = score(ada, phase_id, {"accuracy": 1 / 3, "seconds": 2})
    rebuilding.rebuild(phase_id, NOW)
    told = json.loads(export(organizer, phase_id, format="json").text)
    assert [column["key"] for column in told["columns"]] == ["accuracy", "seconds"]
    assert [(row["submission"], row["scores"]) for row in told["rows"]] == [(made, {"accuracy": 1 / 3, "seconds": 2.0})]


@pytest.mark.parametrize("sign", ["\uff1d", "\uff0b", "\uff0d", "\uff20", " =", "\u3000\uff1d"])
def test_wide_signs_and_blanks_make_no_formula_either(sign: str) -> None:
    assert tables.harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert tables.harmless("a=b") == "a=b" and tables.harmless(-1.5) == -1.5


def test_boards_of_one_title_have_files_of_their_own_in_a_zip(organizer: Person, ada: Person) -> None:
    boards = [board(key=key, hidden=False) for key in ("main", "second")]
    phase_id = competition(
        organizer, *(replace(one, title=title) for one, title in zip(boards, ("Same", "same"), strict=True))
    )
    score(ada, phase_id, {"accuracy": 0.9})
    rebuilding.rebuild(phase_id, NOW)
    archive = zipfile.ZipFile(io.BytesIO(export(organizer, phase_id, format="zip").content))
    assert archive.namelist() == ["Same - Phase 0(0).csv", "same - Phase 0(0) 2.csv"]


def test_a_zip_has_a_csv_for_each_phase_and_board(organizer: Person, ada: Person) -> None:
    boards = [board(ACCURACY), board(SECONDS, key="speed", primary_index=1)]
    phase_id = competition(organizer, *boards, phases=[phase(), phase(1)])
    score(ada, phase_id, {"accuracy": 0.5})
    rebuilding.rebuild(phase_id, NOW)
    archive = zipfile.ZipFile(io.BytesIO(export(organizer, phase_id, format="zip").content))
    names = [f"{title} - Phase {number}({number}).csv" for number in (0, 1) for title in ("Main", "Speed")]
    assert archive.namelist() == names
    assert [len(archive.read(name).splitlines()) for name in names] == [2, 2, 1, 1]


def test_a_long_board_is_exported_page_by_page(organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "ROWS_PER_PAGE", 2)
    phase_id = competition(organizer, board(rule="Force_Latest_Multiple"))
    for minute in range(5):
        score(ada, phase_id, {"accuracy": minute}, minute)
    rebuilding.rebuild(phase_id, NOW)
    assert [row[0] for row in rows(export(organizer, phase_id))[1:]] == ["1", "2", "3", "4", "5"]
    monkeypatch.setattr(exports, "MAX_ROWS", 4)
    assert organizer.call("POST", f"/phases/{phase_id}/leaderboard/exports", {"format": "zip"}).status == 413


def test_exports_are_the_organizers(site: Site, organizer: Person, ada: Person) -> None:
    path = f"/phases/{competition(organizer)}/leaderboard/exports"
    assert (ada.call("POST", path, {}).status, site.call("POST", path, {}).status) == (403, 401)
    assert organizer.call("POST", path, {"format": "xls"}).status == 422
    assert organizer.call("POST", path, {"board": "nope"}).status == 404
