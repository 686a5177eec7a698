"""Judgements to scores: what stands on the board is hung up for the jury, and what the jury decided is written there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib import ids, telemetry
from chalicelib.actions.judging.artifacts import archive_of, id_of
from chalicelib.aws import messages
from chalicelib.contract import Status
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.bundle.model import Judging
from chalicelib.domain.judging import aggregation, assignment
from chalicelib.domain.judging.aggregation import Verdict
from chalicelib.domain.leaderboards import scores
from chalicelib.store import table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.judging import artifacts, cases, jurors
from chalicelib.store.judging.artifacts import Exhibit
from chalicelib.store.judging.cases import Contents, Judgement, JudgingState
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

#: By the indexes of a phase's judged tasks, the exhibit of a row's submission.
Admitted = Mapping[str, str]


@dataclass(frozen=True)
class Aggregate:
    """What the judgements of one task come to: those that count, and the scores that do."""

    verdicts: Sequence[Verdict]
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Jury:
    """How a phase is judged, and what its judgements fill."""

    phase: str
    setups: Mapping[str, Judging]
    tasks: tuple[int, ...]
    boards: tuple[Leaderboard, ...]
    ends_at: datetime | None

    def run_of(self, submission: str, task: str) -> str:
        """The id of a submission's run on a task."""
        return submissions.child_id(submission, task) if len(self.tasks) > 1 else submission

    @property
    def columns(self) -> Mapping[str, str]:
        """By judged tasks, the keys that their scores have in a row. What no board shows is left out."""
        plain = {column.key for board in self.boards for column in board.columns if column.computation is None}
        several = len(self.tasks) > 1
        return {
            task: scores.task_key(int(task), setup.column) if several else setup.column
            for task, setup in self.setups.items()
            if setup.column in plain
        }


def rebuild(phase_id: str, now: datetime) -> bool:
    """Hang up what stands on the board, make the scores anew and write those that changed. False with nothing to do.

    The mark is cleared before anything is read, and everything that is written follows from what was read: broken off
    anywhere and done again, it comes to the same.
    """
    state = cases.clear_dirty(phase_id, ids.secret())
    jury = _jury(phase_id) if state else None
    if state is None or jury is None:
        return False
    rows, held = artifacts.rows(phase_id), cases.contents(phase_id)
    admitted = _admit(state, jury, rows, held, now)
    is_over = assignment.is_over(jury.ends_at, now)
    aggregates = aggregates_of(jury.setups, held, excluded_of(competitions.competition_of(phase_id)), is_over)
    _adjust(jury.setups, held, aggregates)
    shown = {
        task: aggregates[task].scores if setup.publish_at_once or state.published else {}
        for task, setup in jury.setups.items()
    }
    written = [_write(jury, row, admitted[row.sk], shown, now) for row in rows]
    if any(written):
        messages.send_rebuild(phase_id)
    cases.rest(state, *_counts(jury.setups, held, aggregates), None if is_over else jury.ends_at)
    telemetry.count("JudgementsCounted")
    return True


def aggregates_of(
    setups: Mapping[str, Judging], held: Contents, excluded: Collection[str], is_over: bool
) -> dict[str, Aggregate]:
    """What the judgements of each task come to."""
    found = {}
    for task, setup in setups.items():
        its = [_verdict(one) for one in held.judgements if one.task == task and one.juror not in excluded]
        verdicts = [verdict for verdict in its if aggregation.is_valid(setup, verdict)]
        outputs = sum(one.task == task and one.state == artifacts.READY for one in held.exhibits.values())
        found[task] = Aggregate(verdicts, aggregation.settled(setup, verdicts, outputs, is_over))
    return found


def excluded_of(competition: str) -> set[str]:
    """The jurors whose judgements do not count."""
    return {juror.user for juror in jurors.of_competition(competition) if juror.status == jurors.EXCLUDED}


def _jury(phase_id: str) -> Jury | None:
    competition_key, phase_key = competitions.key(competitions.competition_of(phase_id)), competitions.phase_key(phase_id)
    found = table.fetch(competition_key, phase_key)
    competition, phase = found.get(competition_key), found.get(phase_key)
    if not isinstance(competition, Competition) or not isinstance(phase, Phase):
        return None
    described = definition.phase_of(phase)
    return Jury(
        phase=phase_id,
        setups=definition.judgings_of(competition, phase),
        tasks=described.tasks,
        boards=definition.leaderboards_of(competition),
        ends_at=described.judging_end,
    )


def _admit(state: JudgingState, jury: Jury, rows: Sequence[BoardRow], held: Contents, now: datetime) -> dict[str, Admitted]:
    """Each row's exhibits, by its sort key. Those that are missing are made, those of no row withdrawn."""
    setups = jury.setups
    admitted: dict[str, Admitted] = {row.sk: row.exhibits or {} for row in rows}
    new = [row for row in rows if set(setups) - set(admitted[row.sk])]
    runs = _runs(jury.run_of(row.submission, task) for row in new for task in setups)
    for row in new:
        its = {task: runs.get(jury.run_of(row.submission, task)) for task in setups}
        admitted[row.sk] = {
            task: _exhibit(state, row, run, held, now) for task, run in its.items() if run and run.task == task
        }
    standing = {exhibit for its in admitted.values() for exhibit in its.values()}
    for exhibit in held.exhibits.values():
        if exhibit.id not in standing and exhibit.state != artifacts.WITHDRAWN:
            artifacts.withdraw(exhibit)
        elif exhibit.id in standing and exhibit.state == artifacts.WITHDRAWN:
            artifacts.restore(exhibit, is_compared=setups[exhibit.task].kind == "pairwise", now=now)
    return admitted


def _exhibit(state: JudgingState, row: BoardRow, run: Submission, held: Contents, now: datetime) -> str:
    """The exhibit of what a run put out: the same as long as it is the same archive, whatever was scored since."""
    bucket, object_key = archive_of(run)
    id_ = id_of(state, run)
    if id_ not in held.exhibits:
        exhibit = Exhibit(
            *artifacts.key(state.phase, id_),
            id=id_,
            phase=state.phase,
            task=run.task,
            submission=row.submission,
            user=run.user,
            username=run.competitor_name,
            team=run.team,
            bucket=bucket,
            object_key=object_key,
        )
        held.exhibits[id_] = exhibit
        artifacts.add(exhibit, now)
        messages.send_unpacking(f"{state.phase}-{id_}")
    return id_


def _runs(submission_ids: Iterable[str]) -> dict[str, Submission]:
    """Those that have finished."""
    found = table.fetch_many(submissions.key(id_) for id_ in submission_ids)
    return {item.id: item for item in found if isinstance(item, Submission) and item.status == Status.FINISHED}


def _verdict(judgement: Judgement) -> Verdict:
    preferred = None if judgement.preferred is None else int(judgement.preferred)
    return Verdict(judgement.juror, judgement.case, tuple(judgement.exhibits), judgement.marks or {}, preferred)


def _adjust(setups: Mapping[str, Judging], held: Contents, aggregates: Mapping[str, Aggregate]) -> None:
    """Cases go by what counts now: jurors may be excluded, exhibits withdrawn, more judgements wanted."""
    judges: dict[str, set[str]] = {}
    for aggregate in aggregates.values():
        for verdict in aggregate.verdicts:
            judges.setdefault(verdict.case, set()).add(verdict.juror)
    for case in held.cases.values():
        setup = setups.get(case.task)
        shown = [held.exhibits.get(id_) for id_ in case.exhibits]
        closed = setup is None or any(one is None or one.state != artifacts.READY for one in shown)
        wanted = setup.judgements_per_submission if setup and setup.kind == "rubric" else int(case.wanted)
        counted = frozenset(judges.get(case.id, ()))
        if (counted, wanted, closed) != (frozenset(case.judges or ()), int(case.wanted), bool(case.closed)):
            cases.adjust(case, counted, wanted, closed)


def _write(jury: Jury, row: BoardRow, admitted: Admitted, shown: Mapping[str, Mapping[str, float]], now: datetime) -> bool:
    """Bring a row and its submission to what the jury decided: true when the board changes by it."""
    changes = {key: shown[task].get(admitted.get(task, "")) for task, key in jury.columns.items()}
    its = scores.edit(row.scores, changes, jury.boards, jury.tasks)
    if its == row.scores and dict(admitted) == row.exhibits:
        return False
    key = submissions.key(row.submission)
    submission = table.fetch(key).get(key)
    if not isinstance(submission, Submission):
        return False
    notes = scores.noted(submission.notes or [], its, jury.columns.values())
    if not artifacts.rescore(jury.phase, row, submission, dict(admitted), its, notes, now):
        # One of the two changed meanwhile: they are looked at again.
        cases.mark_dirty(jury.phase, now)
        messages.send_judging(jury.phase)
    return its != row.scores


def _counts(setups: Mapping[str, Judging], held: Contents, aggregates: Mapping[str, Aggregate]) -> tuple[int, int]:
    """How many judgements there are, and how many are wanted in all."""
    made = sum(len(aggregate.verdicts) for aggregate in aggregates.values())
    wanted = 0
    for task, setup in setups.items():
        outputs = sum(one.task == task and one.state == artifacts.READY for one in held.exhibits.values())
        wanted += aggregation.wanted(setup, outputs)
    return made, wanted
