"""Code submissions: prediction, then scoring; ingestion before or beside it; and whose fault it is when one fails."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import yaml

from runner.views import Views
from tests.runner.fake_backend import Attempt, wait_until
from tests.runner.job_builders import SCORE, make_zip

INGEST = """
import os, sys
sys.path.insert(0, "/app/ingested_program")
import model
open("/app/output/predictions.txt", "w").write(model.predict(open("/app/input_data/question.txt").read()))
print("ingested")
"""
MODEL = {"metadata": "description: A model.", "model.py": "def predict(question): return question.upper()"}
QUESTION = {"question.txt": "which?"}


def result(attempt: Attempt) -> dict:
    assert attempt.over.wait(60), "the runner never reported"
    assert attempt.abort_reason is None, attempt.abort_reason
    return attempt.outcome


def found(attempt: Attempt) -> dict[str, str]:
    """What the scoring program found in /app/input/res, but for how the prediction went."""
    return {name: text for name, text in found_in_all(attempt).items() if name != "metadata"}


def found_in_all(attempt: Attempt) -> dict[str, str]:
    outcome = result(attempt)
    assert outcome["fault"] is None, (outcome, attempt.uploads)
    return json.loads(read_zip(attempt, "output")["found.json"])


def read_zip(attempt: Attempt, name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(attempt.uploads[name])) as archive:
        return {member: archive.read(member) for member in archive.namelist()}


def own_command(script: str, **files: str) -> dict[str, str]:
    """A submission that runs by itself."""
    return {"metadata": "command: python3 predict.py", "predict.py": script, **files}


def test_an_ingestion_program_runs_the_submission_and_what_it_wrote_is_scored(start, queue, no_containers):
    start()
    attempt = queue.put_code(ingestion=INGEST, submission=MODEL, input_data=QUESTION)
    assert found(attempt) == {"predictions.txt": "WHICH?"}
    assert [step["name"] for step in attempt.outcome["steps"]] == ["ingestion", "scoring"]
    assert attempt.uploads["ingestion_stdout"] == b"ingested\n"
    assert read_zip(attempt, "prediction_output") == {"predictions.txt": b"WHICH?"}
    assert no_containers()


def test_without_a_scoring_program_predictions_are_sent_for_people_to_judge(start, queue):
    start()
    attempt = queue.put_code(ingestion=INGEST, submission=MODEL, input_data=QUESTION, scoring=None)
    outcome = result(attempt)
    assert (outcome["fault"], outcome["scores"]) == (None, {})
    assert [step["name"] for step in outcome["steps"]] == ["ingestion"]
    assert read_zip(attempt, "prediction_output") == {"predictions.txt": b"WHICH?"}


def test_a_submission_with_a_command_of_its_own_runs(start, queue):
    start()
    script = "open('/app/output/a.txt', 'w').write(open('/app/input_data/question.txt').read()); print('mine')"
    attempt = queue.put_code(submission=own_command(script), input_data=QUESTION)
    assert found(attempt) == {"a.txt": "which?"}
    assert attempt.uploads["submission_stdout"] == b"mine\n"


def test_without_a_container_in_the_prediction_stage_the_submission_is_what_is_scored(start, queue):
    start()
    attempt = queue.put_code(submission={"answer.txt": "42"})
    assert found(attempt) == {"answer.txt": "42"}
    assert [step["name"] for step in attempt.outcome["steps"]] == ["scoring"]
    assert "prediction_output" not in attempt.uploads


def test_ingestion_and_submission_run_at_the_same_time_and_may_wait_for_each_other(start, queue):
    start()
    waits = """
import os, sys, time
mine, other = sys.argv[1:]
open("/app/output/" + mine, "w").write(mine)
while not os.path.exists("/app/output/" + other): time.sleep(0.05)
"""
    ingestion = {"metadata": "command: python3 wait.py from-ingestion from-submission", "wait.py": waits}
    submission = {"metadata": "command: python3 wait.py from-submission from-ingestion", "wait.py": waits}
    attempt = queue.put_code(ingestion=ingestion, submission=submission, time_limit_seconds=20)
    assert set(found(attempt)) == {"from-ingestion", "from-submission"}
    assert {step["name"] for step in attempt.outcome["steps"]} == {"ingestion", "submission", "scoring"}


BESIDE = """
import os, time
sees = sorted(os.listdir("/app/input")), os.path.exists("/app/input/ref")
while not os.path.exists("/app/shared/question"): time.sleep(0.05)
import sys; sys.path.insert(0, "/app/ingested_program"); import model
open("/app/shared/part", "w").write(model.predict(open("/app/shared/question").read()))
os.rename("/app/shared/part", "/app/shared/answer")
open("/app/input/res/seen.txt", "w").write(str(sees))
"""
ASKING = """
import json, os, time
truth = open("/app/input/ref/truth.txt").read()
open("/app/shared/part2", "w").write("really?"); os.rename("/app/shared/part2", "/app/shared/question")
while not os.path.exists("/app/shared/answer"): time.sleep(0.05)
answer = open("/app/shared/answer").read()
time.sleep(1)
seen = open("/app/input/res/seen.txt").read()
json.dump({"answer": answer, "seen": seen, "truth": truth}, open("/app/output/found.json", "w"))
json.dump({"right": float(answer == "REALLY?")}, open("/app/output/scores.json", "w"))
"""


def test_an_ingestion_program_beside_scoring_talks_to_it_and_never_sees_the_reference_data(start, queue):
    start()
    attempt = queue.put_code(ingestion=BESIDE, submission=MODEL, scoring=ASKING, beside=True, time_limit_seconds=30)
    assert found(attempt) == {"answer": "REALLY?", "seen": "(['res'], False)", "truth": "1"}
    assert attempt.outcome["scores"] == {"right": 1.0}
    assert {step["name"] for step in attempt.outcome["steps"]} == {"ingestion", "scoring"}


def test_an_ingestion_program_beside_scoring_cannot_write_scores(start, queue):
    start()
    forging = "open('/app/output/scores.json', 'w').write('{\"right\": 9}')"
    attempt = queue.put_code(ingestion=forging, scoring="pass", beside=True)
    assert "wrote neither scores.json nor scores.txt" in result(attempt)["reason"]


TELLS = """
import os
os.symlink("/etc/passwd", "/app/output/link")
open("/app/output/said.txt", "w").write("Once ...")
open("/app/shared/told", "w").close()
"""


def test_what_an_ingestion_program_beside_scoring_puts_out_is_kept_as_what_was_predicted(start, queue):
    start()
    scored = queue.put_code(ingestion=TELLS, submission=MODEL, beside=True)
    assert result(scored)["fault"] is None
    assert read_zip(scored, "prediction_output") == {"said.txt": b"Once ..."}, "no link, and never the code"
    fails = "import os, time\nwhile not os.path.exists('/app/shared/told'): time.sleep(0.05)\nraise SystemExit(1)"
    failed = queue.put_code(ingestion=TELLS, submission=MODEL, scoring=fails, beside=True)
    assert result(failed)["fault"] == "organizer" and "prediction_output" in failed.uploads


def test_an_ingestion_program_beside_scoring_that_fails_is_the_participants_fault_and_ends_the_wait(start, queue):
    start()
    attempt = queue.put_code(
        ingestion="raise SystemExit(3)", scoring="import time; time.sleep(60)", beside=True, time_limit_seconds=50
    )
    outcome = result(attempt)
    assert outcome["fault"] == "participant"
    assert outcome["reason"] == "The ingestion program ended with exit code 3."
    assert {step["name"]: step["exit_code"] for step in outcome["steps"]} == {"ingestion": 3, "scoring": None}


def test_an_ingestion_program_that_goes_on_after_scoring_succeeded_is_stopped(start, queue, monkeypatch):
    monkeypatch.setattr("runner.stages.GRACE_SECONDS", 1.0)
    start()
    attempt = queue.put_code(ingestion="import time; time.sleep(60)", beside=True, time_limit_seconds=50)
    assert result(attempt)["fault"] is None
    assert {step["name"]: step["exit_code"] for step in attempt.outcome["steps"]} == {"ingestion": None, "scoring": 0}


FAILS_HALFWAY = "open('/app/output/some.txt', 'w').write('x'); raise SystemExit(3)"


PLANTS = """
import os, time
os.symlink("/app/input/ref/truth.txt", "/app/input/res/copied.txt")
os.symlink("/app/input/ref/truth.txt", "/app/shared/copied.txt")
os.mkdir("/app/input/res/deep"); os.symlink("../../ref/truth.txt", "/app/input/res/deep/copied.txt")
os.symlink("/app/input/ref", "/app/input/res/folder")
open("/app/input/res/plain.txt", "w").write("plain")
open("/app/shared/part", "w").close(); os.rename("/app/shared/part", "/app/shared/ready")
"""
FOLLOWS = """
import json, os, time
while not os.path.exists("/app/shared/ready"): time.sleep(0.05)
def read(path):
    try:
        return open(path).read()
    except OSError as error:
        return error.strerror
places = ("res/copied.txt", "res/deep/copied.txt", "res/folder/truth.txt", "res/plain.txt", "ref/truth.txt")
found = {place: read("/app/input/" + place) for place in places} | {"shared": read("/app/shared/copied.txt")}
try:
    open("/app/input/res/x", "w")
except OSError as error:
    found["written"] = error.strerror
open("/app/shared/answer", "w").write("to it")
json.dump(found, open("/app/output/found.json", "w"))
json.dump({"right": 1}, open("/app/output/scores.json", "w"))
"""


def test_no_link_that_a_participants_code_plants_beside_scoring_is_followed_there(start, queue, settings):
    start()
    attempt = queue.put_code(ingestion=PLANTS, scoring=FOLLOWS, beside=True, time_limit_seconds=30)
    refused = "Too many levels of symbolic links"
    assert found(attempt) == {
        **dict.fromkeys(("res/copied.txt", "res/deep/copied.txt", "res/folder/truth.txt", "shared"), refused),
        "res/plain.txt": "plain",
        "ref/truth.txt": "1",
        "written": "Read-only file system",
    }
    assert wait_until(lambda: not list((settings.home / "jobs").iterdir())), "its views were taken away"
    assert str(settings.home) not in Path("/proc/self/mountinfo").read_text()


def test_views_that_a_dead_runner_left_are_taken_away_at_the_next_start(start, settings):
    job = settings.home / "jobs" / "s-0"
    (job / "shared").mkdir(parents=True)
    view = Views(job, settings.docker_host).make(job / "shared", read_only=True)
    assert str(view) in Path("/proc/self/mountinfo").read_text()
    start()
    assert wait_until(lambda: not list((settings.home / "jobs").iterdir()))
    assert str(view) not in Path("/proc/self/mountinfo").read_text()


HOLDS = "held = b'x' * (150 * 2**20)\nopen('/app/shared/held', 'w').close()\n"
HOLDS_THEN = "import os, time\nwhile not os.path.exists('/app/shared/held'): time.sleep(0.05)\n" + HOLDS


def test_what_runs_beside_scoring_shares_the_slots_memory_with_it_and_is_the_one_that_goes(start, queue):
    start()
    attempt = queue.put_code(ingestion=HOLDS_THEN, scoring=HOLDS + "import time; time.sleep(20)", beside=True)
    outcome = result(attempt)
    assert outcome["fault"] == "participant" and "more memory than it may" in outcome["reason"]
    start_again = queue.put_code(ingestion="pass", scoring=HOLDS + SCORE, beside=True)
    assert result(start_again)["fault"] is None, "alone, either may take it all"


def test_a_prediction_that_fails_is_scored_all_the_same_when_it_wrote_something_and_a_note_says_so(start, queue):
    start()
    attempt = queue.put_code(submission=own_command(FAILS_HALFWAY))
    assert found(attempt) == {"some.txt": "x"}
    assert attempt.outcome["notes"] == ["The submission ended with exit code 3. What it wrote before is scored."]


@pytest.mark.parametrize(("script", "score_failed_predictions"), [(FAILS_HALFWAY, False), ("raise SystemExit(3)", True)])
def test_a_prediction_that_fails_is_the_participants_fault(start, queue, script, score_failed_predictions):
    start()
    attempt = queue.put_code(submission=own_command(script), score_failed_predictions=score_failed_predictions)
    outcome = result(attempt)
    assert outcome["fault"] == "participant" and outcome["reason"] == "The submission ended with exit code 3."
    assert [step["name"] for step in outcome["steps"]] == ["submission"]


def test_a_prediction_over_its_time_limit_fails_and_keeps_what_it_wrote(start, queue):
    start()
    script = "open('/app/output/some.txt', 'w').write('x'); print('begun', flush=True)\nwhile True: pass"
    attempt = queue.put_code(submission=own_command(script), time_limit_seconds=2)
    outcome = result(attempt)
    assert outcome["fault"] == "participant" and "time limit of 2 seconds" in outcome["reason"]
    assert read_zip(attempt, "prediction_output") == {"some.txt": b"x"}
    assert attempt.uploads["submission_stdout"] == b"begun\n"


def test_a_submission_that_cannot_be_started_is_the_participants_fault(start, queue):
    start()
    outcome = result(queue.put_code(submission={"metadata": "command: no-such-program"}))
    assert outcome["fault"] == "participant" and "The submission cannot be started" in outcome["reason"]


def test_an_ingestion_program_that_cannot_be_started_is_the_organizers_fault(start, queue):
    start()
    outcome = result(queue.put_code(ingestion={"metadata": "command: no-such-program"}))
    assert outcome["fault"] == "organizer" and "The ingestion program cannot be started" in outcome["reason"]


def test_a_runner_gives_a_step_no_more_time_than_its_owner_says_and_tells_so(start, queue):
    start(max_time_limit_seconds=2)
    outcome = result(queue.put("import time; time.sleep(30)", time_limit_seconds=50))
    assert "time limit of 2 seconds" in outcome["reason"]
    assert outcome["notes"] == ["The scoring program may take 2 seconds on this runner, and not the 50 of its phase."]
    assert result(queue.put("open('/app/output/scores.txt', 'w').write('a: 1')", time_limit_seconds=2))["notes"] == []


LISTED = {"metadata.yaml": "command: [python3 first.py, python3 score.py]", "first.py": "open('made', 'w').write('1')"}


def test_a_list_of_commands_runs_one_after_another_and_is_one_step(start, queue):
    start()
    script = "print(open('made').read()); open('/app/output/scores.txt', 'w').write('a: 1')"
    attempt = queue.put(program={**LISTED, "score.py": script})
    outcome = result(attempt)
    assert outcome["scores"] == {"a": 1.0} and len(outcome["steps"]) == 1
    assert attempt.uploads["scoring_stdout"] == b"1\n"


def test_the_first_of_several_commands_that_fails_is_the_last(start, queue):
    start()
    script = "open('/app/output/scores.txt', 'w').write('a: 1')"
    outcome = result(queue.put(program={**LISTED, "first.py": "raise SystemExit(4)", "score.py": script}))
    assert outcome["fault"] == "organizer" and "exit code 4" in outcome["reason"]


def test_several_commands_share_one_time_limit(start, queue):
    start()
    slow = "import time; time.sleep(3)"
    outcome = result(queue.put(program={**LISTED, "first.py": slow, "score.py": slow}, time_limit_seconds=5))
    assert "time limit of 5 seconds" in outcome["reason"]
    assert 5 <= outcome["steps"][0]["seconds"] < 30


TRICKS = """
import os, socket
os.chdir("/app/output")
os.symlink("/app/input/ref/truth.txt", "truth"); os.symlink("/app/input/ref", "folder"); os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket")
open("setuid", "w"); os.chmod("setuid", 0o4755)
open("one", "w"); os.link("one", "two")
os.mkdir("deep"); open("deep/plain.txt", "w").write("x"); os.chmod("deep/plain.txt", 0o600)
open("plain.txt", "w").write("x")
"""
LIST = """
import json, os
names = os.listdir("/app/input/res")
json.dump(dict.fromkeys(names, ""), open("/app/output/found.json", "w"))
open("/app/input/res/plain.txt", "a").write(open("/app/input/res/deep/plain.txt").read())
open("/app/input/res/.lock", "w").close()
json.dump({"written": 1}, open("/app/output/scores.json", "w"))
"""


def test_predictions_cross_to_scoring_as_plain_files_of_its_own(start, queue):
    start()
    attempt = queue.put_code(submission=own_command(TRICKS), scoring=LIST)
    assert set(found(attempt)) == {"plain.txt", "deep"}
    assert attempt.outcome["scores"] == {"written": 1.0}
    assert read_zip(attempt, "prediction_output") == {"plain.txt": b"x", "deep/plain.txt": b"x"}, "as they were predicted"
    notes = " ".join(attempt.outcome["notes"])
    for name in ("truth", "folder", "pipe", "socket", "setuid", "one", "two"):
        assert f"{name} of the predictions was left out" in notes


WRITES = """
import json, os
os.mkdir("/app/input/res/cache"); open("/app/input/res/answer.txt", "a").write("!")
json.dump({"answer.txt": open("/app/input/res/answer.txt").read()}, open("/app/output/found.json", "w"))
json.dump({"written": 1}, open("/app/output/scores.json", "w"))
"""


def test_a_scoring_program_may_write_beside_the_results_that_it_reads(start, queue):
    start()
    attempt = queue.put(WRITES, submission=make_zip({"answer.txt": "42"}))
    assert found(attempt) == {"answer.txt": "42!"}


def test_scoring_finds_how_long_the_prediction_took_and_not_what_a_program_says_of_itself(start, queue):
    start()
    # It begins a moment before its start is answered, from when it is counted.
    script = "import time; time.sleep(2); open('/app/output/metadata', 'w').write('elapsedTime: 0'); raise SystemExit(3)"
    attempt = queue.put_code(submission=own_command(script), ingestion="open('/app/output/a.txt', 'w').write('x')")
    said = yaml.safe_load(found_in_all(attempt)["metadata"])
    assert (said["exitCode"], said["ingestionExitCode"]) == (3, 0)
    assert 1 <= said["elapsedTime"] < 30 and 0 < said["ingestionElapsedTime"] <= said["elapsedTime"]
    assert any(note.startswith("metadata of the predictions was replaced") for note in attempt.outcome["notes"])
    assert "metadata" not in found_in_all(queue.put_code(submission={"answer.txt": "42"})), "nothing ran"


def test_who_hands_in_results_where_code_is_run_does_not_say_how_long_it_took(start, queue):
    start()
    forged = {"answer.txt": "42", "metadata": "elapsedTime: 0.001"}
    attempt = queue.put_code(submission=forged)
    assert found_in_all(attempt) == {"answer.txt": "42"}
    [note] = attempt.outcome["notes"]
    assert note.startswith("metadata of the submission was taken out")
    results = queue.put(WRITES, submission=make_zip(forged))
    assert result(results)["notes"] == [], "nothing is run in this phase, so it is a file as any other"


RESULTS = {"answer.txt": "42", "deep": "a file"}
GOES_ON = """
text = open("/app/output/answer.txt").read()
open("/app/output/answer.txt", "w").write(text + "?")
open("/app/output/more.txt", "w").write("x")
"""


def test_results_for_a_task_with_an_ingestion_program_are_scored_whatever_that_program_makes_of_them(start, queue):
    start()
    fails = queue.put_code(ingestion="import model", submission=RESULTS)
    assert found(fails) == RESULTS
    [note] = fails.outcome["notes"]
    assert note.startswith("The ingestion program ended with exit code 1. ") and note.endswith(
        "What it wrote before is scored."
    )
    strict = queue.put_code(ingestion="import model", submission=RESULTS, score_failed_predictions=False)
    assert found(strict) == RESULTS
    goes_on = queue.put_code(ingestion=GOES_ON, submission=RESULTS, scoring=WRITES)
    assert found(goes_on) == {"answer.txt": "42?!"}
    predicted = read_zip(goes_on, "prediction_output")
    assert predicted == {"answer.txt": b"42?", "deep": b"a file", "more.txt": b"x"}


def test_results_for_a_task_of_version_1_pass_over_its_ingestion_program(start, queue):
    start()
    attempt = queue.put_code(ingestion="raise SystemExit(3)", submission=RESULTS, contract="1")
    assert found_in_all(attempt) == RESULTS
    assert [step["name"] for step in attempt.outcome["steps"]] == ["scoring"]


def test_code_without_metadata_that_fails_and_cannot_be_scored_is_the_participants_fault(start, queue):
    start()
    wants = "open('/app/input/res/predictions.txt')"
    attempt = queue.put_code(ingestion=INGEST, submission={"model.py": "1 / 0"}, scoring=wants)
    outcome = result(attempt)
    assert outcome["fault"] == "participant"
    assert outcome["reason"].startswith("The ingestion program ended with exit code 1. The last line of its error output: ")
    assert "ZeroDivisionError" in outcome["reason"] and "What there was could not be scored: " in outcome["reason"]
    alone = queue.put_code(submission={"model.py": "1 / 0"}, scoring=wants)
    assert result(alone)["fault"] == "organizer"


def test_the_submission_sees_neither_the_reference_data_nor_what_ingestion_is_made_of(start, queue):
    start()
    script = """
import os
found = [path for path in ("/app/input/ref", "/app/ingested_program", "/app/shared", "/app/data") if os.path.exists(path)]
open("/app/output/seen.txt", "w").write(str(found))
"""
    attempt = queue.put_code(submission=own_command(script), ingestion="print(1)", input_data=QUESTION)
    assert found(attempt) == {"seen.txt": "[]"}


def test_a_program_of_codalab_finds_the_folders_of_a_run_around_it(start, queue):
    start()
    ingestion = """
import os, sys
import model
found = sorted(name for name in os.listdir("."))
open("scratch.txt", "w").write("x"); open("temp/x", "w").write("x")
question = open("input/question.txt").read()
open("output/where.txt", "w").write(str([os.getcwd(), found, sys.argv[1:], question, model.predict("a")]))
"""
    program = {"metadata": "command: python3 $ingestion_program/ingest.py $submission_program $tmp", "ingest.py": ingestion}
    attempt = queue.put_code(ingestion=program, submission=MODEL, input_data=QUESTION, contract="1")
    folders = ["ingested_program", "ingestion_program", "input", "input_data", "output", "program", "temp"]
    assert found(attempt) == {"where.txt": str(["/app", folders, ["/app/ingested_program", "/app/temp"], "which?", "A"])}


RECORD = {"submitted-by": "ada", "submitted-at": "2026-05-29T13:45:00", "competition-phase": "2"}
LOOKS = """
import json, os
here = {name: sorted(os.listdir(f"input/{name}")) for name in sorted(os.listdir("input")) if os.path.isdir(f"input/{name}")}
json.dump({"folders": here, "metadata": open("input/metadata").read()}, open("output/found.json", "w"))
json.dump({"right": 1}, open("output/scores.json", "w"))
"""


def test_a_scoring_program_of_codalab_finds_whose_submission_it_is_and_nobody_else_does(start, queue):
    start()
    program = {"metadata": "command: python3 $program/score.py", "score.py": LOOKS}
    look = "import os; open('output/seen.txt', 'w').write(str(sorted(os.listdir('input'))))"
    submission = {"metadata": "command: python3 $program/look.py", "look.py": look}
    attempt = queue.put_code(submission=submission, scoring=program, input_data=QUESTION, contract="1", record=RECORD)
    told = found_in_all(attempt)
    assert yaml.safe_load(told["metadata"])["submitted-by"] == "ada"
    assert told["metadata"].splitlines() == [f"{key}: {value}" for key, value in RECORD.items()]
    assert told["folders"] == {
        "coopetition": [], "history": [], "ref": ["truth.txt"], "res": ["metadata", "seen.txt"], "scores": []
    }  # fmt: skip
    assert read_zip(attempt, "prediction_output") == {"seen.txt": b"['question.txt']"}


def test_confidential_data_are_read_only_and_only_where_the_organizer_says(start, queue, tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "patients.csv").write_text("7")
    start(data=tmp_path / "secrets")
    look = """
import os
try:
    open("/app/data/new", "w")
except OSError as error:
    print(type(error).__name__, os.listdir("/app/data") if os.path.exists("/app/data") else None)
"""
    scores = "open('/app/output/scores.txt', 'w').write('a: ' + open('/app/data/patients.csv').read())"
    by_default = queue.put_code(ingestion=look, scoring=look + scores)
    assert result(by_default)["scores"] == {"a": 7.0}
    assert by_default.uploads["ingestion_stdout"] == b"FileNotFoundError None\n"
    assert by_default.uploads["scoring_stdout"] == b"OSError ['patients.csv']\n"
    opened = queue.put_code(ingestion=look, scoring=scores, confidential_data=("ingestion", "scoring"))
    assert result(opened) and opened.uploads["ingestion_stdout"] == b"OSError ['patients.csv']\n"


def test_a_cancel_stops_every_container_of_a_stage(start, queue, docker, settings, no_containers):
    start()
    asleep = "import time; time.sleep(60)"
    attempt = queue.put_code(ingestion=asleep, submission=own_command(asleep))
    label = f"agon.runner={settings.home}"
    assert wait_until(lambda: len(docker.containers(filters={"label": label})) == 2)
    attempt.cancelled = True
    assert no_containers()
    assert attempt.outcome is None and attempt.abort_reason is None


def test_a_cancel_stops_scoring_with_what_runs_beside_it(start, queue, docker, settings, no_containers):
    start()
    asleep = "import time; time.sleep(60)"
    attempt = queue.put_code(ingestion=asleep, scoring=asleep, beside=True)
    label = f"agon.runner={settings.home}"
    assert wait_until(lambda: len(docker.containers(filters={"label": label})) == 2)
    attempt.cancelled = True
    assert no_containers()
    assert attempt.outcome is None and attempt.abort_reason is None


def test_heartbeats_tell_of_prediction_and_of_both_its_logs(start, queue):
    start()
    attempt = queue.put_code(ingestion="import time; print('a', flush=True); time.sleep(60)", submission=MODEL)

    def is_told() -> bool:
        beats = [beat["log_bytes"] for beat in attempt.heartbeats if beat["step"] == "prediction"]
        return any(told.get("ingestion_stdout") == 2 for told in beats)

    assert wait_until(is_told)
    attempt.cancelled = True


def test_a_submission_that_is_a_bomb_is_the_participants_fault(start, queue):
    start()
    outcome = result(queue.put_code(ingestion=INGEST, submission=make_zip({"../out": "x"})))
    assert outcome["fault"] == "participant" and "points outside" in outcome["reason"]
