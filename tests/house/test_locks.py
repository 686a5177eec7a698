"""The locks that all is installed from: they fit the ranges in pyproject.toml, are whole, and everything has its hashes."""

import ast
import re
import runpy
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS, GROUPS = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def group(name: str) -> Iterator[str]:
    for entry in GROUPS[name]:
        yield from group(entry["include-group"]) if isinstance(entry, dict) else [entry]


COMMAND_LINE = PROJECT["project"]["dependencies"]
RANGES = {
    "dev": [*COMMAND_LINE, *(one for extra in EXTRAS.values() for one in extra), *group("dev"), *group("image")],
    "runner": [*COMMAND_LINE, *EXTRAS["runner"], *group("image")],
    "function": [*group("function")],
    "node": [*group("node")],
    "security": [*group("security")],
}
#: Of which everything is installed where tests run.
HERE = ("dev", "runner", "function")


def text(name: str) -> str:
    return (ROOT / f"locks/{name}.txt").read_text()


def entries(name: str) -> dict[str, tuple[Requirement, frozenset[str]]]:
    lines = [line for line in text(name).replace("\\\n", " ").splitlines() if not line.lstrip().startswith("#")]
    read = [(Requirement(line.split("--hash")[0]), frozenset(HASH.findall(line))) for line in lines]
    return {canonicalize_name(requirement.name): (requirement, hashes) for requirement, hashes in read}


def version(requirement: Requirement) -> str:
    [specifier] = requirement.specifier
    assert specifier.operator == "==" and "*" not in specifier.version
    return specifier.version


def needed(requirement: Requirement) -> Iterator[Requirement]:
    """What the package that is installed here needs besides, with the extras that are asked for."""
    for line in metadata.requires(requirement.name) or []:
        other = Requirement(line)
        if any(other.marker is None or other.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
            yield other


def closure(ranges: list[str]) -> list[Requirement]:
    found: dict[str, Requirement] = {}
    waiting = [Requirement(line) for line in ranges]
    while waiting:
        requirement = waiting.pop()
        if str(requirement) not in found:
            found[str(requirement)] = requirement
            waiting.extend(needed(requirement))
    return list(found.values())


def test_every_range_is_locked_somewhere() -> None:
    assert {path.stem for path in (ROOT / "locks").iterdir()} == RANGES.keys()
    assert {"function", "image", "node", "security", "dev"} == GROUPS.keys()


@pytest.mark.parametrize("name", RANGES)
def test_a_lock_fits_the_ranges(name: str) -> None:
    locked = entries(name)
    for requirement in map(Requirement, RANGES[name]):
        [found, _] = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version(found)), f"{found} is not {requirement}: make lock"


@pytest.mark.parametrize("name", HERE)
def test_a_lock_has_what_its_packages_ask_for_themselves(name: str) -> None:
    locked = entries(name)
    for requirement in closure(RANGES[name]):
        [found, _] = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version(found), prereleases=True), f"{found} is not {requirement}: make lock"


@pytest.mark.parametrize("name", HERE)
def test_a_lock_has_nothing_that_nothing_asks_for(name: str) -> None:
    here = {key for key, (found, _) in entries(name).items() if found.marker is None or found.marker.evaluate()}
    assert here == {canonicalize_name(requirement.name) for requirement in closure(RANGES[name])}


@pytest.mark.parametrize("name", RANGES)
def test_every_locked_package_has_hashes_and_names_no_index(name: str) -> None:
    assert [key for key, (_, hashes) in entries(name).items() if not hashes] == []
    assert "://" not in text(name) and not re.search(r"^--", text(name), re.M)


@pytest.mark.parametrize("name", ["function", "runner"])
def test_a_package_is_the_same_one_everywhere(name: str) -> None:
    everything = entries("dev")
    for key, (found, hashes) in entries(name).items():
        assert (version(found), hashes) == (version(everything[key][0]), everything[key][1])


def test_whatever_is_installed_is_checked_against_its_hash() -> None:
    folder = ROOT / "infra/setup"
    for script in ("node.sh", "python.sh", "runner_image.sh", "security.sh", "vendor.py"):
        said = (folder / script).read_text()
        assert "--require-hashes" in said and re.search(r"locks/\w+\.txt", said), script


def test_the_packed_services_are_those_that_the_code_calls() -> None:
    packed = runpy.run_path(str(ROOT / "infra/setup/vendor.py"))["SERVICES"]
    trees = [ast.parse(path.read_text()) for path in (ROOT / "chalicelib").rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {
        argument.value
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in ("client", "create_client", "resource")
        for argument in call.args[:1]
        if isinstance(argument, ast.Constant)
    }
    # PynamoDB makes its own client.
    assert packed == called | {"dynamodb"}
