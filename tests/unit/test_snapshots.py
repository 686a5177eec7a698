"""chalicelib.snapshots: functions that began as one snapshot choose differently."""

import random
import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from chalicelib import snapshots


def test_each_function_of_a_snapshot_begins_its_random_choices_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    hooks: list[Callable[[], None]] = []
    runtime = ModuleType("snapshot_restore_py")
    runtime.register_after_restore = hooks.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "snapshot_restore_py", runtime)
    snapshots.differ()
    taken, chosen = random.getstate(), set()
    for _ in range(3):
        random.setstate(taken)
        for hook in hooks:
            hook()
        chosen.add(random.random())
    random.setstate(taken)
    assert len(chosen) == 3


def test_elsewhere_there_is_no_such_hook_and_nothing_is_missed() -> None:
    state = random.getstate()
    snapshots.differ()
    assert random.getstate() == state
