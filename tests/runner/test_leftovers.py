"""A job is over only when nothing of it lives, and no slot's containers starve or reach another's."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from runner import cgroups, check, daemon
from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import waits

pytestmark = pytest.mark.usefixtures("made_ahead_too")

GOOD = "open('/app/output/scores.txt', 'w').write('a: 1')"
#: Waits for predictions to be taken, and then changes them.
FORGES = """
import sys, time
print("ready", flush=True)
while True:
    try:
        open(sys.argv[1], "r+").write("forged")
    except OSError:
        time.sleep(0.002)
"""
JUDGES = """
import json, time
time.sleep(1)
json.dump({"is_honest": int(open("/app/input/res/a.txt").read() == "honest")}, open("/app/output/scores.json", "w"))
"""


@pytest.fixture
def groups(docker, at_work, in_full):
    """The control group of each container that this test's runner has now, as a folder that processes can be put into."""

    def groups() -> list[Path]:
        parents = [one["HostConfig"]["CgroupParent"] for one in in_full(at_work())]
        is_unified = (cgroups.ROOT / "cgroup.controllers").exists()
        return [(cgroups.ROOT if is_unified else cgroups.ROOT / "memory") / parent[1:] for parent in parents]

    if os.geteuid() != 0 or docker.info()["CgroupDriver"] != cgroups.DRIVER:
        pytest.skip("Only root makes control groups, and only with Docker's own driver.")
    return groups


@pytest.fixture
def outlive():
    """Starts a harmless process that is put into a group, as if it were a job's and had outlived its container."""
    started: list[subprocess.Popen[str]] = []

    def outlive(group: Path, *command: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout and (command[0] == "sleep" or process.stdout.readline() == "ready\n")
        (group / "left").mkdir()
        (group / "left" / "cgroup.procs").write_text(str(process.pid))
        return process

    yield outlive
    for process in started:
        process.kill()
        process.communicate()


def test_what_outlives_its_container_is_killed_before_anything_is_taken(start, queue, settings, groups, outlive, let_go):
    start()
    script = f"open('/app/output/a.txt', 'w').write('honest')\n{waits()}"
    submission = {"metadata": "command: python3 predict.py", "predict.py": script}
    attempt = queue.put_code(submission=submission, scoring=JUDGES)
    assert wait_until(groups)
    taken = settings.home / "jobs" / f"{attempt.job['submission']}-1" / "predictions" / "a.txt"
    process = outlive(groups()[0], sys.executable, "-c", FORGES, str(taken))
    let_go(attempt)
    assert attempt.over.wait(60) and attempt.abort_reason is None, attempt.abort_reason
    assert attempt.outcome["scores"] == {"is_honest": 1.0}
    assert process.wait(60) == -9


def test_what_a_dead_runner_left_is_killed_at_the_next_start(start, queue, settings, groups, outlive, let_go):
    start()
    attempt = queue.put(waits() + GOOD)
    assert wait_until(groups)
    group = groups()[0]
    let_go(attempt)
    place = group.parent / "from-before"
    assert attempt.over.wait(60) and wait_until(lambda: not group.exists())
    place.mkdir(parents=True)
    process = outlive(place, "sleep", "60")
    start(home=settings.home / "other")  # Another runner leaves it alone.
    assert process.poll() is None
    cgroups.remove_of(str(settings.home))
    assert process.wait(60) == -9 and not place.exists()


@pytest.fixture
def freezer():
    """A place where processes cannot die: SIGKILL waits until they are thawed."""
    place = cgroups.ROOT / "freezer" / f"agon-test-{os.getpid()}"
    if not place.parent.exists():
        pytest.skip("Where there is one hierarchy, what is frozen dies.")
    place.mkdir()
    yield place
    (place / "freezer.state").write_text("THAWED")
    assert wait_until(lambda: not (place / "cgroup.procs").read_text())
    place.rmdir()


def test_what_cannot_be_killed_stops_the_slot_until_it_is_gone_and_is_told(
    start, queue, backend, groups, outlive, freezer, let_go, monkeypatch, caplog
):
    monkeypatch.setattr(cgroups, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(daemon, "RECOVERY_SECONDS", 0.1)
    start(presence_seconds=0.2)
    attempt = queue.put(waits() + GOOD)
    assert wait_until(groups)
    process = outlive(groups()[0], "sleep", "60")
    (freezer / "cgroup.procs").write_text(str(process.pid))
    (freezer / "freezer.state").write_text("FROZEN")
    let_go(attempt)
    assert attempt.over.wait(60)
    assert attempt.outcome is None and "lives on" in attempt.abort_reason
    late = queue.put(GOOD)
    assert not late.claimed.wait(2.5), "the slot is stopped"
    assert any("lives on" in record.message and "No jobs are taken" in record.message for record in caplog.records)
    assert wait_until(lambda: backend.presences[-1]["slots"] == 0), "it is told to the queue's owner"
    (freezer / "freezer.state").write_text("THAWED")
    assert wait_until(lambda: backend.presences[-1]["slots"] == 1)
    queue.announce(late.job["submission"])  # The first message is hidden for 30 s.
    assert late.over.wait(60) and late.outcome["scores"] == {"a": 1.0}
    assert process.wait(60) == -9


def test_every_slot_has_a_user_of_its_own_that_is_nobodys(start, queue, at_work, let_go):
    start(slots=2)
    script = waits() + "open('/app/output/scores.txt', 'w').write(f'uid: {os.getuid()}')"
    attempts = [queue.put(script) for _ in range(2)]
    assert wait_until(lambda: len(at_work()) == 2)
    let_go(*attempts)
    assert all(attempt.over.wait(60) for attempt in attempts)
    users = {int(attempt.outcome["scores"]["uid"]) for attempt in attempts}
    if os.geteuid() == 0:
        assert len(users) == 2 and min(users) > 65535
        assert not users & {entry.pw_uid for entry in pwd.getpwall()}
        assert not any(_holds(line, users) for line in Path("/etc/subuid").read_text().splitlines())


def _holds(line: str, users: set[int]) -> bool:
    """Whether a line of subordinate ids has one of these users."""
    _, first, count = line.split(":")
    return any(int(first) <= user < int(first) + int(count) for user in users)


def test_a_check_says_what_is_promised_of_leftovers_and_what_is_not(settings, docker, capsys, monkeypatch, groups):
    monkeypatch.setattr(check, "OUTSIDE", "127.0.0.1:9")
    monkeypatch.setattr(check, "METADATA", "127.0.0.1:9")
    assert check.run(settings) == 0
    assert "leftovers: a job is over only when nothing of it lives" in capsys.readouterr().out
    monkeypatch.setattr(cgroups, "DRIVER", "another")
    assert check.run(settings) == 0
    assert "leftovers: it is not promised that nothing of a job lives on" in capsys.readouterr().out
