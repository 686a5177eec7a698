"""Bundles on the deployed stack, each function with the rights of its own role: import, edit, dump, clone, library."""

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from agon import archive, downloads, handing_in, templates
from agon.client import Client
from chalicelib.domain.bundle.check import bundle_of_archive
from tests import builders
from tests.api.test_dump import VERSION_1, VERSION_2
from tests.stack import DeployedStack, eventually
from tests.unit.challenges import taken
from tests.unit.test_examples import NAMES, ROOT, bundle_of, computed_by_programs, scores_said, shown
from tests.unit.test_examples_of_others import COMPETITIONS, files_of, with_stand_in

SCORING = "import json,sys;json.dump({'accuracy':1,'seconds':1},open(sys.argv[1]+'/scores.json','w'))"


@pytest.fixture
def imported(organizer: Client, send: Callable[..., str]) -> Callable[[bytes], str]:
    def imported(content: bytes) -> str:
        done = organizer.wait_for_import(organizer.import_bundle(send(organizer, content, "bundle"))["id"])
        assert done["status"] == "Finished", done
        assert all(file["bytes_done"] == file["bytes_total"] for file in done["files"])
        return str(done["competition"])

    return imported


def dumped(organizer: Client, competition: str, folder: Path, form: str = "full") -> bytes:
    made = organizer.dump(competition, form)
    assert (made["status"], made["complaints"]) == ("Finished", [])
    downloads.fetch(lambda: str(made["url"]), folder / "dump.zip")
    return (folder / "dump.zip").read_bytes()


def but_for_the_slug(dump: bytes) -> dict[str, bytes]:
    """The files of a dump; a slug is the one thing that two competitions of a site do not share."""
    with zipfile.ZipFile(io.BytesIO(dump)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    return files | {"competition.yaml": re.sub(rb"(?m)^ *slug: .*\n", b"", files["competition.yaml"])}


@pytest.mark.parametrize("content", [VERSION_2, VERSION_1], ids=["version-2", "version-1"])
def test_a_rich_bundle_is_imported_and_dumped_without_a_loss(
    organizer: Client, imported: Callable[[bytes], str], tmp_path: Path, content: bytes
) -> None:
    first = dumped(organizer, imported(content), tmp_path)
    again = dumped(organizer, imported(first), tmp_path)
    assert again != first and but_for_the_slug(again) == but_for_the_slug(first)
    competition = imported(content)
    assert dumped(organizer, competition, tmp_path, "light") == dumped(organizer, competition, tmp_path, "light")


@pytest.mark.parametrize(
    "content", [builders.corrupted(builders.bundle()), builders.archive({"competition.yaml": "version: 2"})]
)
def test_a_bad_bundle_ends_as_complaints_and_is_not_kept(
    stack: DeployedStack, organizer: Client, send: Callable[..., str], content: bytes
) -> None:
    upload = send(organizer, content, "bundle")
    done = organizer.wait_for_import(organizer.import_bundle(upload)["id"])
    assert done["status"] == "Failed" and done["errors"]
    s3, bucket = stack.aws("s3"), stack.outputs["FilesBucket"]
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket, Prefix=f"uploads/{upload}")


def test_a_competition_is_edited_updated_and_cloned(
    organizer: Client, send: Callable[..., str], imported: Callable[[bytes], str]
) -> None:
    competition = imported(builders.bundle())
    path = f"/competitions/{competition}/settings"
    settings = organizer.settings(competition)
    etag = {"If-Match": f'"{settings["revision"]}"'}
    answer = organizer.http.response("PATCH", f"{path}/pages/0", {"content": "# Edited"}, headers=etag)
    assert answer.json()["revision"] == settings["revision"] + 1
    clone = organizer.clone(competition, "Again")
    assert clone["title"] == "Again" and clone["phases"][0]["state"] == "open"
    update = organizer.import_bundle(send(organizer, builders.bundle(title="Second"), "bundle"), competition)
    assert organizer.wait_for_import(update["id"])["status"] == "Finished"
    assert organizer.competition(competition)["title"] == "Second"


def test_every_part_of_the_settings_is_added_changed_and_removed(
    organizer: Client, send: Callable[..., str], imported: Callable[[bytes], str]
) -> None:
    competition = imported(builders.bundle(end="2030-01-01"))
    scoring = organizer.settings(competition)["settings"]["tasks"][0]["scoring_program"]
    solution = organizer.add_dataset(send(organizer, builders.submission(), "dataset"), "solution", "S")["id"]
    column = {"title": "F1", "key": "f1"}
    #: Of each part an entry that is added, where it then stands, and a change of it.
    parts: dict[str, tuple[dict[str, Any], int, dict[str, Any]]] = {
        "tasks": ({"name": "Second", "scoring_program": scoring}, 1, {"name": "Third"}),
        "phases": ({"name": "Final", "start": "2030-01-01", "tasks": [0]}, 1, {"name": "Last"}),
        "pages": ({"title": "Data", "content": "Here."}, 1, {"title": "The data"}),
        "solutions": ({"key": solution, "tasks": [0]}, 0, {"name": "Works"}),
        "leaderboards": ({"title": "More", "key": "more", "columns": [column | {"index": 0}]}, 1, {"title": "Others"}),
        "leaderboards/0/columns": (column, 2, {"title": "F-score"}),
    }

    def call(method: str, part: str, body: object = None) -> int:
        seen = {"If-Match": f'"{organizer.settings(competition)["revision"]}"'}
        path = f"/competitions/{competition}/settings/{part}"
        return organizer.http.response(method, path, body, headers=seen).status_code

    for part, (entry, place, change) in parts.items():
        assert call("POST", part, entry) == 200, part
        assert call("PATCH", f"{part}/{place}", change) == 200, part
        assert call("DELETE", f"{part}/{place}") == 200, part


def test_datasets_and_tasks_are_kept_used_and_removed(
    organizer: Client, send: Callable[..., str], stack: DeployedStack
) -> None:
    upload = send(organizer, builders.archive({"metadata": "command: x"}), "dataset")
    program = organizer.add_dataset(upload, "scoring_program", "P")
    text = f"name: T\ndescription: D\nscoring_program: {{key: {program['id']}}}\nreference_data: {{zip: truth/}}\n"
    task = organizer.add_task(send(organizer, builders.archive({"task.yaml": text, "truth/a": "42"}), "bundle"))
    assert organizer.dataset(program["id"])["used_by"] == [{"kind": "task", "id": task["id"]}]
    organizer.remove_task(task["id"])
    for dataset in (program["id"], task["files"]["reference_data"]["dataset"]):
        organizer.remove_dataset(dataset)
    keys = stack.aws("s3").list_objects_v2(Bucket=stack.outputs["FilesBucket"], Prefix="datasets/").get("Contents", [])
    assert task["files"]["reference_data"]["dataset"] not in str(keys)


def test_a_solution_is_run_by_a_real_runner_and_validates_its_task(
    runner: Any, organizer: Client, imported: Callable[[bytes], str]
) -> None:
    files: dict[str, str | bytes] = {
        "competition.yaml": builders.manifest(tasks=("Solved",))
        + "solutions:\n  - {index: 0, tasks: [0], path: solution.zip}\n",
        "scoring_program/metadata.yaml": "command: python3 $program/score.py $output",
        "scoring_program/score.py": SCORING,
        "solution.zip": builders.submission("validates"),
    }
    competition = imported(builders.bundle(files))
    [run] = organizer.http.call("POST", f"/competitions/{competition}/solutions/0/run")["submissions"]
    assert organizer.wait_for_submission(run["id"])["status"] == "Finished"
    # That is noted behind the end of its run.
    (task,) = [task for task in organizer.tasks() if task["name"] == "Solved"]
    eventually(lambda: organizer.task(task["id"])["validated"], bool)


@pytest.mark.parametrize("template", NAMES)
def test_a_templates_sample_is_scored_by_a_real_runner(
    runner: Any, organizer: Client, ada: Client, imported: Callable[[bytes], str], template: str
) -> None:
    with archive.packed(templates.source(template) / "bundle") as bundle:
        competition = imported(bundle.read_bytes())
    organizer.publish(competition)
    if ada.join(competition)["status"] != "approved":
        raise AssertionError("the templates let everybody in")
    sample, extensions = (
        templates.source(template) / "sample_submission",
        bundle_of(template).phases[0].submission_extensions,
    )
    with handing_in.ready(next(sample.iterdir()) if extensions else sample, extensions) as sent:
        upload = ada.upload(sent.path, "submission", plain=sent.is_plain)
        submission = ada.submit(f"{competition}-0", upload["id"])
    done = ada.wait_for_submission(submission["id"])
    assert done["status"] == "Finished", done
    bundle, said = bundle_of(template), dict(scores_said(template))["sample submission"]
    if len(bundle.phases[0].tasks) == 1:
        columns = [one for one in computed_by_programs(bundle) if not one.hidden]
        assert [shown(done["scores"], column) for column in columns] == said[: len(columns)]
    assert done["scores"]


@pytest.mark.parametrize(
    ("template", "submission", "phase", "scores"),
    [
        ("evalai_challenge", "final_submission/birds.json", 1, {"woods__accuracy": 0.9}),
        ("kaggle_metric", "sample_submission/submission.csv", 0, {"score": 0.0654}),
        ("ramp_kit", "sample_submission", 0, {"valid_rmse": 8.5439, "valid_relative_error": 0.0521}),
    ],
)
def test_a_competition_of_another_platform_is_imported_and_scored_by_a_real_runner(
    runner: Any,
    organizer: Client,
    ada: Client,
    imported: Callable[[bytes], str],
    tmp_path: Path,
    template: str,
    submission: str,
    phase: int,
    scores: dict[str, float],
) -> None:
    folder = ROOT / template
    if template == "ramp_kit":
        competition = imported(builders.archive(with_stand_in(files_of(template))))
    else:
        with archive.packed(folder / COMPETITIONS[template]) as zipped:
            competition = imported(zipped.read_bytes())
    organizer.publish(competition)
    if ada.join(competition)["status"] != "approved":
        raise AssertionError("the templates let everybody in")
    with archive.packed(folder / submission) if template == "ramp_kit" else nullcontext(folder / submission) as sent:
        upload = ada.upload(sent, "submission", plain=template != "ramp_kit")["id"]
    answers: dict[str, str | bool] = dict.fromkeys(taken(files_of(template)).fact_sheet or {}, "none")
    done = ada.wait_for_submission(ada.submit(f"{competition}-{phase}", upload, fact_sheet=answers)["id"])
    assert done["status"] == "Finished", done["reason"]
    # What stands on a hidden board is shown to organizers alone.
    assert {key: round(value, 4) for key, value in done["scores"].items() if not key.endswith("f1")} == scores
    reading = bundle_of_archive(io.BytesIO(dumped(organizer, competition, tmp_path)))
    assert reading.bundle and reading.outline.version == "2"
