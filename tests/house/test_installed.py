"""What people, machines and images are told to install: by an address and a hash, or a name that is on a list (ADR 25)."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from chalicelib.contract import version
from runner.config import DEFAULT_IMAGE
from tests.api.conftest import _template
from tests.house.sources import ROOT

#: Of PyPI, in the default image of competitions: each is its project's own name there.
BY_NAME = {"numpy", "pandas", "scikit-learn", "pyyaml"}
#: What EvalAI's workers have besides (infra/images/evalai).
BY_NAME |= {"scipy", "matplotlib", "networkx", "pycocotools", "tqdm"}
#: What RAMP kits need besides (infra/images/ramp).
BY_NAME |= {"ramp-workflow", "cloudpickle"}
#: The history, the decision and outside software that is shown by itself.
NOT_TOLD = ("CHANGELOG.md", "docs/adr/", "findings/", "tests/", "locks/")
INSTALL = re.compile(r"\bpip\"? install\b((?:\\\n|[^\n`])*)")
#: Where a command ends: at a shell's sign, or where a sentence or a second column goes on.
END = re.compile(r"\s(?:&&|\|\||\||#|2>|<|>)|;|, | {3,}|\"\)|\"$|'\.")
#: `host/path:tag`, and what a recipe is built on.
IMAGE = re.compile(
    r"(?:(?<=[\s`\"'=(])|^)((?:[a-z0-9][a-z0-9.-]*/)+[a-z0-9][a-z0-9._-]*:[a-z0-9][\w.-]*"
    r"|(?:(?<=FROM )|(?<=ARG BASE=))[a-z]\S+:\S+)",
    re.M,
)
FILE = re.compile(r"\.(yaml|py|md|ts):")
#: Options that take a word.
TAKING = {"-r", "--python", "--requirement", "--find-links", "--index-url"}


def texts() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    found = {name: ROOT / name for name in listed if not name.startswith(NOT_TOLD)}
    return {name: path.read_text() for name, path in found.items() if path.is_file() and b"\0" not in path.read_bytes()}


def told(command: str) -> list[str]:
    """What a `pip install` is given to install by name, without its options and what has an address."""
    line = END.split(re.sub(r"\\\n\s*", " ", command) + " ")[0]
    words = re.sub(r"\S+ @ \S+", "", line).replace("'", " ").replace('"', " ").split()
    given = [word for before, word in zip(["", *words], words, strict=False) if before not in TAKING]
    return [word for word in given if not word.startswith(("-", "$", "{"))]


COMMANDS = {
    f"{name}: {match.group().strip()}"[:120]: match.group(1)
    for name, text in texts().items()
    for match in INSTALL.finditer(text)
}


@pytest.mark.parametrize("where", COMMANDS)
def test_whatever_is_told_to_be_installed_has_an_address_or_is_on_the_list(where: str) -> None:
    named = {Requirement(given).name.lower() for given in told(COMMANDS[where]) if given not in (".", ".[runner]")}
    # The image of runners is made of files that are there, by an installer that is told to ask no index.
    assert named - BY_NAME == ({version.DISTRIBUTION} if "--no-index" in COMMANDS[where] and named else set())


def test_such_commands_are_found_in_texts_scripts_and_code() -> None:
    found = {where.partition(":")[0] for where in COMMANDS}
    assert {"docs/participants.md", "infra/images/runner/Dockerfile", "agon/commands/queues.py"} <= found


def images() -> set[str]:
    """Every image that a text names, and what images are built on."""
    named = {name for text in texts().values() for name in IMAGE.findall(text)}
    return {name.split("#")[0] for name in named if "//" not in name and not FILE.search(name)}


def test_every_image_that_is_named_is_of_a_registry_or_lies_where_nobody_else_can_put_one() -> None:
    found = images()
    assert {"agon.internal/competition:1", "python:3.12-slim"} <= found
    assert {name for name in found if "/" not in name or "." not in name.split("/")[0]} == {
        *("python:3.12-slim", "python:3.9-slim"),
    }


def test_the_default_image_is_named_by_its_digest_or_is_one_that_runners_build() -> None:
    pattern = re.compile(_template()["Parameters"]["DefaultImage"]["AllowedPattern"])
    digest = f"@sha256:{'0' * 64}"
    for taken in (DEFAULT_IMAGE, f"ghcr.io/lab/tool{digest}", f"registry.lab.example:5000/a/b_c{digest}"):
        assert pattern.fullmatch(taken), taken
    for left in ("agon/competition:1", "python:3.12", f"python{digest}", "ghcr.io/lab/tool:1", f"127.0.0.1:5000/x{digest}"):
        assert not pattern.fullmatch(left), left


@pytest.fixture(scope="module")
def served() -> Path:
    """What `make wheel` makes for a site that serves it."""
    command = ["bash", "infra/setup/wheel.sh", "https://files.example/agon/"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    folder = ROOT / "build/wheel"
    told_hash = re.findall(r"runner\.txt, of which the sha256 is ([0-9a-f]{64})", done.stderr)
    assert told_hash == [hashlib.sha256((folder / "runner.txt").read_bytes()).hexdigest()]
    return folder


def install(requirements: Path) -> subprocess.CompletedProcess[str]:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--dry-run", "--no-deps", "--no-index"]
    command = [*pip, "--ignore-installed", "--require-hashes", "--requirement", str(requirements)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_what_is_served_installs_by_its_hash_and_nothing_else_does(served: Path, tmp_path: Path) -> None:
    (wheel,) = served.glob("*.whl")
    (own,) = [line for line in (served / "runner.txt").read_text().splitlines() if " @ " in line]
    assert own.startswith(f"{version.DISTRIBUTION}[runner] @ https://files.example/agon/{wheel.name} --hash=sha256:")
    mine = tmp_path / wheel.name
    mine.write_bytes(wheel.read_bytes())
    requirements = tmp_path / "runner.txt"
    requirements.write_text(own.replace("https://files.example/agon", tmp_path.as_uri()))
    assert "Would install" in install(requirements).stdout
    mine.write_bytes(wheel.read_bytes() + b"\0")
    assert "DO NOT MATCH THE HASHES" in install(requirements).stderr


def test_what_is_served_has_all_that_a_runner_needs_each_with_its_hash(served: Path) -> None:
    locked = (ROOT / "locks/runner.txt").read_text()
    entries = [
        line for line in (served / "runner.txt").read_text().replace("\\\n", " ").splitlines() if line[:1] not in " #"
    ]
    assert all("--hash=sha256:" in line for line in entries)
    assert len(entries) == 1 + sum(1 for line in locked.splitlines() if "==" in line and line[:1] not in " #")


def test_an_address_that_is_not_https_is_refused() -> None:
    for address in ("http://files.example", "https://files.example/a b", ""):
        done = subprocess.run(
            ["bash", "infra/setup/wheel.sh", address], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1 and "make wheel ARGS=https://" in done.stderr


def test_commands_are_read_as_a_shell_reads_them() -> None:
    assert told(" --require-hashes -r runner.txt   as told") == []
    assert told(" 'a[b] @ https://x#sha256=0' && run") == []
    assert told(' --quiet "numpy>=2,<3" \\\n  agon') == ["numpy>=2,<3", "agon"]
