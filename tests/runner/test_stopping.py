"""Cancels, lost attempts, signals, and what a dead runner leaves behind."""

import ctypes
import signal
import time
from pathlib import Path

import pytest

from chalicelib.contract import Job
from runner.errors import NotWelcome
from runner.held import HeldAttempts
from tests.runner.fake_backend import RUNNER_TOKEN, wait_until
from tests.runner.job_builders import IMAGE, waits

pytestmark = pytest.mark.usefixtures("made_ahead_too")

ROOT = Path(__file__).resolve().parents[2]
SLEEP = "import time; print('begun', flush=True); time.sleep({})"


def is_running(docker, home: Path) -> bool:
    return bool(docker.containers(filters={"label": f"agon.runner={home}"}))


def test_a_cancelled_submission_stops_within_a_heartbeat_and_is_not_reported(start, queue, no_containers):
    start()
    attempt = queue.put(SLEEP.format(300), time_limit_seconds=300)
    assert wait_until(lambda: attempt.heartbeats)
    attempt.cancelled = True
    assert no_containers()
    assert attempt.outcome is None and attempt.abort_reason is None
    assert queue.score("open('/app/output/scores.txt', 'w').write('a: 1')")["scores"] == {"a": 1.0}


def test_an_attempt_that_was_taken_away_stops_and_is_not_reported(start, queue, settings, no_containers):
    start()
    attempt = queue.put(SLEEP.format(300), time_limit_seconds=300)
    assert wait_until(lambda: attempt.heartbeats)
    attempt.taken_away = True
    assert no_containers()
    assert wait_until(lambda: list((settings.home / "jobs").iterdir()) == [])
    assert attempt.outcome is None and attempt.abort_reason is None


def test_heartbeats_tell_step_and_log_position(start, queue):
    start()
    attempt = queue.put(SLEEP.format(60))
    told = {"step": "scoring", "log_bytes": {"scoring_stdout": 6, "scoring_stderr": 0}}
    assert wait_until(lambda: told in attempt.heartbeats)
    attempt.cancelled = True


def test_a_lease_that_cannot_be_extended_is_lost(start, queue, backend, no_containers):
    start()
    attempt = queue.put(SLEEP.format(300), time_limit_seconds=300, lease_seconds=2)
    backend.failures["heartbeat"] = 1000
    assert attempt.claimed.wait(60)
    assert no_containers()
    assert attempt.outcome is None


def test_heartbeats_and_finish_survive_an_api_that_is_down_for_a_moment(start, queue, backend):
    start()
    backend.failures.update(heartbeat=1, finish=2, claim=1)
    outcome = queue.score("import time; time.sleep(2); open('/app/output/scores.txt', 'w').write('a: 1')")
    assert outcome["scores"] == {"a": 1.0}


def test_downloads_and_uploads_survive_a_store_that_is_down_for_a_moment(start, queue, backend):
    start()
    backend.failures.update(download=2, upload=2, signature=1)
    assert queue.score("open('/app/output/scores.txt', 'w').write('a: 1')")["scores"] == {"a": 1.0}


def test_a_store_that_stays_away_aborts_the_attempt(start, queue, backend, monkeypatch):
    monkeypatch.setattr("runner.files.TRIES", 2)
    start()
    backend.failures["upload"] = 1000
    attempt = queue.put("open('/app/output/scores.txt', 'w').write('a: 1')")
    assert attempt.over.wait(60)
    assert attempt.outcome is None and "cannot be uploaded" in attempt.abort_reason
    assert "http" not in attempt.abort_reason and "s3cret" not in attempt.abort_reason


def test_a_download_that_is_not_what_was_promised_is_not_run(start, queue, backend, monkeypatch):
    monkeypatch.setattr("runner.files.TRIES", 1)
    attempt = queue.put("pass")
    digest = attempt.job["steps"][0]["program"]["sha256"]
    backend.files[digest] = backend.files[digest][:-1] + b"\x01"
    start()
    assert attempt.over.wait(60)
    assert attempt.outcome is None and "checksum" in attempt.abort_reason


def test_a_submission_that_somebody_else_has_loses_its_message(start, queue, backend):
    attempt = queue.put("pass")
    attempt.taken_away = True
    queue.announce("s-unknown")
    start()
    assert wait_until(queue.is_empty)
    assert backend.calls.count(f"jobs/{attempt.job['submission']}/claim") == 1
    assert attempt.outcome is None


def test_a_session_is_renewed_before_it_expires(start, queue, backend):
    backend.session_seconds = 301
    start()
    assert wait_until(lambda: backend.calls.count("session") >= 2)
    assert queue.score("open('/app/output/scores.txt', 'w').write('a: 1')")["scores"] == {"a": 1.0}


def test_an_unknown_token_ends_the_runner_with_a_word(process):
    running = process(token="agonr_wrong")
    _, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "runner token" in said and "agonr_wrong" not in said


def test_a_token_that_is_revoked_between_jobs_ends_the_runner(backend, settings, docker):
    from runner.daemon import Daemon

    backend.session_status = 401
    with pytest.raises(NotWelcome):
        Daemon(settings).run()


def test_sigterm_lets_the_job_finish_and_then_ends(process, queue, docker, tmp_path, let_go):
    running = process()
    attempt = queue.put(waits() + "open('/app/output/scores.txt', 'w').write('a: 1')")
    assert wait_until(lambda: is_running(docker, tmp_path / "home"))
    running.send_signal(signal.SIGTERM)
    let_go(attempt)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0
    assert attempt.outcome["scores"] == {"a": 1.0}
    assert "s3cret" not in said and "agona_" not in said and RUNNER_TOKEN not in said


def test_sigterm_ends_an_idle_runner_at_once(process, backend):
    running = process()
    assert wait_until(lambda: "session" in backend.calls)
    time.sleep(0.5)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    assert running.returncode == 0


def test_a_signal_that_another_thread_is_given_is_heard_by_an_idle_runner_and_by_one_that_waits_for_jobs(
    process, queue, backend, docker, tmp_path
):
    # A system may give it to any thread. It wakes that one, and not the main thread, which alone runs handlers.
    running = process()
    queue.put(SLEEP.format(60))
    assert wait_until(lambda: is_running(docker, tmp_path / "home"))
    signal_another_thread(running.pid)
    assert any("a second signal gives those back" in line for line in running.stderr)
    signal_another_thread(running.pid)
    running.communicate(timeout=60)
    assert running.returncode == 0


def signal_another_thread(process: int) -> None:
    other = next(int(task.name) for task in Path(f"/proc/{process}/task").iterdir() if int(task.name) != process)
    assert ctypes.CDLL(None, use_errno=True).tgkill(process, other, signal.SIGTERM) == 0


def test_a_second_sigterm_stops_the_job_and_gives_it_back(process, queue, docker, tmp_path):
    running = process()
    attempt = queue.put(SLEEP.format(60))
    assert wait_until(lambda: is_running(docker, tmp_path / "home"))
    running.send_signal(signal.SIGTERM)
    # A system keeps no count of signals: two that come before a busy machine hands over the first are one.
    assert any("a second signal gives those back" in line for line in running.stderr)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert "shut down" in attempt.abort_reason and attempt.outcome is None
    assert not docker.containers(all=True, filters={"label": f"agon.runner={tmp_path / 'home'}"})


def test_what_a_killed_runner_left_is_removed_at_the_next_start(process, start, queue, docker, tmp_path, settings):
    running = process()
    attempt = queue.put(SLEEP.format(60), image=IMAGE)
    home = tmp_path / "home"
    assert wait_until(lambda: is_running(docker, home))
    running.kill()
    running.wait()
    assert is_running(docker, home) and list((home / "jobs").iterdir())
    [container] = docker.containers(filters={"label": f"agon.runner={home}"})
    group = docker.inspect_container(container)["HostConfig"]["CgroupParent"]
    start()
    assert wait_until(lambda: not is_running(docker, home) and not list((home / "jobs").iterdir()))
    assert not group or wait_until(lambda: not list(Path("/sys/fs/cgroup").glob(f"*{group}")))
    assert attempt.outcome is None


def test_what_a_killed_runner_held_is_given_back_as_soon_as_it_starts_again(process, start, queue, docker, settings):
    running = process()
    attempt = queue.put(SLEEP.format(60), lease_seconds=300)
    assert wait_until(lambda: is_running(docker, settings.home))
    held = settings.home / "held"
    [file] = held.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    running.kill()
    running.wait()
    start()
    assert attempt.over.wait(60), "its lease would last five minutes"
    assert attempt.outcome is None and attempt.abort_reason == "The runner test-runner was killed, and has started again."
    assert not is_running(docker, settings.home), "first nothing of it runs, then it is given back"
    assert wait_until(lambda: not list(held.iterdir()))
    assert queue.score("open('/app/output/scores.txt', 'w').write('a: 1')")["scores"] == {"a": 1.0}
    assert wait_until(lambda: not list(held.iterdir()))


def test_what_was_over_before_a_runner_was_killed_is_not_given_back(backend, start, queue, settings):
    attempt = queue.put("open('/app/output/scores.txt', 'w').write('a: 1')", announced=False)
    attempt.taken_away = True
    held = HeldAttempts(settings.home / "held")
    settings.home.mkdir()
    held.note(Job.from_dict(attempt.job))
    (settings.home / "held" / "torn.json").write_text("{")
    start()
    assert wait_until(lambda: not list((settings.home / "held").iterdir()))
    assert attempt.abort_reason is None and f"jobs/{attempt.job['submission']}/abort" in backend.calls


def test_two_runners_do_not_share_a_work_folder(start, process, backend):
    start()
    assert wait_until(lambda: "session" in backend.calls)
    running = process()
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1 and "--home" in said
