"""Whose fault it is when a container ends with an error, by what the kernel and the engine know of it."""

import os
import signal

import pytest

from runner import cgroups
from tests.runner.fake_backend import Attempt, wait_until

pytestmark = pytest.mark.usefixtures("in_both_ways")

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def containers(at_work):
    """The ids of this test's containers that run a job."""
    return lambda: [found["Id"] for found in at_work()]


def code(script: str) -> dict[str, str]:
    """A submission that runs by itself."""
    return {"metadata": "command: python3 run.py", "run.py": script}


def aborted(attempt: Attempt) -> str:
    """Why the runner gave it up."""
    assert attempt.over.wait(60), "the runner never reported"
    assert attempt.outcome is None, attempt.outcome
    return attempt.abort_reason


def failed(attempt: Attempt) -> dict:
    assert attempt.over.wait(60), "the runner never reported"
    assert attempt.abort_reason is None, attempt.abort_reason
    return attempt.outcome


@pytest.mark.parametrize(
    "end",
    [
        lambda docker, container: docker.kill(container),
        lambda docker, container: docker.stop(container, timeout=1),
        lambda docker, container: docker.remove_container(container, force=True),
    ],
    ids=["killed", "stopped", "removed"],
)
def test_a_container_that_an_operator_ends_is_the_platforms_fault(start, queue, docker, containers, end):
    start()
    attempt = queue.put_code(submission=code(SLEEP))
    assert wait_until(containers)
    end(docker, containers()[0])
    assert "on this machine" in aborted(attempt)


def test_a_container_that_the_machine_kills_is_the_platforms_fault_and_twice_its_own(start, queue, docker, containers):
    if os.geteuid() != 0:
        pytest.skip("Only root may kill it from outside.")
    start()
    for number in (1, 2):
        attempt = queue.put_code(submission=code(SLEEP), attempt=number)
        assert wait_until(containers)
        os.kill(docker.inspect_container(containers()[0])["State"]["Pid"], signal.SIGKILL)
        if number == 1:
            assert "not for its memory" in aborted(attempt)
        else:
            outcome = failed(attempt)
            assert outcome["fault"] == "participant" and "exit code 137 (it was killed)" in outcome["reason"]
            assert "memory" not in outcome["reason"]


HOG = "hog = b'x' * (600 * 2**20)"
CHILD = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {HOG!r}]).returncode == -9)"


def test_who_takes_too_much_memory_is_told_so_by_what_the_kernel_counted(start, queue):
    start()
    outcome = failed(queue.put_code(submission=code(HOG)))
    assert outcome["fault"] == "participant"
    assert "was killed (exit code 137), because it took more memory than it may." in outcome["reason"]
    outcome = failed(queue.put_code(submission=code(CHILD), score_failed_predictions=False))
    assert "ended with exit code 1. One of its processes was killed, because it took more memory" in outcome["reason"]


def test_where_the_runner_makes_no_groups_the_engine_is_asked_about_memory(start, queue, monkeypatch):
    monkeypatch.setattr(cgroups, "DRIVER", "another")
    start()
    for number in (1, 2):
        attempt = queue.put_code(submission=code(HOG), attempt=number)
        assert attempt.over.wait(60)
        if attempt.abort_reason is None:
            assert attempt.outcome["fault"] == "participant" and "exit code 137" in attempt.outcome["reason"]
        else:
            # The engine may hear of it too late, or never: then it is tried once more.
            assert number == 1 and "not for its memory" in attempt.abort_reason


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (
            "import subprocess, sys; sys.exit(subprocess.run(['sh', '-c', 'nothing-like-it']).returncode)",
            "127 (a command is not",
        ),
        (
            "import subprocess, sys; sys.exit(subprocess.run(['sh', '-c', '/etc/passwd']).returncode)",
            "126 (a command is there",
        ),
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", "132 (illegal instruction"),
        ("import os; os.abort()", "134 (it gave up by itself"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGBUS)", "135 (bus error"),
        ("import ctypes; ctypes.string_at(0)", "139 (segmentation fault"),
        ("raise SystemExit(7)", "7."),
    ],
)
def test_an_exit_code_is_told_in_words(start, queue, script, words):
    start()
    outcome = failed(queue.put_code(submission=code(script)))
    assert outcome["fault"] == "participant"
    assert outcome["reason"].startswith(f"The submission ended with exit code {words}"), outcome["reason"]


RAISES = "import sys; print('so far so good', file=sys.stderr); raise KeyError('\x1b[31mcolumn\u202e')"


def test_the_last_line_of_the_error_output_stands_beside_an_exit_code(start, queue):
    start()
    outcome = failed(queue.put_code(submission=code(RAISES), score_failed_predictions=False))
    assert outcome["reason"].startswith(
        'The submission ended with exit code 1. The last line of its error output: "KeyError: '
    )
    assert "column" in outcome["reason"] and "so far" not in outcome["reason"]
    assert all(letter.isprintable() for letter in outcome["reason"])
    outcome = failed(queue.put("raise SystemExit(3)"))
    assert outcome["reason"] == "The scoring program ended with exit code 3.", "where it said nothing, nothing is said"


@pytest.mark.parametrize("changes", [{"tells_errors": False}, {"sealed": True, "uploads": {}}], ids=["hidden", "sealed"])
def test_no_line_is_quoted_where_logs_are_kept_back(start, queue, changes):
    start()
    outcome = failed(queue.put("raise KeyError('secret')", **changes))
    assert outcome["reason"] == "The scoring program ended with exit code 1."
    assert "secret" not in str(outcome)


PRINTS = "import os\nblock = b'x' * 65535 + b'\\n'\nfor _ in range(3200): os.write(1, block)\n"


def test_two_hundred_megabytes_of_output_cost_little_of_the_time_limit(start, queue):
    start()
    attempt = queue.put(
        "import time\nbegun = time.monotonic()\n"
        + PRINTS
        + """
import json
json.dump({"seconds": time.monotonic() - begun}, open("/app/output/scores.json", "w"))
""",
        time_limit_seconds=30,
    )
    outcome = failed(attempt)
    assert outcome["fault"] is None and outcome["scores"]["seconds"] < 15
    # Where it is over before the first of them, there is none.
    assert all(beat["log_bytes"]["scoring_stdout"] <= 3200 * 65536 for beat in attempt.heartbeats)
    assert b"bytes left out" in attempt.uploads["scoring_stdout"]


def test_who_loses_time_to_output_that_is_cut_is_told_so(start, queue):
    start()
    outcome = failed(
        queue.put_code(submission=code("import os\nwhile True: os.write(1, b'x' * 65536)"), time_limit_seconds=4)
    )
    assert "time limit of 4 seconds. It printed " in outcome["reason"]
    assert outcome["reason"].endswith(" MB, which takes time, too, and of which its logs have the beginning and the end.")
    outcome = failed(queue.put(PRINTS + "raise SystemExit(3)"))
    assert outcome["reason"].startswith("The scoring program ended with exit code 3. It printed 210 MB")
