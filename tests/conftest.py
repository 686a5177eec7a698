"""What every suite shares: the deployed local stack's fixtures, a clean environment, and who runs beside whom."""

import gc
import os
import sys
from collections.abc import Generator
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.stack"]
#: Suites that share a stack, and what else is dear to start, in parts with one each: the files with which the further parts
#: begin. A stack costs six seconds of CPU, and each part waits for longer than that.
PARTS = {"system": ("test_document.py", "test_own_runner.py"), "console": ("test_joining.py",)}
SHARING = tuple(f"{suite} {number}" for suite, others in PARTS.items() for number in range(len(others) + 1))
#: Files that wait for the engine more than they compute, each wherever there is time.
WAITING = "tests/runner/"
#: Files that have moto to themselves or do without it, and so come before the API's: those have it from their first test to
#: their process's end.
OWN_AWS = {
    f"tests/unit/test_{name}.py" for name in ("at_once", "importing", "rewinding", "quickly", "runner_http", "signed")
}
#: Files whose programs are forks of one that takes a second to begin (tests/unit/forks.py), which they share.
FORKED = {
    f"tests/unit/test_{name}.py"
    for name in (
        "evalai_adapter",
        "examples_of_others",
        "kaggle_adapter",
        "kaggle_shapes",
        "ramp_adapter",
        "real_ramp_workflow",
    )
}
#: By how much a process that only computes gives way to those that are waited for, since the longest of them tells the end.
WAY = 5
#: How many new objects there are before the garbage collector looks: Python's 700 cost a twentieth of the API suite's CPU.
GARBAGE = 50_000
#: The modules that there are once all tests are collected.
COLLECTED = pytest.StashKey[frozenset[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Of pytest: what `python -m tests.removing` says."""
    parser.addoption("--without", default="", help="FUNCTION:SID, a statement that the stack's roles are not to have.")


def group_of(nodeid: str) -> str:
    """What one process runs as a whole: a part of a suite that shares something, else a file."""
    file = nodeid.partition("::")[0]
    if file in FORKED:
        return min(FORKED)
    _, suite, name = file.split("/")[:3]
    return f"{suite} {sum(name >= first for first in PARTS[suite])}" if suite in PARTS else file


def turn_of(group: str) -> int:
    """When it begins: what shares something, part by part, then the files that wait, and then what computes."""
    if group in SHARING:
        return SHARING.index(group)
    if group.startswith(WAITING):
        return len(SHARING)
    return len(SHARING) + (1 if group in OWN_AWS else 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Several processes begin with what is waited for; files of the other suites fill the gaps."""
    items.sort(key=lambda item: turn_of(group_of(item.nodeid)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A process that has come to what computes, as one of several, gives way from here on: nothing else comes after it."""
    if "PYTEST_XDIST_WORKER" in os.environ and turn_of(group_of(item.nodeid)) > len(SHARING) and os.nice(0) < WAY:
        os.nice(WAY)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Modules and collected tests stay to the end: the garbage collector need not look at them again and again."""
    gc.disable()
    if "PYTEST_XDIST_WORKER" in os.environ:
        import_share(session.config)
    found = yield
    session.config.stash[COLLECTED] = frozenset(sys.modules)
    gc.enable()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    return found


def import_share(config: pytest.Config) -> None:
    """Begin with other modules than the other processes do, since whoever is first at one has its assertions rewritten.

    Where nothing is kept of an earlier run, that is two thirds of what it costs to collect the tests.
    """
    folders = [config.rootpath / word.partition("::")[0] for word in config.args]
    files = sorted(path for folder in folders for path in folder.rglob("test_*.py"))
    number, count = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for path in files[number::count]:
        # What is wrong with a module is said when its tests are collected.
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(path.relative_to(config.rootpath).with_suffix("").parts))


def pytest_xdist_auto_num_workers() -> int:
    """Four more than there are cores: stack, engine and browser are waited for, and the other suites compute meanwhile."""
    return (os.cpu_count() or 1) + 4


class ByGroup(LoadScopeScheduling):
    """Gives each process a whole group at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """Of pytest-xdist."""
    return ByGroup(config, log)
