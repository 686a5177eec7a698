"""A result submission from message to outcome: scores, and whose fault it is when there are none."""

import io
import zipfile

import pytest

from tests.runner.fake_backend import wait_until
from tests.runner.job_builders import MIB, make_zip

SCORE = """
import json, sys
truth = open(sys.argv[1] + "/ref/truth.txt").read()
answer = open(sys.argv[1] + "/res/answer.txt").read()
print("scoring"); print("careful", file=sys.stderr)
json.dump({"accuracy": float(truth == answer), "loss": 0.25}, open(sys.argv[2] + "/scores.json", "w"))
open("/app/output/detailed_results.html", "w").write("<p>good</p>")
"""


def writes(scores: str, name: str = "scores.json") -> str:
    """A scoring program that writes exactly this."""
    return f"open('/app/output/{name}', 'w').write({scores!r})"


def test_a_submission_is_scored_and_everything_it_made_is_uploaded(start, queue, no_containers, settings):
    start()
    attempt = queue.put(SCORE)
    assert attempt.over.wait(60)
    outcome = attempt.outcome
    assert outcome["fault"] is None and outcome["reason"] == ""
    assert outcome["scores"] == {"accuracy": 1.0, "loss": 0.25}
    assert outcome["notes"] == [] and outcome["host"] == "test-runner"
    assert outcome["steps"][0]["image_digest"].startswith("sha256:")
    assert outcome["steps"][0]["name"] == "scoring" and outcome["steps"][0]["exit_code"] == 0
    assert 0 < outcome["steps"][0]["seconds"] < 30
    assert attempt.uploads["scoring_stdout"] == b"scoring\n"
    assert attempt.uploads["scoring_stderr"] == b"careful\n"
    assert attempt.uploads["detailed_results"] == b"<p>good</p>"
    with zipfile.ZipFile(io.BytesIO(attempt.uploads["output"])) as archive:
        assert sorted(archive.namelist()) == ["detailed_results.html", "scores.json"]
    assert no_containers()
    assert wait_until(lambda: list((settings.home / "jobs").iterdir()) == [])


def test_the_message_is_deleted_after_the_claim_and_not_at_the_end(start, queue):
    start()
    attempt = queue.put("import time; time.sleep(60)")
    assert attempt.claimed.wait(60)
    assert wait_until(queue.is_empty)
    assert not attempt.over.is_set()
    attempt.cancelled = True


def test_jobs_run_one_after_another_and_share_the_cache(start, queue, settings):
    start()
    for _ in range(3):
        assert queue.score(SCORE)["scores"]["accuracy"] == 1.0
    assert len(list((settings.home / "cache" / "folders").iterdir())) == 1
    assert len(list((settings.home / "cache" / "archives").iterdir())) == 1


def test_scores_txt_is_read_too(start, queue):
    start()
    outcome = queue.score(writes("accuracy:0.5\nf1:1e-05\n", "scores.txt"))
    assert outcome["scores"] == {"accuracy": 0.5, "f1": 1e-05}


def test_a_value_that_is_no_finite_number_becomes_a_note(start, queue):
    start()
    outcome = queue.score(writes('{"accuracy": NaN, "f1": 0.5, "auc": "high"}'))
    assert outcome["fault"] is None and outcome["scores"] == {"accuracy": None, "f1": 0.5, "auc": None}
    assert any("`accuracy` is NaN" in note for note in outcome["notes"])
    assert any('`auc` is "high"' in note for note in outcome["notes"])


def test_a_program_that_exits_non_zero_is_the_organizers_fault_and_its_scores_are_not_used(start, queue):
    start()
    attempt = queue.put(writes('{"accuracy": 1}') + "\nprint('so far'); raise SystemExit(3)")
    assert attempt.over.wait(60)
    outcome = attempt.outcome
    assert outcome["fault"] == "organizer" and "exit code 3" in outcome["reason"]
    assert outcome["scores"] == {} and outcome["steps"][0]["exit_code"] == 3
    assert attempt.uploads["scoring_stdout"] == b"so far\n"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("pass", "wrote neither scores.json nor scores.txt"),
        (writes("{"), "no JSON"),
        (writes("[1]"), "no JSON object"),
        ("import os; os.symlink('/etc/passwd', '/app/output/scores.txt')", "no plain file"),
        (writes("a: &a [1]\nb: *a", "scores.txt"), "aliases"),
    ],
)
def test_scores_that_cannot_be_read_are_the_organizers_fault(start, queue, script, words):
    start()
    outcome = queue.score(script)
    assert outcome["fault"] == "organizer" and words in outcome["reason"]


def test_a_program_that_runs_too_long_is_stopped_at_its_time_limit(start, queue):
    start()
    attempt = queue.put("print('begun', flush=True)\nwhile True: pass", time_limit_seconds=2)
    assert attempt.over.wait(60)
    outcome = attempt.outcome
    assert outcome["fault"] == "organizer" and "time limit of 2 seconds" in outcome["reason"]
    assert outcome["steps"][0]["exit_code"] is None
    assert 2 <= outcome["steps"][0]["seconds"] < 30
    assert outcome["steps"][0]["peak_memory_bytes"] > MIB
    assert attempt.uploads["scoring_stdout"] == b"begun\n"


@pytest.mark.parametrize(
    ("submission", "words"),
    [
        (b"this is no zip file", "no zip archive"),
        (make_zip({"../../escaped.txt": "x"}), "points outside"),
        (make_zip({"/etc/escaped.txt": "x"}), "points outside"),
    ],
)
def test_a_submission_that_cannot_be_unpacked_is_the_participants_fault(start, queue, submission, words):
    start()
    outcome = queue.score(SCORE, submission=submission)
    assert outcome["fault"] == "participant" and words in outcome["reason"]
    assert outcome["steps"] == []


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ({"score.py": "pass"}, "neither metadata.yaml nor metadata"),
        ({"metadata": "description: no command"}, "no `command`"),
        ({"metadata": "command: [unclosed"}, "no YAML"),
        ({"metadata": "command: no-such-program $input"}, "cannot be started"),
    ],
)
def test_a_program_that_cannot_be_started_is_the_organizers_fault(start, queue, program, words):
    start()
    outcome = queue.score(program=program)
    assert outcome["fault"] == "organizer" and words in outcome["reason"]


def test_a_program_in_a_wrapping_folder_runs_and_a_note_says_so(start, queue):
    start()
    outcome = queue.score(program={
        "program/metadata": "command: python3 score.py",
        "program/score.py": writes('{"a": 1}'),
        "__MACOSX/._program": "x",
    })  # fmt: skip
    assert outcome["scores"] == {"a": 1.0}
    assert any("'program'" in note for note in outcome["notes"])


OPENS = "open('/app/input/res/answer.txt')"


def test_what_an_operating_system_left_never_reaches_the_scoring_program_and_a_note_names_it(start, queue):
    start()
    lists = "import json, os; names = sorted(os.listdir('/app/input/res')); assert names == ['.own', 'answer.txt'], names; "
    sent = {"answer.txt": "1", ".own": "1", ".DS_Store": "x", "__MACOSX/._answer.txt": "x"}
    outcome = queue.score(lists + SCORE, submission=make_zip(sent))
    assert outcome["fault"] is None
    assert outcome["notes"] == [
        "What macOS or Windows left in the zip was passed over: `.DS_Store`, `__MACOSX/._answer.txt`."
    ]


def test_a_run_that_fails_says_when_everything_lies_in_one_folder_and_one_that_does_not_says_nothing(start, queue):
    start()
    wrapped = make_zip({"my_submission/answer.txt": "1"})
    outcome = queue.score(OPENS, submission=wrapped)
    assert outcome["fault"] == "organizer"
    assert outcome["notes"] == [
        "Everything in the submission's zip lies in the folder `my_submission`. "
        "If files were not found, zip what is in it instead."
    ]
    assert queue.score(writes('{"a": 1}'), submission=wrapped)["notes"] == []
    assert queue.score("raise SystemExit(1)", submission=make_zip({"answer.txt": "1"}))["notes"] == []


def test_an_image_whose_registry_is_nowhere_aborts_the_attempt_and_names_it(start, queue, no_containers):
    start()
    attempt = queue.put(SCORE, image="registry.invalid/no/such:image", registries=["registry.invalid"])
    assert attempt.over.wait(60)
    assert attempt.outcome is None
    assert attempt.abort_reason == "The registry of the image `registry.invalid/no/such:image` does not answer, or fails."
    assert queue.score(SCORE)["scores"]["accuracy"] == 1.0


def test_a_job_without_an_image_gets_the_runners_own(start, queue):
    start()
    assert queue.score(SCORE, image="")["scores"]["accuracy"] == 1.0


def test_much_output_is_kept_head_and_tail(start, queue):
    start()
    attempt = queue.put("print('first')\nfor _ in range(2000): print('x' * 9999)\nprint('last')\n" + writes('{"a": 1}'))
    assert attempt.over.wait(60)
    kept = attempt.uploads["scoring_stdout"]
    assert kept.startswith(b"first\n") and kept.endswith(b"last\n") and b"bytes left out" in kept
    assert len(kept) <= 2 * MIB
    assert attempt.outcome["scores"] == {"a": 1.0}
