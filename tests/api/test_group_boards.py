"""Boards of groups: one row for each group on the common one, a board of a group's own, and what moves with its people."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.leaderboards import rebuilding
from chalicelib.domain.bundle.group import Group
from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import competition_of
from chalicelib.store.leaderboards import boards
from chalicelib.store.people import group_jobs
from chalicelib.store.submissions.submissions import Submission
from tests.api import phases
from tests.api.conftest import Answer, Person, Site, sender
from tests.api.phases import NOW
from tests.api.test_groups import assign, counting, jobs, path_of, submit

STUDENTS = Group("students", "Students", board=True)
GROUPS = "agon: {groups: [{key: students, title: Students, board: true}, {key: industry, title: Industry}]}"
Rows = list[tuple[int | None, str, str | None]]


@pytest.fixture
def bob(site: Site) -> Person:
    return site.person("bob")


@pytest.fixture
def phase(organizer: Person, ada: Person, bob: Person) -> str:
    """Bob is a student who is the best for the industry, ada a student."""
    made = str(organizer.competition(extra=GROUPS)["phases"][0]["id"])
    phases.join(ada, made, "students")
    phases.join(bob, made, "students", "industry")
    scored(ada, made, 0.7, 0, "students")
    scored(bob, made, 0.6, 1, "students")
    scored(bob, made, 0.9, 2, "industry")
    scored(bob, made, 0.8, 3, "industry")
    return made


def scored(person: Person, phase: str, accuracy: float, minute: int, group: str | None, **said: Any) -> str:
    return phases.score(person, phase, {"accuracy": accuracy, "seconds": 1.0}, minute, group=group, **said)


def read(site: Site, phase: str, query: str = "", person: Person | None = None) -> Answer:
    return site.call("GET", f"/phases/{phase}/leaderboard{query}", token=person.token if person else None)


def rows(site: Site, phase: str, query: str = "") -> Rows:
    rebuilding.rebuild(phase, datetime.now(UTC) + timedelta(minutes=1))
    return [(row["rank"], row["participant"], row["group"]) for row in read(site, phase, query).body["rows"]]


def work(site: Site) -> None:
    while site.work():
        pass


def moved(site: Site, organizer: Person, phase: str) -> None:
    """Have the job of a move looked at a second time, as the sweeper does a minute later."""
    work(site)
    for job in group_jobs.of_competition(competition_of(phase), 20):
        site.run({"version": 1, "task": "group", "id": job.id})
    work(site)


def test_the_common_board_has_a_row_of_each_group_and_a_groups_own_board_ranks_its_rows_alone(
    site: Site, phase: str
) -> None:
    assert rows(site, phase) == [(1, "bob", "Industry"), (2, "ada", "Students"), (3, "bob", "Students")]
    own = read(site, phase, "?group=students").body
    assert [(row["rank"], row["participant"]) for row in own["rows"]] == [(1, "ada"), (2, "bob")]
    assert (own["count"], own["group"]["title"], own["grouped"]) == (2, "Students", True)
    assert read(site, phase, "?group=industry").status == 404
    told = site.call("GET", f"/phases/{phase}/leaderboards").body["groups"]
    assert [one["key"] for one in told] == ["students"]


def test_a_groups_board_costs_two_calls_and_one_when_nothing_changed(
    site: Site, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(site, phase)
    with counting(monkeypatch) as calls:
        answer = read(site, phase, "?group=students&packed=true")
    assert calls == ["BatchGetItem", "GetObject"]
    known = site.call("GET", f"/phases/{phase}/leaderboard?group=students&packed=true", If_None_Match=answer.headers["etag"])
    assert known.status == 304


def test_rank_and_history_are_those_of_the_groups_board(site: Site, bob: Person, phase: str) -> None:
    rows(site, phase)
    where = [
        [place["rank"] for place in site.call("GET", f"/phases/{phase}/participants/bob/rank{query}").body["places"]]
        for query in ("", "?group=students")
    ]
    assert where == [[1, 3], [2]]
    points = [
        [point["score"] for point in bob.call("GET", f"/phases/{phase}/participants/bob/history{query}").body["points"]]
        for query in ("", "?group=students")
    ]
    assert points == [[0.6, 0.9, 0.8], [0.6]]


def test_files_say_of_which_group_a_row_is_and_a_zip_has_the_boards_of_groups(
    site: Site, organizer: Person, phase: str
) -> None:
    import io
    import zipfile

    rows(site, phase)
    answers = [
        organizer.call("POST", f"/phases/{phase}/leaderboard/exports", {"format": form} | said)
        for form, said in (("csv", {"group": "students"}), ("zip", {}))
    ]
    of_group, archive = (sender().get(one.body["url"]).content for one in answers)
    assert of_group.decode("utf-8-sig").splitlines()[0].split(",")[6] == "Group"
    assert [line.split(",")[1] for line in of_group.decode().splitlines()[1:]] == ["ada", "bob"]
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        assert sorted(zipped.namelist()) == ["Results - Only(0).csv", "Results Students - Only(0).csv"]


def test_names_that_are_hidden_hide_groups_too(site: Site, organizer: Person, ada: Person) -> None:
    made = phases.competition(organizer, groups=(STUDENTS,), anonymous_leaderboard=True)
    phases.join(ada, made, "students")
    scored(ada, made, 0.7, 0, "students")
    rebuilding.rebuild(made, NOW)
    for query in ("", "?group=students"):
        board = read(site, made, query).body
        assert (board["grouped"], [row["group"] for row in board["rows"]]) == (False, [None])
    assert read(site, made, "", organizer).body["rows"][0]["group"] == "Students"


def test_a_groups_board_freezes_with_the_common_one_and_one_that_came_later_is_empty_till_the_end(
    site: Site, organizer: Person, ada: Person
) -> None:
    made = phases.competition(
        organizer,
        phases=[phases.phase(freeze_board_at=NOW + timedelta(seconds=5))],
        groups=(STUDENTS, Group("late", "Late", board=True)),
    )
    phases.join(ada, made, "students")
    scored(ada, made, 0.7, 0, "students")
    rebuilding.rebuild(made, NOW)
    scored(ada, made, 0.9, 1, "students")
    rebuilding.rebuild(made, NOW + timedelta(minutes=1))
    from chalicelib.actions.leaderboards import reading

    for who, expected in ((None, 0.7), (organizer, 0.9)):
        account = None
        if who is not None:
            from chalicelib.domain.people.accounts import Account

            account = Account(who.id, who.username, is_admin=False, signed_in_with="session")
        page, _ = reading.read(made, reading.Which(None, "students"), 1, False, None, account, NOW + timedelta(minutes=2))
        assert page is not None
        assert [row.scores["accuracy"] for row in page.rows] == [expected]
    (stored,) = table.read(boards.Board.at(made))
    assert stored is not None
    # As a snapshot of before the group had a board.
    writes.update(stored, [boards.Board.frozen.set({**stored.frozen, "groups": {"students": 1}})])
    page, _ = reading.read(made, reading.Which(None, "late"), 1, False, None, None, NOW + timedelta(minutes=2))
    assert page is not None and (page.rows, page.count) == ([], 0)


def test_what_somebody_handed_in_follows_them_into_another_group(
    site: Site, organizer: Person, ada: Person, bob: Person, phase: str
) -> None:
    assign(organizer, phase, "students", bob, remove=True)
    moved(site, organizer, phase)
    assert rows(site, phase) == [(1, "bob", "Industry"), (2, "ada", "Students")]
    assert rows(site, phase, "?group=students") == [(1, "ada", "Students")]
    assign(organizer, phase, "industry", bob, remove=True)
    moved(site, organizer, phase)
    assert rows(site, phase) == [(1, "bob", None), (2, "ada", "Students")]
    assign(organizer, phase, "students", bob)
    moved(site, organizer, phase)
    assert rows(site, phase, "?group=students") == [(1, "bob", "Students"), (2, "ada", "Students")]
    assert {job["status"] for job in jobs(organizer, phase)} == {"Finished"}


def test_what_was_submitted_by_the_former_groups_at_that_moment_is_moved_a_minute_later(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    assign(organizer, phase, "students", ada, remove=True)
    site.work()
    (job,) = group_jobs.of_competition(competition_of(phase), 20)
    assert job.status == "Waiting"
    late = scored(ada, phase, 0.95, 5, "students")
    moved(site, organizer, phase)
    assert rows(site, phase)[0] == (1, "ada", None)
    (stored,) = table.read(Submission.at(late))
    assert stored is not None and stored.group is None


def test_an_end_that_was_judged_by_the_former_group_is_judged_by_the_new_one(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    runner = site.runner_token(site.person("root", admin=True))
    made = submit(ada, phase).body["id"]
    job = site.claim(made, runner).body
    assign(organizer, phase, "industry", ada)
    assign(organizer, phase, "students", ada, remove=True)
    moved(site, organizer, phase)
    assert site.finish(job, {"accuracy": 0.99, "seconds": 1.0}).status == 200
    assert rows(site, phase)[0] == (1, "ada", "Industry")
    assert [one for one in rows(site, phase) if one[1] == "ada"] == [(1, "ada", "Industry")]


def test_a_scored_submission_of_a_group_takes_its_groups_place_at_three_calls(
    site: Site, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = site.runner_token(site.person("root", admin=True))
    job = site.claim(submit(ada, phase).body["id"], runner).body
    rows(site, phase)
    with counting(monkeypatch) as calls:
        assert site.finish(job, {"accuracy": 0.99, "seconds": 1.0}).status == 200
    assert calls == ["BatchGetItem", "TransactWriteItems", "SendMessage"]
    assert rows(site, phase, "?group=students") == [(1, "ada", "Students"), (2, "bob", "Students")]


def test_a_group_that_is_removed_leaves_its_rows_on_the_common_board_and_has_them_again_when_it_is_back(
    site: Site, organizer: Person, phase: str
) -> None:
    settings = f"{path_of(phase)}/settings"
    before = organizer.call("GET", settings).body["settings"]["agon"]["groups"]
    preview = organizer.call("PATCH", f"{settings}?preview=true", {"agon": {"groups": None}}, If_Match="*")
    # Without groups bob has one row.
    (effect,) = preview.body["effects"]
    assert (effect["rows"], effect["appear"], effect["disappear"]) == (3, 0, 1)
    assert organizer.call("PATCH", settings, {"agon": {"groups": before[1:]}}, If_Match="*").status == 200
    work(site)
    assert rows(site, phase) == [(1, "bob", "Industry"), (2, "ada", None), (3, "bob", None)]
    assert read(site, phase, "?group=students").status == 404
    organizer.call("PATCH", settings, {"agon": {"groups": before}}, If_Match="*")
    work(site)
    assert rows(site, phase, "?group=students") == [(1, "ada", "Students"), (2, "bob", "Students")]


def test_a_board_that_a_group_is_given_later_is_there_after_a_rebuild(site: Site, organizer: Person, phase: str) -> None:
    settings = f"{path_of(phase)}/settings"
    groups = [{"key": one, "title": one, "board": True} for one in ("students", "industry")]
    assert organizer.call("PATCH", settings, {"agon": {"groups": groups}}, If_Match="*").status == 200
    work(site)
    assert rows(site, phase, "?group=industry") == [(1, "bob", "industry")]


def test_the_best_of_each_group_goes_along_into_the_next_phase_if_it_takes_part_there(
    site: Site, organizer: Person, ada: Person, bob: Person
) -> None:
    groups = (STUDENTS, Group("industry", "Industry", phases=(1,)))
    made = phases.competition(organizer, phases=[phases.phase(0), phases.phase(1)], groups=groups)
    phases.join(ada, made, "students")
    phases.join(bob, made, "students", "industry")
    for number, (person, group) in enumerate(((ada, "students"), (bob, "students"), (bob, "industry"))):
        scored(person, made, 0.5, number, group)
    target = f"{made[:-1]}1"
    assert organizer.call("POST", f"/phases/{target}/migration", {}).status == 202
    work(site)
    found = organizer.call("GET", f"/phases/{target}/submissions?everyone=true").body["submissions"]
    assert [(one["participant"], one["group"]) for one in found] == [("bob", "industry")]


def test_a_teams_row_is_of_the_group_for_which_its_member_submitted(
    site: Site, organizer: Person, ada: Person, bob: Person
) -> None:
    teams = "agon: {enable_teams: true, require_team_approval: false, groups:"
    made = str(organizer.competition(extra=GROUPS.replace("agon: {groups:", teams))["phases"][0]["id"])
    phases.join(ada, made, "students")
    phases.join(bob, made, "industry")
    team = ada.call("POST", f"{path_of(made)}/teams", {"name": "Owls"}).body
    bob.call("POST", f"{path_of(made)}/teams/join", {"code": team["code"]})
    runner = site.runner_token(site.person("root", admin=True))
    for person, accuracy in ((ada, 0.4), (bob, 0.8)):
        job = site.claim(submit(person, made).body["id"], runner).body
        assert site.finish(job, {"accuracy": accuracy, "seconds": 1.0}).status == 200
    assert rows(site, made) == [(1, "Owls", "Industry"), (2, "Owls", "Students")]
    assign(organizer, made, "students", bob)
    assign(organizer, made, "industry", bob, remove=True)
    moved(site, organizer, made)
    assert rows(site, made) == [(1, "Owls", "Students")]
