"""The console's table of pages as its tests read it, and whether each of them has left its picture.

    python -m tests.console.pages FOLDER

FOLDER is where the suite has left them (AGON_PAGES). It fails with a line for each page that has none.
"""

import re
import sys
from pathlib import Path

_TABLE = Path(__file__).parents[2] / "console/src/pages.ts"
_PAGE = re.compile(r'\{ at: "(?P<at>[^"]+)", tag: .*$', re.M)
#: The address of each page, with `:name` for what differs.
PATTERNS = [found["at"] for found in _PAGE.finditer(_TABLE.read_text())]


def file_of(name: str) -> str:
    """What the picture of a page is called, without its ending."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "home"


def without_picture(folder: Path) -> list[str]:
    """The pages that have left no picture in a folder."""
    return [pattern for pattern in PATTERNS if not (folder / f"{file_of(pattern)}.jpeg").exists()]


def main(folder: Path) -> int:
    """The exit status. Says something only when a picture is missing."""
    found = without_picture(folder)
    for pattern in found:
        print(f"No test has left a picture of {pattern} (`portray` in tests/console/looking.py).")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
