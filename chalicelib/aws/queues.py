"""SQS: wake-ups for runners and tasks for our own functions. Messages hold ids only."""

import json

from chalicelib import settings
from chalicelib.aws.clients import client


def send_job(submission: str) -> None:
    """Wake a runner of the default queue for a submission."""
    _send(settings.get().jobs_queue_url, {"version": 1, "submission": submission})


def send_import(id_: str) -> None:
    """Have the tasks function import a bundle."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "import", "id": id_})


def send_dump(id_: str) -> None:
    """Have the tasks function dump a competition."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "dump", "id": id_})


def send_rebuild(phase: str) -> None:
    """Have the tasks function rebuild a board, after the delay in which further changes gather."""
    body = {"version": 1, "task": "rebuild", "id": phase}
    _send(settings.get().tasks_queue_url, body, settings.get().board_delay_seconds)


def _send(queue_url: str, body: dict[str, object], delay_seconds: int = 0) -> None:
    client("sqs").send_message(QueueUrl=queue_url, MessageBody=json.dumps(body), DelaySeconds=delay_seconds)
