"""Objects of the buckets by their keys: what each is stored as, and which row says whose it is.

| key | row |
| --- | --- |
| uploads/UPLOAD.zip | Upload |
| datasets/DATASET.zip | Dataset |
| competitions/COMPETITION/… | Competition |
| dumps/COMPETITION/DUMP.zip | Dump |
| runs/SUBMISSION/ATTEMPT/… | Submission, or the child of one |
| parcels/PHASE/EXPORT/… | SubmissionExport |
"""

from typing import NamedTuple

UPLOAD, DATASET, COMPETITION, DUMP, RUN, EXPORT = "upload", "dataset", "competition", "dump", "run", "export"
_FOLDERS = {
    "uploads": (UPLOAD, 1),
    "datasets": (DATASET, 1),
    "competitions": (COMPETITION, 1),
    "dumps": (DUMP, 2),
    "runs": (RUN, 1),
    "parcels": (EXPORT, 2),
}


class Named(NamedTuple):
    """The row that an object's key names: its kind and its id."""

    kind: str
    id: str


def read(key: str) -> Named | None:
    """The row that a key names; None for what is the site's: boards, the catalogue, files of a day."""
    folder, *rest = key.split("/")
    kind, at = _FOLDERS.get(folder, ("", 0))
    if not kind or len(rest) < at:
        return None
    return Named(kind, rest[at - 1].removesuffix(".zip"))
