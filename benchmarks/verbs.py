"""What warm verbs of the API take of a processor, beside bare boto3 that makes the same calls.

A verb is called as Lambda does, in this process, on a deployed stack, and what it asks of AWS is noted on the way. Then it
is called again and bare boto3, as it comes, asks the same, in turn: both are given the answers that were noted, at once.
Only this process is measured: AWS is others.
"""

import hashlib
import json
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import boto3
import httpx

from agon import archive, config
from agon.local.stack import Stack
from benchmarks import local
from benchmarks.budget import as_a_function
from benchmarks.relay import Asked, Relay
from benchmarks.report import show

ROUNDS, REPETITIONS, WARM = 30, 3, 12
#: At most so much of what bare boto3 takes.
MOST = 1.2
#: And of what comes most often.
MOST_OF = {"submissions_submit": 1.0, "runner_heartbeat": 1.0}
_SERVICES = {"DynamoDB_20120810": "dynamodb", "AmazonSQS": "sqs"}
_OF_OBJECTS = {"GET": "get_object", "HEAD": "head_object"}


class Verbs:
    """The API's function in this process, and bare boto3 beside it."""

    def __init__(self, relay: Relay) -> None:
        from chalice.test import Client

        import app
        from chalicelib import routes
        from chalicelib.actions.people import accounts

        accounts.SIGNED_OUT_WITHIN = timedelta(hours=1)
        self._relay, self._handler = relay, app.app
        self._gateway = Client(app.app, stage_name="aws", project_dir=str(config.SOURCE)).http._local_gateway
        self._names = {e.name: (e.method, e.path) for e in routes.endpoints()}
        self._bare = {name: boto3.client(name, endpoint_url=relay.address) for name in ("dynamodb", "s3", "sqs")}
        self.seconds: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.calls: dict[str, list[str]] = {}

    def call(self, name: str, bearer: str | None, body: Any = None, label: str = "", **ids: str) -> Any:
        """Call the route of this name, then have bare boto3 do the same; its answer."""
        method, path = self._names[name]
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        sent = b"" if body is None else json.dumps(body).encode()
        event = self._gateway._generate_lambda_event(method, path.format(**ids), headers, sent)
        context = self._gateway._generate_lambda_context()
        self._relay.noted()
        answer = json.dumps(self._handler(event, context))
        calls, told = self._relay.noted(), json.loads(answer)
        if told["statusCode"] >= 400:
            raise SystemExit(f"{name}: {told['body']}")
        asked = [_as_boto3(one, self._bare) for one in calls]
        self.calls[label or name] = [what for what, _ in asked]
        for _ in range(REPETITIONS):
            ours, again = self._measured(calls, lambda: json.dumps(self._handler(event, context)))
            made = self._relay.noted()
            theirs, _ = self._measured(calls, lambda: [ask() for _, ask in asked])
            # Once in a while a call counts those before it, or looks whether somebody has signed out.
            if [_called(one) for one in made] == [_called(one) for one in calls] and json.loads(again)["statusCode"] < 400:
                self.seconds[label or name].append((ours, theirs))
        self._relay.answer_again([])
        return json.loads(told["body"]) if told["body"] else None

    def _measured(self, calls: list[Asked], verb: Callable[[], Any]) -> tuple[float, Any]:
        self._relay.noted()
        self._relay.answer_again(calls)
        with open(os.devnull, "w") as log, redirect_stdout(log):
            return _timed(verb)


def _timed(verb: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = verb()
    return time.process_time() - began, result


def _called(call: Asked) -> tuple[str, str | None]:
    return call.method, {name.lower(): value for name, value in call.headers.items()}.get("x-amz-target")


def _as_boto3(call: Asked, clients: dict[str, Any]) -> tuple[str, Callable[[], Any]]:
    """A call by its name, and as boto3 makes it."""
    _, target = _called(call)
    if target:
        service, _, operation = target.partition(".")
        arguments = json.loads(call.body)
        return operation, lambda: clients[_SERVICES[service]]._make_api_call(operation, arguments)
    bucket, key = _place(call.path)
    verb = getattr(clients["s3"], _OF_OBJECTS[call.method])

    def ask() -> None:
        answer = verb(Bucket=bucket, Key=key)
        if call.method == "GET":
            answer["Body"].read()

    return _OF_OBJECTS[call.method], ask


def _place(path: str) -> tuple[str, str]:
    bucket, _, key = unquote(urlsplit(path).path).lstrip("/").partition("/")
    return bucket, key


def main() -> None:
    """Play the rounds, show the medians, and stop with an error when a verb took too much."""
    with local.stack() as stack, as_a_function(stack):
        relay = Relay(stack.aws.endpoint)
        # As it is deployed: what is measured by metrics is told at the end of each call.
        os.environ |= {"AWS_ENDPOINT_URL": relay.address, "POWERTOOLS_METRICS_DISABLED": "false"}
        try:
            verbs = Verbs(relay)
            _play(verbs, stack)
        finally:
            relay.stop()
    rows, result, over = [], {}, []
    for name, pairs in verbs.seconds.items():
        ours, theirs = (statistics.median(column) for column in zip(*pairs[WARM:], strict=True))
        ratio = statistics.median(one / other for one, other in pairs[WARM:])
        result[name] = {"cpu_ms": round(ours * 1000, 2), "bare_cpu_ms": round(theirs * 1000, 2), "ratio": round(ratio, 2)}
        calls = ", ".join(verbs.calls[name])
        most = MOST_OF.get(name, MOST)
        rows.append((name, ours * 1000, theirs * 1000, f"{ratio:.2f}", f"{most:.1f}", calls))
        if ratio > most:
            over.append(name)
    title = f"CPU of a warm verb, median of {ROUNDS * REPETITIONS - WARM}"
    show(title, ("verb", "Agon (ms)", "bare boto3 (ms)", "ratio", "at most", "calls of AWS"), rows, result)
    if over:
        raise SystemExit(f"More than is allowed: {', '.join(over)}")


def _play(verbs: Verbs, stack: Stack) -> None:
    organizer, ada = stack.client(local.ORGANIZER, "organizer"), stack.client("ada")
    competition = local.competition(organizer)
    where, phase = {"competition": competition["id"]}, {"phase": competition["phases"][0]["id"]}
    ada.join(competition["id"])
    token = str(ada.http.session.access_token)
    runner = verbs.call("queues_create", str(organizer.http.session.access_token), {"name": "verbs"}, queue="default")[
        "token"
    ]
    with archive.packed(local.EXAMPLE / "submissions" / "majority") as packed:
        content = packed.read_bytes()
    body = {
        "purpose": "submission",
        "filename": "a.zip",
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    for _ in range(ROUNDS):
        begun = verbs.call("uploads_begin", token, body)
        httpx.post(begun["post"]["url"], data=begun["post"]["fields"], files={"file": content}).raise_for_status()
        verbs.call("uploads_commit", token, {"parts": []}, upload=begun["id"])
        submission = verbs.call("submissions_submit", token, {"upload": begun["id"]}, **phase)["id"]
        job = verbs.call("runner_claim", runner, {"runner": "verbs"}, submission=submission)
        attempt = {"submission": job["submission"]}
        verbs.call("runner_heartbeat", job["token"], {"step": "scoring"}, **attempt)
        scores = {"accuracy": 0.5, "balanced_accuracy": 0.5}
        verbs.call("runner_finish", job["token"], {"scores": scores}, **attempt)
        verbs.call("competitions_show", token, **where)
        verbs.call("competitions_show", None, label="competitions_show (anybody)", **where)
        verbs.call("leaderboards_read", None, **phase)
        verbs.call("submissions_show", token, **attempt)
    verbs.seconds.pop("queues_create", None)


if __name__ == "__main__":
    main()
