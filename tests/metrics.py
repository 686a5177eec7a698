"""What CloudWatch extracts of log lines: its embedded metric format, read as its specification says.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Datum:
    """Values of one metric, for one set of its dimensions."""

    namespace: str
    name: str
    unit: str
    dimensions: Mapping[str, str]
    values: tuple[float, ...]


def extracted(lines: Iterable[str]) -> Iterator[Datum]:
    """The data of all lines that are in the format; others are logs alone."""
    for line in lines:
        found = _document(line)
        for directive in found.get("_aws", {}).get("CloudWatchMetrics", ()):
            for names in directive["Dimensions"]:
                dimensions = {name: str(found[name]) for name in names}
                for metric in directive["Metrics"]:
                    values = found[metric["Name"]]
                    values = tuple(values) if isinstance(values, list) else (values,)
                    yield Datum(directive["Namespace"], metric["Name"], metric.get("Unit", "None"), dimensions, values)


def _document(line: str) -> dict[str, Any]:
    """A line that is a JSON object, else nothing."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
