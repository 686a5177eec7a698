"""agon/local: what the local stack remembers, and how it watches over the programs that it starts."""

import os
import socket
import stat
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from agon import config
from agon.errors import StackFailed
from agon.local import deploy, process
from agon.local.demo import summary
from agon.local.stack import Stack
from agon.local.state import StackState

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def start(tmp_path: Path, words: list[str]) -> int:
    return process.start(words, tmp_path / "program.log", config.child_environment(), tmp_path)


def test_the_state_is_its_owners_to_read(tmp_path: Path) -> None:
    state = StackState(tmp_path)
    state.set("accounts", {"ada": {"password": "secret"}})
    assert stat.S_IMODE((tmp_path / "state.json").stat().st_mode) == 0o600
    assert StackState(tmp_path).get("accounts") == {"ada": {"password": "secret"}}


def test_the_stack_does_not_follow_the_shells_own_aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text("[default]\nregion = ap-south-1\nendpoint_url = http://127.0.0.1:9\n")
    strays = {
        "AWS_REGION": "us-west-2",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_PROFILE": "nobodys",
        "AWS_SESSION_TOKEN": "x",
    }
    for name, value in {**strays, "AWS_CONFIG_FILE": str(tmp_path / "config"), "AWS_USE_FIPS_ENDPOINT": "true"}.items():
        monkeypatch.setenv(name, value)
    stack = Stack(replace(config.read(), state=tmp_path / "state", aws_endpoint="http://127.0.0.1:4566"), print)
    formation = stack.aws.client("cloudformation")
    assert (formation.meta.region_name, formation.meta.endpoint_url) == ("eu-west-1", "http://127.0.0.1:4566")
    environment = config.child_environment(AWS_ENDPOINT_URL="http://127.0.0.1:4566")
    handed_on = {name: value for name, value in environment.items() if name.startswith("AWS_")}
    nobodys = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    assert handed_on == {**nobodys, "AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}


def test_a_stack_stays_in_the_region_that_it_was_made_in(tmp_path: Path) -> None:
    StackState(tmp_path).set("outputs", {"UserPoolId": "us-east-1_AbCdEf"})
    assert Stack(replace(config.read(), state=tmp_path), print).region == "us-east-1"


def test_an_entry_set_to_none_is_gone(tmp_path: Path) -> None:
    state = StackState(tmp_path)
    state.set("runner", {"pid": 1})
    state.set("runner", None)
    assert state.read() == {}


def test_a_broken_state_says_how_to_start_afresh(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{")
    with pytest.raises(StackFailed, match="agon down --wipe"):
        StackState(tmp_path).read()


def test_a_program_is_found_again_by_its_number_and_stopped(tmp_path: Path) -> None:
    pid = start(tmp_path, SLEEPER)
    assert process.is_running(pid, "sleep")
    assert process.stop(pid, "sleep")
    assert not process.is_running(pid, "sleep")
    assert not process.stop(pid, "sleep")


def test_a_number_that_another_program_got_is_left_alone(tmp_path: Path) -> None:
    pid = start(tmp_path, SLEEPER)
    assert not process.stop(pid, "ministack")
    assert process.stop(pid, "sleep")


def test_a_program_that_will_not_end_is_killed(tmp_path: Path) -> None:
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"
    pid = start(tmp_path, [sys.executable, "-c", stubborn])
    while "on" not in (tmp_path / "program.log").read_text():
        time.sleep(0.02)
    assert process.stop(pid, "SIG_IGN", patience_seconds=0.2)
    assert not process.is_running(pid, "SIG_IGN")


def test_a_program_that_ends_early_is_told_with_its_last_words(tmp_path: Path) -> None:
    pid = start(tmp_path, [sys.executable, "-c", "print('no Docker here'); raise SystemExit(1)"])
    with pytest.raises(StackFailed, match="no Docker here"):
        process.wait_until(lambda: False, pid, "Docker", tmp_path / "program.log", 10)


def test_a_port_that_somebody_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not process.is_free(server.getsockname()[1])
    assert process.is_free(process.free_port())


def test_a_free_port_is_none_that_the_system_gives_to_whoever_connects_before_a_program_has_started() -> None:
    file = Path("/proc/sys/net/ipv4/ip_local_port_range")
    given = range(*map(int, file.read_text().split())) if file.exists() else range(49_152, 65_536)
    assert not {process.free_port() for _ in range(50)} & set(given)


def source(folder: Path) -> Path:
    (folder / "chalicelib").mkdir(parents=True)
    (folder / "locks").mkdir()
    for name in ("app.py", "locks/function.txt", "template.yaml", "chalicelib/settings.py"):
        (folder / name).write_text(name)
    return folder


def test_a_package_is_made_anew_when_a_source_changes(tmp_path: Path) -> None:
    tree = source(tmp_path)
    before = deploy.fingerprint(tree)
    (tree / "chalicelib/settings.py").write_text("changed")
    assert deploy.fingerprint(tree) != before


def test_compiled_files_make_no_new_package(tmp_path: Path) -> None:
    tree = source(tmp_path)
    before = deploy.fingerprint(tree)
    (tree / "chalicelib/__pycache__").mkdir()
    (tree / "chalicelib/__pycache__/settings.pyc").write_text("x")
    assert deploy.fingerprint(tree) == before


def test_the_demo_ends_with_ranks_scores_and_seconds() -> None:
    rows = [{"rank": 1, "participant": "ada", "submission": "s", "scores": {"accuracy": 1.0}, "submitted_at": "now"}]
    ended = summary({"rows": rows}, {"deploy": 1.5, "scoring": 2.25})
    assert ended["leaderboard"] == [{"rank": 1, "participant": "ada", "scores": {"accuracy": 1.0}}]
    assert ended["seconds"] == {"deploy": 1.5, "scoring": 2.25, "total": 3.75}
