"""The manual that stands beside the console (infra/manual): whole, with links that lead somewhere, and served safely."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from infra.deploy import hosting
from tests.house import templates
from tests.house.sources import ROOT


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as set-up builds it: a link or an anchor that leads nowhere, or a page without a place, ends it."""
    folder = tmp_path_factory.mktemp("manual")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--config-file",
        "infra/manual/mkdocs.yml",
        "--site-dir",
        str(folder),
    ]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return folder


def pages(manual: Path) -> dict[str, str]:
    return {path.relative_to(manual).as_posix(): path.read_text() for path in manual.rglob("*.html")}


def test_each_document_and_each_template_is_a_page(manual: Path) -> None:
    found = pages(manual).keys()
    documents = {path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    templates_ = {f"examples/{path.parent.name}.html" for path in (ROOT / "examples").glob("*/README.md")}
    others = {"security.html", "contributing.html", "changelog.html", "examples/index.html"}
    assert found == documents | templates_ | others


def test_the_first_page_has_a_way_for_each_reader(manual: Path) -> None:
    first = (manual / "index.html").read_text()
    for reader in ("participants", "first-competition", "organizers", "administrators", "contributing"):
        assert f'href="{reader}.html"' in first


def test_no_page_loads_anything_from_elsewhere_or_runs_what_stands_in_it(manual: Path) -> None:
    for name, page in pages(manual).items():
        loaded = re.findall(r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*?(?:src|href)="(.*?)"', page)
        assert loaded and not [address for address in loaded if re.match(r"(https?:)?//", address)], name
        scripts = re.findall(r"<script(?![^>]*src=)([^>]*)>", page)
        assert [one for one in scripts if "application/json" not in one] == [], name
        assert not re.search(r'<style|\sstyle="|\son\w+="', page), name


def test_the_page_and_the_header_state_one_policy(manual: Path) -> None:
    resources = templates.read(hosting.TEMPLATE)["Resources"]
    told = resources["ManualHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    (stated,) = set(re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', "".join(pages(manual).values())))
    assert told["ContentSecurityPolicy"]["ContentSecurityPolicy"] == f"{stated}; frame-ancestors 'none'"
    same = resources["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert {k: v for k, v in told.items() if k != "ContentSecurityPolicy"} == {
        k: v for k, v in same.items() if k != "ContentSecurityPolicy"
    }
