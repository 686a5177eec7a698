"""Scores that are not for participants: numbers that stand nowhere else are looked for in every answer, and in every file
that an answer leads to, for each route, each role and each setting that hides something."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.events import outbox
from chalicelib.actions.leaderboards import rebuilding
from chalicelib.actions.webhooks import news
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file
from chalicelib.contract import Status, uploads
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.bundle.model import FinalBoard
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.webhooks import formats
from chalicelib.http import Access
from chalicelib.store.library.uploads import USED, Upload
from chalicelib.store.runs.attempts import Attempt
from chalicelib.store.submissions.submissions import Submission, child_id, owner_key
from runner.scores import parse_json
from tests import builders
from tests.api import phases
from tests.api.conftest import Person, Site, sender
from tests.api.phases import ACCURACY, DAY, NOW, SECONDS
from tests.api.test_rights import BODIES, ENDPOINTS
from tests.api.worlds import World as Kept

SHOWN, HIDDEN = 0.25, 0.7351937
#: What tells it: itself, and its mean with what is shown.
MARKS = re.compile("7351937|4925968")
NOBODY, STRANGER, JUROR = "nobody", "stranger", "juror"
OTHER, OWNER, MATE = "another participant", "participant", "team mate"
ROLES = (NOBODY, STRANGER, JUROR, OTHER, OWNER, MATE)
#: What an attempt leaves: some of it has each score, the rest is what a program chose to print.
TELLING, PRINTED = ("output", "private_output"), ("scoring_stdout", "detailed_results", "results/page.html")
#: Answer nothing, and whoever called them is told nothing by the routes after them.
SIGN_OUT, REMOVAL = ("POST /v1/sessions/end", "DELETE /v1/sessions"), "POST /v1/me/removal"
#: Tells yes or no, and Cognito would ask those people for codes from then on, which nothing puts back.
SECOND_STEP = "PATCH /v1/me/second-step"
#: By whether one is not signed in, what is not refused before anything is read (test_rights.py sees to that).
ROUTES = {
    is_nobody: [
        route
        for route, endpoint in ENDPOINTS.items()
        if endpoint.access is Access.ANYONE
        or (endpoint.access is Access.SIGNED_IN and not is_nobody and route not in (*SIGN_OUT, REMOVAL, SECOND_STEP))
    ]
    for is_nobody in (True, False)
}


@dataclass(frozen=True)
class Setting:
    """What hides something: how the competition is set up, what was reported, and what of a run's files tells it."""

    set_up: Callable[[Person], str]
    reported: dict[str, float]
    telling: tuple[str, ...] = TELLING
    notes: tuple[str, ...] = ()
    task: str | None = None
    row: dict[str, Any] | None = None
    is_others: bool = False


def _set_up(*boards: Any, **of_phase: Any) -> Callable[[Person], str]:
    """A competition with teams, which shows everything but what its boards and its phase hide."""
    shows = {"enable_teams": True, "enable_detailed_results": True, "show_detailed_results_in_leaderboard": True}
    shows |= {"can_participants_make_submissions_public": True, "groups": (Group("owls", "Owls", board=True),)}
    made = (boards or (phases.board(),), (phases.phase(**of_phase),))
    return lambda organizer: phases.competition(organizer, *made[0], phases=made[1], **shows)


#: A runner's own words are quoted from it.
_QUOTING = (
    f"`seconds` is missing: '{HIDDEN} s' is no finite number.",
    *parse_json(json.dumps({"seconds": str(HIDDEN), "of no column": str(HIDDEN), "accuracy": "0.25"}).encode()).notes,
    f"seconds is {HIDDEN}, as a runner of a former build says it.",
)
SETTINGS = {
    "a blind phase": Setting(
        _set_up(is_blind=True), {"accuracy": HIDDEN, "seconds": HIDDEN}, (*TELLING, *PRINTED), (f"It was {HIDDEN}.",)
    ),
    "a hidden column": Setting(
        _set_up(phases.board(ACCURACY, Column("seconds", "Seconds", 1, hidden=True))),
        {"accuracy": SHOWN, "seconds": HIDDEN},
        notes=_QUOTING,
    ),
    "a hidden board": Setting(
        _set_up(phases.board(ACCURACY), phases.board(SECONDS, key="speed", primary_index=1, hidden=True)),
        {"accuracy": SHOWN, "seconds": HIDDEN},
        notes=_QUOTING,
    ),
    "a hidden board that tells each their own": Setting(
        _set_up(phases.board(ACCURACY), phases.board(SECONDS, key="speed", primary_index=1, hidden=True, own_scores=True)),
        {"accuracy": SHOWN, "seconds": HIDDEN},
        notes=_QUOTING,
        is_others=True,
    ),
    "a task that is to come": Setting(
        _set_up(tasks=(0, 1), final_board_from=FinalBoard(task=1)),
        {"accuracy": (SHOWN + HIDDEN) / 2, "0/accuracy": SHOWN, "1/accuracy": HIDDEN},
        (*TELLING, *PRINTED),
        task="1",
    ),
    "a board that is to rank at the end": Setting(
        _set_up(
            phases.board(SECONDS, key="speed", primary_index=1, hidden=True),
            phases.board(ACCURACY),
            final_board_from=FinalBoard(leaderboard=0),
            final_selection=2,
        ),
        {"accuracy": SHOWN, "seconds": HIDDEN},
        (*TELLING, *PRINTED),
        notes=_QUOTING,
    ),
    "a score set by hand": Setting(
        _set_up(), {"accuracy": SHOWN}, ("private_output",), row={"original_scores": {"accuracy": HIDDEN}}
    ),
    "a frozen board": Setting(
        _set_up(freeze_board_at=NOW - DAY / 2), {"accuracy": HIDDEN}, (*TELLING, *PRINTED), is_others=True
    ),
    "a disqualified row": Setting(
        _set_up(),
        {"accuracy": HIDDEN},
        (*TELLING, *PRINTED),
        row={"marks": {"baseline": False, "verified": False, "disqualified": "Copied."}},
        is_others=True,
    ),
}  # fmt: skip


@dataclass
class World:
    """A competition with something hidden, its people, and all that paths and bodies may name."""

    site: Site
    setting: Setting
    people: dict[str, Person | None]
    organizer: Person
    ids: dict[str, str]
    rows: Kept

    def call(self, route: str, person: Person | None, **ids: str) -> str:
        """All that somebody is told by a route, of a group alone too, and by what its answers lead to."""
        of_group = any(asked.name == "group" for asked in ENDPOINTS[route].query)
        return "\n".join(self._call(route, person, query, **ids) for query in ("", *(["?group=owls"] if of_group else [])))

    def _call(self, route: str, person: Person | None, query: str, **ids: str) -> str:
        method, _, path = route.partition(" ")
        kind = ENDPOINTS[route].body
        path, body = (
            _filled(path, {**self.ids, **ids}),
            kind and _filled(json.dumps(BODIES.get(kind.__name__, {})), self.ids),
        )
        headers = {"If_Match": "*"} if method != "GET" else {}
        sent = json.loads(body) if body else None
        answer = self.site.call(
            method, path.removeprefix("/v1") + query, sent, token=person.token if person else None, **headers
        )
        assert person is None or answer.status != 401, f"{route} looked at nothing: {answer}"
        if method != "GET" and answer.status < 300:
            self.site.worlds.put_back(self.rows)
        return "\n".join([json.dumps(answer.body), *_files(answer.body)])


def _filled(text: str, ids: dict[str, str]) -> str:
    for name, value in ids.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _files(answer: Any) -> Iterator[str]:
    """What signed URLs in an answer lead to; of an archive what is in it."""
    if isinstance(answer, dict | list):
        for one in answer.values() if isinstance(answer, dict) else answer:
            yield from _files(one)
    elif isinstance(answer, str) and answer.startswith("http") and "Signature" in answer:
        content = sender().get(answer).content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = b"\n".join(archive.read(name) for name in archive.namelist())
        yield content.decode("utf-8", "replace")


@pytest.fixture(scope="module", params=SETTINGS)
def world(request: pytest.FixtureRequest, deployed: Site) -> World:
    """Made once for each setting: what a call changes is put back. Cognito may have ended sessions of other tests."""
    deployed.clean()
    setting, organizer, ada, mate, otto = SETTINGS[request.param], *map(deployed.signed_in, ("olga", "ada", "mate", "otto"))
    phase = setting.set_up(organizer)
    for person, groups in ((ada, ["owls"]), (mate, ["owls"]), (otto, [])):
        phases.join(person, phase, *groups)
    competition = phase.partition("-")[0]
    juno = deployed.signed_in("juno")
    assert organizer.call("POST", f"/competitions/{competition}/jurors", {"username": "juno"}).status == 201
    team = ada.call("POST", f"/competitions/{competition}/teams", {"name": "Owls"}).body
    assert mate.call("POST", f"/competitions/{competition}/teams/join", {"code": team["code"]}).status == 200
    submission, upload = _scored(setting, ada, phase, team["id"]), _used(ada)
    Upload(*Upload.at(upload)).update(actions=[Upload.used_for.set(submission)])
    rebuilding.rebuild(phase, NOW)
    # A rebuild while a board is frozen keeps the former order.
    rebuilding.rebuild(phase, NOW + timedelta(minutes=1))
    dataset = otto.upload(builders.archive({"a": "b"}), "dataset", commit=False)
    ids = {
        "competition": competition, "phase": phase, "submission": submission, "upload": upload, "team": team["id"],
        "user": ada.id, "username": "ada", "index": "0", "column": "0", "part": "phases", "dataset": dataset,
        "code": team["code"],
        **dict.fromkeys(("task", "queue", "dump", "parcel", "import_id", "case", "token", "failure"), "x"),
        **dict.fromkeys(("webhook", "delivery"), "x"),
    }  # fmt: skip
    people = {NOBODY: None, STRANGER: deployed.signed_in("stan"), JUROR: juno, OTHER: otto, OWNER: ada, MATE: mate}
    return World(deployed, setting, people, organizer, ids, Kept(deployed.worlds.rows(), [], None))


def _used(person: Person) -> str:
    """An upload that became a submission."""
    upload = person.upload(builders.submission())
    Upload(*Upload.at(upload)).update(actions=[Upload.state.set(USED)])
    return upload


def _scored(setting: Setting, ada: Person, phase: str, team: str) -> str:
    """What ada made for her team: scored, with an earlier attempt, shared, and with files that tell what is hidden."""
    tasks = {key.partition("/")[0]: "Task" for key in setting.reported if "/" in key}
    facts = {
        "team": team, "team_name": "Owls", "owner_pk": owner_key(team, phase), "attempt": 2, "notes": list(setting.notes),
        "group": "owls",
        "tasks": tasks or None, "task": "0", "public": True, "licence": "MIT", "uploaded": [*TELLING, *PRINTED],
        **(setting.row or {}),
    }  # fmt: skip
    submission = phases.score(ada, phase, setting.reported, **facts)
    Submission(*Submission.at(submission)).update(actions=[Submission.list_pk.set(f"PHASE#{phase}")])
    runs = [(submission, setting.reported), *((child_id(submission, task), _own(setting, task)) for task in tasks)]
    for run, scores in runs:
        former = {
            "status": Status.FINISHED,
            "scores": scores,
            "notes": list(setting.notes),
            "uploaded": [*TELLING, *PRINTED],
        }
        if setting.row and "original_scores" in setting.row:
            former["scores"] = {"accuracy": SHOWN}
        Attempt(*Attempt.at(run, 1), submission=run, number=1, finished_at=NOW, **former).save()
        _leave_files(setting, run)
    for task in tasks:
        _child(submission, task, _own(setting, task))
    return submission


def _own(setting: Setting, task: str) -> dict[str, float]:
    return {"accuracy": setting.reported[f"{task}/accuracy"]}


def _child(parent: str, task: str, scores: dict[str, float]) -> None:
    kept: dict[str, Any] = Submission.get(*Submission.at(parent)).attribute_values
    kept |= {"id": child_id(parent, task), "parent": parent, "task": task, "scores": scores}
    gone = ("pk", "sk", "list_pk", "owner_pk", "tasks")
    place = Submission.at(child_id(parent, task))
    Submission(*place, **{name: value for name, value in kept.items() if name not in gone}).save()


def _leave_files(setting: Setting, run: str) -> None:
    """Of each attempt every file, with the number in those that tell it."""
    task = run.partition("-")[2] or None
    for attempt in (1, 2):
        for name in (*TELLING, *PRINTED):
            tells = name in setting.telling and task == setting.task
            number, filename = HIDDEN if tells else SHOWN, uploads.FILENAMES.get(name, name)
            text = f"<p>seconds: {number}</p>"
            content = builders.archive({"scores.json": text}) if filename.endswith(".zip") else text.encode()
            objects.write(_runs_bucket(), run_file(run, attempt, filename), content, "application/octet-stream")


def _runs_bucket() -> str:
    from chalicelib import settings

    return settings.get().runs_bucket


def _people(world: World) -> dict[str, Person | None]:
    """Who must not know: of somebody else's score everybody who did not make it."""
    hidden_from = (NOBODY, STRANGER, JUROR, OTHER) if world.setting.is_others else ROLES
    return {role: world.people[role] for role in hidden_from}


@pytest.mark.parametrize("role", ROLES)
def test_no_route_tells_what_is_hidden(world: World, role: str) -> None:
    if role not in _people(world):
        pytest.skip("It is their own score.")
    submissions = [world.ids["submission"]]
    submissions += [child_id(submissions[0], task) for task in ("0", "1")] if world.setting.task else []
    told = {}
    for route in ROUTES[role == NOBODY]:
        for submission in submissions if "{submission}" in route else submissions[:1]:
            told[route, submission] = world.call(route, _people(world)[role], submission=submission)
    assert [call for call, text in told.items() if MARKS.search(text)] == []


def test_no_webhook_tells_what_is_hidden(world: World) -> None:
    """Whoever is at its other end: what is sent is what everybody may know."""
    about = {"phase": world.ids["phase"], "submission": world.ids["submission"], "user": world.ids["user"]}
    of_submission = [kind for kind in EventKind if kind.startswith("submission.")]
    events = [outbox.made(world.ids["competition"], "e", kind, NOW, **about) for kind in of_submission]
    told = [news.of(event, NOW + timedelta(minutes=1)) for event in events]
    forms = (formats.STANDARD, formats.SLACK, formats.MATTERMOST, formats.DISCORD)
    sent = [formats.body(form, one) for one in told if one is not None for form in forms]
    assert len(sent) == len(of_submission) * len(forms)
    assert [body for body in sent if MARKS.search(body)] == []


def test_what_is_hidden_stands_on_the_groups_board_for_its_organizers(world: World) -> None:
    if world.setting.row is not None:
        pytest.skip("No row has it.")
    path, token = f"/phases/{world.ids['phase']}/leaderboard?group=owls", world.organizer.token
    boards = [world.site.call("GET", f"{path}{query}", token=token).body for query in ("", "&board=speed")]
    assert any(MARKS.search(json.dumps(board)) for board in boards), boards


def test_what_is_hidden_is_there_for_its_organizers(world: World) -> None:
    routes = ("GET /v1/phases/{phase}/submissions", "GET /v1/submissions/{submission}/files")
    routes += ("PATCH /v1/submissions/{submission}/marks",)
    assert any(MARKS.search(world.call(route, world.organizer)) for route in routes)
    if not world.setting.row:
        assert MARKS.search(world.call("GET /v1/submissions/{submission}", world.organizer))
