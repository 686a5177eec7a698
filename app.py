"""Every way into Lambda: the HTTP API, the tasks queue and the sweeper. No `if`: what happens is in chalicelib/actions."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from chalice import Chalice, CORSConfig, Rate

from chalicelib import http, routes, telemetry
from chalicelib.actions import sweep as sweeping
from chalicelib.actions import tasks

app = Chalice(app_name="agon", configure_logs=False)
app.api.cors = CORSConfig(allow_origin="*", allow_headers=["Authorization", "If-None-Match"], expose_headers=["ETag"])
app.middleware("http")(http.plain_errors)
app.middleware("all")(telemetry.observe)
routes.register(app)

_batch = BatchProcessor(event_type=EventType.SQS)


def _perform(record: SQSRecord) -> None:
    tasks.perform(record.body, datetime.now(UTC))


# template.yaml puts the queue's ARN in this name's place, and asks for partial answers.
@app.on_sqs_message(queue="agon-tasks", batch_size=1, name="on_task")
def on_task(event: Any) -> Any:
    """Do what the tasks queue asks for: import bundles, rebuild leaderboards. A failed task alone comes back."""
    return process_partial_response(event.to_dict(), _perform, _batch, event.context)


@app.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: Any) -> int:
    """Every minute: look after what nobody looked after in time."""
    return sweeping.sweep(datetime.now(UTC))
