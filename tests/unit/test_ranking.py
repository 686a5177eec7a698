"""The order of a leaderboard, ties, and what goes onto it by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.bundle.leaderboard import Column, SubmissionRule
from chalicelib.domain.leaderboards import ranking
from chalicelib.domain.leaderboards.ranking import Entry, best_and_last, has_primary, is_better, replaces

MORNING = datetime(2026, 1, 1, 8, tzinfo=UTC)
MAIN = Column("main", "Main", 0)
SECOND = Column("second", "Second", 1)
TIME = Column("time", "Time", 2, sorting="asc")
COLUMNS = [MAIN, SECOND, TIME]


def entry(name: str, minute: int = 0, **scores: float) -> Entry:
    return Entry(name, f"s-{name}-{minute}", MORNING + timedelta(minutes=minute), scores)


def rank(entries, columns, primary_index, tie_break=None) -> list[tuple[int | None, Entry]]:
    scores = {column.key: [entry.scores.get(column.key) for entry in entries] for column in columns}

    def age(at: int) -> tuple[datetime, str]:
        return entries[at].submitted_at, entries[at].submission

    return [(place, entries[at]) for place, at in ranking.rank(scores, age, columns, primary_index, tie_break)]


def order(entries, columns=COLUMNS, primary_index=0) -> list[tuple[int | None, str]]:
    return [(place, entry.participant) for place, entry in rank(entries, columns, primary_index)]


def test_no_entries_make_an_empty_board():
    assert rank([], COLUMNS, 0) == []


def test_the_higher_score_stands_first_in_a_descending_column():
    assert order([entry("low", main=0.1), entry("high", main=0.9)], [MAIN]) == [(1, "high"), (2, "low")]


def test_the_lower_score_stands_first_in_an_ascending_column():
    assert order([entry("slow", time=9), entry("fast", time=1)], [TIME], 2) == [(1, "fast"), (2, "slow")]


def test_equal_rows_share_a_rank_and_the_next_is_skipped_and_the_earliest_is_listed_first():
    entries = [entry("late", 5, main=1), entry("early", 1, main=1), entry("last", 0, main=0)]
    assert order(entries, [MAIN]) == [(1, "early"), (1, "late"), (3, "last")]


def test_other_visible_columns_break_ties_in_the_order_of_their_indexes():
    entries = [
        entry("fourth", main=1, second=1, time=9),
        entry("third", main=1, second=1, time=2),
        entry("second", main=1, second=2, time=8),
        entry("first", main=2, second=0, time=9),
    ]
    assert order(entries, [TIME, SECOND, MAIN]) == [(1, "first"), (2, "second"), (3, "third"), (4, "fourth")]


def test_an_error_parts_equal_scores_only_where_it_is_named():
    error = Column("error", "±", 1, sorting="asc", error_of=0)
    entries = [entry("wide", 0, main=1, error=0.3), entry("narrow", 5, main=1, error=0.1)]
    assert order(entries, [MAIN, error]) == [(1, "wide"), (1, "narrow")]
    assert [one.participant for _, one in rank(entries, [MAIN, error], 0, (1,))] == ["narrow", "wide"]


def test_a_hidden_column_breaks_no_tie():
    hidden = Column("second", "Second", 1, hidden=True)
    entries = [entry("early", 0, main=1, second=0), entry("late", 1, main=1, second=9)]
    assert order(entries, [MAIN, hidden]) == [(1, "early"), (1, "late")]


def test_the_best_and_the_last_are_told_among_ones_own():
    first, tie = entry("ada", 0, main=1), entry("ada", 1, main=1)
    worse, unscored = entry("ada", 2, main=0.5), entry("ada", 3)
    assert best_and_last([worse, tie, first], COLUMNS, 0) == {first.submission, worse.submission}
    assert best_and_last([first, unscored], COLUMNS, 0) == {first.submission, unscored.submission}
    assert best_and_last([unscored], COLUMNS, 0) == {unscored.submission}
    assert best_and_last([], COLUMNS, 0) == set()


def test_declared_columns_alone_break_ties_in_their_order():
    entries = [entry("early", 0, main=1, second=1, time=5), entry("late", 1, main=1, second=9, time=5)]
    assert [row.participant for _, row in rank(entries, COLUMNS, 0, [1])] == ["late", "early"]
    assert [place for place, _ in rank(entries, COLUMNS, 0, [2])] == [1, 1]
    assert [place for place, _ in rank(entries, COLUMNS, 0, [])] == [1, 1]


def test_the_best_of_ones_own_under_an_average_rank_is_decided_by_what_it_averages():
    average = Column("average", "Average", 3, "asc", computation="avg_rank", computation_indexes=(1, 0))
    columns = [*COLUMNS, average]
    assert has_primary(entry("a", main=1, second=1), columns, 3) and not has_primary(entry("a", time=1), columns, 3)
    assert is_better(entry("a", 1, main=1, second=2), entry("a", main=9, second=1), columns, 3)


def test_the_primary_column_ranks_even_when_it_is_hidden_and_stands_last():
    hidden = Column("time", "Time", 2, sorting="asc", hidden=True)
    entries = [entry("slow", main=9, time=9), entry("fast", main=1, time=1)]
    assert order(entries, [MAIN, hidden], 2) == [(1, "fast"), (2, "slow")]


@pytest.mark.parametrize("sorting", ["asc", "desc"])
def test_a_missing_score_sorts_last_in_both_directions(sorting):
    second = Column("second", "Second", 1, sorting=sorting)
    entries = [entry("without", main=1), entry("with", 9, main=1, second=-5)]
    assert order(entries, [MAIN, second]) == [(1, "with"), (2, "without")]


@pytest.mark.parametrize("sorting", ["asc", "desc"])
def test_a_row_without_a_primary_score_stands_last_and_has_no_rank(sorting):
    main = Column("main", "Main", 0, sorting=sorting)
    entries = [entry("none", second=99), entry("nan", 3, main=float("nan")), entry("some", 5, main=-1)]
    assert order(entries, [main, SECOND]) == [(1, "some"), (None, "none"), (None, "nan")]


def test_the_documented_example_of_codabench_comes_out_in_its_order():
    columns = [Column("max", "Max", 2), Column("a1", "A1", 0), Column("a2", "A2", 1)]
    columns.append(Column("duration", "Duration", 3, sorting="asc"))
    entries = [
        entry("b", a1=0.43, a2=0.75, max=0.75, duration=123.45),
        entry("d", 2, a1=0.6, a2=0.6, max=0.6, duration=100),
        entry("c", 1, a1=0.6, a2=0.6, max=0.6, duration=100),
        entry("a", a1=0.5, a2=0.75, max=0.75, duration=123.45),
    ]
    assert order(entries, columns, 2) == [(1, "a"), (2, "b"), (3, "c"), (3, "d")]


SCORE = st.one_of(st.none(), st.integers(-2, 2), st.floats(allow_nan=True))
ENTRIES = st.lists(st.tuples(SCORE, SCORE, st.integers(0, 3)), max_size=12)


@settings(deadline=None)
@given(ENTRIES, st.randoms())
def test_the_board_does_not_depend_on_the_order_in_which_rows_came(rows, random):
    entries = [
        Entry(str(at), str(at), MORNING + timedelta(minutes=minute), {k: v for k, v in pair if v is not None})
        for at, (main, second, minute) in enumerate(rows)
        for pair in [(("main", main), ("second", second))]
    ]
    shuffled = list(entries)
    random.shuffle(shuffled)
    board = rank(entries, COLUMNS, 0)
    assert board == rank(shuffled, COLUMNS, 0)
    for (_, above), (_, below) in zip(board, board[1:], strict=False):
        assert not is_better(below, above, COLUMNS, 0)


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        (entry("new", 1, main=2), entry("old", 0, main=1), True),
        (entry("new", 1, main=1), entry("old", 0, main=2), False),
        (entry("new", 1, main=1), entry("old", 0, main=1), False),
        (entry("new", 0, main=1), entry("old", 1, main=1), True),
        (entry("new", 1, main=1, second=2), entry("old", 0, main=1, second=1), True),
        (entry("new", 1, main=-9), entry("old", 0, second=5), True),
        (entry("new", 1, second=5), entry("old", 0, main=-9), False),
        (entry("new", 0, second=5), entry("old", 1, second=1), False),
    ],
)
def test_better_means_above_and_a_tie_goes_to_the_earlier_submission(new, old, expected):
    assert is_better(new, old, COLUMNS, 0) is expected


@pytest.mark.parametrize("rule", [rule for rule in SubmissionRule if not rule.is_automatic])
def test_a_rule_with_adding_by_hand_puts_nothing_on_the_board_by_itself(rule):
    assert not replaces(rule, entry("new", main=9), None, COLUMNS, 0)
    assert not replaces(rule, entry("new", 1, main=9), entry("old", main=1), COLUMNS, 0)


def test_force_best_takes_the_first_score_and_then_only_better_ones():
    rule = SubmissionRule.FORCE_BEST
    assert replaces(rule, entry("new", main=-5), None, COLUMNS, 0)
    assert replaces(rule, entry("new", 1, main=2), entry("old", main=1), COLUMNS, 0)
    assert not replaces(rule, entry("new", 1, main=1), entry("old", main=1), COLUMNS, 0)


@pytest.mark.parametrize(
    ("sorting", "new", "replaced"),
    [("desc", 125, True), ("desc", 120, False), ("asc", 120, True), ("asc", 125, False), ("desc", 123, False)],
)
def test_codalabs_numbers_for_the_best_submission_hold_but_for_the_tie(sorting, new, replaced):
    """FORMATS 3.6; on a tie Agon keeps the earlier one (FORMATS 0)."""
    column = Column("main", "Main", 0, sorting=sorting)
    assert replaces(SubmissionRule.FORCE_BEST, entry("new", 1, main=new), entry("old", main=123), [column], 0) is replaced


def test_a_better_primary_score_replaces_though_six_other_columns_are_worse():
    """FORMATS 3.6."""
    columns = [Column("main", "Main", 0), *(Column(f"c{at}", "Other", at) for at in range(1, 7))]
    new = entry("new", 1, main=1.0533, **{f"c{at}": 0.1 for at in range(1, 7)})
    old = entry("old", main=1.0510, **{f"c{at}": 0.9 for at in range(1, 7)})
    assert replaces(SubmissionRule.FORCE_BEST, new, old, columns, 0)


def test_force_best_never_takes_a_submission_without_a_primary_score():
    assert not replaces(SubmissionRule.FORCE_BEST, entry("new", second=1), None, COLUMNS, 0)
    assert not has_primary(entry("new", second=1), COLUMNS, 0)


def test_force_last_takes_the_one_submitted_last_even_when_it_finished_first():
    rule = SubmissionRule.FORCE_LAST
    assert replaces(rule, entry("new", 0, main=1), None, COLUMNS, 0)
    assert replaces(rule, entry("new", 2, main=1), entry("old", 1, main=9), COLUMNS, 0)
    assert not replaces(rule, entry("new", 1, main=9), entry("old", 2, main=1), COLUMNS, 0)


def test_force_latest_multiple_takes_every_one():
    assert replaces(SubmissionRule.FORCE_LATEST_MULTIPLE, entry("new", main=1), entry("old", 2, main=9), COLUMNS, 0)
    assert SubmissionRule.FORCE_LATEST_MULTIPLE.keeps_several


@pytest.mark.parametrize("rule", SubmissionRule)
def test_a_submission_that_is_on_the_board_already_gets_its_new_scores_there(rule):
    old = entry("same", main=9)
    assert replaces(rule, Entry(old.participant, old.submission, old.submitted_at, {"main": 1}), old, COLUMNS, 0)
