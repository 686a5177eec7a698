"""POST /phases/{phase}/brought and /competitions/{competition}/collect: what another site scored, and whose it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from tests import builders
from tests.api.books import crashing
from tests.api.conftest import Answer, Person, Site
from tests.api.test_competition_removal import delete, naming, settle

THERE = "codabench.example"


def phase_of(competition: dict[str, Any]) -> str:
    return f"/phases/{competition['phases'][0]['id']}"


def bring(by: Person, competition: dict[str, Any], id_: int = 7, accuracy: float | None = 0.5, **more: Any) -> Answer:
    scores = {} if accuracy is None else {"0": {"accuracy": accuracy, "seconds": 2.0}}
    body = {"site": THERE, "id": str(id_), "owner": "ada", "address": "ada@example.org", "status": "Finished"}
    body |= {"created_at": f"2026-01-{id_:02}T10:00:00Z", "scores": scores}
    upload = more.pop("upload", None) or by.upload(builders.submission())
    return by.call("POST", f"{phase_of(competition)}/brought", {**body, "upload": upload, **more})


def board(by: Person, competition: dict[str, Any]) -> list[tuple[Any, ...]]:
    while by.site.work():
        pass
    rows = by.call("GET", f"{phase_of(competition)}/leaderboard").body["rows"]
    return [(row["rank"], row["participant"], row["scores"]["accuracy"], row["brought"]) for row in rows]


@pytest.fixture
def draft(organizer: Person) -> dict[str, Any]:
    return organizer.competition(publish=False)


def test_a_submission_comes_with_its_scores_and_says_where_they_are_from(
    site: Site, organizer: Person, draft: dict[str, Any]
) -> None:
    answer = bring(organizer, draft, name="First try", description="A net.")
    assert answer.status == 201, answer
    told = answer.body
    assert (told["participant"], told["status"], told["attempt"]) == (f"ada~{THERE}", "Finished", 1)
    assert (told["name"], told["description"], told["created_at"][:16]) == ("First try", "A net.", "2026-01-07T10:00")
    assert told["scores"] == {"accuracy": 0.5, "seconds": 2.0}
    assert (told["origin"]["site"], told["origin"]["id"], told["origin"]["by"]) == (THERE, "7", "olga")
    assert board(organizer, draft) == [(1, f"ada~{THERE}", 0.5, True)]
    # It is run by nobody, charged to nobody, and told to nobody.
    kinds = {row["kind"] for row in site.rows()}
    assert (site.messages("JobsQueueUrl"), kinds & {"quota", "mail", "turn"}) == ([], set())


def test_who_brought_what_stands_in_the_log_of_the_phase(organizer: Person, draft: dict[str, Any]) -> None:
    made = bring(organizer, draft).body["id"]
    (entry,) = organizer.call("GET", f"{phase_of(draft)}/deeds").body["deeds"]
    assert (entry["what"], entry["by"], entry["submission"]) == ("brought", "olga", made)
    assert (entry["participant"], entry["after"]["site"], entry["after"]["id"]) == (f"ada~{THERE}", THERE, "7")
    assert entry["after"]["scores"]["accuracy"] == 0.5


def test_the_same_one_again_is_the_one_that_is_there(site: Site, organizer: Person, draft: dict[str, Any]) -> None:
    first = bring(organizer, draft).body
    again = bring(organizer, draft, accuracy=0.9)
    assert (again.status, again.body["id"], again.body["scores"]) == (201, first["id"], first["scores"])
    assert [row["brought"] for row in site.rows() if row.get("brought") and row["kind"] == "participant"] == [1]
    assert len(organizer.call("GET", f"{phase_of(draft)}/deeds").body["deeds"]) == 1


def test_it_costs_two_calls_and_broken_off_before_the_last_it_left_nothing(
    site: Site, organizer: Person, draft: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = organizer.upload(builders.submission())
    with crashing(monkeypatch, at=2):
        bring(organizer, draft, upload=upload)
    assert [row for row in site.rows() if row["kind"] in ("submission", "board_row", "participant")] == []
    with crashing(monkeypatch, at=100) as calls:
        assert bring(organizer, draft, upload=upload).status == 201
    assert calls == ["BatchGetItem", "TransactWriteItems"]
    assert board(organizer, draft) == [(1, f"ada~{THERE}", 0.5, True)]


def test_the_rule_of_the_board_chooses_among_what_was_brought(organizer: Person, draft: dict[str, Any]) -> None:
    for id_, accuracy in ((9, 0.4), (3, 0.8), (5, 0.6)):
        assert bring(organizer, draft, id_, accuracy).status == 201
    bring(organizer, draft, 4, 0.7, owner="grace", address="grace@example.org")
    assert board(organizer, draft) == [(1, f"ada~{THERE}", 0.8, True), (2, f"grace~{THERE}", 0.7, True)]


def test_where_participants_choose_the_choice_they_made_there_stands(organizer: Person) -> None:
    draft = organizer.competition(publish=False, rule="Add")
    bring(organizer, draft, 3, 0.8)
    bring(organizer, draft, 5, 0.6, on_board=True)
    bring(organizer, draft, 9, 0.9)
    assert board(organizer, draft) == [(1, f"ada~{THERE}", 0.6, True)]


def test_what_failed_there_has_no_scores_here(organizer: Person, draft: dict[str, Any]) -> None:
    told = bring(organizer, draft, status="Failed", reason="Failed at the other site.").body
    assert (told["status"], told["scores"], told["reason"]) == ("Failed", {}, "Failed at the other site.")
    assert board(organizer, draft) == []


def test_each_task_has_the_scores_that_it_had(organizer: Person) -> None:
    draft = organizer.competition(publish=False, tasks=("One", "Two"))
    scores = {"0": {"accuracy": 0.4, "seconds": 1.0}, "1": {"accuracy": 0.8, "seconds": 3.0}}
    made = bring(organizer, draft, scores=scores).body["id"]
    told = organizer.call("GET", f"/submissions/{made}").body
    assert (told["scores"]["accuracy"], told["scores"]["0/accuracy"]) == (pytest.approx(0.6), 0.4)
    assert [(one["status"], one["attempt"], one["scores"]["accuracy"]) for one in told["tasks"]] == [
        ("Finished", 1, 0.4),
        ("Finished", 1, 0.8),
    ]
    assert board(organizer, draft) == [(1, f"ada~{THERE}", pytest.approx(0.6), True)]


@pytest.mark.parametrize("tasks", [("One",), ("One", "Two")])
def test_run_again_it_has_the_scores_of_this_site_and_says_so(
    site: Site, organizer: Person, admin: Person, tasks: tuple[str, ...]
) -> None:
    draft = organizer.competition(publish=False, tasks=tasks)
    made = bring(organizer, draft, scores={str(index): {"accuracy": 0.4} for index in range(len(tasks))}).body["id"]
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 200
    runner = site.runner_token(admin)
    while (job := site.claim(made, runner)).status == 200:
        assert site.finish(job.body, {"accuracy": 0.3, "seconds": 1.0}).status == 200
    (first,) = organizer.call("GET", f"/submissions/{made}/attempts").body["attempts"]
    assert (first["number"], first["scores"]["accuracy"]) == (1, 0.4)
    assert board(organizer, draft) == [(1, f"ada~{THERE}", pytest.approx(0.3), False)]


def test_a_re_run_that_comes_to_nothing_leaves_what_was_brought(site: Site, organizer: Person, admin: Person) -> None:
    draft = organizer.competition(publish=False)
    made = bring(organizer, draft).body["id"]
    organizer.call("POST", f"/submissions/{made}/rerun")
    job = site.claim(made, site.runner_token(admin)).body
    assert site.finish(job, fault="organizer", reason="It broke.").status == 200
    told = organizer.call("GET", f"/submissions/{made}").body
    assert (told["status"], told["scores"]["accuracy"], told["shown_attempt"]) == ("Finished", 0.5, 1)
    assert board(organizer, draft) == [(1, f"ada~{THERE}", 0.5, True)]


def test_nothing_comes_into_what_is_published_or_is_somebody_elses(
    site: Site, organizer: Person, ada: Person, draft: dict[str, Any]
) -> None:
    public = organizer.competition()
    assert "Unpublish it" in (refused := bring(organizer, public)).body["detail"] and refused.status == 409
    assert bring(ada, public).status == 403
    assert bring(ada, draft).status == 404
    assert bring(organizer, draft, upload=ada.upload(builders.submission())).status == 404
    assert [row for row in site.rows() if row["kind"] == "submission"] == []


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"created_at": "2999-01-01T00:00:00Z"}, "created_at"),
        ({"created_at": "1999-12-31T23:59:59Z"}, "created_at"),
        ({"scores": {"4": {"accuracy": 1.0}}}, "scores.4"),
        ({"site": "https://codabench.example/x"}, "site"),
        ({"owner": "ada\u202e"}, "owner"),
        ({"status": "Running"}, "status"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    organizer: Person, draft: dict[str, Any], wrong: dict[str, Any], place: str
) -> None:
    answer = bring(organizer, draft, **wrong)
    assert (answer.status, [error["place"] for error in answer.body["errors"]]) == (422, [place])


def test_one_that_was_withdrawn_here_does_not_come_back(organizer: Person, draft: dict[str, Any]) -> None:
    made = bring(organizer, draft).body["id"]
    assert organizer.call("DELETE", f"/submissions/{made}").status == 200
    assert bring(organizer, draft).body["removed_at"] is not None
    assert board(organizer, draft) == []


def test_names_that_would_look_the_same_are_told_apart(organizer: Person, draft: dict[str, Any]) -> None:
    names = [
        bring(organizer, draft, id_, owner=owner, address=None).body["participant"]
        for id_, owner in enumerate(("a+b", "a@b", "é", "x" * 90), start=1)
    ]
    board(organizer, draft)
    assert len(set(names)) == 4 and all(name.endswith(f"~{THERE}") for name in names)
    for name in names:
        assert organizer.call("GET", f"{phase_of(draft)}/participants/{name}/history").status == 200


def test_who_joins_with_the_address_collects_what_is_theirs(
    site: Site, organizer: Person, ada: Person, draft: dict[str, Any]
) -> None:
    for id_, accuracy in ((3, 0.8), (5, 0.6)):
        bring(organizer, draft, id_, accuracy)
    organizer.call("POST", f"/competitions/{draft['id']}/publish")
    assert ada.call("GET", f"/competitions/{draft['id']}").body["brought"] is True
    collect = f"/competitions/{draft['id']}/collect"
    assert "Join" in (early := ada.call("POST", collect)).body["detail"] and early.status == 403
    ada.join(draft)
    assert ada.call("GET", f"{phase_of(draft)}/submissions").body["submissions"] == []
    assert ada.call("POST", collect).body == {"submissions": 2, "left": 0}
    assert ada.call("POST", collect).body == {"submissions": 0, "left": 0}
    mine = ada.call("GET", f"{phase_of(draft)}/submissions").body["submissions"]
    assert [(one["participant"], one["origin"]["id"]) for one in mine] == [("ada", "5"), ("ada", "3")]
    assert board(ada, draft) == [(1, "ada", 0.8, True)]
    people = organizer.call("GET", f"/competitions/{draft['id']}/participants").body["participants"]
    assert [one["username"] for one in people] == ["ada"]
    assert organizer.call("GET", f"/competitions/{draft['id']}").body["participants"] == 1


def test_nobody_collects_what_is_under_another_address_or_under_none(
    site: Site, organizer: Person, ada: Person, draft: dict[str, Any]
) -> None:
    bring(organizer, draft, 3, address="grace@example.org")
    bring(organizer, draft, 5, address=None)
    organizer.call("POST", f"/competitions/{draft['id']}/publish")
    ada.join(draft)
    assert ada.call("POST", f"/competitions/{draft['id']}/collect").body == {"submissions": 0, "left": 0}


def test_what_comes_afterwards_is_collected_again(organizer: Person, ada: Person, draft: dict[str, Any]) -> None:
    bring(organizer, draft, 3)
    organizer.call("POST", f"/competitions/{draft['id']}/publish")
    ada.join(draft)
    ada.call("POST", f"/competitions/{draft['id']}/collect")
    organizer.call("POST", f"/competitions/{draft['id']}/unpublish")
    assert bring(organizer, draft, 5, 0.9).body["participant"] == f"ada~{THERE}"
    # What is hers by now stays that, however often it is brought.
    assert bring(organizer, draft, 3).body["participant"] == "ada"
    organizer.call("POST", f"/competitions/{draft['id']}/publish")
    assert ada.call("POST", f"/competitions/{draft['id']}/collect").body == {"submissions": 1, "left": 0}
    assert board(organizer, draft) == [(1, "ada", 0.9, True)]


def test_what_is_collected_is_deleted_by_its_participant_and_gives_back_no_attempt(
    site: Site, organizer: Person, ada: Person, draft: dict[str, Any]
) -> None:
    made = bring(organizer, draft).body["id"]
    organizer.call("POST", f"/competitions/{draft['id']}/publish")
    ada.join(draft)
    ada.call("POST", f"/competitions/{draft['id']}/collect")
    assert ada.call("DELETE", f"/submissions/{made}").status == 200
    assert ada.call("GET", f"{phase_of(draft)}/quota").body["in_all"] == {"limit": 10, "left": 10}
    organizer.call("POST", f"/competitions/{draft['id']}/unpublish")
    assert "deleted it here" in (refused := bring(organizer, draft)).body["detail"] and refused.status == 409
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=1))
    assert not [row for row in site.rows() if row["kind"] in ("submission", "quota")]


def test_whom_the_organizers_denied_nobody_becomes(organizer: Person, ada: Person, draft: dict[str, Any]) -> None:
    bring(organizer, draft, 3)
    organizer.call("POST", f"/competitions/{draft['id']}/publish")
    ada.join(draft)
    people = organizer.call("GET", f"/competitions/{draft['id']}/participants").body["participants"]
    there = next(one["user"] for one in people if "~" in one["username"])
    path = f"/competitions/{draft['id']}/participants/{there}"
    assert organizer.call("PATCH", path, {"status": "denied"}).status == 200
    assert ada.call("POST", f"/competitions/{draft['id']}/collect").status == 409


def test_it_goes_with_its_competition(site: Site, organizer: Person, draft: dict[str, Any]) -> None:
    bring(organizer, draft)
    bring(organizer, draft, 8, owner="grace", address=None)
    assert delete(organizer, draft).status == 200
    settle(site, draft)
    assert not {"submission", "participant", "participant_name", "board_row"} & naming(site, draft).keys()
