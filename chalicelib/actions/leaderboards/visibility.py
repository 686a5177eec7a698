"""A phase's boards as its competition sets them up, and who sees what of them and of scores."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from chalicelib import responses
from chalicelib.actions.competitions.columns import column_of, columns_of_board
from chalicelib.actions.competitions.permissions import sees_all
from chalicelib.contract import reasons
from chalicelib.domain.bundle import model
from chalicelib.domain.bundle.final_boards import main_of
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule
from chalicelib.domain.judging import assignment
from chalicelib.domain.leaderboards import policy, rank_columns, scores
from chalicelib.domain.leaderboards.policy import visible_boards
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import fact_sheet, verdicts
from chalicelib.errors import NotAllowed, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import Competition, Phase, places_of_phase

NAMES_HIDDEN = say("names_hidden", "The organizers hide the names on this leaderboard.")
BLIND = say("phase_blind", "This phase shows no scores and no leaderboard before its end.")


@dataclass(frozen=True)
class BoardSetup:
    """The way a phase ranks now. `judged` has the column that people fill, by the index of the task that they judge.

    `questions` has the titles of the fact sheet's questions whose answers boards tell, by their keys.
    `shows_detailed_results`: the boards' rows lead to detailed results. `todays_keys` are those of columns that had others,
    by these. `groups` has those of participants by their keys.
    """

    phase: model.Phase
    boards: tuple[Leaderboard, ...]
    is_over: bool
    is_anonymous: bool
    task_names: Mapping[int, str]
    judged: Mapping[int, str]
    questions: Mapping[str, str] = field(default_factory=dict)
    shows_detailed_results: bool = False
    todays_keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)

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
        """The rule by which submissions get onto the boards."""
        return policy.rule_of(self.phase, self.boards)

    @property
    def main(self) -> Leaderboard:
        """The board that decides until the phase's end which of a participant's submissions is the best."""
        return main_of(self.phase, self.boards)

    @property
    def foremost(self) -> Leaderboard:
        """The board by which people stand now: once the phase is over, the one that was kept for that, if any."""
        return self.boards[0]

    @property
    def final_board(self) -> Leaderboard | None:
        """The board that is kept for the phase's end, and ranks then."""
        return policy.final_board(self.phase, self.boards)

    @property
    def grouped(self) -> tuple[str, ...]:
        """The keys of the groups that have boards of their own."""
        return tuple(key for key, group in self.groups.items() if group.board)

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
        keys = ", ".join(f"`{board.key}`" for board in visible_boards(self.boards, False)) or "none that is shown"
        raise NotFound(say("no_board", "This phase has no such leaderboard. It has: {keys}.", keys=keys))

    def numbered(self, index: int) -> Leaderboard | None:
        """A board by its index among the competition's; None where the phase has not got it."""
        return next((board for board in self.boards if board.index == index), None)

    def group(self, key: str | None) -> Group | None:
        """A group that has boards of its own, by its key. Raises NotFound."""
        if key is None:
            return None
        if key not in self.grouped:
            keys = ", ".join(f"`{one}`" for one in self.grouped) or "none"
            raise NotFound(
                say("no_group_board", "There is no such group with boards of its own. There are: {keys}.", keys=keys)
            )
        return self.groups[key]

    def scores_of(self, stored: Mapping[str, float], task: str | None) -> dict[str, float]:
        """The scores that boards show of what is stored of a submission, which ran on one `task` alone or as a
        parent on several."""
        return scores.of_phase(scores.of_tasks(stored, task), self.boards, self.phase.tasks)

    @property
    def counts_choices(self) -> bool:
        """True once the phase is over, when of what people chose the best is on the boards."""
        return self.is_over and self.phase.final_selection is not None

    @property
    def places_by_itself(self) -> bool:
        """True where another submission takes the place of one that goes."""
        return self.rule.is_automatic or self.counts_choices

    def placing(self, today: Mapping[str, Sequence[str]]) -> tuple[object, ...]:
        """The settings that decide who stands on the boards with what, as `policy.placing`."""
        last = policy.last_order(self.phase, self.boards, today) if self.counts_choices else ()
        return *policy.placing(self.phase, self.boards, self.questions, today), sorted(self.groups), last

    def ranking(self, shown: Mapping[str, float]) -> Mapping[str, float]:
        """By columns' keys, what ranks until the phase's end."""
        return shown if self.final_task is None else scores.mean_over(shown, policy.ranking_tasks(self.phase))

    def final(self, shown: Mapping[str, float]) -> Mapping[str, float]:
        """By columns' keys, what ranks at last."""
        return shown if self.final_task is None else scores.mean_over(shown, (self.final_task,))


@dataclass(frozen=True)
class Audience:
    """The view that somebody has of a phase now. Organizers see all of it at any time, and viewers what they see.

    `awaits_jury`: people may judge what stands on the boards, and are not to learn whose it is. `is_own`: what they look at
    is their own, or their team's.
    """

    is_organizer: bool
    is_blind: bool
    is_frozen: bool
    is_over: bool
    awaits_jury: bool = False
    is_own: bool = False

    def check_board(self, board: Leaderboard) -> None:
        """Raise NotAllowed for a board that this person does not see."""
        if self.is_blind:
            raise NotAllowed(BLIND)
        if board.hidden and not self.is_organizer:
            raise NotAllowed(say("board_hidden", "The organizers keep this leaderboard to themselves."))


class ScoreView(NamedTuple):
    """The way a phase ranks and the part of it that somebody may see now, which decide the scores that they are told."""

    setup: BoardSetup
    audience: Audience


def setup_of(competition: Competition, phase: Phase, now: datetime) -> BoardSetup:
    """The setup by which a phase ranks now, from its stored form."""
    settings = competition.settings
    tasks = {int(index): str(task["name"]) for index, task in competition.tasks.items()}
    described = definition.phase_of(phase)
    boards = policy.boards_of(described, definition.leaderboards_of(competition), now)
    return BoardSetup(
        phase=described,
        boards=boards,
        is_over=policy.is_over(described, now),
        todays_keys=scores.todays_keys(boards),
        is_anonymous=settings.anonymous_leaderboard,
        task_names=tasks,
        questions=questions_of(settings.fact_sheet),
        # FORMATS 1.2
        shows_detailed_results=settings.enable_detailed_results and settings.show_detailed_results_in_leaderboard,
        groups={one.key: one for one in competition.groups},
        judged={int(task): judging.column for task, judging in definition.judgings_of(competition, phase).items()},
    )


def setup_at(phase_id: str, now: datetime) -> BoardSetup | None:
    """The setup by which a phase ranks now, by one call; None when it was removed."""
    competition, phase = table.read(*places_of_phase(phase_id))
    return setup_of(competition, phase, now) if competition and phase else None


def setup_of_bundle(bundle: model.Bundle, phase: model.Phase, now: datetime) -> BoardSetup:
    """The setup by which a phase would rank now if the competition were as a bundle says."""
    boards = policy.boards_of(phase, bundle.leaderboards, now)
    return BoardSetup(
        phase=phase,
        boards=boards,
        is_over=policy.is_over(phase, now),
        todays_keys=scores.todays_keys(boards),
        is_anonymous=bundle.anonymous_leaderboard,
        task_names={task.index: task.name for task in bundle.tasks},
        questions=questions_of(bundle.fact_sheet or {}),
        groups={one.key: one for one in bundle.groups},
        judged={task.index: task.judging.column for task in bundle.tasks if task.judging and task.index in phase.tasks},
    )


def questions_of(sheet: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The titles of the questions whose answers boards tell, by their keys."""
    return {key: str(one.get("title") or key) for key, one in sheet.items() if fact_sheet.is_on_leaderboard(one)}


def audience_of(setup: BoardSetup, competition: Competition, account: Account | None, now: datetime) -> Audience:
    """The view that this caller has of a phase now."""
    organizes = sees_all(competition, account)
    return Audience(
        is_organizer=organizes,
        is_blind=policy.hides_scores(setup.phase, now) and not organizes,
        is_frozen=policy.is_frozen(setup.phase, now) and not organizes,
        is_over=setup.is_over,
        awaits_jury=setup.is_before_a_jury(now) and not organizes,
    )


def visible_scores(setup: BoardSetup, seen: Audience, stored: Mapping[str, float], task: str | None) -> dict[str, float]:
    """The scores that may be told of a submission, which ran on one `task` alone or as a parent on several."""
    return _told(setup, seen, setup.scores_of(stored, task))


def visible_run_scores(setup: BoardSetup, seen: Audience, stored: Mapping[str, float], task: str) -> dict[str, float]:
    """The scores that may be told of a submission's run on one `task` of several."""
    return _told(setup, seen, scores.anew(stored, setup.boards), task)


def _told(setup: BoardSetup, seen: Audience, stored: Mapping[str, float], task: str | None = None) -> dict[str, float]:
    if seen.is_organizer:
        return dict(stored)
    if seen.is_blind or (task is not None and int(task) not in shown_tasks(setup, seen)):
        return {}
    plain = stored if task is not None else setup.ranking(stored)
    shown = [column for board in setup.boards if _tells(setup, seen, board) for column in board.columns if not column.hidden]
    means = {column.key: plain[column.key] for column in shown if column.key in plain}
    of_tasks = [key for column in shown for key in _task_keys(setup, seen, column)] if task is None else []
    return means | {key: stored[key] for key in of_tasks if key in stored}


def visible_notes(setup: BoardSetup, seen: Audience, stored: Sequence[str], task: str | None = None) -> list[str]:
    """The notes on a report that may be told: none where no score is, none about a hidden column, and of what a program
    reported those about a column that is seen. Who wrote a note may have quoted a score in it."""
    if seen.is_organizer:
        return list(stored)
    if seen.is_blind or (task is not None and int(task) not in shown_tasks(setup, seen)):
        return []
    return [note for note in stored if _may_be_told(note, *_keys(setup, seen))]


def visible_reason(setup: BoardSetup, seen: Audience, stored: str, task: str | None = None) -> str:
    """Of the reason of a failure what may be told: no quotation of output that is kept back today, and no hidden column."""
    if seen.is_organizer:
        return stored
    shown = shown_tasks(setup, seen)
    is_to_come = int(task) not in shown if task is not None else len(shown) < len(setup.phase.tasks)
    keeps_logs = setup.phase.hide_output or seen.is_blind or is_to_come or keeps_scoring_back(setup, seen)
    return verdicts.without_keys(reasons.without_quotes(stored) if keeps_logs else stored, _keys(setup, seen)[1])


def _may_be_told(note: str, shown: Collection[str], hidden: Collection[str]) -> bool:
    # Notes on a reported value begin with its key.
    if note.startswith("`") and not note.startswith(tuple(f"`{key}`" for key in shown)):
        return False
    # A runner of another build may name keys without a sign around them.
    return not any(re.search(rf"(?<!\w){re.escape(key)}(?!\w)", note) for key in hidden)


def keeps_scores_back(setup: BoardSetup, seen: Audience) -> bool:
    """True where this person may know of some scores of a run and not of others, so that no file that has all is theirs."""
    return not seen.is_organizer and bool(_keys(setup, seen)[1])


def keeps_scoring_back(setup: BoardSetup, seen: Audience) -> bool:
    """True where the board that is to rank at the end is of the same runs: what scoring writes and prints may tell it."""
    return not seen.is_organizer and setup.final_board is not None and setup.final_board.hidden


def _tells(setup: BoardSetup, seen: Audience, board: Leaderboard) -> bool:
    """True where this person may know what a board's columns say of a submission: of their own also of a hidden board that
    tells them. What is kept for the phase's end is told nobody before."""
    return not board.hidden or (seen.is_own and board.own_scores and board is not setup.final_board)


def _keys(setup: BoardSetup, seen: Audience) -> tuple[set[str], set[str]]:
    """The keys of the columns of which this participant sees scores, and of those of which they see none; with those that
    these columns had."""
    keys = [
        (key, column.hidden or not _tells(setup, seen, board))
        for board in setup.boards
        for column in board.columns
        for key in (column.key, *column.former_keys)
    ]
    shown = {key for key, is_hidden in keys if not is_hidden}
    return shown, {key for key, _ in keys} - shown


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


def own_view_of(competition: Competition, phase: Phase, account: Account | None, now: datetime) -> ScoreView:
    """As `score_view_of`, of what somebody looks at as its owner or one of its team, or as an organizer."""
    setup, audience = score_view_of(competition, phase, account, now)
    return ScoreView(setup, replace(audience, is_own=True))


def score_view_of(competition: Competition, phase: Phase, account: Account | None, now: datetime) -> ScoreView:
    """The way the phase ranks, and the part of it that this account may see."""
    setup = setup_of(competition, phase, now)
    return ScoreView(setup, audience_of(setup, competition, account, now))
