"""SQS: wake-ups for runners and tasks for our own functions. Messages hold ids only.

The default queue is the template's. Every other queue of runners is made here, its name of the stack's prefix and its id,
so that its address is known without a call, and rights are given by prefix.
"""

import json

from chalicelib import settings
from chalicelib.aws.clients import client

DEFAULT = "default"
#: As JobsQueue's in template.yaml, which says why.
ATTRIBUTES = {
    "VisibilityTimeout": "30",
    "ReceiveMessageWaitTimeSeconds": "20",
    "MessageRetentionPeriod": "345600",
    "SqsManagedSseEnabled": "true",
}
MAX_RECEIVES = 1000


def create(queue: str) -> None:
    """Make a queue's SQS queue. Does nothing twice."""
    redrive = {"deadLetterTargetArn": settings.get().jobs_dead_queue_arn, "maxReceiveCount": MAX_RECEIVES}
    attributes = {**ATTRIBUTES, "RedrivePolicy": json.dumps(redrive)}
    client("sqs").create_queue(QueueName=_name(queue), Attributes=attributes)


def delete(queue: str) -> None:
    """Remove a queue's SQS queue, with what is on it. It is no error when it is gone."""
    sqs = client("sqs")
    try:
        sqs.delete_queue(QueueUrl=url_of(queue))
    except sqs.exceptions.QueueDoesNotExist:
        return


def url_of(queue: str) -> str:
    """A queue's address."""
    own = settings.get().jobs_queue_url
    return own if queue == DEFAULT else f"{own.rpartition('/')[0]}/{_name(queue)}"


def arn_of(queue: str) -> str:
    """A queue's name in policies."""
    own = settings.get().jobs_queue_arn
    return own if queue == DEFAULT else f"{own.rpartition(':')[0]}:{_name(queue)}"


def send_job(queue: str, submission: str) -> None:
    """Wake a runner of a queue for a submission."""
    _send(url_of(queue), {"version": 1, "submission": submission})


def send_import(id_: str) -> None:
    """Have the tasks function import a bundle."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "import", "id": id_})


def send_dump(id_: str) -> None:
    """Have the tasks function dump a competition."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "dump", "id": id_})


def send_export(id_: str) -> None:
    """Have the tasks function pack what was submitted to a phase."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "parcel", "id": id_})


def send_retention(phase: str, competitor: str) -> None:
    """Have the tasks function delete what a participant has beyond the best and the last."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "clear", "id": f"{phase}/{competitor}"})


def send_phase_job(id_: str) -> None:
    """Have the tasks function work on many submissions."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "batch", "id": id_})


def send_rebuild(phase: str) -> None:
    """Have the tasks function rebuild a board, after the delay in which further changes gather."""
    body = {"version": 1, "task": "rebuild", "id": phase}
    _send(settings.get().tasks_queue_url, body, settings.get().board_delay_seconds)


def send_unrun(submission: str) -> None:
    """Have the tasks function take a submission that nobody runs."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "receive", "id": submission})


def send_unpacking(artifact: str) -> None:
    """Have the tasks function unpack what jurors are to see, `{phase}-{artifact}`."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "unpack", "id": artifact})


def send_judging(phase: str) -> None:
    """Have the tasks function make the scores of judgements, after the delay in which further ones gather."""
    body = {"version": 1, "task": "judge", "id": phase}
    _send(settings.get().tasks_queue_url, body, settings.get().board_delay_seconds)


def _name(queue: str) -> str:
    return f"{settings.get().queue_prefix}{queue}"


def _send(queue_url: str, body: dict[str, object], delay_seconds: int = 0) -> None:
    client("sqs").send_message(QueueUrl=queue_url, MessageBody=json.dumps(body), DelaySeconds=delay_seconds)
