"""`agon bundle`, `datasets`, `tasks`, and what organizers do with competitions."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agon import templates
from tests import builders
from tests.unit import fake_api
from tests.unit.command_line import CommandLine, takes_uploads

DATASET = {"id": "d", "name": "Truth", "type": "reference_data", "size_bytes": 2048, "visibility": "private", "uses": 1}
DATASET |= {"owner": "ada", "licence": "CC0", "sha256": "ab" * 32, "description": "", "created_at": "2026-01-01T00:00:00Z"}
TASK = {"id": "t", "name": "Guess", "version": 2, "owner": "ada", "visibility": "public", "validated": True, "settings": {}}
TASK |= {"files": {"scoring_program": {"dataset": "d", "sha256": "cd" * 32}}, "description": ""}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "guess"
    with zipfile.ZipFile(io.BytesIO(builders.bundle())) as archive:
        archive.extractall(folder)
    return folder


def line_of(bundle: Path, text: str) -> int:
    lines = (bundle / "competition.yaml").read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_bundle_is_checked_without_a_site_and_everything_is_told_at_once(agon, bundle):
    text = (bundle / "competition.yaml").read_text()
    (bundle / "competition.yaml").write_text(text.replace("Force_Best", "Force_Besst").replace("reference.zip", "no.zip"))
    ran = agon("bundle", "check", str(bundle))
    assert ran.code == 1 and ran.err == ""
    title, outline, _, errors, *told, _, verdict = ran.out.splitlines()
    assert (title, outline, errors) == ("Guess", "version 2 · 1 phase · 1 task · 1 leaderboard", "2 errors")
    assert told[0].startswith(f"  {bundle}/competition.yaml:{line_of(bundle, 'no.zip')}  tasks[0].reference_data")
    assert told[1].startswith("    `no.zip` is no zip and no folder of the bundle. Add it, or correct the path.")
    assert told[2].startswith(f"  {bundle}/competition.yaml:{line_of(bundle, 'Besst')}  leaderboards[0].submission_rule")
    assert "Write one of Add, " in told[3] and "1 warning" in told
    assert verdict == "This cannot be imported: 2 errors, 1 warning. Correct the errors; warnings can stay."


def test_a_bundle_without_a_fault_is_told_what_comes_next(agon):
    ran = agon("bundle", "check", str(templates.source("results_only") / "bundle"))
    assert ran.code == 0 and "This can be imported. Nothing is wrong with it." in ran.out
    assert "agon competitions create" in ran.out


def test_its_solutions_are_held_to_what_the_bundle_itself_expects(agon, tmp_path):
    path = tmp_path / "bundle.zip"
    expects = "agon: {expects: {files: [{path: answer.txt, format: text, rows: 1}]}}"
    solutions = "solutions: [{index: 0, path: good, tasks: [0]}, {index: 1, path: bad.zip, tasks: [0]}]"
    files: dict[str, str | bytes] = {"good/answer.txt": "42\n", "bad.zip": builders.archive({"answer.text": "42\n"})}
    path.write_bytes(builders.bundle(files, extra=f"{expects}\n{solutions}"))
    told = agon("bundle", "check", str(path), "--json").json
    [warning] = [one for one in told["warnings"] if one["key"].startswith("solutions")]
    assert (told["errors"], warning["file"], warning["line"], warning["key"]) == (
        *([], "competition.yaml", 2),
        "solutions[1].path",
    )
    said = "Phase “Only” would refuse this solution: answer.txt: The submission has no such file."
    assert warning["message"] == said


def test_the_check_is_one_json_object_for_programs(agon, bundle):
    ran = agon("bundle", "check", str(bundle), "--json")
    assert ran.code == 0
    assert list(ran.json) == ["version", "title", "phases", "tasks", "leaderboards", "errors", "warnings"]
    assert (ran.json["version"], ran.json["title"], ran.json["phases"]) == ("2", "Guess", 1)
    assert ran.json["errors"] == [] and ran.json["warnings"][0]["line"] == line_of(bundle, "version: 2")
    assert list(ran.json["warnings"][0]) == ["file", "line", "key", "message"]
    assert len(ran.out.splitlines()) == 1 and ran.err == ""


def test_a_damaged_member_is_an_error_and_what_is_no_zip_too(agon, tmp_path):
    content = bytearray(builders.bundle())
    content[content.rindex(b"reference.zip") - 30] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(bytes(content))
    (tmp_path / "text.zip").write_text("hello")
    damaged = agon("bundle", "check", str(tmp_path / "damaged.zip"), "--json")
    assert damaged.code == 1 and "damaged" in damaged.json["errors"][0]["message"]
    text = agon("bundle", "check", str(tmp_path / "text.zip"), "--json")
    assert text.code == 1 and text.json["version"] is None and "no zip archive" in text.json["errors"][0]["message"]


def test_nothing_to_check_is_a_sentence(agon):
    ran = agon("bundle", "check", "nowhere.zip")
    assert ran.code == 1 and "There is no file or folder" in ran.said


def test_a_new_bundle_takes_the_place_of_a_definition(agon, bundle):
    takes_uploads(agon.api)
    state = {"id": "i", "status": "Finished", "competition": "c", "done": 1, "total": 1, "files": []}
    state |= {"errors": [], "warnings": []}
    agon.api.on("POST", "/competitions/c/bundles", state, 202).on("GET", "/imports/i", state)
    agon.api.on("POST", "/bundles/check", {"effects": []})
    ran = agon("competitions", "update", "c", str(bundle))
    assert ran.code == 0 and "is now what" in ran.out


def test_a_new_bundle_that_moves_rows_of_boards_asks_first(agon, bundle):
    takes_uploads(agon.api)
    agon.api.on("POST", "/bundles/check", {"effects": [EFFECT]})
    ran = agon("competitions", "update", "c", str(bundle), stdin="n\n")
    assert ran.code == 1 and MOVES in ran.said
    [asked] = agon.api.asked("POST", "/bundles/check")
    assert asked.body["competition"] == "c"
    assert agon.api.asked("POST", "/competitions/c/bundles") == []


def test_a_competition_is_dumped_into_a_file(agon, tmp_path):
    done = {"id": "x", "status": "Finished", "complaints": [], "url": f"{agon.api.address}/storage/dump"}
    agon.api.on("POST", "/competitions/c/dumps", {"id": "x"}, 202).on("GET", "/competitions/c/dumps/x", done)
    agon.api.on("GET", "/storage/dump", b"zip")
    ran = agon("competitions", "dump", "c", "--light", "-o", str(tmp_path / "c.zip"))
    assert ran.code == 0, ran.said
    assert (tmp_path / "c.zip").read_bytes() == b"zip"
    assert agon.api.asked("POST", "/competitions/c/dumps")[0].body == {"form": "light"}


def test_settings_are_shown_as_a_bundle_says_them(agon):
    agon.api.on(
        "GET", "/competitions/c/settings", {"revision": 3, "settings": {"title": "Tide – 2", "phases": [{"index": 0}]}}
    )
    assert agon("competitions", "settings", "c").out == "title: Tide – 2\nphases:\n- index: 0\n"
    assert agon("competitions", "settings", "c", "--json").json["revision"] == 3


def test_settings_are_changed_unless_somebody_was_faster(agon):
    agon.api.on("GET", "/competitions/c/settings", {"revision": 3, "settings": {}})
    agon.api.on("PATCH", "/competitions/c/settings/phases/0", {"revision": 4, "settings": {}})
    changes = (
        "max_submissions=50",
        "end=2026-12-31 18:00",
        "tasks=[0, 1]",
        "hide_output=true",
        "name=A = B",
        "description=",
    )
    ran = agon("competitions", "edit", "c", "--part", "phases/0", *changes)
    assert ran.code == 0 and "max_submissions, end, tasks, hide_output, name, description of phases/0" in ran.out
    previewed, changed = agon.api.asked("PATCH", "/competitions/c/settings/phases/0")
    text = {"end": "2026-12-31 18:00", "name": "A = B", "description": None}
    for asked in (previewed, changed):
        assert asked.headers["if-match"] == '"3"'
        assert asked.body == {"max_submissions": 50, "tasks": [0, 1], "hide_output": True, **text}
    assert (previewed.query, changed.query) == ("preview=true", "confirmed=true")


EFFECT = {
    "phase": "c-0",
    "name": "Final",
    "rows": 12,
    "appear": 3,
    "disappear": 1,
    "change": 2,
    "unscored": 0,
    "lost": [],
    "is_complete": True,
}
MOVES = "On the boards of “Final”, which have 12 rows: 3 appear, 1 disappear, 2 get another submission or other scores."


def test_a_change_that_moves_rows_of_boards_tells_how_many_and_asks(agon):
    lost = {"lost": [{"key": "f1", "submissions": 7}], "unscored": 4, "is_complete": False}
    agon.api.on("GET", "/competitions/c/settings", {"revision": 3, "settings": {}})
    answer = {"revision": 3, "settings": {}, "effects": [EFFECT | lost]}
    agon.api.on("PATCH", "/competitions/c/settings/leaderboards/0", answer)
    words = ("competitions", "edit", "c", "--part", "leaderboards/0", "submission_rule=Force_Best")
    ran = agon(*words, stdin="n\n")
    assert ran.code == 1 and f"{MOVES} There are too many to look at: more rows may change." in ran.said
    assert "In “Final” 4 submissions did not run on a task that is new there: no mean until handed in again." in ran.said
    assert "In “Final” 7 submissions have scores in `f1`, which no board shows any more. They are kept." in ran.said
    assert [asked.query for asked in agon.api.asked("PATCH", "/competitions/c/settings/leaderboards/0")] == ["preview=true"]
    for agreed in (agon(*words, stdin="y\n"), agon(*words, "--yes")):
        assert agreed.code == 0 and MOVES in agreed.said and "Changed submission_rule" in agreed.out


def test_what_is_no_change_is_told_before_anything_is_sent(agon):
    for words in ("title", "=x", "tasks=[0"):
        assert agon("competitions", "edit", "c", words).code == 1
    assert agon.api.asked("PATCH", "/competitions/c/settings") == []


def test_a_competition_is_cloned(agon):
    agon.api.on("POST", "/competitions/c/clone", {"id": "n", "title": "Again"}, 201)
    ran = agon("competitions", "clone", "c", "--title", "Again")
    assert ran.code == 0 and "n is made as a draft: Again" in ran.out


def test_the_library_is_listed_and_shown(agon):
    agon.api.on("GET", "/datasets", {"datasets": [DATASET], "next": None})
    agon.api.on("GET", "/datasets/d", {"dataset": DATASET, "shared_with": [], "used_by": [{"kind": "task", "id": "t"}]})
    agon.api.on("GET", "/tasks", {"tasks": [TASK], "next": None}).on(
        "GET", "/tasks/t", {**TASK, "lends": ["reference_data"]}
    )
    assert "Truth" in agon("datasets", "list").out and "used by the task t" in agon("datasets", "show", "d").out
    shown = agon("tasks", "show", "t").out
    assert "validated" in agon("tasks", "list").out and "version 2" in shown and "never gets them: reference_data" in shown


def test_a_dataset_is_added_shared_and_removed(agon, bundle):
    takes_uploads(agon.api)
    agon.api.on("POST", "/datasets", DATASET, 201).on("PATCH", "/datasets/d", {**DATASET, "visibility": "public"})
    agon.api.on("DELETE", "/datasets/d", {})
    added = agon("datasets", "add", str(bundle), "--type", "reference_data", "--licence", "CC0")
    assert added.code == 0 and "reference_data: d" in added.out
    assert agon.api.asked("POST", "/uploads")[0].body["purpose"] == "dataset"
    assert agon.api.asked("POST", "/datasets")[0].body["licence"] == "CC0"
    assert "public" in agon("datasets", "share", "d", "--visibility", "public").out
    assert agon("datasets", "remove", "d").code == 0


def test_a_dataset_with_a_long_file_name_is_kept_under_one_that_is_cut(agon, tmp_path):
    takes_uploads(agon.api)
    agon.api.on("POST", "/datasets", DATASET, 201)
    folder = tmp_path / ("n" * 255)
    folder.mkdir()
    (folder / "x").write_text("y")
    assert agon("datasets", "add", str(folder), "--type", "reference_data").code == 0
    assert agon.api.asked("POST", "/datasets")[0].body["name"] == "n" * 100


def test_a_task_is_added_and_removed(agon, bundle):
    takes_uploads(agon.api)
    agon.api.on("POST", "/tasks/bundle", TASK, 201).on("DELETE", "/tasks/t", {})
    assert "key: t" in agon("tasks", "add", str(bundle)).out
    assert agon("tasks", "remove", "t").code == 0
