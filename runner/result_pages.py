"""The pages and pictures that scoring made: which of them are sent, and what a page shows that is not shown with it."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from chalicelib.contract import layout, uploads
from chalicelib.contract.archives import shown
from runner.output import NotPlainFile, few, read_plain

_FOLDERS = ("results", "detailed_results")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z", re.ASCII)
_MAX_PAGE_BYTES = 10 * 1024**2
#: So many names stand in a note.
_NAMED = 5
#: Elements that show what lies elsewhere, and the attributes by which they do. Both ends are near, so that no page, however
#: odd, is read twice; what a `data:` address makes longer needs nothing beside the page.
_KINDS = "img|image|script|link|iframe|embed|object|source|video|audio|input"
_ELEMENT = re.compile(rf"<(?:{_KINDS})\b([^<>]{{1,2000}})>", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b(?:src|href|data|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_INSIDE = ("data:", "#", "about:", "javascript:", "blob:")


def find_detailed_results(output: Path) -> Path | None:
    """detailed_results.html, else the first *.html by name (FORMATS 2.10), at the folder's root."""
    preferred = output / layout.DETAILED_RESULTS
    if _is_file(preferred):
        return preferred
    return next((path for path in sorted(output.iterdir()) if path.suffix.lower() == ".html" and _is_file(path)), None)


def find_results(output: Path) -> tuple[dict[str, Path], list[str]]:
    """Other pages and images that scoring made, by the names under which they are sent; and notes about the rest.

    They stand at the folder's root, or in `results` or `detailed_results` there.
    """
    page = find_detailed_results(output)
    found: dict[str, Path] = {}
    left_out: list[str] = []
    for path in _candidates(output):
        if path == page or path.name in layout.SCORES_NAMES:
            continue
        if why := _why_left_out(path, found, output):
            left_out.append(f"The result {shown(path.relative_to(output).as_posix())} stands in the output alone: {why}.")
        elif _is_file(path):
            found[path.name] = path
    return found, few(left_out, "result pages stand in the output alone")


def missing_beside(page: Path) -> str:
    """A note that names what a page shows and people will not see with it; "" for one that has all in itself.

    A page is shown by itself: nothing is loaded for it, and its scripts run only where an organizer says so.
    """
    try:
        text = read_plain(page, _MAX_PAGE_BYTES).decode("utf-8", "replace")
    except (NotPlainFile, FileNotFoundError):
        return ""
    names = list(dict.fromkeys(shown(address) for address in _addresses(text)))
    if not names:
        return ""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    named = f"{shown(page.name)} shows {', '.join(names[:_NAMED])}{more}, which {'is' if len(names) == 1 else 'are'}"
    advice = "put pictures into the page as data:. Scripts run for organizers alone, and load nothing."
    return f"{named} not shown with it: {advice}"


def _candidates(output: Path) -> Iterator[Path]:
    for folder in (output, *(output / name for name in _FOLDERS)):
        for path in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
            if path.suffix.lower() in uploads.RESULT_TYPES:
                yield path


def _why_left_out(path: Path, found: dict[str, Path], output: Path) -> str:
    if not _NAME.match(path.name):
        return "its name has other letters than A-Z, 0-9, . _ -, or too many"
    if path.name in found:
        return f"{found[path.name].relative_to(output).as_posix()} has its name"
    return f"there are more than {uploads.MAX_RESULTS}" if len(found) == uploads.MAX_RESULTS else ""


def _addresses(text: str) -> Iterator[str]:
    for element in _ELEMENT.finditer(text):
        for address in _ADDRESS.finditer(element[1]):
            written = html.unescape(next(filter(None, address.groups()), "")).strip()
            if written and not written.lower().startswith(_INSIDE):
                yield written


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
