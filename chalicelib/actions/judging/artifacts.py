"""Files that jurors see of a submission, taken out of their archive once, under ids that tell nobody whose they are."""

import os
from datetime import datetime
from typing import Any, BinaryIO

from chalicelib import ids, settings, telemetry
from chalicelib.aws import messages, object_keys, objects
from chalicelib.aws.object_keys import run_file
from chalicelib.contract import plain_files, uploads
from chalicelib.contract.archives import has_controls
from chalicelib.domain.bundle import archive
from chalicelib.domain.bundle.archive import Contents
from chalicelib.domain.bundle.model import Complaint
from chalicelib.domain.judging import artifact_files
from chalicelib.store import table
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import places_of_phase
from chalicelib.store.judging import cases, judging_artifacts
from chalicelib.store.judging.cases import Case, JudgingState
from chalicelib.store.judging.judging_artifacts import JudgingArtifact
from chalicelib.store.submissions.submissions import Submission

_EMPTY = "There is nothing in it that could be shown."
_GONE = "Its files are gone."
_NOT_SENT = (
    "What its code predicted is not here. When a sealed queue ran it, let it out: `agon submissions release`. "
    "Otherwise it predicted nothing."
)
_PREDICTIONS = "prediction_output"


def archive_of(run: Submission) -> tuple[str, str]:
    """The archive that jurors judge: where code ran what it predicted, there or not, and never the code; else what
    was handed in."""
    has_run_code = any(step["name"] != "scoring" for step in run.steps or [])
    if has_run_code or _PREDICTIONS in (run.uploaded or []):
        return settings.get().runs_bucket, run_file(run.id, int(run.attempt), uploads.FILENAMES[_PREDICTIONS])
    return settings.get().files_bucket, run.object_key


def id_of(state: JudgingState, run: Submission) -> str:
    """The id of the artifact of a run: the same as long as it is the same archive."""
    _, object_key = archive_of(run)
    return ids.sealed(str(state.secret), f"{run.id} {object_key}")


def look_again(run: Submission, now: datetime) -> None:
    """Predictions that were not there have come: show them where the run is judged."""
    (state,) = table.read(JudgingState.at(run.phase))
    if state is None or not state.secret:
        return
    id_ = id_of(state, run)
    if judging_artifacts.retry(run.phase, id_, now):
        messages.send_unpacking(f"{run.phase}-{id_}")


def unpack(artifact_id: str) -> None:
    """Make the artifact `{phase}-{artifact}` one that can be looked at. Done twice, it does the same."""
    phase_id, _, id_ = artifact_id.rpartition("-")
    artifact, competition, phase = table.read(JudgingArtifact.at(phase_id, id_), *places_of_phase(phase_id))
    if artifact is None or artifact.state != judging_artifacts.NEW or competition is None or phase is None:
        return
    setup = definition.judgings_of(competition, phase).get(artifact.task)
    if setup is None:
        return
    if objects.head(artifact.bucket, artifact.object_key) is None:
        judging_artifacts.refuse(artifact, _NOT_SENT if artifact.bucket == settings.get().runs_bucket else _GONE)
        return
    with objects.opened(artifact.bucket, artifact.object_key) as content:
        files = _files(artifact, content)
    if isinstance(files, Complaint):
        telemetry.logger.info("artifact cannot be shown", artifact=artifact.id, why=files.message)
        judging_artifacts.refuse(artifact, files.message)
        return
    case = _case(artifact, setup.judgements_per_submission) if setup.kind == "rubric" else None
    cases.admit(artifact, files, case)


def _files(artifact: JudgingArtifact, content: BinaryIO) -> list[dict[str, Any]] | Complaint:
    return _plain_file(artifact, artifact.plain, content) if artifact.plain else _members(artifact, content)


def _plain_file(artifact: JudgingArtifact, extension: str, content: BinaryIO) -> list[dict[str, Any]]:
    """What was handed in as one file, under the name that programs find it under: its own may tell whose it is."""
    member = artifact_files.Member(plain_files.name_of(extension), content.seek(0, os.SEEK_END))
    is_kept = not artifact_files.too_large([member])
    if is_kept:
        content.seek(0)
        _store(artifact, 0, member.name, content.read(artifact_files.MAX_FILE_BYTES))
    return [{"name": member.name, "size_bytes": member.size_bytes, "is_kept": is_kept}]


def _members(artifact: JudgingArtifact, content: BinaryIO) -> list[dict[str, Any]] | Complaint:
    contents = archive.inspect(content, deep=False)
    if contents.archive is None or contents.errors:
        return contents.errors[0]
    members = artifact_files.chosen(
        artifact_files.Member(one.filename, one.file_size)
        for one in contents.archive.infolist()
        if not has_controls(one.filename)
    )
    if not members:
        return Complaint("", None, "", _EMPTY)
    left_out = artifact_files.too_large(members)
    files = []
    for number, member in enumerate(members):
        is_kept = member.name not in left_out
        problem = _keep(artifact, number, member, contents) if is_kept else None
        if problem:
            return problem
        files.append({"name": member.name, "size_bytes": member.size_bytes, "is_kept": is_kept})
    return files


def _keep(artifact: JudgingArtifact, number: int, member: artifact_files.Member, contents: Contents) -> Complaint | None:
    content = contents.read(member.name, artifact_files.MAX_FILE_BYTES)
    if isinstance(content, Complaint):
        return content
    _store(artifact, number, member.name, content)
    return None


def _store(artifact: JudgingArtifact, number: int, name: str, content: bytes) -> None:
    safe, content_type = artifact_files.made_safe(name, content), artifact_files.content_type_of(name)
    key = object_keys.judging_artifact(artifact.phase, artifact.id, number)
    objects.write(settings.get().runs_bucket, key, safe, content_type)


def _case(artifact: JudgingArtifact, wanted: int) -> Case:
    """An artifact by itself, to be marked. They share an id."""
    return Case(
        *Case.at(artifact.phase, artifact.id),
        id=artifact.id,
        phase=artifact.phase,
        task=artifact.task,
        artifacts=[artifact.id],
        owners=set(artifact.owners),
        wanted=wanted,
    )
