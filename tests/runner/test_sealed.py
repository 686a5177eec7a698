"""Sealed jobs: only scores leave the machine, until somebody lets the rest out."""

import os
import threading

import pytest

from runner.daemon import THREADS_PER_SLOT
from tests.runner.fake_backend import wait_until

SCRIPT = """
print("a secret row")
open("/app/output/scores.txt", "w").write("a: 1")
open("/app/output/detailed_results.html", "w").write("<p>page</p>")
open("/app/output/curve.csv", "w").write("1,2")
"""
KEPT = {"scoring_stdout", "output", "detailed_results", "results/curve.csv"}


@pytest.fixture
def scored(queue):
    """A sealed submission that was scored."""

    def score():
        attempt = queue.put(SCRIPT, sealed=True, uploads={})
        assert attempt.over.wait(60), "the runner never reported"
        assert attempt.outcome and attempt.outcome["scores"] == {"a": 1.0}, (attempt.outcome, attempt.abort_reason)
        return attempt

    return score


def test_only_scores_leave_the_machine(start, scored, settings):
    start()
    attempt = scored()
    assert attempt.outcome["uploaded"] == [] and attempt.uploads == {}
    place = settings.home / "sealed" / attempt.job["submission"] / "1"
    assert (place / "scoring_stdout.txt").read_text() == "a secret row\n"
    assert {path.name for path in place.rglob("*") if path.is_file()} == {
        "scoring_stdout.txt", "output.zip", "detailed_results.html", "curve.csv"
    }  # fmt: skip
    assert (settings.home / "sealed").stat().st_mode & 0o077 == 0


def test_what_is_let_out_is_sent_once(start, scored, backend, settings):
    start(presence_seconds=0.3)
    attempt, other = scored(), scored()
    submission = attempt.job["submission"]
    backend.to_release.add(submission)
    assert wait_until(lambda: submission in backend.released)
    assert set(backend.released[submission]["uploaded"]) == set(attempt.uploads) == KEPT
    assert backend.released[submission]["attempt"] == 1
    assert attempt.uploads["scoring_stdout"] == b"a secret row\n" and attempt.uploads["results/curve.csv"] == b"1,2"
    assert other.uploads == {}
    assert backend.calls.count(f"jobs/{submission}/released") == 1


def test_what_is_not_here_any_more_is_asked_for_in_vain(start, scored, queue, backend):
    backend.to_release.add("s-of-long-ago")
    start(presence_seconds=0.2)
    scored()
    assert wait_until(lambda: len(backend.presences) > 3)
    assert not [call for call in backend.calls if "s-of-long-ago" in call]


def test_what_is_let_out_holds_up_no_job(start, scored, queue, backend):
    start(presence_seconds=0.2)
    many = {scored().job["submission"] for _ in range(THREADS_PER_SLOT + 1)}
    flowing = threading.Event()
    backend.on["upload"] = lambda attempt: attempt.job["submission"] in many and flowing.wait(120)
    backend.to_release |= many
    assert wait_until(lambda: any(call.endswith("/release") for call in backend.calls))
    attempt = queue.put(SCRIPT)
    try:
        assert attempt.over.wait(60), "its files wait behind what is let out"
        assert attempt.outcome["scores"] == {"a": 1.0} and not backend.released
    finally:
        flowing.set()
    assert wait_until(lambda: set(backend.released) == many)
    assert sum(call.endswith("/released") for call in backend.calls) == len(many), "each once"


def test_what_is_old_or_too_much_is_removed(start, scored, settings):
    start(sealed_bytes=1)
    first = scored().job["submission"]
    second = scored().job["submission"]
    sealed = settings.home / "sealed"
    assert not list((sealed / first).glob("*")) and list((sealed / second).glob("*"))
    os.utime(sealed / second / "1", (0, 0))
    third = scored().job["submission"]
    assert not list((sealed / second).glob("*")) and list((sealed / third).glob("*"))
