"""One id, from a participant's call to the runner's log and back, found in the log of everything that worked for it."""

import secrets
from typing import Any

from agon.client import Client
from tests import builders
from tests.stack import DeployedStack, eventually


def test_what_a_submission_caused_is_found_by_the_id_of_its_call(
    runner: DeployedStack, ada: Client, compete: Any, send: Any
) -> None:
    score = "open('/app/output/scores.json', 'w').write('{\"accuracy\": 1}')"
    phase = compete(ada, files={"scoring_program/score.py": score})["phases"][0]["id"]
    request = secrets.token_hex(16)
    upload = send(ada, builders.submission())
    made = ada.http.response(
        "POST", f"/phases/{phase}/submissions", {"upload": upload}, headers={"Agon-Request-Id": request}
    )
    assert made.headers["agon-request-id"] == request
    ada.wait_for_submission(made.json()["id"])
    logs = runner.aws("logs")

    def named_in(function: str) -> str:
        found = logs.filter_log_events(logGroupName=f"/aws/lambda/agon-{function}", filterPattern=f'"{request}"')
        return "\n".join(event["message"] for event in found["events"])

    api = eventually(lambda: named_in("APIHandler"), lambda told: "submission ended" in told)
    assert "submission taken" in api and "submission claimed" in api
    # The board is made anew for it, some seconds later.
    eventually(lambda: named_in("OnTask"), lambda told: "BoardLagSeconds" in told)

    def own() -> str:
        told = runner.local.state.log("runner").read_text().splitlines()
        return "\n".join(line for line in told if line.endswith(f" [{request}]"))

    assert "claimed, attempt 1" in eventually(own, lambda told: "Finished" in told)
