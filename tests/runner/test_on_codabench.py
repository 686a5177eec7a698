"""What a competition of another platform becomes runs on Codabench as well: in containers as its compute worker makes them.

That mounts the folders of a bundle at the places below, and starts the command of a program's metadata.yaml in /app/program
as whoever the image says (codalab/codabench, compute_worker.py). While it scores, what runs beside the scoring program has
the same output folder.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docker
import pytest
import yaml

from tests.unit.challenges import Files, unpacked
from tests.unit.test_examples import ROOT
from tests.unit.test_examples_of_others import files_of, with_stand_in

pytestmark = pytest.mark.usefixtures("docker")
IMAGE = "agon.internal/competition:1"


def laid_out(bundle: Mapping[str, bytes], task: Mapping[str, Any], submission: Path, room: Path) -> None:
    """The bundles of one scoring, unpacked where the worker has them."""
    places = {"scoring_program": "program", "ingestion_program": "ingestion_program"}
    places |= {"reference_data": "input/ref", "input_data": "input_data"}
    placed = {
        f"{place}/{name.removeprefix(task[kind] + '/')}": content
        for kind, place in places.items()
        if kind in task
        for name, content in bundle.items()
        if name.startswith(task[kind] + "/")
    }
    sent = [submission] if submission.is_file() else sorted(submission.iterdir())
    placed |= {f"input/res/{path.name}": path.read_bytes() for path in sent}
    for name, content in placed.items():
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name in ("output", "shared"):
        (room / name).mkdir()


@contextmanager
def started(client: docker.APIClient, room: Path, program: str) -> Iterator[str]:
    """A container with a program of the worker's."""
    command = yaml.safe_load((room / program / "metadata.yaml").read_text())["command"]
    binds = {"output": "/app/output", "shared": "/app/shared", "input": "/app/input", program: "/app/program"}
    if program == "ingestion_program":
        binds["input/res"] = "/app/ingested_program"
    if (room / "input_data").exists():
        binds["input_data"] = "/app/input_data"
    mounted = client.create_host_config(binds={str(room / folder): {"bind": path} for folder, path in binds.items()})
    made = client.create_container(IMAGE, command, host_config=mounted, working_dir="/app/program")["Id"]
    try:
        client.start(made)
        yield str(made)
    finally:
        client.remove_container(made, force=True, v=True)


def scored(files: Files, index: int, submission: Path, room: Path) -> dict[str, float]:
    bundle = unpacked(files)
    task = yaml.safe_load(bundle["competition.yaml"])["tasks"][index]
    laid_out(bundle, task, submission, room)
    client = docker.APIClient(version="auto")
    with started(client, room, "program") as scoring:
        if "ingestion_program" in task:
            with started(client, room, "ingestion_program") as ingestion:
                assert client.wait(ingestion)["StatusCode"] == 0, client.logs(ingestion)
        assert client.wait(scoring)["StatusCode"] == 0, client.logs(scoring)
    client.close()
    found: dict[str, float] = json.loads((room / "output/scores.json").read_text())
    return found


@pytest.mark.parametrize(
    ("template", "index", "submission", "scores"),
    [
        ("evalai_challenge", 1, "final_submission/birds.json", {"woods__accuracy": 0.9, "gardens__accuracy": 0.85}),
        ("kaggle_metric", 0, "sample_submission/submission.csv", {"score": 0.0654278, "private_score": 0.0642211}),
        ("ramp_kit", 0, "sample_submission", {"valid_rmse": 8.5438734, "test_rmse": 6.5797736}),
    ],
)
def test_its_programs_score_there_what_they_score_here(
    tmp_path: Path, template: str, index: int, submission: str, scores: dict[str, float]
) -> None:
    files = with_stand_in(files_of(template)) if template == "ramp_kit" else files_of(template)
    found = scored(files, index, ROOT / template / submission, tmp_path)
    assert {key: found[key] for key in scores} == pytest.approx(scores, abs=1e-6)


@pytest.mark.parametrize("template", ["evalai_challenge", "kaggle_metric", "ramp_kit"])
def test_the_manifest_has_what_its_importer_asks_for_but_a_logo_and_terms(template: str) -> None:
    manifest = yaml.safe_load(unpacked(files_of(template))["competition.yaml"])
    assert {"title", "pages", "phases", "tasks", "leaderboards"} <= manifest.keys() and str(manifest["version"]) == "2"
    assert all({"index", "name", "scoring_program"} <= task.keys() for task in manifest["tasks"])
    assert all({"index", "name", "start", "tasks"} <= phase.keys() for phase in manifest["phases"])
    assert all({"title", "key", "columns"} <= board.keys() and board["columns"] for board in manifest["leaderboards"])
