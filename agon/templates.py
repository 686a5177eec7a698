"""The templates of competitions: which there are, and a copy of one with a title and dates of its own."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import yaml

from agon.errors import AgonError

_PACKAGE = Path(__file__).parent
#: Inside the installed package, else beside it in a checkout.
FOLDER = next((folder for folder in (_PACKAGE / "examples", _PACKAGE.parent / "examples") if folder.is_dir()), None)
MAX_TITLE_CHARACTERS = 256

_LITTER = shutil.ignore_patterns("__pycache__", "*.pyc")
_ROW = re.compile(r"^\| \[(?P<name>\w+)\]\(\w+\) \| (?P<from_participants>.+?) \| (?P<shows>.+?) \|$", re.MULTILINE)
_TITLE = re.compile(r"^title: *(?P<text>.*)$", re.MULTILINE)
_DATE = re.compile(
    r"^(?P<key> *(?:- )?(?:start|end)(?:_date)?: *)(?P<day>\d{4}-\d{2}-\d{2})(?= *(?:\d{2}:\d{2}:\d{2} *)?(?:#.*)?$)",
    re.MULTILINE,
)
#: Where a template has what becomes a competition, beside its README and samples: a bundle, or what another platform has.
_FOLDERS = ("bundle", "challenge", "competition", "kit")
#: The file with its title and dates: a bundle's, EvalAI's, and the one that says what Kaggle and RAMP have in no file.
_MANIFESTS = ("competition.yaml", "challenge_config.yaml", "agon.yaml")
#: Templates end in a far year, so that they can be used as they are. A competition of one's own rather takes a quarter.
_LONG, _QUARTER = timedelta(days=366), timedelta(days=90)


def listed() -> dict[str, str]:
    """Each template's name, and what participants hand in and it shows, from the simplest on. Raises AgonError."""
    if FOLDER is None:
        raise AgonError("The templates are missing from this installation. Install Agon again.")
    table = (FOLDER / "README.md").read_text("utf-8").replace("`", "")
    return {row["name"]: f"{row['from_participants']}: {row['shows']}" for row in _ROW.finditer(table)}


def source(template: str) -> Path:
    """The folder of a template that is listed."""
    assert FOLDER is not None
    return FOLDER / template


def bundle_of(folder: Path) -> Path:
    """The bundle in a template's folder, or in a copy of it; of another platform's, the folder that is taken as one."""
    return next((folder / name for name in _FOLDERS if (folder / name).is_dir()), folder)


def title_of(template: str) -> str:
    """The title that a template comes with."""
    found = _TITLE.search(_manifest(source(template)).read_text("utf-8"))
    return found["text"] if found else template


def check_free(target: Path) -> None:
    """A copy can be made here. Raises AgonError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise AgonError(f"{target} is there already, and not empty. Name a new folder.")


def copy(template: str, target: Path, title: str, today: date) -> None:
    """Copy a template into a folder that is free, and call and date it. Raises AgonError."""
    try:
        shutil.copytree(source(template), target, dirs_exist_ok=True, ignore=_LITTER)
        manifest = _manifest(target)
        manifest.write_text(dated(called(manifest.read_text("utf-8"), title), today), "utf-8")
    except OSError as error:
        raise AgonError(f"{target} cannot be written: {error.strerror or error}.") from error


def called(manifest: str, title: str) -> str:
    """A manifest with another title; all else, comments too, stays as it is."""
    written = yaml.safe_dump(title, allow_unicode=True, width=10_000).partition("\n")[0]
    return _TITLE.sub(lambda _: f"title: {written}", manifest, count=1)


def dated(manifest: str, today: date) -> str:
    """A manifest that starts today. Its dates keep their order, and their distances unless these are above a year."""
    written = sorted({date.fromisoformat(found["day"]) for found in _DATE.finditer(manifest)})
    moved, at = {}, today
    for former, day in zip([None, *written], written, strict=False):
        if former is not None:
            at += _QUARTER if day - former > _LONG else day - former
        moved[day.isoformat()] = at.isoformat()
    return _DATE.sub(lambda found: found["key"] + moved[found["day"]], manifest)


def _manifest(folder: Path) -> Path:
    return next(path for name in _MANIFESTS if (path := bundle_of(folder) / name).is_file())
