"""What every suite shares: the deployed local stack's fixtures, a clean environment, and who runs beside whom."""

import gc
import os
from collections.abc import Generator
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.stack"]
#: Suites whose tests share one thing that is dear to start, in the order in which they start.
TOGETHER = {"system": "stack", "runner": "engine", "console": "browser"}
#: The files of the system suite from this one on have a stack of their own: it waits more than it computes.
SECOND_STACK = "tests/system/test_m"
#: Files that have moto to themselves or do without it, and so come first too: the API's have it from their first test to
#: their process's end.
OWN_AWS = {f"tests/unit/test_{name}.py" for name in ("importing", "rewinding", "quickly", "runner_http", "signed")}
#: How many new objects there are before the garbage collector looks: Python's 700 cost a twentieth of the API suite's CPU.
GARBAGE = 50_000


def pytest_addoption(parser: pytest.Parser) -> None:
    """Of pytest: what `python -m tests.removing` says."""
    parser.addoption("--without", default="", help="FUNCTION:SID, a statement that the stack's roles are not to have.")


def group_of(nodeid: str) -> str:
    """What one process runs as a whole: suites that share something, else a file."""
    file = nodeid.partition("::")[0]
    if file in OWN_AWS:
        return TOGETHER["runner"]
    group = TOGETHER.get(file.split("/")[1], file)
    return f"second {group}" if group == TOGETHER["system"] and file >= SECOND_STACK else group


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several processes four begin with what is waited for; files of the other suites fill the gaps."""
    order = [one for group in TOGETHER.values() for one in (group, f"second {group}")]
    items.sort(key=lambda item: order.index(group) if (group := group_of(item.nodeid)) in order else len(order))


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Modules and collected tests stay to the end: the garbage collector need not look at them again and again."""
    gc.disable()
    if "PYTEST_XDIST_WORKER" in os.environ:
        import_share(session.config)
    found = yield
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
    """Two more than there are cores: stack, engine and browser are waited for, and the other suites compute meanwhile."""
    return (os.cpu_count() or 1) + 2


class ByGroup(LoadScopeScheduling):
    """Gives each process a whole group at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """Of pytest-xdist."""
    return ByGroup(config, log)
