"""Every way into Lambda: the HTTP API, the tasks queue and the sweeper. No `if`: what happens is in chalicelib/actions."""

from datetime import UTC, datetime, timedelta
from typing import cast

from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Chalice, CloudWatchEvent, CORSConfig, Rate, SQSEvent

from chalicelib import answers, routes, snapshots, telemetry
from chalicelib.actions.background import dispatch
from chalicelib.actions.background import sweep as sweeping
from chalicelib.contract import correlation

app = Chalice(app_name="agon", configure_logs=False)
app.api.cors = CORSConfig(
    allow_origin="*",
    allow_headers=["Authorization", "If-Match", "If-None-Match", "Agon-Link"],
    expose_headers=["ETag", correlation.HEADER],
)
app.middleware("http")(answers.name_request)
app.middleware("http")(answers.plain_errors)
app.middleware("all")(telemetry.observe)
routes.register(app)
snapshots.differ()


# template.yaml puts the queue's ARN in this name's place. One message a call, so a task that fails comes back alone.
@app.on_sqs_message(queue="agon-tasks", batch_size=1, name="on_task")
def on_task(event: SQSEvent) -> None:
    """Do what the tasks queue asks for: import bundles, rebuild leaderboards."""
    now = datetime.now(UTC)
    context = cast(LambdaContext, event.context)
    deadline = now + timedelta(milliseconds=context.get_remaining_time_in_millis())
    for record in event:
        dispatch.perform(record.to_dict(), now, deadline)


@app.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: CloudWatchEvent) -> int:
    """Every minute: look after what nobody looked after in time."""
    return sweeping.sweep(datetime.now(UTC))
