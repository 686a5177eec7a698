"""Jobs as runners get them for one attempt, with freshly signed URLs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib import settings
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file
from chalicelib.contract import File, Job, Step, Upload, correlation, plain_files
from chalicelib.contract import uploads as names
from chalicelib.domain.runs import record, steps
from chalicelib.domain.runs.comparison import pinned
from chalicelib.domain.runs.steps import CONTRACT_1
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.settings import expected
from chalicelib.store.submissions.submissions import Submission

HEARTBEAT_SECONDS = 5
MAX_OUTPUT_BYTES = 1024**3
MAX_LOG_BYTES = 2 * 1024**2
MAX_PAGE_BYTES = 10 * 1024**2


def build(submission: Submission, competition: Competition, phase: Phase, token: str, lease: timedelta) -> Job:
    """The Job of a submission that was just claimed. Signing is local: no call."""
    task = _task(submission, competition)
    return Job(
        submission=submission.id,
        attempt=int(submission.attempt),
        token=token,
        competition=competition.id,
        phase=phase.id,
        task=submission.task,
        image=_image(submission, competition, phase),
        archive=_file(_sent(submission)),
        steps=_steps(submission, competition, phase),
        uploads=uploads_of(submission),
        lease_seconds=int(lease.total_seconds()),
        heartbeat_seconds=HEARTBEAT_SECONDS,
        contract=task.get("contract", "2"),
        score_failed_predictions=task.get("score_failed_predictions", True),
        tells_errors=_tells_errors(phase),
        tells_predictions=_tells_predictions(phase, str(submission.task)),
        site_image=settings.get().default_image,
        request=submission.request or correlation.current(),
        # What is repeated was taken once, whatever is expected since.
        expects=None if submission.checking else expected(competition.settings, phase.settings),
        plain_file=plain_files.name_of(submission.plain) if submission.plain else "",
        record=_record(submission, phase) if task.get("contract") == CONTRACT_1 else {},
    )


def versions(submission: Submission, competition: Competition, phase: Phase) -> dict[str, Any]:
    """The versions that an attempt that begins now runs with: the dataset and sha256 of each file, the task of the
    bank, the image."""
    task = _task(submission, competition)
    files = {kind: {"dataset": ref["dataset"], "sha256": ref["sha256"]} for kind, ref in task["files"].items()}
    return {"files": files, "task": task.get("id"), "image": _image(submission, competition, phase)}


def image_of(competition: Competition, phase: Phase) -> str:
    """The Docker image that a phase's programs run in, where their task names no other."""
    return phase.settings.docker_image or competition.docker_image or settings.get().default_image


def uploads_of(submission: Submission) -> dict[str, Upload]:
    """Presigned POSTs for the files of the attempt in progress."""
    limits = dict.fromkeys(names.ARCHIVES, MAX_OUTPUT_BYTES) | dict.fromkeys(names.LOGS, MAX_LOG_BYTES)
    limits |= {names.DETAILED_RESULTS: MAX_PAGE_BYTES, names.RESULTS: MAX_PAGE_BYTES}
    filenames = {**names.FILENAMES, names.RESULTS: f"{names.RESULTS}/{names.ANY_NAME}"}
    bucket, attempt = settings.get().runs_bucket, int(submission.attempt)
    return {
        name: objects.post(bucket, run_file(submission.id, attempt, filenames[name]), limit)
        for name, limit in limits.items()
    }


def _tells_errors(phase: Phase) -> bool:
    """Not where logs are ever kept from participants: a reason is read before and after that."""
    said = definition.phase_of(phase)
    return not (phase.settings.hide_output or said.is_blind or said.final_board_from)


def _tells_predictions(phase: Phase, task: str) -> bool:
    """Where participants may have the outputs of predictions on a task as soon as these are there."""
    said = definition.phase_of(phase)
    is_to_come = said.final_board_from is not None and str(said.final_board_from.task) == task
    return not (said.hide_output or said.hide_prediction_output or said.is_blind or is_to_come)


def _task(submission: Submission, competition: Competition) -> dict[str, Any]:
    """The submission's task, with the files that a run to be repeated had."""
    task: dict[str, Any] = competition.tasks[submission.task]
    return {**task, "files": submission.checking["files"]} if submission.checking else task


def _image(submission: Submission, competition: Competition, phase: Phase) -> str:
    return str(submission.checking["image"]) if submission.checking else image_of(competition, phase)


def _steps(submission: Submission, competition: Competition, phase: Phase) -> tuple[Step, ...]:
    stored = _task(submission, competition)
    files = {kind: _file(ref) for kind, ref in stored["files"].items()}
    model = definition.task_of(stored, stored["files"])
    takes_results_only, seconds = phase.settings.accepts_only_result_submissions, int(phase.execution_time_limit_seconds)
    made = steps.of(steps.Setting(model, files, takes_results_only, seconds))
    if not submission.checking:
        return made
    image, digests = _image(submission, competition, phase), submission.checking["digests"]
    return tuple(replace(step, image=pinned(step.image or image, digests.get(step.name, ""))) for step in made)


def _record(submission: Submission, phase: Phase) -> Mapping[str, str]:
    first = submission.parent or submission.id
    return record.of(
        submission.username, submission.created_at, first, int(phase.index), submission.migrated_from is not None
    )


def _sent(submission: Submission) -> dict[str, Any]:
    return {
        "object_key": submission.object_key,
        "sha256": submission.sha256,
        "size_bytes": submission.size_bytes,
    }


def _file(stored: Mapping[str, Any]) -> File:
    url = objects.get_url(settings.get().files_bucket, stored["object_key"], "file.zip")
    return File(url, stored["sha256"], int(stored["size_bytes"]))
