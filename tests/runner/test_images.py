"""Images against a registry: pulled when they are missing or moved, kept from strangers, thrown away when room is needed."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from docker import APIClient
from docker.errors import ImageNotFound

from chalicelib.contract import Registry
from runner import images
from runner.errors import Halted, Unable
from runner.halt import CANCELLED, Halt
from runner.images import Images
from runner.pulled import PulledImages
from runner.registries import Registries
from tests.runner.fake_backend import wait_until
from tests.runner.fake_registry import FakeRegistry
from tests.runner.job_builders import IMAGE, MIB

ACCOUNT = ("lab", "s3cret-pa55word")


@pytest.fixture
def registry(docker: APIClient) -> Iterator[FakeRegistry]:
    fake = FakeRegistry()
    yield fake
    fake.close()
    for found in docker.images(all=True):
        names = [*(found["RepoTags"] or ()), *(found["RepoDigests"] or ())]
        for name in names:
            if name.startswith(fake.host) and is_here(docker, name):
                docker.remove_image(name, force=True)


@pytest.fixture
def quick(docker: APIClient) -> Iterator[APIClient]:
    client = APIClient(version="auto", timeout=5)
    yield client
    client.close()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch):
    monkeypatch.setattr(images, "_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(images, "_LOOK_SECONDS", 0.02)


@pytest.fixture
def runner(docker: APIClient, quick: APIClient, tmp_path: Path):
    """One runner's images: find one for a holder, with or without credentials."""
    return Runner(docker, quick, tmp_path / "images.json")


class Runner:
    def __init__(self, docker: APIClient, quick: APIClient, file: Path, max_bytes: int = 1024 * MIB) -> None:
        self.images = Images(docker, Registries(docker, quick), PulledImages(file), max_bytes)

    def find(self, image: str, registry: Registry | None = None, holder: str = "job") -> images.Image:
        return self.images.find(image, registry, holder, Halt())


def is_here(docker: APIClient, name: str) -> bool:
    try:
        docker.inspect_image(name)
    except ImageNotFound:
        return False
    return True


def layer(name: str, mebibytes: float = 0.01) -> dict[str, bytes]:
    """Files of an image that is no other's and has this size."""
    return {f"/{name}": name.encode() + b"\0" * int(mebibytes * MIB)}


def test_an_image_that_is_missing_is_pulled_and_then_used_without_asking(runner, registry):
    digest = registry.push("lab/tool:1", layer("a"))
    name = f"{registry.host}/lab/tool:1"
    found = runner.find(name)
    assert found.digest == digest and found.id.startswith("sha256:")
    asked = len(registry.calls)
    assert runner.find(name) == found
    assert len(registry.calls) == asked


def test_a_tag_that_moved_is_pulled_anew_and_the_rest_is_not_pulled_again(runner, registry, monkeypatch):
    registry.push("lab/tool:1", layer("a"))
    name = f"{registry.host}/lab/tool:1"
    before = runner.find(name)
    monkeypatch.setattr(images, "CHECK_SECONDS", 0.0)
    assert runner.find(name) == before
    assert registry.layers_sent == 1, "the tag had not moved: nothing is pulled"
    moved = registry.push("lab/tool:1", layer("b"))
    after = runner.find(name)
    assert after.digest == moved and after.id != before.id
    assert registry.layers_sent == 2


def test_a_digest_is_pulled_once_and_never_asked_about(runner, registry, monkeypatch):
    monkeypatch.setattr(images, "CHECK_SECONDS", 0.0)
    digest = registry.push("lab/tool:1", layer("a"))
    registry.push("lab/tool:1", layer("b"))
    found = runner.find(f"{registry.host}/lab/tool@{digest}")
    assert found.digest == digest
    asked = len(registry.calls)
    assert runner.find(f"{registry.host}/lab/tool@{digest}") == found
    assert len(registry.calls) == asked


def test_an_image_without_a_tag_is_the_one_called_latest(runner, registry):
    digest = registry.push("lab/tool:latest", layer("a"))
    registry.push("lab/tool:other", layer("b"))
    assert runner.find(f"{registry.host}/lab/tool").digest == digest
    assert not [call for call in registry.calls if "other" in call]


def test_an_image_that_is_here_is_used_while_its_registry_is_away(runner, registry, monkeypatch, caplog):
    registry.push("lab/tool:1", layer("a"))
    found = runner.find(f"{registry.host}/lab/tool:1")
    monkeypatch.setattr(images, "CHECK_SECONDS", 0.0)
    registry.failures = 100
    with caplog.at_level(logging.WARNING):
        assert runner.find(f"{registry.host}/lab/tool:1") == found
    assert "Using the image" in caplog.text


def test_an_image_that_was_made_on_this_machine_is_asked_about_nowhere(runner, docker, registry, monkeypatch):
    monkeypatch.setattr(images, "CHECK_SECONDS", 0.0)
    docker.tag(IMAGE, f"{registry.host}/lab/own", "1")
    try:
        found = runner.find(f"{registry.host}/lab/own:1")
        again = runner.find(f"{registry.host}/lab/own@{found.digest}")
    finally:
        docker.remove_image(f"{registry.host}/lab/own:1")
    assert found.id == found.digest == docker.inspect_image(IMAGE)["Id"]
    assert (again, registry.calls) == (found, [])


def test_a_registry_that_fails_for_a_moment_is_tried_again(runner, registry):
    digest = registry.push("lab/tool:1", layer("a"))
    registry.failures = 2
    assert runner.find(f"{registry.host}/lab/tool:1").digest == digest


def test_a_registry_that_stays_away_is_given_up_and_named(runner):
    with pytest.raises(Unable, match="localhost:1/no/such:image is not on this runner and cannot be pulled.*refused"):
        runner.find("localhost:1/no/such:image")


def test_an_image_that_does_not_exist_is_asked_for_once(runner, registry):
    with pytest.raises(Unable, match="does not give the image .*lab/none:1 to this job: manifest unknown"):
        runner.find(f"{registry.host}/lab/none:1")
    assert registry.count("HEAD lab/none/manifests") == 1


def test_jobs_that_want_the_same_image_wait_for_one_pull(runner, registry):
    registry.push("lab/tool:1", layer("a"))
    registry.flowing.clear()
    found: list[images.Image] = []
    jobs = [threading.Thread(target=lambda: found.append(runner.find(f"{registry.host}/lab/tool:1"))) for _ in range(3)]
    for job in jobs:
        job.start()
    assert wait_until(lambda: registry.count("blobs"))
    registry.flowing.set()
    for job in jobs:
        job.join(20)
    assert len(found) == 3 and len(set(found)) == 1
    assert registry.count("HEAD lab/tool/manifests/1") == 1


def test_a_slow_pull_holds_up_nobody_else_and_ends_with_its_job(runner, registry):
    registry.push("lab/slow:1", layer("slow"))
    registry.flowing.clear()
    halt = Halt()
    threading.Timer(0.5, halt.request, (CANCELLED,)).start()
    began = time.monotonic()
    other = threading.Thread(target=runner.find, args=(IMAGE,))
    other.start()
    with pytest.raises(Halted):
        runner.images.find(f"{registry.host}/lab/slow:1", None, "slow", halt)
    other.join(0.1)
    assert not other.is_alive() and time.monotonic() - began < 5
    registry.flowing.set()
    runner.find(f"{registry.host}/lab/slow:1")


def test_a_private_image_is_pulled_with_its_credentials_and_not_without(runner, registry):
    registry.account = ACCOUNT
    registry.push("lab/tool:1", layer("a"))
    name = f"{registry.host}/lab/tool:1"
    with pytest.raises(Unable, match="no basic auth credentials"):
        runner.find(name)
    with pytest.raises(Unable, match="unauthorized"):
        runner.find(name, Registry(registry.host, "lab", "wrong"))
    assert runner.find(name, Registry(registry.host, *ACCOUNT)).digest


def test_credentials_go_to_their_own_registry_only(runner, registry):
    registry.account = ACCOUNT
    registry.push("lab/tool:1", layer("a"))
    with pytest.raises(Unable, match="no basic auth credentials"):
        runner.find(f"{registry.host}/lab/tool:1", Registry("registry.lab.example", *ACCOUNT))


def test_a_private_image_that_is_here_opens_to_nobody_who_could_not_pull_it(runner, registry, docker, quick, tmp_path):
    registry.account = ACCOUNT
    digest = registry.push("lab/tool:1", layer("a"))
    name, credentials = f"{registry.host}/lab/tool:1", Registry(registry.host, *ACCOUNT)
    runner.find(name, credentials)
    again = Runner(docker, quick, tmp_path / "images.json")  # The runner after a restart: it remembers.
    for image in (name, f"{registry.host}/lab/tool@{digest}"):
        with pytest.raises(Unable, match="is private"):
            again.find(image)
        with pytest.raises(Unable, match="is private"):
            again.find(image, Registry(registry.host, "lab", "wrong"))
    registry.failures = 100
    assert again.find(name, credentials).digest == digest
    assert ACCOUNT[1] not in (tmp_path / "images.json").read_text()


def test_the_least_recently_used_image_goes_when_room_is_needed(docker, quick, registry, tmp_path):
    runner = Runner(docker, quick, tmp_path / "images.json", max_bytes=5 * MIB)
    names = [f"{registry.host}/lab/{name}:1" for name in "abc"]
    for name in "abc":
        registry.push(f"lab/{name}:1", layer(name, 2))
    for name in (names[0], names[1], names[0]):
        runner.find(name)
        runner.images.release("job")
    runner.find(names[2])
    assert [is_here(docker, name) for name in names] == [True, False, True]


def test_layers_that_images_share_are_counted_once(docker, quick, registry, tmp_path):
    runner = Runner(docker, quick, tmp_path / "images.json", max_bytes=9 * MIB)
    names = [f"{registry.host}/lab/{name}:1" for name in "abc"]
    for name in "abc":
        registry.push(f"lab/{name}:1", layer("base", 5), layer(name, 1))
    for name in names:
        runner.find(name)
        runner.images.release("job")
    assert [is_here(docker, name) for name in names] == [True, True, True]
    registry.push("lab/d:1", layer("another", 5))
    runner.find(f"{registry.host}/lab/d:1")
    assert not any(is_here(docker, name) for name in names), "the base goes with the last of them"


def test_an_image_that_a_job_uses_never_goes(docker, quick, registry, tmp_path):
    runner = Runner(docker, quick, tmp_path / "images.json", max_bytes=1 * MIB)
    for name in "ab":
        registry.push(f"lab/{name}:1", layer(name, 2))
    first, second = (f"{registry.host}/lab/{name}:1" for name in "ab")
    runner.find(first, holder="one")
    runner.find(second, holder="two")
    assert is_here(docker, first) and is_here(docker, second)
    runner.images.release("one")
    assert not is_here(docker, first) and is_here(docker, second)
    runner.images.release("two")
    assert not is_here(docker, second)


def test_an_image_whose_tag_moved_on_goes_too(docker, quick, registry, tmp_path, monkeypatch):
    monkeypatch.setattr(images, "CHECK_SECONDS", 0.0)
    runner = Runner(docker, quick, tmp_path / "images.json", max_bytes=3 * MIB)
    name = f"{registry.host}/lab/tool:1"
    registry.push("lab/tool:1", layer("a", 2))
    before = runner.find(name)
    registry.push("lab/tool:1", layer("b", 2))
    after = runner.find(name)
    assert is_here(docker, before.id)
    runner.images.release("job")
    assert not is_here(docker, before.id) and is_here(docker, after.id)


def test_an_image_that_somebody_else_brought_or_named_never_goes(docker, quick, registry, tmp_path):
    runner = Runner(docker, quick, tmp_path / "images.json", max_bytes=0)
    for name in "ab":
        registry.push(f"lab/{name}:1", layer(name, 2))
    brought, named = (f"{registry.host}/lab/{name}:1" for name in "ab")
    Registries(docker, quick).pull(brought, None)
    runner.find(brought)
    runner.find(named)
    docker.tag(named, f"{registry.host}/lab/mine", "1")
    runner.find(IMAGE)
    runner.images.release("job")
    assert is_here(docker, brought) and is_here(docker, named) and is_here(docker, IMAGE)


def test_an_image_that_a_container_uses_never_goes(docker, quick, registry, tmp_path):
    runner = Runner(docker, quick, tmp_path / "images.json", max_bytes=0)
    registry.push("lab/tool:1", layer("a", 2))
    name = f"{registry.host}/lab/tool:1"
    container = docker.create_container(runner.find(name).id, command=["x"])["Id"]
    try:
        runner.images.release("job")
        assert is_here(docker, name)
    finally:
        docker.remove_container(container)
    runner.images.release("job")
    assert not is_here(docker, name)


def test_a_job_runs_in_a_private_image_and_its_password_is_told_nowhere(start, queue, registry, settings, caplog):
    registry.account = ACCOUNT
    digest = registry.push("lab/tool:1", layer("a"), with_shell=True)
    credentials = {"server": registry.host, "username": ACCOUNT[0], "password": ACCOUNT[1]}
    program = {"metadata": "command: sh score.sh", "score.sh": "echo 'a: 1' > /app/output/scores.txt"}
    with caplog.at_level(logging.DEBUG):
        start()
        attempt = queue.put(program=program, image=f"{registry.host}/lab/tool:1", registry=credentials)
        assert attempt.over.wait(60)
        other = queue.put(program=program, image=f"{registry.host}/lab/tool:1")
        assert other.over.wait(60)
    assert attempt.outcome["scores"] == {"a": 1.0}
    assert attempt.outcome["steps"][0]["image_digest"] == digest
    assert "is private" in other.abort_reason
    assert not any(ACCOUNT[1] in str(content) for content in (caplog.text, other.abort_reason, attempt.uploads))
    assert all(ACCOUNT[1].encode() not in file.read_bytes() for file in settings.home.rglob("*") if file.is_file())


def test_an_image_that_moves_under_a_job_does_not_change_the_job(start, queue, registry, docker, settings):
    first = registry.push("lab/tool:1", layer("a"), with_shell=True)
    name = f"{registry.host}/lab/tool:1"
    # So long that a slow machine does not miss it.
    program = {"metadata": "command: sh score.sh", "score.sh": "sleep 6; echo 'a: 1' > /app/output/scores.txt"}
    start()
    attempt = queue.put(program=program, image=name)
    assert wait_until(lambda: docker.containers(filters={"label": f"agon.runner={settings.home}"}), 60)
    (running,) = docker.containers(filters={"label": f"agon.runner={settings.home}"})
    pulled = docker.inspect_image(name)["Id"]
    docker.tag(IMAGE, f"{registry.host}/lab/tool", "1")
    assert docker.inspect_container(running["Id"])["Config"]["Image"] == pulled, "not the name, which may move"
    assert attempt.over.wait(60)
    assert attempt.outcome["scores"] == {"a": 1.0} and attempt.outcome["steps"][0]["image_digest"] == first
