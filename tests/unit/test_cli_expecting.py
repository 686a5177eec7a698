"""What a phase expects is told, and looked for in a file before anything is sent."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import CommandLine, competition, phase, submission, takes_uploads

EXPECTS = {
    "files": [
        {
            "path": "predictions.csv",
            "description": "One row for each of test.csv.",
            "format": "csv",
            "rows": 2,
            "max_bytes": 1000,
            "fields": [
                {"name": "id", "type": "integer", "constraints": {"unique": True, "minimum": 0, "maximum": 1}},
                {"name": "label", "constraints": {"enum": ["cat", "dog"], "required": True}},
            ],
        },
        {"path": "*.npy", "required": False, "count": 3, "format": "npy", "dtype": "uint8", "shape": [2, -1]},
        {"path": "a.json", "required": False, "format": "json", "type": "array", "min_rows": 1},
        {"path": "readme.txt", "required": False},
    ],
    "others": False,
    "max_files": 9,
}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        takes_uploads(api)
        api.on("GET", "/competitions/c", expecting(EXPECTS))
        api.on("POST", "/phases/c-0/submissions", submission("Submitted"), 201)
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def expecting(expects: Any) -> dict[str, Any]:
    return competition({**phase(), "expects": expects})


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "predictions.csv"
    path.write_text(text)
    return str(path)


def test_a_file_that_is_not_as_expected_is_not_sent(agon: CommandLine, tmp_path: Path) -> None:
    ran = agon("submit", "c", written(tmp_path, "id,label\n0,cat\n0,bird\n"))
    assert ran.code == 1
    assert "predictions.csv, line 3, id: “0” was there before, and may be there once." in ran.said
    assert "predictions.csv, line 3, label: “bird” is none of: cat, dog." in ran.said
    assert not agon.api.asked("POST", "/uploads")


def test_one_that_is_as_expected_is_and_the_competition_is_read_once_more_only(agon: CommandLine, tmp_path: Path) -> None:
    ran = agon("submit", "c", written(tmp_path, "id,label\n0,cat\n1,dog\n"))
    assert ran.code == 0, ran.err
    assert len(agon.api.asked("GET", "/competitions/c")) == 2


def test_a_file_is_checked_without_being_sent(agon: CommandLine, tmp_path: Path) -> None:
    bad, good = "id,label\n0,cat\n", "id,label\n0,cat\n1,dog\n"
    ran = agon("submissions", "check", "c", written(tmp_path, bad), "--json")
    assert ran.code == 1
    assert ran.json == {
        "phase": "c-0",
        "complaints": [
            {
                "path": "predictions.csv",
                "code": "rows",
                "line": None,
                "entry": None,
                "column": "",
                "params": {"found": 1, "expected": 2},
                "more": 0,
                "message": "predictions.csv: The number of rows is 1, and should be 2.",
            }
        ],
    }
    ran = agon("submissions", "check", "c", written(tmp_path, good))
    assert (ran.code, ran.out.strip()) == (0, "This is what the phase expects.")
    assert not agon.api.asked("POST", "/uploads")


def test_a_phase_that_expects_nothing_takes_anything(agon: CommandLine, tmp_path: Path) -> None:
    agon.api.on("GET", "/competitions/d", competition({**phase(), "id": "d-0", "expects": None}))
    ran = agon("submissions", "check", "d", written(tmp_path, "x"))
    assert (ran.code, ran.out.strip()) == (0, "The phase says nothing of what submissions hold.")


def test_a_zip_that_no_runner_unpacks_is_told(agon: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../predictions.csv", "x")
    ran = agon("submit", "c", str(path))
    assert ran.code == 1 and "points outside of the archive" in ran.said
    assert not agon.api.asked("POST", "/uploads")


def test_a_phase_is_shown_with_what_it_expects(agon: CommandLine) -> None:
    ran = agon("phases", "show", "c")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[2:] == [
        "Submissions: 5 a day.",
        "A submission must hold:",
        "  predictions.csv: a CSV table, at most 1.0 kB, 2 rows, with id (whole number, from 0, up to 1, each once); label "
        "(one of cat, dog, never missing).",
        "    One row for each of test.csv.",
        "  *.npy: an array of numpy.save, may be left out, 3 files, of uint8, shape 2 × *.",
        "  a.json: JSON, may be left out, at least 1 row, an array.",
        "  readme.txt: any file, may be left out.",
        "  No other files.",
        "  At most 9 files.",
    ]
    assert agon("phases", "show", "c", "--json").json["expects"] == EXPECTS


def test_a_phase_that_nobody_sees_is_told(agon: CommandLine) -> None:
    ran = agon("phases", "show", "c-7")
    assert ran.code == 1 and "has no phase 7, or none that you may see." in ran.said
