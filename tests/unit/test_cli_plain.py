"""A phase that takes plain files gets one as it is, and another is refused before anything is sent."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.unit import fake_api
from tests.unit.command_line import CommandLine, competition, phase, submission, takes_uploads

CSV = "id,label\n1,a\n"


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        takes_uploads(api)
        api.on("GET", "/competitions/c", taking("csv", "zip"))
        api.on("POST", "/phases/c-0/submissions", submission("Submitted"), 201)
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def taking(*extensions: str, **more: Any) -> dict[str, Any]:
    return competition({**phase(), "submission_extensions": list(extensions), **more})


def written(tmp_path: Path, name: str = "My Predictions.CSV", content: str = CSV) -> str:
    path = tmp_path / name
    path.write_text(content)
    return str(path)


def begun(agon: CommandLine) -> dict[str, Any]:
    return dict(agon.api.asked("POST", "/uploads")[0].body)


def test_it_is_sent_under_its_name_and_not_zipped(agon: CommandLine, tmp_path: Path) -> None:
    ran = agon("submit", "c", written(tmp_path))
    assert ran.code == 0, ran.err
    sent = begun(agon)
    assert (sent["filename"], sent["size_bytes"], sent["plain"]) == ("My Predictions.CSV", len(CSV), True)
    assert sent["sha256"] == builders.sha256(CSV.encode())


def test_another_extension_is_refused_before_anything_is_sent(agon: CommandLine, tmp_path: Path) -> None:
    ran = agon("submit", "c", written(tmp_path, "answers.json", "{}"))
    assert ran.code == 1
    assert "This phase takes one file, .csv or .zip, as it is. Yours is called answers.json." in ran.said
    assert not agon.api.asked("POST", "/uploads")


def test_a_folder_is_zipped_only_where_a_zip_is_taken(agon: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "a.txt").write_text("1")
    assert agon("submit", "c", str(folder)).code == 0
    assert (begun(agon)["filename"], begun(agon)["plain"]) == ("results.zip", True)
    agon.api.on("GET", "/competitions/c", taking("csv"))
    ran = agon("submit", "c", str(folder))
    assert ran.code == 1 and "This phase takes one file, .csv, as it is." in ran.said
    assert len(agon.api.asked("POST", "/uploads")) == 1


def test_a_file_that_is_not_there_is_told(agon: CommandLine, tmp_path: Path) -> None:
    ran = agon("submit", "c", str(tmp_path / "none.csv"))
    assert ran.code == 1 and "There is no file" in ran.said


def test_a_phase_that_takes_zips_gets_one_as_ever(agon: CommandLine, tmp_path: Path) -> None:
    agon.api.on("GET", "/competitions/c", competition(phase()))
    assert agon("submit", "c", written(tmp_path)).code == 0
    assert begun(agon)["filename"] == "My Predictions.zip" and "plain" not in begun(agon)


def test_what_is_expected_is_looked_for_under_the_name_that_it_has_there(agon: CommandLine, tmp_path: Path) -> None:
    expects = {"files": [{"path": "submission.csv", "format": "csv", "rows": 2}], "others": False}
    agon.api.on("GET", "/competitions/c", taking("csv", expects=expects))
    ran = agon("submissions", "check", "c", written(tmp_path))
    assert ran.code == 1 and "submission.csv" in ran.said
    assert agon("submissions", "check", "c", written(tmp_path, "b.csv", CSV + "2,b\n")).code == 0
    assert agon("submit", "c", written(tmp_path)).code == 1
    assert not agon.api.asked("POST", "/uploads")


def test_a_competition_tells_what_its_phases_take(agon: CommandLine) -> None:
    assert "one file, .csv or .zip, as it is" in agon("competitions", "show", "c").out


def test_what_was_handed_in_is_fetched_under_its_extension(agon: CommandLine, tmp_path: Path) -> None:
    agon.api.on("GET", "/storage", None)
    for id_, extension, name in (
        ("s", "csv", "submission.csv"),
        ("t", "../x", "submission.zip"),
        ("u", "", "submission.zip"),
    ):
        files = {"submission": f"{agon.api.address}/storage", "results": {}}
        agon.api.on("GET", f"/submissions/{id_}/files", {**files, **({"extension": extension} if extension else {})})
        folder = tmp_path / id_
        told = agon("submissions", "download", id_, "--output", str(folder), "--json")
        assert told.code == 0, told.err
        assert json.loads(told.out) == {"files": {"submission": str(folder / name)}}
        assert [path.name for path in folder.iterdir()] == [name]


def test_shared_code_is_fetched_under_its_extension(agon: CommandLine, tmp_path: Path) -> None:
    agon.api.on("POST", "/shared/s/download", {"url": f"{agon.api.address}/storage"}).on("GET", "/storage", None)
    agon.api.on("GET", "/shared/s", {"extension": "csv"})
    assert agon("shared", "download", "s", str(tmp_path / "new")).code == 0
    assert (tmp_path / "new" / "s.csv").exists()
