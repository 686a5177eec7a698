"""What a runner is given for one attempt: a Job with freshly signed URLs."""

from datetime import timedelta
from typing import Any

from chalicelib import settings
from chalicelib.actions.submissions import DETAILED_RESULTS, RUN_FILES, run_key
from chalicelib.aws import objects
from chalicelib.contract import File, Job, Mount, Step, Upload, layout
from chalicelib.store.competitions import Competition, Phase
from chalicelib.store.submissions import Submission

HEARTBEAT_SECONDS = 5
MAX_OUTPUT_BYTES = 1024**3
MAX_LOG_BYTES = 2 * 1024**2
MAX_DETAILED_BYTES = 10 * 1024**2


def build(submission: Submission, competition: Competition, phase: Phase, token: str, lease: timedelta) -> Job:
    """The Job of a submission that was just claimed. Signing is local: no call."""
    files = competition.tasks[submission.task]["files"]
    mounts = [Mount(layout.PREDICTIONS, _file(_sent(submission)), cacheable=False)]
    if files.get("reference_data"):
        mounts.insert(0, Mount(layout.REFERENCE, _file(files["reference_data"])))
    scoring = Step("scoring", _file(files["scoring_program"]), tuple(mounts), int(phase.execution_time_limit_seconds))
    return Job(
        submission=submission.id,
        attempt=int(submission.attempt),
        token=token,
        competition=competition.id,
        phase=phase.id,
        task=submission.task,
        image=image_of(competition),
        steps=(scoring,),
        uploads=uploads_of(submission),
        lease_seconds=int(lease.total_seconds()),
        heartbeat_seconds=HEARTBEAT_SECONDS,
    )


def versions(submission: Submission, competition: Competition) -> dict[str, Any]:
    """What an attempt that begins now runs with: the dataset and sha256 of each file, the task of the bank, the image."""
    task = competition.tasks[submission.task]
    files = {kind: {"dataset": ref["dataset"], "sha256": ref["sha256"]} for kind, ref in task["files"].items()}
    return {"files": files, "task": task.get("id"), "image": image_of(competition)}


def image_of(competition: Competition) -> str:
    """The Docker image that a competition's programs run in."""
    return competition.docker_image or settings.get().default_image


def uploads_of(submission: Submission) -> dict[str, Upload]:
    """Presigned POSTs for the files of the attempt in progress."""
    limits = {"output": MAX_OUTPUT_BYTES, "stdout": MAX_LOG_BYTES, "stderr": MAX_LOG_BYTES}
    bucket, attempt = settings.get().runs_bucket, int(submission.attempt)
    uploads = {
        name: objects.post(bucket, run_key(submission.id, attempt, RUN_FILES[name]), limit) for name, limit in limits.items()
    }
    detailed = run_key(submission.id, attempt, DETAILED_RESULTS)
    return {**uploads, "detailed_results": objects.post(bucket, detailed, MAX_DETAILED_BYTES)}


def _sent(submission: Submission) -> dict[str, Any]:
    return {
        "object_key": submission.object_key,
        "sha256": submission.sha256,
        "size_bytes": submission.size_bytes,
    }


def _file(stored: dict[str, Any]) -> File:
    url = objects.get_url(settings.get().files_bucket, stored["object_key"], "file.zip")
    return File(url, stored["sha256"], int(stored["size_bytes"]))
