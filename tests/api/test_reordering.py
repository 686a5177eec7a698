"""Boards whose rules, rankings, tasks and columns organizers change after people have handed in."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.actions.background import sweep
from chalicelib.actions.leaderboards import previewing, rebuilding
from chalicelib.store.submissions.submissions import owner_key
from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.phases import score
from tests.api.test_editor import edit, path

#: Who has which accuracy on a board, in its order.
Rows = list[tuple[str, float | None]]


@pytest.fixture
def grace(site: Site) -> Person:
    return site.person("grace")


def phase_of(competition: Mapping[str, Any]) -> str:
    return str(competition["phases"][0]["id"])


def work(site: Site) -> None:
    while site.work():
        pass


def rows(site: Site, competition: Mapping[str, Any], column: str = "accuracy") -> Rows:
    work(site)
    board = site.call("GET", f"/phases/{phase_of(competition)}/leaderboard").body
    return [(row["participant"], row["scores"][column]) for row in board["rows"]]


def hand_in(person: Person, competition: Mapping[str, Any], *accuracies: float) -> list[str]:
    """Submissions that have finished with these accuracies, one a minute, all as slow as they are accurate."""
    scores = [{"accuracy": one, "seconds": 10 * one} for one in accuracies]
    return [scored(person, competition, one, minute) for minute, one in enumerate(scores)]


def scored(person: Person, competition: Mapping[str, Any], scores: Mapping[str, float], minute: int, **said: Any) -> str:
    """A submission that has finished with these scores, and is on the board if it is to be."""
    made = score(person, phase_of(competition), scores, minute, **said)
    rebuilding.rebuild(phase_of(competition), datetime.now(UTC))
    return made


def update(
    organizer: Person,
    competition: Mapping[str, Any],
    said: tuple[str, str] = ("", ""),
    files: Mapping[str, str] | None = None,
    **settings: Any,
) -> list[dict[str, Any]]:
    """Put another bundle in the place of a competition's definition, in which something else is `said`: the warnings."""
    manifest = {"competition.yaml": builders.manifest(**settings).replace(*said)}
    body = {"upload": organizer.upload(builders.bundle(manifest | dict(files or {})), "bundle")}
    begun = organizer.call("POST", f"/competitions/{competition['id']}/bundles", body).body
    work(organizer.site)
    done = organizer.call("GET", f"/imports/{begun['id']}").body
    assert done["status"] == "Finished", done
    warnings: list[dict[str, Any]] = done["warnings"]
    return warnings


def jobs(organizer: Person, competition: Mapping[str, Any]) -> list[dict[str, Any]]:
    listed = organizer.call("GET", f"/phases/{phase_of(competition)}/jobs").body["jobs"]
    return [job for job in listed if job["work"] == "reorder"]


ALL: Rows = [("ada", 0.9), ("grace", 0.85), ("ada", 0.7)]
BEST: Rows = [("ada", 0.9), ("grace", 0.85)]
LAST: Rows = [("grace", 0.85), ("ada", 0.7)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Add", "Force_Best", BEST),
        ("Add", "Force_Last", LAST),
        ("Add_And_Delete_Multiple", "Force_Latest_Multiple", ALL),
        ("Force_Latest_Multiple", "Force_Best", BEST),
        ("Force_Latest_Multiple", "Force_Last", LAST),
        ("Force_Last", "Force_Best", BEST),
        ("Force_Best", "Force_Latest_Multiple", ALL),
        ("Force_Best", "Add_And_Delete_Multiple", BEST),
        ("Force_Latest_Multiple", "Add", LAST),
    ],
)
@pytest.mark.parametrize("way", ["editor", "phase", "bundle"])
def test_another_rule_places_everybodys_submissions_anew(
    site: Site, organizer: Person, ada: Person, grace: Person, before: str, after: str, expected: Rows, way: str
) -> None:
    competition = organizer.competition(rule=before)
    hand_in(ada, competition, 0.9, 0.7)
    hand_in(grace, competition, 0.85)
    if way == "bundle":
        update(organizer, competition, rule=after)
    else:
        part, key = ("/leaderboards/0", "submission_rule") if way == "editor" else ("/phases/0", "agon")
        patch = {key: after if way == "editor" else {"submission_rule": after}}
        assert edit(organizer, competition, part, patch).status == 200
    assert rows(site, competition) == expected


@pytest.mark.parametrize(
    ("part", "patch", "expected"),
    [
        ("/leaderboards/0/columns/0", {"sorting": "asc"}, [("ada", 0.7), ("grace", 0.85)]),
        ("/leaderboards/0", {"primary_index": 1}, [("ada", 0.7), ("grace", 0.85)]),
        ("/leaderboards/0/columns/0", {"title": "Right", "precision": 5}, BEST),
    ],
)
def test_another_ranking_chooses_everybodys_best_anew(
    site: Site, organizer: Person, ada: Person, grace: Person, part: str, patch: dict[str, Any], expected: Rows
) -> None:
    competition = organizer.competition()
    hand_in(ada, competition, 0.9, 0.7)
    hand_in(grace, competition, 0.85)
    assert edit(organizer, competition, part, patch).status == 200
    assert rows(site, competition) == expected
    assert bool(jobs(organizer, competition)) is (expected != BEST)


def test_another_tie_break_chooses_everybodys_best_anew(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    slow, quick = ({"accuracy": 0.5, "seconds": seconds} for seconds in (9.0, 1.0))
    first = scored(ada, competition, slow, 1)
    scored(ada, competition, quick, 2)
    assert rows(site, competition, "seconds") == [("ada", 1.0)]
    assert edit(organizer, competition, "/leaderboards/0", {"agon": {"tie_break_indexes": []}}).status == 200
    assert rows(site, competition, "seconds") == [("ada", 9.0)]
    assert organizer.call("GET", f"/submissions/{first}").body["scores"] == slow


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("sorting: desc", "sorting: asc"), [("ada", 0.7), ("grace", 0.85)]),
        (("key: main", "key: main\n    primary_index: 1"), [("ada", 0.7), ("grace", 0.85)]),
        (("Accuracy, key", "Right, precision: 5, key"), BEST),
    ],
    ids=["direction", "ranking column", "looks alone"],
)
def test_a_bundle_with_another_ranking_chooses_everybodys_best_anew(
    site: Site,
    organizer: Person,
    ada: Person,
    grace: Person,
    said: tuple[str, str],
    expected: Rows,
) -> None:
    competition = organizer.competition()
    hand_in(ada, competition, 0.9, 0.7)
    hand_in(grace, competition, 0.85)
    update(organizer, competition, said)
    assert rows(site, competition) == expected
    assert bool(jobs(organizer, competition)) is (expected != BEST)


def test_a_bundle_with_another_tie_break_chooses_everybodys_best_anew(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    for minute, seconds in enumerate((9.0, 1.0)):
        scored(ada, competition, {"accuracy": 0.5, "seconds": seconds}, minute)
    assert rows(site, competition, "seconds") == [("ada", 1.0)]
    update(organizer, competition, ("key: main", "key: main\n    agon: {tie_break_indexes: []}"))
    assert rows(site, competition, "seconds") == [("ada", 9.0)]


def test_a_bundle_with_other_tasks_ranks_what_was_scored_on_them_alone(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    both = ("Cats", "Dogs")
    competition = organizer.competition(tasks=both)
    of_both = {"accuracy": 0.6, "0/accuracy": 0.9, "1/accuracy": 0.3}
    scored(ada, competition, of_both, 1, task=None, tasks={"0": "Cats", "1": "Dogs"})
    scored(
        grace, competition, of_both | {"accuracy": 0.65, "1/accuracy": 0.4}, 2, task=None, tasks={"0": "Cats", "1": "Dogs"}
    )
    update(organizer, competition, ("tasks: [0, 1]", "tasks: [1]"), tasks=both)
    assert rows(site, competition) == [("grace", 0.4), ("ada", 0.3)]
    update(organizer, competition, tasks=both)
    assert rows(site, competition) == [("grace", 0.65), ("ada", 0.6)]


@pytest.mark.parametrize("way", ["editor", "bundle"])
def test_after_another_rule_a_worse_later_submission_replaces_no_better_one(
    site: Site, organizer: Person, admin: Person, ada: Person, way: str
) -> None:
    competition, runner = organizer.competition(rule="Force_Last"), site.runner_token(admin)
    ada.join(competition)

    def finish(accuracy: float) -> None:
        job = site.claim(ada.submit(competition).body["id"], runner).body
        site.finish(job, {"accuracy": accuracy, "seconds": 1})

    for accuracy in (0.9, 0.8):
        finish(accuracy)
    assert rows(site, competition) == [("ada", 0.8)]
    if way == "bundle":
        update(organizer, competition, rule="Force_Best")
    else:
        edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
    finish(0.7)
    assert rows(site, competition) == [("ada", 0.9)]
    finish(0.95)
    assert rows(site, competition) == [("ada", 0.95)]


def test_other_tasks_rank_what_was_scored_on_them_alone_and_nothing_is_lost(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    competition = organizer.competition(tasks=("Cats", "Dogs"))
    of_both = {"accuracy": 0.6, "0/accuracy": 0.9, "1/accuracy": 0.3}
    both = scored(ada, competition, of_both, 1, task=None, tasks={"0": "Cats", "1": "Dogs"})
    assert edit(organizer, competition, "/phases/0", {"tasks": [0]}).status == 200
    assert rows(site, competition) == [("ada", 0.9)]
    of_cats = scored(grace, competition, {"accuracy": 0.8}, 2)
    assert rows(site, competition) == [("ada", 0.9), ("grace", 0.8)]
    assert edit(organizer, competition, "/phases/0", {"tasks": [1]}).status == 200
    assert rows(site, competition) == [("ada", 0.3)]
    assert edit(organizer, competition, "/phases/0", {"tasks": [0, 1]}).status == 200
    assert rows(site, competition) == [("ada", 0.6)]
    told = {id_: organizer.call("GET", f"/submissions/{id_}").body["scores"] for id_ in (both, of_cats)}
    assert told == {both: of_both, of_cats: {"0/accuracy": 0.8}}


def test_a_score_that_is_set_by_hand_keeps_those_of_tasks_that_the_phase_has_no_more(
    site: Site, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition(tasks=("Cats", "Dogs"))
    of_both = {"accuracy": 0.6, "0/accuracy": 0.9, "1/accuracy": 0.3}
    made = scored(ada, competition, of_both, 1, task=None, tasks={"0": "Cats", "1": "Dogs"})
    edit(organizer, competition, "/phases/0", {"tasks": [0]})
    work(site)
    body = {"scores": {"accuracy": 0.5}, "reason": "A slip."}
    assert organizer.call("PATCH", f"/submissions/{made}/scores", body).body["scores"] == {"accuracy": 0.5}
    edit(organizer, competition, "/phases/0", {"tasks": [0, 1]})
    assert rows(site, competition) == [("ada", 0.4)]


def test_a_submission_on_one_task_that_ends_after_its_phase_got_another_has_no_mean(
    site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    scoring = organizer.call("GET", path(competition)).body["settings"]["tasks"][0]["scoring_program"]
    edit(organizer, competition, "/tasks", {"name": "Second", "scoring_program": scoring}, "POST")
    edit(organizer, competition, "/phases/0", {"tasks": [0, 1]})
    site.finish(job, {"accuracy": 0.5, "seconds": 1})
    assert rows(site, competition) == []
    edit(organizer, competition, "/phases/0", {"tasks": [0]})
    assert rows(site, competition) == [("ada", 0.5)]


def test_marks_teams_and_what_was_withdrawn_stay_what_they_are(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    competition = organizer.competition(rule="Add")
    out, withdrawn = hand_in(ada, competition, 0.9, 0.8)
    hand_in(grace, competition, 0.7)
    owls = {"team": "01t", "team_name": "The Owls", "owner_pk": owner_key("01t", phase_of(competition))}
    scored(ada, competition, {"accuracy": 0.6}, 5, **owls)
    organizer.call("PATCH", f"/submissions/{out}/marks", {"disqualified": True, "reason": "No."})
    organizer.call("DELETE", f"/submissions/{withdrawn}")
    edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
    shown = rows(site, competition)
    assert ("grace", 0.7) in shown and ("The Owls", 0.6) in shown and ("ada", 0.9) not in shown


def test_as_many_rows_as_no_transaction_takes_come_and_go(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    hand_in(ada, competition, *(at / 100 for at in range(90)))
    edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Latest_Multiple"})
    assert len(rows(site, competition)) == 90
    edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
    assert rows(site, competition) == [("ada", 0.89)]


def test_a_preview_says_how_many_rows_change_and_changes_nothing(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    competition = organizer.competition(rule="Force_Last")
    hand_in(ada, competition, 0.9, 0.7)
    hand_in(grace, competition, 0.85)
    before = organizer.call("GET", path(competition)).body
    previewed = preview(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
    assert previewed.body["effects"] == [effect(competition, rows=2, change=1)]
    assert previewed.body["revision"] == before["revision"]
    assert organizer.call("GET", path(competition)).body == before
    assert (rows(site, competition), jobs(organizer, competition)) == (LAST, [])
    several = preview(organizer, competition, "/phases/0", {"agon": {"submission_rule": "Force_Latest_Multiple"}})
    assert several.body["effects"] == [effect(competition, rows=2, appear=1)]
    assert preview(organizer, competition, "/leaderboards/0", {"title": "Other"}).body["effects"] == []


def ranked(answer: Answer) -> list[tuple[int | None, int | None, str]] | None:
    """The rows of a preview: rank, the one that they have now, and whose they are."""
    told = answer.body["ranking"]
    return told and [(row["rank"], row["was"], row["participant"]) for row in told["rows"]]


def test_a_preview_of_a_column_shows_the_first_rows_as_they_would_be_ranked(
    organizer: Person, ada: Person, grace: Person
) -> None:
    competition = organizer.competition()
    hand_in(ada, competition, 0.9, 0.7)
    hand_in(grace, competition, 0.8)
    column = "/leaderboards/0/columns/0"
    told = preview(organizer, competition, column, {"sorting": "asc", "precision": 1})
    # The rule keeps the best one, which is another now.
    assert ranked(told) == [(1, None, "ada"), (2, 2, "grace")]
    assert [row["scores"] for row in told.body["ranking"]["rows"]] == [
        {"accuracy": 0.7, "seconds": 7.0},
        {"accuracy": 0.8, "seconds": 8.0},
    ]
    assert [(one["key"], one["sorting"], one["precision"]) for one in told.body["ranking"]["columns"]] == [
        ("accuracy", "asc", 1),
        ("seconds", "asc", 2),
    ]
    assert (told.body["ranking"]["name"], told.body["ranking"]["count"]) == ("Only", 2)


def test_a_preview_of_a_ranking_that_moves_no_row_onto_the_board_shows_it_too(
    organizer: Person, ada: Person, grace: Person
) -> None:
    competition = organizer.competition(rule="Force_Latest_Multiple")
    hand_in(ada, competition, 0.9)
    hand_in(grace, competition, 0.8)
    told = preview(organizer, competition, "/leaderboards/0", {"primary_index": 1})
    assert ranked(told) == [(1, 2, "grace"), (2, 1, "ada")]
    new = preview(organizer, competition, "/leaderboards/0/columns", {"title": "F1", "key": "f1"}, "POST")
    assert ranked(new) is None
    assert ranked(preview(organizer, competition, "/leaderboards/0", {"title": "Other"})) is None
    assert ranked(preview(organizer, competition, "/phases/0", {"name": "Other"})) is None
    assert edit(organizer, competition, "/leaderboards/0", {"primary_index": 1}).body["ranking"] is None


def test_a_preview_of_more_rows_than_it_looks_at_shows_no_ranking(
    organizer: Person, ada: Person, grace: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition()
    hand_in(ada, competition, 0.9)
    hand_in(grace, competition, 0.8)
    monkeypatch.setattr(previewing, "MOST", 2)
    assert ranked(preview(organizer, competition, "/leaderboards/0/columns/0", {"sorting": "asc"})) is None


def test_a_preview_says_how_many_have_no_mean_before_they_are_handed_in_again(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    competition = organizer.competition()
    scoring = organizer.call("GET", path(competition)).body["settings"]["tasks"][0]["scoring_program"]
    edit(organizer, competition, "/tasks", {"name": "Second", "scoring_program": scoring}, "POST")
    hand_in(ada, competition, 0.9, 0.7)
    hand_in(grace, competition, 0.85)
    told = preview(organizer, competition, "/phases/0", {"tasks": [0, 1]}).body["effects"]
    assert told == [effect(competition, rows=2, disappear=2, unscored=3)]
    assert edit(organizer, competition, "/phases/0", {"tasks": [0, 1]}).status == 200
    assert rows(site, competition) == []
    of_both = {"accuracy": 0.6, "0/accuracy": 0.9, "1/accuracy": 0.3}
    scored(ada, competition, of_both, 3, task=None, tasks={"0": "Only", "1": "Second"})
    assert rows(site, competition) == [("ada", 0.6)]
    assert preview(organizer, competition, "/phases/0", {"tasks": [0]}).body["effects"][0]["unscored"] == 0


def test_a_preview_of_more_than_it_can_look_at_says_so(
    organizer: Person, ada: Person, grace: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.actions.leaderboards import reordering

    monkeypatch.setattr(reordering, "PREVIEWED", 2)
    competition = organizer.competition(rule="Force_Last")
    hand_in(ada, competition, 0.9, 0.7)
    hand_in(grace, competition, 0.85)
    [told] = preview(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"}).body["effects"]
    assert told["is_complete"] is False


def test_a_check_of_a_bundle_says_what_it_would_do_to_a_competitions_boards(organizer: Person, ada: Person) -> None:
    competition = organizer.competition(rule="Force_Last")
    hand_in(ada, competition, 0.9, 0.7)
    upload = organizer.upload(builders.bundle(rule="Force_Best"), "bundle")
    body = {"upload": upload, "competition": competition["id"]}
    assert organizer.call("POST", "/bundles/check", body).body["effects"] == [effect(competition, rows=1, change=1)]
    assert organizer.call("POST", "/bundles/check", {"upload": upload}).body["effects"] == []
    manifest = {"manifest": builders.manifest(rule="Force_Best"), "names": []}
    assert ada.call("POST", "/bundles/check", manifest | {"competition": competition["id"]}).status == 403


def test_whoever_organizes_follows_the_job(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(rule="Add")
    hand_in(ada, competition, 0.9, 0.7)
    edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
    assert [(job["status"], job["done"]) for job in jobs(organizer, competition)] == [("Waiting", 0)]
    work(site)
    # It looks once more, at those whom a call with the former rule may have ended meanwhile.
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=90))
    work(site)
    assert [(job["status"], job["done"]) for job in jobs(organizer, competition)] == [("Finished", 1)]


def test_a_job_whose_message_was_lost_is_done_all_the_same(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(rule="Add")
    hand_in(ada, competition, 0.9, 0.7)
    edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
    site.messages()
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=61))
    assert rows(site, competition) == [("ada", 0.9)]


def test_an_end_that_was_judged_by_the_former_rule_is_placed_by_the_new_one(
    site: Site, organizer: Person, admin: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition(rule="Add")
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    real, others = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "TransactWriteItems" and not others:
            others.append(None)
            edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
            work(site)
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    assert site.finish(job, {"accuracy": 0.5, "seconds": 1}).body == {"status": "Finished"}
    assert rows(site, competition) == []
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=90))
    assert rows(site, competition) == [("ada", 0.5)]


def test_who_is_run_again_while_everybody_is_placed_keeps_the_newer_scores(
    site: Site, organizer: Person, admin: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition, runner = organizer.competition(rule="Add"), site.runner_token(admin)
    ada.join(competition)
    made = ada.submit(competition).body["id"]
    site.finish(site.claim(made, runner).body, {"accuracy": 0.5, "seconds": 1})
    organizer.call("POST", f"/submissions/{made}/rerun", {})
    job = site.claim(made, runner).body
    edit(organizer, competition, "/leaderboards/0", {"submission_rule": "Force_Best"})
    real, others = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        is_placing = operation == "TransactWriteItems" and "board_row" in str(arguments)
        if is_placing and not others:
            others.append(None)
            site.finish(job, {"accuracy": 0.75, "seconds": 1})
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    assert rows(site, competition) == [("ada", 0.75)]
    assert others


def effect(competition: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
    nothing = {"rows": 0, "appear": 0, "disappear": 0, "change": 0, "unscored": 0, "lost": [], "is_complete": True}
    return {"phase": phase_of(competition), "name": "Only"} | nothing | changed


def preview(person: Person, competition: dict[str, Any], part: str, patch: Any, method: str = "PATCH") -> Answer:
    return edit(person, competition, f"{part}?preview=true", patch, method)
