"""What every container is made with: system calls, users, the tables that tell their names."""

import os
from pathlib import Path

import pytest

from runner import seccomp, users
from runner.config import MAX_SLOTS

REFUSED = {
    "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "unshare", "setns", "mount", "umount2", "bpf",
    "pivot_root", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "kexec_load", "init_module",
    "reboot", "swapon", "open_by_handle_at", "chroot", "iopl", "ioperm", "socketcall", "io_uring_setup", "clone3",
}  # fmt: skip


def test_what_reaches_beyond_a_container_is_not_on_the_list_of_system_calls() -> None:
    rules = seccomp.profile()["syscalls"]
    allowed = [name for rule in rules if rule["action"] == "SCMP_ACT_ALLOW" for name in rule["names"]]
    assert not REFUSED & set(allowed)
    assert all(rule["args"] for rule in rules if {"clone", "socket", "socketpair", "personality"} & set(rule["names"]))
    whole = [name for rule in rules if not rule.get("args") for name in rule["names"]]
    assert len(whole) == len(set(whole)), "a name is on the list once"
    assert seccomp.option().startswith('seccomp={"defaultAction":"SCMP_ACT_ERRNO"')


def test_each_slot_of_each_runner_has_a_user_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    found = [users.of(runner, slot).uid for runner in ("/var/lib/a", "/var/lib/b") for slot in range(MAX_SLOTS)]
    assert len(set(found)) == 2 * MAX_SLOTS and min(found) >= 0x70000000 and max(found) < 2**31 - 2**17
    assert users.of("/var/lib/a", 3) == users.of("/var/lib/a", 3)


def test_a_runner_that_is_not_root_lets_containers_be_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    monkeypatch.setattr(os, "getegid", lambda: 99)
    assert users.of("/home/a", 0) == users.of("/home/b", 5) == users.User(1234, 99)


def test_the_tables_of_a_container_name_its_user(tmp_path: Path) -> None:
    tables = {path: file.read_text() for file, path in users.tables(tmp_path / "0", users.User(7, 8))}
    assert "agon:x:7:8::/tmp:/bin/sh\n" in tables["/etc/passwd"] and "root:x:0:0:" in tables["/etc/passwd"]
    assert "agon:x:8:\n" in tables["/etc/group"]
