"""Columns of a leaderboard, as they are told to people."""

from chalicelib import responses
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.leaderboards import scores


def columns_of_board(board: Leaderboard, is_organizer: bool) -> list[responses.Column]:
    """The columns of a board, without those of single tasks; hidden ones for organizers only."""
    return [column_of(board, column) for column in board.columns if is_organizer or not column.hidden]


def column_of(board: Leaderboard, column: Column, task: int | None = None) -> responses.Column:
    """A column of a board, or of one `task` of several."""
    of = next((one.key for one in board.columns if one.index == column.error_of), None)
    return responses.Column(
        key=_key(column.key, task),
        title=column.title,
        index=column.index,
        sorting=column.sorting,
        precision=column.precision,
        primary=task is None and column.index == board.primary_index,
        hidden=column.hidden,
        group=column.group,
        task=task,
        error_of=None if of is None else _key(of, task),
    )


def _key(key: str, task: int | None) -> str:
    return key if task is None else scores.task_key(task, key)
