"""Judgements to scores: what stands on the board is shown to the jury, and what the jury decided is written there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib import ids, telemetry
from chalicelib.actions.judging import reminding
from chalicelib.actions.judging.artifacts import archive_of, id_of
from chalicelib.aws import messages
from chalicelib.contract import Status
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.bundle.model import Judging, Phase
from chalicelib.domain.judging import aggregation, assignment
from chalicelib.domain.judging.aggregation import Judgement
from chalicelib.domain.leaderboards import policy, scores
from chalicelib.store import table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, places_of_phase
from chalicelib.store.judging import cases, judging_artifacts, jurors
from chalicelib.store.judging.cases import Contents, JudgingState
from chalicelib.store.judging.judging_artifacts import JudgingArtifact
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

#: By the indexes of a phase's judged tasks, the id of the artifact of a row's submission.
Admitted = Mapping[str, str]


@dataclass(frozen=True)
class Aggregate:
    """The result of one task's judgements: those that count, and the scores that do."""

    judgements: Sequence[Judgement]
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Jury:
    """The way a phase is judged, and the columns that its judgements fill."""

    phase: str
    setups: Mapping[str, Judging]
    tasks: tuple[int, ...]
    boards: tuple[Leaderboard, ...]
    competition: Competition
    described: Phase

    def run_of(self, submission: str, task: str) -> str:
        """The id of a submission's run on a task."""
        return submissions.child_id(submission, task) if len(self.tasks) > 1 else submission

    def decided(
        self, before: Mapping[str, float], changes: Mapping[str, float | None], task: str | None
    ) -> dict[str, float]:
        """The scores that are stored of a submission, or of its row, with what the jury decided; `task` as for
        `scores.of_tasks`."""
        own = scores.edit(scores.of_tasks(before, task), changes, self.boards, self.tasks)
        return scores.stored_of(own, self.tasks, task)

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
    """Show the jury what stands on the board, make the scores anew and write those that changed. False with nothing to do.

    The mark is cleared before anything is read, and everything that is written follows from what was read: broken off
    anywhere and done again, it comes to the same.
    """
    state = cases.clear_dirty(phase_id, ids.secret())
    jury = _jury(phase_id, now) if state else None
    if state is None or jury is None:
        return False
    rows, contents = boards.all_rows(phase_id), cases.contents(phase_id)
    admitted = _admit(state, jury, rows, contents, now)
    is_over = assignment.is_over(jury.described.judging_end, now)
    aggregates = aggregates_of(jury.setups, contents, excluded_of(competitions.competition_of(phase_id)), is_over)
    _adjust(jury.setups, contents, aggregates)
    shown = {
        task: aggregates[task].scores if setup.publish_at_once or state.published else {}
        for task, setup in jury.setups.items()
    }
    written = [_write(jury, row, admitted[row.sk], shown, now) for row in rows]
    if any(written):
        messages.send_rebuild(phase_id)
    made, wanted = _counts(jury.setups, contents, aggregates)
    lacking = {task for task in jury.setups if made[task] < wanted[task]}
    reminding.remind(state, jury.competition, jury.described, contents, lacking, now)
    cases.rest(state, sum(made.values()), sum(wanted.values()), reminding.next_at(jury.described, now))
    telemetry.count("JudgementsCounted")
    return True


def aggregates_of(
    setups: Mapping[str, Judging], contents: Contents, excluded: Collection[str], is_over: bool
) -> dict[str, Aggregate]:
    """The result of the judgements of each task."""
    aggregates = {}
    for task, setup in setups.items():
        made = [_judgement(one) for one in contents.judgements if one.task == task and one.juror not in excluded]
        judgements = [one for one in made if aggregation.is_valid(setup, one)]
        settled = aggregation.settled(setup, judgements, _outputs(contents, task), is_over)
        aggregates[task] = Aggregate(judgements, settled)
    return aggregates


def excluded_of(competition: str) -> set[str]:
    """The jurors whose judgements do not count."""
    return {juror.user for juror in jurors.of_competition(competition) if juror.status == jurors.EXCLUDED}


def _jury(phase_id: str, now: datetime) -> Jury | None:
    competition, phase = table.read(*places_of_phase(phase_id))
    if competition is None or phase is None:
        return None
    described = definition.phase_of(phase)
    return Jury(
        phase=phase_id,
        setups=definition.judgings_of(competition, phase),
        tasks=described.tasks,
        boards=policy.boards_of(described, definition.leaderboards_of(competition), now),
        competition=competition,
        described=described,
    )


def _admit(
    state: JudgingState, jury: Jury, rows: Sequence[BoardRow], contents: Contents, now: datetime
) -> dict[str, Admitted]:
    """The artifacts of each row, by its sort key. Those that are missing are made, those of no row withdrawn."""
    setups = jury.setups
    admitted: dict[str, Admitted] = {row.sk: row.artifacts or {} for row in rows}
    new = [row for row in rows if set(setups) - set(admitted[row.sk])]
    runs = _runs(jury.run_of(row.submission, task) for row in new for task in setups)
    for row in new:
        by_task = {task: runs.get(jury.run_of(row.submission, task)) for task in setups}
        admitted[row.sk] = {
            task: _artifact(state, row, run, contents, now) for task, run in by_task.items() if run and run.task == task
        }
    standing = {artifact for of_row in admitted.values() for artifact in of_row.values()}
    for artifact in contents.artifacts.values():
        if artifact.id not in standing and artifact.state != judging_artifacts.WITHDRAWN:
            judging_artifacts.withdraw(artifact)
        elif artifact.id in standing and artifact.state == judging_artifacts.WITHDRAWN:
            judging_artifacts.restore(artifact, is_compared=setups[artifact.task].kind == "pairwise", now=now)
    return admitted


def _artifact(state: JudgingState, row: BoardRow, run: Submission, contents: Contents, now: datetime) -> str:
    """The id of what a run put out: the same as long as it is the same archive, whatever was scored since."""
    bucket, object_key = archive_of(run)
    id_ = id_of(state, run)
    if id_ not in contents.artifacts:
        artifact = JudgingArtifact(
            *JudgingArtifact.at(state.phase, id_),
            id=id_,
            phase=state.phase,
            task=run.task,
            submission=row.submission,
            user=run.user,
            username=run.competitor_name,
            team=run.team,
            bucket=bucket,
            object_key=object_key,
            plain=run.plain if object_key == run.object_key else None,
        )
        contents.artifacts[id_] = artifact
        judging_artifacts.add(artifact, now)
        messages.send_unpacking(f"{state.phase}-{id_}")
    return id_


def _runs(submission_ids: Iterable[str]) -> dict[str, Submission]:
    """Those that have finished."""
    runs = table.read_many(Submission.at(id_) for id_ in submission_ids)
    return {run.id: run for run in runs if run.status == Status.FINISHED}


def _judgement(stored: cases.Judgement) -> Judgement:
    preferred = None if stored.preferred is None else int(stored.preferred)
    return Judgement(stored.juror, stored.case, tuple(stored.artifacts), stored.marks or {}, preferred)


def _adjust(setups: Mapping[str, Judging], contents: Contents, aggregates: Mapping[str, Aggregate]) -> None:
    """Cases go by what counts now: jurors may be excluded, artifacts withdrawn, more judgements wanted."""
    judges: dict[str, set[str]] = {}
    for aggregate in aggregates.values():
        for judgement in aggregate.judgements:
            judges.setdefault(judgement.case, set()).add(judgement.juror)
    for case in contents.cases.values():
        setup = setups.get(case.task)
        shown = [contents.artifacts.get(id_) for id_ in case.artifacts]
        closed = setup is None or any(one is None or one.state != judging_artifacts.READY for one in shown)
        wanted = setup.judgements_per_submission if setup and setup.kind == "rubric" else int(case.wanted)
        counted = frozenset(judges.get(case.id, ()))
        if (counted, wanted, closed) != (frozenset(case.judges or ()), int(case.wanted), bool(case.closed)):
            cases.adjust(case, counted, wanted, closed)


def _write(jury: Jury, row: BoardRow, admitted: Admitted, shown: Mapping[str, Mapping[str, float]], now: datetime) -> bool:
    """Bring a row and its submission to what the jury decided: true when the board changes by it."""
    changes = {key: shown[task].get(admitted.get(task, "")) for task, key in jury.columns.items()}
    before: dict[str, float] = row.scores
    after = jury.decided(before, changes, str(jury.tasks[0]) if len(jury.tasks) == 1 else None)
    if after == before and dict(admitted) == row.artifacts:
        return False
    (submission,) = table.read(Submission.at(row.submission))
    if submission is None:
        return False
    stored = jury.decided(submission.scores or {}, changes, submission.task)
    notes = scores.noted(submission.notes or [], after, jury.columns.values())
    if not judging_artifacts.rescore(jury.phase, row, submission, dict(admitted), after, stored, notes, now):
        # One of the two changed meanwhile: they are looked at again.
        cases.mark_dirty(jury.phase, now)
        messages.send_judging(jury.phase)
    return after != before


def _counts(
    setups: Mapping[str, Judging], contents: Contents, aggregates: Mapping[str, Aggregate]
) -> tuple[dict[str, int], dict[str, int]]:
    """The number of judgements of each task, and how many are wanted."""
    made = {task: len(aggregates[task].judgements) for task in setups}
    return made, {task: aggregation.wanted(setup, _outputs(contents, task)) for task, setup in setups.items()}


def _outputs(contents: Contents, task: str) -> int:
    """How many outputs of a task jurors can look at."""
    return sum(one.task == task and one.state == judging_artifacts.READY for one in contents.artifacts.values())
