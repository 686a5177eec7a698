"""The deployed sweeper has every right that it needs, and looks after what is due."""

import json
import time
from typing import Any

from agon.client import Client
from tests import builders
from tests.stack import DeployedStack, eventually

from .conftest import Line


def test_a_job_whose_runner_fell_silent_is_given_to_another(
    ada: Client, compete: Any, send: Any, line: Line, sweep: Any
) -> None:
    phase = compete(ada, extra=line.manifest)["phases"][0]["id"]
    made = ada.submit(phase, send(ada, builders.submission()))["id"]
    for attempt in (1, 2, 3):
        assert line.claim(made)["attempt"] == attempt
        sweep((f"SUBMISSION#{made}", "LEASE"))
    ended = eventually(lambda: ada.submission(made), lambda one: one["status"] == "Failed")
    assert ended["fault"] == "platform"


def test_an_upload_that_nobody_used_is_removed(stack: DeployedStack, ada: Client, send: Any, sweep: Any) -> None:
    upload = send(ada, builders.submission())
    sweep((f"UPLOAD#{upload}", "UPLOAD"))
    place = {"Bucket": stack.outputs["FilesBucket"], "Prefix": f"uploads/{upload}"}
    eventually(lambda: stack.aws("s3").list_objects_v2(**place)["KeyCount"], lambda count: count == 0)


def test_a_message_that_the_tasks_function_gave_up_is_told_and_done_when_it_is_tried_again(
    stack: DeployedStack, organizer: Client, sweep: Any
) -> None:
    id_ = f"dead-{time.time_ns()}"
    body = json.dumps({"version": 1, "task": "notice", "id": id_})
    stack.aws("sqs").send_message(QueueUrl=stack.outputs["TasksDeadQueueUrl"], MessageBody=body)

    def told() -> list[str]:
        return [one["id"] for one in organizer.sweep_failures() if one["item"] == f"notice {id_}"]

    sweep()
    # The sweeper that runs each minute may have it, and write it down yet.
    (failure,) = eventually(told, bool)
    organizer.retry_failure(failure)
    sweep((f"FAILURE#{failure}", "FAILURE"))
    eventually(told, lambda left: left == [])


def test_the_site_is_well_and_says_how_old_its_last_sweep_is(stack: DeployedStack, sweep: Any) -> None:
    sweep()
    # What a process has seen it tells for ten seconds.
    answer = eventually(
        lambda: stack.call("GET", "/health"), lambda one: (one.json().get("seconds_since_sweep") or 999) < 90
    )
    assert answer.status_code == 200
    assert all(answer.json()[part] for part in ("table", "files", "runs", "tasks", "accounts"))
