"""Powertools logger, tracer and metrics: one of each for the whole application.

Metrics leave with the function's log (CloudWatch's embedded metric format), so they cost no call. Their one dimension is the
stack's name: a metric costs by the month for each value of its dimensions, so no id is one.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

from chalicelib import settings
from chalicelib.contract import correlation

logger = Logger(service="agon")
metrics = Metrics(namespace="Agon")


def count(name: str) -> None:
    """Count one event."""
    gauge(name, 1)


def gauge(name: str, value: float) -> None:
    """Tell how many there are at this moment."""
    _tell(name, MetricUnit.Count, value)


def seconds(name: str, value: float) -> None:
    """Tell how long something took, or has waited."""
    _tell(name, MetricUnit.Seconds, value)


def measure(route: str, status: int, began: float) -> None:
    """Measure one request that began at `began` (seconds of `time.perf_counter`). It leaves with the other metrics."""
    _tell("Request", MetricUnit.Milliseconds, (time.perf_counter() - began) * 1000)
    metrics.add_metadata(key="route", value=route)
    metrics.add_metadata(key="status", value=status)


def correlate(given: object = None) -> str:
    """Have every line that is logged from now on name the request that all of it is for: `given`, or a new one."""
    request = correlation.begin(given)
    logger.append_keys(request=request)
    return request


def observe(event: Any, get_response: Callable[[Any], Any]) -> Any:
    """Middleware of every function: one trace segment around the call, and the metrics leave at its end."""
    try:
        with _segment(f"## {type(event).__name__}"):
            return get_response(event)
    finally:
        if metrics.metric_set:
            metrics.add_metadata(key="request", value=correlation.current())
            metrics.flush_metrics()
        logger.clear_state()
        correlation.end()


def _tell(name: str, unit: MetricUnit, value: float) -> None:
    metrics.set_default_dimensions(stack=settings.stack())
    metrics.add_metric(name=name, unit=unit, value=round(value, 3))


def _segment(name: str) -> AbstractContextManager[Any]:
    return _tracer().provider.in_subsegment(name=name) if settings.is_traced() else nullcontext()


@cache
def _tracer() -> Tracer:
    # The X-Ray SDK makes botocore clients when it is loaded, a fifth of a cold start: only who is traced waits for it.
    return Tracer(service="agon", auto_patch=False)
