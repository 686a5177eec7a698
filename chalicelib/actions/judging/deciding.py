"""The verbs of a juror: get the next case, decide about it, pass it over, look at what they decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import ids, responses, settings, telemetry
from chalicelib.actions.competitions.permissions import NO_PHASE, check_visible
from chalicelib.aws import messages, object_keys, objects
from chalicelib.domain.bundle import model
from chalicelib.domain.bundle.model import Judging
from chalicelib.domain.judging import artifact_files, assignment
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotAllowed, NotFound, say
from chalicelib.requests import Judge
from chalicelib.store import table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase, places_of_phase
from chalicelib.store.judging import cases, judging_artifacts, jurors
from chalicelib.store.judging.cases import Assignment, Case, Judgement, JudgingState
from chalicelib.store.judging.judging_artifacts import JudgingArtifact
from chalicelib.store.judging.jurors import Juror
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.table import Found, Place

PAGE_SIZE = 100
URL_SECONDS = 3600
#: Of what waits for jurors, so many are looked at, beyond those that this juror is done with.
WINDOW = 50
#: How many cases are tried when other jurors are faster.
TRIES = 5
_NO_CASE = say("no_case", "There is no such case. Ask for the next one.")
_SIDES = ("first", "second")


@dataclass(frozen=True)
class JurorContext:
    """A juror in a phase: all that deciding what they may do needs."""

    phase: Phase
    described: model.Phase
    tasks: Mapping[str, Judging]
    names: Mapping[str, str]
    state: JudgingState
    assignment: Assignment
    juror: str
    username: str
    team: str | None

    def is_own(self, case: Case) -> bool:
        """True for what is the juror's own, or their team's."""
        return not case.owners.isdisjoint({self.juror, self.team})

    def check_open(self, now: datetime) -> None:
        """Raise Conflict unless jurors may judge now."""
        assignment.check_open(self.phase.name, self.described.judging_start, self.described.judging_end, now)


def take_next(phase_id: str, account: Account, now: datetime) -> responses.NextCase:
    """The case that the juror is to decide about next, kept for them for a while: five calls at most, more when
    others are faster.

    Raises NotFound, NotAllowed for who is no juror, Conflict while judging is not open.
    """
    context, _ = _context(phase_id, account)
    context.check_open(now)
    case = _held(context, now) or _taken(context, now) or _paired(context, now)
    return responses.NextCase(
        case=case,
        done=len(context.assignment.done or ()),
        made=int(context.state.made),
        wanted=int(context.state.wanted),
        ends_at=context.described.judging_end,
    )


def show(case_id: str, account: Account) -> responses.Case:
    """A case that the juror was given, with their judgement: two calls. Raises NotFound, NotAllowed."""
    context, case, judgement = _given(case_id, account)
    return _answer(context, case, judgement)


def decide(case_id: str, body: Judge, account: Account, now: datetime) -> responses.Judgement:
    """Keep a juror's decision, or another one in its place: three calls, two when the scores are to be made anew already.

    Raises NotFound, NotAllowed, Conflict while judging is not open, Invalid with a complaint for each wrong mark.
    """
    context, case, former = _given(case_id, account)
    context.check_open(now)
    decided = _decided(context, case, body)
    if former is None:
        judgement = _judgement(context, case, now, **decided)
        cases.decide(judgement, case, context.assignment, now)
    else:
        judgement = former
        judgement.marks, judgement.preferred, judgement.comment = decided["marks"], decided["preferred"], decided["comment"]
        judgement.changed_at = now
        cases.decide_again(judgement, now)
    if not context.state.dirty:
        messages.send_judging(context.phase.id)
    telemetry.count("JudgementMade")
    return _own(judgement)


def pass_over(case_id: str, account: Account, now: datetime) -> responses.Empty:
    """Leave a case to others, for good. Raises NotFound, NotAllowed, Conflict for one that was judged."""
    context, case, former = _given(case_id, account)
    context.check_open(now)
    if former is not None:
        raise Conflict(say("judged_already", "You have judged this. Change your judgement instead."))
    cases.pass_over(case, context.assignment)
    return responses.Empty()


def list_mine(phase_id: str, account: Account, before: str | None) -> responses.Judgements:
    """One page of the juror's judgements: two calls. Raises NotFound, NotAllowed."""
    _context(phase_id, account)
    page, following = cases.of_juror(phase_id, account.id, before, PAGE_SIZE)
    return responses.Judgements([_own(judgement) for judgement in page], following)


def _context(phase_id: str, account: Account, *more: Place[Any]) -> tuple[JurorContext, Found]:
    """The juror in the phase, and what else was to be read, by one call. Raises NotFound, NotAllowed."""
    competition_id = competitions.competition_of(phase_id)
    competition_at, phase_at = places_of_phase(phase_id)
    juror_at, membership_at = Juror.at(competition_id, account.id), Participant.at(competition_id, account.id)
    state_at, assignment_at = JudgingState.at(phase_id), Assignment.at(phase_id, account.id)
    found = table.read_all((competition_at, phase_at, juror_at, membership_at, state_at, assignment_at, *more))
    competition, phase = found.get(competition_at), found.get(phase_at)
    _check_juror(competition, found.get(juror_at), account)
    if competition is None or phase is None:
        raise NotFound(NO_PHASE)
    tasks = definition.judgings_of(competition, phase)
    context = JurorContext(
        phase=phase,
        described=definition.phase_of(phase),
        tasks=tasks,
        names={task: str(competition.tasks[task]["name"]) for task in tasks},
        state=found.get(state_at) or JudgingState(*state_at, phase=phase_id),
        assignment=found.get(assignment_at) or Assignment(*assignment_at, phase=phase_id, juror=account.id),
        juror=account.id,
        username=account.username,
        team=participants.team_of(found.get(membership_at)),
    )
    return context, found


def _check_juror(competition: Competition | None, juror: Juror | None, account: Account) -> None:
    if juror is None:
        check_visible(competition, account)
        raise NotAllowed(say("no_juror", "You are not on the jury of this competition. Its organizers can invite you."))
    if juror.status != jurors.ACTIVE:
        raise NotAllowed(say("juror_no_more", "The organizers have ended your part in this jury."))


def _given(case_id: str, account: Account) -> tuple[JurorContext, Case, Judgement | None]:
    """A case of the juror's, by one call. Its id tells nothing and cannot be guessed. Raises NotFound, NotAllowed."""
    phase_id, _, id_ = case_id.rpartition("-")
    case_at, judgement_at = Case.at(phase_id, id_), Judgement.at(phase_id, id_, account.id)
    context, found = _context(phase_id, account, case_at, judgement_at)
    case, judgement = found.get(case_at), found.get(judgement_at)
    if case is None or context.is_own(case) or case.task not in context.tasks:
        raise NotFound(_NO_CASE)
    if case.closed and judgement is None:
        raise NotFound(say("case_over", "What this was about is not to be judged any more. Ask for the next one."))
    return context, case, judgement


def _held(context: JurorContext, now: datetime) -> responses.Case | None:
    """What the juror has before them already. It stays theirs for as long again."""
    if not context.assignment.case:
        return None
    (case,) = table.read(Case.at(context.phase.id, context.assignment.case))
    if case is None or case.closed or context.is_own(case):
        cases.take_back(case, context.assignment)
        context.assignment.case = None
        return None
    cases.keep(context.assignment, now + assignment.HOLD)
    return _answer(context, case, None, now + assignment.HOLD)


def _taken(context: JurorContext, now: datetime) -> responses.Case | None:
    """One of the cases that wait, the best that nobody else takes at this moment."""
    done = context.assignment.done or set()
    waiting = {case.id: case for case in cases.open_cases(context.phase.id, len(done) + WINDOW)}
    candidates = [assignment.Candidate(one.id, frozenset(one.owners), len(one.taken)) for one in waiting.values()]
    for choice in assignment.next_of(candidates, context.juror, done, context.team)[:TRIES]:
        case = waiting[choice.id]
        if context.juror in case.taken or case.task not in context.tasks:
            continue
        try:
            cases.give(case, context.assignment, now + assignment.HOLD)
        except Conflict:
            continue
        return _answer(context, case, None, now + assignment.HOLD)
    return None


def _paired(context: JurorContext, now: datetime) -> responses.Case | None:
    """A new pair of artifacts to be compared, when there are some that stand in too few comparisons."""
    if not any(setup.kind == "pairwise" for setup in context.tasks.values()) or not context.state.secret:
        return None
    listed = {one.id: one for one in judging_artifacts.to_compare(context.phase.id, 4 * WINDOW)}
    for pair in list(_pairs(context, listed))[:TRIES]:
        case = _case_of(context, pair)
        try:
            cases.give_pair(case, pair, context.assignment, now + assignment.HOLD)
        except Conflict:
            continue
        return _answer(context, case, None, now + assignment.HOLD)
    return None


def _pairs(
    context: JurorContext, listed: Mapping[str, JudgingArtifact]
) -> Iterator[tuple[JudgingArtifact, JudgingArtifact]]:
    """Each artifact that needs more comparisons, with the one that it had best be compared with."""
    candidates = [assignment.Candidate(one.id, one.owners, int(one.given)) for one in listed.values()]
    for choice in assignment.next_of(candidates, context.juror, (), context.team):
        first = listed[choice.id]
        setup = context.tasks.get(first.task)
        if setup is None or first.given >= setup.judgements_per_submission:
            continue
        others = [
            one for one in candidates if one.id not in {first.id, *(first.met or ())} and listed[one.id].task == first.task
        ]
        for other in assignment.next_of(others, context.juror, (), context.team)[:1]:
            yield first, listed[other.id]


def _case_of(context: JurorContext, pair: Sequence[JudgingArtifact]) -> Case:
    names = sorted(one.id for one in pair)
    id_ = ids.sealed(str(context.state.secret), " ".join(names))
    return Case(
        *Case.at(context.phase.id, id_),
        id=id_,
        phase=context.phase.id,
        task=pair[0].task,
        artifacts=names,
        owners={owner for one in pair for owner in one.owners},
        wanted=assignment.pairs_wanted(context.tasks[pair[0].task].judgements_per_submission),
    )


def _decided(context: JurorContext, case: Case, body: Judge) -> dict[str, Any]:
    """What is stored of a decision. Raises Invalid."""
    setup = context.tasks[case.task]
    if setup.kind == "rubric":
        assignment.check_marks(setup.criteria, body.marks)
        if body.preferred is not None:
            raise Invalid(
                say("give_marks", "Here one gives marks."),
                [Complaint("preferred", say("one_output_only", "Leave it out: there is one output only."))],
            )
        return {"marks": dict(body.marks), "preferred": None, "comment": body.comment or None}
    if body.preferred is None or body.marks:
        raise Invalid(
            say("compare_here", "Here one compares."),
            [Complaint("preferred", say("comparison_shape", "Write first, second or equal, and no marks."))],
        )
    preferred = None if body.preferred == "equal" else _order(case, context.juror)[_SIDES.index(body.preferred)]
    return {"marks": None, "preferred": preferred, "comment": body.comment or None}


def _judgement(context: JurorContext, case: Case, now: datetime, **decided: Any) -> Judgement:
    return Judgement(
        *Judgement.at(case.phase, case.id, context.juror),
        case=case.id,
        phase=case.phase,
        task=case.task,
        artifacts=case.artifacts,
        juror=context.juror,
        username=context.username,
        made_at=now,
        changed_at=now,
        owner_pk=cases.judgements_key(case.phase, context.juror),
        owner_sk=ids.new(now),
        **decided,
    )


def _order(case: Case, juror: str) -> list[int]:
    """The places of a case's artifacts as this juror sees them."""
    return assignment.shown(juror, case.id, range(len(case.artifacts)))


def _answer(context: JurorContext, case: Case, judgement: Judgement | None, until: datetime | None = None) -> responses.Case:
    setup = context.tasks[case.task]
    places = [JudgingArtifact.at(case.phase, case.artifacts[at]) for at in _order(case, context.juror)]
    found = table.read_all(places)
    return responses.Case(
        id=f"{case.phase}-{case.id}",
        phase=case.phase,
        task=context.names[case.task],
        kind=setup.kind,
        guidelines=setup.guidelines,
        criteria=[
            responses.Criterion(one.key, one.title, one.description, *one.scale, one.weight) for one in setup.criteria
        ],
        outputs=[_output(found.get(place)) for place in places],
        judgement=_own(judgement) if judgement else None,
        held_until=until,
    )


def _output(artifact: JudgingArtifact | None) -> responses.Output:
    if artifact is None:
        return responses.Output([])
    return responses.Output([_file(artifact, number, one) for number, one in enumerate(artifact.files or [])])


def _file(artifact: JudgingArtifact, number: int, file: Mapping[str, Any]) -> responses.ShownFile:
    name, bucket = file["name"], settings.get().runs_bucket
    key = object_keys.judging_artifact(artifact.phase, artifact.id, number)
    kind, content_type = artifact_files.kind_of(name), artifact_files.content_type_of(name)
    if not file["is_kept"]:
        url = None
    elif kind in ("text", "html"):
        url = objects.view_url(bucket, key, content_type, URL_SECONDS)
    else:
        url = objects.get_url(bucket, key, name, URL_SECONDS, content_type if kind == "image" else None)
    return responses.ShownFile(name, kind, file["size_bytes"], url)


def _own(judgement: Judgement) -> responses.Judgement:
    return responses.Judgement(
        case=f"{judgement.phase}-{judgement.case}",
        marks=judgement.marks or {},
        preferred=_preferred(judgement),
        comment=judgement.comment or "",
        made_at=judgement.made_at,
        changed_at=judgement.changed_at,
    )


def _preferred(judgement: Judgement) -> Any:
    if len(judgement.artifacts) < 2:
        return None
    if judgement.preferred is None:
        return "equal"
    order = assignment.shown(judgement.juror, judgement.case, range(2))
    return _SIDES[order.index(int(judgement.preferred))]
