"""What a phase's boards show and when, and who puts submissions onto them."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.bundle.leaderboard import Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import FinalBoard, Phase
from chalicelib.domain.leaderboards.policy import (
    Marks,
    board_answers,
    check_may_place,
    hides_scores,
    is_frozen,
    is_over,
    ranking_tasks,
    rule_of,
)
from chalicelib.errors import Conflict, NotAllowed

START = datetime(2026, 1, 1, tzinfo=UTC)
FREEZE, END = START + timedelta(days=8), START + timedelta(days=10)
MOMENT = timedelta(microseconds=1)
RULES = list(SubmissionRule)


def phase(**settings) -> Phase:
    return Phase(0, "P", START, END, (0, 1), **settings)


def test_the_phases_own_rule_comes_before_the_boards():
    board = Leaderboard(0, "R", "main", submission_rule=SubmissionRule.ADD)
    assert rule_of(phase(), [board]) is SubmissionRule.ADD
    assert rule_of(phase(submission_rule=SubmissionRule.FORCE_BEST), [board]) is SubmissionRule.FORCE_BEST


def test_a_blind_phase_hides_scores_until_its_end():
    assert hides_scores(phase(is_blind=True), END - MOMENT) and not hides_scores(phase(is_blind=True), END)
    assert not hides_scores(phase(), START)
    assert hides_scores(Phase(0, "P", START, is_blind=True), END + timedelta(days=999))


def test_a_board_is_frozen_from_its_time_to_the_phases_end():
    frozen = phase(freeze_board_at=FREEZE)
    found = [is_frozen(frozen, at) for at in (START, FREEZE - MOMENT, FREEZE, END - MOMENT, END)]
    assert found == [False, False, True, True, False]
    assert not is_frozen(phase(), FREEZE)


def test_a_phase_that_never_ends_is_never_over():
    assert not is_over(Phase(0, "P", START), END) and is_over(phase(), END)


def test_the_task_of_the_final_board_does_not_rank_before():
    assert ranking_tasks(phase(final_board_from=FinalBoard(task=1))) == (0,)
    assert ranking_tasks(phase(final_board_from=FinalBoard(phase=1))) == (0, 1)
    assert ranking_tasks(phase()) == (0, 1)


def test_baselines_and_disqualified_submissions_take_nobodys_place():
    assert Marks(baseline=True).stands_apart and Marks(disqualified="It copied.").stands_apart
    assert not Marks(verified=True).stands_apart


def may_place(rule, now=START, removes=False, is_organizer=False, is_admin=False) -> bool:
    try:
        check_may_place(rule, phase(), now, is_organizer=is_organizer, is_admin=is_admin, removes=removes)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("rule", RULES)
def test_participants_add_and_remove_by_hand_where_the_rule_lets_them(rule):
    assert may_place(rule) is (not rule.is_automatic)
    expected = rule in (SubmissionRule.ADD_AND_DELETE, SubmissionRule.ADD_AND_DELETE_MULTIPLE)
    assert may_place(rule, removes=True) is expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("removes", [False, True])
def test_organizers_do_unless_the_rule_is_automatic_and_administrators_always(rule, removes):
    assert may_place(rule, END, removes, is_organizer=True) is (not rule.is_automatic)
    assert may_place(rule, END, removes, is_admin=True)


@pytest.mark.parametrize("now", [START - MOMENT, END])
def test_participants_choose_while_the_phase_is_open(now):
    with pytest.raises(Conflict):
        may_place(SubmissionRule.ADD, now)


def test_a_board_tells_what_it_asks_cut_to_what_a_page_can_hold():
    given = {"model": "x" * 500, "gpu": False, "phone": "1234", "empty": ""}
    assert board_answers(("gpu", "model", "empty", "gone"), given) == {"gpu": False, "model": "x" * 199 + "…"}
    many = {str(key): "word " * 100 for key in range(40)}
    told = board_answers(tuple(many), many)
    assert sum(map(len, told.values())) < 1000 + len(many) and told["39"] == "…"
    assert board_answers(("model",), None) == {}
