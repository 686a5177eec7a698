"""The version stands in one place, the changelog has a dated section for it, and a release changes both."""

import re
import runpy
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.version import Version

from chalicelib import openapi
from chalicelib.contract.version import VERSION
from runner import backend

ROOT = Path(__file__).parents[2]
MODULE, CHANGELOG = ROOT / "chalicelib/contract/version.py", ROOT / "CHANGELOG.md"
#: The types of change that Keep a Changelog knows.
TYPES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
SECTION = re.compile(r"^## \[(.+?)\](?: - (.+))?$", re.MULTILINE)
release = runpy.run_path(str(ROOT / "infra/setup/release.py"))["main"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What a release writes, as it is today."""
    (tmp_path / "chalicelib/contract").mkdir(parents=True)
    (tmp_path / "chalicelib/contract/version.py").write_text(MODULE.read_text())
    text = CHANGELOG.read_text()
    (tmp_path / "CHANGELOG.md").write_text(re.sub(r"(?<=## \[Unreleased\]\n)", "\n### Added\n\n- A thing.\n", text, count=1))
    return tmp_path


def sections(text: str) -> list[tuple[str, str]]:
    return SECTION.findall(text)


def sources() -> list[Path]:
    folders = [path for name in ("agon", "runner", "chalicelib", "infra") for path in (ROOT / name).rglob("*.*")]
    names = ("app.py", "setup.py", "pyproject.toml", "template.yaml", "Makefile", "console/package.json")
    own = [path for path in folders if path.suffix in (".py", ".sh", ".json", ".yaml")]
    return [*own, *(ROOT / name for name in names)]


def test_the_version_stands_in_one_place() -> None:
    said = re.compile(rf"""["'/]{re.escape(VERSION)}["'\n]""")
    assert [path for path in sources() if said.search(path.read_text())] == [MODULE]


def test_the_document_and_the_runner_tell_it() -> None:
    assert openapi.document(())["info"]["version"] == VERSION
    assert backend.VERSION is VERSION


def test_the_version_has_a_section_and_all_but_the_unreleased_have_a_date() -> None:
    (first, none), *released = sections(CHANGELOG.read_text())
    assert (first, none) == ("Unreleased", "")
    assert released[0][0] == VERSION
    days = [date.fromisoformat(day) for _, day in released]
    assert all(day <= date.today() for day in days) and all(newer >= older for newer, older in pairwise(days))
    assert all(Version(newer) > Version(older) for (newer, _), (older, _) in pairwise(released))


def test_changes_are_told_by_their_type() -> None:
    assert set(re.findall(r"^### (.+)$", CHANGELOG.read_text(), re.MULTILINE)) <= TYPES


def test_a_release_dates_what_was_unreleased_and_leaves_the_rest(tree: Path) -> None:
    before = (tree / "CHANGELOG.md").read_text()
    release(tree, "99.0.1", date(2030, 1, 31))
    after = (tree / "CHANGELOG.md").read_text()
    assert sections(after) == [("Unreleased", ""), ("99.0.1", "2030-01-31"), *sections(before)[1:]]
    assert after.replace("## [99.0.1] - 2030-01-31\n\n", "", 1).splitlines() == before.splitlines()
    assert '\nVERSION = "99.0.1"\n' in (tree / "chalicelib/contract/version.py").read_text()


@pytest.mark.parametrize("version", ["", "0.0.1", VERSION, "99", "v99.0.0", "99.0.0rc1"])
def test_a_release_of_something_else_than_a_next_version_changes_nothing(tree: Path, version: str) -> None:
    before = {path: path.read_text() for path in tree.rglob("*.*") if path.is_file()}
    with pytest.raises(SystemExit, match="is no version after"):
        release(tree, version, date(2030, 1, 31))
    assert {path: path.read_text() for path in before} == before


def test_a_release_of_nothing_is_refused(tree: Path) -> None:
    release(tree, "99.0.0", date(2030, 1, 31))
    with pytest.raises(SystemExit, match="nothing to release"):
        release(tree, "99.0.1", date(2030, 2, 1))
