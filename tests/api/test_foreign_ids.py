"""Ids of what is another person's or competition's, in every place of a body where an id goes: refused without a trace."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests import builders
from tests.api.conftest import Answer, Person, Site

_PHASE, _SETTINGS = "/phases/{phase}", "/competitions/{competition}/settings"
_ALL, _DRAFT = {"submissions": ["{their_submission}"]}, "/phases/{draft}"
_BROUGHT = {"site": "other.example", "id": "1", "owner": "ada", "status": "Failed", "created_at": "2026-01-01T00:00:00Z"}

#: Who calls, what, and with which body. The caller has every right on the path, and none on what is in braces in the body.
REFUSED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("ada", "POST", f"{_PHASE}/submissions", {"upload": "{their_submission_upload}"}),
    ("ada", "POST", f"{_PHASE}/submissions", {"upload": "{their_used_upload}"}),
    ("ada", "POST", f"{_PHASE}/submissions", {"forked_from": "{their_submission}"}),
    ("ada", "POST", f"{_PHASE}/submissions", {"upload": "{upload}", "forked_from": "{their_submission}"}),
    ("ada", "POST", f"{_PHASE}/submissions", {"upload": "{upload}", "organization": "{their_organization}"}),
    ("olga", "POST", f"{_PHASE}/migration", {"source": "{their_phase}"}),
    ("olga", "POST", f"{_DRAFT}/brought", _BROUGHT | {"upload": "{their_submission_upload}"}),
    ("ada", "POST", "/competitions/{competition}/teams/{team}/mergers", {"team": "{their_team}"}),
    ("olga", "POST", f"{_PHASE}/parcels", _ALL),
    ("olga", "POST", "/competitions", {"upload": "{their_bundle_upload}"}),
    ("olga", "POST", "/competitions/{competition}/bundles", {"upload": "{their_bundle_upload}"}),
    ("olga", "POST", "/bundles/check", {"upload": "{their_bundle_upload}"}),
    ("olga", "POST", "/tasks/bundle", {"upload": "{their_bundle_upload}"}),
    ("olga", "POST", "/datasets", {"upload": "{their_dataset_upload}", "type": "solution", "name": "Mine"}),
    ("olga", "POST", "/tasks", {"name": "Mine", "files": {"scoring_program": "{their_dataset}"}}),
    ("olga", "PATCH", "/tasks/{task}", {"files": {"scoring_program": "{their_dataset}"}}),
    ("olga", "PATCH", _SETTINGS, {"queue": "{their_queue}"}),
    ("olga", "PATCH", _SETTINGS, {"agon": {"groups": [{"key": "a", "title": "A", "queue": "{their_queue}"}]}}),
    ("olga", "PATCH", f"{_SETTINGS}/tasks/0", {"scoring_program": "{their_dataset}"}),
    ("olga", "PATCH", f"{_SETTINGS}/tasks/0", {"key": "{their_task}"}),
    ("olga", "POST", f"{_SETTINGS}/tasks", {"key": "{their_task}"}),
    ("olga", "PATCH", f"{_SETTINGS}/phases/0", {"starting_kit": "{their_dataset}"}),
    ("olga", "POST", f"{_SETTINGS}/solutions", {"tasks": [0], "path": "{their_dataset}"}),
]
VERBS = ("rerun", "start", "fail", "cancel", "delete")


@dataclass
class Two:
    """Olga's competition, in which ada takes part, stan's, with a shared submission of grace's, and the ids of both."""

    site: Site
    people: dict[str, Person]
    ids: dict[str, str]

    def filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self.filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.filled(one) for one in value]
        return value.format(**self.ids) if isinstance(value, str) else value

    def call(self, who: str, method: str, path: str, body: dict[str, Any]) -> Answer:
        headers = {"If_Match": "*"} if method == "PATCH" or "/settings/" in path else {}
        return self.people[who].call(method, self.filled(path), self.filled(body), **headers)


@pytest.fixture(scope="module")
def two(deployed: Site) -> Two:
    """Made once: who is refused changes nothing."""
    deployed.clean()
    people = {name: deployed.person(name) for name in ("olga", "ada", "stan", "grace")}
    olga, ada, stan, grace = people.values()
    extra = "agon: {enable_teams: true, require_team_approval: false}"
    mine, theirs = (person.competition(title=title, extra=extra) for person, title in ((olga, "Mine"), (stan, "Theirs")))
    ada.join(mine)
    grace.join(theirs)
    team, their_team = _team(ada, mine), _team(grace, theirs)
    used = grace.upload(builders.submission())
    phase = theirs["phases"][0]["id"]
    submission = grace.call("POST", f"/phases/{phase}/submissions", {"upload": used}).body["id"]
    job = deployed.claim(submission, deployed.runner_token(deployed.person("root", admin=True))).body
    assert deployed.finish(job, {"accuracy": 1.0, "seconds": 1.0}).status == 200
    assert grace.call("PATCH", f"/submissions/{submission}", {"public": True, "licence": "MIT"}).status == 200
    tasks = [_task(person) for person in (olga, stan)]
    ids = {
        "competition": mine["id"], "phase": mine["phases"][0]["id"], "upload": ada.upload(builders.submission()),
        "task": tasks[0]["task"], "their_task": tasks[1]["task"], "their_dataset": tasks[1]["dataset"],
        "their_phase": phase, "team": team, "their_team": their_team, "their_submission": submission,
        "their_used_upload": used, "draft": olga.competition(title="Draft", publish=False)["phases"][0]["id"],
        "their_organization": stan.call("POST", "/organizations", {"name": "Theirs"}).body["id"],
        "their_submission_upload": grace.upload(builders.submission()),
        "their_bundle_upload": stan.upload(builders.bundle(), "bundle"),
        "their_dataset_upload": stan.upload(builders.archive({"a": "b"}), "dataset"),
        "their_queue": stan.call("POST", "/queues", {"name": "Theirs"}).body["id"],
    }  # fmt: skip
    while deployed.work():
        pass
    return Two(deployed, people, ids)


def _team(person: Person, competition: dict[str, Any]) -> str:
    """A team that somebody leads."""
    return str(person.call("POST", f"/competitions/{competition['id']}/teams", {"name": "Owls"}).body["id"])


def _task(person: Person) -> dict[str, str]:
    """A task and its scoring program in somebody's library."""
    program = person.upload(builders.archive({"metadata": "command: x"}), "dataset")
    dataset = person.call("POST", "/datasets", {"name": "P", "type": "scoring_program", "upload": program}).body["id"]
    task = person.call("POST", "/tasks", {"name": "T", "files": {"scoring_program": dataset}}).body["id"]
    return {"task": task, "dataset": dataset}


def everything(site: Site) -> list[dict[str, Any]]:
    return sorted(site.rows(), key=lambda row: (row["pk"], row["sk"]))


@pytest.mark.parametrize(("who", "method", "path", "body"), REFUSED, ids=str)
def test_what_is_anothers_is_refused_in_a_body(two: Two, who: str, method: str, path: str, body: dict[str, Any]) -> None:
    before = everything(two.site)
    answer = two.call(who, method, path, body)
    assert answer.status in (404, 422), answer
    told = " ".join([answer.body["detail"], *(error["message"] for error in answer.body.get("errors", []))])
    assert re.search("no such|There is no|no other phase|not shared in this competition", told), told
    assert everything(two.site) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_submission_of_elsewhere_is_told_apart_among_several(two: Two, verb: str) -> None:
    before = everything(two.site)
    answer = two.call("olga", "POST", f"{_PHASE}/submissions/{verb}", _ALL)
    assert (answer.status, list(answer.body["refused"])) == (200, [two.ids["their_submission"]]), answer
    assert everything(two.site) == before
