"""What a browser fetches before it shows a page of the console."""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CONSOLE = Path(__file__).parents[2] / "console"
MOST_BYTES = 150_000
PAGE = re.compile(r'load: \(\) => import\("\./(?P<module>[^"]+)"\)')


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder of a build of the console, and its manifest: what each module became, and what it imports."""
    if shutil.which("node") is None or not (CONSOLE / "node_modules").exists():
        pytest.skip("Node.js or the console's packages are missing (`make setup` brings them)")
    folder = tmp_path_factory.mktemp("console") / "dist"
    vite = ["node", "node_modules/vite/bin/vite.js", "build", "--manifest", "--logLevel", "error", "--outDir", str(folder)]
    subprocess.run(vite, cwd=CONSOLE, check=True, timeout=150)
    return folder, json.loads((folder / ".vite/manifest.json").read_text())


def test_no_page_needs_more_javascript_than_a_phone_should_wait_for(built: tuple[Path, dict[str, Any]]) -> None:
    folder, manifest = built
    pages = PAGE.findall((CONSOLE / "src/pages.ts").read_text())
    frame = "views/competition"
    assert len(pages) > 10 and frame in pages
    for page in pages:
        needed = {file for module in ("../index.html", page, frame) for file in _files(manifest, _key(module))}
        size = sum(len(gzip.compress((folder / file).read_bytes())) for file in needed)
        assert size <= MOST_BYTES, f"{page}: {size:,} bytes of compressed JavaScript in {sorted(needed)}"


def test_a_page_is_no_part_of_the_first_file(built: tuple[Path, dict[str, Any]]) -> None:
    _, manifest = built
    first = set(_files(manifest, "index.html"))
    for page in PAGE.findall((CONSOLE / "src/pages.ts").read_text()):
        assert manifest[_key(page)]["file"] not in first, page


def _key(module: str) -> str:
    return "index.html" if module == "../index.html" else f"src/{module}.ts"


def _files(manifest: dict[str, Any], key: str) -> Iterator[str]:
    """The files of a module and of all that it imports at once."""
    seen, waiting = set[str](), [key]
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            waiting.extend(manifest[at].get("imports", []))
            yield manifest[at]["file"]
