"""Importing: a bundle in S3 becomes a competition, or takes the place of one's definition.

Runs in the tasks function. May be repeated and broken off anywhere: it goes on where it stopped, and never makes two.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib import ids, responses, settings, telemetry
from chalicelib.actions.bundles import permitted
from chalicelib.actions.competitions import slugs
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import reordering
from chalicelib.actions.leaderboards.reordering import Reordering
from chalicelib.actions.library import bundle_files, copying, lending, references
from chalicelib.actions.library import uploads as uploading
from chalicelib.actions.people import tries
from chalicelib.actions.submissions import sharing
from chalicelib.aws import messages, objects
from chalicelib.contract import limits
from chalicelib.domain.bundle import sizes
from chalicelib.domain.bundle.archive import Contents
from chalicelib.domain.bundle.check import bundle_in, find_manifest, opened
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.domain.bundle.reading import Reading, listed
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint as Place
from chalicelib.errors import Invalid, Outdated, as_sentence, say
from chalicelib.requests import BundleUpload
from chalicelib.store import table
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background import jobs
from chalicelib.store.bundles import imports
from chalicelib.store.bundles.imports import Import
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Change, Competition, Phase
from chalicelib.store.competitions.definition import Placed
from chalicelib.store.library import uploads
from chalicelib.store.library.uploads import Upload
from chalicelib.store.people.buckets import Bucket
from chalicelib.store.queues import queues
from chalicelib.store.submissions import submissions
from chalicelib.store.writes import Composer

#: An import whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=1)
#: What broke off too often stays as it is for so long, should administrators have it tried again.
PUT_ASIDE = timedelta(days=7)
_OTHER_SLUG = "Another competition has or had the slug `{}`, so this one has `{}`. The settings change it."


def create(account: Account, body: BundleUpload, now: datetime) -> responses.Import:
    """Begin to import an uploaded bundle as a new competition. Raises NotFound, Invalid, Conflict, QuotaExceeded."""
    sent, lately = table.read(Upload.at(body.upload), tries.place_of_imports(account))
    return _begin(account, uploads.owned(sent, account.id), ids.new(now), None, lately, now)


def update(competition_id: str, account: Account, body: BundleUpload, now: datetime) -> responses.Import:
    """Begin to put a bundle in the place of a competition's definition.

    Raises NotFound, NotAllowed, Invalid, Conflict, QuotaExceeded.
    """
    places = Upload.at(body.upload), Competition.at(competition_id), tries.place_of_imports(account)
    sent, stored, lately = table.read(*places)
    competition = check_organizer(stored, account)
    upload = uploads.owned(sent, account.id)
    return _begin(account, upload, competition.id, int(competition.revision), lately, now)


def show(import_id: str, account: Account) -> responses.Import:
    """The progress of the import, and every complaint. Raises NotFound."""
    return answer(imports.find(import_id, account.id))


def work(import_: Import, now: datetime, deadline: datetime) -> None:
    """Import a bundle. Raises OutOfTime."""
    if import_.errors is not None:
        _remove(import_)
        return
    try:
        with objects.opened(settings.get().files_bucket, import_.object_key) as content:
            contents = opened(content)
            _import(import_, contents, bundle_in(contents), now, deadline)
    except copying.Broken as error:
        message = f"`{error.piece.path[:200]}` cannot be read from the archive: it is damaged. Zip the bundle again."
        fail(import_, [Complaint(error.piece.path, None, error.piece.place, message)])


def fail(import_: Import, errors: list[Complaint], warnings: tuple[Complaint, ...] = ()) -> None:
    """End an import with complaints, and remove what it had stored. The first complaints count."""
    if import_.errors is None:
        imports.condemn(import_, [asdict(error) for error in listed(errors)], [asdict(warning) for warning in warnings])
    _remove(import_)


def give_up(import_: Import, reason: str, _now: datetime, _along: Composer) -> None:
    """End an import for this reason, which its owner reads."""
    fail(import_, [Complaint("", None, "", reason)])


def put_aside(import_: Import, reason: str, now: datetime, along: Composer) -> None:
    """End an import that broke off, with what goes along. What it has of the bundle stays for a week. Raises TakenOver."""
    jobs.fail(import_, reason, along, expires_at=now + PUT_ASIDE)


def throw_away(import_: Import, _now: datetime) -> None:
    """Remove what an import had stored that was put aside, and not begun again."""
    fail(import_, _complaints(import_))


def answer(import_: Import) -> responses.Import:
    """An import as its owner sees it."""
    files = [
        responses.ImportedFile(place, int(file["bytes"]), int(file["of"])) for place, file in (import_.files or {}).items()
    ]
    return responses.Import(
        id=import_.id,
        status=import_.status,  # type: ignore[arg-type]
        competition=import_.competition if import_.status == jobs.FINISHED else None,
        done=sum(1 for file in (import_.files or {}).values() if "ref" in file),
        total=len(files),
        files=files,
        errors=[responses.Complaint(**error) for error in import_.errors or map(asdict, _complaints(import_))],
        warnings=[responses.Complaint(**warning) for warning in import_.warnings or []],
    )


def _complaints(import_: Import) -> list[Complaint]:
    """Why an import failed that was put aside."""
    return [Complaint("", None, "", str(import_.reason))] if import_.status == jobs.FAILED else []


def _remove(import_: Import) -> None:
    """End an import that was condemned. Whoever repeats it goes on here, so the bundle may be gone by then."""
    references.forget(import_)
    copying.forget(import_)
    uploading.let_go(import_.object_key, import_.created_at)
    imports.fail(import_)
    telemetry.logger.info("import failed", import_id=import_.id, complaints=len(import_.errors))


def _begin(
    account: Account, upload: Upload, competition: str, updates: int | None, lately: Bucket | None, now: datetime
) -> responses.Import:
    tries.check_may_import(account, lately, now)
    if upload.purpose != "bundle":
        raise Invalid(
            say(
                "upload_no_bundle",
                "This upload is a {purpose}. Begin one with the purpose `bundle`.",
                purpose=upload.purpose,
            )
        )
    if upload.state == uploads.COMMITTED and (complaints := _first_look(upload.object_key)):
        uploading.remove(upload, now)
        places = [Place(_place_of(one), as_sentence(one.message)) for one in complaints]
        raise Invalid(
            say("bundle_refused", "This bundle cannot be imported, so it was not kept: correct what is named."), places
        )
    id_ = ids.new(now)
    import_ = Import(
        *Import.at(id_),
        id=id_,
        owner=account.id,
        owner_name=account.username,
        competition=competition,
        updates=updates,
        object_key=upload.object_key,
        created_at=now,
        owner_pk=imports.owner_key(account.id),
        owner_sk=id_,
    )
    tries.import_(account, lately, now, imports.creating(import_, upload), otherwise=imports.unusable())
    messages.send_import(id_)
    return answer(import_)


def _place_of(complaint: Complaint) -> str:
    """The place of a complaint in one word: the file with its line, else the key."""
    file = f"{complaint.file}:{complaint.line}" if complaint.line else complaint.file
    return file or complaint.key or "bundle"


def _first_look(object_key: str) -> tuple[Complaint, ...]:
    """What the archive's directory tells, and small files of another platform's: a few reads, whatever its size."""
    with objects.opened(settings.get().files_bucket, object_key) as content:
        contents = opened(content)
    if contents.errors:
        return contents.errors
    if contents.foreign:
        return contents.foreign.errors
    manifest, _, complaints = find_manifest(contents.names)
    return () if manifest else complaints


def _import(import_: Import, contents: Contents, reading: Reading, now: datetime, deadline: datetime) -> None:
    """Judge everything that costs little first; copy; judge what was copied; store."""
    bundle = reading.bundle
    if bundle is None:
        fail(import_, list(reading.errors), reading.warnings)
        return
    known, errors = references.look_up(reading, import_.owner)
    bundle = references.with_tasks(bundle, known)
    pieces = bundle_files.pieces(bundle)
    # Its queue and the bank's tasks were not there when the bundle was read.
    reading = permitted.judged_by_queue(reading, bundle, import_.owner)
    errors += reading.errors
    errors += [reading.complaint(*finding) for finding in sizes.judge(bundle)]
    borrowed = {task.index: known.tasks[task.key].files for task in bundle.tasks if task.key in known.tasks}
    errors += [reading.complaint(*finding) for finding in lending.judge(bundle, borrowed, {import_.owner})]
    former = competitions.find(import_.competition) if import_.updates is not None else None
    if former:
        errors += [*_lost_phases(reading, bundle, former[1]), *_shared_anew(reading, bundle, former[1])]
    if errors or contents.archive is None:
        fail(import_, errors, reading.warnings)
        return
    source = bundle_files.Source(contents.archive, find_manifest(contents.names)[1])
    work = copying.Copying(import_, deadline)
    refs = work.copy(pieces, source)
    if bad := work.judge(pieces):
        complaints = [reading.complaint(piece.place, f"In `{piece.path[:100]}`: {one.message}") for piece, one in bad]
        fail(import_, complaints, reading.warnings)
        return
    placed = bundle_files.placed(bundle, refs, known.files)
    if former:
        references.reuse(import_, placed, definition.bundle_of(*former)[1])
    references.keep(import_, bundle, placed, now)
    _store(import_, bundle, placed, former, reading, now)


def _lost_phases(reading: Reading, bundle: Bundle, former: list[Phase]) -> list[Complaint]:
    """A phase that was submitted to stays, or its submissions would belong to nothing."""
    kept = {phase.index for phase in bundle.phases}
    lost = [phase for phase in former if phase.index not in kept and submissions.of_phase(phase.id, None, 1)[0]]
    message = "The competition's phase “{}” has submissions and is not in this bundle. Keep it, with its index {}."
    return [reading.complaint("phases", message.format(phase.name[:60], int(phase.index))) for phase in lost]


def _shared_anew(reading: Reading, bundle: Bundle, former: list[Phase]) -> list[Complaint]:
    """Who has submitted knew under which licence that is shared, if at all."""
    message = "“{}” has submissions of people who did not know of its `licence_at_end`. " + sharing.ASK_THEM
    return [
        reading.complaint("phases", message.format(phase.name[:60]))
        for phase in permitted.phases_shared_anew(bundle, former)
    ]


def _store(
    import_: Import,
    bundle: Bundle,
    placed: Placed,
    former: tuple[Competition, list[Phase]] | None,
    reading: Reading,
    now: datetime,
) -> None:
    original = {"import": import_.id, "object_key": import_.object_key, "manifest": reading.file, "at": now.isoformat()}
    if former is None:
        attributes = {**definition.competition_of(bundle, placed), "originals": [original]}
        phases = definition.phases_of(import_.competition, bundle, placed)
        _finish(import_, _new(import_, attributes, now), phases, reading)
    else:
        competition, old = former
        competition.revision = import_.updates
        bundle, reading = _with_own_slug(competition, bundle, reading)
        reorderings = reordering.of_change(competition, old, bundle, now)
        change = _change(competition, old, bundle, placed, reorderings, original, now)
        warnings = [asdict(warning) for warning in (*reading.warnings, *_lost_scores(reading, reorderings))]
        try:
            imports.finish_update(import_, competition, change, warnings, _entry(import_, now), now)
        except Outdated as error:
            fail(import_, [reading.complaint("", error.detail)], reading.warnings)
            return
        _follow(change, competition, bundle)
    telemetry.logger.info("import finished", import_id=import_.id, competition=import_.competition)


def _entry(import_: Import, now: datetime) -> AuditEntry:
    """The record that a bundle took the place of a competition's definition, when it did."""
    by = Account(import_.owner, import_.owner_name, is_admin=False, signed_in_with="session")
    return acts.made(import_.competition, "updated", by, now, after={"import": import_.id})


def _finish(import_: Import, competition: Competition, phases: list[Phase], reading: Reading) -> None:
    """Store what is new under the slug that its bundle asks for, or one like it, which is told."""
    wanted = competition.slug or ""

    def store(slug: str) -> None:
        competition.slug = slug
        other = [reading.complaint("agon.slug", _OTHER_SLUG.format(wanted, slug))] if wanted not in ("", slug) else []
        imports.finish(import_, competition, phases, [asdict(one) for one in (*reading.warnings, *other)])

    slugs.naming(wanted, competition.title, competition.id, store)


def _with_own_slug(competition: Competition, bundle: Bundle, reading: Reading) -> tuple[Bundle, Reading]:
    """Without the slug that the bundle asks for, where the competition cannot have that: so it keeps its own, which is
    told.
    """
    fault = slugs.fault_of_change(competition, bundle.slug)
    if fault is None:
        return bundle, reading
    warning = reading.complaint("agon.slug", f"{fault} It stays `{competition.called}`.")
    return replace(bundle, slug=""), replace(reading, warnings=(*reading.warnings, warning))


def _change(
    competition: Competition,
    old: list[Phase],
    bundle: Bundle,
    placed: Placed,
    reorderings: Sequence[Reordering],
    original: dict[str, str],
    now: datetime,
) -> Change:
    """What becomes of a competition in whose place a bundle is put."""
    phases, originals = definition.phases_of(competition.id, bundle, placed), [*(competition.originals or []), original]
    kept, dropped = originals[-limits.MAX_ORIGINALS :], originals[: -limits.MAX_ORIGINALS]
    return Change(
        {**definition.competition_of(bundle, placed), "originals": kept},
        phases,
        gone=[phase for phase in old if phase.id not in {phase.id for phase in phases}],
        boards=[phase.id for phase in phases],
        jobs=[reordering.job(one.phase.id, now) for one in reorderings],
        replaced=references.replaced(competition, old, bundle, placed, now, [one["object_key"] for one in dropped]),
    )


def _follow(change: Change, competition: Competition, bundle: Bundle) -> None:
    """Have done what follows from a change."""
    for job in change.jobs:
        messages.send_phase_job(job.id)
    for phase_id in change.boards:
        messages.send_rebuild(phase_id)
    for queue in queues.queues_of(competition) - {*bundle.queues, queues.DEFAULT}:
        queues.no_longer_use(queue, competition.id)


def _lost_scores(reading: Reading, reorderings: Sequence[Reordering]) -> list[Complaint]:
    """What nobody was asked before: scores that no board shows any more."""
    message = (
        "No board shows the scores in `{}` any more (submissions to “{}”: {:,}). They are kept, and shown by a column "
        "of this key, or with it among its `former_keys`."
    )
    losing = reordering.effects([one for one in reorderings if one.lost])
    lost = [(column.key, effect.name[:60], column.submissions) for effect in losing for column in effect.lost]
    return [reading.complaint("leaderboards", message.format(*one)) for one in lost]


def _new(import_: Import, attributes: dict[str, Any], now: datetime) -> Competition:
    return Competition(
        *Competition.at(import_.competition),
        id=import_.competition,
        organizer=import_.owner_name,
        organizer_ids={import_.owner},
        published=False,
        participants=0,
        created_at=now,
        owner_pk=competitions.organizer_key(import_.owner),
        owner_sk=import_.competition,
        **attributes,
    )
