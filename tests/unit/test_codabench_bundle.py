"""A Codabench dump, completed: what a stranger's zip may be, and what is put right in it."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from agon.errors import BadFile
from agon.migration import bundle, shapes
from tests import builders
from tests.codabench_site import FakeCodabench

THERE = FakeCodabench(tasks=2)
#: When the second phase has not begun.
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def completed(tmp_path: Path, dump: bytes, **changes: Any) -> tuple[dict[str, Any], list[str], Path]:
    (tmp_path / "dump.zip").write_bytes(dump)
    competition, target = shapes.competition_of({**THERE._competition(), **changes}), tmp_path / "competition.zip"
    kit = tmp_path / "kit.zip"
    kit.write_bytes(builders.archive({"kit.txt": "Begin."}))
    handouts = {bundle.handout_name(competition.phases[0], "starting_kit"): kit}
    told = bundle.complete(tmp_path / "dump.zip", target, competition, {52}, handouts, NOW)
    with zipfile.ZipFile(target) as opened:
        return yaml.safe_load(opened.read("competition.yaml")), told, target


def test_a_dump_has_again_what_it_leaves_out(tmp_path: Path) -> None:
    boards = [{"key": "main", "primary_index": 1}]
    manifest, told, target = completed(tmp_path, THERE.dump(), leaderboards=boards)
    first, second = manifest["phases"]
    assert (first["start"], first["end"]) == ("2026-01-01T08:15:00+00:00", "2026-05-01T12:00:00+00:00")
    assert (first["starting_kit"], second.get("starting_kit")) == ("starting_kit-of-phase-31.zip", None)
    assert [(task["index"], task.get("ingestion_only_during_scoring")) for task in manifest["tasks"]] == [
        (1, True),
        (2, None),
    ]
    assert (manifest["leaderboards"][0]["primary_index"], "queue" in manifest, len(told)) == (1, False, 5)
    with zipfile.ZipFile(target) as opened, zipfile.ZipFile(io.BytesIO(THERE.dump())) as dump:
        assert {*opened.namelist()} == {*dump.namelist(), "starting_kit-of-phase-31.zip"}
        assert opened.read("scoring_program-51.zip") == dump.read("scoring_program-51.zip")
        assert len(opened.namelist()) == len({*opened.namelist()})
    assert not [one for one in tmp_path.iterdir() if one.suffix == ".new"]


def test_what_is_as_it_was_is_not_told(tmp_path: Path) -> None:
    _, told, _ = completed(tmp_path, THERE.dump(), leaderboards=[])
    assert not any("primary" in one for one in told)


def test_a_solution_is_the_file_beside_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(THERE.dump())) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    manifest = yaml.safe_load(files["competition.yaml"])
    manifest["solutions"] = [
        {"index": 0, "tasks": [0], "key": "x", "path": "solution-1.zip"},
        {"index": 1, "tasks": [2], "key": "x", "path": "solution-1.zip"},
        {"index": 2, "key": "y"},
    ]
    found, _, _ = completed(tmp_path, builders.archive({**files, "competition.yaml": yaml.safe_dump(manifest)}))
    assert found["solutions"] == [{"index": 1, "path": "solution-1.zip", "tasks": [2]}, {"index": 2, "key": "y"}]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(10))}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("dump", "why"),
    [
        (b"<!doctype html>", "no dump that can be opened"),
        ({"other.yaml": "x"}, "no dump of Codabench's"),
        ({"competition.yaml": "- a list"}, "no competition's"),
        ({"competition.yaml": "a: ["}, "cannot be read"),
        ({"competition.yaml": BOMB}, "cannot be read"),
        ({"competition.yaml": "x: " + "y" * 2 * 1024**2}, "are read"),
        ({"../evil.txt": "x", "competition.yaml": "a: b"}, "is not opened"),
        ({"large.bin": bytes(300 * 1024**2), "competition.yaml": "a: b"}, "is not opened"),
    ],
    ids=["a page", "another zip", "a list", "broken", "a bomb of aliases", "too large", "a way out", "a zip bomb"],
)
def test_what_is_no_dump_is_told_and_leaves_nothing(tmp_path: Path, dump: bytes | dict[str, str | bytes], why: str) -> None:
    with pytest.raises(BadFile, match=why):
        completed(tmp_path, dump if isinstance(dump, bytes) else builders.archive(dump))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["dump.zip", "kit.zip"]


@pytest.mark.parametrize(
    "manifest", ["phases: 7", "phases: [7, x]", "leaderboards: {}", "tasks: [{index: a}]\nphases: [{}]"]
)
def test_a_manifest_of_odd_shapes_is_left_to_the_check_of_bundles(tmp_path: Path, manifest: str) -> None:
    found, _, _ = completed(tmp_path, builders.archive({"competition.yaml": manifest}))
    assert found
