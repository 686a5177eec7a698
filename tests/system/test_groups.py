"""Two groups on the deployed stack: people are put in them by rule and by hand, with a limit and boards of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests import builders, clock
from tests.stack import eventually
from tests.system.test_bundles import SCORING

QUESTION = "{key: work, type: select, title: Work?, selection: [university, company], is_required: 'false'}"
GROUPS = f"""\
agon:
  registration_questions: {{work: {QUESTION}}}
  groups:
    - {{key: students, title: Students, board: true, limits: [{{max_submissions_per_day: 1}}]}}
    - {{key: industry, title: Industry, board: true, question: work, answers: [company]}}
"""


@pytest.fixture
def competition(organizer: Client, compete: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    files = {
        "competition.yaml": builders.manifest() + GROUPS,
        "scoring_program/metadata.yaml": "command: python3 $program/score.py $output",
        "scoring_program/score.py": SCORING,
    }
    return compete(files=files)


def ranked(client: Client, phase: str, group: str | None = None) -> set[tuple[str, str]]:
    return {(row["participant"], row["group"]) for row in client.leaderboard(phase, group=group)["rows"]}


def test_two_groups_have_their_own_boards_and_limits_and_rows_follow_their_people(
    runner: Any, organizer: Client, ada: Client, grace: Client, send: Callable[..., str], competition: dict[str, Any]
) -> None:
    clock.within_one(clock.DAY)
    id_, phase = competition["id"], competition["phases"][0]["id"]
    users = {}
    for client, work in ((ada, "university"), (grace, "company")):
        body = {"accept_terms": True, "answers": {"work": work}}
        joined = client.http.call("POST", f"/competitions/{id_}/participants", body)
        users[joined["username"]] = joined["user"]
    assert organizer.assign_group(id_, "students", [users["ada"], users["grace"]])["refused"] == {}

    submissions = [
        ada.submit(phase, send(ada, builders.submission("1"))),
        grace.submit(phase, send(grace, builders.submission("2")), group="students"),
        grace.submit(phase, send(grace, builders.submission("3")), group="industry"),
    ]
    assert [one["group"] for one in submissions] == ["students", "students", "industry"]
    with pytest.raises(ProblemError, match="used the one attempt today"):
        ada.submit(phase, send(ada, builders.submission("4")))
    for one in submissions:
        assert organizer.wait_for_submission(one["id"])["status"] == "Finished"
    students = {("ada", "Students"), ("grace", "Students")}
    everybody = students | {("grace", "Industry")}
    assert eventually(lambda: ranked(ada, phase), lambda rows: rows == everybody)
    assert (ranked(ada, phase, "students"), ranked(ada, phase, "industry")) == (students, {("grace", "Industry")})

    organizer.assign_group(id_, "students", [users["grace"]], remove=True, reason="She works.")
    eventually(lambda: ranked(ada, phase), lambda rows: rows == {("ada", "Students"), ("grace", "Industry")})
    assert ranked(ada, phase, "students") == {("ada", "Students")}
