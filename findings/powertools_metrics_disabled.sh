#!/usr/bin/env bash
# AWS Lambda Powertools 3.37.0: with POWERTOOLS_METRICS_DISABLED=true, what was counted is kept, and the hundredth metric prints all of it.
#
# The switch is for development, where nobody reads metrics: flush_metrics() prints nothing then, and does not clear either, so
# each further request adds to what the former ones left. A metric has room for 100 values; the call that fills it writes the
# whole line as if metrics were on, and starts anew. Without the switch each flush prints a line and the next begins empty.
# Seen below: 99 requests with the switch print nothing; the 100th prints a line with 100 values, of all of them.
# Expected by us: nothing printed, ever, or at least nothing kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "aws-lambda-powertools==3.37.0" 2>/dev/null
cd "$folder"
cat >seen.py <<'PY'
import contextlib
import importlib.metadata
import io
import json
import sys

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

metrics = Metrics(namespace="Seen", service="seen")


def printed(requests: int) -> list[list[float]]:
    """The values of each line that so many requests print, each of which counts one thing and flushes."""
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        for _ in range(requests):
            metrics.add_metric(name="Requests", unit=MetricUnit.Count, value=1)
            metrics.flush_metrics()
    return [json.loads(line)["Requests"] for line in written.getvalue().splitlines()]


first, second = printed(99), printed(1)
print("powertools", importlib.metadata.version("aws-lambda-powertools"), "|", sys.argv[1])
print("lines of 99 requests:", len(first), "| values of each line of the 100th:", [len(values) for values in second])
assert (len(first), [len(values) for values in second]) == ((0, [100]) if sys.argv[1] == "disabled" else (99, [1]))
PY
POWERTOOLS_METRICS_DISABLED=true "$folder/venv/bin/python" seen.py disabled
env -u POWERTOOLS_METRICS_DISABLED "$folder/venv/bin/python" seen.py enabled
echo "As described."
