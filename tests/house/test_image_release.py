"""Where the default competition image's packages come from: the mirror that the machine itself uses."""

import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "infra/images/debian.py"


@pytest.fixture(scope="module")
def debian():
    spec = importlib.util.spec_from_file_location("debian_image", FILE)
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its module up by name.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "debian_image", module)
        spec.loader.exec_module(module)
        yield module


def etc(tmp_path: Path, release: str, files: dict[str, str]) -> Path:
    (tmp_path / "apt/sources.list.d").mkdir(parents=True)
    (tmp_path / "os-release").write_text(release)
    for name, text in files.items():
        (tmp_path / "apt" / name).write_text(text)
    return tmp_path


def test_a_deb822_file_names_the_mirror(debian, tmp_path):
    stanzas = (
        "Types: deb\nURIs: http://security.example/debian-security\nSuites: trixie-security\nComponents: main\n\n"
        "Types: deb\n# a comment\nURIs: http://mirror.example/debian/\nSuites: trixie trixie-updates\nComponents: main\n"
    )
    place = etc(tmp_path, "ID=debian\nVERSION_CODENAME=trixie\n", {"sources.list.d/debian.sources": stanzas})
    assert debian.own_release(place) == debian.Release("trixie", "http://mirror.example/debian", "main")


def test_a_one_line_file_names_the_mirror(debian, tmp_path):
    line = "# deb http://old.example jammy main\ndeb [arch=amd64] http://mirror.example/ubuntu jammy main universe\n"
    place = etc(tmp_path, 'ID=ubuntu\nVERSION_CODENAME="jammy"\n', {"sources.list": line})
    assert debian.own_release(place) == debian.Release("jammy", "http://mirror.example/ubuntu", "main,universe")


def test_a_mirror_file_is_followed(debian, tmp_path):
    (tmp_path / "mirrors").write_text("https://mirror.example/debian\nhttps://second.example/debian\n")
    line = f"deb mirror+file:{tmp_path}/mirrors bookworm main\n"
    place = etc(tmp_path, "ID=debian\nVERSION_CODENAME=bookworm\n", {"sources.list": line})
    assert debian.own_release(place).mirror == "https://mirror.example/debian"


def test_a_foreign_distribution_gets_debian_12(debian, tmp_path):
    place = etc(tmp_path, "ID=arch\n", {})
    assert debian.own_release(place) == debian.Release("bookworm", "http://deb.debian.org/debian", "main")
