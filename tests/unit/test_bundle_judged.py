"""`agon.judging`: how people judge what a task's submissions put out."""

import pytest

from chalicelib.domain.bundle.check import check_task
from chalicelib.domain.bundle.model import Criterion
from tests.unit.manifests import board, bundle, changed, column, errors, phase, task, warnings

CLARITY = {"key": "clarity", "title": "Is it clear?", "scale": [1, 5], "weight": 2}
SCORED, JUDGED = column(), column(key="quality", title="Quality", index=1)


def judging(**changes: object) -> dict:
    return changed({"column": "quality", "criteria": [CLARITY]}, changes)


def competition(rule: str = "Force_Last", primary: int = 0, **changes: object) -> dict:
    """What is to be changed of a manifest for its task to be judged."""
    boards = [board(submission_rule=rule, primary_index=primary, columns=[SCORED, JUDGED])]
    return {"tasks": [task(agon={"judging": judging(**changes)})], "leaderboards": boards}


def test_a_rubric_is_read_with_its_criteria():
    [found] = bundle(**competition(guidelines="Read twice.", judgements_per_submission=5)).tasks
    assert found.judging is not None
    assert (found.judging.kind, found.judging.column, found.judging.judgements_per_submission) == ("rubric", "quality", 5)
    assert found.judging.criteria == (Criterion("clarity", "Is it clear?", (1, 5), "", 2.0),)
    assert (found.judging.guidelines, found.judging.publish_at_once) == ("Read twice.", True)


def test_a_judged_task_may_go_without_a_scoring_program():
    judged = task(scoring_program=..., reference_data=..., agon={"judging": judging()})
    assert bundle(**competition() | {"tasks": [judged]}).tasks[0].scoring_program is None
    assert errors(tasks=[task(scoring_program=...)])[0][0] == "tasks[0].scoring_program"


def test_who_has_code_beside_the_scoring_program_judged_is_told_what_jurors_see():
    def told(**changes):
        judged = task(ingestion_program="program", agon={"judging": judging()}, **changes)
        return [
            message for key, message in warnings(**competition() | {"tasks": [judged]}) if key == "tasks[0].agon.judging"
        ]

    assert told() == []
    [message] = told(ingestion_only_during_scoring=True)
    assert "what the ingestion program writes to /app/output" in message


def test_a_task_of_its_own_may_be_judged_by_people_alone():
    text = b"name: A\ndescription: B\nagon: {judging: {column: c, kind: pairwise}}\n"
    reading = check_task(text, [])
    assert reading.errors == () and reading.task is not None and reading.task.judging is not None


def test_who_compares_needs_no_criteria():
    changes = competition(kind="pairwise", criteria=...)
    assert bundle(**changes).tasks[0].judging.kind == "pairwise"
    assert [key for key, _ in warnings(**competition(kind="pairwise"))][-1] == "tasks[0].agon.judging.criteria"


@pytest.mark.parametrize(
    ("changes", "place", "advice"),
    [
        ({"column": ...}, "column", "is missing"),
        ({"column": "beauty"}, "column", "Name one of: `accuracy`, `quality`"),
        ({"kind": "vote"}, "kind", "rubric, pairwise"),
        ({"criteria": ...}, "criteria", "no criterion"),
        ({"criteria": []}, "criteria", "no criterion"),
        ({"criteria": [CLARITY, CLARITY]}, "criteria[0].key", "2 times"),
        ({"criteria": [CLARITY] * 21}, "criteria", "Keep 20"),
        ({"criteria": [CLARITY | {"weight": 0}]}, "criteria", "`weight` above 0"),
        ({"criteria": [CLARITY | {"weight": -1}]}, "criteria[0].weight", "number from 0"),
        ({"criteria": [CLARITY | {"weight": ".nan"}]}, "criteria[0].weight", "number from 0"),
        ({"criteria": [CLARITY | {"scale": [5, 1]}]}, "criteria[0].scale", "[1, 5]"),
        ({"criteria": [CLARITY | {"scale": [0, 1000]}]}, "criteria[0].scale", "100 apart at most"),
        ({"criteria": [CLARITY | {"scale": "high"}]}, "criteria[0].scale", "[0, 1]"),
        ({"criteria": [{"key": "a"}]}, "criteria[0].title", "is missing"),
        ({"judgements_per_submission": 0}, "judgements_per_submission", "from 1 to 50"),
    ],
)
def test_a_mistake_is_told_where_it_stands(changes, place, advice):
    found = errors(**competition(**changes))
    assert any(key == f"tasks[0].agon.judging.{place}" and advice in message for key, message in found), found


@pytest.mark.parametrize(
    ("other", "advice"),
    [({"computation": "avg", "computation_indexes": [0]}, "computed from others"), ({"sorting": "asc"}, "`sorting: desc`")],
)
def test_people_fill_plain_columns_in_which_more_is_better(other, advice):
    changes = competition() | {"leaderboards": [board(columns=[SCORED, JUDGED | other])]}
    [(key, message)] = errors(**changes)
    assert key == "tasks[0].agon.judging.column" and advice in message


def test_what_people_judge_cannot_be_the_best_before_they_did():
    assert errors(**competition("Force_Best", primary=1))[0][0] == "leaderboards[0].submission_rule"
    assert bundle(**competition("Force_Best", primary=0))
    averaged = column(key="mean", title="Mean", index=2, computation="avg", computation_indexes=[0, 1])
    boards = [board(submission_rule="Force_Best", primary_index=2, columns=[SCORED, JUDGED, averaged])]
    assert errors(**competition() | {"leaderboards": boards})[0][0] == "leaderboards[0].submission_rule"
    of_phase = competition(primary=1) | {"phases": [phase(agon={"submission_rule": "Force_Best"})]}
    assert errors(**of_phase)[0][0] == "phases[0].agon.submission_rule"


def test_judging_has_times_of_its_own():
    times = {"judging_start": "2026-02-01", "judging_end": "2026-03-01"}
    [found] = bundle(**competition() | {"phases": [phase(end="2026-02-01", agon=times)]}).phases
    assert (found.judging_start.month, found.judging_end.month) == (2, 3)
    backwards = {"judging_start": "2026-03-01", "judging_end": "2026-02-01"}
    assert errors(**competition() | {"phases": [phase(agon=backwards)]})[0][0] == "phases[0].agon.judging_end"
    assert warnings(phases=[phase(agon=times)])[-1][0] == "phases[0].agon"
