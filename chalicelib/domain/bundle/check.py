"""Every complaint about a bundle at once, and the bundle when there is no error among them."""

import posixpath
from collections.abc import Callable, Collection, Iterator
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence as SequenceABC
from dataclasses import replace
from typing import Any, BinaryIO

from chalicelib.contract import limits
from chalicelib.contract.archives import BUNDLE, shown
from chalicelib.contract.litter import is_litter
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle import archive, nodes, programs, sizes, task_file, v1, v2, yaml_text
from chalicelib.domain.bundle.archive import Contents, Foreign
from chalicelib.domain.bundle.complaints import Complaints, line_of
from chalicelib.domain.bundle.files import Files
from chalicelib.domain.bundle.foreign import kinds
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.domain.bundle.nodes import Mapping, Node, Notice, Scalar, Sequence, Unreadable
from chalicelib.domain.bundle.reading import Outline, Reading, TaskReading, judged_fields, listed, original_of
from chalicelib.domain.bundle.section import Section

__all__ = [
    "MANIFEST_NAMES",
    "TASK_NAMES",
    "Reading",
    "bundle_in",
    "bundle_of_archive",
    "check",
    "check_task",
    "check_task_values",
    "check_values",
    "find_manifest",
    "opened",
]

#: What a manifest is read from, and what reads it: the two doors of the one reader.
Planted = tuple[Node, list[Notice]]

MANIFEST_NAMES = ("competition.yaml", "competition.yml")
#: The manifest of a task that stands by itself.
TASK_NAMES = ("task.yaml", "task.yml")

#: CodaLab's, as they are written.
_VERSIONS_1 = {"1": "1", "1.0": "1", "1.5": "1.5", "1.8": "1.8"}


def check(manifest: bytes, names: Collection[str], file: str = MANIFEST_NAMES[0], prefix: str = "") -> Reading:
    """Read and judge a manifest. Raises nothing, whatever the bytes are.

    `names` are the names of the archive's members; folders may be implied. `file` and `prefix` are what
    `find_manifest` found: paths in the manifest are relative to `prefix`.
    """
    return _reading(lambda: yaml_text.load(manifest), Complaints(file), Files(names, prefix))


def check_values(values: MappingABC[str, Any], names: Collection[str], former: Bundle | None = None) -> Reading:
    """As `check`, of a manifest as plain values, such as JSON has: complaints have places and no lines.

    What the `former` settings had too much of may stay (sizes.py).
    """
    complaints = Complaints(MANIFEST_NAMES[0], is_strict=True)
    return _reading(lambda: (nodes.of_values(values), []), complaints, Files(names), former)


def check_task(manifest: bytes, names: Collection[str], file: str = TASK_NAMES[0], prefix: str = "") -> TaskReading:
    """Read and judge the manifest of a task that stands by itself, a `task.yaml` (FORMATS 1.4). Raises nothing."""
    return _task_reading(lambda: yaml_text.load(manifest), Complaints(file), Files(names, prefix))


def check_task_values(values: MappingABC[str, Any], names: Collection[str]) -> TaskReading:
    """As `check_task`, of a manifest as plain values."""
    return _task_reading(lambda: (nodes.of_values(values), []), Complaints(TASK_NAMES[0], is_strict=True), Files(names))


def bundle_of_archive(file: BinaryIO) -> Reading:
    """Inspect an archive, find its manifest, read and judge that. Raises nothing, whatever the bytes are.

    `file` is seekable and at most read in parts. What its disk or network raises goes through.
    """
    return bundle_in(opened(file))


def opened(file: BinaryIO, deep: bool = True) -> Contents:
    """Inspect an archive. What is a competition of another platform is the bundle that it becomes (ADR 57)."""
    return kinds.translated(archive.inspect(file, BUNDLE, deep))


def bundle_in(contents: Contents) -> Reading:
    """As `bundle_of_archive`, of an archive that was opened already."""
    warnings = listed([*contents.warnings])
    if contents.archive is None or contents.errors:
        return Reading(errors=listed([*contents.errors]), warnings=warnings)
    if contents.foreign and contents.foreign.errors:
        told = listed([*warnings, *contents.foreign.warnings])
        outline = Outline(contents.foreign.kind or None)
        return Reading(errors=listed([*contents.foreign.errors]), warnings=told, outline=outline, file=contents.foreign.file)
    path, prefix, remarks = find_manifest(contents.names)
    if path is None:
        return Reading(errors=remarks, warnings=warnings)
    text = contents.read(path, limits.MANIFEST_BYTES + 1)
    if isinstance(text, Complaint):
        return Reading(errors=(text,), warnings=warnings)
    reading = check(text, contents.names, path, prefix)
    if contents.foreign:
        reading = _told_of(contents.foreign, reading)
    # Of a program that was made for another platform its translation tells.
    uses = () if contents.foreign else reading.programs
    in_programs = [reading.complaint(*found) for found in programs.judge(uses, contents, prefix)]
    errors = [*reading.errors, *_misnamed(reading, contents, prefix)]
    return replace(
        reading,
        bundle=None if errors else reading.bundle,
        errors=listed(errors),
        warnings=listed([*warnings, *remarks, *reading.warnings, *in_programs]),
    )


def _told_of(foreign: Foreign, reading: Reading) -> Reading:
    """A reading of a manifest that was made of something else, as that one's: what has nothing behind it there is told
    when it is an error.
    """

    def said(complaint: Complaint) -> Complaint | None:
        place = original_of(complaint.key, foreign.places)
        line = line_of(foreign.lines, place or "")
        return None if place is None else replace(complaint, file=foreign.file, line=line, key=place)

    errors = [said(one) or replace(one, file=foreign.file, line=None) for one in reading.errors]
    warnings = [one for one in map(said, reading.warnings) if one]
    return replace(
        reading,
        errors=tuple(errors),
        warnings=(*foreign.warnings, *warnings),
        file=foreign.file,
        lines=foreign.lines,
        places=foreign.places,
        outline=replace(reading.outline, version=foreign.kind),
    )


def find_manifest(
    names: Collection[str], wanted: SequenceABC[str] = MANIFEST_NAMES
) -> tuple[str | None, str, tuple[Complaint, ...]]:
    """The manifest's path, the folder that wraps the bundle ("" or with a trailing `/`), and complaints.

    Without a manifest the path is None and the complaints are errors; otherwise they are warnings.
    """
    members = {name for name in names if not _is_litter(name)}
    tops = {name.split("/", 1)[0] for name in members}
    wrapping = f"{next(iter(tops))}/" if len(tops) == 1 else ""
    for prefix in ("", wrapping) if wrapping else ("",):
        found = [prefix + name for name in wanted if prefix + name in members]
        if found:
            return found[0], prefix, tuple(_remarks(found, prefix))
    return None, "", (_missing(members, wanted),)


def _misnamed(reading: Reading, contents: Contents, prefix: str) -> Iterator[Complaint]:
    """What is called a zip and is none, where one is needed: no runner could unpack it."""
    for place, path in reading.archives:
        if prefix + path in contents.misnamed:
            message = f"`{shown(path)}` is called a zip, and is no zip archive that can be read. Zip it again."
            yield reading.complaint(place, message)


def _reading(plant: Callable[[], Planted], complaints: Complaints, files: Files, former: Bundle | None = None) -> Reading:
    root = _root(plant, complaints, "`version: 2`, `title: …` and so on")
    bundle, outline = (None, Outline()) if root is None else _dispatch(Section(root, "", complaints), root, files, former)
    return Reading(
        bundle=None if complaints.errors else bundle,
        outline=outline,
        **judged_fields(complaints, files),
    )


def _task_reading(plant: Callable[[], Planted], complaints: Complaints, files: Files) -> TaskReading:
    root = _root(plant, complaints, "`name: …`, `description: …` and so on")
    task, is_public = (None, False) if root is None else task_file.read(Section(root, "", complaints), files)
    for place, message in sizes.judge_task(task) if task else ():
        complaints.error(place, message)
    return TaskReading(
        task=None if complaints.errors else task,
        is_public=is_public,
        **judged_fields(complaints, files),
    )


def _root(plant: Callable[[], Planted], complaints: Complaints, example: str) -> Mapping | None:
    try:
        root, notices = plant()
    except Unreadable as error:
        complaints.error(error.notice.key, error.notice.message, error.notice.line)
        return None
    for notice in notices:
        complaints.warn(notice.key, notice.message, notice.line)
    if not isinstance(root, Mapping):
        complaints.error("", f"The file has no keys. Write {example}.", root.line)
        return None
    return root


def _dispatch(section: Section, root: Mapping, files: Files, former: Bundle | None) -> tuple[Bundle | None, Outline]:
    version = _version(root)
    if version in ("2", "2.0"):
        bundle = v2.read(section, files)
    elif version in _VERSIONS_1:
        bundle = v1.read(section, files, _VERSIONS_1[version])
        if not section.has("version"):
            section.warn(
                "version", say("version_missing", "There is no `version`, so this is read as version 1. Write `version: 1`.")
            )
    else:
        section.error(
            "version", say("version_unknown", "There is no version `{version}`. Write `version: 2`.", version=version[:40])
        )
        return None, Outline()
    for place, message in sizes.judge(bundle, former):
        section.complaints.error(place, message)
    counts = len(bundle.phases), len(bundle.tasks), len(bundle.leaderboards)
    return bundle, Outline(bundle.version, bundle.title or None, *counts)


def _version(root: Mapping) -> str:
    written = root.entries.get("version")
    if isinstance(written, Scalar) and not written.is_null:
        return written.text.strip()
    if isinstance(written, (Mapping, Sequence)):
        return "…"
    # Some bundles of version 2 forget to say so (FORMATS 0).
    return "2" if "tasks" in root.entries and isinstance(root.entries.get("phases"), Sequence) else "1"


def _is_litter(name: str) -> bool:
    """What an operating system leaves in archives."""
    parts = name.rstrip("/").split("/")
    return is_litter(parts) or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _remarks(found: list[str], prefix: str) -> list[Complaint]:
    remarks = []
    if prefix not in ("", "./"):
        message = f"The bundle stands in the folder `{shown(prefix)}`; it is read there. Better zip the files themselves."
        remarks.append(Complaint(found[0], None, "", message))
    if len(found) > 1:
        message = f"`{shown(found[0])}` is read and `{shown(found[1])}` ignored. Keep one."
        remarks.append(Complaint(found[1], None, "", message))
    return remarks


def _missing(members: Collection[str], wanted: Collection[str]) -> Complaint:
    manifest = next(iter(wanted))
    advice = "Zip the files themselves and not a folder around them: `cd my_bundle && zip -r ../bundle.zip .`"
    alike = sorted(name for name in members if posixpath.basename(name).lower() in wanted)
    if alike:
        folder, name = posixpath.split(alike[0])
        must = [*([] if name in wanted else [f"be called `{manifest}`"]), *(["stand at the root"] if folder else [])]
        advice = f"There is `{shown(alike[0])}`: it must {' and '.join(must)}. {advice}"
    return Complaint(manifest, None, "", f"The archive has no {manifest} at its root. {advice}")
