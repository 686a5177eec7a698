"""Several jobs at once on one machine."""

import threading
from dataclasses import replace

import pytest

from runner.daemon import Daemon
from runner.errors import NotWelcome
from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import MIB, waits
from tests.runner.test_attacks import COUNT, FOLDER

pytestmark = pytest.mark.usefixtures("made_ahead_too")

WAITS = waits() + "open('/app/output/scores.txt', 'w').write('a: 1')"
SLEEP = "import time; time.sleep({}); open('/app/output/scores.txt', 'w').write('a: 1')"


@pytest.fixture
def containers(in_full, at_work):
    """This test's containers that run a job, as Docker describes them."""
    return lambda: in_full(at_work())


def test_as_many_jobs_run_at_once_as_there_are_slots(start, queue, containers, let_go):
    start(slots=2)
    attempts = [queue.put(WAITS) for _ in range(3)]
    assert wait_until(lambda: len(containers()) == 2)
    running = containers()
    assert {item["Config"]["Labels"]["agon.slot"] for item in running} == {"0", "1"}
    assert {item["HostConfig"]["Memory"] for item in running} == {128 * MIB}
    assert {item["HostConfig"]["NanoCpus"] for item in running} == {500_000_000}
    both = [attempt for attempt in attempts if attempt.claimed.is_set()]
    assert len(both) == 2
    let_go(*both)
    (last,) = [attempt for attempt in attempts if attempt not in both]
    assert last.claimed.wait(60) and wait_until(lambda: len(containers()) == 1 and all(one.over.is_set() for one in both))
    let_go(last)
    assert all(attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0} for attempt in attempts)


def test_a_cancel_stops_one_job_and_leaves_the_others_alone(start, queue, containers, let_go):
    start(slots=2)
    cancelled, other = queue.put(SLEEP.format(60)), queue.put(WAITS)
    assert wait_until(lambda: len(containers()) == 2)
    cancelled.cancelled = True
    assert wait_until(lambda: len(containers()) == 1)
    let_go(other)
    assert other.over.wait(60) and other.outcome["scores"] == {"a": 1.0}
    assert queue.score(SLEEP.format(0))["scores"] == {"a": 1.0}
    assert cancelled.outcome is None and cancelled.abort_reason is None


def test_what_runs_beside_a_submission_is_out_of_its_reach(start, queue, containers):
    start(slots=2)
    theirs = {"metadata": "command: python3 $program/theirs.py", "theirs.py": "import time; time.sleep(60)"}
    neighbour = queue.put_code(submission=theirs)
    assert wait_until(lambda: len(containers()) == 1)
    attack = (FOLDER / "read_neighbours.py").read_text()
    mine = {"metadata": "command: python3 $program/attack.py", "attack.py": attack}
    attempt = queue.put_code(submission=mine, scoring=COUNT)
    assert attempt.over.wait(60) and attempt.outcome["scores"] == {"reached": 0.0}, attempt.outcome
    assert not neighbour.over.is_set()
    neighbour.cancelled = True
    assert wait_until(lambda: containers() == [])


def test_draining_lets_every_job_finish_and_takes_no_more(start, queue, containers, let_go):
    daemon = start(slots=2)
    running = [queue.put(WAITS) for _ in range(2)]
    assert wait_until(lambda: len(containers()) == 2)
    daemon.drain()
    late = queue.put(SLEEP.format(0))
    let_go(*running)
    assert all(attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0} for attempt in running)
    assert not late.claimed.wait(1.5)


def test_draining_twice_gives_every_job_back(start, queue, containers):
    daemon = start(slots=2)
    running = [queue.put(SLEEP.format(60)) for _ in range(2)]
    assert wait_until(lambda: len(containers()) == 2)
    daemon.drain()
    daemon.drain()
    assert all(attempt.over.wait(60) and "shut down" in attempt.abort_reason for attempt in running)
    assert wait_until(lambda: containers() == [])


def test_a_token_that_is_revoked_lets_the_jobs_that_run_finish_and_then_ends_the_runner(
    queue, backend, settings, containers, let_go
):
    ended = []

    def run():
        try:
            Daemon(replace(settings, slots=2)).run()
        except NotWelcome as error:
            ended.append(str(error))

    runner = threading.Thread(target=run)
    runner.start()
    attempt = queue.put(WAITS)
    assert wait_until(lambda: len(containers()) == 1)
    backend.revoked = True
    queue.put(SLEEP.format(0))
    let_go(attempt)
    runner.join(60)
    assert ended and "Unknown token." in ended[0]
    assert attempt.outcome["scores"] == {"a": 1.0}


def test_a_runner_that_is_to_end_when_idle_ends_then_and_not_under_a_job(start, queue):
    attempt = queue.put(SLEEP.format(4))
    daemon = start(idle_minutes=2 / 60)
    assert attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0}
    assert wait_until(lambda: daemon.has_ended)


def test_a_slot_takes_its_next_job_while_the_former_says_its_last_word(start, queue, backend):
    start()
    first, second = queue.put(SLEEP.format(0.5)), queue.put(SLEEP.format(0))
    heard = []
    backend.on["finish"] = lambda attempt: attempt is first and heard.append(second.claimed.wait(60))
    assert second.over.wait(60) and first.over.wait(60)
    assert heard == [True] and {first.finishes, second.finishes} == {1}
