"""Rows of boards as columns: what changed among them, and the forms in which they are stored and told."""

import gzip
import math

import orjson
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.actions.leaderboards import snapshots
from chalicelib.actions.leaderboards.board_pages import BoardPage
from chalicelib.actions.leaderboards.snapshots import RowPosition
from chalicelib.store.leaderboards.packing import numbers, packed
from chalicelib.store.leaderboards.rows import Rows, of_items

SCORES = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-9, 9).map(float))
#: A page and a part of an index as builds before columns wrote them.
FORMER_PAGE = {
    "fields": ["accuracy", "seconds"],
    "rows": [
        [1, "ada", "01a", 1767225600, 0, None, [0.5, None]],
        [
            None,
            "Team",
            "01b",
            1767225601,
            13,
            "second",
            [None, 2.0],
            None,
            "01t",
            {"gpu": True},
            "lab",
            {"id": "o", "name": "O"},
        ],
    ],
    "out": [[None, "eve", "01c", 1767225602, 0, None, [0.9, 1.0], "It copied."]],
}
FORMER_INDEX = {"ada": ["u1", "Ada", [[1, 1, "01a"], [7, 2, "01d"]]]}


def item(key: str, scores: str = "{}", **more: dict[str, object]) -> dict[str, dict[str, object]]:
    plain = {"sk": {"S": f"ROW#{key}"}, "user": {"S": key}, "username": {"S": key.upper()}, "scores": {"S": scores}}
    return plain | {"submission": {"S": f"s-{key}"}, "submitted_at": {"S": "2026-01-01T00:00:00.000001+00:00"}} | more


@given(st.lists(SCORES, max_size=80))
def test_a_column_is_the_same_in_either_form(values: list[float | None]) -> None:
    assert numbers(orjson.loads(orjson.dumps(packed(values)))) == values


def test_full_doubles_are_packed_and_short_numbers_are_written() -> None:
    assert isinstance(packed([math.pi, None]), str) and packed([0.5, None, 12.25]) == [0.5, None, 12.25]


def test_rows_read_again_are_those_that_were_stored() -> None:
    marks = {"marks": {"S": '{"baseline": true}'}, "team": {"BOOL": True}, "edited": {"BOOL": False}}
    rows = of_items([item("a", '{"x": 0.1}'), item("b", '{"x": 1, "0/y": 2.5}', **marks)])
    assert rows.more == {1: {"marks": {"baseline": True}, "team": True}} and rows.submitted[0] % 1_000_000 == 1
    assert Rows.of_stored(orjson.loads(orjson.dumps(rows.stored()))) == rows


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_rows_of_which_some_changed_are_those_that_are_there(before: set[str], changed: set[str], after: set[str]) -> None:
    former = {key: item(key, '{"x": 1}', group={"S": "old"}) for key in before}
    now = {key: item(key, '{"y": 2}', name={"S": "new"}) for key in after & changed}
    there = {key: one for key, one in former.items() if key not in changed} | now
    found = of_items(list(former.values())).updated([f"ROW#{key}" for key in changed], of_items(list(now.values())))
    assert by_key(found) == by_key(of_items(list(there.values())))


def test_a_page_of_a_former_build_is_read() -> None:
    ranked, out = snapshots.read_page(gzip.compress(orjson.dumps(FORMER_PAGE)))
    first, second = ranked.rows()
    assert (first["rank"], first["participant"], first["scores"]) == (1, "ada", {"accuracy": 0.5, "seconds": None})
    assert first["submitted_at"].isoformat() == "2026-01-01T00:00:00+00:00" and first["fact_sheet"] == {}
    flags = [second[name] for name in ("baseline", "verified", "edited", "brought")]
    assert (flags, second["rank"], second["name"]) == ([True, False, True, True], None, "second")
    assert (second["team"], second["group"], second["organization"]) == ("01t", "lab", {"id": "o", "name": "O"})
    assert [row["disqualified"] for row in out.rows()] == ["It copied."]
    assert BoardPage.of(ranked.rows()).rows() == ranked.rows()


def test_an_index_of_a_former_build_is_read() -> None:
    found = snapshots.find(gzip.compress(orjson.dumps(FORMER_INDEX)), "ada")
    assert found is not None and found.positions == [RowPosition(1, 1, "01a"), RowPosition(7, 2, "01d")]
    assert (found.competitor, found.name) == ("u1", "Ada")
    assert snapshots.find(gzip.compress(orjson.dumps(FORMER_INDEX)), "eve") is None


def by_key(rows: Rows) -> dict[str, tuple[object, ...]]:
    def scores(at: int) -> dict[str, float | None]:
        return {key: column[at] for key, column in rows.scores.items() if column[at] is not None}

    return {key: (rows.row(at), rows.age(at), scores(at), rows.more.get(at)) for at, key in enumerate(rows.keys)}
