"""What each API verb consumes: AWS calls and DynamoDB capacity units. The verbs run in this process, on a deployed stack."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
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
LIMITS |= {"participants_join": 3}
LIMITS |= {"threads_reply": 3, "threads_show": 2, "threads_list_all": 2, "threads_search": 2, "inbox_read": 1}
LIMITS |= {"participants_list_all": 5, "guests_invite": 4, "guests_list_mine": 2}
LIMITS |= {"organizations_invite": 7, "invitations_list_mine": 3, "invitations_accept": 3, "groups_assign": 5}
LIMITS |= {"organizers_appoint": 4, "organizers_accept": 2, "preferences_show": 1, "preferences_choose": 2}
LIMITS |= {"webhooks_create": 3, "webhooks_list_all": 2, "competitions_list_all (a search)": 2}
#: The first of a process, which asks for the app client's secret. Three are for the session's row.
LIMITS |= {"accounts_sign_in": 12}
#: And at most so many write units.
WRITE_LIMITS = {"runner_heartbeat": 3}


class Verbs:
    """The API in this process, each call counted under its route's name."""

    def __init__(self) -> None:
        from chalice.test import Client

        import app
        from chalicelib import routes
        from chalicelib.actions.people import accounts

        # A process looks every ten seconds whether somebody has signed out: what a verb costs must not depend on the clock.
        accounts.SIGNED_OUT_WITHIN = timedelta(hours=1)
        self._client = Client(app.app, stage_name="aws", project_dir=str(config.SOURCE))
        self._names = {(e.method, e.path): e.name for e in routes.endpoints()}
        self._counter = Counter()
        self.counts: dict[str, Count] = {}
        #: Seconds of this process's CPU: the least of a verb's calls, since the first of a process reads modules, too.
        self.cpu_seconds: dict[str, float] = {}
        #: Put after the names under which calls are counted.
        self.variant = ""

    def call(self, name: str, bearer: str | None, body: Any = None, query: str = "", **ids: str) -> Any:
        """Call the route of this name, with a query such as "?page=2"; its answer."""
        method, path = next(where for where, known in self._names.items() if known == name)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        sent = b"" if body is None else json.dumps(body).encode()
        with self.counting(name + self.variant):
            response = self._client.http.request(method, path.format(**ids) + query, headers=headers, body=sent)
        if response.status_code >= 400:
            raise SystemExit(f"{name}: {response.body.decode()}")
        return json.loads(response.body)

    @contextmanager
    def counting(self, name: str) -> Iterator[None]:
        """Count what the block does under this name."""
        began = time.process_time()
        with self._counter.counting() as count:
            yield
        took = time.process_time() - began
        self.counts[name] = max(count, self.counts.get(name, count), key=_weight)
        self.cpu_seconds[name] = min(took, self.cpu_seconds.get(name, took))


def _weight(count: Count) -> tuple[int, float]:
    """Of a verb that was called several times the dearest call is shown."""
    return count.calls, count.read_units + count.write_units


def main() -> None:
    """Play it, show what each verb took, and stop with an error when one took too much."""
    with local.stack() as stack, as_a_function(stack):
        local.trust_this_process(stack)
        verbs = Verbs()
        play(verbs, stack)
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


def play(verbs: Verbs, stack: Stack) -> str:
    """A whole competition, verb by verb. Returns the id of its phase."""
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
    _play_in_the_forum(verbs, ada, where)
    verbs.call("leaderboards_read", None, **phase)
    token = verbs.call("tokens_create", ada, {"name": "budget"})
    verbs.call("tokens_list_all", ada)
    verbs.call("tokens_revoke", ada, token=token["id"])
    _play_as_a_team(verbs, stack, ada, runner, {**where, **phase})
    _play_with_people(verbs, stack, {"organizer": organizer, "ada": ada}, where)
    return phase["phase"]


def _play_in_the_forum(verbs: Verbs, ada: str, where: dict[str, str]) -> None:
    """A thread, a reply that names somebody, and all that is read of them."""
    words = {"title": "How is it scored?", "text": "By accuracy?"}
    thread = {**where, "thread": verbs.call("threads_begin", ada, words, **where)["thread"]}
    for _ in range(2):
        verbs.call("threads_reply", ada, {"text": "As @organizer says, by accuracy."}, **thread)
    verbs.call("threads_show", ada, **thread)
    verbs.call("threads_list_all", ada, **where)
    verbs.call("threads_search", ada, **where, query="?search=accuracy")
    verbs.call("inbox_read", ada)
    verbs.call("inbox_list_announcements", ada)


def _play_with_people(verbs: Verbs, stack: Stack, tokens: dict[str, str], where: dict[str, str]) -> None:
    """Who takes part, who runs it, who is invited, who is mailed, and which programs hear of it."""
    organizer, ada = tokens["organizer"], tokens["ada"]
    verbs.call("participants_list_all", organizer, **where)
    verbs.call("guests_invite", organizer, {"addresses": ["guest@example.org"]}, **where)
    verbs.call("guests_list_mine", ada)
    verbs.call("organizers_appoint", organizer, {"username": "ada", "role": "viewer"}, **where)
    verbs.call("organizers_accept", ada, {"role": "viewer"}, **where)
    verbs.call("preferences_show", ada)
    verbs.call("preferences_choose", ada, {"kinds": {"finished": True}})
    hook = {"url": "http://127.0.0.1:9/agon", "events": ["submission.finished"]}
    verbs.call("webhooks_create", organizer, hook, **where)
    verbs.call("webhooks_list_all", organizer, **where)
    with stack.client(local.ORGANIZER, "organizer") as client:
        revision = client.settings(where["competition"])["revision"]
        groups = {"agon": {"groups": [{"key": "students", "title": "Students"}]}}
        client.change_settings(where["competition"], "", groups, revision)
    assigned = {"group": "students", "participants": [verbs.call("accounts_me", ada)["id"]]}
    verbs.call("groups_assign", organizer, assigned, **where)
    house = verbs.call("organizations_make", ada, {"name": "Night House"})
    asked = {"username": local.ORGANIZER, "role": "member"}
    invitation = verbs.call("organizations_invite", ada, asked, organization=house["id"])
    verbs.call("invitations_list_mine", organizer)
    verbs.call("invitations_accept", organizer, invitation=invitation["id"])
    verbs.variant = " (a search)"
    verbs.call("competitions_list_all", None, query="?search=iris")
    verbs.variant = ""
    verbs.call("accounts_sign_in", None, {"username": "ada", "password": stack.state.get("accounts")["ada"]["password"]})


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
