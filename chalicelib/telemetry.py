"""Powertools logger, tracer and metrics: one of each for the whole application."""

import time
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger(service="agon")
tracer = Tracer(service="agon", auto_patch=False)
metrics = Metrics(namespace="Agon", service="agon")


def count(name: str) -> None:
    """Count one event. The metric leaves with the function's log line, so it costs no call."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=1)


def measure(route: str, status: int, began: float) -> None:
    """Measure one request that began at `began` (seconds of `time.perf_counter`). It leaves with the other metrics."""
    metrics.add_metric(name="Request", unit=MetricUnit.Milliseconds, value=round((time.perf_counter() - began) * 1000, 3))
    metrics.add_metadata(key="route", value=route)
    metrics.add_metadata(key="status", value=status)


def observe(event: Any, get_response: Callable[[Any], Any]) -> Any:
    """Middleware of every function: one trace segment around the call, and the metrics leave at its end."""
    try:
        with tracer.provider.in_subsegment(name=f"## {type(event).__name__}"):
            return get_response(event)
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()
        logger.clear_state()
