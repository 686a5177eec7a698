"""Every complaint about a bundle at once, and the bundle when there is no error among them."""

import posixpath
from collections.abc import Collection
from dataclasses import dataclass

from chalicelib.domain.bundle import v2, yaml_text
from chalicelib.domain.bundle.files import Files
from chalicelib.domain.bundle.model import Bundle, Complaint
from chalicelib.domain.bundle.section import Complaints, Section
from chalicelib.domain.bundle.yaml_text import Mapping, Scalar, Sequence, Unreadable

MANIFEST_NAMES = ("competition.yaml", "competition.yml")
#: More errors, or more warnings, than this are counted and not listed: nobody reads on, and an import must keep them.
MAX_COMPLAINTS = 200

_VERSION_1 = "Bundles of version 1 are not imported yet. Write it as version 2."
_NO_VERSION = "There is no `version`, so this is read as version 1, which is not imported yet. Write `version: 2`."


@dataclass(frozen=True)
class Reading:
    """What a manifest says. `bundle` is None exactly when there are errors."""

    bundle: Bundle | None
    errors: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()


def check(manifest: bytes, names: Collection[str], file: str = "competition.yaml", prefix: str = "") -> Reading:
    """Read and judge a manifest. Raises nothing, whatever the bytes are.

    `names` are the names of the archive's members; folders may be implied. `file` and `prefix` are what
    `find_manifest` found: paths in the manifest are relative to `prefix`.
    """
    complaints = Complaints(file)
    bundle = _read(manifest, Files(names, prefix), complaints)
    errors, warnings = _listed(complaints.errors), _listed(complaints.warnings)
    return Reading(None if errors else bundle, errors, warnings)


def find_manifest(names: Collection[str]) -> tuple[str | None, str, tuple[Complaint, ...]]:
    """The manifest's path, the folder that wraps the bundle ("" or with a trailing `/`), and complaints.

    Without a manifest the path is None and the complaints are errors; otherwise they are warnings.
    """
    members = {name for name in names if not _is_litter(name)}
    tops = {name.split("/", 1)[0] for name in members}
    wrapping = f"{next(iter(tops))}/" if len(tops) == 1 else ""
    for prefix in ("", wrapping) if wrapping else ("",):
        found = [prefix + name for name in MANIFEST_NAMES if prefix + name in members]
        if found:
            return found[0], prefix, tuple(_remarks(found, prefix))
    return None, "", (_missing(members),)


def _read(manifest: bytes, files: Files, complaints: Complaints) -> Bundle | None:
    try:
        root, notices = yaml_text.load(manifest)
    except Unreadable as error:
        complaints.error(error.notice.key, error.notice.message, error.notice.line)
        return None
    for notice in notices:
        complaints.warn(notice.key, notice.message, notice.line)
    if not isinstance(root, Mapping):
        complaints.error("", "The file has no keys. Write `version: 2`, `title: …` and so on.", root.line)
        return None
    return _dispatch(Section(root, "", complaints), root, files)


def _dispatch(section: Section, root: Mapping, files: Files) -> Bundle | None:
    version = _version(root)
    if version in ("2", "2.0"):
        return v2.read(section, files)
    if version in ("1", "1.0", "1.5", "1.8"):
        section.error("version", _VERSION_1 if section.has("version") else _NO_VERSION)
    else:
        section.error("version", f"There is no version `{version[:40]}`. Write `version: 2`.")
    return None


def _version(root: Mapping) -> str:
    written = root.entries.get("version")
    if isinstance(written, Scalar) and not written.is_null:
        return written.text.strip()
    if isinstance(written, (Mapping, Sequence)):
        return "…"
    # Some bundles of version 2 forget to say so (FORMATS 0).
    return "2" if "tasks" in root.entries and isinstance(root.entries.get("phases"), Sequence) else "1"


def _listed(complaints: list[Complaint]) -> tuple[Complaint, ...]:
    if len(complaints) <= MAX_COMPLAINTS:
        return tuple(complaints)
    rest = len(complaints) - MAX_COMPLAINTS
    last = Complaint(complaints[0].file, None, "", f"There are {rest} more. Correct these first.")
    return (*complaints[:MAX_COMPLAINTS], last)


def _is_litter(name: str) -> bool:
    """What an operating system leaves in archives."""
    parts = name.rstrip("/").split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _remarks(found: list[str], prefix: str) -> list[Complaint]:
    remarks = []
    if prefix not in ("", "./"):
        message = f"The bundle stands in the folder `{prefix}`; it is read from there. Better zip the files themselves."
        remarks.append(Complaint(found[0], None, "", message))
    if len(found) > 1:
        message = f"`{found[0]}` is read and `{found[1]}` ignored. Keep one."
        remarks.append(Complaint(found[1], None, "", message))
    return remarks


def _missing(members: Collection[str]) -> Complaint:
    advice = "Zip the files themselves and not a folder around them: `cd my_bundle && zip -r ../bundle.zip .`"
    alike = sorted(name for name in members if posixpath.basename(name).lower() in MANIFEST_NAMES)
    if alike:
        advice = f"There is `{alike[0][:100]}`: it must be called `competition.yaml` and stand at the root. {advice}"
    return Complaint(MANIFEST_NAMES[0], None, "", f"The archive has no competition.yaml at its root. {advice}")
