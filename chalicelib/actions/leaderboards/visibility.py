"""A phase's boards as its competition sets them up, and who sees what of them and of scores."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions.columns import column_of, columns_of_board
from chalicelib.domain.bundle import model
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule
from chalicelib.domain.competitions import access
from chalicelib.domain.judging import assignment
from chalicelib.domain.leaderboards import policy, rank_columns, scores
from chalicelib.domain.leaderboards.policy import visible_boards
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import fact_sheet
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import Competition, Phase


@dataclass(frozen=True)
class BoardSetup:
    """How a phase ranks. `judged` has the column that people fill, by the index of the task that they judge.

    `questions` has the titles of the fact sheet's questions whose answers boards tell, by their keys.
    `shows_detailed_results`: the boards' rows lead to detailed results.
    """

    phase: model.Phase
    boards: tuple[Leaderboard, ...]
    is_anonymous: bool
    task_names: Mapping[int, str]
    judged: Mapping[int, str]
    questions: Mapping[str, str] = field(default_factory=dict)
    shows_detailed_results: bool = False

    @property
    def is_judged(self) -> bool:
        """True when people judge what stands on the boards."""
        return bool(self.judged)

    def is_before_a_jury(self, now: datetime) -> bool:
        """True while people may judge. The board tells whose a submission is, and its files whose output jurors see."""
        return self.is_judged and not assignment.is_over(self.phase.judging_end, now)

    @property
    def judged_keys(self) -> set[str]:
        """The keys of the scores that people give."""
        if not self.has_several_tasks:
            return set(self.judged.values())
        return {scores.task_key(task, column) for task, column in self.judged.items()}

    @property
    def rule(self) -> SubmissionRule:
        """How submissions get onto the boards."""
        return policy.rule_of(self.phase, self.boards)

    @property
    def main(self) -> Leaderboard:
        """The board that decides which of a participant's submissions is the best."""
        return self.boards[0]

    @property
    def has_several_tasks(self) -> bool:
        """True when submissions have scores of each task, and their means."""
        return len(self.phase.tasks) > 1

    @property
    def final_task(self) -> int | None:
        """The task of which nothing is shown before the phase's end, and which alone ranks then."""
        final = self.phase.final_board_from
        return final.task if final else None

    def board(self, key: str) -> Leaderboard:
        """A board by its key. Raises NotFound."""
        for board in self.boards:
            if board.key == key:
                return board
        keys = ", ".join(f"`{board.key}`" for board in self.boards)
        raise NotFound(f"This competition has no such board. It has: {keys}.")

    def ranking(self, stored: Mapping[str, float]) -> Mapping[str, float]:
        """By columns' keys, what ranks until the phase's end."""
        return stored if self.final_task is None else scores.mean_over(stored, policy.ranking_tasks(self.phase))

    def final(self, stored: Mapping[str, float]) -> Mapping[str, float]:
        """By columns' keys, what ranks at last."""
        return stored if self.final_task is None else scores.mean_over(stored, (self.final_task,))


@dataclass(frozen=True)
class Audience:
    """What somebody may see of a phase now. Organizers see all of it at any time.

    `awaits_jury`: people may judge what stands on the boards, and are not to learn whose it is.
    """

    is_organizer: bool
    is_blind: bool
    is_frozen: bool
    is_over: bool
    awaits_jury: bool = False

    def check_board(self, board: Leaderboard) -> None:
        """Raise NotAllowed for a board that this person does not see."""
        if self.is_blind:
            raise NotAllowed("This phase shows no scores and no leaderboard before its end.")
        if board.hidden and not self.is_organizer:
            raise NotAllowed("The organizers keep this leaderboard to themselves.")


def setup_of(competition: Competition, phase: Phase) -> BoardSetup:
    """How a phase ranks, from its stored form."""
    settings = competition.settings
    tasks = {int(index): str(task["name"]) for index, task in competition.tasks.items()}
    return BoardSetup(
        phase=definition.phase_of(phase),
        boards=definition.leaderboards_of(competition),
        is_anonymous=settings.anonymous_leaderboard,
        task_names=tasks,
        questions=questions_of(competition),
        # FORMATS 1.2
        shows_detailed_results=settings.enable_detailed_results and settings.show_detailed_results_in_leaderboard,
        judged={int(task): judging.column for task, judging in definition.judgings_of(competition, phase).items()},
    )


def questions_of(competition: Competition) -> dict[str, str]:
    """The titles of the questions whose answers boards tell, by their keys."""
    sheet = competition.settings.fact_sheet
    return {key: str(one.get("title") or key) for key, one in sheet.items() if fact_sheet.is_on_leaderboard(one)}


def audience_of(setup: BoardSetup, competition: Competition, account: Account | None, now: datetime) -> Audience:
    """What this caller may see of a phase now."""
    organizes = account is not None and access.may_edit(account.id in competition.organizer_ids, account.is_admin)
    return Audience(
        is_organizer=organizes,
        is_blind=policy.hides_scores(setup.phase, now) and not organizes,
        is_frozen=policy.is_frozen(setup.phase, now) and not organizes,
        is_over=policy.is_over(setup.phase, now),
        awaits_jury=setup.is_before_a_jury(now) and not organizes,
    )


def redacted(answer: responses.Submission, setup: BoardSetup, seen: Audience) -> responses.Submission:
    """A submission as told to somebody: without the scores of a blind phase, a hidden column, or a task that is to come."""
    if seen.is_organizer:
        return answer
    tasks = [
        replace(run, scores=visible_scores(setup, seen, run.scores, run.task), notes=[] if seen.is_blind else run.notes)
        for run in answer.tasks
    ]
    shown = visible_scores(setup, seen, answer.scores, answer.task if answer.parent else None)
    return replace(answer, scores=shown, notes=[] if seen.is_blind else answer.notes, tasks=tasks)


def visible_scores(
    setup: BoardSetup, seen: Audience, stored: Mapping[str, float], task: str | None = None
) -> dict[str, float]:
    """The scores that may be told, of a submission, or of its run on one `task` of several."""
    if seen.is_organizer:
        return dict(stored)
    if seen.is_blind or (task is not None and int(task) not in shown_tasks(setup, seen)):
        return {}
    plain = stored if task is not None else setup.ranking(stored)
    shown = [column for board in visible_boards(setup.boards, False) for column in board.columns if not column.hidden]
    means = {column.key: plain[column.key] for column in shown if column.key in plain}
    of_tasks = [key for column in shown for key in _task_keys(setup, seen, column)] if task is None else []
    return means | {key: stored[key] for key in of_tasks if key in stored}


def check_detailed_results(setup: BoardSetup, seen: Audience) -> None:
    """Raise NotAllowed when the boards' rows do not lead this person to detailed results now."""
    if reason := _why_no_detailed_results(setup, seen):
        raise NotAllowed(reason)


def leads_to_detailed_results(setup: BoardSetup, seen: Audience) -> bool:
    """True when `check_detailed_results` passes, and the competition is set up so."""
    return setup.shows_detailed_results and not _why_no_detailed_results(setup, seen)


def _why_no_detailed_results(setup: BoardSetup, seen: Audience) -> str:
    if seen.is_organizer:
        return ""
    reasons = {
        "This leaderboard leads to no detailed results. Its organizers show them to nobody, or with the submission alone.": (
            not setup.shows_detailed_results or setup.phase.hide_output
        ),
        "This phase shows no scores and no leaderboard before its end.": seen.is_blind,
        "The organizers keep the leaderboards of this competition to themselves.": all(one.hidden for one in setup.boards),
        "The organizers hide the names on this leaderboard, and a page may tell whose it is.": setup.is_anonymous,
        "The leaderboard is frozen, so nothing behind it is shown before the phase ends.": seen.is_frozen,
        "People may judge these outputs still, and must not learn whose they are.": seen.awaits_jury,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def columns_of(setup: BoardSetup, board: Leaderboard, seen: Audience) -> list[responses.Column]:
    """The columns that this person sees: of several tasks first the means, then each task's own."""
    columns = columns_of_board(board, seen.is_organizer)
    visible = [column for column in board.columns if seen.is_organizer or not column.hidden]
    for task in shown_tasks(setup, seen) if setup.has_several_tasks else ():
        # What is computed from ranks is so for the board as a whole.
        columns += [column_of(board, one, task) for one in visible if not rank_columns.is_computed(one)]
    return columns


def groups_of(board: Leaderboard) -> list[responses.ColumnGroup]:
    """The headers over columns."""
    ordered = sorted(board.column_groups, key=lambda group: group.index)
    return [responses.ColumnGroup(group.key, group.title) for group in ordered]


def tasks_of(setup: BoardSetup, seen: Audience) -> list[responses.BoardTask]:
    """The tasks that columns may be of."""
    shown = shown_tasks(setup, seen) if setup.has_several_tasks else ()
    return [responses.BoardTask(task, setup.task_names.get(task, "")) for task in shown]


def _task_keys(setup: BoardSetup, seen: Audience, column: Column) -> list[str]:
    if not setup.has_several_tasks:
        return []
    return [scores.task_key(task, column.key) for task in shown_tasks(setup, seen)]


def shown_tasks(setup: BoardSetup, seen: Audience) -> tuple[int, ...]:
    """The tasks of which this person may know scores now."""
    return setup.phase.tasks if seen.is_organizer or seen.is_over else policy.ranking_tasks(setup.phase)


def seen(competition: Competition, phase: Phase, account: Account | None, now: datetime) -> tuple[BoardSetup, Audience]:
    """How the phase ranks, and what of it this account may see."""
    setup = setup_of(competition, phase)
    return setup, audience_of(setup, competition, account, now)
