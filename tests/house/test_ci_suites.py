"""What CI makes of pytest's report: see .ci/suites.py."""

import subprocess
import sys
from pathlib import Path

CHECK = Path(__file__).parents[2] / ".ci/suites.py"
SKIPPED = '<skipped type="pytest.skip" message="{}"/>'
RAN = dict.fromkeys(("runner", "system", "console"), "")


def judge(tmp_path: Path, cases: dict[str, str]) -> tuple[int, str]:
    body = "".join(
        f'<testcase classname="tests.{suite}.test_it" name="test_{suite}">{inner}</testcase>'
        for suite, inner in cases.items()
    )
    report = tmp_path / "junit.xml"
    report.write_text(f"<testsuites><testsuite>{body}</testsuite></testsuites>")
    done = subprocess.run([sys.executable, CHECK, report], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_silence_when_every_suite_ran(tmp_path):
    assert judge(tmp_path, RAN) == (0, "")


def test_a_suite_that_did_not_run_is_named(tmp_path):
    status, text = judge(tmp_path, {"runner": "", "console": ""})
    assert (status, text) == (1, "No test of tests/system ran.\n")


def test_a_skipped_test_is_named_with_its_reason(tmp_path):
    status, text = judge(tmp_path, {**RAN, "runner": SKIPPED.format("No engine answers.")})
    assert status == 1
    assert "tests.runner.test_it.test_runner was skipped: No engine answers." in text


def test_a_missing_gpu_is_a_good_reason(tmp_path):
    status, _ = judge(tmp_path, {**RAN, "runner.gpu": SKIPPED.format("This machine has no GPU.")})
    assert status == 0


def test_a_missing_report_is_a_failure(tmp_path):
    done = subprocess.run([sys.executable, CHECK, tmp_path / "none.xml"], capture_output=True, text=True)
    assert done.returncode == 1
