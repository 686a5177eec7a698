"""Dumping: a competition becomes a bundle again, with all its files or with the keys of those that it uses.

The bundle of an import of a dump is dumped to the same bytes: names, order and times are fixed.
"""

import zipfile
from dataclasses import asdict, replace
from datetime import UTC, datetime

from chalicelib import answers, bodies, ids, settings, telemetry
from chalicelib.actions import definitions
from chalicelib.actions.competitions import check_organizer
from chalicelib.actions.copying import MARGIN, OutOfTime
from chalicelib.actions.definitions import HANDOUTS, TASK_FILES, Placed, Ref
from chalicelib.aws import objects, queues, streams
from chalicelib.aws.streams import Stream
from chalicelib.contract import limits
from chalicelib.domain.accounts import Account
from chalicelib.domain.bundle import dump as dumping
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.store import competitions, dumps, imports, packing, table
from chalicelib.store.dumps import Dump

#: How many of the newest dumps are listed.
LISTED = 20
URL_SECONDS = 300
_CHUNK_BYTES = 1024**2


def create(competition_id: str, body: bodies.NewDump, account: Account, now: datetime) -> answers.Dump:
    """Begin to dump a competition. Raises NotFound, NotAllowed."""
    key = competitions.key(competition_id)
    competition = check_organizer(table.fetch(key).get(key), account)
    id_ = ids.new(now)
    dump = Dump(
        *dumps.key(id_),
        id=id_,
        competition=competition.id,
        form=body.form,
        status=imports.WAITING,
        object_key=f"dumps/{competition.id}/{id_}.zip",
        created_at=now,
        owner_pk=dumps.owner_key(competition.id),
        owner_sk=id_,
    )
    dump.wake_at(now + packing.OVERDUE)
    dump.save()
    queues.send_dump(id_)
    return _answer(dump)


def list_all(competition_id: str, account: Account) -> answers.Dumps:
    """The newest dumps of a competition. Raises NotFound, NotAllowed."""
    key = competitions.key(competition_id)
    competition = check_organizer(table.fetch(key).get(key), account)
    return answers.Dumps([_answer(dump) for dump in dumps.of_competition(competition.id, LISTED)])


def show(competition_id: str, dump_id: str, account: Account) -> answers.Dump:
    """One dump, with its URL when it is finished. Raises NotFound, NotAllowed."""
    key = competitions.key(competition_id)
    competition = check_organizer(table.fetch(key).get(key), account)
    return _answer(dumps.find(dump_id, competition.id))


def run(dump_id: str, now: datetime, deadline: datetime) -> None:
    """Dump. Does nothing when another function has it. Near `deadline` it leaves the rest to another."""
    dump = dumps.find(dump_id)
    if not packing.begin(dump, now):
        return
    try:
        _dump(dump, deadline)
    except OutOfTime:
        packing.wait_again(dump, deadline + packing.OVERDUE, is_paused=True)
        queues.send_dump(dump.id)


def give_up(dump: Dump) -> None:
    """End a dump that broke off too often, and leave nothing of it."""
    streams.drop(settings.get().files_bucket, [dump.object_key])
    objects.delete(settings.get().files_bucket, dump.object_key)
    message = "The dump broke off three times, by no fault of yours that we know of. Try again, or ask us."
    dumps.fail(dump, [asdict(Complaint("", None, "", message))])


def _dump(dump: Dump, deadline: datetime) -> None:
    competition, phases = competitions.find(dump.competition)
    bundle, placed = definitions.bundle_of(competition, phases)
    wanted = _members(bundle, placed, is_full=dump.form == dumps.FULL)
    there = {name: ref for name, ref in wanted.items() if objects.head(settings.get().files_bucket, ref["object_key"])}
    # One file that is gone must not keep an organizer from all the others (PEERS 5.16).
    missing = [name for name in wanted if name not in there]
    manifest = dumping.write_yaml(dumping.for_codabench(_written(bundle, dump.form, missing)))

    def on_part(_done: int) -> None:
        if datetime.now(UTC) > deadline - MARGIN:
            raise OutOfTime

    target = Stream(settings.get().files_bucket, dump.object_key, on_part)
    _write(target, manifest, there)
    target.finish()
    complaints = [Complaint(name, None, name, f"`{name}` is gone from storage, so it was left out.") for name in missing]
    if target.size_bytes > (most := settings.get().max_bundle_bytes):
        message = f"This archive has {target.size_bytes:,} bytes; an import takes {most:,}. Use a light dump for that."
        complaints.append(Complaint("", None, "", message))
    dumps.finish(dump, target.size_bytes, [asdict(complaint) for complaint in complaints])
    telemetry.logger.info("dump finished", dump=dump.id, competition=competition.id, missing=len(missing))


def _written(bundle: Bundle, form: str, missing: list[str]) -> Bundle:
    """The bundle as the manifest says it, without what is gone."""
    laid = dumping.laid_out(bundle) if form == dumps.FULL else replace(bundle, **dumping.texts_laid_out(bundle))
    gone = set(missing)
    tasks = [replace(task, **{kind: None for kind in TASK_FILES if getattr(task, kind) in gone}) for task in laid.tasks]
    phases = [replace(phase, **{kind: None for kind in HANDOUTS if getattr(phase, kind) in gone}) for phase in laid.phases]
    return replace(
        laid,
        tasks=tuple(tasks),
        phases=tuple(phases),
        solutions=tuple(solution for solution in laid.solutions if solution.path not in gone),
        pages=tuple(page for page in laid.pages if page.file not in gone),
        terms=None if laid.terms in gone else laid.terms,
        image=None if laid.image in gone else laid.image,
    )


def _members(bundle: Bundle, placed: Placed, is_full: bool) -> dict[str, Ref]:
    """The archive's members but the manifest, in their order, and where each lies."""
    laid = dumping.laid_out(bundle)
    found = {page.file: ref for page, ref in zip(laid.pages, placed.pages, strict=True)}
    for name, ref in ((laid.terms, placed.terms), (laid.image, placed.logo)):
        if name and ref:
            found[name] = ref
    found |= dict(sorted(placed.assets.items()))
    if is_full:
        for task in laid.tasks:
            found |= {getattr(task, kind): ref for kind, ref in sorted(placed.tasks[task.index].items())}
        for phase in laid.phases:
            found |= {getattr(phase, kind): ref for kind, ref in sorted(placed.phases[phase.index].items())}
        found |= {str(solution.path): placed.solutions[solution.index] for solution in laid.solutions}
    return found


def _write(target: Stream, manifest: bytes, members: dict[str, Ref]) -> None:
    # What is packed already is stored as it is, and so is what an import could take for blown up.
    deflated = len(manifest)
    with zipfile.ZipFile(target, "w") as archive:  # type: ignore[call-overload]
        archive.writestr(zipfile.ZipInfo("competition.yaml"), manifest, zipfile.ZIP_DEFLATED)
        for name, ref in members.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            if not name.endswith(".zip") and deflated + int(ref["size_bytes"]) <= limits.MAX_BLOWN_UP_BYTES:
                entry.compress_type, deflated = zipfile.ZIP_DEFLATED, deflated + int(ref["size_bytes"])
            with (
                objects.opened(settings.get().files_bucket, ref["object_key"]) as content,
                archive.open(entry, "w", force_zip64=True) as member,
            ):
                while chunk := content.read(_CHUNK_BYTES):
                    member.write(chunk)


def _answer(dump: Dump) -> answers.Dump:
    url = None
    if dump.status == imports.FINISHED:
        url = objects.get_url(settings.get().files_bucket, dump.object_key, f"{dump.form}-dump.zip", URL_SECONDS)
    return answers.Dump(
        id=dump.id,
        competition=dump.competition,
        form=dump.form,  # type: ignore[arg-type]
        status=dump.status,  # type: ignore[arg-type]
        size_bytes=None if dump.size_bytes is None else int(dump.size_bytes),
        complaints=[answers.Complaint(**complaint) for complaint in dump.complaints or []],
        created_at=dump.created_at,
        url=url,
    )
