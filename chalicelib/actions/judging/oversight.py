"""The oversight of a jury's work by its organizers, and when participants see what came of it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions.permissions import NO_PHASE, check_organizer, check_sees_all
from chalicelib.actions.events import acts
from chalicelib.actions.judging import scoring
from chalicelib.actions.judging.scoring import Aggregate
from chalicelib.aws import messages
from chalicelib.domain.bundle.model import Judging
from chalicelib.domain.judging import aggregation, assignment
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import Competition, Phase, places_of_phase
from chalicelib.store.judging import cases, jurors
from chalicelib.store.judging.cases import Contents, JudgingState
from chalicelib.store.judging.jurors import Juror


def progress(phase_id: str, account: Account, now: datetime) -> responses.JudgingProgress:
    """The progress of a jury and how far it agrees, of what is stored now. Raises NotFound, NotAllowed."""
    competition, phase, state = _judged(phase_id, check_sees_all, account)
    setups, described = definition.judgings_of(competition, phase), definition.phase_of(phase)
    contents, jury = cases.contents(phase_id), jurors.of_competition(competition.id)
    excluded = {juror.user for juror in jury if juror.status == jurors.EXCLUDED}
    aggregates = scoring.aggregates_of(setups, contents, excluded, assignment.is_over(described.judging_end, now))
    names = {task: str(competition.tasks[task]["name"]) for task in setups}
    return responses.JudgingProgress(
        phase=phase_id,
        published=state is not None and bool(state.published),
        starts_at=described.judging_start,
        ends_at=described.judging_end,
        tasks=[_task(task, names[task], setup, aggregates[task]) for task, setup in setups.items()],
        submissions=_submissions(contents, aggregates),
        jurors=_jurors(jury, contents),
    )


def publish(phase_id: str, published: bool, account: Account, now: datetime) -> responses.Published:
    """Put a jury's scores on the board, or take them off. Raises NotFound, NotAllowed, Conflict when they show at once."""
    competition, phase, _ = _judged(phase_id, check_organizer, account)
    setups = definition.judgings_of(competition, phase)
    if all(setup.publish_at_once for setup in setups.values()):
        raise Conflict(
            say(
                "scores_show_at_once",
                "Scores of this phase show at once. Set `publish_at_once: false` in the task's `judging` to decide.",
            )
        )
    entry = acts.made(phase_id, "judgements_published" if published else "judgements_hidden", account, now)
    cases.set_published(phase_id, published, now, audit.along(entry))
    messages.send_judging(phase_id)
    return responses.Published(phase_id, published)


def _judged(
    phase_id: str, check_right: Callable[[Competition | None, Account], Competition], account: Account
) -> tuple[Competition, Phase, JudgingState | None]:
    competition, phase, state = table.read(*places_of_phase(phase_id), JudgingState.at(phase_id))
    competition = check_right(competition, account)
    if phase is None:
        raise NotFound(NO_PHASE)
    if not definition.judgings_of(competition, phase):
        raise NotFound(say("nobody_judges", "Nobody judges the tasks of this phase. Add `judging` below `agon` of a task."))
    return competition, phase, state


def _task(task: str, name: str, setup: Judging, aggregate: Aggregate) -> responses.JudgedTask:
    return responses.JudgedTask(
        task=task,
        name=name,
        kind=setup.kind,
        column=setup.column,
        judgements_per_submission=setup.judgements_per_submission,
        publish_at_once=setup.publish_at_once,
        made=len(aggregate.judgements),
        agreement=aggregation.alphas(setup, aggregate.judgements),
    )


def _submissions(contents: Contents, aggregates: Mapping[str, Aggregate]) -> list[responses.JudgedSubmission]:
    counts = Counter(output for each in aggregates.values() for judgement in each.judgements for output in judgement.outputs)
    ordered = sorted(contents.artifacts.values(), key=lambda one: (one.task, one.submission))
    return [
        responses.JudgedSubmission(
            submission=one.submission,
            participant=one.username,
            task=one.task,
            state=one.state,  # type: ignore[arg-type]
            problem=one.problem or "",
            judgements=counts[one.id],
            score=aggregates[one.task].scores.get(one.id) if one.task in aggregates else None,
        )
        for one in ordered
    ]


def _jurors(jury: Sequence[Juror], contents: Contents) -> list[responses.JurorProgress]:
    """The jury, and those who judged and were removed since."""
    made: dict[str, list[datetime]] = {juror.user: [] for juror in jury}
    names = {juror.user: juror.username for juror in jury}
    for judgement in contents.judgements:
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
