"""What organizers see of a jury's work, and when participants see what came of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.judging import scoring
from chalicelib.actions.judging.scoring import Aggregate
from chalicelib.aws import messages
from chalicelib.domain.bundle.model import Judging
from chalicelib.domain.judging import aggregation, assignment
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.judging import cases, jurors
from chalicelib.store.judging.cases import Contents, JudgingState
from chalicelib.store.judging.jurors import Juror


def progress(phase_id: str, account: Account, now: datetime) -> responses.JudgingProgress:
    """How far a jury is and how far it agrees, of what is stored now. Raises NotFound, NotAllowed."""
    competition, phase, state = _organized(phase_id, account)
    setups, options = definition.judgings_of(competition, phase), definition.phase_of(phase)
    held, jury = cases.contents(phase_id), jurors.of_competition(competition.id)
    excluded = {juror.user for juror in jury if juror.status == jurors.EXCLUDED}
    standings = scoring.aggregates_of(setups, held, excluded, assignment.is_over(options.judging_end, now))
    names = {task: str(competition.tasks[task]["name"]) for task in setups}
    return responses.JudgingProgress(
        phase=phase_id,
        published=state is not None and bool(state.published),
        starts_at=options.judging_start,
        ends_at=options.judging_end,
        tasks=[_task(task, names[task], setup, standings[task]) for task, setup in setups.items()],
        submissions=_submissions(held, standings),
        jurors=_jurors(jury, held),
    )


def publish(phase_id: str, published: bool, account: Account, now: datetime) -> responses.Published:
    """Put a jury's scores on the board, or take them off. Raises NotFound, NotAllowed, Conflict when they show at once."""
    competition, phase, _ = _organized(phase_id, account)
    setups = definition.judgings_of(competition, phase)
    if all(setup.publish_at_once for setup in setups.values()):
        raise Conflict("Scores of this phase show at once. Set `publish_at_once: false` in the task's `judging` to decide.")
    cases.mark_dirty(phase_id, now, published=published)
    messages.send_judging(phase_id)
    return responses.Published(phase_id, published)


def _organized(phase_id: str, account: Account) -> tuple[Competition, Phase, JudgingState | None]:
    competition_key, phase_key = competitions.key(competitions.competition_of(phase_id)), competitions.phase_key(phase_id)
    state_key = cases.state_key(phase_id)
    found = table.fetch(competition_key, phase_key, state_key)
    phase, state = found.get(phase_key), found.get(state_key)
    competition = check_organizer(found.get(competition_key), account)
    if not isinstance(phase, Phase):
        raise NotFound("There is no such phase. Look at the competition for its phases.")
    if not definition.judgings_of(competition, phase):
        raise NotFound("Nobody judges the tasks of this phase. Add `judging` below `agon` of a task.")
    return competition, phase, state if isinstance(state, JudgingState) else None


def _task(task: str, name: str, setup: Judging, standing: Aggregate) -> responses.JudgedTask:
    return responses.JudgedTask(
        task=task,
        name=name,
        kind=setup.kind,
        column=setup.column,
        judgements_per_submission=setup.judgements_per_submission,
        publish_at_once=setup.publish_at_once,
        made=len(standing.verdicts),
        agreement=aggregation.alphas(setup, standing.verdicts),
    )


def _submissions(held: Contents, standings: Mapping[str, Aggregate]) -> list[responses.JudgedSubmission]:
    counts = Counter(
        output for standing in standings.values() for verdict in standing.verdicts for output in verdict.outputs
    )
    ordered = sorted(held.exhibits.values(), key=lambda one: (one.task, one.submission))
    return [
        responses.JudgedSubmission(
            submission=one.submission,
            participant=one.username,
            task=one.task,
            state=one.state,  # type: ignore[arg-type]
            problem=one.problem or "",
            judgements=counts[one.id],
            score=standings[one.task].scores.get(one.id) if one.task in standings else None,
        )
        for one in ordered
    ]


def _jurors(jury: Sequence[Juror], held: Contents) -> list[responses.JurorProgress]:
    """The jury, and those who judged and were removed since."""
    made: dict[str, list[datetime]] = {juror.user: [] for juror in jury}
    names = {juror.user: juror.username for juror in jury}
    for judgement in held.judgements:
        made.setdefault(judgement.juror, []).append(judgement.changed_at)
        names.setdefault(judgement.juror, judgement.username)
    known = {juror.user: juror for juror in jury}
    return [
        responses.JurorProgress(
            user=user,
            username=names[user],
            status=known[user].status if user in known else "removed",  # type: ignore[arg-type]
            judgements=len(times),
            last_judged_at=max(times, default=None),
        )
        for user, times in made.items()
    ]
