"""What an export has, and the ids of people in it."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agon.errors import BadFile
from agon.instance.folder import SEGMENTS, Folder
from agon.instance.identities import Identities, tells_of_people

ADA, GRACE, NEW = (f"{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}" for digit in "abc")


def test_an_id_is_another_one_wherever_it_stands() -> None:
    item = {
        "pk": {"S": f"PARTICIPANT#{ADA}#PHASE#c-0"},
        "members": {"SS": [GRACE, ADA]},
        "facts": {"M": {ADA: {"L": [{"S": ADA}, {"N": "1"}, {"BOOL": True}, {"NULL": True}]}}},
        "document": {"S": json.dumps({"by": ADA, "to": GRACE})},
    }
    assert Identities({ADA: NEW}).item(item) == json.loads(json.dumps(item).replace(ADA, NEW))


@given(st.dictionaries(st.uuids(version=4).map(str), st.uuids(version=4).map(str), max_size=5), st.text())
def test_what_has_no_id_in_it_stays_as_it_is(ids: dict[str, str], text: str) -> None:
    assert Identities(ids).text(text) == text or any(old in text for old in ids)


def test_ids_that_are_exchanged_are_not_taken_for_one_another() -> None:
    assert Identities({ADA: GRACE, GRACE: ADA}).text(f"{ADA} {GRACE}") == f"{GRACE} {ADA}"


def test_pages_of_boards_and_the_catalogue_have_ids_and_files_of_people_are_left_as_they_are() -> None:
    assert tells_of_people("boards/c-0/7/0/1.json.gz") and tells_of_people("catalogue/competitions.json.gz")
    assert not tells_of_people("runs/s/1/output.zip") and not tells_of_people("runs/s/1/boards/x.json.gz")
    changed = Identities({ADA: NEW}).content(gzip.compress(json.dumps([ADA, GRACE]).encode()))
    assert json.loads(gzip.decompress(changed)) == [NEW, GRACE]


def test_a_page_of_objects_that_was_not_noted_before_the_power_went_is_fetched_again_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "export")
    folder.begin("agon", "id")
    folder.keep_objects("files", [{"key": "a", "size": 1}], "a", is_last=False)
    (tmp_path / "export/objects/files-00001.jsonl").write_text('{"key": "b", "si')
    again = Folder(tmp_path / "export")
    assert again.state["buckets"]["files"]["after"] == "a"
    again.keep_objects("files", [{"key": "b", "size": 2}], "b", is_last=True)
    assert [one["key"] for one in again.objects("files")] == ["a", "b"]
    told = again.state["buckets"]["files"]
    assert (told["objects"], told["bytes"], told["done"]) == (2, 3, True)


def test_a_segment_goes_on_behind_its_last_page(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "export")
    folder.begin("agon", "id")
    folder.keep_page(1, [{"pk": {"S": "a"}}], {"pk": {"S": "a"}})
    again = Folder(tmp_path / "export")
    again.begin("agon", "id")
    assert again.state["segments"][1] == {"after": {"pk": {"S": "a"}}, "done": False}
    again.keep_page(1, [{"pk": {"S": "b"}}], None)
    assert [one["done"] for one in again.state["segments"]].count(True) == 1 < SEGMENTS
    assert [items for _, items in again.pages()] == [[{"pk": {"S": "a"}}], [{"pk": {"S": "b"}}]]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("…")
    with pytest.raises(BadFile, match="other files"):
        Folder(tmp_path).begin("agon", "id")
    folder = Folder(tmp_path / "export")
    folder.begin("agon", "id")
    with pytest.raises(BadFile, match="another folder"):
        Folder(tmp_path / "export").begin("agon", "another")


def lists(folder: Folder) -> list[object]:
    """All that is read of an export beside its pages and objects."""
    return [folder.people(), folder.secrets(), folder.objects("files")]


@pytest.mark.parametrize("name", ["people.jsonl", "secrets.json", "objects/files-00000.jsonl"])
def test_a_list_that_is_not_as_it_was_exported_is_not_imported(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path / "export")
    folder.begin("agon", "id")
    folder.keep_people([{"username": "ada"}])
    folder.keep_secrets({"mail/key": "s"})
    folder.keep_objects("files", [{"key": "a", "size": 1}], None, is_last=True)
    assert lists(Folder(folder.path)) == [[{"username": "ada"}], {"mail/key": "s"}, [{"key": "a", "size": 1}]]
    changed = folder.path / name
    changed.write_bytes(changed.read_bytes() + b"\n")
    with pytest.raises(BadFile, match=f"{name} is not as it was exported"):
        lists(Folder(folder.path))
    changed.unlink()
    with pytest.raises(BadFile, match=f"{name} cannot be read"):
        lists(Folder(folder.path))


def test_an_export_of_the_former_format_is_read_without_sums_of_its_lists(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "export")
    folder.begin("agon", "id")
    folder.keep_people([{"username": "ada"}])
    del folder.state["lists"]["people.jsonl"]
    folder.save()
    with pytest.raises(BadFile, match="not as it was exported"):
        Folder(folder.path).people()
    folder.state["format"] = 1
    folder.save()
    assert Folder(folder.path).people() == [{"username": "ada"}]
