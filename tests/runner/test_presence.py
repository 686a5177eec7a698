"""That a runner tells of itself, hears of work whose wake-up was lost, and leaves to others what it cannot do."""

import time

from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import MIB

SCORE = "open('/app/output/scores.txt', 'w').write('a: 1')"
SLOW = f"import time; time.sleep(3); {SCORE}"


def test_a_runner_tells_what_it_is_has_and_does(start, queue, backend):
    start(slots=2, labels=("lab",), presence_seconds=0.2)
    assert wait_until(lambda: backend.presences)
    attempt = queue.put(SLOW)
    assert wait_until(lambda: any(told["jobs"] for told in backend.presences))
    first, busy = backend.presences[0], next(told for told in backend.presences if told["jobs"])
    assert (first["runner"], first["slots"], first["gpus"], first["jobs"]) == ("test-runner", 2, [], [])
    assert first["capabilities"] == {"cpus": 0.5, "memory_bytes": 128 * MIB, "gpus": 0, "labels": ["lab"]}
    assert busy["jobs"] == [attempt.job["submission"]]
    assert attempt.over.wait(60)
    assert wait_until(lambda: backend.presences[-1]["jobs"] == [])


def test_an_idle_runner_claims_what_waits_although_its_message_was_lost(start, queue, backend):
    attempt = queue.put(SCORE, announced=False)
    backend.waiting = attempt.job["submission"]
    start(presence_seconds=0.5)
    assert attempt.over.wait(60)
    assert attempt.outcome["scores"] == {"a": 1.0}


def test_a_runner_whom_nothing_fits_leaves_the_message_and_looks_away_for_a_while(start, queue, backend):
    backend.nothing_fits = True
    attempt = queue.put(SCORE)
    start()
    claim = f"jobs/{attempt.job['submission']}/claim"
    assert wait_until(lambda: claim in backend.calls)
    second = queue.put(SCORE)
    time.sleep(3)
    assert f"jobs/{second.job['submission']}/claim" not in backend.calls
    assert backend.calls.count(claim) == 1
    assert not queue.is_empty()


def test_a_backend_that_does_not_hear_it_keeps_no_runner_from_working(start, queue, backend):
    backend.failures["presence"] = 100
    start(presence_seconds=0.1)
    assert queue.score(SCORE)["scores"] == {"a": 1.0}
