"""`agon queues`, and what is said of a submission that waits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agon import words
from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition, submission, takes_uploads

QUEUE = {"id": "01q", "name": "Lab", "description": "", "owner": "olga", "visibility": "private"}
QUEUE |= {"sealed": True, "uses": 2, "created_at": NOW, "registries": ["ghcr.io"], "max_time_limit_seconds": 3600}
TOKEN = {"id": "t", "name": "gpu-01", "created_at": NOW, "expires_at": NOW, "token": "agonr_01q_t_secret"}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_x"})


def test_a_queue_says_where_images_come_from_and_how_long_a_step_may_take(agon):
    changed = {**QUEUE, "registries": ["ghcr.io", "registry.lab.example:5000"]}
    agon.api.on("PATCH", "/queues/01q", changed)
    ran = agon("queues", "change", "01q", "--registry", "ghcr.io", "--registry", "registry.lab.example:5000")
    assert agon.api.asked("PATCH", "/queues/01q")[0].body == {"registries": ["ghcr.io", "registry.lab.example:5000"]}
    assert "Images from ghcr.io, registry.lab.example:5000 · a step may take 3,600 s" in ran.out
    agon("queues", "change", "01q", "--max-time-limit", "60")
    assert agon.api.asked("PATCH", "/queues/01q")[1].body == {"max_time_limit_seconds": 60}
    assert agon("queues", "change", "01q").code == 1


def ago(**passed: float) -> str:
    return (datetime.now(UTC) - timedelta(**passed)).isoformat()


def in_full(**changes: Any) -> dict[str, Any]:
    has = {"cpus": 8.0, "memory_bytes": 32_000_000_000, "gpus": 1, "labels": ["a100"]}
    runner = {"name": "gpu-01", "alive": True, "last_seen_at": ago(seconds=20), "version": "0.1.0", "slots": 2}
    runner |= {"capabilities": has, "gpus": ["NVIDIA A100"], "jobs": ["s1"], "protocol": 2, "advice": ""}
    waiting = [{"competition": "c1", "submissions": 3}]
    told = {"queue": QUEUE, "depth": 3, "oldest_at": ago(minutes=12, seconds=5), "runners_alive": 1}
    return {**told, "waiting": waiting, "runners": [runner], "shared_with": [], **changes}


def test_a_new_queue_says_how_a_machine_is_attached(agon):
    agon.api.on("POST", "/queues", QUEUE, 201)
    ran = agon("queues", "create", "Lab", "--sealed")
    assert agon.api.asked("POST", "/queues")[0].body == {
        "name": "Lab", "description": "", "visibility": "private", "sealed": True
    }  # fmt: skip
    assert "agon queues token 01q NAME" in ran.out and f"AGON_API={agon.api.url}" in ran.out and "queue: 01q" in ran.out


def test_what_a_sealed_queue_keeps_is_let_out(agon):
    agon.api.on("POST", "/submissions/s/release", {})
    assert "within a minute or two" in agon("submissions", "release", "s").out
    assert agon("submissions", "release", "s", "--json").json == {"released": "s"}
    assert len(agon.api.asked("POST", "/submissions/s/release")) == 2


def test_queues_are_listed(agon):
    agon.api.on("GET", "/queues", {"queues": [QUEUE], "next": None})
    ran = agon("queues", "list", "--shared")
    assert agon.api.asked("GET", "/queues")[0].query == "shared=true"
    assert "01q" in ran.out and "sealed" in ran.out
    agon.api.replies.clear()
    agon.api.on("GET", "/queues", {"queues": [], "next": None})
    assert "agon queues create" in agon("queues", "list").err


def test_a_queue_is_shown_with_what_waits_and_who_serves_it(agon):
    agon.api.on("GET", "/queues/01q", in_full())
    out = " ".join(agon("queues", "show", "01q").out.split())
    assert "3 waiting, the oldest for 12 min · 1 runner alive" in out
    for said in ("gpu-01", "alive", "s ago", "0.1.0", "8 CPU, 32.0 GB, 1 × NVIDIA A100, a100", "s1", "c1"):
        assert said in out
    assert "out of date" not in out


def test_a_runner_that_is_out_of_date_is_shown_as_such_with_what_to_do(agon):
    told = in_full()
    told["runners"][0] |= {"alive": False, "protocol": 1, "advice": "Install the runner of Agon 9.9.9 there."}
    agon.api.on("GET", "/queues/01q", told)
    out = " ".join(agon("queues", "show", "01q").out.split())
    assert "gone" not in out and "out of date" in out and "gpu-01: Install the runner of Agon 9.9.9 there." in out


def test_an_empty_queue_without_runners_is_shown_as_such(agon):
    agon.api.on("GET", "/queues/01q", in_full(depth=0, oldest_at=None, runners_alive=0, waiting=[], runners=[]))
    assert "0 waiting · no runner is alive" in agon("queues", "show", "01q").out


def test_a_queue_is_shared_and_removed(agon):
    agon.api.on("PATCH", "/queues/01q", {**QUEUE, "visibility": "shared"}).on("DELETE", "/queues/01q", {})
    agon("queues", "share", "01q", "--visibility", "shared", "--with", "a", "--with", "b")
    assert agon.api.asked("PATCH", "/queues/01q")[0].body == {"visibility": "shared", "shared_with": ["a", "b"]}
    assert agon("queues", "delete", "01q", "--json").json == {"removed": "01q"}


def test_a_runners_token_is_shown_once(agon):
    agon.api.on("POST", "/queues/01q/tokens", TOKEN, 201)
    ran = agon("queues", "token", "01q", "gpu-01")
    assert ran.out.strip() == TOKEN["token"]
    assert "not shown again" in ran.err


def test_a_registrys_password_is_read_from_no_flag_and_printed_nowhere(agon):
    stored = {"server": "registry.lab.example", "username": "robot", "created_at": NOW}
    agon.api.on("POST", "/queues/01q/registry", stored)
    words_ = ("queues", "registry", "registry.lab.example", "--user", "robot", "--queue", "01q", "--password-stdin")
    ran = agon(*words_, stdin="hidden\n")
    assert agon.api.asked("POST", "/queues/01q/registry")[0].body["password"] == "hidden"
    assert "as robot" in ran.out and "hidden" not in ran.out + ran.err
    assert agon("queues", "registry", "registry.lab.example", "--user", "robot", "--password-stdin", stdin="x\n").code == 1


def test_who_waits_is_told_their_place_and_that_nobody_works(agon, tmp_path):
    takes_uploads(agon.api)
    agon.api.on("GET", "/competitions/c", competition())
    first = submission("Submitted", queue={"place": 3, "runners_alive": 0})
    agon.api.on("POST", "/phases/c-0/submissions", first, 201).on("GET", "/submissions/s", first)
    agon.api.on("GET", "/submissions/s", submission("Submitted", queue={"place": 2, "runners_alive": 0}))
    agon.api.on("GET", "/submissions/s", submission("Finished", scores={"accuracy": 1.0}, queue=None))
    (tmp_path / "a.csv").write_text("1")
    ran = agon("submit", "c", str(tmp_path / "a.csv"), "--wait")
    assert ran.code == 0
    assert ran.said.count("The organizers must start one.") == 1


def test_a_submission_that_waits_is_shown_with_its_place(agon):
    agon.api.on("GET", "/submissions/s", submission("Submitted", queue={"place": 3, "runners_alive": 2}))
    agon.api.on("GET", "/submissions/s/attempts", {"attempts": []})
    assert "3rd in the queue, 2 runners alive" in agon("submissions", "show", "s").out


def test_places_are_said_as_people_say_them():
    said = [words.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111)]
    assert said == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th"]
