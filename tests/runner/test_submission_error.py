"""A program says by a file in its output that the submission is at fault, whatever else it did or its code wrote there."""

import io
import zipfile
from typing import Any

import pytest

from tests.runner.job_builders import make_zip

SAY = "open('/app/output/submission_error.txt', 'w').write({!r})\n"
SCORED = "open('/app/output/scores.json', 'w').write('{\"a\": 1}')\n"
SENTENCE = "Row 17 has no prediction."


def verdict(outcome: dict[str, Any]) -> tuple[str, str, dict[str, float]]:
    return outcome["fault"], outcome["reason"], outcome["scores"]


def done(attempt: Any) -> dict[str, Any]:
    assert attempt.over.wait(60), "the runner never reported"
    assert attempt.outcome is not None, attempt.abort_reason
    return attempt.outcome


@pytest.mark.parametrize("ending", ["", SCORED, "raise SystemExit(1)", "import os; os.abort()"])
def test_the_participant_is_at_fault_and_reads_why_however_the_scoring_program_ends(
    start: Any, queue: Any, ending: str
) -> None:
    start()
    outcome = queue.score(SAY.format(SENTENCE + "\n") + ending)
    assert verdict(outcome) == ("participant", SENTENCE, {})


def test_a_program_that_is_stopped_by_its_time_limit_has_said_so_all_the_same(start: Any, queue: Any) -> None:
    start()
    outcome = queue.score(SAY.format(SENTENCE) + "import time; time.sleep(60)", time_limit_seconds=1)
    assert verdict(outcome) == ("participant", SENTENCE, {})


def test_its_page_its_output_and_its_logs_are_sent_beside_it(start: Any, queue: Any) -> None:
    start()
    page = "open('/app/output/detailed_results.html', 'w').write('<p>row 17</p>'); print('looked')"
    attempt = queue.put(SAY.format(SENTENCE) + page)
    assert done(attempt)["reason"] == SENTENCE
    assert attempt.uploads["detailed_results"] == b"<p>row 17</p>"
    assert attempt.uploads["scoring_stdout"] == b"looked\n"
    with zipfile.ZipFile(io.BytesIO(attempt.uploads["output"])) as archive:
        assert archive.read("submission_error.txt") == SENTENCE.encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Two lines\r\nof it.\n\n", "Two lines of it."),
        (b"\xef\xbb\xbfWith a mark.", "With a mark."),
        (b"caf\xe9", "caf\N{REPLACEMENT CHARACTER}"),
        ("\x1b[31mred\x1b[0m \u202egnorw\u202c".encode(), "red \N{REPLACEMENT CHARACTER}gnorw\N{REPLACEMENT CHARACTER}"),
        (b"<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("é".encode() * 1001, "é" * 999 + "…"),
        (b"a" * 1000, "a" * 1000),
        (b"", "The scoring program says that the submission is at fault, and not why."),
        (b" \n\0", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_it_is_told_as_plain_text_on_one_line(start: Any, queue: Any, content: bytes, told: str) -> None:
    start()
    outcome = queue.score(f"open('/app/output/submission_error.txt', 'wb').write({content!r})")
    assert verdict(outcome) == ("participant", told, {})


def test_of_a_very_large_one_the_beginning_is_read(start: Any, queue: Any) -> None:
    start()
    outcome = queue.score("open('/app/output/submission_error.txt', 'w').write('b' * 2**22)")
    fault, reason, _ = verdict(outcome)
    assert (fault, reason) == ("participant", "b" * 999 + "…")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        ("os.symlink('/app/input/ref/truth.txt', FILE)", "it is no plain file"),
        ("os.symlink('/etc/passwd', FILE)", "it is no plain file"),
        ("os.mkfifo(FILE)", "it is no plain file"),
        ("os.mkdir(FILE)", "it is no plain file"),
        ("open('/app/output/o', 'w').close(); os.link('/app/output/o', FILE)", "it is a hard link"),
    ],
)
def test_what_is_no_plain_file_says_nothing(start: Any, queue: Any, make: str, why: str) -> None:
    start()
    outcome = queue.score(f"import os; FILE = '/app/output/submission_error.txt'\n{SCORED}{make}")
    assert (outcome["fault"], outcome["scores"]) == (None, {"a": 1.0})
    assert f"submission_error.txt of the scoring program was not read: {why}." in outcome["notes"]


INGEST = "import shutil; shutil.copytree('/app/ingested_program', '/app/output', dirs_exist_ok=True)\n"


def test_an_ingestion_program_says_so_and_nothing_is_scored(start: Any, queue: Any) -> None:
    start()
    code = {"metadata.yaml": "", "estimator.py": ""}
    attempt = queue.put_code(ingestion=INGEST + SAY.format("There is no function fit."), submission=code, scoring=SCORED)
    outcome = done(attempt)
    assert verdict(outcome) == ("participant", "There is no function fit.", {})
    assert [step["name"] for step in outcome["steps"]] == ["ingestion"]
    assert "prediction_output" in attempt.uploads


def test_where_outputs_of_predictions_are_kept_back_so_is_what_code_may_have_written_there(start: Any, queue: Any) -> None:
    start()
    code = {"metadata.yaml": "", "estimator.py": ""}
    attempt = queue.put_code(ingestion=SAY.format("secret"), submission=code, scoring=SCORED, tells_predictions=False)
    told = (
        "The ingestion program says that the submission is at fault. What it says stands in its output, for the organizers."
    )
    assert verdict(done(attempt)) == ("participant", told, {})


def test_an_ingestion_program_beside_the_scoring_program_says_so(start: Any, queue: Any) -> None:
    start()
    attempt = queue.put_code(ingestion=SAY.format(SENTENCE), scoring=SCORED, beside=True)
    assert verdict(done(attempt)) == ("participant", SENTENCE, {})
    assert "prediction_output" in attempt.uploads


def test_code_that_runs_by_itself_writes_a_prediction_of_that_name(start: Any, queue: Any) -> None:
    start()
    code = {"metadata.yaml": "command: python3 $program/a.py", "a.py": SAY.format("I am innocent.")}
    assert verdict(done(queue.put_code(submission=code, scoring=SCORED))) == (None, "", {"a": 1.0})


def test_results_that_bring_one_along_blame_nobody(start: Any, queue: Any) -> None:
    start()
    results = {"answer.txt": "1", "submission_error.txt": "The platform is at fault."}
    outcome = done(queue.put_code(ingestion="pass", submission=make_zip(results), scoring=SCORED))
    assert verdict(outcome) == (None, "", {"a": 1.0})
    note = "submission_error.txt of the submission was taken out: by it programs say that a submission is at fault."
    assert note in outcome["notes"]


def test_a_sealed_job_tells_the_fault_and_keeps_the_sentence(start: Any, queue: Any) -> None:
    start()
    attempt = queue.put(SAY.format("a secret row"), sealed=True, uploads={})
    told = "The scoring program says that the submission is at fault. What it says stands in its output, for the organizers."
    assert verdict(done(attempt)) == ("participant", told, {})


def test_a_prediction_that_failed_before_is_told_first(start: Any, queue: Any) -> None:
    start()
    code = {"metadata.yaml": ""}
    failing = "open('/app/output/part.txt', 'w').write('1'); raise SystemExit(3)"
    outcome = done(queue.put_code(ingestion=failing, submission=code, scoring=SAY.format(SENTENCE)))
    assert outcome["fault"] == "participant"
    assert outcome["reason"].startswith("The ingestion program ended with exit code 3")
    assert outcome["reason"].endswith(f"What there was could not be scored: {SENTENCE}")
