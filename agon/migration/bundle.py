"""A dump as Codabench makes it, completed with what it leaves out and the API tells.

It loses times of day, what phases hand out, which column ranks, and that a task ingests during scoring. It names the site's
own queue, which is nowhere else. And a task that two phases share stands in it twice, with its files, of which one is used.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml

from agon.errors import BadFile
from agon.migration.shapes import Competition, Phase
from chalicelib.contract import archives, limits
from chalicelib.domain.bundle import yaml_text
from chalicelib.domain.bundle.nodes import Unreadable

_MANIFEST = "competition.yaml"
_Told = TypeVar("_Told")


def complete(
    dump: Path,
    target: Path,
    competition: Competition,
    ingesting: Collection[int],
    handouts: Mapping[str, Path],
    now: datetime,
) -> list[str]:
    """Write a dump anew as `target`, whole or not at all. Tells what was put right, in sentences.

    `ingesting` are the numbers of tasks that ingest during scoring, `handouts` files of phases by their names in the zip, as
    `handout_name` gives them. Raises BadFile for what is no bundle of Codabench's that may be opened.
    """
    return _rewritten(dump, target, lambda manifest: _put_right(manifest, competition, ingesting, handouts, now), handouts)


def run_in(bundle: Path, image: str) -> None:
    """Have a bundle's programs run in another Docker image than it names. Raises BadFile."""
    _rewritten(bundle, bundle, lambda manifest: manifest.update(docker_image=image), {})


def _rewritten(source: Path, target: Path, change: Callable[[dict[str, Any]], _Told], more: Mapping[str, Path]) -> _Told:
    """What a change of the manifest tells. The zip with it and with more files is `target`, whole or not at all."""
    draft = target.with_name(f"{target.name}.new")
    try:
        with source.open("rb") as file, archives.reading(), archives.open_directory(file) as opened:
            if found := archives.dangers(opened, archives.BUNDLE):
                raise BadFile(f"{source} is not opened. {found[0].message}")
            manifest = _manifest(opened, source)
            told = change(manifest)
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as made:
                made.writestr(_MANIFEST, yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True))
                # Of two with one name the last one counts.
                for member in {one.filename: one for one in opened.infolist()}.values():
                    if member.filename != _MANIFEST and not member.is_dir():
                        with opened.open(member) as content, made.open(_named(member), "w") as copy:
                            shutil.copyfileobj(content, copy, 1024 * 1024)
                for name, path in more.items():
                    made.write(path, name)
            draft.replace(target)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadFile(f"{source} is no dump that can be opened: {error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return told


def handout_name(phase: Phase, kind: str) -> str:
    """The name in the zip of what a phase hands out."""
    return f"{kind}-of-phase-{phase.id}.zip"


def _named(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(member.filename, member.date_time)
    copy.external_attr, copy.file_size = 0o644 << 16, member.file_size
    return copy


def _manifest(source: zipfile.ZipFile, dump: Path) -> dict[str, Any]:
    try:
        member = source.getinfo(_MANIFEST)
    except KeyError:
        raise BadFile(f"{dump} has no {_MANIFEST}, so it is no dump of Codabench's.") from None
    with source.open(member) as file:
        content = file.read(limits.MANIFEST_BYTES + 1)
    try:
        # It has an end, and stands for no more than it says: then it may be read as it is.
        yaml_text.load(content)
        manifest = yaml.safe_load(content)
    except (Unreadable, yaml.YAMLError, ValueError) as error:
        raise BadFile(f"The {_MANIFEST} of {dump} cannot be read: {error}") from error
    if not isinstance(manifest, dict):
        raise BadFile(f"The {_MANIFEST} of {dump} is no competition's.")
    return manifest


def _put_right(
    manifest: dict[str, Any],
    competition: Competition,
    ingesting: Collection[int],
    handouts: Mapping[str, Path],
    now: datetime,
) -> list[str]:
    # A dump has them in their order, as the API has.
    phases = _entries(manifest, "phases")
    pairs = list(zip(phases, competition.phases, strict=False))
    boards = _entries(manifest, "leaderboards")
    _drop_twins(manifest, phases)
    changed = {
        "Phases begin and end at their times of day again.": [_dated(*one) for one in pairs],
        "Starting kits and public data of phases are in it again.": [_handing_out(*one, handouts) for one in pairs],
        "Boards rank by their primary column again.": [_ranked(one, competition.primary) for one in boards],
        "Tasks ingest during scoring again.": [_ingesting(manifest, *one, ingesting) for one in pairs],
        "What went along into a phase there has gone along: here nothing does again.": [
            _settled(*one, now) for one in pairs
        ],
        "It waits on the queue of this site: that of there is known there alone.": [manifest.pop("queue", None) is not None],
    }
    for solution in _entries(manifest, "solutions"):
        # A key of there is known there alone, and the file is beside it.
        if solution.get("path"):
            solution.pop("key", None)
    return [sentence for sentence, does in changed.items() if any(does)]


def _drop_twins(manifest: dict[str, Any], phases: Sequence[Mapping[str, Any]]) -> None:
    """Leave out tasks that no phase names and that have the name and the files of one which a phase does."""
    named = {index for phase in phases for index in _list(phase.get("tasks"))}
    known = [_as_is(one) for one in _entries(manifest, "tasks") if one.get("index") in named]
    twins = {
        one.get("index") for one in _entries(manifest, "tasks") if one.get("index") not in named and _as_is(one) in known
    }
    if twins:
        manifest["tasks"] = [one for one in _entries(manifest, "tasks") if one.get("index") not in twins]
        manifest["solutions"] = [one for one in _entries(manifest, "solutions") if not {*_list(one.get("tasks"))} & twins]


def _as_is(task: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in task.items() if name != "index"}


def _settled(phase: dict[str, Any], there: Phase, now: datetime) -> bool:
    """Whether submissions have gone along into a phase there, which are its own by now."""
    has_begun = there.start is not None and datetime.fromisoformat(there.start) <= now
    return has_begun and phase.pop("auto_migrate_to_this_phase", False) is True


def _dated(phase: dict[str, Any], there: Phase) -> bool:
    before = phase.get("start"), phase.get("end")
    times = {"start": there.start, "end": there.end}
    phase |= {name: value for name, value in times.items() if value is not None}
    return before != (phase.get("start"), phase.get("end"))


def _handing_out(phase: dict[str, Any], there: Phase, handouts: Mapping[str, Path]) -> bool:
    found = {kind: handout_name(there, kind) for kind in there.files if handout_name(there, kind) in handouts}
    phase |= found
    return bool(found)


def _ranked(board: dict[str, Any], primary: Mapping[str, int]) -> bool:
    index = primary.get(str(board.get("key")), 0)
    is_known = "primary_index" in board or index == 0
    if not is_known:
        board["primary_index"] = index
    return not is_known


def _ingesting(manifest: dict[str, Any], phase: dict[str, Any], there: Phase, ingesting: Collection[int]) -> bool:
    names = {there.tasks[number] for number in there.tasks if number in ingesting}
    indexes = phase.get("tasks") if isinstance(phase.get("tasks"), list) else []
    meant = [
        one
        for one in _entries(manifest, "tasks")
        if one.get("index") in (indexes or ()) and one.get("name") in names and not one.get("ingestion_only_during_scoring")
    ]
    for one in meant:
        one["ingestion_only_during_scoring"] = True
    return bool(meant)


def _list(value: Any) -> list[Any]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _entries(manifest: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = manifest.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
