"""The leaderboards of version 1: boards, column groups and columns, which refer to each other by anchors (FORMATS 1.1)."""

import operator
from dataclasses import replace
from itertools import compress

from chalicelib.contract import limits, texts
from chalicelib.domain.bundle import rules
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.leaderboard import DEFAULT_PRECISION, Column, ColumnGroup, Leaderboard
from chalicelib.domain.bundle.section import Section

MAX_DECIMALS = 10
#: Version 1 averages ranks, not scores (FORMATS 0).
_OPERATIONS = {"avg": "avg_dense_rank", "mrr": "mrr", "max": "max"}


def read(section: Section) -> list[Leaderboard]:
    """The boards in order of their ranks, each with its columns in order of theirs."""
    leaderboard = section.section("leaderboard")
    if leaderboard is None:
        if not section.complaints.is_wrong("leaderboard"):
            section.error("leaderboard", "There is no leaderboard. Write `leaderboard:` with `leaderboards` and `columns`.")
        return []
    boards, groups = _boards(leaderboard), _groups(leaderboard)
    columns = list(leaderboard.named("columns"))
    leaderboard.finish()
    found = []
    for place, board, label in boards:
        own = [(key, entry) for key, entry in columns if _is_on(entry, label, board.key, only=len(boards) == 1)]
        found.append((place, _with_columns(board, own, groups)))
    _tell_homeless(columns, [(board.key, label) for _, board, label in boards])
    kept = _with_something(found, section.complaints)
    rules.judge_leaderboards(kept, section.complaints)
    return [replace(board, index=index) for index, (_, board) in enumerate(kept)]


def _with_something(boards: list[tuple[str, Leaderboard]], complaints: Complaints) -> list[tuple[str, Leaderboard]]:
    """The boards that have columns. When there is none, the first one is told of as one without."""
    kept = [(place, board) for place, board in boards if board.columns]
    for place, board in boards:
        if kept and not board.columns:
            complaints.warn(place, f"No column is on “{board.title[:60]}”, so it is left out.")
    for place, _ in boards[: 0 if kept else 1]:
        rules.judge_columns([], place, complaints)
    return kept or boards[:1]


def _boards(leaderboard: Section) -> list[tuple[str, Leaderboard, str]]:
    found: list[tuple[int, str, Leaderboard, str]] = []
    for key, entry in leaderboard.named("leaderboards"):
        label = entry.text("label", max_characters=limits.MAX_BOARD_TITLE_CHARACTERS, required=True).strip()
        rank = entry.number("rank", len(found) + 1)
        entry.finish()
        found.append(
            (
                rank,
                entry.place,
                Leaderboard(index=rank, title=label, key=key[: limits.MAX_KEY_CHARACTERS], tie_break_indexes=()),
                label,
            )
        )
    found.sort(key=lambda board: board[0])
    return [(place, board, label) for _, place, board, label in found]


def _groups(leaderboard: Section) -> list[ColumnGroup]:
    found: list[ColumnGroup] = []
    for key, entry in leaderboard.named("column_groups"):
        title = entry.text("label", max_characters=limits.MAX_NAME_CHARACTERS) or texts.line(key)[0][:100]
        found.append(ColumnGroup(key[:100], title, entry.number("rank", len(found) + 1)))
        entry.finish()
    return sorted(found, key=lambda group: group.index)


def _is_on(entry: Section, label: str, key: str, only: bool) -> bool:
    """A column names its board by an anchor to it, so by its label; a column of the only board need not."""
    wanted = _label_of(entry, "leaderboard")
    return only if wanted is None else wanted.lower() in (label.lower(), key.lower())


def _label_of(entry: Section, key: str) -> str | None:
    """The label of what an anchor refers to, or what stands in its place as text."""
    if entry.is_mapping(key):
        part = entry.section(key)
        return part.text("label").strip() if part else None
    return entry.optional(key)


def _tell_homeless(columns: list[tuple[str, Section]], boards: list[tuple[str, str]]) -> None:
    known = {name.lower() for pair in boards for name in pair}
    for key, entry in columns:
        label = _label_of(entry, "leaderboard")
        if (label is None and len(boards) != 1) or (label is not None and label.lower() not in known):
            message = f"The column `{key[:60]}` is on no leaderboard, so it is left out."
            entry.warn("leaderboard", f"{message} Refer to one: `leaderboard: *RESULTS`.")


def _with_columns(board: Leaderboard, entries: list[tuple[str, Section]], groups: list[ColumnGroup]) -> Leaderboard:
    ranked = sorted(entries, key=lambda pair: pair[1].number("rank", limits.MAX_NUMBER))
    indexes = {key: index for index, (key, _) in enumerate(ranked)}
    primary_index = _primary(ranked)
    pairs = [(entry.place, _column(key, entry, indexes, groups)) for key, entry in ranked]
    for _, entry in ranked[:1]:
        rules.judge_columns(pairs, entry.place, entry.complaints)
    columns = tuple(column for _, column in pairs)
    used = {column.group for column in columns}
    return replace(
        board,
        columns=columns,
        primary_index=primary_index,
        column_groups=tuple(group for group in groups if group.key in used),
    )


def _primary(ranked: list[tuple[str, Section]]) -> int:
    """The column with the highest `selection_default`, else the first."""
    defaults = [(entry.number("selection_default", 0), -index) for index, (_, entry) in enumerate(ranked)]
    return -max(defaults)[1] if defaults else 0


def _column(key: str, entry: Section, indexes: dict[str, int], groups: list[ColumnGroup]) -> Column:
    column = Column(
        key=key[: limits.MAX_KEY_CHARACTERS],
        title=entry.text("label", max_characters=limits.MAX_NAME_CHARACTERS).strip()[: limits.MAX_KEY_CHARACTERS]
        or texts.line(key)[0][: limits.MAX_KEY_CHARACTERS],
        index=indexes[key],
        sorting="asc" if entry.choice("sort", ("asc", "desc"), "desc") == "asc" else "desc",
        precision=_precision(entry),
        hidden=entry.flag("hidden", False),
        group=_group(entry, groups),
    )
    computed = entry.section("computed")
    if computed is not None:
        column = _computed(column, computed, indexes)
    entry.finish()
    return column


def _precision(entry: Section) -> int:
    """Decimals, at least 1 and at most 10; anything odd is what CodaLab made of it."""
    written = entry.text("numeric_format").strip()
    if not written:
        return DEFAULT_PRECISION
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else 1
    if str(number) != written:
        entry.warn("numeric_format", f"`{written[:20]}` is no number of decimals; 1 is taken.")
    return min(max(number, 1), MAX_DECIMALS)


def _group(entry: Section, groups: list[ColumnGroup]) -> str | None:
    label = _label_of(entry, "column_group")
    if not label:
        return None
    for group in groups:
        if label.lower() in (group.title.lower(), group.key.lower()):
            return group.key
    entry.warn("column_group", f"There is no column group `{label[:60]}`; the column stands under none.")
    return None


def _computed(column: Column, computed: Section, indexes: dict[str, int]) -> Column:
    operation = computed.choice("operation", ("Avg", "MRR", "Max"), "Avg").lower()
    weights = computed.decimals("weights")
    fields = computed.texts("fields")
    computed.finish()
    known = [name in indexes for name in fields]
    for name in compress(fields, map(operator.not_, known)):
        message = f"The computed column `{column.key}` names `{name[:60]}`, which is no column of its leaderboard."
        computed.warn("fields", f"{message} It is computed without.")
    if len(weights) == len(fields):
        weights = tuple(compress(weights, known))
    if fields and not any(known):
        computed.warn("fields", f"So the column `{column.key}` is for the scoring program to fill.")
        return column
    computation = "weighted_dense_rank" if operation == "avg" and weights else _OPERATIONS[operation]
    return replace(
        column,
        computation=computation,
        computation_indexes=tuple(indexes[name] for name in dict.fromkeys(compress(fields, known))),
        computation_weights=weights if computation == "weighted_dense_rank" else (),
    )
