"""Submission exports: everything that was submitted to a phase and what came of it, in zips for its organizers.

Files are copied as streams. A zip ends after `ZIP_BYTES` or with the function's time, and the next function goes on with
the next one; a zip that broke off inside a large submission is gone on with from what S3 has of it.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses, settings, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all, visible_phase
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import visibility
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.actions.library import room
from chalicelib.aws import messages, object_keys, objects, streams
from chalicelib.aws.object_keys import run_file
from chalicelib.aws.streams import Stream
from chalicelib.contract import plain_files, uploads
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import export_layout
from chalicelib.domain.submissions.export_layout import Packed
from chalicelib.errors import Complaint, Conflict, Invalid, say
from chalicelib.store import audit, table
from chalicelib.store.background import jobs
from chalicelib.store.metering import storage
from chalicelib.store.submissions import exports, submissions
from chalicelib.store.submissions.exports import SubmissionExport
from chalicelib.store.submissions.submissions import NOT_IN_PHASE, Submission
from chalicelib.store.writes import Composer

#: How many of the newest exports are listed.
LISTED = 20
PAGE_SIZE = 100
URL_SECONDS = 300
#: A zip takes no further submission once it is as large as this.
ZIP_BYTES = 4 * 1024**3
#: A terabyte in all. Whoever has more packs chosen submissions.
MAX_ZIPS = 256
_CHUNK_BYTES = 1024**2


def create(phase_id: str, body: requests.NewSubmissionExport, account: Account, now: datetime) -> responses.SubmissionExport:
    """Begin to pack a phase's submissions. Raises NotFound, NotAllowed, Invalid, TooLarge where the competition may store
    no more, Conflict while another is being packed.
    """
    competition, phase = visible_phase(phase_id, account)
    check_organizer(competition, account)
    if body.submissions is not None:
        _check_chosen(phase.id, body.submissions)
    if any(one.status not in jobs.OVER for one in exports.of_phase(phase.id, LISTED)):
        raise Conflict(
            say("submissions_being_packed", "Submissions of this phase are being packed. Wait until that export is ready.")
        )
    holder = storage.competition(competition.id)
    room.check(holder, table.read_all(room.places(holder)))
    id_ = ids.new(now)
    export = SubmissionExport(
        *SubmissionExport.at(id_),
        id=id_,
        competition=competition.id,
        phase=phase.id,
        chosen=sorted(set(body.submissions)) if body.submissions is not None else None,
        zips=[],
        created_at=now,
        owner_pk=exports.owner_key(phase.id),
        owner_sk=id_,
    )
    told = {"export": id_, "submissions": None if export.chosen is None else len(export.chosen)}
    jobs.create(export, besides=audit.along(acts.made(phase.id, "packed", account, now, after=told)))
    messages.send_export(id_)
    return _answer(export)


def list_all(phase_id: str, account: Account) -> responses.SubmissionExports:
    """The newest exports of a phase. Raises NotFound, NotAllowed."""
    competition, phase = visible_phase(phase_id, account)
    check_sees_all(competition, account)
    return responses.SubmissionExports([_answer(export) for export in exports.of_phase(phase.id, LISTED)])


def show(phase_id: str, export_id: str, account: Account) -> responses.SubmissionExport:
    """One export, with the URLs of its zips. Raises NotFound, NotAllowed."""
    competition, phase = visible_phase(phase_id, account)
    check_sees_all(competition, account)
    return _answer(exports.find(export_id, phase.id))


def work(export: SubmissionExport, now: datetime, deadline: datetime) -> None:
    """Pack submissions. Raises OutOfTime, and Conflict when there are more than zips hold."""
    while _pack(export, now, deadline):
        if is_late(deadline):
            raise OutOfTime
        if len(export.zips) >= MAX_ZIPS:
            raise Conflict(
                say("submissions_above_zips", "There is more than {most} zips hold. Choose submissions.", most=MAX_ZIPS)
            )
    exports.finish(export, now)
    telemetry.logger.info("submissions exported", export=export.id, phase=export.phase, submissions=int(export.done))


def give_up(export: SubmissionExport, reason: str, now: datetime, along: Composer) -> None:
    """End an export for this reason with what goes along. Zips that are there can be had."""
    streams.drop(settings.get().runs_bucket, [_key(export, len(export.zips) + 1)])
    exports.fail(export, reason, now, along)


def throw_away(export: SubmissionExport) -> None:
    """Remove an old export, its row last: until then the sweeper comes back."""
    objects.delete(settings.get().runs_bucket, *(_key(export, number + 1) for number in range(len(export.zips))))
    exports.forget(export)


def _check_chosen(phase_id: str, chosen: list[str]) -> None:
    there = table.read_many(map(Submission.at, set(chosen)))
    theirs = {one.id for one in there if one.phase == phase_id and not one.parent}
    complaints = [Complaint(f"submissions.{at}", NOT_IN_PHASE) for at, id_ in enumerate(chosen) if id_ not in theirs]
    if complaints:
        raise Invalid(say("choose_submissions", "Choose submissions of this phase."), complaints)


def _pack(export: SubmissionExport, now: datetime, deadline: datetime) -> bool:
    """Write the next zip. False when nothing is left for one."""

    def on_part(_done: int) -> None:
        if is_late(deadline):
            raise OutOfTime

    left = _left(export)
    first = next(left, None)
    if first is None and export.zips:
        return False
    setup = visibility.setup_at(export.phase, now)
    packed: list[Packed] = []
    with Stream(settings.get().runs_bucket, _key(export, len(export.zips) + 1), on_part) as target:
        with zipfile.ZipFile(target, "w") as archive:  # type: ignore[call-overload]
            submission = first
            while submission is not None:
                packed.append(_add(archive, submission, setup))
                is_full = target.size_bytes >= ZIP_BYTES or is_late(deadline)
                submission = None if is_full else next(left, None)
            text = io.StringIO()
            export_layout.write_table(text, packed)
            archive.writestr(_entry(export_layout.TABLE), text.getvalue(), zipfile.ZIP_DEFLATED)
        target.finish()
    cursor = packed[-1].submission if packed else export.id
    exports.keep(export, {"size_bytes": target.size_bytes, "submissions": len(packed)}, cursor)
    return True


def _left(export: SubmissionExport) -> Iterator[Submission]:
    """The submissions that are in no zip yet, newest first, but for those deleted meanwhile."""
    before = export.cursor
    while True:
        if export.chosen is not None:
            page = [id_ for id_ in sorted(export.chosen, reverse=True) if before is None or id_ < before]
            following = None
        else:
            # Ids go by time: what is submitted from now on is younger than the export.
            listed, following = submissions.of_phase(export.phase, before or export.id, PAGE_SIZE)
            page = [one.id for one in listed]
        found = {one.id: one for one in table.read_many(map(Submission.at, page))}
        yield from (found[id_] for id_ in page if id_ in found and not found[id_].purged)
        if following is None:
            return
        before = following


def _add(archive: zipfile.ZipFile, submission: Submission, setup: BoardSetup | None) -> Packed:
    """A submission and what each of its runs left."""
    folder = export_layout.folder(submission.competitor_name, submission.id)
    config = settings.get()
    wanted = {f"{folder}/{plain_files.name_of(submission.plain or 'zip')}": (config.files_bucket, submission.object_key)}
    for run in submissions.children(submission) or [submission]:
        within = export_layout.folder(run.competitor_name, submission.id, run.task if run.parent else None)
        # What is in progress has reported nothing yet, and its result is that of the attempt shown.
        for name in (run.uploaded or []) if run.finished_at else []:
            filename = uploads.FILENAMES.get(name, name)
            source = (config.runs_bucket, run_file(run.id, run.shown_attempt, filename))
            wanted[f"{within}/{export_layout.place(name)}"] = source
    gone = [name for name, source in wanted.items() if not _copy(archive, name, *source)]
    return _packed(submission, setup, folder, tuple(name.removeprefix(f"{folder}/") for name in gone))


def _copy(archive: zipfile.ZipFile, name: str, bucket: str, key: str) -> bool:
    """Copy an object into the zip. False when it is gone."""
    with objects.streamed(bucket, key) as content:
        if content is None:
            return False
        entry = _entry(name)
        # What is packed already is stored as it is.
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(".zip") else zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as member:
            while chunk := content.read(_CHUNK_BYTES):
                member.write(chunk)
    return True


def _entry(name: str) -> zipfile.ZipInfo:
    """Of the same bytes each time, so that S3 need not be sent again what it has."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o644 << 16
    return entry


def _packed(submission: Submission, setup: BoardSetup | None, folder: str, gone: tuple[str, ...]) -> Packed:
    stored = submission.scores or {}
    return Packed(
        submission=submission.id,
        username=submission.username,
        name=submission.name,
        status=submission.status,
        submitted_at=submission.created_at,
        finished_at=submission.finished_at,
        attempt=submission.shown_attempt,
        size_bytes=int(submission.size_bytes),
        sha256=submission.sha256,
        scores=setup.scores_of(stored, submission.task) if setup else stored,
        fact_sheet=submission.fact_sheet or {},
        fault=submission.fault,
        reason=submission.reason or "",
        withdrawn_at=submission.removed_at,
        folder=folder,
        gone=gone,
    )


def _key(export: SubmissionExport, number: int) -> str:
    return object_keys.submission_export(export.phase, export.id, number)


def _answer(export: SubmissionExport) -> responses.SubmissionExport:
    return responses.SubmissionExport(
        id=export.id,
        phase=export.phase,
        status=export.status,  # type: ignore[arg-type]
        submissions=int(export.done),
        zips=[_zip(export, number, one) for number, one in enumerate(export.zips, 1)],
        reason=export.reason or "",
        created_at=export.created_at,
        expires_at=export.expires_at,
    )


def _zip(export: SubmissionExport, number: int, one: dict[str, Any]) -> responses.ExportZip:
    name = f"{export.phase}-{number:03d}.zip"
    url = objects.get_url(settings.get().runs_bucket, _key(export, number), name, URL_SECONDS)
    return responses.ExportZip(url=url, size_bytes=one["size_bytes"], submissions=one["submissions"])
