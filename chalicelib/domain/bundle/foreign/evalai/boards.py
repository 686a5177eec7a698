"""EvalAI's boards, one for each phase and split, as leaderboards and columns (OTHERS 1.4)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.contract import limits
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.foreign import keys
from chalicelib.domain.bundle.foreign.evalai.config import HOST, OWNER, Board, ChallengePhase, PhaseSplit, Split
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule

#: Of a column's key the half that names the split.
_SPLIT_CHARACTERS = 17
#: Names of scores of which less is better.
_ERRORS = re.compile(
    r"(^|[^a-z])(\w*(error|loss|distance|dist|perplexity|latency|time)|(r|n)?ms[el]e?|n?mae|mape|[wc]er|eer|fid|ade|fde)([^a-z]|$)"
)


@dataclass
class Boards:
    """Leaderboards in the making. `columns` has the key of each split's label, which are the same on every board."""

    complaints: Complaints
    found: list[Leaderboard] = field(default_factory=list)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    #: The labels whose errors are reported, and the keys of each split's.
    with_errors: Collection[str] = ()
    errors: dict[tuple[str, str], str] = field(default_factory=dict)
    #: Of each phase's split, which label ranks and whether more of it is better.
    orders: dict[tuple[int, str], tuple[str, bool]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _board_keys: set[str] = field(default_factory=set)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def add(self, one: PhaseSplit, board: Board, split: Split, index: int, phase: ChallengePhase) -> None:
        """Make the board of a phase and a split."""
        columns = [self._column(one, board, split, label, position) for position, label in enumerate(board.labels)]
        errors = [
            self._error(one, split, label, columns[at]) for at, label in enumerate(board.labels) if label in self.with_errors
        ]
        errors = [replace(error, index=len(columns) + at) for at, error in enumerate(errors)]
        order = board.labels.index(board.order_by)
        self._tell_of_direction(one, board, columns)
        rule = SubmissionRule.FORCE_LAST if one.shows_latest else SubmissionRule.FORCE_BEST
        self.found.append(
            Leaderboard(
                index=len(self.found),
                title=f"{phase.name} · {split.name or split.codename}"[: limits.MAX_BOARD_TITLE_CHARACTERS],
                key=keys.unique(keys.slug(f"{phase.codename}_{split.codename}"), self._board_keys),
                hidden=one.visibility in (HOST, OWNER),
                own_scores=one.visibility == OWNER,
                submission_rule=SubmissionRule.ADD if phase.chooses_one else rule,
                primary_index=order,
                columns=(*columns, *errors),
                tie_break_indexes=tuple(error.index for error in errors if error.error_of == order),
                phases=(index,),
            )
        )
        self.orders.setdefault(
            (index, split.codename), (board.order_by, board.is_descending(board.order_by, one.is_descending))
        )

    def split(self, index: int, codename: str, labels: Sequence[str]) -> Mapping[str, object]:
        """Settings for the adapter of a phase's split: the key of each label, and how equal rows are told apart."""
        order_by, is_descending = self.orders[index, codename]
        columns = {label: self.columns[codename, label] for label in labels}
        errors = {label: self.errors[codename, label] for label in labels if (codename, label) in self.errors}
        return {"columns": columns, "errors": errors, "order_by": order_by, "descending": is_descending}

    def _error(self, one: PhaseSplit, split: Split, label: str, column: Column) -> Column:
        """The error of a label's score. Of equal scores EvalAI puts the smaller error first, and where less is better the
        larger one."""
        if (split.codename, label) not in self.errors:
            self.errors[split.codename, label] = self._key(split, f"error_{label}")
        return Column(
            key=self.errors[split.codename, label],
            title=f"± {column.title}"[: limits.MAX_KEY_CHARACTERS],
            index=column.index,
            sorting="asc" if column.sorting == "desc" else "desc",
            precision=one.precision,
            error_of=column.index,
        )

    def _column(self, one: PhaseSplit, board: Board, split: Split, label: str, position: int) -> Column:
        if (split.codename, label) not in self.columns:
            self.columns[split.codename, label] = self._key(split, label)
        if len(label) > limits.MAX_KEY_CHARACTERS:
            self._tell(
                f"{board.place}.schema.labels",
                f"The header of `{label[:60]}` is cut to {limits.MAX_KEY_CHARACTERS} characters.",
            )
        return Column(
            key=self.columns[split.codename, label],
            title=label[: limits.MAX_KEY_CHARACTERS],
            index=position,
            sorting="desc" if board.is_descending(label, one.is_descending) else "asc",
            precision=one.precision,
        )

    def _key(self, split: Split, name: str) -> str:
        begin = keys.slug(split.codename, _SPLIT_CHARACTERS)
        most = limits.MAX_KEY_CHARACTERS - len(begin) - 2
        return keys.unique(f"{begin}__{keys.slug(name, most)}", self._taken)

    def _tell_of_direction(self, one: PhaseSplit, board: Board, columns: Sequence[Column]) -> None:
        """EvalAI's direction is kept, also where it ranks the worst first (12 of 44 boards do)."""
        label, is_descending = board.order_by, columns[board.labels.index(board.order_by)].sorting == "desc"
        is_error = bool(_ERRORS.search(label.casefold()))
        if is_descending != is_error:
            return
        has_metadata = label in board.metadata
        edit = (
            f"`sort_ascending: {str(is_descending).lower()}`"
            if has_metadata
            else f"`is_leaderboard_order_descending: {str(not is_descending).lower()}`"
        )
        first = "highest" if is_descending else "lowest"
        message = f"The {first} `{label[:60]}` comes first, as on EvalAI. If the best should, write {edit}."
        place = f"{board.place}.schema.metadata" if has_metadata else f"{one.place}.is_leaderboard_order_descending"
        self._tell(place, message)

    def _tell(self, place: str, message: str) -> None:
        if (place, message) not in self._told:
            self._told.add((place, message))
            self.complaints.warn(place, message)
