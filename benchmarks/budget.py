"""What each API verb consumes: AWS calls and DynamoDB capacity units. The verbs run in this process, on a deployed stack."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from agon import archive, config
from agon.local import ministack
from agon.local.stack import Stack
from benchmarks import local
from benchmarks.counting import Count, Counter
from benchmarks.report import show

#: The budget: at most so many AWS calls per verb.
LIMITS = {"submissions_submit": 3, "runner_claim": 3, "runner_finish": 3, "leaderboards_read": 2, "sharing_list_all": 3}
#: And at most so many write units.
WRITE_LIMITS = {"runner_heartbeat": 3}


class Verbs:
    """The API in this process, each call counted under its route's name."""

    def __init__(self) -> None:
        from chalice.test import Client

        import app
        from chalicelib import routes

        self._client = Client(app.app, stage_name="aws", project_dir=str(config.SOURCE))
        self._names = {(e.method, e.path): e.name for e in routes.endpoints()}
        self._counter = Counter()
        self.counts: dict[str, Count] = {}
        #: Put after the names under which calls are counted.
        self.variant = ""

    def call(self, name: str, bearer: str | None, body: Any = None, **ids: str) -> Any:
        """Call the route of this name; its answer."""
        method, path = next(where for where, known in self._names.items() if known == name)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        sent = b"" if body is None else json.dumps(body).encode()
        with self._counter.counting() as count:
            response = self._client.http.request(method, path.format(**ids), headers=headers, body=sent)
        if response.status_code >= 400:
            raise SystemExit(f"{name}: {response.body.decode()}")
        name += self.variant
        self.counts[name] = max(count, self.counts.get(name, count), key=_weight)
        return json.loads(response.body)


def _weight(count: Count) -> tuple[int, float]:
    """Of a verb that was called several times the dearest call is shown."""
    return count.calls, count.read_units + count.write_units


def main() -> None:
    """Play the demo's story verb by verb."""
    with local.stack() as stack, as_a_function(stack):
        verbs = Verbs()
        _play(verbs, stack)
    result = {
        name: {"calls": one.calls, "read_units": one.read_units, "write_units": one.write_units}
        for name, one in verbs.counts.items()
    }
    rows = [
        (name, one.calls, LIMITS.get(name, ""), one.read_units, one.write_units, ", ".join(one.names))
        for name, one in verbs.counts.items()
    ]
    show("What a verb consumes", ("verb", "calls", "at most", "read units", "write units", "which calls"), rows, result)
    over = [name for name, limit in LIMITS.items() if verbs.counts[name].calls > limit]
    over += [name for name, limit in WRITE_LIMITS.items() if verbs.counts[name].write_units > limit]
    if over:
        raise SystemExit(f"Over budget: {', '.join(over)}")


def _play(verbs: Verbs, stack: Stack) -> None:
    organizer = _token(stack, local.ORGANIZER, "organizer")
    ada = _token(stack, "ada")
    verbs.call("accounts_me", ada)
    competition = local.competition(stack.client(local.ORGANIZER, "organizer"))
    where, phase = {"competition": competition["id"]}, {"phase": competition["phases"][0]["id"]}
    verbs.call("competitions_list_all", None)
    verbs.call("competitions_show", None, **where)
    verbs.call("competitions_show", ada, **where)
    verbs.call("competitions_show_page", ada, index="0", **where)
    verbs.call("participants_join", ada, {"accept_terms": True}, **where)
    verbs.call("phases_handouts", ada, **phase)
    runner = verbs.call("queues_create", organizer, {"name": "budget"}, queue="default")["token"]
    verbs.call("runner_session", runner, {"protocol": 1, "runner": "budget"})
    for _ in range(2):
        job = _run(verbs, ada, runner, phase)
    verbs.call("submissions_show", ada, submission=job["submission"])
    verbs.call("submissions_files", ada, submission=job["submission"])
    verbs.call("submissions_list_all", ada, **phase)
    shared = {"submission": job["submission"]}
    verbs.call("submissions_describe", ada, {"public": True, "licence": "MIT"}, **shared)
    verbs.call("sharing_list_all", None, **phase)
    verbs.call("sharing_show", organizer, **shared)
    verbs.call("sharing_fetch", organizer, **shared)
    verbs.call("sharing_like", organizer, **shared)
    _wait_for_board(verbs, phase)
    verbs.call("leaderboards_read", None, **phase)
    token = verbs.call("tokens_create", ada, {"name": "budget"})
    verbs.call("tokens_list_all", ada)
    verbs.call("tokens_revoke", ada, token=token["id"])
    _play_as_a_team(verbs, stack, ada, runner, {**where, **phase})


def _play_as_a_team(verbs: Verbs, stack: Stack, ada: str, runner: str, ids: dict[str, str]) -> None:
    """The same once more for a team, counted apart."""
    competition, phase = ids["competition"], {"phase": ids["phase"]}
    with stack.client(local.ORGANIZER, "organizer") as organizer:
        revision = organizer.settings(competition)["revision"]
        organizer.change_settings(
            competition, "", {"agon": {"enable_teams": True, "require_team_approval": False}}, revision
        )
    verbs.variant = " (a team)"
    verbs.call("teams_make", ada, {"name": "Counters"}, competition=competition)
    for _ in range(2):
        job = _run(verbs, ada, runner, phase)
    verbs.call("submissions_show", ada, submission=job["submission"])
    verbs.variant = ""


def _run(verbs: Verbs, ada: str, runner: str, phase: dict[str, str]) -> dict[str, Any]:
    submission = {"submission": _submit(verbs, ada, phase)}
    job = verbs.call("runner_claim", runner, {"runner": "budget"}, **submission)
    verbs.call("runner_heartbeat", job["token"], {"step": "scoring"}, **submission)
    scores = {"accuracy": 0.5, "balanced_accuracy": 0.5}
    verbs.call("runner_finish", job["token"], {"scores": scores}, **submission)
    given_back = {"submission": _submit(verbs, ada, phase)}
    aborted = verbs.call("runner_claim", runner, {"runner": "budget"}, **given_back)
    verbs.call("runner_abort", aborted["token"], {"reason": "Only counting."}, **given_back)
    verbs.call("submissions_cancel", ada, **given_back)
    return job


def _submit(verbs: Verbs, ada: str, phase: dict[str, str]) -> str:
    with archive.packed(local.EXAMPLE / "submissions" / "majority") as packed:
        content = packed.read_bytes()
    body = {"purpose": "submission", "filename": "a.zip", "size_bytes": len(content), "sha256": _sha256(content)}
    begun = verbs.call("uploads_begin", ada, body)
    sent = httpx.post(begun["post"]["url"], data=begun["post"]["fields"], files={"file": content})
    sent.raise_for_status()
    verbs.call("uploads_commit", ada, {"parts": []}, upload=begun["id"])
    return str(verbs.call("submissions_submit", ada, {"upload": begun["id"]}, **phase)["id"])


def _wait_for_board(verbs: Verbs, phase: dict[str, str]) -> None:
    for _ in range(600):
        if verbs.call("leaderboards_read", None, **phase)["rows"]:
            return
        time.sleep(0.05)
    raise SystemExit("The board was not rebuilt.")


@contextmanager
def as_a_function(stack: Stack) -> Iterator[None]:
    """The environment that the stack gives to its API function, for this process."""
    described = stack.aws.client("lambda").get_function_configuration(FunctionName=stack.outputs["APIHandlerName"])
    machine = {
        "AWS_ENDPOINT_URL": stack.aws.endpoint,
        "AWS_REGION": stack.aws.region,
        "AWS_DEFAULT_REGION": stack.aws.region,
        "AWS_ACCESS_KEY_ID": ministack.ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ministack.ROOT_SECRET,
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    os.environ.update({**described["Environment"]["Variables"], **machine, "POWERTOOLS_LOG_LEVEL": "ERROR"})
    yield


def _token(stack: Stack, username: str, role: str = "participant") -> str:
    return str(stack.client(username, role).http.session.access_token)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
