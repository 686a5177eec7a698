"""The tries of a runner: after pauses that grow and vary, until it works, is worth no more, or the runner is to stop."""

import random
import threading
from collections.abc import Callable

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_never, wait_exponential
from tenacity.stop import StopBaseT

CAP_SECONDS = 30.0


def jittered(first_seconds: float = 0.5) -> Callable[[RetryCallState], float]:
    """Seconds to wait: exponential with jitter, so that a fleet does not come back all at once."""
    ceiling = wait_exponential(multiplier=first_seconds, max=CAP_SECONDS)
    return lambda state: random.uniform(0.5, 1.0) * ceiling(state)


def retrying(
    error: type[Exception],
    stopped: threading.Event,
    stop: StopBaseT = stop_never,
    tell: Callable[[RetryCallState], None] = lambda state: None,
) -> Retrying:
    """Calls again what raises `error`, until `stop`, or until `stopped` is set, also in a pause; then the last one is
    raised. `tell` hears of each failure that is followed by a pause.
    """

    def pause(state: RetryCallState) -> None:
        tell(state)
        if stopped.wait(state.upcoming_sleep) and state.outcome:
            state.outcome.result()

    # The pause is made before the sleep, because there the last error is still at hand.
    return Retrying(
        retry=retry_if_exception_type(error),
        stop=stop,
        wait=jittered(),
        before_sleep=pause,
        sleep=lambda seconds: None,
        reraise=True,
    )
