"""Figures of this runner for Prometheus: counted while it works, and told to whoever scrapes `--metrics-port`.

They name no submission, no competition and no person. Where nobody scrapes them, nothing is counted.
"""

import importlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import ModuleType

from chalicelib.contract import Outcome
from runner.errors import Unable

logger = logging.getLogger(__name__)

FINISHED, ABORTED, DROPPED = "finished", "aborted", "dropped"
_figures: ModuleType | None = None


def ended(outcome: Outcome) -> None:
    """Count a job that was reported, and how long each of its steps took."""
    if _figures:
        _figures.ended(outcome)


def broken_off(why: str) -> None:
    """Count a job that was not: ABORTED, DROPPED, or why it was halted (`runner.halt`)."""
    if _figures:
        _figures.broken_off(why)


def lost() -> None:
    """Count a claim that is another runner's now."""
    if _figures:
        _figures.lost()


def unheard() -> None:
    """Count a heartbeat that did not arrive."""
    if _figures:
        _figures.unheard()


def polled() -> None:
    """Note that the queue has answered."""
    if _figures:
        _figures.polled()


@contextmanager
def served(
    address: str, port: int | None, slots: Callable[[], Mapping[str, int]], cached: Callable[[], int]
) -> Iterator[None]:
    """While inside, they are told at `http://address:port/metrics`; nowhere where there is no port. `slots` are asked for by
    their state at each scrape, and how much is `cached`. Raises Unable where the port cannot be had."""
    global _figures
    if port is None:
        yield
        return
    _figures = importlib.import_module("runner.figures")
    with ExitStack() as inside:
        try:
            told_at = inside.enter_context(_figures.served(address, port, slots, cached))
        except OSError as error:
            reason = f"Metrics cannot be told at {address}:{port} ({error.strerror}). Choose another --metrics-port."
            raise Unable(reason) from error
        logger.info("Metrics for Prometheus are at http://%s:%d/metrics.", address, told_at)
        yield
