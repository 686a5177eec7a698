"""Who may call what: one table of every route, and every role tried on each that it may not call."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib import routes
from tests import builders, judged
from tests.api.conftest import Answer, Person, Site

ANONYMOUS, STRANGER, APPLICANT, OTHER = "anonymous", "stranger", "applicant", "another participant"
PARTICIPANT, MATE, JUROR, ORGANIZER, ADMIN = "participant", "team mate", "juror", "organizer", "administrator"
#: `participant` has the submission, the dataset, the queue and so on that the paths name, and leads the team for which the
#: submission was made; `team mate` is in that team; `organizer` made the competition.
ROLES = (ANONYMOUS, STRANGER, APPLICANT, OTHER, PARTICIPANT, MATE, JUROR, ORGANIZER, ADMIN)

EVERYBODY = frozenset(ROLES)
ACCOUNTS = EVERYBODY - {ANONYMOUS}
#: Who takes part, or could try the competition out.
MEMBERS = frozenset({OTHER, PARTICIPANT, MATE, ORGANIZER, ADMIN})
ORGANIZERS = frozenset({ORGANIZER, ADMIN})
#: Of a submission.
ITS_PEOPLE = frozenset({PARTICIPANT, MATE, ORGANIZER, ADMIN})
#: Who can be in a team, and who decides about one.
COMPETITORS = frozenset({OTHER, PARTICIPANT, MATE})
LEADERS = frozenset({PARTICIPANT, ORGANIZER, ADMIN})
#: Of what belongs to an account and not to a competition.
OWNER = frozenset({PARTICIPANT})
OWNER_OR_ADMIN = frozenset({PARTICIPANT, ADMIN})
ADMINS = frozenset({ADMIN})
#: Who judges is invited; to organize is not enough.
JURORS = frozenset({JUROR})
#: Runners have tokens of their own, and no account helps there.
NOBODY: frozenset[str] = frozenset()

VERBS = ("claim", "heartbeat", "uploads", "finish", "abort", "release", "released")
_COMPETITION, _SETTINGS = "/v1/competitions/{competition}", "/v1/competitions/{competition}/settings"
_TEAMS, _TEAM = f"{_COMPETITION}/teams", f"{_COMPETITION}/teams/{{team}}"
_COLUMNS = f"{_SETTINGS}/leaderboards/{{index}}/columns"
RIGHTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "POST /v1/accounts", "POST /v1/accounts/confirm", "POST /v1/accounts/resend", "POST /v1/sessions",
            "POST /v1/accounts/password/forgot", "POST /v1/accounts/password/reset", "POST /v1/sessions/refresh",
            "GET /v1/competitions", f"GET {_COMPETITION}", f"GET {_COMPETITION}/pages/{{index}}",
            f"GET {_COMPETITION}/assets", "GET /v1/phases/{phase}/leaderboards", "GET /v1/phases/{phase}/leaderboard",
            "GET /v1/phases/{phase}/participants/{username}/rank", "GET /v1/phases/{phase}/participants/{username}/history",
            "GET /v1/phases/{phase}/teams/{team}/rank", "GET /v1/phases/{phase}/teams/{team}/history", f"GET {_TEAM}",
            "GET /v1/submissions/{submission}/detailed-results",
            "GET /v1/phases/{phase}/shared", "GET /v1/shared/{submission}", "GET /v1/site", "GET /v1/openapi.json",
        ),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "POST /v1/sessions/end", "GET /v1/me", "POST /v1/tokens", "GET /v1/tokens", "POST /v1/uploads",
            "GET /v1/datasets", "GET /v1/tasks", "GET /v1/queues", "POST /v1/queues", "POST /v1/bundles/check",
            f"POST {_COMPETITION}/participants",
            # Of each submission it is told by itself what one may not do to it.
            "POST /v1/phases/{phase}/submissions/cancel", "POST /v1/phases/{phase}/submissions/delete",
            # Whose the files are that a new task names is told as a complaint about the body.
            "POST /v1/tasks", "GET /v1/juries", "POST /v1/shared/{submission}/download",
        ),
        ACCOUNTS,
    ),
    **dict.fromkeys(
        (
            f"POST {_COMPETITION}/publish", f"POST {_COMPETITION}/unpublish", f"GET {_SETTINGS}", f"PATCH {_SETTINGS}",
            f"PATCH {_COMPETITION}/terms", f"PATCH {_COMPETITION}/logo", f"POST {_SETTINGS}/{{part}}",
            f"PATCH {_SETTINGS}/{{part}}/{{index}}", f"DELETE {_SETTINGS}/{{part}}/{{index}}", f"POST {_COLUMNS}",
            f"PATCH {_COLUMNS}/{{column}}", f"DELETE {_COLUMNS}/{{column}}", f"POST {_COMPETITION}/dumps",
            f"GET {_COMPETITION}/dumps", f"POST {_COMPETITION}/clone", f"GET {_COMPETITION}/bundles",
            f"POST {_COMPETITION}/bundles", f"GET {_COMPETITION}/participants",
            f"PATCH {_COMPETITION}/participants/{{user}}", f"POST {_COMPETITION}/solutions/{{index}}/run",
            "POST /v1/phases/{phase}/parcels", "GET /v1/phases/{phase}/parcels", "GET /v1/phases/{phase}/parcels/{parcel}",
            "POST /v1/phases/{phase}/determinism", "GET /v1/phases/{phase}/determinism",
            "GET /v1/phases/{phase}/migration", "POST /v1/phases/{phase}/migration",
            "POST /v1/phases/{phase}/leaderboard/exports", "PATCH /v1/submissions/{submission}/marks",
            "PATCH /v1/submissions/{submission}/scores", "GET /v1/phases/{phase}/deeds",
            "POST /v1/submissions/{submission}/start", "POST /v1/submissions/{submission}/rerun",
            *(f"POST /v1/phases/{{phase}}/submissions/{verb}" for verb in ("rerun", "start", "fail")),
            "POST /v1/phases/{phase}/rerun", "GET /v1/phases/{phase}/jobs",
            "POST /v1/submissions/{submission}/fail", "POST /v1/submissions/{submission}/restore",
            f"POST {_COMPETITION}/registry", f"GET {_COMPETITION}/registry",
            f"DELETE {_COMPETITION}/registry",
            f"POST {_COMPETITION}/jurors", f"GET {_COMPETITION}/jurors", f"PATCH {_COMPETITION}/jurors/{{user}}",
            f"DELETE {_COMPETITION}/jurors/{{user}}", "GET /v1/phases/{phase}/judging",
            "POST /v1/phases/{phase}/judging/publish", "POST /v1/phases/{phase}/judging/unpublish",
            f"GET {_TEAMS}", f"PATCH {_TEAM}", f"POST {_TEAM}/members",
        ),
        ORGANIZERS,
    ),
    **dict.fromkeys(
        (
            "GET /v1/phases/{phase}/judging/next", "GET /v1/phases/{phase}/judging/judgements", "GET /v1/judging/{case}",
            "POST /v1/judging/{case}", "POST /v1/judging/{case}/pass",
        ),
        JURORS,
    ),
    **dict.fromkeys((f"POST {_TEAMS}", f"POST {_TEAMS}/join"), COMPETITORS),
    **dict.fromkeys(
        (f"DELETE {_TEAM}", f"POST {_TEAM}/leader", f"POST {_TEAM}/code", f"DELETE {_TEAM}/members/{{user}}"), LEADERS
    ),
    "GET /v1/phases/{phase}/handouts": MEMBERS,
    # Nobody likes their own, nor their team's.
    **dict.fromkeys(
        ("POST /v1/shared/{submission}/like", "DELETE /v1/shared/{submission}/like"), ACCOUNTS - {PARTICIPANT, MATE}
    ),
    **dict.fromkeys(("GET /v1/phases/{phase}/quota", "POST /v1/phases/{phase}/submissions"), MEMBERS - {ADMIN}),
    # Everybody who can see the phase has a list there, of their own submissions.
    "GET /v1/phases/{phase}/submissions": ACCOUNTS,
    **dict.fromkeys(
        (
            "GET /v1/submissions/{submission}", "GET /v1/submissions/{submission}/files",
            "GET /v1/submissions/{submission}/logs", "GET /v1/submissions/{submission}/attempts",
            "PATCH /v1/submissions/{submission}", "DELETE /v1/submissions/{submission}",
            "POST /v1/submissions/{submission}/cancel",
            "POST /v1/submissions/{submission}/leaderboard", "DELETE /v1/submissions/{submission}/leaderboard",
        ),
        ITS_PEOPLE,
    ),
    **dict.fromkeys(
        (
            "POST /v1/uploads/{upload}/commit", "DELETE /v1/uploads/{upload}", "GET /v1/imports/{import_id}",
            "DELETE /v1/tokens/{token}", "POST /v1/datasets", "POST /v1/tasks/bundle",
            "POST /v1/competitions",
        ),
        OWNER,
    ),
    **dict.fromkeys(
        (
            "GET /v1/datasets/{dataset}", "GET /v1/datasets/{dataset}/file", "PATCH /v1/datasets/{dataset}",
            "DELETE /v1/datasets/{dataset}", "GET /v1/tasks/{task}", "PATCH /v1/tasks/{task}", "DELETE /v1/tasks/{task}",
            "GET /v1/queues/{queue}", "PATCH /v1/queues/{queue}", "DELETE /v1/queues/{queue}",
            "POST /v1/queues/{queue}/tokens", "GET /v1/queues/{queue}/tokens", "DELETE /v1/queues/{queue}/tokens/{token}",
            "POST /v1/queues/{queue}/registry", "GET /v1/queues/{queue}/registry", "DELETE /v1/queues/{queue}/registry",
        ),
        OWNER_OR_ADMIN,
    ),
    f"GET {_COMPETITION}/dumps/{{dump}}": ORGANIZERS,
    "PATCH /v1/site": ADMINS,
    "GET /v1/site/failures": ADMINS,
    "POST /v1/site/failures/{failure}/retry": ADMINS,
    # Who owns the queue, which here is the site's own.
    "POST /v1/submissions/{submission}/release": ADMINS,
    **dict.fromkeys(
        (
            "POST /v1/runner/session", "POST /v1/runner/presence",
            *(f"POST /v1/runner/jobs/{{submission}}/{verb}" for verb in VERBS),
        ),
        NOBODY,
    ),
}  # fmt: skip


#: A body of each kind that is good enough to be judged by who sends it. Ids in braces are the world's.
BODIES: dict[str, Any] = {
    "Abort": {"reason": "No."},
    "BeginUpload": {"purpose": "dataset", "filename": "a.zip", "size_bytes": 1, "sha256": "0" * 64},
    "BundleUpload": {"upload": "{upload}"},
    "ChangeDataset": {"name": "Taken"},
    "ChangeJuror": {"status": "excluded"},
    "ChangeQueue": {"name": "Taken"},
    "ChangeTask": {"name": "Taken"},
    "CheckDeterminism": {"top": 1},
    "CheckBundle": {"manifest": "version: 2"},
    "Claim": {"runner": "r"},
    "Clone": {"title": "Taken"},
    "CommitUpload": {"parts": []},
    "Decide": {"status": "denied"},
    "EditScores": {"scores": {"accuracy": 1}, "reason": "For fun."},
    "Export": {"format": "csv"},
    "Finish": {"scores": {"accuracy": 1}},
    "Heartbeat": {"step": "scoring"},
    "ChangeSubmission": {"name": "Taken"},
    "Release": {"runner": "r", "attempt": 1},
    "Released": {"runner": "r", "attempt": 1},
    "Bulk": {"submissions": ["{submission}"]},
    "BulkFail": {"submissions": ["{submission}"]},
    "Why": {"reason": "No."},
    "Judge": {"marks": {"clarity": 5, "style": 10}},
    "Named": {"username": "ada"},
    "Join": {"accept_terms": True},
    "JoinTeam": {"code": "{code}"},
    "Logo": {"content": "aGVsbG8=", "format": "png"},
    "Mark": {"verified": True},
    "Migrate": {},
    "NewDataset": {"upload": "{upload}", "type": "solution", "name": "Taken"},
    "NewDump": {"form": "light"},
    "NewSubmissionExport": {"submissions": ["{submission}"]},
    "NewQueue": {"name": "Mine"},
    "NewRegistry": {"server": "registry.example", "username": "u", "password": "p"},
    "NewTeam": {"name": "Taken"},
    "NewTask": {"name": "Taken", "files": {"scoring_program": "{dataset}"}},
    "NewToken": {"name": "Taken"},
    "PageText": {"content": "Taken"},
    "Patch": {"title": "Taken", "name": "Taken"},
    "Pause": {"paused": True},
    "Presence": {"runner": "r"},
    "StartSession": {"protocol": 1, "runner": "r"},
    "Submit": {"upload": "{upload}"},
}
#: What the answer to somebody without the right may be. 404 is for what one may not know of.
REFUSALS = (401, 403, 404)
ENDPOINTS = {f"{endpoint.method} {endpoint.path}": endpoint for endpoint in routes.endpoints()}
REFUSED = [(route, role) for route, allowed in RIGHTS.items() for role in ROLES if role not in allowed]
READ = [(route, role) for route, allowed in RIGHTS.items() if route.startswith("GET ") for role in ROLES if role in allowed]


@dataclass
class World:
    """A competition that one has to be let into, its people, and the ids that paths and bodies ask for."""

    site: Site
    people: dict[str, Person | None]
    ids: dict[str, str]

    def call(self, route: str, role: str) -> Answer:
        """Call a route as somebody, with a body of the right kind."""
        method, _, path = route.partition(" ")
        kind = ENDPOINTS[route].body
        body = json.dumps(BODIES[kind.__name__]) if kind else None
        for name, value in self.ids.items():
            path = path.replace(f"{{{name}}}", value)
            body = body and body.replace(f"{{{name}}}", value)
        person = self.people[role]
        headers = {"If_Match": '"1"'} if method in ("PATCH", "DELETE", "POST") else {}
        sent = json.loads(body) if body else None
        return self.site.call(method, path.removeprefix("/v1"), sent, token=person.token if person else None, **headers)


@pytest.fixture(scope="module")
def world(deployed: Site) -> World:
    """Made once: nobody who is refused changes it."""
    deployed.clean()
    people = {
        STRANGER: deployed.person("stan"), APPLICANT: deployed.person("apia"), OTHER: deployed.person("otto"),
        PARTICIPANT: deployed.person("ada"), MATE: deployed.person("mate"), ORGANIZER: deployed.person("olga"),
        JUROR: deployed.person("juno"), ADMIN: deployed.person("root", admin=True),
    }  # fmt: skip
    organizer, ada = people[ORGANIZER], people[PARTICIPANT]
    teams = "enable_detailed_results: true\n"
    teams += "agon: {enable_teams: true, require_team_approval: false, allow_organizer_teams: true}"
    competition = organizer.competition(files=judged.files(auto_approve=False, extra=teams))
    path = f"/competitions/{competition['id']}"
    for role in (APPLICANT, OTHER, PARTICIPANT, MATE):
        assert people[role].join(competition).status < 300
    assert organizer.call("POST", f"{path}/jurors", {"username": "juno"}).status == 201
    for role in (OTHER, PARTICIPANT, MATE):
        assert organizer.call("PATCH", f"{path}/participants/{people[role].id}", {"status": "approved"}).status == 200
    runner, alone = deployed.runner_token(people[ADMIN]), ada.submit(competition).body["id"]
    team = ada.call("POST", f"{path}/teams", {"name": "Owls"}).body
    assert people[MATE].call("POST", f"{path}/teams/join", {"code": team["code"]}).status == 200
    submission = ada.submit(competition).body["id"]
    for made in (alone, submission):
        job = deployed.claim(made, runner).body
        assert deployed.finish(job, {"accuracy": 1.0, "seconds": 1.0}).status == 200
    assert ada.call("PATCH", f"/submissions/{submission}", {"public": True, "licence": "MIT"}).status == 200
    program = ada.upload(builders.archive({"metadata": "command: x"}), "dataset")
    dataset = ada.call("POST", "/datasets", {"name": "Mine", "type": "scoring_program", "upload": program})
    task = ada.call("POST", "/tasks", {"name": "Mine", "files": {"scoring_program": dataset.body["id"]}})
    import_ = ada.call("POST", "/competitions", {"upload": ada.upload(builders.bundle(), "bundle")})
    queue = ada.call("POST", "/queues", BODIES["NewQueue"])
    for owner, place in ((ada, f"/queues/{queue.body['id']}"), (organizer, path)):
        assert owner.call("POST", f"{place}/registry", BODIES["NewRegistry"]).status < 300
    token = ada.call("POST", "/tokens", BODIES["NewToken"])
    dump = organizer.call("POST", f"{path}/dumps", BODIES["NewDump"])
    parcel = organizer.call("POST", f"/phases/{competition['phases'][0]['id']}/parcels", {})
    while deployed.work():
        pass
    phase = f"/phases/{competition['phases'][0]['id']}"
    assert organizer.call("POST", f"{phase}/determinism", BODIES["CheckDeterminism"]).status == 202
    organizer.call("POST", f"/submissions/{submission}/cancel")
    case = people[JUROR].call("GET", f"/phases/{competition['phases'][0]['id']}/judging/next").body["case"]
    # Nothing is shared while a jury judges it.
    over = {"agon": {"judging_end": "2026-01-02T00:00:00Z"}}
    assert organizer.call("PATCH", f"{path}/settings/phases/0", over, If_Match="*").status == 200
    ids = {
        "competition": competition["id"], "phase": competition["phases"][0]["id"], "submission": submission,
        "index": "0", "column": "0", "part": "phases", "user": ada.id, "username": "ada", "token": token.body["id"],
        "dataset": dataset.body["id"], "task": task.body["id"], "queue": queue.body["id"], "dump": dump.body["id"],
        "team": team["id"], "code": team["code"], "parcel": parcel.body["id"],
        "import_id": import_.body["id"], "case": case["id"], "upload": ada.upload(b"PK", "submission", commit=False),
    }  # fmt: skip
    return World(deployed, {ANONYMOUS: None, **people}, ids)


def test_every_route_has_its_row() -> None:
    assert set(RIGHTS) == set(ENDPOINTS)


def test_every_kind_of_body_has_an_example() -> None:
    for endpoint in ENDPOINTS.values():
        is_asked = RIGHTS[f"{endpoint.method} {endpoint.path}"] != EVERYBODY
        assert endpoint.body is None or not is_asked or endpoint.body.__name__ in BODIES, endpoint.path


@pytest.mark.parametrize(("route", "role"), REFUSED, ids=str)
def test_who_has_no_right_is_refused(world: World, route: str, role: str) -> None:
    answer = world.call(route, role)
    assert answer.status in _refusals(route, role), (answer.status, answer.body)
    assert answer.body["detail"]


def _refusals(route: str, role: str) -> tuple[int, ...]:
    if role == ANONYMOUS:
        return (401,)
    # What is no token of an attempt is a stale one.
    return (*REFUSALS, 409) if route.startswith("POST /v1/runner/jobs") else REFUSALS


@pytest.mark.parametrize(("route", "role"), READ, ids=str)
def test_who_has_the_right_may_read(world: World, route: str, role: str) -> None:
    answer = world.call(route, role)
    assert answer.status not in REFUSALS, (answer.status, answer.body)


@pytest.mark.parametrize("role", [STRANGER, APPLICANT, OTHER, PARTICIPANT, ANONYMOUS])
def test_a_draft_is_its_organizers_alone(world: World, role: str) -> None:
    draft = world.people[ORGANIZER].competition(publish=False, title="Draft")
    hidden = World(world.site, world.people, {**world.ids, "competition": draft["id"], "phase": draft["phases"][0]["id"]})
    for route in RIGHTS:
        if route.startswith("GET ") and ("{competition}" in route or "{phase}" in route):
            assert hidden.call(route, role).status in (401, 404), route


@pytest.mark.parametrize(
    ("route", "own"),
    [
        (f"GET {_COMPETITION}/dumps/{{dump}}", {"competition"}),
        (f"PATCH {_COMPETITION}/participants/{{user}}", {"competition"}),
        ("GET /v1/phases/{phase}/parcels/{parcel}", {"phase"}),
        ("GET /v1/phases/{phase}/participants/{username}/rank", {"phase"}),
        ("GET /v1/phases/{phase}/participants/{username}/history", {"phase"}),
        ("DELETE /v1/queues/{queue}/tokens/{token}", {"queue"}),
    ],
)
def test_what_belongs_to_one_is_not_found_by_way_of_another(world: World, route: str, own: set[str]) -> None:
    """The caller has every right on the first part of the path; the second part is of another competition or queue."""
    organizer = world.people[ORGANIZER]
    other = organizer.competition(title="Another")
    mine = {"competition": other["id"], "phase": other["phases"][0]["id"]}
    if "queue" in own:
        mine["queue"] = organizer.call("POST", "/queues", {"name": "Another"}).body["id"]
    mixed = World(world.site, world.people, {**world.ids, **{name: mine[name] for name in own}})
    assert mixed.call(route, ORGANIZER).status == 404
