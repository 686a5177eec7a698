"""The rows that a snapshot is of are kept beside it, and the next rebuild reads those that changed since (ADR 59).

That each rebuild of every test finds what all rows say, `tests/api/kept_rows.py` sees to.
"""

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.leaderboards import leaders, rebuilding, remembering
from chalicelib.aws import objects
from chalicelib.store import table, writes
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards import rows as stored_rows
from chalicelib.store.leaderboards.boards import BoardCounter, BoardRow
from tests.api.conftest import Person, Site
from tests.api.phases import NOW, competition, score
from tests.api.test_participants import counting

ALL, SOME = "Query", "BatchGetItem"


@pytest.fixture
def phase(organizer: Person, ada: Person, site: Site) -> str:
    """A phase with two rows on its board, of which all is kept."""
    phase = competition(organizer)
    score(ada, phase, {"accuracy": 0.5})
    score(site.person("grace"), phase, {"accuracy": 0.4})
    assert rebuilding.rebuild(phase, NOW)
    return phase


@pytest.fixture(autouse=True)
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads the table beside each rebuild, to compare, would be counted."""
    [read] = (cell.cell_contents for cell in remembering.read.__closure__ or () if callable(cell.cell_contents))
    monkeypatch.setattr(remembering, "read", read)
    # So would what a rebuild reads for the histories of the first.
    monkeypatch.setattr(leaders, "MOST", 0)


def rebuilt(phase: str, monkeypatch: pytest.MonkeyPatch, later: timedelta = timedelta()) -> str:
    """Make the board anew: whether it read all rows, or some."""
    with counting(monkeypatch) as calls:
        assert rebuilding.rebuild(phase, NOW + later)
    return ALL if ALL in calls else SOME


def accuracies(site: Site, phase: str) -> list[tuple[str, float]]:
    rows = site.call("GET", f"/phases/{phase}/leaderboard").body["rows"]
    return [(row["participant"], row["scores"]["accuracy"]) for row in rows]


def kept(site: Site, phase: str) -> list[str]:
    return [key for key in site.object_keys("RunsBucket") if key.startswith(f"boards/{phase}/") and "rows" in key]


def test_the_rows_that_changed_are_read_and_no_others(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    score(ada, phase, {"accuracy": 0.6}, 1)
    score(site.person("eve"), phase, {"accuracy": 0.7})
    assert rebuilt(phase, monkeypatch) == SOME
    assert accuracies(site, phase) == [("eve", 0.7), ("ada", 0.6), ("grace", 0.4)]
    score(ada, phase, {"accuracy": 0.8}, 2)
    assert rebuilt(phase, monkeypatch) == SOME and accuracies(site, phase)[0] == ("ada", 0.8)


def test_a_row_that_is_taken_off_is_gone(site: Site, phase: str, organizer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made = site.call("GET", f"/phases/{phase}/leaderboard").body["rows"][0]["submission"]
    body = {"disqualified": True, "reason": "It copied."}
    assert organizer.call("PATCH", f"/submissions/{made}/marks", body).status == 200
    assert rebuilt(phase, monkeypatch) == SOME and accuracies(site, phase) == [("grace", 0.4)]


def test_a_change_that_does_not_say_of_which_rows_it_is_has_all_read(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    [row] = boards.rows_of(phase, ada.id)

    def compose(write: writes.Transaction) -> None:
        write.update(row, actions=[BoardRow.scores.set({"accuracy": 0.1})])
        boards.counting(write, phase, ada.id, NOW)

    writes.transact(compose)
    score(ada, phase, {"accuracy": 0.2}, 1)
    assert rebuilt(phase, monkeypatch) == ALL
    assert accuracies(site, phase) == [("grace", 0.4), ("ada", 0.2)]


def test_more_rows_than_there_is_room_for_are_not_named_and_all_are_read(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "MOST_NAMED", 1)
    score(ada, phase, {"accuracy": 0.6}, 1)
    assert rebuilt(phase, monkeypatch) == SOME
    for minute in (2, 3):
        score(ada, phase, {"accuracy": minute}, minute)
    assert rebuilt(phase, monkeypatch) == ALL and accuracies(site, phase)[0] == ("ada", 3)


def test_named_rows_are_forgotten_once_they_are_taken_along(phase: str, ada: Person) -> None:
    score(ada, phase, {"accuracy": 0.6}, 1)
    at = BoardCounter.of(phase, ada.id)
    [before] = table.read(at)
    assert rebuilding.rebuild(phase, NOW)
    [after] = table.read(at)
    assert before is not None and before.rows == {f"ROW#{ada.id}"}
    assert after is not None and after.rows is None and (after.changes, after.named) == (before.changes, before.named)


def test_a_change_during_a_rebuild_is_in_the_next_which_reads_no_more_than_it(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    score(ada, phase, {"accuracy": 0.6}, 1)
    read = remembering.read

    def read_slowly(*given: Any) -> Any:
        found = read(*given)
        score(ada, phase, {"accuracy": 0.7}, 2)
        return found

    with monkeypatch.context() as slow:
        slow.setattr(remembering, "read", read_slowly)
        assert rebuilding.rebuild(phase, NOW)
    assert accuracies(site, phase)[0] == ("ada", 0.6)
    assert rebuilt(phase, monkeypatch) == SOME and accuracies(site, phase)[0] == ("ada", 0.7)


@pytest.mark.parametrize("breaks", ["publish", "keep"])
def test_a_rebuild_that_breaks_off_loses_no_change(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    def cut(*_: Any) -> None:
        raise OSError("The power went.")

    score(ada, phase, {"accuracy": 0.6}, 1)
    with monkeypatch.context() as broken:
        broken.setattr(boards if breaks == "publish" else remembering, breaks, cut)
        with pytest.raises(OSError, match="power"):
            rebuilding.rebuild(phase, NOW)
    score(site.person("grace"), phase, {"accuracy": 0.9}, 1)
    assert rebuilt(phase, monkeypatch) == (SOME if breaks == "publish" else ALL)
    assert accuracies(site, phase) == [("grace", 0.9), ("ada", 0.6)]


def test_of_two_rebuilds_at_once_the_one_that_is_published_keeps_its_rows(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    score(ada, phase, {"accuracy": 0.6}, 1)
    publish = boards.publish

    def after_another(*given: Any) -> bool:
        monkeypatch.setattr(boards, "publish", publish)
        score(ada, phase, {"accuracy": 0.7}, 2)
        assert rebuilding.rebuild(phase, NOW)
        return publish(*given)

    monkeypatch.setattr(boards, "publish", after_another)
    rebuilding.rebuild(phase, NOW)
    assert accuracies(site, phase)[0] == ("ada", 0.7)
    score(site.person("grace"), phase, {"accuracy": 0.9}, 1)
    assert rebuilt(phase, monkeypatch) == SOME
    assert accuracies(site, phase) == [("grace", 0.9), ("ada", 0.7)]


@pytest.mark.parametrize("lacks", ["nothing is there", "another shape", "another moment"])
def test_where_the_kept_rows_are_not_those_of_the_snapshot_all_are_read(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch, lacks: str
) -> None:
    bucket, [key] = site.outputs["RunsBucket"], kept(site, phase)
    content = json.loads(objects.read(bucket, key))
    if lacks == "nothing is there":
        objects.delete(bucket, key)
    else:
        content["of"][0 if lacks == "another shape" else 2] = "another"
        content["rows"]["usernames"] = ["nobody", "nobody"]
        objects.write(bucket, key, json.dumps(content).encode(), "application/json")
    score(ada, phase, {"accuracy": 0.6}, 1)
    assert rebuilt(phase, monkeypatch) == ALL
    assert accuracies(site, phase) == [("ada", 0.6), ("grace", 0.4)]


def test_once_a_day_all_rows_are_read_whatever_was_counted(phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for hours, expected in ((1, SOME), (25, ALL), (26, SOME), (48, SOME), (50, ALL)):
        score(ada, phase, {"accuracy": hours}, hours)
        assert rebuilt(phase, monkeypatch, timedelta(hours=hours)) == expected


def test_kept_rows_go_with_their_snapshot_and_small_boards_keep_none(
    site: Site, phase: str, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(1, 4):
        score(ada, phase, {"accuracy": 0.5 + minute / 10}, minute)
        assert rebuilding.rebuild(phase, NOW)
    assert {key.split("/")[2] for key in kept(site, phase)} == {"3", "4"}
    monkeypatch.setattr(remembering, "FEWEST", 3)
    for minute in (4, 5):
        score(ada, phase, {"accuracy": 0.5 + minute / 10}, minute)
        assert rebuilt(phase, monkeypatch) == ALL
    assert kept(site, phase) == []


def test_rows_of_thousands_are_read_in_hundreds(phase: str, ada: Person) -> None:
    rows = [BoardRow(*BoardRow.at(phase, f"u{at}"), **_row(f"u{at}")) for at in range(150)]
    for row in rows:
        row.save()
    found = stored_rows.read_some(phase, [f"ROW#u{at}" for at in range(200)])
    assert len(found) == 150 and found.column("accuracy") == [0.5] * 150


def _row(user: str) -> dict[str, Any]:
    return {"user": user, "username": user, "submission": user, "submitted_at": NOW, "scores": {"accuracy": 0.5}}
