"""The submissions that stand on a phase's boards for each competitor, and what their rows say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.contract import Status
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.leaderboards import policy, ranking
from chalicelib.domain.leaderboards.policy import Marks
from chalicelib.domain.leaderboards.scores import renamed
from chalicelib.domain.submissions.robots import UNRANKED
from chalicelib.store import table
from chalicelib.store.judging import cases
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import Board, BoardCounter, BoardRow
from chalicelib.store.submissions import submissions, usage
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Found, Place
from chalicelib.store.writes import Condition, Transaction


@dataclass(frozen=True)
class Change:
    """A change of the rows of a participant or a team: those to put, with the ones whose place they take, and to remove.

    `is_judged`: people judge what stands on the board, so what is new there is for a jury to see. `retold` is who has
    another history now, also where their rows stay: a submission that a former row was of is gone, or scored otherwise.
    """

    put: Sequence[tuple[BoardRow, BoardRow | None]] = field(default=())
    gone: Sequence[BoardRow] = field(default=())
    is_judged: bool = False
    retold: str | None = None

    def __bool__(self) -> bool:
        return bool(self.put or self.gone or self.retold)


def keys_of(phase: str, competitor: str, submission: str, group: str | None) -> tuple[Place[BoardRow], ...]:
    """The keys where a submission's row may stand: in the one place of its participant or team, in that for its group, or
    apart."""
    of_group = (BoardRow.at(phase, competitor, group=group),) if group else ()
    return BoardRow.at(phase, competitor), *of_group, BoardRow.at(phase, competitor, submission)


def keys_needed(phase: str, competitor: str, submission: str, group: str | None) -> tuple[Place[Any], ...]:
    """All that `place` and `is_news` need to have read."""
    return *keys_of(phase, competitor, submission, group), Board.at(phase), BoardCounter.of(phase, competitor)


def place(submission: Submission, setup: BoardSetup, scores: Mapping[str, float], found: Found) -> Change:
    """The change of the rows when this submission has finished with these scores.

    `found` has what stands at `keys_needed`. What has no score has no row, unless people are to judge it.
    """
    if submission.solution is not None or submission.robot == UNRANKED or not (scores or setup.is_judged):
        return Change()
    there = found.get(_place_of(submission, setup))
    if stands_apart(submission, setup):
        is_put = there is not None or (setup.rule.is_automatic and not marks_of(submission).disqualified)
        return _putting(submission, setup, scores, there) if is_put else Change()
    new = _entry(submission, setup, scores)
    old = _entry_of_row(there, setup) if there else None
    if not ranking.replaces(setup.rule, new, old, *_order(setup)):
        return Change()
    return _putting(submission, setup, scores, there)


def chosen_of(setup: BoardSetup, phase: str, *competitors: str) -> frozenset[str]:
    """The ids of the submissions of some that count because they chose them: one call, and none before the phase's end."""
    return usage.chosen(phase, competitors) if setup.counts_choices else frozenset()


def reorder(setup: BoardSetup, rows: Sequence[BoardRow], submitted: Sequence[Submission], chosen: Collection[str]) -> Change:
    """The change of a participant's rows after one of the submissions was marked, edited, withdrawn or run again.

    Both are all of one participant's or team's in the phase. With a rule that places submissions by itself the best or
    the last one of each group takes the place; otherwise those that were on the board stay there as long as they may.
    What was `chosen` to count comes before either (`chosen_of`).
    """
    on_board = {row.submission for row in rows}
    eligible = [one for one in submitted if is_eligible(one) and (one.scores or setup.is_judged)]
    apart = [one for one in eligible if stands_apart(one, setup) and _stays_apart(one, setup, on_board)]
    others = [one for one in eligible if not stands_apart(one, setup)]
    wanted = [row_of(one, setup, one.scores or {}) for one in (*apart, *_chosen_of_groups(setup, others, on_board, chosen))]
    former, stood = {(row.pk, row.sk): row for row in rows}, {row.submission: row for row in rows}
    put = [(row, former.get((row.pk, row.sk))) for row in wanted]
    for row, _ in put:
        # Jurors go on judging what they see.
        row.artifacts = stood[row.submission].artifacts if row.submission in stood else None
    kept = {(row.pk, row.sk) for row in wanted}
    return Change(
        put=[(row, old) for row, old in put if old is None or _attributes(row) != _attributes(old)],
        gone=[row for key, row in former.items() if key not in kept],
        is_judged=setup.is_judged,
    )


def as_placed(submission: Submission) -> Condition:
    """True when it is as it was read when its row was made: the same attempt's end, the same marks, scores and answers."""
    condition: Condition = (Submission.status == submission.status) & (Submission.attempt == submission.attempt)
    condition &= submissions.is_described_as_read(submission)
    for attribute, value in ((Submission.marks, submission.marks), (Submission.scores, submission.scores)):
        condition &= attribute.does_not_exist() if value is None else attribute == value
    return condition


def changing(write: Transaction, change: Change, phase: str, now: datetime, found: Found | None = None) -> None:
    """Within a transaction: make a change, on condition that the rows are as they were, and ask for a rebuild.

    With `found`, as for `place`, the rebuild may be told which rows changed.
    """
    for row, former in change.put:
        boards.putting(write, row, former)
    for row in change.gone:
        boards.removing(write, row)
    changed = [*(row for row, _ in change.put), *change.gone]
    for user in {*(row.user for row in changed), *((change.retold,) if change.retold else ())}:
        at = BoardCounter.of(phase, user)
        keys = {row.sk for row in changed if row.user == user} or {_key_of(phase, user)}
        boards.counting(write, phase, user, now, keys if found and boards.has_room(found.get(at)) else ())
    if changed and change.is_judged:
        cases.marking_dirty(write, phase, now)


def is_news(phase: str, competitor: str, found: Found) -> bool:
    """True when nobody has asked for a rebuild yet that takes this change along. `found` as for `place`."""
    return boards.is_current(found.get(Board.at(phase)), found.get(BoardCounter.of(phase, competitor)))


def newest_of(competitor: str, phase: str, limit: int) -> list[Submission]:
    """A participant's or a team's newest submissions in a phase, consistently."""
    listed, _ = submissions.of_participant(competitor, phase, None, limit)
    # An index lags behind, so it tells the ids alone; and what has become another team's meanwhile is left out.
    there = table.read_many(Submission.at(one.id) for one in listed)
    return sorted((one for one in there if one.competitor == competitor), key=lambda one: one.id, reverse=True)


def is_eligible(submission: Submission) -> bool:
    """True when a submission may stand on a board at all."""
    status = submission.standing or submission.status
    is_there = submission.removed_at is None and submission.solution is None and submission.robot != UNRANKED
    # What has no score yet is for people to judge; what has none any more was taken off by hand.
    has_scores = bool(submission.scores) or submission.original_scores is None
    return is_there and status == Status.FINISHED and has_scores


def stands_apart(submission: Submission, setup: BoardSetup) -> bool:
    """True when its row takes no place that others of its participant may want."""
    return setup.rule.keeps_several or marks_of(submission).stands_apart


def group_of(submission: Submission, setup: BoardSetup) -> str | None:
    """The key of the group for which it counts, of those that the competition has."""
    return submission.group if submission.group in setup.groups else None


def marks_of(submission: Submission) -> Marks:
    """The marks that organizers gave it."""
    return Marks(**(submission.marks or {}))


def has_primary(submission: Submission, setup: BoardSetup) -> bool:
    """True when it has a score in the column that ranks."""
    board = setup.main
    return ranking.has_primary(entry(submission, setup), board.columns, board.primary_index)


def entry(submission: Submission, setup: BoardSetup) -> ranking.Entry:
    """The entry by which it ranks."""
    return _entry(submission, setup, submission.scores or {})


def row_of(submission: Submission, setup: BoardSetup, stored: Mapping[str, float]) -> BoardRow:
    """A submission's line on the boards, with these scores."""
    marks, apart = marks_of(submission), stands_apart(submission, setup)
    return BoardRow(
        *_place_of(submission, setup),
        user=submission.competitor,
        username=submission.competitor_name,
        team=True if submission.team else None,
        group=group_of(submission, setup),
        submission=submission.id,
        submitted_at=submission.created_at,
        scores=setup.scores_of(stored, submission.task),
        # Several rows of one participant are told apart by what each is called.
        name=(submission.name or None) if apart else None,
        marks=submission.marks if marks != Marks() else None,
        edited=True if submission.original_scores is not None else None,
        brought=True if submission.is_brought else None,
        fact_sheet=policy.board_answers(setup.questions, submission.fact_sheet) or None,
        organization=submission.organization,
    )


def _putting(submission: Submission, setup: BoardSetup, scores: Mapping[str, float], former: BoardRow | None) -> Change:
    return Change(put=[(row_of(submission, setup, scores), former)], is_judged=setup.is_judged)


def _place_of(submission: Submission, setup: BoardSetup) -> Place[BoardRow]:
    apart = submission.id if stands_apart(submission, setup) else None
    return BoardRow.at(submission.phase, submission.competitor, apart, group_of(submission, setup))


def _stays_apart(submission: Submission, setup: BoardSetup, on_board: set[str]) -> bool:
    if setup.rule.is_automatic and not marks_of(submission).disqualified:
        return True
    return submission.id in on_board


def _chosen_of_groups(
    setup: BoardSetup, submitted: Sequence[Submission], on_board: set[str], counted: Collection[str]
) -> list[Submission]:
    """Which of a participant's submissions takes the one place of each group."""
    mine = sorted((one for one in submitted if one.id in counted), key=_age)
    # Of two teams that became one, and where organizers allow fewer than before, the first so many count.
    best = {one.id for one in mine[: setup.phase.final_selection]}
    theirs: dict[str | None, list[Submission]] = {}
    for one in submitted:
        theirs.setdefault(group_of(one, setup), []).append(one)
    return [
        chosen
        for of_group in theirs.values()
        for chosen in _best_at_last(setup, [one for one in of_group if one.id in best]) or _chosen(setup, of_group, on_board)
    ]


def _best_at_last(setup: BoardSetup, chosen: Sequence[Submission]) -> list[Submission]:
    """Of those that count the best by what ranks at last, of equals the earlier: none, or one."""
    board = setup.final_board or setup.main
    scores = {one.id: setup.final(setup.scores_of(one.scores or {}, one.task)) for one in chosen}
    entries = [entry(one, setup)._replace(scores=scores[one.id]) for one in chosen]
    best = ranking.best(entries, board.columns, board.primary_index, board.tie_break_indexes)
    return [one for one in chosen if best is not None and one.id == best.submission]


def _age(submission: Submission) -> tuple[datetime, str]:
    return submission.created_at, submission.id


def _chosen(setup: BoardSetup, submitted: Iterable[Submission], on_board: set[str]) -> list[Submission]:
    """Which of a participant's submissions takes the one place: none, or one."""
    chosen: Submission | None = None
    for submission in sorted(submitted, key=_age):
        if setup.rule.is_automatic:
            old = entry(chosen, setup) if chosen else None
            if ranking.replaces(setup.rule, entry(submission, setup), old, *_order(setup)):
                chosen = submission
        elif submission.id in on_board:
            chosen = submission
    return [chosen] if chosen else []


def _entry(submission: Submission, setup: BoardSetup, stored: Mapping[str, float]) -> ranking.Entry:
    shown = setup.scores_of(stored, submission.task)
    return ranking.Entry(submission.competitor_name, submission.id, submission.created_at, setup.ranking(shown))


def _entry_of_row(row: BoardRow, setup: BoardSetup) -> ranking.Entry:
    shown = setup.ranking(renamed(row.scores, setup.todays_keys))
    return ranking.Entry(row.username, row.submission, row.submitted_at, shown)


def _order(setup: BoardSetup) -> tuple[Sequence[Column], int, Sequence[int] | None]:
    """What orders a participant's submissions among themselves: the main board's columns."""
    board = setup.main
    return board.columns, board.primary_index, board.tie_break_indexes


def _key_of(phase: str, competitor: str) -> str:
    _, key = BoardRow.at(phase, competitor)
    return key


def _attributes(row: BoardRow) -> dict[str, object]:
    return {name: value for name, value in row.attribute_values.items() if value is not None}
