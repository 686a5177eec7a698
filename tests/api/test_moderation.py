"""What people do to boards by hand: add, remove, mark, set scores; and the record of it."""

from typing import Any

import pytest

from chalicelib.actions.leaderboards import rebuilding
from chalicelib.domain.bundle.leaderboard import Column, SubmissionRule
from tests.api.conftest import Answer, Person, Site
from tests.api.congestion import congest
from tests.api.phases import ACCURACY, DAY, NOW, SECONDS, board, competition, join, phase, score

MANUAL = [rule.value for rule in SubmissionRule if not rule.is_automatic]
AUTOMATIC = [rule.value for rule in SubmissionRule if rule.is_automatic]


@pytest.fixture
def grace(site: Site) -> Person:
    return site.person("grace")


def add(person: Person, submission: str) -> Answer:
    return person.call("POST", f"/submissions/{submission}/leaderboard")


def remove(person: Person, submission: str) -> Answer:
    return person.call("DELETE", f"/submissions/{submission}/leaderboard")


def mark(person: Person, submission: str, **body: Any) -> Answer:
    return person.call("PATCH", f"/submissions/{submission}/marks", body)


def edit(person: Person, submission: str, scores: dict[str, Any], reason: str = "A slip.") -> Answer:
    return person.call("PATCH", f"/submissions/{submission}/scores", {"scores": scores, "reason": reason})


def read(reader: Site | Person, phase_id: str) -> Any:
    rebuilding.rebuild(phase_id, NOW)
    return reader.call("GET", f"/phases/{phase_id}/leaderboard").body


def on_board(reader: Site | Person, phase_id: str) -> list[str]:
    return [row["submission"] for row in read(reader, phase_id)["rows"]]


def deeds(organizer: Person, phase_id: str) -> list[dict[str, Any]]:
    return organizer.call("GET", f"/phases/{phase_id}/deeds").body["deeds"]  # type: ignore[no-any-return]


# The six rules


@pytest.mark.parametrize("rule", MANUAL)
def test_a_participant_adds_by_hand_and_the_next_one_replaces_unless_several_are_kept(
    site: Site, organizer: Person, ada: Person, rule: str
) -> None:
    phase_id = competition(organizer, board(rule=rule))
    join(ada, phase_id)
    first, second = score(ada, phase_id, {"accuracy": 0.9}), score(ada, phase_id, {"accuracy": 0.5}, 1)
    assert on_board(site, phase_id) == []
    assert (add(ada, first).status, on_board(site, phase_id)) == (200, [first])
    added = add(ada, second)
    assert (added.status, added.body["on_board"], added.body["scores"]) == (200, True, {"accuracy": 0.5})
    assert on_board(site, phase_id) == ([first, second] if rule == "Add_And_Delete_Multiple" else [second])
    assert add(ada, second).status == 200
    assert [message["task"] for message in site.messages()] == ["rebuild", "rebuild"]


@pytest.mark.parametrize("rule", MANUAL)
def test_a_participant_removes_by_hand_where_the_rule_lets_them(
    site: Site, organizer: Person, ada: Person, rule: str
) -> None:
    phase_id = competition(organizer, board(rule=rule))
    join(ada, phase_id)
    made = score(ada, phase_id, {"accuracy": 0.9})
    add(ada, made)
    removed = remove(ada, made)
    assert removed.status == (403 if rule == "Add" else 200)
    assert on_board(site, phase_id) == ([made] if rule == "Add" else [])
    if rule != "Add":
        assert removed.body["on_board"] is False
        assert remove(ada, made).status == 409


@pytest.mark.parametrize("rule", AUTOMATIC)
def test_with_an_automatic_rule_only_an_administrator_does_it_by_hand(
    site: Site, organizer: Person, ada: Person, admin: Person, rule: str
) -> None:
    phase_id = competition(organizer, board(rule=rule))
    join(ada, phase_id)
    made = score(ada, phase_id, {"accuracy": 0.9})
    for person in (ada, organizer):
        assert (add(person, made).status, remove(person, made).status) == (403, 403)
    assert remove(admin, made).status == 200
    assert on_board(site, phase_id) == []
    assert add(admin, made).status == 200
    assert on_board(site, phase_id) == [made]


def test_force_best_keeps_the_best_and_of_equals_the_earlier(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY))
    tries = [score(ada, phase_id, {"accuracy": value}, minute) for minute, value in enumerate((0.1, 0.9, 0.9, 0.5))]
    assert on_board(site, phase_id) == [tries[1]]


def test_force_last_keeps_the_last_and_force_latest_multiple_all(site: Site, organizer: Person, ada: Person) -> None:
    for rule, expected in (("Force_Last", [1]), ("Force_Latest_Multiple", [0, 1])):
        phase_id = competition(organizer, board(rule=rule))
        tries = [score(ada, phase_id, {"accuracy": 0.9 - minute / 10}, minute) for minute in range(2)]
        assert on_board(site, phase_id) == [tries[at] for at in expected]


def test_the_phases_own_rule_comes_before_the_boards(site: Site, organizer: Person, ada: Person) -> None:
    forced = phase(submission_rule=SubmissionRule.FORCE_BEST)
    phase_id = competition(organizer, board(rule="Add"), phases=[forced])
    made = score(ada, phase_id, {"accuracy": 0.5})
    assert on_board(site, phase_id) == [made]


# What may be added, and by whom


@pytest.mark.parametrize(
    ("attributes", "scores"),
    [
        ({"status": "Failed"}, {}),
        ({"status": "Scoring"}, {"accuracy": 0.5}),
        ({"solution": 0}, {"accuracy": 0.5}),
        ({"marks": {"baseline": False, "verified": False, "disqualified": "It copied."}}, {"accuracy": 0.5}),
        ({}, {"seconds": 1.0}),
    ],
)
def test_only_a_finished_submission_with_a_primary_score_is_added(
    organizer: Person, ada: Person, attributes: dict[str, Any], scores: dict[str, float]
) -> None:
    phase_id = competition(organizer, board(rule="Add"))
    join(ada, phase_id)
    assert add(ada, score(ada, phase_id, scores, **attributes)).status == 409


def test_one_task_of_a_submission_is_not_added_alone(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(rule="Add"))
    assert add(organizer, score(ada, phase_id, {"accuracy": 0.5}, parent="x")).status == 409


def test_a_participant_chooses_while_the_phase_is_open_and_an_organizer_later_too(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(rule="Add_And_Delete"), phases=[phase(end=NOW)])
    join(ada, phase_id)
    made = score(ada, phase_id, {"accuracy": 0.5})
    assert add(ada, made).status == 409
    assert (add(organizer, made).status, remove(ada, made).status, remove(organizer, made).status) == (200, 409, 200)


@pytest.mark.parametrize("verb", [add, remove])
def test_nobody_touches_what_is_not_theirs(organizer: Person, ada: Person, grace: Person, verb: Any) -> None:
    phase_id = competition(organizer, board(rule="Add_And_Delete"))
    made = score(ada, phase_id, {"accuracy": 0.5})
    assert verb(grace, made).status == 404
    assert verb(ada, made).status == 403  # She has not joined.
    assert verb(ada, "nope").status == 404


@pytest.mark.parametrize("role", ["stranger", "participant"])
def test_marks_scores_and_the_record_are_the_organizers(site: Site, organizer: Person, ada: Person, role: str) -> None:
    phase_id = competition(organizer)
    join(ada, phase_id)
    made = score(ada, phase_id, {"accuracy": 0.5})
    person, refused = (ada, 403) if role == "participant" else (site.person("eve"), 404)
    assert mark(person, made, baseline=True).status == refused
    assert edit(person, made, {"accuracy": 1}).status == refused
    assert person.call("GET", f"/phases/{phase_id}/deeds").status == 403
    assert site.call("GET", f"/phases/{phase_id}/deeds").status == 401


# Marks


def test_a_disqualified_submission_leaves_the_ranking_and_the_next_best_comes_up(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = competition(organizer, board(ACCURACY))
    good, best = score(ada, phase_id, {"accuracy": 0.7}), score(ada, phase_id, {"accuracy": 0.9}, 1)
    other = score(grace, phase_id, {"accuracy": 0.8})
    assert on_board(site, phase_id) == [best, other]
    marked = mark(organizer, best, disqualified=True, reason="It read the truth.")
    assert (marked.status, marked.body["on_board"], marked.body["disqualified"]) == (200, False, "It read the truth.")
    told = read(organizer, phase_id)
    assert [(row["rank"], row["submission"]) for row in told["rows"]] == [(1, other), (2, good)]
    [out] = told["disqualified"]
    assert (out["rank"], out["submission"], out["disqualified"]) == (None, best, "It read the truth.")
    assert read(ada, phase_id)["disqualified"] == []
    assert read(ada, phase_id)["count"] == 2
    assert mark(organizer, best, disqualified=False).body["on_board"] is True
    assert on_board(site, phase_id) == [best, other]
    assert read(organizer, phase_id)["disqualified"] == []


def test_a_better_one_takes_the_place_of_a_disqualified_one_and_that_stays_on_record(organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY))
    out = score(ada, phase_id, {"accuracy": 0.9})
    mark(organizer, out, disqualified=True, reason="Copied.")
    assert on_board(organizer, phase_id) == []
    new = score(ada, phase_id, {"accuracy": 0.1}, 1)
    told = read(organizer, phase_id)
    assert [row["submission"] for row in told["rows"]] == [new]
    assert [row["submission"] for row in told["disqualified"]] == [out]


@pytest.mark.parametrize("rule", ["Add", "Add_And_Delete_Multiple"])
def test_with_a_manual_rule_nothing_comes_up_by_itself(site: Site, organizer: Person, ada: Person, rule: str) -> None:
    phase_id = competition(organizer, board(ACCURACY, rule=rule))
    join(ada, phase_id)
    first, second = score(ada, phase_id, {"accuracy": 0.9}), score(ada, phase_id, {"accuracy": 0.5}, 1)
    add(ada, first)
    mark(organizer, first, disqualified=True, reason="Copied.")
    assert on_board(site, phase_id) == []
    assert add(ada, first).status == 409
    mark(organizer, first, disqualified=False)
    assert on_board(site, phase_id) == [first]
    assert mark(organizer, second, verified=True).body["on_board"] is False


def test_a_disqualification_has_a_reason(organizer: Person, ada: Person) -> None:
    made = score(ada, competition(organizer), {"accuracy": 0.5})
    assert mark(organizer, made, disqualified=True).status == 422


def test_baselines_stand_beside_the_others_and_are_marked(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY))
    random, majority = (score(organizer, phase_id, {"accuracy": value}, at) for at, value in enumerate((0.1, 0.3)))
    assert on_board(site, phase_id) == [majority]
    for made in (random, majority):
        mark(organizer, made, baseline=True)
    own = score(organizer, phase_id, {"accuracy": 0.2}, 5)
    rows = read(site, phase_id)["rows"]
    assert [(row["submission"], row["baseline"], row["name"]) for row in rows] == [
        (majority, True, "try 1"),
        (own, False, None),
        (random, True, "try 0"),
    ]


def test_a_verified_submission_is_marked_and_keeps_its_place(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer)
    made = score(ada, phase_id, {"accuracy": 0.5})
    assert mark(organizer, made, verified=True).body["verified"] is True
    [row] = read(site, phase_id)["rows"]
    assert (row["rank"], row["verified"], row["baseline"], row["edited"]) == (1, True, False, False)


# Scores set by hand


def test_an_edited_score_moves_the_row_and_what_is_computed_and_the_original_stays_readable(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    total = Column("total", "Total", 2, computation="sum", computation_indexes=(0, 1))
    phase_id = competition(organizer, board(ACCURACY, SECONDS, total))
    made = score(ada, phase_id, {"accuracy": 0.5, "seconds": 2, "total": 2.5})
    score(grace, phase_id, {"accuracy": 0.7, "seconds": 2, "total": 2.7})
    edited = edit(organizer, made, {"accuracy": 0.9})
    assert (edited.status, edited.body["scores"]) == (200, {"accuracy": 0.9, "seconds": 2.0, "total": 2.9})
    edit(organizer, made, {"seconds": 1})
    original = {"accuracy": 0.5, "seconds": 2, "total": 2.5}
    assert mark(organizer, made, verified=True).body["original_scores"] == original
    rows = read(site, phase_id)["rows"]
    assert [(row["participant"], row["edited"]) for row in rows] == [("ada", True), ("grace", False)]
    assert rows[0]["scores"] == {"accuracy": 0.9, "seconds": 1.0, "total": 1.9}
    assert ada.call("GET", f"/submissions/{made}").body["scores"] == rows[0]["scores"]


def test_an_edit_can_bring_another_submission_up(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY))
    other, best = score(ada, phase_id, {"accuracy": 0.7}), score(ada, phase_id, {"accuracy": 0.9}, 1)
    assert edit(organizer, best, {"accuracy": 0.1}).body["on_board"] is False
    assert on_board(site, phase_id) == [other]
    edit(organizer, best, {"accuracy": None})
    assert on_board(site, phase_id) == [other]


def test_of_several_tasks_each_tasks_own_score_is_set(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY), phases=[phase(tasks=(0, 1))])
    made = score(ada, phase_id, {"accuracy": 0.5, "0/accuracy": 0.9, "1/accuracy": 0.1})
    assert edit(organizer, made, {"accuracy": 1}).status == 422
    assert edit(organizer, made, {"1/accuracy": 0.7}).body["scores"]["accuracy"] == pytest.approx(0.8)
    assert read(site, phase_id)["rows"][0]["scores"]["1/accuracy"] == 0.7


@pytest.mark.parametrize("scores", [{"nope": 1}, {}, {"accuracy": "x"}])
def test_what_is_no_score_is_refused(organizer: Person, ada: Person, scores: dict[str, Any]) -> None:
    made = score(ada, competition(organizer), {"accuracy": 0.5})
    assert edit(organizer, made, scores).status == 422
    assert edit(organizer, made, {"accuracy": 1}, reason="").status == 422


def test_only_a_finished_submission_has_scores_to_be_set(organizer: Person, ada: Person) -> None:
    made = score(ada, competition(organizer), {}, status="Failed")
    assert edit(organizer, made, {"accuracy": 1}).status == 409


# The record


def test_every_deed_of_an_organizer_is_kept_with_before_and_after(organizer: Person, ada: Person, admin: Person) -> None:
    phase_id = competition(organizer, board(ACCURACY, rule="Add"))
    join(ada, phase_id)
    made = score(ada, phase_id, {"accuracy": 0.5})
    add(ada, made)
    remove(organizer, made)
    add(admin, made)
    mark(organizer, made, verified=True)
    edit(organizer, made, {"accuracy": 0.6}, "The truth had a slip.")
    told = [(deed["what"], deed["by"], deed["before"], deed["after"]) for deed in deeds(organizer, phase_id)]
    unmarked = {"baseline": False, "verified": False, "disqualified": ""}
    assert told == [
        ("scored", "olga", {"accuracy": 0.5}, {"accuracy": 0.6}),
        ("marked", "olga", unmarked, unmarked | {"verified": True}),
        ("added", "root", None, made),
        ("removed", "olga", made, None),
    ]
    latest = deeds(organizer, phase_id)[0]
    assert (latest["submission"], latest["participant"], latest["reason"]) == (made, "ada", "The truth had a slip.")
    assert latest["at"] >= (NOW - DAY).isoformat()


def test_two_hands_at_once_are_told_apart(organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.actions.leaderboards import placement

    phase_id, reorder = competition(organizer), placement.reorder
    made = score(ada, phase_id, {"accuracy": 0.5})

    def slowly(*given: Any) -> Any:
        monkeypatch.undo()
        assert edit(organizer, made, {"accuracy": 0.8}).status == 200
        return reorder(*given)

    monkeypatch.setattr(placement, "reorder", slowly)
    assert edit(organizer, made, {"accuracy": 0.7}).status == 409
    assert [deed["after"] for deed in deeds(organizer, phase_id)] == [{"accuracy": 0.8}]


def test_a_busy_table_is_told_as_busy_and_not_as_somebody_elses_change(
    organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = score(ada, competition(organizer), {"accuracy": 0.5})
    with monkeypatch.context() as patch:
        congest(patch)
        assert edit(organizer, made, {"accuracy": 0.7}).status == 503
    assert edit(organizer, made, {"accuracy": 0.7}).body["scores"] == {"accuracy": 0.7}
