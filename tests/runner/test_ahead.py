"""Containers made ahead: each serves one job, once, of which it knew nothing, and nothing of them stays behind."""

import json
import os
import signal
import time

import pytest

from runner import ahead, gate, machine_code, placing, users
from runner.container import SUBMISSION_LABEL
from runner.gate import Gate
from tests.runner.engine_proxy import EngineProxy
from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import IMAGE, waits

pytestmark = pytest.mark.usefixtures("made_ahead_too")

GOOD = "open('/app/output/scores.txt', 'w').write('a: 1')"
#: Whether it is in a container that waited, whether its name is known, and how many connections its network has seen.
LOOK = """
import json, os, socket
server = socket.create_server(("127.0.0.1", 80))
socket.create_connection(("127.0.0.1", 80)).close()
name = socket.gethostbyname(socket.gethostname())
waited = int(os.path.exists("/.agon/gate"))
used = [line for line in open("/proc/net/snmp") if line.startswith("Tcp: ") and "Rto" not in line][0].split()
json.dump({"waited": waited, "named": int(name == "127.0.1.1"), "opened": int(used[5])},
          open("/app/output/scores.json", "w"))
"""


@pytest.fixture(autouse=True)
def _only_where_they_are_made(docker):
    if os.geteuid() != 0 or docker.info()["CgroupDriver"] != "cgroupfs" or not machine_code.is_here():
        pytest.skip("They are made ahead only where containers have groups.")


@pytest.fixture
def waiting(docker, settings, in_full):
    """This test's containers that run and wait for a job, as the engine describes them in full."""

    def waiting():
        found = docker.containers(filters={"label": f"agon.runner={settings.home}"})
        told = in_full([one for one in found if SUBMISSION_LABEL not in one["Labels"]])
        return [one for one in told if one["Path"] == "/.agon/gate"]

    return waiting


@pytest.fixture
def clean_containers(docker):
    """Ids of containers that are removed afterwards."""
    made = []
    yield made
    for one in made:
        docker.remove_container(one, force=True)


def test_from_the_second_job_on_each_has_a_container_that_waited_and_a_network_that_nobody_had(start, queue, waiting):
    start()
    found = []
    for _ in range(4):
        found.append(queue.score(LOOK)["scores"])
        assert wait_until(waiting)
    assert [one["waited"] for one in found] == [0, 1, 1, 1]
    assert {(one["named"], one["opened"]) for one in found} == {(1, 1)}, "nothing is counted of what others did"


def test_one_that_waits_has_nothing_of_the_last_job_and_none_of_it_is_there_for_the_next(start, queue, waiting):
    start()
    script = "import os; open('/tmp/left', 'w'); open('/app/program/left', 'w'); open('/app/output/left', 'w')"
    for _ in range(2):
        attempt = queue.put(f"{script}; {GOOD}")
        assert attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0}
        assert wait_until(waiting)
        told = json.dumps(waiting())
        assert attempt.job["submission"] not in told and "/jobs/" not in told
    seen = "[name for place in ('/tmp', '/app/program', '/app/output') for name in os.listdir(place)]"
    outcome = queue.score(
        f"import json, os; json.dump({{'left': {seen}.count('left')}}, open('/app/output/scores.json', 'w'))"
    )
    assert outcome["scores"] == {"left": 0.0}


#: Says in the gate's name that all is well, wherever that could be said, and then that it is not.
FORGES = """
import glob, sys
for place in [*glob.glob("/.agon/*"), *(f"/proc/1/fd/{number}" for number in range(20))]:
    try:
        with open(place, "r+b", buffering=0) as pipe:
            pipe.write(bytes(4))
    except OSError:
        pass
open("/app/output/scores.txt", "w").write("a: 1")
sys.exit(3)
"""


def test_nobody_else_can_say_in_its_gates_name_that_all_is_well(start, queue, waiting):
    start()
    queue.score(GOOD)
    assert wait_until(waiting)
    outcome = queue.score(FORGES)
    assert outcome["fault"] == "organizer" and "exit code 3" in outcome["reason"]


def test_what_a_job_took_counts_from_when_it_was_let_go(start, queue, waiting):
    start()
    queue.score(GOOD)
    assert wait_until(waiting)
    assert not wait_until(lambda: False, 2)  # It waits for longer than the job takes.
    begun = time.monotonic()
    [step] = queue.score(f"import time; sum(range(10**6)); time.sleep(0.2); {GOOD}")["steps"]
    took = time.monotonic() - begun
    assert 0.2 < step["seconds"] < took and 0 < step["cpu_seconds"] < took
    assert 1_000_000 < step["peak_memory_bytes"] < 100_000_000


def test_of_other_shapes_so_many_wait_at_most(start, queue, docker, waiting):
    image = docker.inspect_image(IMAGE)["Id"]
    start(local_images=("*",))
    queue.score(GOOD)
    queue.score(GOOD, network=True)
    attempt = queue.put_code(submission={"metadata": f'command: python3 -c "{GOOD.replace("scores", "x")}"'}, scoring=GOOD)
    assert attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0}, (attempt.outcome, image)
    assert wait_until(lambda: len(waiting()) == ahead.MOST)
    assert not wait_until(lambda: len(waiting()) > ahead.MOST, 1.5)


def test_one_that_waited_for_long_is_thrown_away_and_the_next_job_runs(start, queue, no_containers, waiting, monkeypatch):
    monkeypatch.setattr(ahead, "IDLE_SECONDS", 5)
    start()
    queue.score(GOOD)
    assert wait_until(waiting)
    assert wait_until(lambda: not waiting())
    assert queue.score(LOOK)["scores"]["waited"] == 0.0


def test_one_that_is_ended_while_it_waits_costs_no_job(start, queue, docker, waiting):
    start()
    queue.score(GOOD)
    assert wait_until(waiting)
    docker.kill(waiting()[0]["Id"])
    assert queue.score(LOOK)["scores"]["waited"] == 0.0
    assert wait_until(waiting)
    assert queue.score(LOOK)["scores"]["waited"] == 1.0


def test_the_holder_of_networks_is_made_again_when_it_was_ended(start, queue, docker, settings, waiting):
    start()
    queue.score(GOOD)
    assert wait_until(waiting)
    holders = docker.containers(filters={"label": f"agon.runner={settings.home}", "ancestor": "agon.internal/nothing:1"})
    docker.kill(holders[0]["Id"])
    assert queue.score(LOOK)["scores"]["waited"] == 1.0, "who waits has its network for itself"
    assert wait_until(waiting)
    assert queue.score(LOOK)["scores"]["waited"] == 1.0


def test_where_no_folder_can_be_put_into_one_that_waits_jobs_have_theirs_made(start, queue, waiting, monkeypatch):
    monkeypatch.setattr(placing, "_MOVE_MOUNT", 1000)  # A kernel without that call.
    start()
    queue.score(GOOD)
    assert wait_until(waiting)
    assert queue.score(LOOK)["scores"]["waited"] == 0.0
    assert not wait_until(waiting, 1.5)


def test_a_runner_that_is_killed_leaves_none_that_runs_and_the_next_one_removes_all(
    process, queue, docker, tmp_path, settings, waiting
):
    running = process("--slots", "2", "--poll-seconds", "1")
    queue.score(GOOD)
    assert wait_until(waiting)
    running.send_signal(signal.SIGKILL)
    running.wait()
    label = {"label": f"agon.runner={settings.home}"}
    assert wait_until(lambda: not docker.containers(filters=label)), "nobody would let them go"
    again = process("--poll-seconds", "1")
    assert wait_until(lambda: not docker.containers(all=True, filters=label))
    again.terminate()
    again.wait(60)
    assert not list((tmp_path / "home" / "ahead").glob("*"))


def test_one_that_is_started_when_its_runner_was_killed_ends_by_itself(docker, tmp_path, clean_containers):
    # The engine starts what it was told to start, also behind a runner that is gone.
    door = Gate.make(tmp_path / "gate", users.of("test", 0))
    for end in (door.out, door.err, door._go, door._end):
        os.close(end)
    mounted = docker.create_host_config(binds=[f"{door.folder}:{gate.PLACE}:ro"], network_mode="none")
    made = docker.create_container(IMAGE, entrypoint=[gate.PROGRAM], user="0", host_config=mounted)["Id"]
    clean_containers.append(made)
    docker.start(made)
    assert wait_until(lambda: not docker.inspect_container(made)["State"]["Running"])


def test_nothing_of_them_is_left_when_a_runner_ends(start, queue, docker, settings, waiting):
    daemon = start(slots=2)
    queue.score(GOOD)
    assert wait_until(waiting)
    daemon.drain()
    assert wait_until(lambda: not docker.containers(all=True, filters={"label": f"agon.runner={settings.home}"}))
    assert wait_until(lambda: not list((settings.home / "ahead").glob("[0-9]*")))


def test_a_job_in_one_that_waited_goes_on_while_the_engine_is_away(
    start, queue, tmp_path, at_work, waiting, no_containers, let_go
):
    engine = EngineProxy(tmp_path)
    start(docker_host=engine.url)
    queue.score(GOOD)
    assert wait_until(waiting)
    attempt = queue.put(waits() + GOOD)
    assert wait_until(at_work)
    engine.cut()
    let_go(attempt)
    assert attempt.over.wait(60) and attempt.outcome["scores"] == {"a": 1.0}, attempt.abort_reason
    engine.mend()
    assert queue.score(GOOD)["scores"] == {"a": 1.0} and no_containers()
    engine.close()


def test_one_that_waited_is_ended_at_its_limits_while_the_engine_is_away(start, queue, tmp_path, at_work, waiting):
    engine = EngineProxy(tmp_path)
    start(docker_host=engine.url)
    queue.score(GOOD)
    assert wait_until(waiting)
    attempt = queue.put("import time; time.sleep(60)", time_limit_seconds=5)
    assert wait_until(at_work)
    engine.cut()
    assert attempt.over.wait(60) and "time limit of 5 seconds" in attempt.outcome["reason"], attempt.abort_reason
    engine.mend()
    engine.close()
