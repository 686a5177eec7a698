"""Powertools logger, tracer and metrics: one of each for the whole application.

Metrics leave with the function's log (CloudWatch's embedded metric format), so they cost no call. Their one dimension is the
stack's name: a metric costs by the month for each value of its dimensions, so no id is one.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

import orjson
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.functions import is_metrics_disabled

from chalicelib import settings
from chalicelib.contract import correlation

logger = Logger(service="agon")
_NAMESPACE = "Agon"
metrics = Metrics(namespace=_NAMESPACE)
#: What is measured of each request, and what was of one of which nothing else was told.
_REQUEST = {"Name": "Request", "Unit": MetricUnit.Milliseconds.value}
_alone: list[dict[str, Any]] = []


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
    took = (time.perf_counter() - began) * 1000
    if metrics.metric_set:
        _tell("Request", MetricUnit.Milliseconds, took)
        metrics.add_metadata(key="route", value=route)
        metrics.add_metadata(key="status", value=status)
    else:
        _alone.append({"route": route, "status": status, "took": round(took, 3)})


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
        for measured in _alone:
            _tell_alone(**measured)
        _alone.clear()
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


def _tell_alone(route: str, status: int, took: float) -> None:
    """Print the line that Powertools would, of a request and nothing else, in a tenth of its time."""
    if is_metrics_disabled():
        return
    kind = {"Namespace": _NAMESPACE, "Dimensions": [["stack"]], "Metrics": [_REQUEST]}
    told = {"route": route, "status": status, "request": correlation.current(), "Request": [took]}
    about = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [kind]}
    print(orjson.dumps({"_aws": about, "stack": settings.stack(), **told}).decode())


@cache
def _tracer() -> Tracer:
    # The X-Ray SDK makes botocore clients when it is loaded, a fifth of a cold start: only who is traced waits for it.
    return Tracer(service="agon", auto_patch=False)
