"""Importing: a bundle in S3 becomes a competition. Runs in the tasks function; may be repeated, never makes two."""

import lzma
import zipfile
import zlib
from dataclasses import asdict
from datetime import datetime, timedelta

from chalicelib import answers, ids, settings, telemetry
from chalicelib.actions import bundle_files, definitions
from chalicelib.actions import uploads as uploading
from chalicelib.aws import objects, queues
from chalicelib.bodies import CreateCompetition
from chalicelib.domain.accounts import Account
from chalicelib.domain.bundle.check import check, find_manifest
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.errors import Complaint as Place
from chalicelib.errors import Invalid
from chalicelib.store import competitions, imports, table, uploads
from chalicelib.store.competitions import Competition
from chalicelib.store.imports import Import

#: An import whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=1)
MAX_MANIFEST_BYTES = 1024**2
_NO_ZIP = Complaint("", None, "", "The bundle is no zip archive that can be read. Zip it again, unencrypted.")
#: A competition and its phases are stored in one transaction, which holds 100 items at most.
MAX_PHASES = 50
#: What `zipfile` raises for archives that are broken, encrypted or packed in an unusual way.
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, lzma.LZMAError)


def create(account: Account, body: CreateCompetition, now: datetime) -> answers.Import:
    """Begin to import an uploaded bundle. Raises NotFound, Invalid, Conflict."""
    key = uploads.key(body.upload)
    upload = uploads.owned(table.fetch(key).get(key), account.id)
    if upload.purpose != "bundle":
        raise Invalid("This upload is a submission. Begin one with the purpose `bundle`.")
    if upload.state == uploads.COMMITTED and (complaints := _first_look(upload.object_key)):
        uploading.remove(upload)
        places = [Place(one.file or one.key or "bundle", one.message) for one in complaints]
        raise Invalid("This bundle cannot be imported, so it was not kept. See `errors`.", places)
    id_ = ids.new(now)
    import_ = Import(
        *imports.key(id_),
        id=id_,
        owner=account.id,
        owner_name=account.username,
        competition=ids.new(now),
        object_key=upload.object_key,
        status=imports.WAITING,
        created_at=now,
        owner_pk=f"IMPORTER#{account.id}",
        owner_sk=id_,
    )
    imports.create(import_, upload, now + OVERDUE)
    queues.send_import(id_)
    return answer(import_)


def show(import_id: str, account: Account) -> answers.Import:
    """How far an import is, and every complaint. Raises NotFound."""
    return answer(imports.find(import_id, account.id))


def run(import_id: str, now: datetime) -> None:
    """Import. Does nothing when another function has it or it is over."""
    import_ = imports.find(import_id)
    if not imports.begin(import_, now):
        return
    try:
        with objects.opened(settings.get().files_bucket, import_.object_key) as content:
            _import(import_, zipfile.ZipFile(content), now)
    except UNREADABLE as error:
        telemetry.logger.info("bundle refused", import_id=import_.id, why=type(error).__name__)
        fail(import_, [_NO_ZIP])


def fail(import_: Import, errors: list[Complaint], warnings: tuple[Complaint, ...] = ()) -> None:
    """End an import with complaints, and remove what it had stored."""
    bundle_files.remove(import_.competition)
    imports.fail(import_, [asdict(error) for error in errors], [asdict(warning) for warning in warnings])
    # Last: while the row says that the import goes on, a repeated one must find the bundle.
    objects.delete(settings.get().files_bucket, import_.object_key)
    telemetry.logger.info("import failed", import_id=import_.id, complaints=len(errors))


def give_up(import_: Import) -> None:
    """End an import that broke off too often."""
    message = "The import broke off three times, by no fault of the bundle that we know of. Upload it again, or ask us."
    fail(import_, [Complaint("", None, "", message)])


def answer(import_: Import) -> answers.Import:
    """An import as its owner sees it."""
    return answers.Import(
        id=import_.id,
        status=import_.status,  # type: ignore[arg-type]
        competition=import_.competition if import_.status == imports.FINISHED else None,
        done=int(import_.done or 0),
        total=int(import_.total or 0),
        errors=[answers.Complaint(**error) for error in import_.errors or []],
        warnings=[answers.Complaint(**warning) for warning in import_.warnings or []],
    )


def _import(import_: Import, archive: zipfile.ZipFile, now: datetime) -> None:
    manifest, prefix, odd, refused = _find_manifest(archive)
    if manifest is None:
        fail(import_, refused)
        return
    with archive.open(manifest) as content:
        text = content.read(MAX_MANIFEST_BYTES + 1)
    reading = check(text, archive.namelist(), manifest, prefix)
    warnings = (*odd, *reading.warnings)
    bundle = reading.bundle
    errors = [*reading.errors, *(_unsupported(bundle, manifest) if bundle else [])]
    if bundle is None or errors:
        fail(import_, errors, warnings)
        return
    placed = bundle_files.store(archive, prefix, bundle, import_.competition, lambda *at: imports.advance(import_, *at))
    competition = _competition(import_, bundle, placed, now)
    phases = definitions.phases_of(competition.id, bundle, placed)
    imports.finish(import_, competition, phases, [asdict(warning) for warning in warnings])
    telemetry.logger.info("import finished", import_id=import_.id, competition=competition.id)


def _first_look(object_key: str) -> list[Complaint]:
    """What the archive's directory alone tells: a few reads, whatever the bundle's size."""
    try:
        with objects.opened(settings.get().files_bucket, object_key) as content:
            return _find_manifest(zipfile.ZipFile(content))[3]
    except UNREADABLE:
        return [_NO_ZIP]


def _find_manifest(archive: zipfile.ZipFile) -> tuple[str | None, str, tuple[Complaint, ...], list[Complaint]]:
    """The manifest's path, the bundle's prefix, warnings, and what makes it a bundle that is not imported at all."""
    refused = bundle_files.refusals(archive)
    if refused:
        return None, "", (), refused
    manifest, prefix, odd = find_manifest(archive.namelist())
    return (manifest, prefix, odd, []) if manifest else (None, "", (), list(odd))


def _unsupported(bundle: Bundle, manifest: str) -> list[Complaint]:
    """What the format knows and this version of Agon does not run. Refused, so that no competition half works."""
    found: list[Complaint] = []
    if len(bundle.phases) > MAX_PHASES:
        found.append(Complaint(manifest, None, "phases", f"A competition may have {MAX_PHASES} phases at most."))
    for phase in bundle.phases:
        if len(phase.tasks) != 1:
            message = f"The phase “{phase.name}” has {len(phase.tasks)} tasks; this version runs one a phase."
            found.append(Complaint(manifest, None, "phases.tasks", message))
    for task in bundle.tasks:
        if task.ingestion_program or task.key:
            message = f"The task “{task.name}” needs an ingestion program or an existing task; not run by this version."
            found.append(Complaint(manifest, None, "tasks", message))
    if bundle.queue:
        found.append(Complaint(manifest, None, "queue", "Custom queues are not run by this version. Leave `queue` out."))
    return found


def _competition(import_: Import, bundle: Bundle, placed: definitions.Placed, now: datetime) -> Competition:
    id_ = import_.competition
    return Competition(
        *competitions.key(id_),
        id=id_,
        organizer=import_.owner_name,
        organizer_ids={import_.owner},
        published=False,
        participants=0,
        created_at=now,
        bundle_key=import_.object_key,
        owner_pk=competitions.organizer_key(import_.owner),
        owner_sk=id_,
        **definitions.competition_of(bundle, placed),
    )
