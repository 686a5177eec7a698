"""What a phase expects of submissions is judged without running anything, in one pass and in little memory."""

import base64
import contextlib
import io
import json
import re
import tracemalloc
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.contract import archives, limits
from chalicelib.contract.expected import complaints, expectations, judging, patterns, zips
from chalicelib.contract.expected.complaints import sentence
from chalicelib.domain.bundle import expected as said
from runner.errors import Faulty, Halted
from runner.expecting import check_expected
from runner.halt import CANCELLED, Halt
from tests import builders

#: Read by the console's tests, too.
VECTORS = json.loads((Path(__file__).parents[1] / "vectors/expected.json").read_text("utf-8"))
TABLE = {"path": "p.csv", "format": "csv", "fields": [{"name": "id", "constraints": {"unique": True}}]}


def content(written: Any) -> bytes:
    if isinstance(written, str):
        return written.encode()
    if "base64" in written:
        return base64.b64decode(written["base64"])
    return str(written["text"] + written["then"] * written["times"]).encode()


def told(expects: dict[str, Any], files: dict[str, bytes]) -> list[str]:
    wanted = expectations.of_stored(expects)
    assert wanted is not None
    sizes = {path: len(content) for path, content in files.items()}
    found = judging.judge(wanted, sizes, lambda path: contextlib.closing(io.BytesIO(files[path])))
    return [sentence(one) for one in found]


def told_of_zip(expects: dict[str, Any], path: Path) -> list[str]:
    wanted = expectations.of_stored(expects)
    assert wanted is not None
    return [sentence(one) for one in zips.judge(wanted, path)]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["why"] for vector in VECTORS])
def test_both_judges_say_the_same(vector: dict[str, Any]) -> None:
    files = {path: content(written) for path, written in vector["files"].items()}
    assert told(vector["expects"], files) == vector["complaints"]


def test_each_complaint_is_among_what_both_judges_are_held_to() -> None:
    everything = "\n".join(line for vector in VECTORS for line in vector["complaints"])
    # Of a zip alone, and of more than is worth to be written down.
    elsewhere = {"damaged", "many_values", "too_much"}
    for code, text in complaints.SENTENCES.items():
        shape = ".+".join(map(re.escape, re.split(r"\{\w+\}", text)))
        assert code in elsewhere or re.search(f": {shape}", everything), code


def test_the_judge_knows_all_that_a_bundle_may_say_and_by_the_same_names() -> None:
    for kind in (said.Constraints, said.ExpectedField, said.ExpectedFile, said.Expectations):
        other = getattr(expectations, kind.__name__)
        assert {one.name: one.default for one in fields(kind) if one.name != "constraints"} == {
            one.name: one.default for one in fields(other) if one.name != "constraints"
        }


def test_what_another_build_has_added_is_passed_over_and_null_is_nothing() -> None:
    stored = {"files": [{"path": "a", "rows": None, "new": 1, "fields": None}], "others": None, "newer": []}
    assert expectations.of_stored(stored) == expectations.Expectations(files=(expectations.ExpectedFile("a"),))
    assert expectations.of_stored({"files": [], "others": True, "max_files": None}) is None


def test_a_zip_is_judged_as_it_will_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    files = {"__MACOSX/._p.csv": "x", ".DS_Store": "x", "p.csv": "id\n1\n1\n"}
    path.write_bytes(builders.archive(files))
    assert told_of_zip({"files": [TABLE], "others": False}, path) == [
        "p.csv, line 3, id: “1” was there before, and may be there once."
    ]
    path.write_bytes(builders.archive({"mine/metadata": "command: x", "mine/p.csv": "id\n"}))
    assert told_of_zip({"files": [TABLE, {"path": "metadata"}], "others": False}, path) == []


def test_a_file_of_a_zip_that_is_damaged_is_told_and_the_others_are_judged(tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    whole = builders.archive({"p.csv": "id\n" + "\n".join(map(str, range(1000))), "q.csv": "id\n1\n1\n"})
    path.write_bytes(whole.replace(whole[60:70], b"x" * 10, 1))
    expects = {"files": [{**TABLE, "path": "*.csv"}]}
    damaged, other = told_of_zip(expects, path)
    assert damaged == "p.csv: It cannot be read. Zip it again."
    assert other == "q.csv, line 3, id: “1” was there before, and may be there once."


def test_a_zip_that_no_runner_unpacks_is_refused_before_anything_of_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("p.csv", "w", force_zip64=True) as bomb:
        for _ in range(300):
            bomb.write(b"0" * limits.MIB)
    with pytest.raises(archives.Refused, match=r"would unpack to 314,572,800 bytes"):
        told_of_zip({"files": [TABLE]}, path)


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "text"])
def test_a_file_that_would_take_too_long_is_not_opened(form: str) -> None:
    most = limits.MAX_CHECKED_JSON_BYTES if form == "json" else limits.MAX_CHECKED_BYTES
    wanted = expectations.of_stored({"files": [{"path": "p", "format": form, "max_bytes": 2 * limits.TIB}]})
    assert wanted is not None

    def never(path: str) -> Any:
        raise AssertionError(path)

    [one] = judging.judge(wanted, {"p": most + 1}, never)
    assert (one.code, one.params) == ("too_large", {"found": most + 1, "most": most})


def test_more_values_than_can_be_told_apart_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNIQUE_VALUES", 3)
    assert told({"files": [TABLE]}, {"p.csv": b"id\n1\n2\n3\n4\n5\n3\n"}) == [
        "p.csv, line 5, id: There are more than 3 values, too many to tell apart. 1 more like it.",
        "p.csv, line 7, id: “3” was there before, and may be there once.",
    ]


def test_all_columns_of_a_file_share_the_room_for_values_and_long_ones_take_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNIQUE_VALUES", 3)
    columns = [{"name": name, "constraints": {"unique": True}} for name in "ab"]
    long = "x" * 1000
    table = f"a,b\n{long}1,1\n{long}2,1\n{long}2,3\n".encode()
    assert told({"files": [{**TABLE, "fields": columns}]}, {"p.csv": table}) == [
        "p.csv, line 3, b: “1” was there before, and may be there once.",
        f"p.csv, line 4, a: “{'x' * 40}…” was there before, and may be there once.",
        "p.csv, line 4, b: There are more than 3 values, too many to tell apart.",
    ]


def test_files_that_have_too_much_together_are_told_once_and_nothing_more_is_read() -> None:
    wanted = expectations.of_stored({"files": [{"path": "*", "format": "text"}], "others": False})
    assert wanted is not None
    read = []

    def opened(path: str) -> Any:
        read.append(path)
        return contextlib.closing(io.BytesIO(b"x"))

    sizes = {"a": limits.MAX_CHECKED_BYTES - 1, "b": 2, "c": 1}
    assert [sentence(one) for one in judging.judge(wanted, sizes, opened)] == [
        "The submission: The files that are read to be checked may have 1,073,741,824 bytes together, and have more."
    ]
    assert read == ["a"]


def test_a_table_with_more_columns_or_faults_than_anybody_reads_takes_little_memory() -> None:
    wide = ",".join(f"c{at}" for at in range(100_000)).encode() + b"\n"
    long = b"id\n" + b"x,y\n" * 200_000
    expects = {"files": [{"path": "*.csv", "format": "csv", "fields": [{"name": "id"}], "fields_match": "equal"}]}
    tracemalloc.start()
    found = told(expects, {"wide.csv": wide, "long.csv": long})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == limits.MAX_COMPLAINTS and found[0].endswith("199,999 more like it.")
    assert most < 40 * limits.MIB


@pytest.mark.parametrize("text", ["a" * 4 * limits.MIB, r"\n" * 2 * limits.MIB], ids=["plain", "escaped"])
@pytest.mark.parametrize(("end", "complaints"), [("]", []), ("", ["a.json, line 1: This is no JSON."])])
def test_a_long_text_in_json_takes_little_memory_whether_or_not_it_is_in_order(
    text: str, end: str, complaints: list[str]
) -> None:
    written = f'["{text}"{",[]" * limits.MAX_CHECKED_DEPTH}{end}'.encode()
    tracemalloc.start()
    found = told({"files": [{"path": "a.json", "format": "json"}]}, {"a.json": written})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == complaints
    assert most < 40 * limits.MIB


@given(st.text("ab*?", max_size=6), st.text("ab", max_size=7))
def test_a_pattern_matches_what_its_translation_does(pattern: str, name: str) -> None:
    translated = pattern.replace("?", ".").replace("*", ".*")
    assert patterns.matches(pattern, name) is (re.fullmatch(translated, name) is not None)


def test_what_is_looked_into_is_left_when_its_job_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("id\n1\n1\n")
    wanted, halt = expectations.of_stored({"files": [TABLE]}), Halt()
    assert wanted is not None
    with pytest.raises(Faulty, match="line 3, id"):
        check_expected(wanted, tmp_path, halt)
    halt.request(CANCELLED)
    with pytest.raises(Halted):
        check_expected(wanted, tmp_path, halt)
