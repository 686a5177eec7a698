"""Images against a registry: pulled when they are missing or moved, kept from strangers, thrown away when room is needed."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from docker import APIClient
from docker.errors import ImageNotFound

from chalicelib.contract import Registry
from runner import images
from runner.errors import Halted, RunnerError, Unable
from runner.halt import CANCELLED, Halt
from runner.images import ImageMissing, Images
from runner.pulled import PulledImages
from runner.registries import Registries
from tests.runner.fake_backend import wait_until
from tests.runner.fake_registry import FakeRegistry
from tests.runner.job_builders import IMAGE, MIB, OWN_IMAGES

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
    client = APIClient(version="auto", timeout=60)
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
    def __init__(
        self, docker: APIClient, quick: APIClient, file: Path, max_bytes: int = 1024 * MIB, listed: Sequence[str] = ()
    ) -> None:
        self.images = Images(docker, Registries(docker, quick), PulledImages(file), max_bytes, {IMAGE}, listed)

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


def test_who_asks_as_soon_as_another_was_answered_hears_of_a_tag_that_moved_meanwhile(runner, registry, monkeypatch):
    class Slow(images.Future):
        def set_result(self, result):
            super().set_result(result)
            time.sleep(0.5)

    monkeypatch.setattr(images, "Future", Slow)
    monkeypatch.setattr(images, "CHECK_SECONDS", 0.0)
    registry.push("lab/tool:1", layer("a"))
    runner.find(f"{registry.host}/lab/tool:1")
    moved = registry.push("lab/tool:1", layer("b"))
    assert runner.find(f"{registry.host}/lab/tool:1").digest == moved


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


@pytest.fixture
def own_image(docker, registry) -> Iterator[str]:
    """The name of an image that was made on this machine, and that its registry does not know."""
    docker.tag(IMAGE, f"{registry.host}/lab/own", "1")
    yield f"{registry.host}/lab/own:1"
    docker.remove_image(f"{registry.host}/lab/own:1")


@pytest.mark.parametrize("pattern", ["{}", "*/lab/*"])
def test_an_image_of_this_machine_is_for_jobs_where_its_operator_lists_it_and_asked_about_nowhere(
    docker, quick, tmp_path, registry, own_image, monkeypatch, pattern
):
    monkeypatch.setattr(images, "CHECK_SECONDS", 0.0)
    runner = Runner(docker, quick, tmp_path / "images.json", listed=[pattern.format(own_image)])
    found = runner.find(own_image)
    again = runner.find(f"{registry.host}/lab/own@{found.digest}")
    assert found.id == found.digest == docker.inspect_image(IMAGE)["Id"]
    assert (again, registry.calls) == (found, [])


def test_an_image_of_this_machine_that_nobody_lists_is_as_one_that_is_not_there(runner, docker, registry, own_image, caplog):
    digest = docker.inspect_image(IMAGE)["Id"]
    for name in (own_image, f"{registry.host}/lab/own@{digest}"):
        with caplog.at_level(logging.WARNING), pytest.raises(ImageMissing) as refused:
            runner.find(name)
        assert str(refused.value) == str(ImageMissing(name))
    assert "--local-images" in caplog.text and registry.calls == []


def test_an_image_of_this_machine_that_a_registry_has_by_another_name_is_found_by_its_id(docker, quick, tmp_path, registry):
    there = f"{registry.host}/lab/tool"
    registry.push("lab/tool:1", layer("a"))
    Registries(docker, quick).pull(f"{there}:1", None)
    docker.tag(f"{there}:1", f"{OWN_IMAGES}/pushed", "1")
    runner = Runner(docker, quick, tmp_path / "images.json", listed=[f"{OWN_IMAGES}/*"])
    try:
        found = runner.find(f"{OWN_IMAGES}/pushed:1")
        assert runner.find(f"{OWN_IMAGES}/pushed@{found.digest}") == found
        with pytest.raises(ImageMissing):
            runner.find(f"{there}@{found.digest}")
    finally:
        docker.remove_image(f"{OWN_IMAGES}/pushed:1")


def test_what_its_operator_pulled_is_for_jobs_that_its_registry_lets_have_it(runner, registry, docker, quick):
    registry.account = ACCOUNT
    digest = registry.push("lab/tool:1", layer("a"))
    name, credentials = f"{registry.host}/lab/tool:1", Registry(registry.host, *ACCOUNT)
    Registries(docker, quick).pull(name, credentials)
    with pytest.raises(ImageMissing):
        runner.find(name)
    assert runner.find(name, credentials).digest == digest
    asked = len(registry.calls)
    runner.find(name, credentials)
    assert len(registry.calls) == asked and registry.layers_sent == 1


def test_a_registry_that_fails_for_a_moment_is_tried_again(runner, registry):
    digest = registry.push("lab/tool:1", layer("a"))
    registry.failures = 2
    assert runner.find(f"{registry.host}/lab/tool:1").digest == digest


def test_a_registry_that_stays_away_is_given_up_and_the_engines_words_stay_in_the_log(runner, caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(Unable) as refused:
        runner.find("localhost:1/no/such:image")
    assert str(refused.value) == "The registry of the image `localhost:1/no/such:image` does not answer, or fails."
    assert "connection refused" in caplog.text


def test_an_image_that_does_not_exist_is_asked_for_once(runner, registry):
    with pytest.raises(ImageMissing, match="lab/none:1` cannot be had"):
        runner.find(f"{registry.host}/lab/none:1")
    assert registry.count("HEAD lab/none/manifests") == 1


def test_what_a_registry_answers_is_told_to_nobody_who_can_choose_whom_to_ask(runner, registry, caplog):
    registry.account, registry.greeting = ACCOUNT, "the inner\x1b[2Jpage of a closed network"
    with caplog.at_level(logging.DEBUG), pytest.raises(RunnerError) as refused:
        runner.find(f"{registry.host}/lab/tool:1")
    assert "closed network" not in str(refused.value) and "\x1b" not in caplog.text


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
    # The layer flows after a minute, if it is not let flow before.
    other.join(30)
    assert not other.is_alive() and time.monotonic() - began < 45
    registry.flowing.set()
    runner.find(f"{registry.host}/lab/slow:1")


def test_a_private_image_is_pulled_with_its_credentials_and_not_without(runner, registry):
    registry.account = ACCOUNT
    registry.push("lab/tool:1", layer("a"))
    name = f"{registry.host}/lab/tool:1"
    with pytest.raises(ImageMissing):
        runner.find(name)
    with pytest.raises(ImageMissing):
        runner.find(name, Registry(registry.host, "lab", "wrong"))
    assert runner.find(name, Registry(registry.host, *ACCOUNT)).digest


def test_credentials_go_to_their_own_registry_only(runner, registry):
    registry.account = ACCOUNT
    registry.push("lab/tool:1", layer("a"))
    with pytest.raises(ImageMissing):
        runner.find(f"{registry.host}/lab/tool:1", Registry("registry.lab.example", *ACCOUNT))


def test_a_private_image_that_is_here_opens_to_nobody_who_could_not_pull_it(runner, registry, docker, quick, tmp_path):
    registry.account = ACCOUNT
    digest = registry.push("lab/tool:1", layer("a"))
    name, credentials = f"{registry.host}/lab/tool:1", Registry(registry.host, *ACCOUNT)
    runner.find(name, credentials)
    again = Runner(docker, quick, tmp_path / "images.json")  # The runner after a restart: it remembers.
    for image in (name, f"{registry.host}/lab/tool@{digest}"):
        with pytest.raises(ImageMissing):
            again.find(image)
        with pytest.raises(ImageMissing):
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
        own = {"image": f"{registry.host}/lab/tool:1", "site_image": f"{registry.host}/lab/tool:1"}
        attempt = queue.put(program=program, registry=credentials, **own)
        assert attempt.over.wait(60)
        other = queue.put(program=program, **own)
        assert other.over.wait(60)
    assert attempt.outcome["scores"] == {"a": 1.0}
    assert attempt.outcome["steps"][0]["image_digest"] == digest
    assert "cannot be had" in other.abort_reason
    assert not any(ACCOUNT[1] in str(content) for content in (caplog.text, other.abort_reason, attempt.uploads))
    assert all(ACCOUNT[1].encode() not in file.read_bytes() for file in settings.home.rglob("*") if file.is_file())


def test_an_image_that_moves_under_a_job_does_not_change_the_job(start, queue, registry, docker, settings, let_go):
    first = registry.push("lab/tool:1", layer("a"), with_shell=True)
    name = f"{registry.host}/lab/tool:1"
    # There is nothing but a shell in it.
    held = "while ! [ -e /app/program/go ]; do :; done"
    program = {"metadata": "command: sh score.sh", "score.sh": f"{held}; echo 'a: 1' > /app/output/scores.txt"}
    start()
    attempt = queue.put(program=program, image=name, site_image=name)
    seen: list[dict[str, Any]] = []
    assert wait_until(lambda: seen or seen.extend(docker.containers(filters={"label": f"agon.runner={settings.home}"})))
    running = seen[0]
    pulled = docker.inspect_image(name)["Id"]
    docker.tag(IMAGE, f"{registry.host}/lab/tool", "1")
    assert docker.inspect_container(running["Id"])["Config"]["Image"] == pulled, "not the name, which may move"
    let_go(attempt)
    assert attempt.over.wait(60)
    assert attempt.outcome["scores"] == {"a": 1.0} and attempt.outcome["steps"][0]["image_digest"] == first


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        ("{}/lab/tool:1", "is an address"),
        ("localhost:{port}/lab/tool:1", "is the machine itself"),
        ("registry:5000/lab/tool:1", "a name without a dot"),
        ("registry.lab.example/tool:1", "this queue pulls from docker.io, ghcr.io, public.ecr.aws, quay.io alone"),
        ("Lab/Tool", "capital letters"),
        ("sha256:{id}", "id of an image"),
    ],
)
def test_no_engine_is_asked_for_what_is_no_image_of_a_listed_registry(start, queue, registry, docker, image, reason):
    registry.push("lab/tool:1", layer("a"))
    name = image.format(registry.host, port=registry.host.partition(":")[2], id=docker.inspect_image(IMAGE)["Id"][7:])
    start()
    outcome = queue.score("pass", image=name)
    assert outcome["fault"] == "organizer" and reason in outcome["reason"]
    assert registry.calls == []


def test_an_image_that_is_not_there_is_the_organizers_fault_and_the_sites_own_is_not(start, queue, docker):
    docker.tag(IMAGE, f"{OWN_IMAGES}/unlisted", "1")
    start()
    try:
        outcome = queue.score("pass", image=f"{OWN_IMAGES}/unlisted:1")
        attempt = queue.put("pass", image=f"{OWN_IMAGES}/unlisted:1", site_image=f"{OWN_IMAGES}/unlisted:1")
        assert attempt.over.wait(60)
    finally:
        docker.remove_image(f"{OWN_IMAGES}/unlisted:1")
    assert outcome["fault"] == "organizer" and f"`{OWN_IMAGES}/unlisted:1` cannot be had" in outcome["reason"]
    assert attempt.outcome is None and "cannot be had" in attempt.abort_reason


def test_a_job_has_an_image_of_this_machine_that_its_operator_lists(start, queue, docker):
    docker.tag(IMAGE, f"{OWN_IMAGES}/listed", "1")
    start(local_images=(f"{OWN_IMAGES}/*",))
    try:
        outcome = queue.score("open('/app/output/scores.txt', 'w').write('a: 1')", image=f"{OWN_IMAGES}/listed:1")
    finally:
        docker.remove_image(f"{OWN_IMAGES}/listed:1")
    assert outcome["scores"] == {"a": 1.0}


def test_the_sites_image_is_found_by_its_digest_as_well_when_a_run_is_repeated(start, queue, docker):
    start()
    name, digest = IMAGE.partition(":")[0], docker.inspect_image(IMAGE)["Id"]
    scores = "open('/app/output/scores.txt', 'w').write('a: 1')"
    assert queue.score(scores, image=f"{name}@{digest}", site_image=IMAGE)["scores"] == {"a": 1.0}
    assert "this queue pulls from" in queue.score(scores, image=f"agon.internal/other@{digest}")["reason"]
