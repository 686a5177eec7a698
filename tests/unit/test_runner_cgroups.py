"""Control groups above containers, in folders that stand for the kernel's of either version."""

import signal
import subprocess
import threading
from pathlib import Path

import pytest

from runner import cgroups
from runner.cgroups import DRIVER, CgroupUsage, SlotCgroups, remove_of
from runner.config import Limits
from runner.container import Container, SandboxContext, settings
from runner.errors import StillAlive

GIB = 1024**3
#: For the containers that wait beside a job's.
WAITING = 2 * 1024**2
LIMITS = Limits(memory_bytes=GIB, cpus=1.5)
PAGES = "cache 900\n{0}inactive_file 100\n{0}active_file 20\n"


@pytest.fixture(autouse=True)
def _files_of_the_kernel(monkeypatch):
    """A group's files go with it."""
    remove = Path.rmdir

    def remove_with_files(folder):
        for path in folder.iterdir():
            if path.is_file():
                path.unlink()
        remove(folder)

    monkeypatch.setattr(Path, "rmdir", remove_with_files)


@pytest.fixture
def separate(tmp_path):
    """cgroup v1: a hierarchy a controller."""
    for controller in ("memory", "cpu", "cpuacct", "pids"):
        (tmp_path / controller).mkdir()
    return tmp_path


@pytest.fixture
def unified(tmp_path):
    """cgroup v2: one hierarchy for all."""
    (tmp_path / "cgroup.controllers").write_text("cpu memory")
    return tmp_path


def groups(root, driver=DRIVER):
    return SlotCgroups("/home/runner", 3, LIMITS, driver, root)


def said(folder):
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_a_slot_is_held_to_its_limits_and_each_container_has_its_own_group_below(separate):
    ours = groups(separate)
    first, second = ours.make(), ours.make()
    slot, _, own = first.path.rpartition("/")
    assert second.path.startswith(f"{slot}/") and second.path != first.path
    assert said(separate / f"memory{slot}") == {
        "memory.limit_in_bytes": str(GIB + WAITING),
        "memory.memsw.limit_in_bytes": str(GIB + WAITING),
    }
    assert said(separate / f"cpu{slot}") == {"cpu.cfs_period_us": "100000", "cpu.cfs_quota_us": "150000"}
    assert (separate / f"cpuacct{slot}" / own).is_dir()


def test_in_one_hierarchy_the_slot_is_held_as_well(unified):
    slot, _, _ = groups(unified).make().path.rpartition("/")
    held = {"memory.max": str(GIB + WAITING), "memory.swap.max": "0", "cpu.max": "150000 100000"}
    assert said(unified / slot[1:]) == {**held, "cgroup.subtree_control": "+memory +cpu"}
    assert (unified / "agon" / "cgroup.subtree_control").read_text() == "+memory +cpu"


def test_what_was_used_is_the_peak_without_the_pages_of_files(separate):
    group = groups(separate).make()
    assert group.used() == CgroupUsage(None, None)
    place = group.path[1:]
    (separate / "memory" / place / "memory.max_usage_in_bytes").write_text("1000\n")
    (separate / "memory" / place / "memory.stat").write_text(PAGES.format("total_"))
    (separate / "cpuacct" / place / "cpuacct.usage").write_text("2500000000\n")
    assert group.used() == CgroupUsage(2.5, 880)


def test_in_one_hierarchy_it_is_read_where_the_kernel_has_it_there(unified):
    group = groups(unified).make()
    folder = unified / group.path[1:]
    (folder / "cpu.stat").write_text("usage_usec 2500000\nuser_usec 1\n")
    assert group.used() == CgroupUsage(2.5, None)
    (folder / "memory.peak").write_text("1000\n")
    (folder / "memory.stat").write_text(PAGES.format(""))
    assert group.used() == CgroupUsage(2.5, 880)


def test_what_was_used_before_a_job_was_let_go_is_not_its(separate):
    group = groups(separate).make()
    counted, peak = (separate / folder / group.path[1:] / name for folder, name in (
        ("cpuacct", "cpuacct.usage"), ("memory", "memory.max_usage_in_bytes")))  # fmt: skip
    counted.write_text("2500000000\n")
    peak.write_text("9")
    assert not group.has_counted
    group.begin()
    counted.write_text("2750000000\n")
    assert group.has_counted and group.used().cpu_seconds == 0.25
    assert peak.read_text() == "0", "the kernel begins anew"


def test_groups_go_with_their_containers_and_those_of_a_dead_runner_before_new_ones(separate):
    ours = groups(separate)
    group, left = ours.make(), ours.make()
    group.remove()
    hierarchy = separate / "cpuacct"
    assert not (hierarchy / group.path[1:]).exists() and (hierarchy / left.path[1:]).exists()
    groups(separate).make()
    assert not (hierarchy / left.path[1:]).exists()
    ours.remove()
    assert not list(hierarchy.iterdir())


def test_a_dead_runners_groups_of_all_its_slots_go_and_no_other_runners(separate):
    other = SlotCgroups("/home/other", 0, LIMITS, DRIVER, separate).make()
    for slot in (0, 7):
        SlotCgroups("/home/runner", slot, LIMITS, DRIVER, separate).make()
    remove_of("/home/runner", separate)
    assert [path.name for path in (separate / "cpuacct/agon").iterdir()] == [other.path.split("/")[2]]


def test_there_are_none_with_another_driver_nor_where_they_cannot_be_made(separate):
    assert groups(separate, "systemd").make() is None
    (separate / "memory").rmdir()
    (separate / "memory").write_text("in the way")
    assert groups(separate).make() is None


def test_there_are_none_for_an_engine_elsewhere(separate):
    ours = groups(separate)
    assert ours.make()
    ours.doubt()
    assert ours.make() is None


def test_containers_of_one_stage_divide_a_slot_only_where_no_group_holds_them(tmp_path):
    container = Container("s", "image", (), tmp_path, tmp_path, (), False, 1.0, together=2, goes_first=True)
    limits = Limits(memory_bytes=GIB, cpus=1.0)
    alone = settings(container, limits, SandboxContext("home"))["host_config"]
    assert (alone["mem_limit"], alone["memswap_limit"], alone["nano_cpus"]) == (GIB // 2, GIB // 2, 5 * 10**8)
    held = settings(container, limits, SandboxContext("home"), "/agon/1")["host_config"]
    assert (held["mem_limit"], held["nano_cpus"], held["cgroup_parent"]) == (GIB, 10**9, "/agon/1")
    assert held["oom_score_adj"] > 0


def test_what_lives_in_a_group_or_below_is_killed_and_what_does_not_die_is_an_error(separate, monkeypatch):
    monkeypatch.setattr(cgroups, "PATIENCE_SECONDS", 0.1)
    group = groups(separate).make()
    below = separate / "pids" / group.path[1:] / "container"
    below.mkdir(parents=True)
    (below.parent / "pids.max").write_text("64")
    with subprocess.Popen(["sleep", "60"]) as process:
        (below / "cgroup.procs").write_text(f"{process.pid}\n")
        with pytest.raises(StillAlive, match=group.path):
            group.kill()  # No kernel takes it from this list.
        assert process.wait(10) == -signal.SIGKILL
    assert (below.parent / "pids.max").read_text().startswith("0"), "it can make no more of itself"
    (below / "cgroup.procs").write_text("")
    group.remove()
    assert not below.parent.exists()


def test_memory_was_short_where_the_kernel_killed_for_a_limit_of_ours(unified):
    ours = groups(unified)
    group = ours.make()
    folder = unified / group.path[1:]
    assert not group.used().out_of_memory
    (folder / "memory.events").write_text("oom 0\noom_kill 1\n")
    assert not group.used().out_of_memory, "it was the whole machine's"
    (folder.parent / "memory.events").write_text("oom 1\noom_kill 1\n")
    assert group.used().out_of_memory
    assert not ours.make().used().out_of_memory, "another container's is not its own"


def test_groups_that_go_while_they_are_looked_at_are_passed_over(tmp_path: Path) -> None:
    over = threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            (tmp_path / "a" / "b").mkdir(parents=True)
            (tmp_path / "a" / "b").rmdir()
            (tmp_path / "a").rmdir()

    engine = threading.Thread(target=come_and_go)
    engine.start()
    try:
        assert {tuple(cgroups._processes(tmp_path)) for _ in range(3000)} == {()}
    finally:
        over.set()
        engine.join()
