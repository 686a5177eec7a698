"""Patience with a busy table has an end that leaves time to say so."""

import itertools

import pytest
import tenacity
from pynamodb.exceptions import QueryError

from chalicelib.errors import Busy
from chalicelib.store import patience
from chalicelib.store.patience import patiently


class Throttled(QueryError):
    cause_response_code = "ThrottlingException"


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenacity.nap.time, "sleep", lambda seconds: None)


def tries_of_calls_that_take(seconds: float, monkeypatch: pytest.MonkeyPatch) -> int:
    clock, tries = itertools.count(step=seconds), 0
    monkeypatch.setattr(tenacity.time, "monotonic", lambda: next(clock))

    def call() -> None:
        nonlocal tries
        tries += 1
        raise Throttled

    with pytest.raises(Busy):
        patiently(call)
    return tries


def test_quick_refusals_are_tried_again_as_often_as_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tries_of_calls_that_take(0.01, monkeypatch) == patience.TRIES


def test_refusals_that_take_long_are_told_while_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tries_of_calls_that_take(patience.LONGEST_SECONDS / 2, monkeypatch) <= 3
