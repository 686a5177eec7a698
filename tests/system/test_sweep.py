"""The deployed sweeper has every right that it needs, and looks after what is due."""

import json
import time
from typing import Any

from agon.client import Client
from tests import builders
from tests.stack import DeployedStack, eventually


def test_a_job_whose_runner_fell_silent_is_given_to_another(
    stack: DeployedStack, ada: Client, organizer: Client, compete: Any, send: Any, resting: Any, sweep: Any
) -> None:
    phase = compete(ada)["phases"][0]["id"]
    token = organizer.create_runner_token("default", "silent", 1)["token"]
    with resting():
        made = ada.submit(phase, send(ada, builders.submission()))
        claim = f"/runner/jobs/{made['id']}/claim"
        for attempt in (1, 2, 3):
            claimed = stack.call("POST", claim, token, {"runner": "silent"})
            assert (claimed.status_code, claimed.json().get("attempt")) == (200, attempt)
            sweep((f"SUBMISSION#{made['id']}", "LEASE"))
        ended = ada.submission(made["id"])
    assert (ended["status"], ended["fault"]) == ("Failed", "platform")


def test_an_upload_that_nobody_used_is_removed(stack: DeployedStack, ada: Client, send: Any, sweep: Any) -> None:
    upload = send(ada, builders.submission())
    sweep((f"UPLOAD#{upload}", "UPLOAD"))
    found = stack.aws("s3").list_objects_v2(Bucket=stack.outputs["FilesBucket"], Prefix=f"uploads/{upload}")
    assert found["KeyCount"] == 0


def test_a_message_that_the_tasks_function_gave_up_is_told_and_done_when_it_is_tried_again(
    stack: DeployedStack, organizer: Client, sweep: Any
) -> None:
    id_ = f"dead-{time.time_ns()}"
    body = json.dumps({"version": 1, "task": "notice", "id": id_})
    stack.aws("sqs").send_message(QueueUrl=stack.outputs["TasksDeadQueueUrl"], MessageBody=body)

    def told() -> list[str]:
        return [one["id"] for one in organizer.sweep_failures() if one["item"] == f"notice {id_}"]

    # The sweeper that runs each minute may have been faster.
    sweep()
    (failure,) = told()
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
