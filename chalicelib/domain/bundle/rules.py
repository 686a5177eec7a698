"""Rules that must hold between the parts of a bundle, whatever version it was written in.

Each part comes with its place in the file, so that a complaint can point there.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field
from typing import Any

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle import dates
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.keys import idle, key_of
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.bundle.model import Bundle, Download, Phase, Solution, Task
from chalicelib.domain.bundle.section import Section

_BESIDE = say(
    "code_beside_scoring",
    "A participant's code runs while scoring does, and writes to what that program reads: /app/input/res "
    "and /app/shared. Trust nothing there, and follow no links: not every runner can prevent that.",
)
_JUDGED_BESIDE = say(
    "jurors_see_output", "Jurors see what the ingestion program writes to /app/output, nothing of /app/shared."
)


def judge_tasks(tasks: Sequence[tuple[str, Task]], complaints: Complaints) -> None:
    """There is a task, and each index names one."""
    if not tasks and not complaints.is_wrong("tasks"):
        complaints.error(
            "tasks",
            say("no_tasks", "There is no task. Write `tasks:` with one that has an index, a name, a scoring_program."),
        )
    _judge_unique(tasks, "index", complaints)


def judge_beside(entry: Section, key: str, task: Task) -> None:
    """A scoring program with a participant's code beside it is told what that may do to it."""
    if task.ingestion_only_during_scoring and task.ingestion_program and task.scoring_program:
        entry.warn(key, _BESIDE)
        if task.judging:
            entry.warn("agon.judging", _JUDGED_BESIDE)


def judge_link(entry: Section, link: Download) -> None:
    """A link of a phase leads somewhere."""
    if link.key and not link.url:
        judge_idle(entry, link, lambda one: str(key_of(one)))


def judge_idle(section: Section, part: Bundle | Phase | Download, name_of: Callable[[Field[Any]], str]) -> None:
    """Tell of what a file asks for, and is not done. `name_of` tells where the version has a field's key."""
    for one, sentence in idle(part):
        if section.is_written(name_of(one)):
            section.warn(name_of(one), f"This is kept, and does nothing. {sentence}")


def judge_ingestion(at: str, phase: Phase, tasks: Sequence[Task], complaints: Complaints) -> None:
    """A phase that takes results alone has no use for a program that runs code before they are scored."""
    idle = [task for task in tasks if task.ingestion_program and not task.ingestion_only_during_scoring]
    if phase.accepts_only_result_submissions and idle:
        message = f"“{phase.name[:60]}” takes results alone, so the ingestion program of “{idle[0].name[:60]}” never runs."
        complaints.warn(at, f"{message} If submissions are code, write `false` here.")


def judge_time(entry: Section, phase: Phase) -> None:
    """A time limit beyond what queues give by themselves is told."""
    most, asked = limits.DEFAULT_MAX_TIME_LIMIT_SECONDS, phase.execution_time_limit_seconds
    if asked > most:
        message = f"Queues give a step {most:,} seconds and not {asked:,}, unless their owner lets it take more."
        entry.warn("execution_time_limit", message)


def judge_phases(phases: Sequence[tuple[str, Phase]], tasks: Sequence[tuple[str, Task]], complaints: Complaints) -> None:
    """Phases follow each other in time, and each has tasks that exist. `phases` are in their order."""
    if not phases and not complaints.is_wrong("phases"):
        complaints.error(
            "phases", say("no_phases", "There is no phase. Write `phases:` with one that has a name, a start and tasks.")
        )
    known = {task.index for _, task in tasks}
    used: set[int] = set()
    for place, phase in phases:
        used |= set(phase.tasks)
        _judge_tasks_of(f"{place}.tasks", phase.tasks, known, complaints)
        if never_opens(phase) and not complaints.is_wrong(f"{place}.start"):
            complaints.warn(f"{place}.end", _never_opens(phase))
    is_unsure = not phases or any(complaints.is_wrong(f"{place}.tasks") for place, _ in phases)
    for place, task in tasks:
        if task.index not in used and not is_unsure:
            complaints.warn(
                place,
                say(
                    "task_unused", "No phase uses task {task}. Name it in a phase's `tasks`, or remove it.", task=task.index
                ),
            )
    _judge_order(phases, complaints)
    by_index = {phase.index: phase for _, phase in phases}
    for place, phase in phases:
        _judge_freeze(place, phase, complaints)
        if phase.licence_at_end and phase.end is None:
            complaints.warn(
                f"{place}.agon.licence_at_end",
                say("shared_never", "The phase has no `end`, so nothing is ever shared by this."),
            )
        _judge_final_board(place, phase, by_index, complaints)
        own = [task for _, task in tasks if task.index in phase.tasks]
        judge_ingestion(f"{place}.accepts_only_result_submissions", phase, own, complaints)


def judge_end(phases: Sequence[tuple[str, Phase, Task]], complaints: Complaints) -> None:
    """The last phase of a bundle of version 1 should begin before the competition ends."""
    if phases and not complaints.is_wrong("end_date"):
        place, last, _ = phases[-1]
        if never_opens(last) and not complaints.is_wrong(f"{place}.start_date"):
            complaints.warn("end_date", _never_opens(last))


def never_opens(phase: Phase) -> bool:
    """True for a phase that is over when it begins. Bundles have such to keep a phase shut."""
    return phase.end is not None and phase.end <= phase.start


def judge_solutions(
    solutions: Sequence[tuple[str, Solution]], tasks: Sequence[tuple[str, Task]], complaints: Complaints
) -> None:
    """Solutions name tasks that exist."""
    known = {task.index for _, task in tasks}
    for place, solution in solutions:
        _judge_tasks_of(f"{place}.tasks", solution.tasks, known, complaints)
    _judge_unique(solutions, "index", complaints)


def judge_leaderboards(boards: Sequence[tuple[str, Leaderboard]], complaints: Complaints) -> None:
    """There is a leaderboard, and keys tell them apart."""
    if not boards and not complaints.is_wrong("leaderboards"):
        example = "`leaderboards:` with one that has a title, a key and columns"
        complaints.error("leaderboards", f"There is no leaderboard. Write {example}.")
    _judge_unique(boards, "key", complaints)


def judge_columns(columns: Sequence[tuple[str, Column]], place: str, complaints: Complaints) -> None:
    """Columns have keys and indexes of their own, and computed ones are computed from plain ones."""
    if not columns and not complaints.is_wrong(f"{place}.columns"):
        complaints.error(
            f"{place}.columns",
            say("board_without_column", "The leaderboard has no column. Write one with a key, a title and an index."),
        )
    _judge_unique(columns, "key", complaints)
    _judge_unique(columns, "index", complaints)
    _judge_former_keys(columns, complaints)
    by_index = {column.index: column for _, column in columns}
    for column_place, column in columns:
        _judge_computation(column_place, column, by_index, complaints)
    _judge_errors(columns, by_index, complaints)


def _judge_former_keys(columns: Sequence[tuple[str, Column]], complaints: Complaints) -> None:
    """A score that is stored under a key must be of one column."""
    names = Counter(name for _, column in columns for name in {column.key, *column.former_keys})
    for place, column in columns:
        for former in column.former_keys:
            if names[former] > 1 or former == column.key:
                message = say(
                    "former_key_taken",
                    "`{key}` is another column's too, so nobody knows whose scores stand under it. Take it out.",
                    key=former[:60],
                )
                complaints.error(f"{place}.agon.former_keys", message)


def _judge_errors(columns: Sequence[tuple[str, Column]], by_index: Mapping[int, Column], complaints: Complaints) -> None:
    """An error stands behind a score that there is, and that nobody sees it without."""
    of = Counter(column.error_of for _, column in columns)
    for place, column in columns:
        at, score = f"{place}.agon.error_of", by_index.get(-1 if column.error_of is None else column.error_of)
        if column.error_of is None or complaints.is_wrong(at):
            continue
        if score is None or score.index == column.index or score.error_of is not None:
            complaints.error(
                at,
                say(
                    "error_of_nothing",
                    "No score has the index {index}. Write that of the column whose error this is.",
                    index=column.error_of,
                ),
            )
        elif of[column.error_of] > 1:
            complaints.error(
                at, say("errors_of_one_score", "The score `{key}` has several errors. Leave it one.", key=score.key)
            )
        elif score.hidden and not column.hidden:
            complaints.error(
                f"{place}.hidden",
                say(
                    "error_of_hidden",
                    "The score `{key}` is hidden, and this error of it is not. Hide it, too.",
                    key=score.key,
                ),
            )


def judge_board(board: Leaderboard, place: str, complaints: Complaints) -> None:
    """Ties are broken by columns that there are, and columns stand under headers that there are."""
    known, groups = {column.index for column in board.columns}, {group.key for group in board.column_groups}
    if any(column.index == board.primary_index and column.error_of is not None for column in board.columns):
        complaints.error(f"{place}.primary_index", say("error_ranks", "An error ranks nobody. Write the index of a score."))
    for index in board.tie_break_indexes or ():
        if index not in known:
            complaints.error(
                f"{place}.agon.tie_break_indexes", say("no_column", "No column has the index {index}.", index=index)
            )
    for column in board.columns:
        if column.group is not None and column.group not in groups:
            message = say(
                "no_column_group",
                "The column `{key}` stands under `{group}`, which is no column group.",
                key=column.key,
                group=column.group[:60],
            )
            complaints.error(f"{place}.columns", message)
    _judge_unique([(f"{place}.agon.column_groups", group) for group in board.column_groups], "key", complaints)


def _judge_tasks_of(place: str, indexes: Sequence[int], known: set[int], complaints: Complaints) -> None:
    if complaints.is_wrong(place):
        return
    if len(indexes) > (most := limits.MAX_TASKS_OF_A_PHASE):
        complaints.error(
            place,
            say(
                "phase_tasks_many",
                "{count} tasks are named. Name {most} at most, or make more phases.",
                count=len(indexes),
                most=most,
            ),
        )
    if not indexes:
        complaints.error(
            place, say("phase_without_task", "No task is named. Write a list of task indexes such as `tasks: [0]`.")
        )
    unknown = [index for index in indexes if index not in known]
    if unknown and known:
        shown, existing = (", ".join(map(str, sorted(some)[:20])) for some in (unknown, known))
        complaints.error(
            place,
            say(
                "phase_task_unknown",
                "There is no task with index {task}. Tasks have the indexes {tasks}.",
                task=shown,
                tasks=existing,
            ),
        )


def _never_opens(phase: Phase) -> str:
    assert phase.end is not None
    end, start = (dates.readable(moment) for moment in (phase.end, phase.start))
    return f"“{phase.name[:60]}” never opens: it ends on {end}, and begins on {start}. If it is to open, write a later end."


def _judge_freeze(place: str, phase: Phase, complaints: Complaints) -> None:
    freeze, at = phase.freeze_board_at, f"{place}.agon.freeze_board_at"
    if freeze is None or complaints.is_wrong(f"{place}.end") or complaints.is_wrong(f"{place}.start"):
        return
    if phase.end is None:
        complaints.error(at, say("frozen_for_ever", "The board would stay frozen for ever. Give the phase an `end`."))
    elif not phase.start <= freeze < phase.end:
        complaints.error(
            at, say("freeze_outside", "The board is to freeze while the phase is not open. Write a time before its `end`.")
        )


def _judge_final_board(place: str, phase: Phase, by_index: Mapping[int, Phase], complaints: Complaints) -> None:
    final, at = phase.final_board_from, f"{place}.agon.final_board_from"
    if final is None or complaints.is_wrong(at) or complaints.is_wrong(f"{place}.tasks"):
        return
    if phase.end is None:
        complaints.error(at, say("final_board_never", "The phase never ends, so it has no final board. Give it an `end`."))
    if final.task is not None and (final.task not in phase.tasks or len(phase.tasks) < 2):
        message = say(
            "final_task_of_several",
            "The final board's task must be one of the phase's several tasks: the others rank until its end.",
        )
        complaints.error(f"{at}.task", message)
    if final.phase is None:
        return
    named = by_index.get(final.phase)
    if named is None or named.index == phase.index or named.final_board_from is not None:
        complaints.error(
            f"{at}.phase",
            say("final_board_of_other", "The final board must be that of another phase, which names none itself."),
        )
    elif not named.is_blind:
        message = say(
            "phase_shows_scores",
            "“{phase}” shows its scores before this phase is over, unless it has `is_blind: true`.",
            phase=named.name[:60],
        )
        complaints.warn(f"{at}.phase", message)


def _judge_order(phases: Sequence[tuple[str, Phase]], complaints: Complaints) -> None:
    for (place, phase), (next_place, following) in zip(phases, phases[1:], strict=False):
        if any(map(complaints.is_wrong, (f"{place}.end", f"{next_place}.start", f"{next_place}.end"))):
            continue
        if phase.end is None and phase.never_ends:
            message = f"It never ends, so it goes on while “{following.name[:60]}” is open."
            complaints.warn(f"{place}.agon.never_ends", message)
        elif phase.end is None:
            complaints.error(
                f"{place}.end", say("end_missing", "Only the last phase may go without an `end`. Write when this one ends.")
            )
        elif following.start < phase.end and following.end is None and not following.never_ends:
            message = f"It begins before “{phase.name[:60]}” ends, so it needs an `end` of its own, or a later `start`."
            complaints.error(f"{next_place}.start", message)
        elif following.start < phase.end:
            complaints.warn(
                f"{next_place}.start",
                say("phases_overlap", "It begins before “{phase}” ends: both are open at once.", phase=phase.name[:60]),
            )


def _judge_computation(place: str, column: Column, by_index: dict[int, Column], complaints: Complaints) -> None:
    if column.computation is None:
        if column.computation_indexes:
            complaints.warn(
                f"{place}.computation_indexes",
                say("indexes_without_computation", "Without a `computation` these indexes mean nothing."),
            )
        return
    at = f"{place}.computation_indexes"
    if not column.computation_indexes and not complaints.is_wrong(at):
        complaints.error(
            at,
            say(
                "computed_of_nothing",
                "The computed column `{column}` names no columns. Write `computation_indexes: [0, 1]`.",
                column=column.key,
            ),
        )
    if column.computation_weights and len(column.computation_weights) != len(column.computation_indexes):
        message = f"The computed column `{column.key}` has {len(column.computation_weights)} weights for"
        complaints.error(place, f"{message} {len(column.computation_indexes)} columns. Write one for each.")
    for index in column.computation_indexes:
        if index == column.index:
            complaints.error(
                at,
                say(
                    "computed_of_itself",
                    "The computed column `{column}` names itself. Name the columns it is made of.",
                    column=column.key,
                ),
            )
        elif index not in by_index:
            complaints.error(
                at,
                say(
                    "computed_of_unknown",
                    "The computed column `{column}` names the index {index}, which no column has.",
                    column=column.key,
                    index=index,
                ),
            )
        elif by_index[index].computation is not None:
            other = by_index[index].key
            message = say(
                "computed_of_computed",
                "The computed column `{column}` names `{other}`, which is computed itself. Name plain columns.",
                column=column.key,
                other=other,
            )
            complaints.error(at, message)


def _judge_unique(parts: Sequence[tuple[str, object]], attribute: str, complaints: Complaints) -> None:
    counts = Counter(getattr(part, attribute) for _, part in parts)
    for place, part in parts:
        value = getattr(part, attribute)
        if counts[value] > 1 and value != "":
            complaints.error(
                f"{place}.{attribute}",
                say(
                    "there_twice",
                    "The {attribute} `{value}` is there {count} times. Change it.",
                    attribute=attribute,
                    value=value,
                    count=counts[value],
                ),
            )
