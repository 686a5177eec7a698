"""The tries: how often, and after which pauses, a call or a transfer is tried again.

Loaded by the first of them: tenacity brings asyncio, which commands that send nothing need not wait for.
"""

import random
from collections.abc import Callable

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    retry_if_result,
    stop_after_attempt,
    wait_exponential,
)

_CALLS = 5
#: Where nothing listens, a person waits for the error: about a second is enough for a stack that restarts.
_CONNECTIONS = 3
#: Half a minute: a network that was away for as long does not end what takes hours.
_TRANSFERS = 7
_LONGEST_PAUSE_SECONDS = 8
#: Of an account that called too often: so long it waits for its next try, and longer ones are told.
_LONGEST_REFUSAL_SECONDS = 30


def of_call(is_repeatable: bool, sleep: Callable[[float], None]) -> Retrying:
    """A call of the API. In the end the last answer is given, or the last error raised."""
    ceiling = wait_exponential(multiplier=0.5, max=_LONGEST_PAUSE_SECONDS)
    return Retrying(
        retry=lambda state: _may_repeat(is_repeatable, state),
        stop=stop_after_attempt(_CALLS),
        wait=lambda state: _refused_for(state) or random.uniform(0.5, 1) * ceiling(state),
        sleep=sleep,
        retry_error_callback=_last,
    )


def of_transfer(begin_again: Callable[[], None]) -> Retrying:
    """Bytes to or from storage. `begin_again` is called before each pause; the end is as that of a call."""
    return Retrying(
        retry=retry_if_exception_type(httpx.TransportError) | retry_if_result(_is_trouble),
        stop=stop_after_attempt(_TRANSFERS),
        wait=wait_exponential(multiplier=0.5, max=_LONGEST_PAUSE_SECONDS),
        before_sleep=lambda state: begin_again(),
        retry_error_callback=_last,
    )


def pause_of(answer: httpx.Response, otherwise: float) -> float:
    """The seconds after which somebody wants to be asked again, as far as they say it in a number."""
    told = answer.headers.get("retry-after", "")
    return float(told) if told.isdecimal() else otherwise


def _may_repeat(is_repeatable: bool, state: RetryCallState) -> bool:
    assert state.outcome is not None  # It has ended.
    error = state.outcome.exception()
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        # A connection that never came about carried nothing, so even a POST may be sent again.
        return state.attempt_number < _CONNECTIONS
    if error is not None:
        return is_repeatable and isinstance(error, httpx.TransportError)
    return is_repeatable and (_is_trouble(state.outcome.result()) or _refused_for(state) > 0)


def _refused_for(state: RetryCallState) -> float:
    """The seconds after which a read that came too often may come again; 0 for any other call, and where that is long."""
    assert state.outcome is not None  # It has ended.
    if state.outcome.exception() is not None:
        return 0
    answer: httpx.Response = state.outcome.result()
    told = answer.headers.get("retry-after", "")
    # What a submission is refused for is told: it is not sent by surprise, some time later.
    is_read = answer.status_code == 429 and answer.request.method == "GET"
    seconds = int(told) if is_read and told.isdecimal() else 0
    return seconds if seconds <= _LONGEST_REFUSAL_SECONDS else 0


def _is_trouble(answer: httpx.Response) -> bool:
    return answer.status_code >= 500


def _last(state: RetryCallState) -> httpx.Response:
    assert state.outcome is not None  # It has ended.
    answer: httpx.Response = state.outcome.result()
    return answer
