"""Groups of participants: who is put where, for which one submits, what each sees and may; and how they are written."""

import pytest

from chalicelib.domain.bundle.group import Group, GroupLimits, of_stored
from chalicelib.domain.people import groups
from chalicelib.errors import Invalid
from tests.unit.manifests import bundle, errors

STUDENTS = Group("students", "Students", addresses=("uni.example",))
COMPANIES = Group("companies", "Companies", question="work", answers=("company", "true"))
FINAL = Group("final", "Final", phases=(1,))
ALL = (STUDENTS, COMPANIES, FINAL)


@pytest.mark.parametrize(
    ("address", "answers", "expected"),
    [
        ("ada@cs.uni.example", {}, {"students"}),
        ("ada@uni.example.evil.example", {}, set()),
        ("", {"work": "company"}, {"companies"}),
        ("ada@uni.example", {"work": True}, {"students", "companies"}),
        ("", {"work": False}, set()),
        ("", {"other": "company"}, set()),
    ],
)
def test_rules_put_somebody_where_the_address_or_the_answer_says(address, answers, expected):
    assert groups.joined(ALL, address, answers) == expected


def test_a_phase_that_a_group_names_is_seen_by_its_members_alone():
    assert groups.sees(ALL, (), 0) and groups.sees(ALL, {"final"}, 1)
    assert not groups.sees(ALL, {"students"}, 1) and not groups.sees(ALL, None, 1)


def test_where_one_of_several_groups_takes_part_there_is_nothing_to_choose():
    assert groups.choose([STUDENTS, FINAL], None, 1, ALL, False) == FINAL
    assert groups.choose([], None, 0, ALL, False) is None
    with pytest.raises(Invalid):
        groups.choose([STUDENTS, FINAL], None, 0, ALL, False)
    with pytest.raises(Invalid):
        groups.choose([STUDENTS, FINAL], "students", 1, ALL, False)


@pytest.mark.parametrize(
    ("keys", "phase", "former", "expected"),
    [
        ({"students"}, 0, "students", "students"),
        ({"companies"}, 0, "students", "companies"),
        ({"students", "companies"}, 0, "companies", "companies"),
        ({"companies", "students"}, 0, None, "students"),
        ({"students", "final"}, 1, "students", "final"),
        ({"students"}, 1, "students", None),
        (set(), 0, "students", None),
        ({"gone"}, 0, "gone", None),
    ],
)
def test_a_submission_stays_with_its_group_as_long_as_its_participant_does(keys, phase, former, expected):
    assert groups.moved(ALL, keys, phase, former) == expected


def test_the_limits_of_one_phase_go_before_those_of_all():
    group = Group("a", "A", limits=(GroupLimits(max_submissions=1), GroupLimits(2, max_submissions=5)))
    assert [groups.limits_in(group, phase).max_submissions for phase in (0, 2)] == [1, 5]
    assert groups.limits_in(None, 0) == GroupLimits()


def test_a_stored_group_is_read_whole_and_what_another_build_added_is_passed_over():
    stored = {"key": "a", "title": "A", "phases": [1], "limits": [{"max_submissions": 0, "new": 1}], "new": 1}
    assert of_stored(stored) == Group("a", "A", phases=(1,), limits=(GroupLimits(max_submissions=0),))


def test_queues_of_groups_are_queues_of_the_competition():
    own = [{"key": "a", "title": "A", "queue": "q1"}, {"key": "b", "title": "B", "queue": "q2"}, {"key": "c", "title": "C"}]
    assert bundle(queue="q2", agon={"groups": own}).queues == ("q2", "q1")


ASKED = {"work": {"key": "work", "type": "select", "title": "Work?", "selection": "a, b", "is_required": "true"}}


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ([{"key": "A b", "title": "A"}], "groups[0].key"),
        ([{"title": "A"}], "groups[0].key"),
        ([{"key": "a", "title": "A"}, {"key": "a", "title": "B"}], "groups[0].key"),
        ([{"key": "a", "title": "A"}, {"key": "b", "title": "a"}], "groups[0].title"),
        ([{"key": "a", "title": "A", "phases": [7]}], "groups[0].phases"),
        ([{"key": "a", "title": "A", "limits": [{"phase": 7, "max_submissions": 1}]}], "groups[0].limits[0].phase"),
        ([{"key": "a", "title": "A", "limits": [{"max_submissions": 1}] * 2}], "groups[0].limits[0]"),
        ([{"key": "a", "title": "A", "limits": [{"phase": 0}]}], "groups[0].limits[0].max_submissions_per_day"),
        ([{"key": "a", "title": "A", "question": "play", "answers": ["x"]}], "groups[0].question"),
        ([{"key": "a", "title": "A", "question": "work"}], "groups[0].answers"),
        ([{"key": "a", "title": "A", "question": "work", "answers": ["c"]}], "groups[0].answers"),
        ([{"key": "a", "title": "A", "answers": ["x"]}], "groups[0].answers"),
        ([{"key": "a", "title": "A", "addresses": ["no address"]}], "groups[0].addresses"),
        ([{"key": f"a{number}", "title": f"A{number}"} for number in range(21)], "groups"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_group_is_told_with_its_place(written, place):
    found = errors(agon={"groups": written, "registration_questions": ASKED})
    assert found and found[0][0] == f"agon.{place}", found


def test_an_answer_of_a_select_that_there_is_is_taken():
    written = [{"key": "a", "title": "A", "question": "work", "answers": ["b"]}]
    assert bundle(agon={"groups": written, "registration_questions": ASKED}).groups[0].answers == ("b",)
