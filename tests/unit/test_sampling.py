"""What submissions must hold, made of a sample: the sample meets it, and a bundle can say it."""

import json
import struct
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from agon import archive, sampling, templates
from agon.errors import BadFile
from chalicelib.contract.expected import expectations, zips
from chalicelib.domain.bundle.dump import dump_expectations
from chalicelib.domain.bundle.expected import Expectations
from tests import builders
from tests.unit import fake_api
from tests.unit.command_line import CommandLine
from tests.unit.manifests import bundle

EXAMPLES = Path(__file__).parents[2] / "examples"


def made_of(tmp_path: Path, files: dict[str, str | bytes]) -> Expectations:
    path = tmp_path / "sample.zip"
    path.write_bytes(builders.archive(files))
    return sampling.expectations_of(path)


def files_of(found: Expectations) -> list[dict[str, Any]]:
    return dump_expectations(found)["expects"]["files"]


@pytest.mark.parametrize("template", sorted(set(templates.listed()) - {"iris"}))
def test_a_sample_is_as_what_is_made_of_it_expects(template: str) -> None:
    with archive.packed(EXAMPLES / template / "sample_submission") as zipped:
        found = sampling.expectations_of(zipped)
        wanted = expectations.of_stored(asdict(found))
        assert wanted is not None
        assert zips.judge(wanted, zipped) == []
    assert bundle(agon=dump_expectations(found)).expects == found


def test_the_template_that_expects_something_expects_its_sample() -> None:
    said = yaml.safe_load((EXAMPLES / "results_only/bundle/competition.yaml").read_text())["phases"][0]["agon"]["expects"]
    with archive.packed(EXAMPLES / "results_only/sample_submission") as zipped:
        wanted = expectations.of_stored(said)
        assert wanted is not None
        assert zips.judge(wanted, zipped) == []


def test_ids_that_follow_each_other_are_said_by_their_bounds_and_others_by_being_there_once(tmp_path: Path) -> None:
    found = made_of(tmp_path, {"a.csv": "id,p,note\n7,0.5,x\n5,1,\n6,2e-3,\n", "b.tsv": "name\tk\nx\t1\ny\t1\n"})
    assert files_of(found) == [
        {
            "path": "a.csv",
            "format": "csv",
            "rows": 3,
            "fields": [
                {
                    "name": "id",
                    "type": "integer",
                    "constraints": {"required": True, "unique": True, "minimum": 5, "maximum": 7},
                },
                {"name": "p", "type": "number", "constraints": {"required": True}},
                {"name": "note"},
            ],
        },
        {
            "path": "b.tsv",
            "format": "tsv",
            "rows": 2,
            "fields": [
                {"name": "name", "constraints": {"required": True, "unique": True}},
                {"name": "k", "type": "integer", "constraints": {"required": True}},
            ],
        },
    ]


def test_json_arrays_text_and_other_files_are_told_by_what_they_are(tmp_path: Path) -> None:
    header = b"{'descr': '<i8', 'fortran_order': False, 'shape': (2, 3), }"
    array = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(48)
    lines = "\n".join(json.dumps(one) for one in ({"id": 1, "x": 2}, {"id": 2}))
    found = made_of(
        tmp_path,
        {"a.npy": array, "b.json": '[{"a": 1}]', "c.json": '{"k": []}', "d.jsonl": lines, "e.txt": "1\n2", "f.bin": "?"},
    )
    assert files_of(found) == [
        {"path": "a.npy", "format": "npy", "dtype": "int64", "shape": [2, 3]},
        {"path": "b.json", "format": "json", "rows": 1, "fields": [{"name": "a"}], "type": "array"},
        {"path": "c.json", "format": "json", "fields": [{"name": "k"}], "type": "object"},
        {"path": "d.jsonl", "format": "jsonl", "rows": 2, "fields": [{"name": "id"}]},
        {"path": "e.txt", "format": "text", "rows": 2},
        {"path": "f.bin"},
    ]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"p.csv": "a,b\n1\n"}, "p.csv, line 2 is not what its name says. Mend it, or call it otherwise."),
        ({"p.json": "{"}, "p.json, line 1 is not what its name says. Mend it, or call it otherwise."),
        ({"p.npy": "{"}, "p.npy is not what its name says. Mend it, or call it otherwise."),
        ({"p.json": b"\xff"}, "p.json is no text in UTF-8."),
        (
            {f"{at}.png": "" for at in range(51)},
            "The sample has 51 files. Leave some out, and say the rest by a pattern such as *.png.",
        ),
        ({"../p.csv": ""}, "The entry `../p.csv` points outside of the archive. Use paths from the archive's root."),
    ],
)
def test_a_sample_that_is_none_is_told(tmp_path: Path, files: dict[str, str | bytes], told: str) -> None:
    with pytest.raises(BadFile) as caught:
        made_of(tmp_path, files)
    assert str(caught.value) == told


def test_it_is_written_as_it_stands_in_a_bundle(tmp_path: Path) -> None:
    (tmp_path / "predictions.csv").write_text("id,label\n1,cat\n")
    with fake_api.running() as api:
        agon = CommandLine(tmp_path, api)
        ran = agon("bundle", "expects", str(tmp_path / "predictions.csv"))
        assert ran.code == 0, ran.err
        read = bundle(agon=yaml.safe_load(ran.out)).expects
        assert read is not None and [field.name for field in read.files[0].fields] == ["id", "label"]
        assert (
            agon("bundle", "expects", str(tmp_path / "predictions.csv"), "--json").json["expects"]["files"][0]["rows"] == 1
        )
