"""SQS: wake-ups for runners and tasks for our own functions. Messages hold ids only.

The default queue is the template's. Every other queue of runners is made here, its name of the stack's prefix and its id,
so that its address is known without a call, and rights are given by prefix.
"""

import json
import math
from dataclasses import dataclass
from datetime import timedelta

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.contract import correlation

DEFAULT = "default"
#: As JobsQueue's in template.yaml, which says why.
ATTRIBUTES = {
    "VisibilityTimeout": "30",
    "ReceiveMessageWaitTimeSeconds": "20",
    "MessageRetentionPeriod": "345600",
    "SqsManagedSseEnabled": "true",
}
MAX_RECEIVES = 1000
#: SQS keeps no message back for longer.
MAX_DELAY_SECONDS = 900


@dataclass(frozen=True)
class DeadMessage:
    """A message that the tasks function broke off with three times, and the handle by which it is taken off the queue."""

    body: str
    handle: str


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


def send_storage_review(id_: str) -> None:
    """Have the tasks function compare what the buckets hold with what was counted."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "storage_review", "id": id_})


def send_schema_migration(version: str) -> None:
    """Have the tasks function give today's shape to what a former build stored."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "schema", "id": version})


def send_retention(phase: str, competitor: str) -> None:
    """Have the tasks function delete what a participant has beyond the best and the last."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "clear", "id": f"{phase}/{competitor}"})


def send_phase_job(id_: str) -> None:
    """Have the tasks function work on many submissions."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "batch", "id": id_})


def send_mail(id_: str) -> None:
    """Have the tasks function send a mail."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "mail", "id": id_})


def send_team_move(id_: str) -> None:
    """Have the tasks function carry what a team has submitted into another, or under its new name."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "team_move", "id": id_})


def send_group_job(id_: str) -> None:
    """Have the tasks function work on the groups of participants."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "group", "id": id_})


def send_letter(id_: str) -> None:
    """Have the tasks function send a letter to many."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "mailing", "id": id_})


def send_account_job(id_: str) -> None:
    """Have the tasks function go through all that an account has."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "account", "id": id_})


def send_competition_removal(competition: str) -> None:
    """Have the tasks function take away what a competition left."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "competition_removal", "id": competition})


def send_rebuild(phase: str) -> None:
    """Have the tasks function rebuild a board, after the delay in which further changes gather."""
    body = {"version": 1, "task": "rebuild", "id": phase}
    _send(settings.get().tasks_queue_url, body, settings.get().board_delay_seconds)


def send_results(phase: str) -> None:
    """Have the tasks function keep where people stood in a phase that is over."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "results", "id": phase})


def send_results_review(before: str) -> None:
    """Have the tasks function look for phases that are over without results, from one page of competitions on."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "results_review", "id": before})


def send_code_review(before: str) -> None:
    """Have the tasks function note whose shared code is that was shared long ago, from one page of competitions on."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "code_review", "id": before})


def send_event(competition: str, event: str) -> None:
    """Have the tasks function tell all who listen of what happened."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "event", "id": f"{competition}/{event}"})


def send_notice(id_: str) -> None:
    """Have the tasks function tell of a post."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "notice", "id": id_})


def send_federating(site: str) -> None:
    """Have the tasks function fetch the list of a site that is trusted."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "federate", "id": site})


def send_cataloguing(what: str) -> None:
    """Have the tasks function take up `changes` in the catalogue, or make it anew of `all`, after the same delay."""
    body = {"version": 1, "task": "catalogue", "id": what}
    _send(settings.get().tasks_queue_url, body, settings.get().board_delay_seconds)


def send_mailing(id_: str) -> None:
    """Have the tasks function mail an announcement."""
    _send(settings.get().tasks_queue_url, {"version": 1, "task": "announcement", "id": id_})


def send_webhook(competition: str, webhook: str, delay: timedelta = timedelta(0)) -> None:
    """Have the tasks function send what waits for a webhook, after a while. What is longer is the sweeper's to do."""
    seconds = max(0, math.ceil(delay.total_seconds()))
    if seconds <= MAX_DELAY_SECONDS:
        body: dict[str, object] = {"version": 1, "task": "webhook", "id": f"{competition}/{webhook}"}
        _send(settings.get().tasks_queue_url, body, seconds)


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


def send_again(body: str) -> None:
    """Have the tasks function do once more what it gave up."""
    client("sqs").send_message(QueueUrl=settings.get().tasks_queue_url, MessageBody=body)


def tasks_waiting() -> int:
    """The number of messages that wait for the tasks function, as far as SQS has counted."""
    wanted = "ApproximateNumberOfMessages"
    url = settings.get().tasks_queue_url
    told = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=[wanted])
    return int(told["Attributes"][wanted])


def receive_dead() -> list[DeadMessage]:
    """At most ten of the messages that the tasks function gave up. Nobody else gets these for half a minute."""
    url = settings.get().tasks_dead_queue_url
    found = client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0).get("Messages", [])
    return [DeadMessage(one["Body"], one["ReceiptHandle"]) for one in found]


def remove_dead(message: DeadMessage) -> None:
    """Take one off its queue."""
    client("sqs").delete_message(QueueUrl=settings.get().tasks_dead_queue_url, ReceiptHandle=message.handle)


def _name(queue: str) -> str:
    return f"{settings.get().queue_prefix}{queue}"


def _send(queue_url: str, body: dict[str, object], delay_seconds: int = 0) -> None:
    # Beside the body, which is what former builds and runners read.
    request = correlation.current()
    named = {correlation.ATTRIBUTE: {"DataType": "String", "StringValue": request}} if request else {}
    client("sqs").send_message(
        QueueUrl=queue_url, MessageBody=json.dumps(body), DelaySeconds=delay_seconds, MessageAttributes=named
    )
