"""How a runner tries again."""

import threading

import pytest
from tenacity import RetryCallState, Retrying, stop_after_attempt, stop_before_delay

from runner import retry
from runner.errors import Refused, Unreachable
from runner.retry import jittered, retrying


class Api:
    """Fails as often as it is told to, each time with another text."""

    def __init__(self, failures: int, error: type[Exception] = Unreachable) -> None:
        self.calls, self._failures, self._error = 0, failures, error

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self._failures:
            raise self._error(f"failure {self.calls}")
        return "good"


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "CAP_SECONDS", 0.01)


def test_it_goes_on_until_it_works_and_tells_each_failure() -> None:
    api, told = Api(failures=3), []
    assert retrying(Unreachable, threading.Event(), tell=lambda state: told.append(state.attempt_number))(api) == "good"
    assert told == [1, 2, 3]


def test_what_is_worth_no_more_tries_ends_with_the_last_error() -> None:
    api = Api(failures=9)
    with pytest.raises(Unreachable, match="failure 4"):
        retrying(Unreachable, threading.Event(), stop_after_attempt(4))(api)
    assert api.calls == 4


def test_a_pause_that_would_end_too_late_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "CAP_SECONDS", 30.0)
    api = Api(failures=9)
    with pytest.raises(Unreachable, match="failure 1"):
        retrying(Unreachable, threading.Event(), stop_before_delay(0.2))(api)
    assert api.calls == 1


def test_another_error_is_no_reason_to_try_again() -> None:
    api = Api(failures=1, error=Refused)
    with pytest.raises(Refused):
        retrying(Unreachable, threading.Event())(api)
    assert api.calls == 1


def test_nothing_is_called_after_a_pause_in_which_it_was_stopped() -> None:
    api, stopped = Api(failures=9), threading.Event()
    with pytest.raises(Unreachable, match="failure 2"):
        retrying(Unreachable, stopped, tell=lambda state: stopped.set() if state.attempt_number == 2 else None)(api)
    assert api.calls == 2


def test_what_is_stopped_already_is_called_once() -> None:
    api, stopped = Api(failures=9), threading.Event()
    stopped.set()
    with pytest.raises(Unreachable, match="failure 1"):
        retrying(Unreachable, stopped)(api)
    assert api.calls == 1


@pytest.mark.parametrize("attempt, ceiling", [(1, 0.5), (2, 1.0), (4, 4.0), (7, 30.0), (5000, 30.0)])
def test_pauses_double_up_to_a_cap_and_vary_by_half(attempt: int, ceiling: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "CAP_SECONDS", 30.0)
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = attempt
    pauses = [jittered()(state) for _ in range(200)]
    assert ceiling / 2 <= min(pauses) < 0.65 * ceiling
    assert 0.85 * ceiling < max(pauses) <= ceiling
