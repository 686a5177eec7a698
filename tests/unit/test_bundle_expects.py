"""What a bundle may say of what submissions hold: only what can be met, and nothing that would be thought to be checked."""

from typing import Any

import pytest

from chalicelib.contract import limits
from chalicelib.domain.bundle.dump import dump
from chalicelib.domain.bundle.expected import Constraints, Expectations, ExpectedField, ExpectedFile
from tests.unit.manifests import bundle, errors, phase, warnings

PATH = "Write a path from the submission's root, such as predictions.csv or masks/*.png."
CSV = {"path": "p.csv", "format": "csv"}


def told(*files: dict[str, Any], **more: Any) -> list[str]:
    expects = {"files": list(files), **more}
    return [f"{key.removeprefix('agon.expects.')}: {message}" for key, message in errors(agon={"expects": expects})]


def test_it_is_read_as_it_is_written_with_numbers_as_text_too() -> None:
    field = {"name": "id", "type": "Integer", "constraints": {"minimum": "-1.5", "enum": "1, 2"}}
    read = bundle(agon={"expects": {"files": [{"path": "./a/p.csv", "format": "CSV", "rows": "72", "fields": [field]}]}})
    its = ExpectedField("id", "integer", Constraints(minimum=-1.5, enum=("1", "2")))
    assert read.expects == Expectations((ExpectedFile("a/p.csv", format="csv", rows=72, fields=(its,)),))


def test_a_phase_has_its_own() -> None:
    own = {"expects": {"files": [{"path": "model.npy", "format": "npy", "shape": "10, -1"}], "max_files": 1}}
    read = bundle(phases=[phase(agon=own)])
    assert read.expects is None
    assert read.phases[0].expects == Expectations((ExpectedFile("model.npy", format="npy", shape=(10, -1)),), max_files=1)
    assert dump(read)["phases"][0]["agon"]["expects"] == {
        "files": [{"path": "model.npy", "format": "npy", "shape": [10, -1]}],
        "max_files": 1,
    }


@pytest.mark.parametrize("nothing", [{}, {"files": []}, {"others": True}, None])
def test_what_expects_nothing_is_as_if_nothing_were_said(nothing: Any) -> None:
    assert bundle(agon={"expects": nothing}).expects is None


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        ({"format": "csv"}, "files[0].path: `path` is missing. Write `path: …` with some text."),
        *(
            (
                {"path": path},
                f"files[0].path: {PATH}",
            )
            for path in ("/etc/passwd", "../p.csv", "a//b", "a\\b", "a/")
        ),
        ({**CSV, "format": "xlsx"}, "files[0].format: `format` is `xlsx`. Write one of csv, tsv, json, jsonl, npy, text."),
        (
            {"path": "p", "rows": 3},
            "files[0].rows: `rows` is checked with `format: csv` or `format: tsv` or `format: json` or `format: jsonl` or "
            "`format: text` alone. Write the format, or take this out.",
        ),
        (
            {**CSV, "dtype": "float32"},
            "files[0].dtype: `dtype` is checked with `format: npy` alone. Write the format, or take this out.",
        ),
        ({**CSV, "count": 2}, "files[0].count: A path without `*` is one file. Take `count` out, or write a pattern."),
        ({**CSV, "rows": 1, "min_rows": 1}, "files[0].rows: Write either `rows`, or `min_rows` and `max_rows`."),
        ({**CSV, "min_rows": 2, "max_rows": 1}, "files[0].max_rows: `max_rows` is below `min_rows`. Write a greater one."),
        (
            {"path": "p", "format": "json", "type": "object", "rows": 1},
            "files[0].type: Rows are counted in a JSON array. Write `type: array`, or take the rows out.",
        ),
        (
            {**CSV, "rows": 3_000_000, "fields": [{"name": "a", "constraints": {"unique": True}}]},
            "files[0].fields: Of 3,000,000 rows values cannot be told apart, 2,000,000 are. Take `unique` out.",
        ),
        (
            {**CSV, "fields": [{"name": "a"}, {"name": "b"}, {"name": "a"}]},
            "files[0].fields[0].name: `a` is there 2 times. Change one.",
        ),
        (
            {**CSV, "header": False},
            "files[0].header: Without a header, name the `fields` in their order, so that they can be told apart.",
        ),
        (
            {**CSV, "fields": [{"name": "a", "constraints": {"maximum": 1}}]},
            "files[0].fields[0].constraints.maximum: Only an integer or a number has bounds. Write its `type`.",
        ),
        (
            {**CSV, "fields": [{"name": "a", "type": "number", "constraints": {"minimum": 2, "maximum": 1}}]},
            "files[0].fields[0].constraints.maximum: No number is that great and that small. Write a greater `maximum`.",
        ),
        (
            {**CSV, "fields": [{"name": "a", "type": "number", "constraints": {"minimum": "nan"}}]},
            "files[0].fields[0].constraints.minimum: `minimum` is `nan`. Write a number such as 0 or -0.5.",
        ),
        (
            {"path": "p", "format": "npy", "shape": [3, "many"]},
            "files[0].shape: Write a list of lengths, with -1 for any, such as [1000, -1].",
        ),
        (
            {"path": "p", "format": "npy", "dtype": "object"},
            "files[0].dtype: `dtype` is `object`. Write one of bool, int8, int16, int32, int64, uint8, uint16, "
            "uint32, uint64, float16, float32, float64, complex64, complex128.",
        ),
    ],
)
def test_what_cannot_be_checked_or_met_is_told_at_its_place(file: dict[str, Any], complaint: str) -> None:
    assert told(file)[0] == complaint


def test_a_path_is_named_once() -> None:
    message = "`a` is there 2 times. Say all of it in one entry."
    assert told({"path": "a"}, {"path": "./a"}) == [f"files[0].path: {message}", f"files[1].path: {message}"]


def test_a_phase_takes_something() -> None:
    message = "Without files that are named, no submission could be handed in. Name one, or take others."
    assert told(others=False) == [f"others: {message}"]


def test_there_is_as_much_as_is_read_with_each_competition() -> None:
    [many] = told(*({"path": f"{at}.csv"} for at in range(limits.MAX_EXPECTED_FILES + 1)))
    assert many == "files: There are 51 files. Name 50 at most: `*` and `**` stand for several."
    [large] = told(*({"path": f"{at}.csv", "description": "x" * 900} for at in range(30)))
    assert large.startswith("files: All that is expected has ")


def test_a_key_that_is_misspelled_is_told() -> None:
    [(_, one)] = warnings(agon={"expects": {"files": [{**CSV, "field": []}]}})
    assert one.startswith("`field` is no key that is read here; it is ignored. Did you mean `fields`?")
