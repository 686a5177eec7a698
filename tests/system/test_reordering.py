"""Rows that move when organizers change their mind: the packaged functions have the rights to place everybody anew."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agon.client import Client
from tests import builders
from tests.jury import until
from tests.stack import DeployedStack

from .conftest import Line

Rows = list[tuple[str, float | None]]


@pytest.fixture
def hand_in(send: Callable[..., str], line: Line) -> Callable[..., str]:
    """Hands in as a participant and finishes as a runner, with these scores."""

    def hand_in(person: Client, phase: str, scores: Mapping[str, float]) -> str:
        made = str(person.submit(phase, send(person, builders.submission()))["id"])
        line.finish(made, scores)
        return made

    return hand_in


@pytest.fixture
def competition(
    compete: Callable[..., dict[str, Any]], ada: Client, grace: Client, line: Line, hand_in: Any
) -> dict[str, Any]:
    """Two tasks, of which the phase has the first: ada was scored 0.7 and then 0.9 on it, grace 0.8."""
    made = compete(ada, grace, tasks=("Cats",), extra=line.manifest)
    phase = made["phases"][0]["id"]
    for person, accuracy in ((ada, 0.7), (ada, 0.9), (grace, 0.8)):
        hand_in(person, phase, {"accuracy": accuracy, "seconds": 10 * accuracy})
    return made


def rows(client: Client, competition: Mapping[str, Any]) -> Rows:
    board = client.leaderboard(competition["phases"][0]["id"])
    return [(row["participant"], row["scores"].get("accuracy")) for row in board["rows"]]


def edit(organizer: Client, competition: Mapping[str, Any], part: str, changes: Mapping[str, object]) -> dict[str, int]:
    """Make a change: how many rows it was said to move before."""
    seen = organizer.settings(competition["id"])["revision"]
    told = organizer.change_settings(competition["id"], part, changes, seen, preview=True)["effects"]
    organizer.change_settings(competition["id"], part, changes, seen)
    return {key: told[0][key] for key in ("appear", "disappear", "change", "unscored")} if told else {}  # type: ignore[literal-required]


def becomes(client: Client, competition: Mapping[str, Any], expected: Rows) -> None:
    until(lambda: rows(client, competition) == expected, f"the board {expected}, which is {rows(client, competition)}")


def test_rows_move_with_the_direction_the_rule_and_the_tasks_as_was_said_before(
    organizer: Client, ada: Client, competition: dict[str, Any]
) -> None:
    nothing = {"appear": 0, "disappear": 0, "change": 0, "unscored": 0}
    becomes(ada, competition, [("ada", 0.9), ("grace", 0.8)])
    assert edit(organizer, competition, "leaderboards/0/columns/0", {"sorting": "asc"}) == nothing | {"change": 1}
    becomes(ada, competition, [("ada", 0.7), ("grace", 0.8)])
    assert edit(organizer, competition, "leaderboards/0", {"submission_rule": "Force_Last"}) == nothing | {"change": 1}
    becomes(ada, competition, [("grace", 0.8), ("ada", 0.9)])
    seen = organizer.settings(competition["id"])
    second = {"name": "Dogs", "scoring_program": seen["settings"]["tasks"][0]["scoring_program"]}
    path, at = f"/competitions/{competition['id']}/settings/tasks", {"If-Match": f'"{seen["revision"]}"'}
    organizer.http.response("POST", path, second, headers=at)
    told = edit(organizer, competition, "phases/0", {"tasks": [0, 1]})
    assert told == nothing | {"change": 2, "unscored": 3}
    until(lambda: {score for _, score in rows(ada, competition)} == {None}, "board without a mean")
    assert edit(organizer, competition, "phases/0", {"tasks": [0]}) == nothing | {"change": 2}
    becomes(ada, competition, [("grace", 0.8), ("ada", 0.9)])


def test_at_the_end_what_people_chose_counts_by_the_board_that_was_kept_for_it(
    stack: DeployedStack, organizer: Client, ada: Client, grace: Client, compete: Any, line: Line, hand_in: Any, sweep: Any
) -> None:
    """The clock of the phase has the sweeper's rights, and the job that follows those of tasks."""
    made = compete(ada, grace, end="2031-01-01", phase_extra="agon: {final_selection: 1}", extra=line.manifest)
    phase, revision = made["phases"][0]["id"], organizer.settings(made["id"])["revision"]
    column = {"key": "private", "title": "Private", "index": 0}
    kept = {"title": "Private", "key": "private", "hidden": True, "columns": [column]}
    path = f"/competitions/{made['id']}/settings/leaderboards"
    organizer.http.response("POST", path, kept, headers={"If-Match": f'"{revision}"'})
    edit(organizer, made, "phases/0", {"agon": {"final_board_from": {"leaderboard": 1}}})
    scores = [
        {"accuracy": public, "seconds": 1.0, "private": private} for public, private in ((0.9, 0.1), (0.5, 0.8), (0.7, 0.6))
    ]
    best, mine, _ = (hand_in(who, phase, one) for who, one in zip((ada, ada, grace), scores, strict=True))
    ada.choose(mine)
    becomes(ada, made, [("ada", 0.9), ("grace", 0.7)])
    assert ada.submission(best)["scores"] == {"accuracy": 0.9, "seconds": 1.0}
    key = {"pk": {"S": f"COMPETITION#{made['id']}"}, "sk": {"S": f"COMPETITION#PHASE#{phase}"}}
    table, over = stack.outputs["TableName"], f"{datetime.now(UTC) - timedelta(minutes=5):%Y-%m-%dT%H:%M:%S.%f}+0000"
    stack.aws("dynamodb").update_item(
        **{"TableName": table, "Key": key, "UpdateExpression": "SET ends_at = :end"},
        ExpressionAttributeValues={":end": {"S": over}},
    )
    sweep((key["pk"]["S"], key["sk"]["S"]))
    sweep()

    def last() -> list[tuple[str, float | None]]:
        return [(row["participant"], row["scores"].get("private")) for row in ada.leaderboard(phase)["rows"]]

    until(lambda: last() == [("ada", 0.8), ("grace", 0.6)], f"the final board, which is {last()}")
    assert ada.submission(best)["scores"]["private"] == 0.1
