"""What every suite shares: the deployed local stack's fixtures, a clean environment, and who runs beside whom."""

from pathlib import Path

import pytest

pytest_plugins = ["tests.stack"]
#: Suites whose tests share one thing that is dear to start: a Docker engine with its cache, the deployed stack.
TOGETHER = {"system": "stack", "console": "stack", "runner": "engine"}


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several processes one has the stack and one the engine, from the start; files of the other suites fill the gaps."""
    groups = [TOGETHER.get(item.path.relative_to(Path(__file__).parent).parts[0]) for item in items]
    for item, group in zip(items, groups, strict=True):
        item.add_marker(pytest.mark.xdist_group(group or item.path.stem))
    first = [item for item, group in zip(items, groups, strict=True) if group == "stack"]
    second = [item for item, group in zip(items, groups, strict=True) if group == "engine"]
    rest = [item for item, group in zip(items, groups, strict=True) if not group]
    items[:] = [*first, *second, *rest]
