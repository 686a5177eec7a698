"""The metric of a request that tells of nothing else: the line that Powertools would print, to the letter."""

import re

import pytest
from aws_lambda_powertools.metrics import MetricUnit

from chalicelib import settings, telemetry
from chalicelib.contract import correlation

REQUEST = "0123456789abcdef"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    monkeypatch.setattr(settings, "stack", lambda: "agon")
    monkeypatch.setattr(telemetry.time, "perf_counter", lambda: 3.0125)
    telemetry.metrics.clear_metrics()


def printed(capsys: pytest.CaptureFixture[str], *counted: str) -> str:
    """What a request prints that took 12.5 ms and counted so much, but for the time."""

    def answer(_: object) -> None:
        correlation.begin(REQUEST)
        for name in counted:
            telemetry.count(name)
        telemetry.measure("boards_read", 200, 3.0)

    telemetry.observe(None, answer)
    return without_time(capsys)


def without_time(capsys: pytest.CaptureFixture[str]) -> str:
    return re.sub(r'(?<="Timestamp":)\d{13}', "", capsys.readouterr().out)


def test_it_is_what_powertools_prints(capsys: pytest.CaptureFixture[str]) -> None:
    telemetry.metrics.set_default_dimensions(stack="agon")
    telemetry.metrics.add_metric("Request", MetricUnit.Milliseconds, 12.5)
    for key, value in {"route": "boards_read", "status": 200, "request": REQUEST}.items():
        telemetry.metrics.add_metadata(key, value)
    telemetry.metrics.flush_metrics()
    plain = without_time(capsys)
    assert printed(capsys) == plain and '"Request":[12.5]' in plain


def test_it_leaves_with_what_else_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    [line] = printed(capsys, "SubmissionTaken").splitlines()
    assert '"Request":[12.5]' in line and '"SubmissionTaken":[1.0]' in line and '"route":"boards_read"' in line
    assert '"SubmissionTaken"' not in printed(capsys)


def test_nothing_is_printed_where_metrics_are_off(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    assert printed(capsys) == ""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    assert printed(capsys).count("\n") == 1
