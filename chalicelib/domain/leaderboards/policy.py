"""The policy of a phase's boards: what they show and when, and who may put submissions onto them (FORMATS 3.1, 3.3
and 3.6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.bundle.final_boards import main_of
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule, of_phase
from chalicelib.domain.bundle.model import Phase
from chalicelib.domain.leaderboards import rank_columns, ranking
from chalicelib.errors import Conflict, NotAllowed, say

#: Of an answer to a fact sheet on a board, and of all answers of a row: a page of 500 rows must stay small.
MAX_ANSWER_CHARACTERS = 200
MAX_ANSWERS_CHARACTERS = 1000
Answer = str | bool


@dataclass(frozen=True)
class Marks:
    """The marks that organizers give a submission. `disqualified` is the reason; "" means that it is not."""

    baseline: bool = False
    verified: bool = False
    disqualified: str = ""

    @property
    def stands_apart(self) -> bool:
        """True when its row takes no participant's place: a baseline stands beside the others, a disqualified one out."""
        return self.baseline or bool(self.disqualified)


def boards_of(phase: Phase, boards: Sequence[Leaderboard], now: datetime) -> tuple[Leaderboard, ...]:
    """The boards that a phase has of its competition's, as they are now: the one that ranks comes first.

    That is at the end the one that was kept for it, which is shown then.
    """
    own = of_phase(boards, phase.index)
    final = final_board(phase, own) if is_over(phase, now) else None
    first = final or main_of(phase, own)
    others = [board for board in own if board is not first]
    return replace(first, hidden=first.hidden and final is None), *others


def final_board(phase: Phase, own: Sequence[Leaderboard]) -> Leaderboard | None:
    """Of a phase's `own` boards the one that is kept for its end."""
    final = phase.final_board_from
    return next((board for board in own if final is not None and board.index == final.leaderboard), None)


def rule_of(phase: Phase, own: Sequence[Leaderboard]) -> SubmissionRule:
    """The rule by which submissions get onto a phase's `own` boards: the phase's, else that of the one that ranks first."""
    return phase.submission_rule or main_of(phase, own).submission_rule


def last_order(phase: Phase, own: Sequence[Leaderboard], today: Mapping[str, Sequence[str]]) -> tuple[object, ...]:
    """The settings that decide which of the submissions that somebody chose counts at the end. Columns as in `placing`."""
    board = final_board(phase, own) or main_of(phase, own)
    order = ranking.own_directions(board.columns, board.primary_index, board.tie_break_indexes)
    final_task = phase.final_board_from and phase.final_board_from.task
    return phase.final_selection, [(_today(key, today), sign) for key, sign in order], final_task


def is_over(phase: Phase, now: datetime) -> bool:
    """True from the phase's end on."""
    return phase.end is not None and now >= phase.end


def hides_scores(phase: Phase, now: datetime) -> bool:
    """True while a blind phase has not ended: participants see no scores and no board."""
    return phase.is_blind and not is_over(phase, now)


def is_frozen(phase: Phase, now: datetime) -> bool:
    """True while participants see the board as it was when it froze."""
    return phase.freeze_board_at is not None and now >= phase.freeze_board_at and not is_over(phase, now)


def ranking_tasks(phase: Phase) -> tuple[int, ...]:
    """The tasks that rank until the phase's end: all but the one that is kept for the final board."""
    final = phase.final_board_from
    return tuple(task for task in phase.tasks if final is None or task != final.task)


def placing(
    phase: Phase, boards: Sequence[Leaderboard], questions: Iterable[str], today: Mapping[str, Sequence[str]]
) -> tuple[object, ...]:
    """The settings that decide which submissions stand on a phase's boards and what their rows say: where it is
    equal, they are placed alike. Columns go by the keys that they have `today`, by those that they had.
    """
    rule, main = rule_of(phase, boards), main_of(phase, boards)
    order = ranking.own_directions(main.columns, main.primary_index, main.tie_break_indexes)
    best = [(_today(key, today), sign) for key, sign in order] if rule is SubmissionRule.FORCE_BEST else None
    scored = {_scored(column, board, today) for board in boards for column in board.columns}
    return rule, best, phase.tasks, ranking_tasks(phase), scored, list(questions)


def _scored(column: Column, board: Leaderboard, today: Mapping[str, Sequence[str]]) -> tuple[object, ...]:
    """Under which key a row has a column's score, and of which it is computed: nothing of everybody's ranks is in a row."""
    if rank_columns.is_computed(column):
        return ()
    sources = (one.key for one in board.columns if one.index in column.computation_indexes)
    return _today(column.key, today), column.computation, *(_today(key, today) for key in sources)


def _today(key: str, today: Mapping[str, Sequence[str]]) -> str:
    return today[key][0] if key in today else key


def board_answers(questions: Iterable[str], given: Mapping[str, Answer] | None) -> dict[str, Answer]:
    """Of the answers to a fact sheet what boards tell: those to `questions` alone, long texts cut, empty ones left out."""
    left, shown = MAX_ANSWERS_CHARACTERS, dict[str, Answer]()
    for key in questions:
        answer = (given or {}).get(key)
        if answer is None or answer == "":
            continue
        shown[key] = answer if isinstance(answer, bool) else _cut(answer, min(MAX_ANSWER_CHARACTERS, left))
        left -= len(str(shown[key]))
    return shown


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: max(0, characters - 1)].rstrip()}…"


def check_may_place(
    rule: SubmissionRule, phase: Phase, now: datetime, *, is_organizer: bool, is_admin: bool, removes: bool
) -> None:
    """Raise unless somebody may put a submission on the board by hand, or with `removes` take it off.

    `is_organizer` is False for a submission's own participant. With the rules that place submissions by themselves
    only an administrator may. Raises NotAllowed, and Conflict for a participant while the phase is not open.
    """
    if is_admin:
        return
    if phase.final_selection is not None and is_over(phase, now):
        raise NotAllowed(
            say(
                "board_chosen",
                "The phase is over: what people have chosen is on the board. Only an administrator may change that.",
            )
        )
    if rule.is_automatic:
        raise NotAllowed(
            say(
                "board_by_rule",
                "The rule {rule} places submissions by itself. Only an administrator may do it by hand.",
                rule=rule,
            )
        )
    if is_organizer:
        return
    if removes and not rule.allows_removal:
        raise NotAllowed(
            say(
                "board_replace_only",
                "The rule {rule} lets you replace your submission on the board, and not take it off.",
                rule=rule,
            )
        )
    if now < phase.start or is_over(phase, now):
        raise Conflict(
            say(
                "board_closed",
                "The phase “{phase}” is not open, so its board stays as it is. Ask an organizer.",
                phase=phase.name,
            )
        )


def visible_boards(boards: Sequence[Leaderboard], is_organizer: bool) -> list[Leaderboard]:
    """The boards that somebody may know of."""
    return [board for board in boards if is_organizer or not board.hidden]
