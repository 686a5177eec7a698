"""`agon files`: what is handed out, by file or whole; `agon datasets download`; zips that are unpacked with care."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import CommandLine, competition

#: What a phase hands out besides: nothing that a former site would not tell.
MORE = {"public_data": None, "tasks": {}}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        here = CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})
        api.on("GET", "/competitions/c", competition())
        api.on("GET", "/phases/c-0/handouts", {"starting_kit": f"{api.address}/storage/kit", **MORE})
        assets = [{"name": "pictures/iris.csv", "url": f"{api.address}/storage/iris", "size_bytes": 4}]
        api.on("GET", "/competitions/c/assets", {"assets": assets})
        api.on("GET", "/storage/kit", zipped({"read/me.txt": "Hello."})).on("GET", "/storage/iris", b"a,b\n")
        yield here


def zipped(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target.getvalue()


def test_files_are_listed_and_nothing_is_fetched(agon):
    ran = agon("files", "c")
    assert "starting_kit.zip" in ran.out and "pictures/iris.csv" in ran.out
    assert not agon.api.asked("GET", "/storage/kit")
    told = [{"name": "starting_kit.zip", "size_bytes": None}, {"name": "pictures/iris.csv", "size_bytes": 4}]
    assert agon("files", "c", "--json").json == {"files": told}


def test_links_beside_the_data_are_listed_with_the_files(agon):
    links = [{"name": "Papers", "url": "https://papers.example", "description": "By year."}]
    handed = {"starting_kit": None, **MORE, "links": links}
    agon.api.replies["GET", "/phases/c-0/handouts"] = [(200, handed, {})]
    out = agon("files", "c").out
    assert all(told in out for told in ("pictures/iris.csv", "Papers", "https://papers.example", "By year."))
    assert agon("files", "c", "--format", "csv").out.splitlines()[1:] == ["pictures/iris.csv,4"]
    assert agon("files", "c", "--json").json["links"] == links
    agon.api.replies["GET", "/competitions/c/assets"] = [(200, {"assets": []}, {})]
    ran = agon("files", "c")
    assert "Papers" in ran.out and "Nothing is handed out." not in ran.said


def test_files_of_tasks_are_listed_too_and_each_with_its_size(agon, tmp_path):
    tasks = {"First / task": {"input_data": f"{agon.api.address}/storage/iris"}}
    sizes = {"starting_kit": 2_500_000, "First / task/input_data": 4}
    handed = {"starting_kit": f"{agon.api.address}/storage/kit", "public_data": None, "tasks": tasks, "sizes": sizes}
    agon.api.replies["GET", "/phases/c-0/handouts"] = [(200, handed, {})]
    ran = agon("files", "c", "--format", "csv")
    assert ran.out.splitlines()[1:] == ["starting_kit.zip,2500000", "First-task-input_data.zip,4", "pictures/iris.csv,4"]
    assert "2.5 MB" in agon("files", "c").out
    assert agon("files", "c", "First-task-input_data.zip", "-o", str(tmp_path)).code == 0
    assert (tmp_path / "First-task-input_data.zip").read_bytes() == b"a,b\n"


def test_a_single_file_is_fetched_to_where_it_is_wanted(agon, tmp_path):
    ran = agon("files", "c", "pictures/iris.csv", "--output", str(tmp_path / "own.csv"))
    assert ran.code == 0, ran.err
    assert (tmp_path / "own.csv").read_bytes() == b"a,b\n" and not agon.api.asked("GET", "/storage/kit")


def test_all_files_come_into_a_folder_and_zips_are_unpacked(agon, tmp_path):
    ran = agon("files", "c", "--all", "--output", str(tmp_path / "data"), "--unzip")
    assert ran.code == 0, ran.err
    assert (tmp_path / "data/starting_kit/read/me.txt").read_text() == "Hello."
    assert (tmp_path / "data/pictures/iris.csv").is_file() and not (tmp_path / "data/starting_kit.zip").exists()


def test_an_unknown_file_is_told_with_those_that_are_there(agon):
    ran = agon("files", "c", "kit.zip")
    assert (ran.code, "starting_kit.zip" in ran.said) == (1, True)


@pytest.mark.parametrize("name", ["../out.txt", "/tmp/out.txt", "a/../../out.txt"])
def test_a_zip_that_leads_out_of_its_folder_is_kept_and_not_unpacked(agon, tmp_path, name):
    agon.api.replies["GET", "/storage/kit"] = [(200, zipped({name: "x"}), {})]
    ran = agon("files", "c", "starting_kit.zip", "--output", str(tmp_path / "data"), "--unzip")
    assert (ran.code, "is not unpacked" in ran.said) == (1, True)
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["starting_kit.zip"]


def test_a_name_of_the_sites_leads_nowhere_else(agon, tmp_path):
    assets = [{"name": "../../escaped.csv", "url": f"{agon.api.address}/storage/iris"}]
    agon.api.replies["GET", "/competitions/c/assets"] = [(200, {"assets": assets}, {})]
    assert agon("files", "c", "--all", "--output", str(tmp_path / "in/data")).code == 0
    assert (tmp_path / "in/data/escaped.csv").exists() and not (tmp_path / "escaped.csv").exists()


def test_a_dataset_is_fetched(agon, tmp_path):
    agon.api.on("GET", "/datasets/d/file", {"url": f"{agon.api.address}/storage/iris"})
    agon.api.on("GET", "/datasets/d", {"dataset": {"id": "d", "name": "flowers.bin"}, "used_by": []})
    for output, path in ((tmp_path / "d.zip", "d.zip"), (tmp_path, "flowers.zip")):
        assert agon("datasets", "download", "d", "--output", str(output)).code == 0
        assert (tmp_path / path).read_bytes() == b"a,b\n"
