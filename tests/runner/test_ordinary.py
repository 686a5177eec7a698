"""A container is an ordinary machine: what programs ask at their start has an answer, and failures are told in words."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from docker import APIClient

from tests.runner.job_builders import IMAGE, MIB, OWN_IMAGES

pytestmark = pytest.mark.usefixtures("in_both_ways")

GOOD = "open('/app/output/scores.txt', 'w').write('a: 1')"
#: Every question is a line; an answer that is no error is kept.
ASKS = """
import getpass, grp, json, locale, multiprocessing, os, platform, pwd, resource, shutil, signal, socket, sqlite3, ssl
import subprocess, sys, tempfile, threading, time, uuid

def serve(name):
    with socket.create_server((name, 0)) as server:
        with socket.create_connection((name, server.getsockname()[1]), 5):
            return True

def orphans(count):
    for _ in range(count):
        subprocess.run(["sh", "-c", "sleep 0 & exit"], check=True)
    return count

def ended(code):
    return subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL).returncode

def said(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()

questions = {
    "localhost": lambda: socket.gethostbyname("localhost"),
    "own name": lambda: socket.gethostbyname(socket.gethostname()),
    "own full name": lambda: socket.getfqdn(),
    "server": lambda: serve("localhost") and serve("127.0.0.1") and serve(socket.gethostname()),
    "user": lambda: {getpass.getuser(), os.environ["USER"], os.environ["LOGNAME"], pwd.getpwuid(os.getuid()).pw_name,
                     said("whoami"), said("id", "-un"), said("id", "-gn"), grp.getgrgid(os.getgid()).gr_name}.pop(),
    "home": lambda: {os.path.expanduser("~"), os.environ["HOME"], os.path.expanduser("~agon")}.pop(),
    "first process": lambda: os.getpid() != 1,
    "input": lambda: sys.stdin.read(),
    "temporary file": lambda: tempfile.TemporaryFile().write(b"x"),
    "shared memory": lambda: shutil.disk_usage("/dev/shm").total,
    "processes": lambda: multiprocessing.Pool(2).map(abs, [-1, 1]),
    "lock": lambda: multiprocessing.Lock().acquire(),
    "queue": lambda: multiprocessing.Manager().list([1])[0],
    "thread": lambda: threading.Thread(target=time.sleep, args=(0,)).start(),
    "orphans": lambda: orphans(700),
    "abort": lambda: ended("import os; os.abort()"),
    "terminated": lambda: ended("import os; os.kill(os.getpid(), 15); import time; time.sleep(5)"),
    "interrupted": lambda: ended("import os, signal; os.kill(os.getpid(), signal.SIGINT); import time; time.sleep(5)"),
    "letters": lambda: locale.getpreferredencoding(),
    "database": lambda: sqlite3.connect("/tmp/x.db").execute("create table x (a)") and True,
    "certificates": lambda: ssl.create_default_context() and True,
    "machine": lambda: (platform.node(), platform.machine() != "", uuid.getnode() > 0)[0],
    "processors": lambda: len(os.sched_getaffinity(0)) > 0 and os.cpu_count() > 0,
    "open files": lambda: resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 1000,
    "time": lambda: time.localtime().tm_year > 2000,
    "chance": lambda: len(os.urandom(8)),
    "compiled": lambda: __import__("numpy").ones(2).sum() and True,
}
answers = {}
for name, ask in questions.items():
    try:
        answers[name] = ask()
    except BaseException as error:
        answers[name] = repr(error)
if __name__ == "__main__":
    json.dump(answers, open("/app/output/answers.json", "w"))
    json.dump({"a": 1}, open("/app/output/scores.json", "w"))
"""


def result(attempt) -> dict:
    assert attempt.over.wait(90), "the runner never reported"
    assert attempt.abort_reason is None, attempt.abort_reason
    return attempt.outcome


def test_what_programs_ask_at_their_start_has_an_answer(start, queue, settings):
    start(limits=replace(settings.limits, memory_bytes=600 * MIB))
    attempt = queue.put_code(scoring=ASKS)
    assert result(attempt)["fault"] is None, (attempt.outcome, attempt.uploads)
    with zipfile.ZipFile(io.BytesIO(attempt.uploads["output"])) as archive:
        answers = json.loads(archive.read("answers.json"))
    assert answers == {
        "localhost": "127.0.0.1", "own name": "127.0.1.1", "own full name": "agon", "server": True, "user": "agon",
        "home": "/tmp", "first process": True, "input": "", "temporary file": 1, "shared memory": 600 * MIB,
        "processes": [1, 1], "lock": True, "queue": 1, "thread": None, "orphans": 700, "abort": -6, "terminated": -15,
        "interrupted": -2, "letters": "UTF-8", "database": True, "certificates": True, "machine": "agon",
        "processors": True, "open files": True, "time": True, "chance": 8, "compiled": True,
    }  # fmt: skip


@pytest.fixture
def image(docker: APIClient) -> Iterator[Callable[..., str]]:
    """Builds an image on the default one: its name."""
    made: list[str] = []

    def image(*lines: str) -> str:
        name = f"{OWN_IMAGES}/ordinary:{len(made)}"
        recipe = "\n".join([f"FROM {IMAGE}", *lines])
        for said in docker.build(fileobj=io.BytesIO(recipe.encode()), tag=name, rm=True, decode=True):
            assert "error" not in said, said
        made.append(name)
        return name

    yield image
    for name in made:
        docker.remove_image(name, force=True)


def test_the_failure_of_a_program_whose_image_has_an_entrypoint_says_so(start, queue, image):
    start(local_images=(f"{OWN_IMAGES}/*",))
    outcome = result(queue.put("pass", image=image('ENTRYPOINT ["python3"]')))
    assert outcome["fault"] == "organizer"
    assert outcome["reason"].startswith("The scoring program ended with exit code 2.")
    assert 'ENTRYPOINT, ["python3"]' in outcome["reason"]


def test_an_image_whose_entrypoint_hands_on_runs_as_its_metadata_says(start, queue, image):
    start(local_images=(f"{OWN_IMAGES}/*",))
    assert result(queue.put(GOOD, image=image('ENTRYPOINT ["/usr/bin/env"]')))["scores"] == {"a": 1.0}


CLOSED = (
    "RUN mkdir -p /root/env/bin && cp /bin/sh /root/env/bin/mine && chmod 700 /root",
    "ENV PATH=/root/env/bin:/usr/bin:/bin",
)


def test_an_image_with_its_programs_in_roots_own_folder_fails_for_that_reason(start, queue, image):
    start(local_images=(f"{OWN_IMAGES}/*",))
    name = image(*CLOSED, "RUN ln -s /root/env/bin/mine /usr/bin/linked")
    for command in ("mine -c true", "/root/env/bin/mine -c true", "linked -c true"):
        outcome = result(queue.put(program={"metadata.yaml": f"command: {command}"}, image=name))
        assert outcome["fault"] == "organizer"
        assert "programs do not run as root" in outcome["reason"] and "chmod -R a+rX /root" in outcome["reason"], outcome
    refused = result(queue.put("open('/root/env/bin/mine')", image=image(*CLOSED)))
    assert "Programs do not run as root" in refused["reason"]
    missing = result(queue.put(program={"metadata.yaml": "command: not-there"}, image=name))
    assert missing["reason"] == "The scoring program cannot be started. There is no 'not-there' in the image."
    opened = image(*CLOSED, "RUN chmod -R a+rX /root")
    outcome = result(queue.put(program={"metadata.yaml": "command: mine score.sh", "score.sh": "exit 0"}, image=opened))
    assert "wrote neither" in outcome["reason"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"metadata.yaml": "command: ./run.sh", "run.sh": "#!/bin/sh\n"}, "'./run.sh' is not executable"),
        ({"metadata.yaml": "command: $program/run.sh"}, "There is no '/app/program/run.sh' in the program."),
        ({"metadata.yaml": "command: /etc/passwd"}, "/etc/passwd is not executable."),
    ],
)
def test_a_command_that_cannot_be_executed_is_told_as_that(start, queue, files, reason):
    start(local_images=(f"{OWN_IMAGES}/*",))
    outcome = result(queue.put(program=files))
    assert outcome["fault"] == "organizer" and reason in outcome["reason"], outcome["reason"]


def test_a_participants_code_cannot_have_it_look_as_if_the_organizers_command_was_not_there(start, queue):
    start(local_images=(f"{OWN_IMAGES}/*",))
    forging = """
import os, sys
print("[FATAL tini (7)] exec python3 failed: No such file or directory", file=sys.stderr)
os.remove("/app/program/ingest.py")
sys.exit(127)
"""
    mine = {"metadata.yaml": "description: read and run by the ingestion program", "model.py": ""}
    outcome = result(queue.put_code(ingestion=forging, submission=mine, score_failed_predictions=False))
    assert outcome["fault"] == "participant", outcome
    assert outcome["reason"].startswith("The ingestion program ended with exit code 127 (a command is not there")
