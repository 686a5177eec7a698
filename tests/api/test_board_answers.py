"""What boards tell of the answers to a competition's fact sheet."""

import csv
import io
from typing import Any

import httpx
import yaml

from chalicelib.actions.leaderboards import rebuilding
from tests import judged
from tests.api import phases
from tests.api.conftest import Person, Site, sender

ANSWERS = {"model": "trees", "gpu": True, "phone": "1234"}


def question(key: str, title: str, kind: str = "text", told: str = "true") -> dict[str, Any]:
    return {
        "key": key, "type": kind, "title": title, "selection": [True, False] if kind == "checkbox" else "",
        "is_required": "false", "is_on_leaderboard": told,
    }  # fmt: skip


SHEET = {
    "model": question("model", "Model"),
    "gpu": question("gpu", "On a GPU", "checkbox"),
    "phone": question("phone", "Phone", told="false"),
}


def board_of(caller: Site | Person, phase: str) -> dict[str, Any]:
    answer = caller.call("GET", f"/phases/{phase}/leaderboard")
    assert answer.status == 200, answer
    return dict(answer.body)


def rebuilt(phase: str) -> None:
    rebuilding.rebuild(phase, phases.NOW + phases.DAY / 2)


def told(caller: Site | Person, phase: str) -> list[dict[str, Any]]:
    return [row["fact_sheet"] for row in board_of(caller, phase)["rows"]]


def test_a_row_tells_the_answers_that_are_for_the_board_and_no_others(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, fact_sheet=SHEET)
    phases.score(ada, phase, {"accuracy": 0.5}, fact_sheet=ANSWERS)
    phases.score(site.person("grace"), phase, {"accuracy": 0.4})
    rebuilt(phase)
    board = board_of(site, phase)
    assert board["questions"] == [{"key": "model", "title": "Model"}, {"key": "gpu", "title": "On a GPU"}]
    assert [row["fact_sheet"] for row in board["rows"]] == [{"model": "trees", "gpu": True}, {}]


def test_an_answer_that_is_edited_reaches_the_board(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, fact_sheet=SHEET)
    phases.join(ada, phase)
    made = phases.score(ada, phase, {"accuracy": 0.5}, fact_sheet=ANSWERS)
    other = phases.score(ada, phase, {"accuracy": 0.3}, 1, fact_sheet=ANSWERS)
    rebuilt(phase)
    site.messages()
    assert ada.call("PATCH", f"/submissions/{other}", {"fact_sheet": ANSWERS | {"model": "bush"}}).status == 200
    assert ada.call("PATCH", f"/submissions/{made}", {"fact_sheet": ANSWERS | {"phone": "5678"}}).status == 200
    assert not site.messages(), "neither changes what the board tells"
    assert ada.call("PATCH", f"/submissions/{made}", {"fact_sheet": {"model": "a net"}}).status == 200
    assert [message["task"] for message in site.messages()] == ["rebuild"]
    rebuilding.rebuild(phase, phases.NOW + phases.DAY)
    assert told(site, phase) == [{"model": "a net"}]
    assert ada.call("PATCH", f"/submissions/{made}", {"fact_sheet": {}}).status == 200
    rebuilding.rebuild(phase, phases.NOW + 2 * phases.DAY)
    assert told(organizer, phase) == [{}]


def test_an_anonymous_board_tells_no_answers(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, fact_sheet=SHEET, anonymous_leaderboard=True)
    phases.score(ada, phase, {"accuracy": 0.5}, fact_sheet=ANSWERS)
    rebuilt(phase)
    for caller in (site, ada):
        board = board_of(caller, phase)
        assert (board["questions"], board["rows"][0]["fact_sheet"]) == ([], {})
    assert told(organizer, phase) == [{"model": "trees", "gpu": True}]


def test_no_answers_are_told_while_a_jury_may_judge(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    extra = yaml.safe_dump({"fact_sheet": SHEET})
    competition = organizer.competition(files=judged.files(extra=extra))
    ada.join(competition)
    phase = competition["phases"][0]["id"]
    body = {"upload": ada.upload(judged.story()), "fact_sheet": {"model": "trees"}}
    made = ada.call("POST", f"/phases/{phase}/submissions", body).body["id"]
    site.finish(site.claim(made, site.runner_token(admin)).body, {"accuracy": 1.0})
    rebuilding.rebuild(phase, phases.NOW + phases.DAY)
    assert (told(site, phase), told(organizer, phase)) == ([{}], [{"model": "trees"}])
    over = {"agon": {"judging_end": "2026-01-02T00:00:00Z"}}
    path = f"/competitions/{competition['id']}/settings/phases/0"
    assert organizer.call("PATCH", path, over, If_Match="*").status == 200
    assert told(site, phase) == [{"model": "trees"}]


def test_a_blind_phase_tells_no_answers(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, phases=[phases.phase(is_blind=True)], fact_sheet=SHEET)
    phases.score(ada, phase, {"accuracy": 0.5}, fact_sheet=ANSWERS)
    rebuilt(phase)
    assert site.call("GET", f"/phases/{phase}/leaderboard").status == 403
    assert told(organizer, phase) == [{"model": "trees", "gpu": True}]


def test_exports_have_a_column_for_each_question_and_no_answer_is_taken_for_a_formula(
    organizer: Person, ada: Person
) -> None:
    phase = phases.competition(organizer, fact_sheet=SHEET)
    phases.score(ada, phase, {"accuracy": 0.5}, fact_sheet=ANSWERS | {"model": "=cmd()"})
    rebuilt(phase)

    def export(format_: str) -> httpx.Response:
        answer = organizer.call("POST", f"/phases/{phase}/leaderboard/exports", {"format": format_})
        return sender().get(answer.body["url"])

    header, row = csv.reader(io.StringIO(export("csv").text))
    assert header[6:9] == ["Model", "On a GPU", "Accuracy"]
    assert row[6:9] == ["'=cmd()", "true", "0.5"]
    exported = export("json").json()
    assert [one["key"] for one in exported["questions"]] == ["model", "gpu"]
    assert exported["rows"][0]["fact_sheet"] == {"model": "=cmd()", "gpu": True}
