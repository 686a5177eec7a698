"""`agon.judging` of a task: how people judge, to the model, and what must hold between it and the rest of the bundle."""

from collections import Counter
from collections.abc import Sequence

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule, of_phase
from chalicelib.domain.bundle.model import DEFAULT_JUDGEMENTS, DEFAULT_SCALE, Criterion, Judging, Phase, Task
from chalicelib.domain.bundle.section import Section

KINDS = ("rubric", "pairwise")
_RUBRIC = "Write `criteria:` with one that has a key, a title and a scale such as [1, 5]"


def read(part: Section) -> Judging | None:
    """The settings below `judging` in a task's extension. What is wrong stands at its default, and was told."""
    section = part.section("judging")
    if section is None:
        return None
    kind = section.choice("kind", KINDS, "rubric")
    judging = Judging(
        column=section.text("column", max_characters=limits.MAX_KEY_CHARACTERS, required=True).strip(),
        kind="pairwise" if kind == "pairwise" else "rubric",
        judgements_per_submission=section.number("judgements_per_submission", DEFAULT_JUDGEMENTS, 1, limits.MAX_JUDGEMENTS),
        criteria=_criteria(section),
        guidelines=section.text("guidelines", max_characters=20_000),
        publish_at_once=section.flag("publish_at_once", True),
    )
    if judging.kind == "rubric" and not judging.criteria and not section.complaints.is_wrong(section.at("criteria")):
        section.error("criteria", f"The rubric has no criterion. {_RUBRIC}.")
    if judging.kind == "pairwise" and judging.criteria:
        section.warn(
            "criteria",
            say("criteria_unasked", "Who compares two outputs gives no marks, so these criteria are not asked for."),
        )
    section.finish()
    return judging


def judge(
    tasks: Sequence[tuple[str, Task]],
    phases: Sequence[tuple[str, Phase]],
    boards: Sequence[tuple[str, Leaderboard]],
    complaints: Complaints,
) -> None:
    """Judgements fill a plain column in which more is better, and jurors have time for them."""
    judged = [(f"{place}.agon.judging", task) for place, task in tasks if task.judging is not None]
    columns = {column.key: column for _, board in boards for column in board.columns}
    for place, task in judged:
        assert task.judging is not None
        if not complaints.is_wrong(f"{place}.column") and columns:
            _judge_column(f"{place}.column", task.judging.column, columns, complaints)
    _judge_ranking({task.judging.column for _, task in judged if task.judging}, phases, boards, complaints)
    for place, phase in phases:
        _judge_times(place, phase, {task.index for _, task in judged}, complaints)


def _criteria(section: Section) -> tuple[Criterion, ...]:
    entries = list(section.sections("criteria", "key: clarity, title: Is it clear?, scale: [1, 5]"))
    if len(entries) > limits.MAX_CRITERIA:
        section.error(
            "criteria",
            say(
                "criteria_too_many",
                "The rubric has {count} criteria. Keep {most} at most.",
                count=len(entries),
                most=limits.MAX_CRITERIA,
            ),
        )
    found = [(entry, _criterion(entry)) for entry in entries[: limits.MAX_CRITERIA]]
    counts = Counter(criterion.key for _, criterion in found)
    for entry, criterion in found:
        if counts[criterion.key] > 1 and criterion.key:
            entry.error(
                "key",
                say(
                    "criterion_twice",
                    "The key `{key}` is there {count} times. Change it.",
                    key=criterion.key,
                    count=counts[criterion.key],
                ),
            )
    if found and not any(criterion.weight for _, criterion in found):
        section.error(
            "criteria", say("criteria_weightless", "All criteria weigh 0, so no mark would count. Write a `weight` above 0.")
        )
    return tuple(criterion for _, criterion in found)


def _criterion(entry: Section) -> Criterion:
    criterion = Criterion(
        key=entry.text("key", max_characters=limits.MAX_KEY_CHARACTERS, required=True).strip(),
        title=entry.text("title", max_characters=100, required=True).strip(),
        scale=_scale(entry),
        description=entry.text("description", max_characters=2000),
        weight=entry.decimal("weight", 1.0, limits.MAX_CRITERION_WEIGHT),
    )
    entry.finish()
    return criterion


def _scale(entry: Section) -> tuple[int, int]:
    if not entry.has("scale"):
        return DEFAULT_SCALE
    ends = entry.numbers("scale")
    if len(ends) == 2 and 0 < ends[1] - ends[0] <= limits.MAX_STEPS_OF_A_SCALE:
        return ends[0], ends[1]
    if not entry.complaints.is_wrong(entry.at("scale")):
        entry.error(
            "scale",
            say(
                "scale_shape",
                "`scale` is the lowest and the highest mark, {most} apart at most. Write [1, 5].",
                most=limits.MAX_STEPS_OF_A_SCALE,
            ),
        )
    return DEFAULT_SCALE


def _judge_column(at: str, key: str, columns: dict[str, Column], complaints: Complaints) -> None:
    column = columns.get(key)
    if column is None:
        known = ", ".join(f"`{name}`" for name in list(columns)[:20])
        complaints.error(
            at,
            say(
                "judged_column_unknown",
                "No leaderboard has a column `{column}`. Name one of: {columns}.",
                column=key[:60],
                columns=known,
            ),
        )
    elif column.computation is not None:
        complaints.error(
            at,
            say(
                "judged_column_computed",
                "The column `{column}` is computed from others, so people cannot fill it. Name a plain one.",
                column=key[:60],
            ),
        )
    elif column.sorting == "asc":
        complaints.error(
            at,
            say(
                "judged_column_descends",
                "In the column `{column}` less is better; judgements go up. Write `sorting: desc` there.",
                column=key[:60],
            ),
        )


def _judge_ranking(
    judged: set[str], phases: Sequence[tuple[str, Phase]], boards: Sequence[tuple[str, Leaderboard]], complaints: Complaints
) -> None:
    """A best submission must be known before anybody has judged it: jurors judge what stands on the board."""
    advice = "is given by people, who judge what stands on the board. Write `Force_Last`, or rank by another column."
    for place, board in boards:
        primary = next((column for column in board.columns if column.index == board.primary_index), None)
        if primary is None or not judged & {primary.key, *_sources(primary, board)}:
            continue
        if board.submission_rule is SubmissionRule.FORCE_BEST:
            complaints.error(f"{place}.submission_rule", f"With Force_Best the ranking column `{primary.key}` {advice}")
        for phase_place, phase in phases:
            if phase.submission_rule is SubmissionRule.FORCE_BEST and board in of_phase([board], phase.index):
                at = f"{phase_place}.agon.submission_rule"
                complaints.error(at, f"With Force_Best the ranking column `{primary.key}` {advice}")


def _sources(column: Column, board: Leaderboard) -> set[str]:
    return {other.key for other in board.columns if other.index in column.computation_indexes}


def _judge_times(place: str, phase: Phase, judged: set[int], complaints: Complaints) -> None:
    start, end = phase.judging_start or phase.start, phase.judging_end
    if end is not None and end <= start and not complaints.is_wrong(f"{place}.start"):
        complaints.error(
            f"{place}.agon.judging_end",
            say("judging_ends_early", "Judging ends before it begins. Write a later `judging_end`."),
        )
    if (phase.judging_start or end) and judged.isdisjoint(phase.tasks) and not complaints.is_wrong(f"{place}.tasks"):
        message = say(
            "judging_of_nothing",
            "No task of this phase is judged by people. Add `judging` below `agon` of a task, or remove the date.",
        )
        complaints.warn(f"{place}.agon", message)
