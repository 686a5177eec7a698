"""What a runner is given for one attempt: a Job with freshly signed URLs."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from chalicelib import settings
from chalicelib.actions.submissions import run_key
from chalicelib.aws import objects
from chalicelib.contract import File, Job, Mount, Source, Stage, Step, Upload, layout
from chalicelib.store.competitions import Competition, Phase
from chalicelib.store.submissions import Submission

HEARTBEAT_SECONDS = 5
MAX_OUTPUT_BYTES = 1024**3
MAX_LOG_BYTES = 2 * 1024**2
MAX_PAGE_BYTES = 10 * 1024**2
_CONTRACT_1 = "1"


def build(submission: Submission, competition: Competition, phase: Phase, token: str, lease: timedelta) -> Job:
    """The Job of a submission that was just claimed. Signing is local: no call."""
    task = competition.tasks[submission.task]
    steps = tuple(_steps(task, phase))
    return Job(
        submission=submission.id,
        attempt=int(submission.attempt),
        token=token,
        competition=competition.id,
        phase=phase.id,
        task=submission.task,
        image=image_of(competition, phase),
        archive=_file(_sent(submission)),
        steps=steps,
        uploads=uploads_of(submission),
        lease_seconds=int(lease.total_seconds()),
        heartbeat_seconds=HEARTBEAT_SECONDS,
        contract=task.get("contract", "2"),
        score_failed_predictions=task.get("score_failed_predictions", True),
    )


def versions(submission: Submission, competition: Competition, phase: Phase) -> dict[str, Any]:
    """What an attempt that begins now runs with: the dataset and sha256 of each file, the task of the bank, the image."""
    task = competition.tasks[submission.task]
    files = {kind: {"dataset": ref["dataset"], "sha256": ref["sha256"]} for kind, ref in task["files"].items()}
    return {"files": files, "task": task.get("id"), "image": image_of(competition, phase)}


def image_of(competition: Competition, phase: Phase) -> str:
    """The Docker image that a phase's programs run in, where their task names no other."""
    return (phase.options or {}).get("docker_image") or competition.docker_image or settings.get().default_image


def uploads_of(submission: Submission) -> dict[str, Upload]:
    """Presigned POSTs for the files of the attempt in progress."""
    archives, pages = ("output", "private_output", "prediction_output"), ("detailed_results.html", "results/${filename}")
    logs = [f"{step}_{stream}" for step in ("ingestion", "submission", "scoring") for stream in ("stdout", "stderr")]
    limits = {f"{name}.zip": MAX_OUTPUT_BYTES for name in archives}
    limits |= {f"{name}.txt": MAX_LOG_BYTES for name in logs} | {name: MAX_PAGE_BYTES for name in pages}
    bucket, attempt = settings.get().runs_bucket, int(submission.attempt)
    return {
        _name(filename): objects.post(bucket, run_key(submission.id, attempt, filename), limit)
        for filename, limit in limits.items()
    }


def _name(filename: str) -> str:
    return filename.partition("/")[0].partition(".")[0]


def _steps(task: Mapping[str, Any], phase: Phase) -> Iterator[Step]:
    """Prediction, unless the phase takes results only; then scoring, with the ingestion program beside it on demand."""
    has_ingestion = bool(task["files"].get("ingestion_program"))
    beside = has_ingestion and bool(task.get("ingestion_only_during_scoring"))
    if not (phase.options or {}).get("accepts_only_result_submissions"):
        if has_ingestion and not beside:
            yield _step("ingestion", Stage.PREDICTION, task, phase, _ingestion_mounts(task))
        yield _step("submission", Stage.PREDICTION, task, phase, _input_mounts(task))
    if beside:
        handing_over = Mount(layout.PREDICTIONS, source=Source.PREDICTION, writable=True)
        mounts = [*_ingestion_mounts(task), handing_over, Mount(layout.SHARED, source=Source.SHARED)]
        yield _step("ingestion", Stage.SCORING, task, phase, mounts)
    yield _step("scoring", Stage.SCORING, task, phase, _scoring_mounts(task, beside))


def _step(name: str, stage: Stage, task: Mapping[str, Any], phase: Phase, mounts: list[Mount]) -> Step:
    if name in task.get("confidential_data", ("scoring",)):
        mounts = [*mounts, Mount(layout.DATA, source=Source.DATA)]
    return Step(
        name=name,
        stage=stage,
        program=None if name == "submission" else _file(task["files"][f"{name}_program"]),
        mounts=tuple(mounts),
        time_limit_seconds=int(phase.execution_time_limit_seconds),
        image=task.get(f"{name}_image", ""),
        network=name in task.get("network", ()),
    )


def _ingestion_mounts(task: Mapping[str, Any]) -> list[Mount]:
    mounts = [*_input_mounts(task), Mount(layout.SUBMISSION_PROGRAM, source=Source.SUBMISSION)]
    if task.get("contract") == _CONTRACT_1:
        # The folder of a CodaLab run has the program here, and relative paths lead to it.
        mounts.append(Mount(layout.INGESTION_PROGRAM, _file(task["files"]["ingestion_program"])))
    return mounts


def _input_mounts(task: Mapping[str, Any]) -> list[Mount]:
    """The input data under both of its names: CodaLab's $input is /app/input, Codabench's is /app/input_data."""
    data = task["files"].get("input_data")
    return [Mount(path, _file(data)) for path in (layout.INPUT_DATA, layout.INPUT)] if data else []


def _scoring_mounts(task: Mapping[str, Any], beside: bool) -> list[Mount]:
    files, mounts = task["files"], [Mount(layout.PREDICTIONS, source=Source.PREDICTION)]
    if files.get("reference_data"):
        mounts.insert(0, Mount(layout.REFERENCE, _file(files["reference_data"])))
    if beside:
        mounts.append(Mount(layout.SHARED, source=Source.SHARED))
        if files.get("input_data"):
            mounts.append(Mount(layout.INPUT_DATA, _file(files["input_data"])))
    return mounts


def _sent(submission: Submission) -> dict[str, Any]:
    return {
        "object_key": submission.object_key,
        "sha256": submission.sha256,
        "size_bytes": submission.size_bytes,
    }


def _file(stored: Mapping[str, Any]) -> File:
    url = objects.get_url(settings.get().files_bucket, stored["object_key"], "file.zip")
    return File(url, stored["sha256"], int(stored["size_bytes"]))
