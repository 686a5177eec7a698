"""A runner at sites of the former version of the protocol, of today's and of a future one."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

from chalicelib.contract import PROTOCOL_VERSION
from runner.backend import Backend
from runner.daemon import Daemon
from runner.errors import Incompatible
from tests.runner.fake_backend import RUNNER_TOKEN, wait_until

SCORE = "import time; time.sleep({}); open('/app/output/scores.txt', 'w').write('a: 1')"


def run(settings) -> Future[str]:
    """A runner whom its site will refuse; the sentence that it ends with."""

    def until_refused() -> str:
        try:
            Daemon(replace(settings, slots=2)).run()
        except Incompatible as error:
            return str(error)
        return "It ended by itself."

    executor = ThreadPoolExecutor(1)
    ending = executor.submit(until_refused)
    executor.shutdown(wait=False)
    return ending


def test_a_site_of_before_there_was_a_second_version_is_served_in_the_first(start, queue, backend):
    backend.versions, backend.refusing_versions_by = (1,), 409
    start(presence_seconds=0.2)
    assert queue.score(SCORE.format(0))["scores"] == {"a": 1.0}
    assert (backend.spoken, backend.calls[:2]) == (1, ["session", "session"])


def test_a_site_that_speaks_newer_versions_too_is_served_in_the_newest_that_both_speak(start, queue, backend):
    backend.versions = (PROTOCOL_VERSION, PROTOCOL_VERSION + 1)
    start()
    assert queue.score(SCORE.format(0))["scores"] == {"a": 1.0}
    assert backend.spoken == PROTOCOL_VERSION


def test_a_site_that_speaks_older_versions_alone_is_served_in_the_newest_of_them(start, queue, backend):
    backend.versions = (0, 1)
    start()
    assert queue.score(SCORE.format(0))["scores"] == {"a": 1.0}
    assert backend.spoken == 1


def test_what_is_told_before_both_agreed_is_in_the_words_of_the_first(backend):
    with closing(Backend(backend.url, RUNNER_TOKEN, "early")) as early:
        early.tell_presence({"slots": 1, "capabilities": {}, "gpus": [], "jobs": []})
    assert [one.get("protocol") for one in backend.presences] == [None]


def test_what_the_site_has_to_say_of_a_version_is_logged_once(start, queue, backend, caplog):
    backend.notice, backend.session_seconds = "Install the runner of Agon 9.9.9.", 1.0
    start()
    assert wait_until(lambda: backend.calls.count("session") >= 3)
    assert queue.score(SCORE.format(0))["scores"] == {"a": 1.0}
    assert [one.getMessage() for one in caplog.records].count(backend.notice) == 1


def test_a_runner_whom_its_site_outgrows_lets_its_job_end_takes_no_other_and_says_once_what_to_install(
    queue, backend, settings
):
    ended = run(settings)
    running = queue.put(SCORE.format(3))
    assert running.claimed.wait(60)
    backend.versions = (PROTOCOL_VERSION + 7,)
    other = queue.put(SCORE.format(0))
    assert "install the runner of Agon 9.9.9" in ended.result(60)
    assert running.outcome["scores"] == {"a": 1.0}
    assert (other.claims, other.outcome) == (0, None)
    assert not queue.is_empty(), "its message is for other runners"


def test_what_an_outgrown_runner_keeps_of_sealed_jobs_is_let_out_by_the_runner_that_is_installed_in_its_place(
    start, queue, backend, settings
):
    backend.session_seconds = 1.0
    ended = run(settings)
    attempt = queue.put(SCORE.format(0), sealed=True, uploads={})
    assert attempt.over.wait(60)
    backend.versions = (PROTOCOL_VERSION + 7,)
    assert "install the runner of Agon 9.9.9" in ended.result(60)
    backend.versions = (PROTOCOL_VERSION,)
    backend.to_release.add(attempt.job["submission"])
    start(presence_seconds=0.2)
    assert wait_until(lambda: attempt.job["submission"] in backend.released)
    assert "output" in attempt.uploads


def test_a_runner_of_no_shared_version_ends_with_the_sites_sentence_and_nothing_else(process, backend):
    backend.versions = (PROTOCOL_VERSION + 7,)
    running = process()
    _, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert said.count("install the runner of Agon 9.9.9") == 1
    assert "AGON_RUNNER_TOKEN" not in said and "runner token" not in said
