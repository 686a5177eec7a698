"""What a runner tells Prometheus, by real scrapes of a runner of its own process."""

import socket
import time

import httpx
import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from agon.local import process
from runner import config
from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import waits

SCORE = "open('/app/output/scores.txt', 'w').write('a: 1')"


@pytest.fixture
def port() -> int:
    return process.free_port()


@pytest.fixture
def scrape(port):
    """The samples of one scrape, by name and labels."""

    def scrape() -> dict[str, float]:
        text = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).raise_for_status().text
        return {
            f"{sample.name}{''.join(f' {value}' for value in sample.labels.values())}": sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    return scrape


@pytest.fixture
def running(process, port, scrape):
    """Starts a runner, and waits until it tells figures."""

    def start(*flags: str):
        started = process("--metrics-port", str(port), *flags)
        assert wait_until(lambda: _answers(scrape)), started.poll()
        return started

    return start


def _answers(scrape) -> bool:
    try:
        return bool(scrape())
    except httpx.TransportError:
        return False


def test_jobs_are_counted_by_how_they_ended_and_their_steps_by_how_long_they_took(running, queue, scrape):
    running()
    before = scrape()
    assert (before["agon_runner_jobs_total finished"], before["agon_runner_jobs_total failed_organizer"]) == (0, 0)
    queue.score(f"import time; time.sleep(1.2); {SCORE}")
    queue.score("raise SystemExit(3)")
    assert wait_until(lambda: scrape()["agon_runner_jobs_total failed_organizer"] == 1)
    after = scrape()
    assert after["agon_runner_jobs_total finished"] == 1
    assert after["agon_runner_step_seconds_count scoring"] == 2
    assert 1.2 <= after["agon_runner_step_seconds_sum scoring"] < 30


def test_slots_are_told_by_what_they_do_and_when_the_queue_answered_last(running, queue, scrape, let_go):
    began = time.time()
    running("--slots", "2")
    assert scrape()["agon_runner_slots free"] == 2
    attempt = queue.put(waits() + SCORE)
    assert wait_until(lambda: scrape()["agon_runner_slots busy"] == 1)
    assert scrape()["agon_runner_slots free"] == 1
    # Its program is there once it runs.
    assert wait_until(lambda: attempt.heartbeats and attempt.heartbeats[-1]["step"] == "scoring")
    let_go(attempt)
    assert attempt.over.wait(60)
    assert wait_until(lambda: scrape()["agon_runner_slots free"] == 2)
    assert began < scrape()["agon_runner_last_poll_timestamp_seconds"] <= time.time()


def test_what_the_cache_takes_is_told(running, queue, scrape):
    running()
    assert scrape()["agon_runner_cache_bytes"] == 0
    queue.score(SCORE)
    assert scrape()["agon_runner_cache_bytes"] > 0


def test_a_claim_that_another_runner_has_and_heartbeats_that_nobody_heard_are_counted(running, queue, backend, scrape):
    running()
    attempt = queue.put(f"import time; time.sleep(20); {SCORE}", heartbeat_seconds=0.3)
    assert attempt.claimed.wait(60)
    backend.away_until = time.monotonic() + 1.5
    assert wait_until(lambda: scrape()["agon_runner_heartbeats_failed_total"] >= 1)
    assert scrape()["agon_runner_claims_lost_total"] == 0
    attempt.taken_away = True
    assert wait_until(lambda: scrape()["agon_runner_claims_lost_total"] == 1)
    assert wait_until(lambda: scrape()["agon_runner_jobs_total lost"] == 1)


def test_a_job_that_is_given_back_when_the_runner_is_stopped_is_one_of_those_and_no_abort(start, queue, port):
    def counted() -> dict[str, float]:
        return {
            name: REGISTRY.get_sample_value("agon_runner_jobs_total", {"outcome": name}) for name in ("shutdown", "aborted")
        }

    daemon = start(metrics_port=port)
    attempt = queue.put(f"import time; time.sleep(30); {SCORE}", heartbeat_seconds=0.3)
    assert wait_until(lambda: attempt.heartbeats)
    before = counted()
    daemon.drain()
    daemon.drain()
    assert wait_until(lambda: attempt.abort_reason)
    assert wait_until(lambda: counted() == {**before, "shutdown": before["shutdown"] + 1})


def test_figures_name_no_submission_and_are_told_to_this_machine_alone(running, queue, port):
    running()
    attempt = queue.put(SCORE)
    assert attempt.over.wait(60)
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    assert "agon_runner_info" in text
    assert attempt.job["submission"] not in text and attempt.job["token"] not in text
    with socket.socket() as outside:
        outside.settimeout(5)
        # Another address of this machine's than the one that it listens at.
        assert outside.connect_ex(("127.0.0.2", port)) != 0


def test_a_port_that_is_taken_ends_the_runner_with_a_sentence(process, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        ended = process("--metrics-port", str(port))
        _, said = ended.communicate(timeout=60)
    assert ended.returncode == 1
    assert f"Metrics cannot be told at 127.0.0.1:{port}" in said and "Traceback" not in said


def test_without_a_port_nothing_listens(process, queue, port):
    process()
    queue.score(SCORE)
    with socket.socket() as there:
        assert there.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_that_cannot_be_one_is_refused():
    environment = {"AGON_API": "https://agon.example/api", "AGON_RUNNER_TOKEN": "agonr_x"}
    with pytest.raises(config.BadConfig, match="--metrics-port is 70000"):
        config.read(["run", "--metrics-port", "70000"], environment)
