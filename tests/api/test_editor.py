"""Editing a competition: every setting, with a complaint for each field, and never over somebody else's change."""

import base64
from typing import Any

import pytest

from tests import builders
from tests.api.conftest import Answer, Person, Site, sender


def path(competition: dict[str, Any], part: str = "") -> str:
    return f"/competitions/{competition['id']}/settings{part}"


def settings(person: Person, competition: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = person.call("GET", path(competition)).body["settings"]
    return found


def edit(person: Person, competition: dict[str, Any], part: str, patch: Any, method: str = "PATCH") -> Answer:
    etag = person.call("GET", path(competition)).headers["etag"]
    return person.call(method, path(competition, part), patch, If_Match=etag)


def errors(answer: Answer) -> set[str]:
    assert answer.status == 422, answer
    return {error["place"] for error in answer.body["errors"]}


def test_the_settings_are_the_bundle_with_datasets_by_their_ids(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    shown = settings(organizer, competition)
    ids = {row["type"]: row["id"] for row in site.rows() if row["kind"] == "dataset"}
    assert shown["version"] == 2 and shown["title"] == "Guess"
    assert shown["tasks"] == [{"index": 0, "name": "Guess", **ids}]
    assert shown["phases"][0]["max_submissions"] == 10
    assert shown["pages"] == [{"title": "Overview", "file": "pages/0.md"}]


def test_an_edit_stands_in_the_audit_log_with_what_the_keys_said_before_but_for_addresses(
    organizer: Person, competition: dict[str, Any]
) -> None:
    assert edit(organizer, competition, "", {"title": "Better", "description": "x" * 1000}).status == 200
    assert edit(organizer, competition, "/phases/0", {"max_submissions": 5}).status == 200
    assert edit(organizer, competition, "", {"agon": {"allowed_addresses": ["ada@example.org"]}}).status == 200
    terms = {"content": "Be kind.", "format": "markdown"}
    etag = organizer.call("GET", path(competition)).headers["etag"]
    assert organizer.call("PATCH", f"/competitions/{competition['id']}/terms", terms, If_Match=etag).status == 200
    assert edit(organizer, competition, "/phases/0", {"end": "soon"}).status == 422
    log = organizer.call("GET", f"/competitions/{competition['id']}/audit").body["deeds"]
    assert {(one["what"], one["by"]) for one in log} == {("edited", "olga")} and len(log) == 4
    by_terms, by_addresses, by_phase, by_title = log
    assert (by_title["before"]["title"], by_title["after"]["title"]) == ("Guess", "Better")
    assert len(by_title["after"]["description"]) < 400
    assert (by_phase["before"], by_phase["after"]) == ({"phases[0].max_submissions": 10}, {"phases[0].max_submissions": 5})
    assert "ada@example.org" not in str(log) and by_addresses["after"] == {"agon.allowed_addresses": "…"}
    assert len(by_terms["after"]["terms"]) == 64 and by_terms["before"]["terms"] != by_terms["after"]["terms"]


@pytest.mark.parametrize(
    ("part", "patch", "where"),
    [
        ("", {"title": "Better", "reward": "A cup", "agon": {"anonymous_leaderboard": True, "slug": "better"}}, ()),
        (
            "/phases/0",
            {"name": "Final", "max_submissions_per_day": 0, "hide_output": True, "end": "2031-01-01"},
            ("phases", 0),
        ),
        ("/phases/0", {"agon": {"is_blind": True, "max_submission_bytes": 5}}, ("phases", 0)),
        ("/tasks/0", {"description": "Guess it.", "agon": {"network": ["ingestion"]}}, ("tasks", 0)),
        ("/pages/0", {"title": "Start"}, ("pages", 0)),
        ("/leaderboards/0", {"title": "Scores", "hidden": True, "submission_rule": "Force_Last"}, ("leaderboards", 0)),
        ("/leaderboards/0/columns/1", {"title": "Minutes", "precision": 4}, ("leaderboards", 0, "columns", 1)),
    ],
)
def test_a_setting_is_changed_and_stays(
    organizer: Person, competition: dict[str, Any], part: str, patch: dict[str, Any], where: tuple[Any, ...]
) -> None:
    changed = edit(organizer, competition, part, patch)
    assert changed.status == 200, changed
    assert changed.headers["etag"] == '"2"'
    shown: Any = settings(organizer, competition)
    for step in where:
        shown = shown[step]
    assert {key: shown[key] for key in patch if key != "end"} == {key: value for key, value in patch.items() if key != "end"}


def test_questions_are_asked_in_the_order_in_which_a_change_names_them(
    organizer: Person, competition: dict[str, Any]
) -> None:
    def ask(questions: dict[str, Any]) -> None:
        assert edit(organizer, competition, "", {"agon": {"registration_questions": questions}}).status == 200

    texts = {key: {"key": key, "type": "text", "title": key, "is_required": "true"} for key in ("lab", "data", "gpu", "why")}
    ask(texts)
    ask({"why": {"title": "Why?"}, "data": None, "lab": {}})
    asked = organizer.call("GET", f"/competitions/{competition['id']}").body["registration_questions"]
    assert [(one["key"], one["title"]) for one in asked] == [("why", "Why?"), ("gpu", "gpu"), ("lab", "lab")]
    before = settings(organizer, competition)
    ask({"lab": {}, "gpu": {}, "why": {}})
    assert list(settings(organizer, competition)["agon"]["registration_questions"]) == ["lab", "gpu", "why"]
    assert settings(organizer, competition) == before


def test_a_null_puts_a_setting_back_to_its_default(organizer: Person, competition: dict[str, Any]) -> None:
    assert edit(organizer, competition, "/phases/0", {"max_submissions": None}).status == 200
    assert "max_submissions" not in settings(organizer, competition)["phases"][0]
    assert organizer.call("GET", f"/competitions/{competition['id']}").body["phases"][0]["max_submissions"] == 100


def test_what_participants_see_changes_with_it(organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    edit(organizer, competition, "", {"title": "Better"})
    edit(organizer, competition, "/pages/0", {"content": "<b>New</b>", "format": "html"})
    edit(organizer, competition, "/phases/0", {"end": "2026-02-01"})
    seen = ada.call("GET", f"/competitions/{competition['id']}").body
    assert (seen["title"], seen["phases"][0]["state"]) == ("Better", "closed")
    page = ada.call("GET", f"/competitions/{competition['id']}/pages/0").body
    assert (page["format"], page["content"], page["title"]) == ("html", "<b>New</b>", "Overview")


@pytest.mark.parametrize(
    ("part", "patch", "places"),
    [
        ("", {"title": "", "competition_type": "race"}, {"title", "competition_type"}),
        ("", {"titel": "x", "agon": {"odd": 1}}, {"titel", "agon.odd"}),
        ("", {"phases": []}, {"phases"}),
        ("", {"title": "Iris \u202ecup"}, {"title"}),
        ("/phases/0", {"end": "2020-01-01"}, {"phases[0].end"}),
        ("/phases/0", {"end": "05/06/2030"}, {"phases[0].end"}),
        ("/phases/0", {"tasks": [9], "max_submissions": -1}, {"phases[0].tasks", "phases[0].max_submissions"}),
        ("/phases/0", {"index": 3}, {"phases[0].index"}),
        ("/tasks/0", {"scoring_program": None}, {"tasks[0].scoring_program"}),
        ("/tasks/0", {"scoring_program": "01m86vp9f4vk8vwkkszfrnkpp9"}, {"tasks[0].scoring_program"}),
        ("/tasks/0", {"scoring_program": "../../etc/passwd"}, {"tasks[0].scoring_program"}),
        ("/pages/0", {"content": 5}, {"content"}),
        ("/pages/0", {"file": "terms.md"}, {"pages[0].file"}),
        ("/leaderboards/0", {"primary_index": 7}, {"leaderboards[0].primary_index"}),
        (
            "/leaderboards/0/columns/1",
            {"key": "accuracy"},
            {"leaderboards[0].columns[0].key", "leaderboards[0].columns[1].key"},
        ),
    ],
)
def test_each_field_that_does_not_fit_is_complained_about_and_nothing_changes(
    organizer: Person, competition: dict[str, Any], part: str, patch: dict[str, Any], places: set[str]
) -> None:
    before = organizer.call("GET", path(competition)).body
    assert errors(edit(organizer, competition, part, patch)) == places
    assert organizer.call("GET", path(competition)).body == before


@pytest.mark.parametrize("part", ["/phases/5", "/things/0", "/leaderboards/0/columns/9", "/tasks/first"])
def test_what_is_not_there_is_not_found(organizer: Person, competition: dict[str, Any], part: str) -> None:
    assert edit(organizer, competition, part, {"title": "x"}).status == 404


def test_parts_are_added_and_removed(organizer: Person, competition: dict[str, Any]) -> None:
    edit(organizer, competition, "/phases/0", {"end": "2030-01-01"})
    scoring = settings(organizer, competition)["tasks"][0]["scoring_program"]
    added = [
        edit(organizer, competition, "/tasks", {"name": "Second", "scoring_program": scoring}, "POST"),
        edit(organizer, competition, "/phases", {"name": "Final", "start": "2030-01-01", "tasks": [1]}, "POST"),
        edit(organizer, competition, "/pages", {"title": "Data", "content": "Here."}, "POST"),
        edit(organizer, competition, "/leaderboards/0/columns", {"title": "F1", "key": "f1"}, "POST"),
        edit(
            organizer,
            competition,
            "/leaderboards",
            {"title": "B", "key": "b", "columns": [{"title": "X", "key": "x", "index": 0}]},
            "POST",
        ),
    ]
    assert [one.status for one in added] == [200] * 5, added
    shown = settings(organizer, competition)
    assert [len(shown[part]) for part in ("tasks", "phases", "pages", "leaderboards")] == [2, 2, 2, 2]
    assert [column["index"] for column in shown["leaderboards"][0]["columns"]] == [0, 1, 2]
    assert organizer.call("GET", f"/competitions/{competition['id']}/pages/1").body["content"] == "Here."
    for part in ("/leaderboards/1", "/leaderboards/0/columns/2", "/pages/0", "/phases/1", "/tasks/1"):
        assert edit(organizer, competition, part, None, "DELETE").status == 200, part
    shown = settings(organizer, competition)
    assert [len(shown[part]) for part in ("tasks", "phases", "pages", "leaderboards")] == [1, 1, 1, 1]
    assert organizer.call("GET", f"/competitions/{competition['id']}/pages/0").body["title"] == "Data"


@pytest.mark.parametrize("part", ["/phases/0", "/tasks/0", "/leaderboards/0"])
def test_the_last_of_what_a_competition_needs_stays(organizer: Person, competition: dict[str, Any], part: str) -> None:
    assert edit(organizer, competition, part, None, "DELETE").status == 422


def test_a_phase_with_submissions_or_with_one_behind_it_stays(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    edit(organizer, competition, "/phases/0", {"end": "2030-01-01"})
    edit(
        organizer, competition, "/phases", {"name": "Next", "start": "2026-01-01", "end": "2031-01-01", "tasks": [0]}, "POST"
    )
    ada.join(competition)
    upload = ada.upload(builders.submission())
    assert ada.call("POST", f"/phases/{competition['id']}-1/submissions", {"upload": upload}).status == 201
    assert edit(organizer, competition, "/phases/0", None, "DELETE").status == 409
    assert edit(organizer, competition, "/phases/1", None, "DELETE").status == 409


def test_a_change_of_what_somebody_else_has_changed_is_refused(organizer: Person, competition: dict[str, Any]) -> None:
    etag = organizer.call("GET", path(competition)).headers["etag"]
    first = organizer.call("PATCH", path(competition), {"title": "Mine"}, If_Match=etag)
    second = organizer.call("PATCH", path(competition, "/phases/0"), {"name": "Theirs"}, If_Match=etag)
    assert (first.status, second.status) == (200, 412)
    assert "Load its settings again" in second.body["detail"]
    assert settings(organizer, competition)["phases"][0]["name"] == "Only"


def test_a_change_that_comes_between_read_and_write_is_not_lost(
    organizer: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.client import BaseClient

    real, others = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "TransactWriteItems" and not others:
            others.append(None)
            others[0] = edit(organizer, competition, "", {"title": "Theirs"})
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    mine = edit(organizer, competition, "", {"title": "Mine"})
    assert (others[0].status, mine.status) == (200, 412)
    assert settings(organizer, competition)["title"] == "Theirs"


def test_a_change_says_which_state_it_is_of(organizer: Person, competition: dict[str, Any]) -> None:
    answer = organizer.call("PATCH", path(competition), {"title": "x"})
    assert (answer.status, "If-Match" in answer.body["detail"]) == (428, True)


def test_a_new_program_is_used_from_then_on_and_counted(
    site: Site, admin: Person, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    other = organizer.competition(files={"reference.zip": builders.archive({"truth.txt": "43"})})
    reference = settings(organizer, other)["tasks"][0]["reference_data"]
    assert edit(organizer, competition, "/tasks/0", {"reference_data": reference}).status == 200
    assert next(row["uses"] for row in site.rows() if row.get("id") == reference) == 3  # two competitions and a task
    ada.join(competition)
    submission = ada.submit(competition).body["id"]
    site.claim(submission, site.runner_token(admin))
    ran_with = organizer.call("GET", f"/submissions/{submission}").body["ran_with"]
    assert ran_with["files"]["reference_data"]["dataset"] == reference


def test_somebody_elses_dataset_is_not_taken(organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    theirs = settings(ada, ada.competition())["tasks"][0]["reference_data"]
    assert errors(edit(organizer, competition, "/tasks/0", {"reference_data": theirs})) == {"tasks[0].reference_data"}


def test_the_board_follows_its_columns(
    site: Site, admin: Person, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    site.finish(job, {"accuracy": 0.5, "seconds": 1})
    site.work()
    edit(organizer, competition, "/leaderboards/0/columns/1", {"hidden": True})
    site.work()
    board = ada.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body
    assert [column["key"] for column in board["columns"]] == ["accuracy"]


def test_only_organizers_and_administrators_edit(
    site: Site, organizer: Person, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    ada.join(competition)
    for method, part, body in (("GET", "", None), ("PATCH", "", {"title": "x"}), ("DELETE", "/pages/0", None)):
        assert ada.call(method, path(competition, part), body, If_Match='"1"').status == 403
        assert site.call(method, path(competition, part), body).status == 401
    assert admin.call("GET", path(competition)).status == 200


def test_an_edit_costs_a_query_and_a_transaction(organizer: Person, competition: dict[str, Any]) -> None:
    calls: list[str] = []
    etag = organizer.call("GET", path(competition)).headers["etag"]
    from chalicelib.store import table

    events = table.Item._get_connection().connection.client.meta.events
    events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name), unique_id="count")
    try:
        organizer.call("PATCH", path(competition), {"title": "x"}, If_Match=etag)
    finally:
        events.unregister("before-call.dynamodb", unique_id="count")
    assert calls == ["Query", "TransactWriteItems", "Query"]


def test_terms_and_logo_are_changed_and_shown(organizer: Person, competition: dict[str, Any]) -> None:
    def send(what: str, body: dict[str, str]) -> Answer:
        etag = organizer.call("GET", path(competition)).headers["etag"]
        return organizer.call("PATCH", f"/competitions/{competition['id']}/{what}", body, If_Match=etag)

    svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
    assert send("logo", {"content": svg, "format": "svg"}).status == 200
    assert send("terms", {"content": "<p>New</p>", "format": "html"}).status == 200
    assert send("terms", {"content": "x", "format": "pdf"}).status == 422
    shown = organizer.call("GET", f"/competitions/{competition['id']}").body
    assert organizer.call("GET", f"/competitions/{competition['id']}/pages/1").body["content"] == "<p>New</p>"
    logo = sender().get(shown["logo_url"])
    assert (logo.headers["content-type"], logo.headers["content-disposition"]) == (
        *("image/svg+xml", 'attachment; filename="logo"'),
    )
    assert edit(organizer, competition, "", {"image": None, "terms": None}).status == 200
    assert organizer.call("GET", f"/competitions/{competition['id']}").body["logo_url"] is None
    assert organizer.call("GET", f"/competitions/{competition['id']}/pages/1").status == 404


def test_files_that_pages_link_to_are_listed_and_are_never_pages_of_ours(site: Site, organizer: Person) -> None:
    made = organizer.competition(files={"assets/evil.html": "<script>1</script>", "assets/deep/a b.png": b"png"})
    found = {one["name"]: one["url"] for one in site.call("GET", f"/competitions/{made['id']}/assets").body["assets"]}
    page, image = sender().get(found["assets/evil.html"]), sender().get(found["assets/deep/a b.png"])
    assert page.headers["content-disposition"].startswith("attachment") and "html" not in page.headers["content-type"]
    assert (image.headers["content-type"], image.content) == ("image/png", b"png")


def test_an_end_before_the_start_is_taken_for_a_slip_unless_the_phase_never_opened_before(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    refused = edit(organizer, competition, "/phases/0", {"end": "2020-01-01"})
    assert errors(refused) == {"phases[0].end"} and refused.body["errors"][0]["code"] == "phase_ends_early"
    (complaint,) = edit(organizer, competition, "/phases/0", {"max_submissions": "many"}).body["errors"]
    assert (complaint["code"], complaint["params"]["written"]) == ("not_a_whole_number", "`many`")
    shut = organizer.competition(end="2020-01-01")
    assert edit(organizer, shut, "/phases/0", {"name": "Shut"}).status == 200
    assert edit(organizer, shut, "", {"title": "Still shut"}).status == 200


def test_a_setting_goes_by_the_name_that_the_reference_gives_it(organizer: Person, competition: dict[str, Any]) -> None:
    assert edit(organizer, competition, "", {"agon.enable_teams": True, "agon": {"timezone": "Europe/Paris"}}).status == 200
    assert edit(organizer, competition, "/phases/0", {"agon.is_blind": True}).status == 200
    shown = settings(organizer, competition)
    assert shown["agon"] == {"enable_teams": True, "timezone": "Europe/Paris", "slug": "guess"}
    assert shown["phases"][0]["agon"]["is_blind"] is True
    assert edit(organizer, competition, "", {"agon.enable_teams": None}).status == 200
    assert "enable_teams" not in settings(organizer, competition)["agon"]
    refused = edit(organizer, competition, "", {"enable_teams": True})
    assert errors(refused) == {"enable_teams"} and "below `agon:`" in refused.body["errors"][0]["message"]
    assert errors(edit(organizer, competition, "", {"agon.enable_temas": True})) == {"agon.enable_temas"}
