"""What leaves the machine: logs and pages while a job runs, and what came of it at the end."""

import io
import time
import zipfile
from pathlib import Path

import pytest

from tests.runner.fake_backend import Attempt, wait_until
from tests.runner.job_builders import IMAGE, MIB, OWN_IMAGES, waits

SCORED = "open('/app/output/scores.txt', 'w').write('a: 1')\n"


def result(attempt: Attempt, seconds: float = 60) -> dict:
    assert attempt.over.wait(seconds), "the runner never reported"
    assert attempt.abort_reason is None, attempt.abort_reason
    return attempt.outcome


def names_in(attempt: Attempt, upload: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(attempt.uploads[upload])) as archive:
        return sorted(archive.namelist())


def test_what_a_container_prints_arrives_within_three_seconds_and_in_order(start, queue):
    start()
    # A container's monotonic clock is this machine's.
    script = "import time\nfor _ in range(4): print(time.monotonic(), flush=True); time.sleep(1.5)\n"
    attempt = queue.put(script + SCORED)
    result(attempt)
    live = [(content, at) for name, content, at in attempt.sent if name == "scoring_stdout"]
    printed = [float(line) for line in attempt.uploads["scoring_stdout"].splitlines()]
    assert len(printed) == 4 and printed == sorted(printed)
    for number, moment in enumerate(printed, start=1):
        arrived = next(at for content, at in live if content.count(b"\n") >= number)
        assert arrived - moment < 3


def test_logs_of_both_containers_of_a_stage_are_sent_while_they_run(start, queue, let_go):
    start()
    talk = "print('{}', flush=True)\n" + waits()
    submission = {"metadata": "command: python3 talk.py", "talk.py": talk.format("submission")}
    attempt = queue.put_code(ingestion=talk.format("ingestion"), submission=submission)
    assert wait_until(lambda: {"ingestion_stdout", "submission_stdout"} <= set(attempt.uploads))
    assert not attempt.over.is_set()
    let_go(attempt)
    result(attempt)


def test_a_log_that_grows_is_sent_head_and_tail_and_whole_at_the_end(start, queue, let_go):
    start()
    script = "print('first')\nfor _ in range(80): print('x' * 9999)\nprint('last', flush=True)\n"
    attempt = queue.put(script + waits() + SCORED)
    assert wait_until(lambda: attempt.uploads.get("scoring_stdout", b"").endswith(b"last\n"))
    let_go(attempt)
    result(attempt)
    live = [content for name, content, _ in attempt.sent if name == "scoring_stdout"]
    assert len(live) > 1 and all(len(content) <= 128 * 1024 for content in live[:-1])
    assert live[-2].startswith(b"first\n") and live[-2].endswith(b"last\n") and b"bytes left out" in live[-2]
    assert len(live[-1]) == 80 * 10_000 + len("first\nlast\n")


def test_a_page_of_details_is_sent_whenever_it_changes(start, queue, let_go):
    start()
    page = "with open('/app/output/detailed_results.html', 'w') as page: page.write('<p>{0}</p>')\n"
    attempt = queue.put("".join(page.format(number) + waits(f"go-{number}") for number in range(3)) + SCORED)
    for number in range(3):
        assert wait_until(lambda: attempt.uploads.get("detailed_results") == f"<p>{number}</p>".encode())  # noqa: B023
        let_go(attempt, word=f"go-{number}")
    result(attempt)
    pages = [content for name, content, _ in attempt.sent if name == "detailed_results"]
    assert list(dict.fromkeys(pages)) == [b"<p>0</p>", b"<p>1</p>", b"<p>2</p>"]


def test_other_pages_and_images_are_sent_under_their_names_and_what_is_none_is_not(start, queue):
    start()
    script = """
import os
os.chdir("/app/output")
os.mkdir("results"); os.mkdir("detailed_results"); os.mkdir("other")
files = ("detailed_results.html", "curve.png", "results/table.csv", "detailed_results/more.html", "results/model.bin",
         "other/hidden.png", "results/bad name.png")
for name in files: open(name, "w").write(name)
os.symlink("/etc/passwd", "results/passwd.html"); os.symlink("/etc", "etc")
"""
    attempt = queue.put(script + SCORED)
    outcome = result(attempt)
    sent = {name: content for name, content in attempt.uploads.items() if name.startswith("results/")}
    assert sent == {
        "results/curve.png": b"curve.png",
        "results/table.csv": b"results/table.csv",
        "results/more.html": b"detailed_results/more.html",
    }
    assert set(sent) <= set(outcome["uploaded"])
    assert any("bad name.png" in note for note in outcome["notes"])


def test_a_page_that_shows_files_beside_it_is_noted(start, queue):
    start()
    page = '<img src="plot.png"><img src="data:,x">'
    script = f"open('/app/output/plot.png', 'w'); open('/app/output/detailed_results.html', 'w').write({page!r})\n"
    outcome = result(queue.put(script + SCORED))
    assert outcome["notes"] == [
        "detailed_results.html shows plot.png, which is not shown with it: put pictures into the page as data:. "
        "Scripts run for organizers alone, and load nothing."
    ]


def test_more_result_pages_than_are_kept_are_noted(start, queue):
    start()
    script = "for n in range(60): open(f'/app/output/{n:02}.csv', 'w').write('x')\n"
    attempt = queue.put(script + SCORED)
    outcome = result(attempt)
    assert len([name for name in outcome["uploaded"] if name.startswith("results/")]) == 50
    assert any("stands in the output alone" in note for note in outcome["notes"])


def test_a_private_folder_is_kept_apart_from_the_output(start, queue):
    start()
    script = """
import os
os.makedirs("/app/output/private/deep")
open("/app/output/private/deep/labels.csv", "w").write("x"); open("/app/output/public.csv", "w").write("x")
"""
    attempt = queue.put(script + SCORED)
    result(attempt)
    assert names_in(attempt, "output") == ["public.csv", "scores.txt"]
    assert names_in(attempt, "private_output") == ["private/deep/labels.csv"]


def test_nothing_of_a_sealed_job_leaves_but_its_scores(start, queue):
    start()
    attempt = queue.put("print('secret'); open('/app/output/detailed_results.html', 'w').write('x')\n" + SCORED,
                        sealed=True, uploads={})  # fmt: skip
    outcome = result(attempt)
    assert outcome["scores"] == {"a": 1.0} and outcome["uploaded"] == [] and attempt.sent == []


def test_a_store_that_stays_away_while_a_job_runs_does_no_harm_when_it_is_back_at_the_end(start, queue, backend):
    start()
    backend.failures["upload"] = 3
    attempt = queue.put("import time; print('hello', flush=True); time.sleep(4)\n" + SCORED)
    assert result(attempt)["scores"] == {"a": 1.0}
    assert attempt.uploads["scoring_stdout"] == b"hello\n"


@pytest.fixture
def other_image(docker):
    """The default image with another digest."""
    made = docker.create_container(IMAGE, ["true"])["Id"]
    docker.commit(made, repository=f"{OWN_IMAGES}/other", tag="1", changes="LABEL other=1")
    docker.remove_container(made)
    yield f"{OWN_IMAGES}/other:1"
    docker.remove_image(f"{OWN_IMAGES}/other:1", force=True)


def test_a_step_says_what_it_used_and_in_which_image_it_ran(start, queue, docker, other_image):
    start(local_images=(other_image,))
    work = "import time\nheld = b'x' * (40 * 2**20)\nwhile time.process_time() < 3: pass\n"
    scores = SCORED + "import time; time.sleep(1)"
    attempt = queue.put_code(ingestion=work, scoring=scores, images={"ingestion": other_image})
    ingestion, scoring = result(attempt)["steps"]
    assert 1 < ingestion["cpu_seconds"] <= ingestion["seconds"] + 1
    assert 40 * MIB < ingestion["peak_memory_bytes"] < 256 * MIB
    assert ingestion["peak_gpu_memory_bytes"] is None
    assert 0 < scoring["cpu_seconds"] < ingestion["cpu_seconds"]
    assert ingestion["image_digest"] == docker.inspect_image(other_image)["Id"] != scoring["image_digest"]


def test_a_program_that_is_over_at_once_says_what_it_used_as_well(start, queue):
    start()
    attempt = queue.put("held = b'x' * (200 * 2**20)\ndel held\n" + SCORED)
    [scoring] = result(attempt)["steps"]
    assert 200 * MIB < scoring["peak_memory_bytes"] < 250 * MIB
    assert 0 < scoring["cpu_seconds"] < scoring["seconds"] + 1


def test_a_gigabyte_of_output_does_not_fill_the_runners_memory(process, queue, docker, tmp_path):
    running = process()
    warm_up = queue.put("print('x' * 100000)\n" + SCORED)
    result(warm_up)
    before = memory_bytes(running.pid)
    attack = (Path(__file__).parent / "attacks" / "endless_output.py").read_text()
    # A heartbeat tells how long the log is, and what is over within five seconds has none.
    attempt = queue.put(f"{attack}\nimport time\ntime.sleep(6)\n{SCORED}", time_limit_seconds=240)
    highest = before
    end = time.monotonic() + 240
    while not attempt.over.wait(0.1) and time.monotonic() < end:
        highest = max(highest, memory_bytes(running.pid))
    assert result(attempt, 1)["scores"] == {"a": 1.0}
    assert attempt.heartbeats[-1]["log_bytes"]["scoring_stdout"] > 100 * MIB
    log = attempt.uploads["scoring_stdout"]
    assert log.startswith(b"the head\n") and log.endswith(b"the tail\n") and len(log) <= 2 * MIB
    assert highest - before < 50 * MIB


def memory_bytes(pid: int) -> int:
    """What a process of this machine has in memory."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) * 1024
