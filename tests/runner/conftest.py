"""The runner suite's engine (Docker), queue (moto over HTTP) and backend (a fake over HTTP)."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from docker import APIClient
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from moto.server import ThreadedMotoServer

from runner import ahead, cgroups, config, container, waiting
from runner.daemon import Daemon
from tests.runner.fake_backend import RUNNER_TOKEN, Attempt, FakeBackend, wait_until
from tests.runner.job_builders import IMAGE, MIB, Queue, numbers

ROOT = Path(__file__).resolve().parents[2]


def missing(reason: str) -> None:
    """Skip on a laptop, fail where the suite must run."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def docker() -> Iterator[APIClient]:
    try:
        client = APIClient(version="auto", timeout=60)
    except DockerException:
        missing("Docker does not answer; on Debian: apt-get install docker.io, then start dockerd")
    try:
        client.inspect_image(IMAGE)
    except ImageNotFound:
        client.close()
        missing(f"the image {IMAGE} is missing; build it with infra/images/build")
    yield client
    client.close()


@pytest.fixture(scope="session")
def sqs_endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def sqs(sqs_endpoint: str) -> Iterator[Any]:
    client = boto3.client(
        "sqs", endpoint_url=sqs_endpoint, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="s"
    )
    yield client
    client.close()


@pytest.fixture
def backend(sqs: Any) -> Iterator[FakeBackend]:
    fake = FakeBackend()
    number = next(numbers)
    fake.queue_url = sqs.create_queue(QueueName=f"jobs-{number}", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
    yield fake
    fake.close()
    assert fake.complaints == []


@pytest.fixture
def settings(backend: FakeBackend, sqs_endpoint: str, tmp_path: Path) -> config.Config:
    return config.Config(
        command="run",
        api=backend.url,
        token=RUNNER_TOKEN,
        home=tmp_path / "home",
        name="test-runner",
        image=IMAGE,
        limits=config.Limits(
            memory_bytes=256 * MIB, cpus=1.0, pids=64, tmp_bytes=16 * MIB, output_bytes=32 * MIB, output_files=500
        ),
        cache_bytes=1024 * MIB,
        poll_seconds=1,
        sqs_endpoint=sqs_endpoint,
    )


@pytest.fixture
def start(docker: APIClient, settings: config.Config, clear: Callable[[Path], None]) -> Iterator[Callable[..., Daemon]]:
    """Start a daemon in a thread of this process; changes to its settings by name. Drained at the end."""
    running: list[tuple[Daemon, threading.Thread]] = []

    def start_daemon(**changes: Any) -> Daemon:
        daemon = Daemon(replace(settings, **changes))
        thread = threading.Thread(target=daemon.run)
        thread.start()
        running.append((daemon, thread))
        return daemon

    yield start_daemon
    for daemon, thread in running:
        daemon.drain()
        thread.join(60)
        assert not thread.is_alive()
    clear(settings.home)


@pytest.fixture
def clear(docker: APIClient) -> Callable[[Path], None]:
    """Remove what a runner that died, or lost its engine, has left: a next start would."""

    def is_clear(home: Path) -> bool:
        for left in docker.containers(all=True, filters={"label": f"agon.runner={home}"}):
            # The engine may still be at it by the runner's own order.
            with suppress(APIError):
                docker.remove_container(left["Id"], force=True)
        return not docker.containers(all=True, filters={"label": f"agon.runner={home}"})

    def clear(home: Path) -> None:
        assert wait_until(lambda: is_clear(home))
        cgroups.remove_of(str(home))

    return clear


@pytest.fixture
def queue(backend: FakeBackend, sqs: Any) -> Queue:
    return Queue(backend, sqs)


@pytest.fixture
def no_containers(docker: APIClient, settings: config.Config) -> Callable[[], bool]:
    """Whether this test's runner has no container left after some seconds, but those that wait for a job, and
    the holder of their networks."""

    def is_left(found: dict[str, Any]) -> bool:
        return found["State"] != "running" or container.SUBMISSION_LABEL in found["Labels"]

    def no_container() -> bool:
        found = docker.containers(all=True, filters={"label": f"agon.runner={settings.home}"})
        return len(found) <= ahead.MOST + 1 and not any(is_left(one) for one in found)

    return lambda: wait_until(no_container)


@pytest.fixture
def let_go(settings: config.Config) -> Callable[..., None]:
    """Has the programs of jobs go on that wait for a word (job_builders.waits): those of jobs that run now."""

    def let_go(*attempts: Attempt, word: str = "go") -> None:
        for attempt in attempts:
            folder = settings.home / "jobs" / f"{attempt.job['submission']}-{attempt.job['attempt']}"
            for place in (folder / "submission", *folder.glob("program-*")):
                (place / word).touch()

    return let_go


@pytest.fixture
def at_work(docker: APIClient, settings: config.Config) -> Callable[[], list[dict[str, Any]]]:
    """This test's containers that run a job, as Docker describes them."""

    def is_at_work(found: dict[str, Any]) -> bool:
        if container.SUBMISSION_LABEL in found["Labels"]:
            return True
        with suppress(APIError):  # In one that waits there is its gate alone.
            return len(docker.top(found["Id"])["Processes"] or ()) > 1
        return False

    label = f"agon.runner={settings.home}"
    return lambda: [one for one in docker.containers(filters={"label": label}) if is_at_work(one)]


@pytest.fixture
def in_full(docker: APIClient) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    """The containers of a list as the engine describes them in full, without those that were removed meanwhile."""

    def in_full(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        described = []
        for one in found:
            with suppress(NotFound):
                described.append(docker.inspect_container(one["Id"]))
        return described

    return in_full


@pytest.fixture
def made_ahead_too() -> None:
    """For tests in which it may matter that a job's container, or that of another, is there before its job."""


@pytest.fixture(autouse=True)
def _only_for_their_jobs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no container made for a job that does not come: of three that a test costs the engine, two wait in vain, one of
    them as the holder of the other's network."""
    if not {"made_ahead_too", "in_both_ways"} & {*request.fixturenames}:
        monkeypatch.setattr(ahead.Ahead, "follow", lambda *_: None)


@pytest.fixture(params=[False, True], ids=["made for its job", "made ahead"])
def in_both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Each container of a test is made when its job comes, and then each that can be is one that has waited for it."""
    if not request.param:
        monkeypatch.setattr(ahead.Ahead, "follow", lambda *_: None)
        return False
    found = ahead.Ahead._of

    def of(self: ahead.Ahead, shape: container.Shape) -> waiting.Waiting | None:
        return found(self, shape) or self._maker.make(shape) if self.is_usable else None

    monkeypatch.setattr(ahead.Ahead, "_of", of)
    return True


@pytest.fixture
def process(backend, sqs_endpoint, tmp_path, clear):
    """Starts `python -m runner run` as a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def start_process(*flags: str, token: str = RUNNER_TOKEN) -> "subprocess.Popen[str]":
        environment = {
            "PATH": os.environ["PATH"],
            "AGON_API": backend.url,
            "AGON_RUNNER_TOKEN": token,
            "AGON_RUNNER_HOME": str(tmp_path / "home"),
            "AWS_ENDPOINT_URL": sqs_endpoint,
        }
        command = [sys.executable, "-m", "runner", "run", *flags]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        started.append(running)
        return running

    yield start_process
    for running in started:
        running.kill()
        running.wait()
        running.stderr.close()
    clear(tmp_path / "home")
