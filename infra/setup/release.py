"""Makes what is unreleased the version that it is given: in chalicelib/contract/version.py and CHANGELOG.md."""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from packaging.version import Version

ROOT = Path(__file__).parents[2]
_VERSION = re.compile(r'^VERSION = "(.+)"$', re.MULTILINE)
_UNRELEASED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def main(root: Path, version: str, day: date) -> None:
    """Write both files below `root`. Raises SystemExit, with a sentence, when this is no next version."""
    module, changelog = root / "chalicelib/contract/version.py", root / "CHANGELOG.md"
    texts = {module: _next_module(module.read_text(), version), changelog: _dated(changelog.read_text(), version, day)}
    for path, text in texts.items():
        path.write_text(text)


def _next_module(text: str, version: str) -> str:
    [current] = _VERSION.findall(text)
    if not re.fullmatch(r"\d+\.\d+\.\d+", version) or Version(version) <= Version(current):
        raise SystemExit(f'"{version}" is no version after {current}. Say for example: make release ARGS=1.2.3')
    return _VERSION.sub(f'VERSION = "{version}"', text)


def _dated(text: str, version: str, day: date) -> str:
    found = _UNRELEASED.search(text)
    if not found or not found[1].strip():
        raise SystemExit("CHANGELOG.md says nothing under [Unreleased]: there is nothing to release.")
    return f"{text[: found.start()]}## [Unreleased]\n\n## [{version}] - {day:%Y-%m-%d}\n{text[found.start(1) :]}"


if __name__ == "__main__":
    main(ROOT, "".join(sys.argv[1:]), datetime.now(UTC).date())
