"""What jurors see: a submission's files, taken out of their archive once, under ids that tell nobody whose they are."""

from datetime import datetime
from typing import Any, BinaryIO

from chalicelib import ids, settings, telemetry
from chalicelib.aws import messages, object_keys, objects
from chalicelib.aws.object_keys import run_file
from chalicelib.contract import uploads
from chalicelib.domain.bundle import archive
from chalicelib.domain.bundle.archive import Contents
from chalicelib.domain.bundle.model import Complaint
from chalicelib.domain.judging import artifact_files
from chalicelib.store import table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.judging import artifacts, cases
from chalicelib.store.judging.artifacts import Exhibit
from chalicelib.store.judging.cases import Case, JudgingState
from chalicelib.store.submissions.submissions import Submission

_EMPTY = "There is nothing in it that could be shown."
_GONE = "Its files are gone."
_NOT_SENT = (
    "What its code predicted is not here. When a sealed queue ran it, let it out: `agon submissions release`. "
    "Otherwise it predicted nothing."
)
_PREDICTIONS = "prediction_output"


def archive_of(run: Submission) -> tuple[str, str]:
    """What jurors judge: where code ran what it predicted, there or not, and never the code; else what was handed in."""
    has_run_code = any(step["name"] != "scoring" for step in run.steps or [])
    if has_run_code or _PREDICTIONS in (run.uploaded or []):
        return settings.get().runs_bucket, run_file(run.id, int(run.attempt), uploads.FILENAMES[_PREDICTIONS])
    return settings.get().files_bucket, run.object_key


def id_of(state: JudgingState, run: Submission) -> str:
    """The id of the exhibit of a run: the same as long as it is the same archive."""
    _, object_key = archive_of(run)
    return ids.sealed(str(state.secret), f"{run.id} {object_key}")


def look_again(run: Submission, now: datetime) -> None:
    """Predictions that were not there have come: show them where the run is judged."""
    state_key = cases.state_key(run.phase)
    state = table.fetch(state_key).get(state_key)
    if not isinstance(state, JudgingState) or not state.secret:
        return
    id_ = id_of(state, run)
    if artifacts.retry(run.phase, id_, now):
        messages.send_unpacking(f"{run.phase}-{id_}")


def unpack(exhibit_id: str) -> None:
    """Make the exhibit `{phase}-{exhibit}` one that can be looked at. Done twice, it does the same."""
    phase_id, _, id_ = exhibit_id.rpartition("-")
    key, phase_key = artifacts.key(phase_id, id_), competitions.phase_key(phase_id)
    competition_key = competitions.key(competitions.competition_of(phase_id))
    found = table.fetch(key, phase_key, competition_key)
    exhibit, phase, competition = found.get(key), found.get(phase_key), found.get(competition_key)
    if not isinstance(exhibit, Exhibit) or exhibit.state != artifacts.NEW:
        return
    if not isinstance(phase, Phase) or not isinstance(competition, Competition):
        return
    setup = definition.judgings_of(competition, phase).get(exhibit.task)
    if setup is None:
        return
    if objects.head(exhibit.bucket, exhibit.object_key) is None:
        artifacts.refuse(exhibit, _NOT_SENT if exhibit.bucket == settings.get().runs_bucket else _GONE)
        return
    with objects.opened(exhibit.bucket, exhibit.object_key) as content:
        files = _files(exhibit, content)
    if isinstance(files, Complaint):
        telemetry.logger.info("exhibit cannot be shown", exhibit=exhibit.id, why=files.message)
        artifacts.refuse(exhibit, files.message)
        return
    case = _case(exhibit, setup.judgements_per_submission) if setup.kind == "rubric" else None
    cases.admit(exhibit, files, case)


def _files(exhibit: Exhibit, content: BinaryIO) -> list[dict[str, Any]] | Complaint:
    contents = archive.inspect(content, deep=False)
    if contents.archive is None or contents.errors:
        return contents.errors[0]
    members = artifact_files.chosen(
        artifact_files.Member(one.filename, one.file_size) for one in contents.archive.infolist()
    )
    if not members:
        return Complaint("", None, "", _EMPTY)
    left_out = artifact_files.too_large(members)
    files = []
    for number, member in enumerate(members):
        is_kept = member.name not in left_out
        problem = _keep(exhibit, number, member, contents) if is_kept else None
        if problem:
            return problem
        files.append({"name": member.name, "size_bytes": member.size_bytes, "is_kept": is_kept})
    return files


def _keep(exhibit: Exhibit, number: int, member: artifact_files.Member, contents: Contents) -> Complaint | None:
    content = contents.read(member.name, artifact_files.MAX_FILE_BYTES)
    if isinstance(content, Complaint):
        return content
    safe, content_type = artifact_files.made_safe(member.name, content), artifact_files.content_type_of(member.name)
    objects.write(
        settings.get().runs_bucket, object_keys.judging_artifact(exhibit.phase, exhibit.id, number), safe, content_type
    )
    return None


def _case(exhibit: Exhibit, wanted: int) -> Case:
    """An exhibit by itself, to be marked. They share an id."""
    return Case(
        *cases.case_key(exhibit.phase, exhibit.id),
        id=exhibit.id,
        phase=exhibit.phase,
        task=exhibit.task,
        exhibits=[exhibit.id],
        owners=set(exhibit.owners),
        wanted=wanted,
    )
