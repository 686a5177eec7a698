"""Rules between phases and boards: each phase has some, and what ranks at its end can be told from what ranks until then."""

from collections.abc import Mapping, Sequence

from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, of_phase
from chalicelib.domain.bundle.model import Phase

Placed = Sequence[tuple[str, Leaderboard]]


def judge(phases: Sequence[tuple[str, Phase]], boards: Placed, complaints: Complaints) -> None:
    """Boards name phases that there are, each phase has a board, and ends as it says."""
    known = {phase.index for _, phase in phases}
    for place, board in boards:
        unknown = [index for index in board.phases if index not in known]
        if unknown and known:
            listed = ", ".join(map(str, sorted(known)))
            complaints.error(
                f"{place}.agon.phases",
                say(
                    "board_phase_unknown",
                    "There is no phase {phase}. Write the indexes of some of: {phases}.",
                    phase=unknown[0],
                    phases=listed,
                ),
            )
    for place, phase in phases:
        own = of_phase((board for _, board in boards), phase.index)
        if boards and not own:
            message = say(
                "phase_without_board",
                "“{phase}” has no leaderboard. Add {index} to the `phases` of one, or take them away.",
                phase=phase.name[:60],
                index=phase.index,
            )
            complaints.error(place, message)
        elif own:
            _judge_final_board(place, phase, own, {board.index: board for _, board in boards}, complaints)
            _judge_selection(place, phase, own, complaints)
            _judge_keys(phase, [(at, board) for at, board in boards if board in own], complaints)


def main_of(phase: Phase, own: Sequence[Leaderboard]) -> Leaderboard:
    """Of a phase's `own` boards the one that ranks until its end: the first that is not kept for that."""
    final = phase.final_board_from
    return next((board for board in own if final is None or board.index != final.leaderboard), own[0])


def _judge_final_board(
    place: str, phase: Phase, own: Sequence[Leaderboard], boards: Mapping[int, Leaderboard], complaints: Complaints
) -> None:
    final, at = phase.final_board_from, f"{place}.agon.final_board_from.leaderboard"
    if final is None or final.leaderboard is None:
        return
    board = boards.get(final.leaderboard)
    if board is None or board not in own or len(own) == 1:
        others = [one.index for one in own if len(own) > 1]
        listed = f"Write one of: {', '.join(map(str, others))}." if others else "Add a hidden one to `leaderboards`."
        complaints.error(
            at,
            say(
                "final_board_of_several",
                "The final board must be one of several that the phase has: another ranks until its end. {boards}",
                boards=listed,
            ),
        )
        return
    main = main_of(phase, own)
    if not board.hidden:
        message = say(
            "board_shows_scores",
            "“{board}” shows its scores before this phase is over, unless it has `hidden: true`.",
            board=board.title[:60],
        )
        complaints.warn(at, message)
    if board.own_scores:
        message = say(
            "own_scores_kept",
            "“{board}” is kept for the end, so `own_scores` tells nobody anything of it before. Remove it.",
            board=board.title[:60],
        )
        complaints.warn(at, message)
    primary = next((column.key for column in board.columns if column.index == board.primary_index), None)
    if primary in {column.key for column in main.columns}:
        message = say(
            "ranking_score_no_secret",
            "`{column}` ranks there, and is a column of “{board}” too: it is one score, and no secret.",
            column=primary,
            board=main.title[:60],
        )
        complaints.warn(at, message)


def _judge_keys(phase: Phase, own: Placed, complaints: Complaints) -> None:
    """A submission has one score under a key. A column that another board computes otherwise would show that one's."""
    firsts: dict[str, tuple[Leaderboard, object]] = {}
    for place, board in own:
        for column in board.columns:
            first, computed = firsts.setdefault(column.key, (board, _computed(column, board)))
            if computed != _computed(column, board):
                message = f"`{column.key}` is filled in another way on “{first.title[:60]}”, and what is submitted to"
                message += f" “{phase.name[:60]}” has one score under a key: that one. Give this column a key of its own;"
                message += " titles may be equal."
                complaints.warn(f"{place}.columns", message)


def _computed(column: Column, board: Leaderboard) -> object:
    sources = {one.key for one in board.columns if one.index in column.computation_indexes}
    return column.computation, sources, column.computation_weights


def _judge_selection(place: str, phase: Phase, own: Sequence[Leaderboard], complaints: Complaints) -> None:
    at = f"{place}.agon.final_selection"
    if phase.final_selection is None or complaints.is_wrong(at):
        return
    rule = phase.submission_rule or main_of(phase, own).submission_rule
    if rule.keeps_several:
        complaints.error(
            at,
            say(
                "rule_needs_no_choice",
                "With {rule} several of each are on the board, so nobody has to choose. Remove one of the two.",
                rule=rule,
            ),
        )
    if phase.end is None:
        complaints.warn(at, say("choice_never_counts", "The phase has no `end`, so what people choose never counts."))
    if phase.final_board_from is not None and phase.final_board_from.phase is not None:
        complaints.warn(
            at,
            say(
                "choice_of_other_board",
                "The board of another phase takes this one's place at the end, and what is chosen here is not there.",
            ),
        )
