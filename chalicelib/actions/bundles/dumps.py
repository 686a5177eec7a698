"""Dumping: a competition becomes a bundle again, with all its files or with the keys of those that it uses.

The bundle of an import of a dump is dumped to the same bytes: names, order and times are fixed.
"""

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses, settings, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.library import lending, room
from chalicelib.aws import messages, object_keys, objects, streams
from chalicelib.aws.streams import Stream
from chalicelib.contract import limits
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.bundle import dump as dumping
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table
from chalicelib.store.background import jobs
from chalicelib.store.bundles import dumps
from chalicelib.store.bundles.dumps import Dump
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.competitions.definition import HANDOUTS, TASK_FILES, Placed, Ref
from chalicelib.store.library import datasets
from chalicelib.store.metering import storage
from chalicelib.store.writes import Composer

#: How many of the newest dumps are listed.
LISTED = 20
URL_SECONDS = 300
_CHUNK_BYTES = 1024**2
_BORROWED = "“{}” is somebody else's task, whose files you may use and not read, so it is named by its key alone."


def create(competition_id: str, body: requests.NewDump, account: Account, now: datetime) -> responses.Dump:
    """Begin to dump a competition. Raises NotFound, NotAllowed, TooLarge where it may store no more."""
    holder = storage.competition(competition_id)
    found = table.read_all([Competition.at(competition_id), *room.places(holder)])
    competition = check_organizer(found.get(Competition.at(competition_id)), account)
    room.check(holder, found)
    id_ = ids.new(now)
    dump = Dump(
        *Dump.at(id_),
        id=id_,
        competition=competition.id,
        form=body.form,
        object_key=object_keys.dump(competition.id, id_),
        created_at=now,
        owner_pk=dumps.owner_key(competition.id),
        owner_sk=id_,
    )
    entry = acts.made(competition.id, "dumped", account, now, after={"dump": id_, "form": body.form})
    jobs.create(dump, besides=audit.along(entry))
    messages.send_dump(id_)
    return _answer(dump)


def list_all(competition_id: str, account: Account) -> responses.Dumps:
    """The newest dumps of a competition. Raises NotFound, NotAllowed."""
    (stored,) = table.read(Competition.at(competition_id))
    competition = check_organizer(stored, account)
    return responses.Dumps([_answer(dump) for dump in dumps.of_competition(competition.id, LISTED)])


def show(competition_id: str, dump_id: str, account: Account) -> responses.Dump:
    """One dump, with its URL when it is finished. Raises NotFound, NotAllowed."""
    (stored,) = table.read(Competition.at(competition_id))
    competition = check_organizer(stored, account)
    return _answer(dumps.find(dump_id, competition.id))


def remove(competition_id: str, dump_id: str, account: Account, now: datetime) -> responses.Empty:
    """Remove a dump with its bundle. Raises NotFound, NotAllowed, Conflict while it is being made."""
    (stored,) = table.read(Competition.at(competition_id))
    competition = check_organizer(stored, account)
    dump = dumps.find(dump_id, competition.id)
    if dump.status not in jobs.OVER:
        raise Conflict(say("dump_in_progress", "This dump is being made. Wait until it is finished."))
    objects.delete(settings.get().files_bucket, dump.object_key)
    dumps.remove(dump, audit.along(acts.made(competition.id, "dump_removed", account, now, before={"dump": dump.id})))
    return responses.Empty()


def work(dump: Dump, _now: datetime, deadline: datetime) -> None:
    """Dump a competition. Raises OutOfTime, and NotFound when it was removed meanwhile."""
    competition, phases = competitions.find(dump.competition)
    whole = definition.bundle_of(competition, phases)
    kept = datasets.lent({ref["dataset"] for ref in definition.datasets_of(whole[1])}, competition.organizer_ids)
    bundle, placed, borrowed = lending.by_key(*whole, kept)
    wanted = _members(bundle, placed, is_full=dump.form == dumps.FULL)
    there = {name: ref for name, ref in wanted.items() if ref.get("dataset") not in kept and _is_there(ref)}
    # One file that is gone must not keep an organizer from all the others (PEERS 5.16).
    missing = [name for name in wanted if name not in there]
    written = _written(bundle, dump.form, missing)
    manifest = dumping.write_yaml(dumping.for_codabench(written))

    def on_part(_done: int) -> None:
        if is_late(deadline):
            raise OutOfTime

    with Stream(settings.get().files_bucket, dump.object_key, on_part) as target:
        _write(target, manifest, dumping.stand_ins_of(written), there)
        target.finish()
    complaints = [Complaint(name, None, name, _why_missing(name, wanted[name], kept)) for name in missing]
    complaints += [Complaint("", None, f"tasks[{task.index}]", _BORROWED.format(task.name)) for task in borrowed]
    if target.size_bytes > (most := settings.get().max_bundle_bytes):
        message = f"This archive has {target.size_bytes:,} bytes; an import takes {most:,}. Use a light dump for that."
        complaints.append(Complaint("", None, "", message))
    dumps.finish(dump, target.size_bytes, [asdict(complaint) for complaint in complaints])
    telemetry.logger.info("dump finished", dump=dump.id, competition=competition.id, missing=len(missing))


def give_up(dump: Dump, reason: str, _now: datetime, along: Composer) -> None:
    """End a dump for this reason with what goes along, and leave nothing of it."""
    streams.drop(settings.get().files_bucket, [dump.object_key])
    objects.delete(settings.get().files_bucket, dump.object_key)
    dumps.fail(dump, reason, [asdict(Complaint("", None, "", reason))], along)


def _is_there(ref: Ref) -> bool:
    return objects.head(settings.get().files_bucket, ref["object_key"]) is not None


def _why_missing(name: str, ref: Ref, kept: set[str]) -> str:
    if ref.get("dataset") in kept:
        return f"`{name}` is somebody else's, who does not share it with you, so it was left out."
    return f"`{name}` is gone from storage, so it was left out."


def _emptied(part: object, kinds: Iterable[str], gone: set[str]) -> dict[str, Any]:
    return {kind: None for kind in kinds if getattr(part, kind) in gone}


def _written(bundle: Bundle, form: str, missing: list[str]) -> Bundle:
    """The bundle as the manifest says it, without what is gone."""
    laid = dumping.laid_out(bundle) if form == dumps.FULL else replace(bundle, **dumping.texts_laid_out(bundle))
    gone = set(missing)
    tasks = [replace(task, **_emptied(task, TASK_FILES, gone)) for task in laid.tasks]
    phases = [replace(phase, **_emptied(phase, HANDOUTS, gone)) for phase in laid.phases]
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


def _write(target: Stream, manifest: bytes, stand_ins: Mapping[str, bytes], members: dict[str, Ref]) -> None:
    # What is packed already is stored as it is, and so is what an import could take for blown up.
    deflated = len(manifest)
    with zipfile.ZipFile(target, "w") as archive:  # type: ignore[call-overload]
        archive.writestr(zipfile.ZipInfo("competition.yaml"), manifest, zipfile.ZIP_DEFLATED)
        for name, text in stand_ins.items():
            archive.writestr(zipfile.ZipInfo(name), text)
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


def _answer(dump: Dump) -> responses.Dump:
    url = None
    if dump.status == jobs.FINISHED:
        url = objects.get_url(settings.get().files_bucket, dump.object_key, f"{dump.form}-dump.zip", URL_SECONDS)
    return responses.Dump(
        id=dump.id,
        competition=dump.competition,
        form=dump.form,  # type: ignore[arg-type]
        status=dump.status,  # type: ignore[arg-type]
        size_bytes=None if dump.size_bytes is None else int(dump.size_bytes),
        complaints=[responses.Complaint(**complaint) for complaint in dump.complaints or []],
        created_at=dump.created_at,
        url=url,
    )
