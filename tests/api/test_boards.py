"""The boards of a phase: several of them, their columns, and what each role sees."""

from datetime import UTC, timedelta
from typing import Any

import pytest

from chalicelib.actions.leaderboards import reading, rebuilding
from chalicelib.domain.bundle.leaderboard import Column, ColumnGroup
from chalicelib.domain.bundle.model import FinalBoard
from tests.api.conftest import Person, Site
from tests.api.phases import ACCURACY, DAY, NOW, SECONDS, board, competition, join, phase, score

MINUTE = timedelta(minutes=1)
Read = tuple[int, Any]


@pytest.fixture
def grace(site: Site) -> Person:
    return site.person("grace")


def show(site: Site, phase_id: str, person: Person | None = None, query: str = "") -> Any:
    """The board as this person reads it, after a rebuild."""
    rebuilding.rebuild(phase_id, NOW)
    answer = (person or site).call("GET", f"/phases/{phase_id}/leaderboard{query}")
    return answer.body if answer.status == 200 else answer.status


def ranks(read: Any) -> list[tuple[int | None, str]]:
    return [(row["rank"], row["participant"]) for row in read["rows"]]


def keys(read: Any) -> list[str]:
    return [column["key"] for column in read["columns"]]


def test_each_board_ranks_the_same_rows_by_its_own_column(site: Site, organizer: Person, ada: Person, grace: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY), board(SECONDS, key="speed", primary_index=1))
    score(ada, phase_id, {"accuracy": 0.9, "seconds": 5})
    score(grace, phase_id, {"accuracy": 0.5, "seconds": 1})
    assert ranks(show(site, phase_id)) == [(1, "ada"), (2, "grace")]
    speed = show(site, phase_id, query="?board=speed")
    assert (ranks(speed), speed["key"], keys(speed)) == ([(1, "grace"), (2, "ada")], "speed", ["seconds"])
    listed = site.call("GET", f"/phases/{phase_id}/leaderboards").body
    assert [(one["key"], one["hidden"]) for one in listed["boards"]] == [("main", False), ("speed", False)]
    assert listed["submission_rule"] == "Force_Best"
    assert show(site, phase_id, query="?board=nope") == 404


def test_an_error_stands_behind_its_score_and_parts_no_equals(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer, board(ACCURACY, Column("bar", "±", 1, sorting="asc", error_of=0)))
    score(ada, phase_id, {"accuracy": 0.9, "bar": 0.3})
    score(grace, phase_id, {"accuracy": 0.9, "bar": 0.1})
    read = show(site, phase_id)
    assert [(one["key"], one["error_of"]) for one in read["columns"]] == [("accuracy", None), ("bar", "accuracy")]
    assert ranks(read) == [(1, "ada"), (1, "grace")]
    assert [row["scores"]["bar"] for row in read["rows"]] == [0.3, 0.1]


def test_column_groups_and_precision_are_told(site: Site, organizer: Person) -> None:
    grouped = Column("a", "A", 0, precision=4, group="g")
    groups = (ColumnGroup("z", "Last", 2), ColumnGroup("g", "First", 1))
    read = show(site, competition(organizer, board(grouped, SECONDS, column_groups=groups)))
    assert [(group["key"], group["title"]) for group in read["groups"]] == [("g", "First"), ("z", "Last")]
    assert [(column["group"], column["precision"]) for column in read["columns"]] == [("g", 4), (None, 2)]


def test_declared_tie_break_columns_and_an_average_rank_order_a_board(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    average = Column("average", "Average", 2, "asc", computation="avg_rank", computation_indexes=(0, 1))
    tied = board(ACCURACY, SECONDS, average, primary_index=2, tie_break_indexes=(1,))
    phase_id = competition(organizer, tied)
    score(ada, phase_id, {"accuracy": 0.9, "seconds": 5})
    score(grace, phase_id, {"accuracy": 0.5, "seconds": 1})
    read = show(site, phase_id)
    assert ranks(read) == [(1, "grace"), (2, "ada")]
    assert [row["scores"]["average"] for row in read["rows"]] == [1.5, 1.5]
    assert read["tie_breaks"] == ["seconds"]


def test_a_board_tells_which_columns_break_ties_but_hidden_ones(site: Site, organizer: Person) -> None:
    hidden = board(ACCURACY, SECONDS, Column("loss", "Loss", 2, "asc", hidden=True), tie_break_indexes=(2, 1))
    phase_id = competition(organizer, hidden, board(ACCURACY, SECONDS, key="plain"))
    assert show(site, phase_id)["tie_breaks"] == ["seconds"]
    assert show(site, phase_id, organizer)["tie_breaks"] == ["loss", "seconds"]
    assert show(site, phase_id, query="?board=plain")["tie_breaks"] == ["seconds"]


def test_a_row_without_a_primary_score_stands_last_without_a_rank(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer, board(rule="Force_Last"))
    score(ada, phase_id, {"seconds": 1})
    score(grace, phase_id, {"accuracy": 0.1})
    read = show(site, phase_id)
    assert ranks(read) == [(1, "grace"), (None, "ada")]
    assert read["rows"][1]["scores"] == {"accuracy": None, "seconds": 1.0}


# Who sees what


@pytest.mark.parametrize("role", ["nobody", "stranger", "participant", "organizer", "admin"])
def test_a_hidden_column_is_told_to_organizers_only(
    site: Site, organizer: Person, ada: Person, admin: Person, role: str
) -> None:
    phase_id = competition(organizer, board(ACCURACY, Column("seconds", "Seconds", 1, hidden=True)))
    join(ada, phase_id)
    made = score(ada, phase_id, {"accuracy": 0.9, "seconds": 5})
    people = {"nobody": None, "stranger": site.person("eve"), "participant": ada, "organizer": organizer, "admin": admin}
    person, sees_all = people[role], role in ("organizer", "admin")
    read = show(site, phase_id, person)
    assert keys(read) == (["accuracy", "seconds"] if sees_all else ["accuracy"])
    assert read["rows"][0]["scores"].keys() == set(keys(read))
    assert [column["hidden"] for column in read["columns"]] == ([False, True] if sees_all else [False])
    listed = (person or site).call("GET", f"/phases/{phase_id}/leaderboards").body
    assert len(listed["boards"][0]["columns"]) == len(keys(read))
    shown = (person or site).call("GET", f"/competitions/{phase_id.partition('-')[0]}").body
    assert len(shown["leaderboard"]["columns"]) == len(keys(read))
    if role in ("participant", "organizer", "admin"):
        assert person is not None
        assert person.call("GET", f"/submissions/{made}").body["scores"].keys() == set(keys(read))
    if role == "participant":
        mine = ada.call("GET", f"/phases/{phase_id}/submissions").body["submissions"]
        assert mine[0]["scores"] == {"accuracy": 0.9}


@pytest.mark.parametrize("role", ["nobody", "participant", "organizer", "admin"])
def test_a_hidden_board_is_told_to_organizers_only(
    site: Site, organizer: Person, ada: Person, admin: Person, role: str
) -> None:
    phase_id = competition(organizer, board(hidden=True), board(SECONDS, key="speed", primary_index=1))
    made = score(ada, phase_id, {"accuracy": 0.9, "seconds": 5})
    person = {"nobody": None, "participant": ada, "organizer": organizer, "admin": admin}[role]
    sees_all = role in ("organizer", "admin")
    read = show(site, phase_id, person, "?board=main")
    assert (keys(read) == ["accuracy", "seconds"]) if sees_all else (read == 403)
    assert show(site, phase_id, person)["key"] == ("main" if sees_all else "speed")
    listed = (person or site).call("GET", f"/phases/{phase_id}/leaderboards").body["boards"]
    assert [one["key"] for one in listed] == (["main", "speed"] if sees_all else ["speed"])
    for what in ("rank", "history"):
        path = f"/phases/{phase_id}/participants/ada/{what}?board=main"
        assert (person or site).call("GET", path).status == (200 if sees_all else 403)
    if role == "participant":
        assert ada.call("GET", f"/submissions/{made}").body["scores"] == {"seconds": 5.0}


@pytest.mark.parametrize("role", ["nobody", "participant", "organizer", "admin"])
def test_a_blind_phase_shows_no_scores_before_its_end(
    site: Site, organizer: Person, ada: Person, admin: Person, role: str
) -> None:
    phase_id = competition(organizer, phases=[phase(is_blind=True)])
    made = score(ada, phase_id, {"accuracy": 0.9}, notes=["`seconds` is missing."], uploaded=["output", "scoring_stdout"])
    person = {"nobody": None, "participant": ada, "organizer": organizer, "admin": admin}[role]
    sees_all = role in ("organizer", "admin")
    read = show(site, phase_id, person)
    assert (ranks(read) == [(1, "ada")]) if sees_all else (read == 403)
    assert (person or site).call("GET", f"/phases/{phase_id}/leaderboards").body["blind"] is not sees_all
    for what in ("rank", "history"):
        assert (person or site).call("GET", f"/phases/{phase_id}/participants/ada/{what}").status == (
            200 if sees_all else 403
        )
    if person is not None:
        shown = person.call("GET", f"/submissions/{made}").body
        assert (shown["scores"], shown["notes"]) == (
            ({"accuracy": 0.9}, ["`seconds` is missing."]) if sees_all else ({}, [])
        )
        files = person.call("GET", f"/submissions/{made}/files").body
        assert all(bool(files[name]) is sees_all for name in ("output", "scoring_stdout"))
        assert files["submission"]
    if role == "participant":
        assert ada.call("GET", f"/phases/{phase_id}/submissions").body["submissions"][0]["scores"] == {}


def test_a_blind_phase_shows_its_board_at_its_end(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, phases=[phase(is_blind=True, end=NOW)])
    made = score(ada, phase_id, {"accuracy": 0.9})
    assert ranks(show(site, phase_id)) == [(1, "ada")]
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == {"accuracy": 0.9}


@pytest.mark.parametrize("role", ["nobody", "participant", "organizer", "admin"])
def test_an_anonymous_board_names_nobody_but_oneself(
    site: Site, organizer: Person, ada: Person, grace: Person, admin: Person, role: str
) -> None:
    phase_id = competition(organizer, board(rule="Force_Latest_Multiple"), anonymous_leaderboard=True)
    score(ada, phase_id, {"accuracy": 0.9})
    score(grace, phase_id, {"accuracy": 0.5})
    person = {"nobody": None, "participant": ada, "organizer": organizer, "admin": admin}[role]
    read = show(site, phase_id, person)
    names = {"nobody": ["Anonymous", "Anonymous"], "participant": ["ada", "Anonymous"]}.get(role, ["ada", "grace"])
    assert [row["participant"] for row in read["rows"]] == names
    assert [row["mine"] for row in read["rows"]] == [role == "participant", False]
    assert [row["name"] for row in read["rows"]] == [None if name == "Anonymous" else "try 0" for name in names]
    for name, row_name in zip(("ada", "grace"), names, strict=True):
        path = f"/phases/{phase_id}/participants/{name}/rank"
        assert (person or site).call("GET", path).status == (403 if row_name == "Anonymous" else 200)


def test_what_one_person_is_told_is_not_anothers_copy(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer)
    score(ada, phase_id, {"accuracy": 0.9})
    rebuilding.rebuild(phase_id, NOW)
    path = f"/phases/{phase_id}/leaderboard"
    tags = [person.call("GET", path).headers["etag"] for person in (site, ada, organizer)]
    assert len(set(tags)) == 3
    assert [ada.call("GET", path, If_None_Match=tag).status for tag in tags] == [200, 304, 200]


# Freezing, and the final board


def test_a_frozen_board_stays_as_it_was_until_the_phases_end(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    freeze, end = NOW + 10 * MINUTE, NOW + 60 * MINUTE
    phase_id = competition(organizer, phases=[phase(freeze_board_at=freeze, end=end)])

    def seen(now: Any, person: Person | None = None) -> Any:
        account = person and site_account(person)
        page, _ = reading.read(phase_id, reading.Which(), 1, False, None, account, now)
        assert page is not None
        return [row.participant for row in page.rows], page.frozen_at

    score(ada, phase_id, {"accuracy": 0.5})
    rebuilding.rebuild(phase_id, NOW)
    assert seen(freeze - MINUTE) == (["ada"], None)
    score(grace, phase_id, {"accuracy": 0.9})
    for at in (freeze, freeze + 5 * MINUTE):
        rebuilding.rebuild(phase_id, at)
        score(ada, phase_id, {"accuracy": 0.6 + at.minute / 1000})
    assert seen(end - MINUTE) == (["ada"], freeze)
    assert seen(end - MINUTE, organizer) == (["grace", "ada"], None)
    listed = reading.list_all(phase_id, None, end - MINUTE)
    assert (listed.frozen, listed.freezes_at) == (True, freeze)
    assert reading.rank(phase_id, reading.Which(), "ada", None, end - MINUTE).places[0].rank == 1
    assert seen(end) == (["grace", "ada"], None)
    rebuilding.rebuild(phase_id, end)
    assert seen(end) == (["grace", "ada"], None)


def test_a_board_that_was_empty_when_it_froze_stays_so(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, phases=[phase(freeze_board_at=NOW - MINUTE)])
    score(ada, phase_id, {"accuracy": 0.5})
    assert ranks(show(site, phase_id)) == []
    assert ranks(show(site, phase_id, organizer)) == [(1, "ada")]


def site_account(person: Person) -> Any:
    from chalicelib.domain.people.accounts import Account

    return Account(person.id, person.username, False, "session")


TWO_TASKS = {"accuracy": 0.5, "0/accuracy": 0.9, "1/accuracy": 0.1}


def test_of_several_tasks_the_means_rank_and_each_tasks_own_scores_are_shown(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer, board(ACCURACY), phases=[phase(tasks=(0, 1))])
    score(ada, phase_id, TWO_TASKS)
    score(grace, phase_id, {"accuracy": 0.6, "0/accuracy": 0.6, "1/accuracy": 0.6})
    read = show(site, phase_id)
    assert ranks(read) == [(1, "grace"), (2, "ada")]
    told = [(column["key"], column["task"], column["primary"]) for column in read["columns"]]
    assert told == [("accuracy", None, True), ("0/accuracy", 0, False), ("1/accuracy", 1, False)]
    assert [(task["index"], task["name"]) for task in read["tasks"]] == [(0, "Task 0"), (1, "Task 1")]
    assert read["rows"][1]["scores"] == TWO_TASKS


def test_the_task_of_the_final_board_is_kept_secret_and_ranks_alone_at_last(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    split = {"tasks": (0, 1), "final_board_from": FinalBoard(task=1)}
    phase_id = competition(organizer, board(ACCURACY), phases=[phase(**split)])
    made = score(ada, phase_id, TWO_TASKS)
    score(grace, phase_id, {"accuracy": 0.6, "0/accuracy": 0.6, "1/accuracy": 0.6})
    read = show(site, phase_id)
    assert (ranks(read), keys(read)) == ([(1, "ada"), (2, "grace")], ["accuracy", "0/accuracy"])
    assert read["rows"][0]["scores"] == {"accuracy": 0.9, "0/accuracy": 0.9}
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == {"accuracy": 0.9, "0/accuracy": 0.9}
    early = show(site, phase_id, organizer, "?final=true")
    assert (ranks(early), early["final"]) == ([(1, "grace"), (2, "ada")], True)
    assert ranks(show(site, phase_id, ada, "?final=true")) == [(1, "ada"), (2, "grace")]
    page, _ = reading.read(phase_id, reading.Which(), 1, False, None, None, NOW + DAY)
    assert page is not None and page.final
    assert [(row.participant, row.scores["accuracy"]) for row in page.rows] == [("grace", 0.6), ("ada", 0.1)]
    assert page.rows[1].scores == TWO_TASKS | {"accuracy": 0.1}


def test_the_final_board_may_be_another_phases_as_soon_as_that_one_shows_it(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    first = phase(end=NOW, final_board_from=FinalBoard(phase=1))
    second = phase(1, start=NOW, end=NOW + DAY, is_blind=True)
    phase_id = competition(organizer, phases=[first, second])
    final_id = f"{phase_id[:-1]}1"
    score(ada, phase_id, {"accuracy": 0.9})
    score(grace, phase_id, {"accuracy": 0.5})
    score(grace, final_id, {"accuracy": 0.7})
    rebuilding.rebuild(final_id, NOW)
    read = show(site, phase_id)
    assert (ranks(read), read["final_phase"]) == ([(1, "ada"), (2, "grace")], None)
    page, _ = reading.read(phase_id, reading.Which(), 1, False, None, None, NOW + DAY)
    assert page is not None
    assert ([row.participant for row in page.rows], page.final_phase) == (["grace"], final_id)


# What a snapshot leaves


def test_only_snapshots_that_somebody_may_read_are_kept(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(), board(key="second"))
    for minute in range(5):
        score(ada, phase_id, {"accuracy": minute}, minute)
        assert rebuilding.rebuild(phase_id, NOW)
    versions = {key.split("/")[2] for key in site.object_keys("RunsBucket")}
    assert versions == {"4", "5"}
    assert not rebuilding.rebuild(phase_id, NOW)


def test_a_rebuild_that_breaks_off_is_made_up_for(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    phase_id = competition(organizer)
    score(ada, phase_id, {"accuracy": 0.5})

    def cut(*_: Any) -> None:
        raise OSError("The power went.")

    with monkeypatch.context() as broken:
        broken.setattr("chalicelib.aws.objects.write", cut)
        with pytest.raises(OSError, match="power"):
            rebuilding.rebuild(phase_id, NOW)
    assert ranks(show(site, phase_id)) == [(1, "ada")]


def test_a_row_that_comes_during_a_rebuild_is_in_the_next(
    site: Site, organizer: Person, ada: Person, grace: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.actions.leaderboards import rendering

    phase_id, build = competition(organizer), rendering.build
    score(ada, phase_id, {"accuracy": 0.5})

    def build_slowly(*given: Any) -> dict[str, bytes]:
        score(ada, phase_id, {"accuracy": 0.6}, 1)
        monkeypatch.undo()
        return build(*given)

    monkeypatch.setattr(rendering, "build", build_slowly)
    assert rebuilding.rebuild(phase_id, NOW)
    assert [message["task"] for message in site.messages()] == ["rebuild"]
    assert show(site, phase_id)["rows"][0]["scores"]["accuracy"] == 0.6


def test_a_message_soon_after_a_rebuild_is_left_to_the_one_that_is_to_come(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGON_BOARD_DELAY_SECONDS", "2")
    from chalicelib import settings

    settings.get.cache_clear()
    phase_id = competition(organizer)
    for second, expected in ((0, True), (1, False), (2, True)):
        score(ada, phase_id, {"accuracy": second}, second)
        assert rebuilding.rebuild(phase_id, NOW + timedelta(seconds=second)) is expected
    monkeypatch.undo()
    settings.get.cache_clear()


def test_rows_keep_their_time(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer)
    score(ada, phase_id, {"accuracy": 0.5}, 7)
    at = (NOW - timedelta(hours=1) + 7 * MINUTE).astimezone(UTC)
    assert show(site, phase_id)["rows"][0]["submitted_at"] == at.isoformat().replace("+00:00", "Z")
