"""What breaks around a runner: it survives, or the job fails with a reason that says whose fault it was."""

import errno
import os
import subprocess
import time
from contextlib import suppress

import pytest
from docker.errors import APIError

from runner import daemon, execution, retry
from tests.runner.engine_proxy import EngineProxy
from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import MIB, make_zip

pytestmark = pytest.mark.usefixtures("made_ahead_too")

GOOD = "open('/app/output/scores.txt', 'w').write('a: 1')"
SLEEP = "import time; time.sleep({}); " + GOOD


@pytest.fixture
def engine(tmp_path):
    """A way to Docker that can be cut."""
    proxy = EngineProxy(tmp_path)
    yield proxy
    proxy.close()


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of 24 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("Only root can make a small disk.")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def containers(at_work):
    """The ids of this test's containers that run a job."""
    return lambda: [found["Id"] for found in at_work()]


@pytest.fixture
def remains(docker, settings):
    """The ids of this test's containers that are there, whether or not they run."""
    label = f"agon.runner={settings.home}"
    return lambda: {found["Id"] for found in docker.containers(all=True, filters={"label": label})}


@pytest.fixture(autouse=True)
def _quick_recovery(monkeypatch):
    monkeypatch.setattr(daemon, "RECOVERY_SECONDS", 0.1)


def test_an_engine_that_is_restarted_under_a_job_aborts_it_and_the_next_job_runs(start, queue, engine, containers, remains):
    start(docker_host=engine.url)
    attempt = queue.put(SLEEP.format(60))
    assert wait_until(containers)
    engine.cut()
    assert attempt.over.wait(60)
    assert attempt.outcome is None and "Docker" in attempt.abort_reason
    left = remains()
    # It is killed before the abort is told; the engine needs a moment to notice.
    assert wait_until(lambda: not containers()), "it is over also where the engine cannot be asked"
    engine.mend()
    assert queue.score(GOOD)["scores"] == {"a": 1.0}
    assert left and wait_until(lambda: not left & remains()), "what it could not remove then, it removed later"


def test_a_container_that_goes_down_with_its_engine_is_not_blamed(start, queue, engine, docker, containers):
    start(docker_host=engine.url)
    attempt = queue.put(SLEEP.format(60))
    assert wait_until(containers)
    [container] = containers()
    engine.turn_deaf()
    # A runner that asked the engine something meanwhile has ended it by itself.
    with suppress(APIError):
        docker.kill(container)
    assert attempt.over.wait(60)
    assert attempt.outcome is None and "Docker" in attempt.abort_reason


def test_no_job_is_taken_while_the_engine_is_away(start, queue, engine, backend):
    start(docker_host=engine.url)
    assert queue.score(GOOD)["scores"] == {"a": 1.0}
    engine.cut()
    attempt = queue.put(GOOD)
    assert not attempt.claimed.wait(2.5), "an abort would cost it one of its attempts"
    engine.mend()
    queue.announce(attempt.job["submission"])  # The first message is hidden for 30 s.
    assert attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0}


def test_a_download_that_fills_the_disk_is_the_machines_fault(small_disk, start, queue):
    start(home=small_disk / "home")
    attempt = queue.put(GOOD, submission=os.urandom(30 * MIB))
    assert attempt.over.wait(60)
    assert attempt.outcome is None and attempt.abort_reason == "The disk of test-runner is full."
    assert queue.score(GOOD)["scores"] == {"a": 1.0}


def test_a_program_that_cannot_write_to_a_full_disk_is_not_blamed(small_disk, start, queue):
    start(home=small_disk / "home")
    attempt = queue.put("open('/app/output/large', 'wb').write(b'0' * 30 * 2**20)")
    assert attempt.over.wait(60)
    assert attempt.outcome is None and attempt.abort_reason == "The disk of test-runner is full."
    assert queue.score(GOOD)["scores"] == {"a": 1.0}


def test_what_a_job_held_is_released_also_where_its_folder_cannot_be_removed(
    start, queue, settings, no_containers, monkeypatch, caplog
):
    kept, real = [], execution.remove

    def remove(folder):
        kept.append(folder)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(execution, "remove", remove)
    start(cache_bytes=1)
    first = queue.put(GOOD)
    assert first.over.wait(60) and first.outcome["scores"] == {"a": 1.0}
    assert wait_until(lambda: any("not all of it could be removed" in record.message for record in caplog.records))
    assert wait_until(lambda: not list((settings.home / "held").glob("*"))), "nothing is given back at the next start"
    assert no_containers()
    monkeypatch.setattr(execution, "remove", real)
    cached = lambda: [file for file in (settings.home / "cache").rglob("*") if file.is_file()]  # noqa: E731
    assert wait_until(lambda: not cached()), "a cache for one byte keeps what a job holds, and nothing else"
    assert queue.score(GOOD)["scores"] == {"a": 1.0}, "the runner lives on"
    assert kept


def test_no_job_is_taken_while_the_disk_is_full(small_disk, start, queue):
    (small_disk / "other").write_bytes(b"0" * 23 * MIB)
    start(home=small_disk / "home")
    attempt = queue.put(GOOD)
    assert not attempt.claimed.wait(2.5)
    (small_disk / "other").unlink()
    assert attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0}


def test_an_api_that_is_away_shorter_than_the_lease_costs_nothing(start, queue, backend):
    start()
    attempt = queue.put(SLEEP.format(1), lease_seconds=20)
    assert attempt.claimed.wait(60)
    backend.away_until = time.monotonic() + 5
    assert attempt.over.wait(60)
    assert attempt.outcome["scores"] == {"a": 1.0} and attempt.job["attempt"] == 1


def test_an_api_that_is_away_longer_than_the_lease_costs_the_attempt_and_not_the_runner(
    start, queue, backend, no_containers, monkeypatch
):
    monkeypatch.setattr(retry, "CAP_SECONDS", 1.0)
    start()
    attempt = queue.put(SLEEP.format(4), lease_seconds=2, heartbeat_seconds=0.5)
    assert attempt.claimed.wait(60)
    backend.away_until = time.monotonic() + 5
    assert no_containers()
    assert not attempt.over.is_set()
    assert wait_until(backend.sweep)
    attempt.job["lease_seconds"] = 60  # For the next, which is not to lose it.
    queue.announce(attempt.job["submission"])
    assert attempt.over.wait(60)
    assert attempt.outcome["scores"] == {"a": 1.0} and attempt.job["attempt"] == 2


def test_a_download_that_breaks_off_goes_on_where_it_stopped(start, queue, backend):
    start()
    backend.cuts = 7  # More often than a download without progress is tried.
    content = make_zip({"answer.txt": "1", "rest": os.urandom(4 * MIB)})
    assert queue.score(GOOD, submission=content)["scores"] == {"a": 1.0}
    assert backend.cuts == 0


def test_a_download_that_always_breaks_off_is_given_up(start, queue, backend, monkeypatch):
    monkeypatch.setattr("runner.files.TRIES", 2)
    start()
    backend.failures["download"] = 1000
    attempt = queue.put(GOOD)
    assert attempt.over.wait(60)
    assert attempt.outcome is None and "cannot be downloaded" in attempt.abort_reason


@pytest.mark.parametrize("behind_seconds", [7200, -7200])
def test_a_clock_that_is_wrong_by_hours_changes_nothing(start, queue, backend, behind_seconds):
    backend.clock_behind_seconds = behind_seconds
    start()
    for _ in range(2):
        assert queue.score(GOOD)["scores"] == {"a": 1.0}
    assert backend.calls.count("session") == 1


def test_a_message_that_is_delivered_twice_is_one_job(start, queue):
    start(slots=2)
    attempt = queue.put(SLEEP.format(2))
    queue.announce(attempt.job["submission"])
    assert attempt.over.wait(60) and wait_until(queue.is_empty)
    assert attempt.outcome["scores"] == {"a": 1.0}
    assert attempt.finishes == 1 and attempt.claims == 2 and attempt.job["attempt"] == 1


def test_credentials_that_expire_during_a_job_are_renewed(start, queue, backend):
    backend.session_seconds = 301.5  # Renewed five minutes before: after one and a half seconds.
    start()
    backend.on["heartbeat scoring"] = lambda attempt: backend.expire_uploads()
    attempt = queue.put("print('begun', flush=True); " + SLEEP.format(3))
    assert attempt.over.wait(60)
    backend.on.clear()
    assert attempt.outcome["scores"] == {"a": 1.0}
    assert {"output", "scoring_stdout"} <= set(attempt.outcome["uploaded"])
    assert f"jobs/{attempt.job['submission']}/uploads" in backend.calls
    assert queue.score(GOOD)["scores"] == {"a": 1.0}
    assert backend.calls.count("session") >= 2
