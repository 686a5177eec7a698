"""What a stranger's code meets inside the container."""

import io
import json
import platform
import zipfile
from dataclasses import replace

import pytest

from runner import seccomp
from runner.daemon import Daemon
from runner.errors import Unable
from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import IMAGE

pytestmark = pytest.mark.usefixtures("in_both_ways")

REPORT = """
import json, os, socket
def attempt(action):
    try:
        return str(action())
    except BaseException as error:
        return type(error).__name__
status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
found = {
    "uid": os.getuid(), "gid": os.getgid(), "groups": os.getgroups(),
    "capabilities": [status[name].strip() for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")],
    "no_new_privileges": status["NoNewPrivs"].strip(), "seccomp": status["Seccomp"].strip(),
    "interfaces": [name for _, name in socket.if_nameindex()],
    "connect": attempt(lambda: socket.create_connection(("1.1.1.1", 53), 2)),
    "metadata_address": attempt(lambda: socket.create_connection(("169.254.169.254", 80), 2)),
    "write_root": attempt(lambda: open("/etc/x", "w")),
    "write_reference": attempt(lambda: open("/app/input/ref/x", "w")),
    "write_program": attempt(lambda: open("/app/program/x", "w").write("1")),
    "write_tmp": attempt(lambda: open("/tmp/x", "w").write("1")),
    "fill_tmp": attempt(lambda: open("/tmp/y", "wb").write(b"0" * 32 * 2**20)),
    "docker_socket": os.path.exists("/var/run/docker.sock"),
    "environment": sorted(os.environ), "home": os.environ["HOME"], "here": os.getcwd(),
    "inputs": sorted(os.listdir("/app/input")), "submission": os.listdir("/app/input/res"),
}
json.dump(found, open("/app/output/found.json", "w"))
json.dump({"a": 1}, open("/app/output/scores.json", "w"))
"""


SLEEP = "import time; time.sleep(60)"


def outputs(attempt) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(attempt.uploads["output"]))


@pytest.fixture
def image_environment(docker):
    """The names that the image itself sets."""
    return {entry.partition("=")[0] for entry in docker.inspect_image(IMAGE)["Config"]["Env"] or []}


@pytest.fixture
def found(start, queue):
    start()
    attempt = queue.put(REPORT)
    assert attempt.over.wait(60)
    assert attempt.outcome["fault"] is None, (attempt.outcome, attempt.uploads)
    return json.loads(outputs(attempt).read("found.json"))


def test_the_container_is_closed(found, image_environment):
    assert found["uid"] != 0 and found["gid"] != 0 and 0 not in found["groups"]
    assert set(found["capabilities"]) == {"0000000000000000"}
    assert found["no_new_privileges"] == "1" and found["seccomp"] == "2"
    assert found["interfaces"] == ["lo"]
    assert found["connect"] == "OSError" and found["metadata_address"] == "OSError"
    for place in ("write_root", "write_reference"):
        assert found[place] == "OSError", place
    assert found["write_program"] == "1" and found["write_tmp"] == "1"
    assert found["fill_tmp"] == "OSError"
    assert not found["docker_socket"]
    # LC_CTYPE is set by Python itself where there is no locale.
    ours = set(found["environment"]) - image_environment - {"LC_CTYPE"}
    assert ours <= {"HOME", "HOSTNAME", "LOGNAME", "PATH", "PYTHONUNBUFFERED", "USER"}
    assert found["home"] == "/tmp" and found["here"] == "/app/program"
    assert found["inputs"] == ["ref", "res"] and found["submission"] == ["answer.txt"]


CALLS = """
import ctypes, json, mmap, os, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
def told(result):
    return os.strerror(ctypes.get_errno()) if result == -1 else "done"
def opened(family, kind=socket.SOCK_STREAM):
    try:
        socket.socket(family, kind).close()
        return "done"
    except OSError as error:
        return error.strerror
found = {f"family {number}": opened(number, kind) for number, kind in (
    (1, 1), (2, 1), (10, 1), (16, 3), (17, 3), (21, 5), (29, 3), (38, 5), (40, 1), (44, 3))}
found["trace"] = told(libc.ptrace(0, 0, None, None))
found["users"], found["mounts"] = told(libc.unshare(0x10000000)), told(libc.unshare(0x20000))
found["io_uring"] = told(libc.syscall(425, 1, None))
found["threads"] = told(libc.syscall(435, None, 0))
json.dump(found, open("/app/output/found.json", "w"))
json.dump({"a": 1}, open("/app/output/scores.json", "w"))
"""


def test_system_calls_that_no_program_of_a_competition_needs_are_refused(start, queue):
    start()
    attempt = queue.put(CALLS)
    assert attempt.over.wait(60) and attempt.outcome["fault"] is None, (attempt.outcome, attempt.uploads)
    told = json.loads(outputs(attempt).read("found.json"))
    usual = {f"family {number}": "done" for number in (1, 2, 10, 16)}
    refused = dict.fromkeys([*(f"family {number}" for number in (17, 21, 29, 38, 40, 44)), "trace", "users", "mounts"])
    lacking = "Function not implemented"  # What libraries do without, instead of giving up.
    assert told == {**usual, **dict.fromkeys(refused, "Operation not permitted"), "io_uring": lacking, "threads": lacking}


#: Asks for its number by the way of 32 bits.
OF_32_BITS = """
import ctypes, mmap
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(bytes.fromhex("b814000000cd80c3"))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
"""


def test_a_program_of_32_bits_is_ended_and_told_why(start, queue):
    if platform.machine() != "x86_64":
        pytest.skip("Other machines have another way.")
    start()
    outcome = queue.score(OF_32_BITS)
    assert "exit code 159 (it made a system call that containers may not make" in outcome["reason"], outcome["reason"]


def test_a_fork_bomb_stops_at_the_limit_of_processes(start, queue):
    start()
    outcome = queue.score("""
import json, os, time
children = 0
try:
    for _ in range(500):
        if os.fork() == 0:
            time.sleep(60); os._exit(0)
        children += 1
except BlockingIOError:
    pass
json.dump({"children": children}, open("/app/output/scores.json", "w"))
""")
    assert 10 < outcome["scores"]["children"] < 64


def test_a_memory_hog_is_killed_and_told_so(start, queue):
    start()
    outcome = queue.score("hog = b'x' * (600 * 2**20)")
    assert outcome["fault"] == "organizer" and "memory" in outcome["reason"]


@pytest.mark.parametrize(
    "script",
    [
        "for n in range(40): open(f'/app/output/{n}', 'wb').write(b'0' * 2**20)",
        "for n in range(600): open(f'/app/output/{n}', 'w')",
        "for n in range(600): open(f'/app/program/{n}', 'w')",
        "for n in range(3): open(f'/app/output/{n}', 'wb').truncate(20 * 2**20)",
        "import os\nfor n in range(200): os.mkdir('d'); os.chdir('d')",
        "import time\nfor n in range(40): open(f'/app/output/{n}', 'wb').write(b'0' * 2**20)\ntime.sleep(60)",
    ],
)
def test_a_disk_filler_is_stopped_and_told_so(start, queue, script, settings, no_containers):
    start()
    outcome = queue.score(script, time_limit_seconds=30)
    assert outcome["fault"] == "organizer" and "It was stopped: It " in outcome["reason"]
    assert outcome["steps"][0]["seconds"] < 30
    assert no_containers()


def test_what_is_no_plain_file_in_the_output_stays_here(start, queue):
    start()
    attempt = queue.put("""
import json, os, socket
os.chdir("/app/output")
os.symlink("/etc/passwd", "link"); os.symlink("/", "folder"); os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket")
open("setuid", "w"); os.chmod("setuid", 0o4755)
open("one", "w"); os.link("one", "two")
os.symlink("/etc/passwd", "detailed_results.html")
open("page.html", "w").write("mine"); open("plain.txt", "w").write("x")
json.dump({"a": 1}, open("scores.json", "w"))
""")
    assert attempt.over.wait(60)
    assert sorted(outputs(attempt).namelist()) == ["page.html", "plain.txt", "scores.json"]
    assert attempt.uploads["detailed_results"] == b"mine"
    notes = " ".join(attempt.outcome["notes"])
    for name in ("link", "folder", "pipe", "socket", "setuid", "one", "two"):
        assert f"{name} of the output was left out" in notes


def test_a_program_that_changes_itself_changes_nothing_for_the_next(start, queue):
    start()
    script = """
import json
number = int(open("number.txt").read()); open("number.txt", "w").write("9")
json.dump({"number": number}, open("/app/output/scores.json", "w"))
"""
    program = {"metadata": "command: python3 score.py", "score.py": script, "number.txt": "1"}
    assert queue.score(program=program)["scores"] == {"number": 1.0}
    assert queue.score(program=program)["scores"] == {"number": 1.0}


def test_every_limit_stands_in_the_container_that_docker_made(start, queue, docker, settings, at_work, in_both_ways):
    start()
    attempt = queue.put(SLEEP)
    assert wait_until(at_work)
    found = at_work()
    made = docker.inspect_container(found[0]["Id"])
    attempt.cancelled = True
    host = made["HostConfig"]
    told = None if in_both_ways else attempt.job["submission"]  # One that waited was made before anything was known of it.
    assert made["Config"]["Labels"].get("agon.submission") == told
    assert host["NetworkMode"].partition(":")[0] == ("container" if in_both_ways else "none")
    assert host["ReadonlyRootfs"] and not host["Privileged"]
    assert host["CapDrop"] == ["ALL"] and host["SecurityOpt"] == ["no-new-privileges", seccomp.option()]
    assert host["Memory"] == host["MemorySwap"] == settings.limits.memory_bytes
    assert host["NanoCpus"] == 1_000_000_000 and host["PidsLimit"] == 64
    assert {limit["Name"]: limit["Hard"] for limit in host["Ulimits"]} == {
        "nofile": settings.limits.open_files, "fsize": settings.limits.output_bytes, "core": 0
    }  # fmt: skip
    assert host["LogConfig"]["Type"] == "none" and host["Init"] is not in_both_ways
    assert "size=" in host["Tmpfs"]["/tmp"]


def test_an_open_network_is_only_where_the_step_says_so_and_joins_no_two_containers(start, queue, docker, settings):
    start(slots=2)
    look = "import socket, json\njson.dump([name for _, name in socket.if_nameindex()], open('/app/output/seen.txt', 'w'))"
    attempt = queue.put_code(ingestion=look, scoring=REPORT, network=("ingestion",))
    assert attempt.over.wait(60) and attempt.outcome["fault"] is None
    with zipfile.ZipFile(io.BytesIO(attempt.uploads["prediction_output"])) as archive:
        assert "eth0" in json.loads(archive.read("seen.txt"))
    assert json.loads(outputs(attempt).read("found.json"))["interfaces"] == ["lo"]
    made = docker.inspect_network("agon-open")
    assert made["Options"]["com.docker.network.bridge.enable_icc"] == "false"


def test_two_containers_with_a_network_do_not_reach_each_other(start, queue):
    start(slots=2)
    listen = """
import socket, time
server = socket.create_server(("0.0.0.0", 8000)); server.settimeout(8)
name = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); name.connect(("192.0.2.1", 1))
print(name.getsockname()[0], flush=True)
try:
    server.accept(); heard = 1
except TimeoutError:
    heard = 0
open("/app/output/scores.txt", "w").write(f"heard: {heard}")
"""
    server = queue.put(listen, network=True)
    assert wait_until(lambda: server.uploads.get("scoring_stdout"))
    address = server.uploads["scoring_stdout"].decode().strip()
    call = f"""
import socket
try:
    socket.create_connection(({address!r}, 8000), 3); reached = 1
except OSError:
    reached = 0
open("/app/output/scores.txt", "w").write(f"reached: {{reached}}")
"""
    client = queue.put(call, network=True)
    assert client.over.wait(60) and client.outcome["scores"] == {"reached": 0.0}
    assert server.over.wait(60) and server.outcome["scores"] == {"heard": 0.0}


def test_a_stronger_runtime_is_used_where_docker_has_it_and_missed_at_the_start_where_not(
    start, queue, docker, settings, at_work
):
    known = next(name for name in docker.info()["Runtimes"] if name != "runc")
    start(runtime=known)
    attempt = queue.put(SLEEP)
    assert wait_until(at_work)
    found = at_work()
    assert docker.inspect_container(found[0]["Id"])["HostConfig"]["Runtime"] == known
    attempt.cancelled = True
    with pytest.raises(Unable, match="Docker has no runtime 'runsc', but .*runc"):
        Daemon(replace(settings, home=settings.home / "other", runtime="runsc")).run()
