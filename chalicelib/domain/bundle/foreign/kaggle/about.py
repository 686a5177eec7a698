"""Kaggle's own files beside a metric: metadata and settings as its command line writes them, and pages (OTHERS 3.2)."""

import json
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.foreign.folder import Folder

FILES = ("competition-metadata.json", "settings.json")
PAGES = {
    "description": "Overview",
    "overview": "Overview",
    "evaluation": "Evaluation",
    "data-description": "Data",
    "data_description": "Data",
    "prizes": "Prizes",
}
RULES = "rules"
_ENDINGS = (".md", ".html", ".htm")
_BYTES = 256 * 1024
_CANNOT = {
    "only_allow_kernel_submissions": "Code competitions cannot be taken over: here predictions are handed in.",
    "hackathon": "Hackathons have no metric: people judge. See `judging` in the reference of the format.",
    "private_leaderboard_release_date": "The private board opens when the phase ends.",
    "new_entrant_deadline": "People may join until the end.",
    "licenseId": "The licence has no place of its own: name it on a page.",
    "restrictLinkToEmailList": "Say who may join with `agon.allowed_addresses`, in the settings.",
}


def settings(folder: Folder, complaints: Complaints) -> dict[str, Any]:
    """The keys of both files that say anything; what nothing here is like is told."""
    said: dict[str, Any] = {}
    for name in FILES:
        if folder.is_file(name):
            own = Complaints(folder.prefix + name)
            said |= _values(folder, name, own)
            complaints.errors += own.errors
            complaints.warnings += own.warnings
    return said


def _values(folder: Folder, name: str, complaints: Complaints) -> Mapping[str, Any]:
    try:
        values = json.loads(folder.read(name, _BYTES))
    except (ValueError, RecursionError):
        complaints.error("", "This is no JSON that can be read. Write it anew, as Kaggle's command line does.")
        return {}
    if not isinstance(values, dict):
        complaints.error("", "This is no JSON object. Write it anew, as Kaggle's command line does.")
        return {}
    for key, message in _CANNOT.items():
        if values.get(key):
            complaints.warn(key, message)
    return {key: value for key, value in values.items() if value not in (None, "", 0)}


def pages(folder: Folder) -> Iterator[tuple[str, str]]:
    """The names of pages that are there, each with its path: at the root, or in the folder `pages`."""
    for place in ("", "pages/"):
        for name in (*PAGES, RULES):
            path = next((one for ending in _ENDINGS if folder.is_file(one := f"{place}{name}{ending}")), None)
            if path:
                yield name, path


def ending(path: str) -> str:
    """The end of a page's name."""
    return posixpath.splitext(path)[1]
