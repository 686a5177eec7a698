"""POST /phases/{phase}/submissions, and who may see what comes of it."""

from datetime import UTC, datetime

import pytest

from tests import builders, clock
from tests.api.books import crashing
from tests.api.conftest import Person, Site
from tests.api.congestion import congest

SHEET = """
fact_sheet:
  model: {key: model, type: select, title: Model, selection: [tree, net], is_required: "true", is_on_leaderboard: "false"}
  gpu: {key: gpu, type: checkbox, title: GPU, selection: [true, false], is_required: "false", is_on_leaderboard: "false"}
  team: {key: team, type: text, title: Team, selection: "", is_required: "true", is_on_leaderboard: "false"}
"""


def submissions(site: Site) -> list[object]:
    return [row for row in site.rows() if row["kind"] == "submission"]


def test_a_participant_submits_and_a_runner_is_woken(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    answer = ada.submit(competition)
    assert answer.status == 201, answer
    assert answer.body["status"] == "Submitted"
    assert site.messages("JobsQueueUrl") == [{"version": 1, "submission": answer.body["id"]}]


def test_a_stranger_is_told_to_join_first(site: Site, organizer: Person, ada: Person) -> None:
    answer = ada.submit(organizer.competition())
    assert (answer.status, answer.body["detail"]) == (403, "You do not take part in this competition. Join it first.")
    assert (site.messages("JobsQueueUrl"), submissions(site)) == ([], [])


def test_a_closed_phase_takes_nothing_and_says_when_it_ended(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(end="2026-02-01")
    ada.join(competition)
    answer = ada.submit(competition)
    assert (answer.status, "ended on 2026-02-01" in answer.body["detail"]) == (409, True)
    assert submissions(site) == []


def test_a_phase_that_has_not_begun_takes_nothing(organizer: Person, ada: Person) -> None:
    competition = organizer.competition(start="2199-01-01")
    ada.join(competition)
    assert "has not begun" in ada.submit(competition).body["detail"]
    assert "solutions" not in ada.submit(competition).body["detail"]


def test_an_organizer_who_submits_to_a_phase_that_has_not_begun_is_told_of_solutions(organizer: Person) -> None:
    competition = organizer.competition(start="2199-01-01")
    detail = organizer.submit(competition).body["detail"]
    assert "has not begun" in detail and "under `solutions`" in detail and "/solutions/0/run" in detail
    quota = organizer.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body
    assert quota["reason"] == detail


def test_above_the_daily_quota_the_answer_says_when_the_next_attempt_opens(
    site: Site, organizer: Person, ada: Person
) -> None:
    clock.within_one(clock.DAY)
    competition = organizer.competition(per_day=1)
    ada.join(competition)
    assert ada.submit(competition).status == 201
    answer = ada.submit(competition)
    assert answer.status == 429
    assert datetime.fromisoformat(answer.body["next_attempt_at"]) > datetime.now(UTC)
    assert int(answer.headers["retry-after"]) > 0
    assert len(submissions(site)) == 1


def test_the_quota_is_each_participants_own(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(in_all=1)
    for person in (ada, site.person("grace")):
        person.join(competition)
        assert person.submit(competition).status == 201


def test_an_upload_is_used_once(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    upload = ada.upload(builders.submission())
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    first = ada.call("POST", path, {"upload": upload})
    again = ada.call("POST", path, {"upload": upload})
    assert (first.status, again.status) == (201, 201) and again.body == first.body
    assert len(submissions(site)) == 1
    assert ada.call("GET", f"/phases/{competition['phases'][0]['id']}/quota").body["in_all"]["left"] == 9


def test_an_upload_that_became_a_submission_elsewhere_is_refused(site: Site, organizer: Person, ada: Person) -> None:
    first, second = organizer.competition(), organizer.competition()
    ada.join(first)
    ada.join(second)
    upload = ada.upload(builders.submission())
    paths = [f"/phases/{each['phases'][0]['id']}/submissions" for each in (first, second)]
    assert [ada.call("POST", path, {"upload": upload}).status for path in paths] == [201, 422]
    submission = submissions(site)[0]["id"]
    assert ada.call("POST", f"/submissions/{submission}/cancel").status == 200
    assert ada.call("DELETE", f"/submissions/{submission}").status == 200
    assert ada.call("POST", paths[0], {"upload": upload}).status == 422


def test_an_upload_that_was_not_committed_is_refused(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    upload = ada.upload(builders.submission(), commit=False)
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    assert ada.call("POST", path, {"upload": upload}).status == 422
    assert submissions(site) == []


def test_somebody_elses_upload_does_not_exist(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    upload = organizer.upload(builders.submission())
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    assert ada.call("POST", path, {"upload": upload}).status == 404


def test_a_fact_sheet_is_filled_in_with_the_submission_or_it_is_refused_question_by_question(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition(extra=SHEET)
    ada.join(competition)
    asked = [(one["key"], one["choices"], one["required"]) for one in competition["fact_sheet"]]
    assert asked == [("model", ["tree", "net"], True), ("gpu", [], False), ("team", [], True)]
    upload = ada.upload(builders.submission())
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    answer = ada.call("POST", path, {"upload": upload, "fact_sheet": {"model": "forest", "age": "7"}})
    places = [error["place"] for error in answer.body["errors"]]
    assert (answer.status, places) == (422, ["fact_sheet.age", "fact_sheet.model", "fact_sheet.team"])
    assert submissions(site) == []
    said = {"fact_sheet": {"model": "net", "gpu": False, "team": "A"}, "method": {"name": "Nets"}}
    with crashing(monkeypatch, at=100) as calls:
        answer = ada.call("POST", path, {"upload": upload, **said})
    assert calls == ["BatchGetItem", "TransactWriteItems"]
    assert (answer.status, answer.body["fact_sheet"], answer.body["method"]) == (201, said["fact_sheet"], said["method"])
    changed = ada.call("PATCH", f"/submissions/{answer.body['id']}", {"fact_sheet": {"model": "tree", "team": "A"}})
    assert changed.body["fact_sheet"] == {"model": "tree", "team": "A"}


def test_a_phase_of_nowhere_does_not_exist(ada: Person) -> None:
    upload = ada.upload(builders.submission())
    assert ada.call("POST", "/phases/01jd8x3v6w8r2k5m7q9s1t3v5y-0/submissions", {"upload": upload}).status == 404


def test_a_submission_is_its_owners_and_the_organizers_to_see(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    made = ada.submit(competition).body
    path = f"/submissions/{made['id']}"
    grace = site.person("grace")
    grace.join(competition)
    assert [person.call("GET", path).status for person in (ada, organizer, grace)] == [200, 200, 404]
    assert [person.call("GET", f"{path}/files").status for person in (ada, organizer, grace)] == [200, 200, 404]
    assert site.call("GET", path).status == 401


def test_participants_list_their_own_and_organizers_everybodys(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    grace = site.person("grace")
    for person in (ada, grace):
        person.join(competition)
        person.submit(competition)
    path = f"/phases/{competition['phases'][0]['id']}/submissions"
    assert [one["participant"] for one in ada.call("GET", path).body["submissions"]] == ["ada"]
    assert ada.call("GET", f"{path}?everyone=true").status == 403
    listed = organizer.call("GET", f"{path}?everyone=true").body["submissions"]
    assert [one["participant"] for one in listed] == ["grace", "ada"]


def test_a_busy_table_is_told_as_busy_and_not_as_another_submission(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    body, path = {"upload": ada.upload(builders.submission())}, f"/phases/{competition['phases'][0]['id']}/submissions"
    with monkeypatch.context() as patch:
        congest(patch)
        assert ada.call("POST", path, body).status == 503
    assert submissions(site) == []
    assert ada.call("POST", path, body).status == 201
