"""The figures of `metrics`, as Prometheus has them: apart, for its client takes memory that most runners need not have."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram, Info, start_http_server

from chalicelib.contract import Outcome
from chalicelib.contract.version import VERSION
from runner.metrics import ABORTED, DROPPED, FINISHED

_jobs = Counter("agon_runner_jobs", "Jobs by how they ended here.", ["outcome"])
_steps = Histogram(
    "agon_runner_step_seconds",
    "How long programs of competitions and participants ran, by the step of the job.",
    ["step"],
    buckets=(1, 3, 10, 30, 60, 180, 600, 1800, 3600, 7200, 21600, 86400),
)
_lost = Counter(
    "agon_runner_claims_lost", "Jobs that were given to another runner, since this one was not heard of in time."
)
_unheard = Counter("agon_runner_heartbeats_failed", "Heartbeats that the API did not hear.")
_polled = Gauge("agon_runner_last_poll_timestamp_seconds", "When the queue answered last, whether with a message or not.")
_slots = Gauge("agon_runner_slots", "Slots, by what they do: stopped are those that can take no job now.", ["state"])
_cached = Gauge("agon_runner_cache_bytes", "Disk that cached programs and data take.")
_info = Info("agon_runner", "The version of this runner.")
# From the start: a rate of what was never told would miss the first.
for _outcome in (FINISHED, ABORTED, DROPPED, "failed_participant", "failed_organizer", "cancelled", "lost", "shutdown"):
    _jobs.labels(_outcome)


def ended(outcome: Outcome) -> None:
    """Count a job that was reported, and how long each of its steps took."""
    _jobs.labels(f"failed_{outcome.fault.value}" if outcome.fault else FINISHED).inc()
    for step in outcome.steps:
        _steps.labels(step.name).observe(step.seconds)


def broken_off(why: str) -> None:
    """Count a job that was not."""
    _jobs.labels(why).inc()


def lost() -> None:
    """Count a claim that is another runner's now."""
    _lost.inc()


def unheard() -> None:
    """Count a heartbeat that did not arrive."""
    _unheard.inc()


def polled() -> None:
    """Note that the queue has answered."""
    _polled.set_to_current_time()


@contextmanager
def served(address: str, port: int, slots: Callable[[], Mapping[str, int]], cached: Callable[[], int]) -> Iterator[int]:
    """While inside, they are told; the port. Raises OSError."""
    _info.info({"version": VERSION})
    _cached.set_function(cached)
    for state in slots():
        _slots.labels(state).set_function(_of(slots, state))
    server, thread = start_http_server(port, address)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _of(slots: Callable[[], Mapping[str, int]], state: str) -> Callable[[], float]:
    return lambda: float(slots()[state])
