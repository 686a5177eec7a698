"""Judging by people in a phase: who has what before them, and what was decided.

A case is what a juror decides about: one artifact to be marked, or two to be compared. An assignment says which one a juror
has before them. What several may change at once counts its `revision`.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.judging import judging_artifacts
from chalicelib.store.judging.judging_artifacts import JudgingArtifact
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, ConditionFailed, Transaction

#: A rebuild whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=2)
_LOST = say("case_lost", "Somebody else was faster. Ask for the next one.")


class JudgingState(table.Item, discriminator="panel"):
    """A phase's judging. Of its `secret` ids are made that tell nobody whose work they stand for.

    `dirty` means that the scores are being made anew or are to be. `made` and `wanted` count judgements, as of then.
    `reminded_for` is the end of which jurors were mailed.
    """

    phase = UnicodeAttribute()
    secret = UnicodeAttribute(null=True)
    dirty = BooleanAttribute(default=False)
    published = BooleanAttribute(default=False)
    made = NumberAttribute(default=0)
    wanted = NumberAttribute(default=0)
    reminded_for = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, phase: str) -> Place["JudgingState"]:
        """The place of the state of a phase's judging."""
        return Place(cls, _pk(phase), "PANEL")


class Case(table.Item, discriminator="case"):
    """A thing that a juror decides about. It is `wanted` by so many; `holders` have it before them, `judges` have decided.

    `owners` are ids of participants and teams.
    """

    id = UnicodeAttribute()
    phase = UnicodeAttribute()
    task = UnicodeAttribute()
    artifacts = JSONAttribute(attr_name="exhibits")
    owners = UnicodeSetAttribute()
    wanted = NumberAttribute()
    holders = UnicodeSetAttribute(null=True)
    judges = UnicodeSetAttribute(null=True)
    closed = BooleanAttribute(default=False)
    revision = NumberAttribute(default=0)

    @property
    def taken(self) -> frozenset[str]:
        """The jurors who have it or had it."""
        return frozenset(self.holders or ()) | frozenset(self.judges or ())

    @classmethod
    def at(cls, phase: str, case: str) -> Place["Case"]:
        """The place of a case of a phase."""
        return Place(cls, _pk(phase), f"CASE#{case}")


class Judgement(table.Item, discriminator="judgement"):
    """The decision of a juror: `marks` by criterion, or `preferred`, the place of the better artifact (None: equal)."""

    case = UnicodeAttribute()
    phase = UnicodeAttribute()
    task = UnicodeAttribute()
    artifacts = JSONAttribute(attr_name="exhibits")
    juror = UnicodeAttribute()
    username = UnicodeAttribute()
    marks = JSONAttribute(null=True)
    preferred = NumberAttribute(null=True)
    comment = UnicodeAttribute(null=True)
    made_at = UTCDateTimeAttribute()
    changed_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, phase: str, case: str, juror: str) -> Place["Judgement"]:
        """The place of a juror's judgement of a case."""
        return Place(cls, _pk(phase), f"JUDGEMENT#{case}#{juror}")


class Assignment(table.Item, discriminator="desk"):
    """The work that a juror has in a phase: the `case` before them until `due_at`, and those that they are `done` with.

    Done is also what they have passed over.
    """

    phase = UnicodeAttribute()
    juror = UnicodeAttribute()
    case = UnicodeAttribute(null=True)
    done = UnicodeSetAttribute(null=True)

    @classmethod
    def at(cls, phase: str, juror: str) -> Place["Assignment"]:
        """The place of the assignment of a juror in a phase."""
        return Place(cls, _pk(phase), f"DESK#{juror}")


@dataclass
class Contents:
    """The whole that jurors of a phase see and decide about, and what they decided."""

    artifacts: dict[str, JudgingArtifact] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)


def judgements_key(phase: str, juror: str) -> str:
    return f"JUDGEMENTS#{juror}#PHASE#{phase}"


def open_cases(phase: str, limit: int) -> list[Case]:
    """Cases that wait for jurors, those with the fewest first."""
    return patiently(lambda: list(Case.listed.query(_cases_list(phase), limit=limit)))


def of_juror(phase: str, juror: str, before: str | None, limit: int) -> tuple[list[Judgement], str | None]:
    """One page of a juror's judgements in a phase, newest first."""
    return table.newest_owned(Judgement, judgements_key(phase, juror), before, limit)


def rename_juror(judgement: Judgement, username: str) -> None:
    """Call who made a judgement otherwise."""
    writes.update_if(judgement, [Judgement.username.set(username)], Judgement.pk.exists())


def contents(phase: str) -> Contents:
    """The contents of a phase's judging, consistently: one query, for rebuilds and organizers."""
    table.know_every_model()
    contents = Contents()
    for item in patiently(lambda: list(table.Item.query(_pk(phase), consistent_read=True))):
        if isinstance(item, JudgingArtifact):
            contents.artifacts[item.id] = item
        elif isinstance(item, Case):
            contents.cases[item.id] = item
        elif isinstance(item, Judgement):
            contents.judgements.append(item)
    return contents


def give(case: Case, assignment: Assignment, until: datetime) -> None:
    """Put a case before a juror. Raises Conflict when somebody else has changed it or the assignment meanwhile."""

    def compose(write: Transaction) -> None:
        taken = case.taken | {assignment.juror}
        _change_case(write, case, taken, [Case.holders.add({assignment.juror})])
        _assign(write, assignment, case.id, until)

    writes.transact(compose, otherwise=Conflict(_LOST))


def give_pair(case: Case, pair: Sequence[JudgingArtifact], assignment: Assignment, until: datetime) -> None:
    """Put a new pair before a juror. Raises Conflict when it exists or something changed meanwhile."""
    case.holders = {assignment.juror}
    if len(case.taken) < case.wanted:
        case.list_pk, case.list_sk = _cases_list(case.phase), _cases_place(case, len(case.taken))

    def compose(write: Transaction) -> None:
        write.save(case, condition=Case.pk.does_not_exist())
        for one, other in (pair, pair[::-1]):
            judging_artifacts.pairing(write, one, other, int(case.wanted))
        _assign(write, assignment, case.id, until)

    writes.transact(compose, otherwise=Conflict(_LOST))


def decide(judgement: Judgement, case: Case, assignment: Assignment, now: datetime) -> None:
    """Keep a juror's first judgement of a case. Raises Conflict when there is one or the case changed meanwhile."""

    def compose(write: Transaction) -> None:
        write.save(judgement, condition=Judgement.pk.does_not_exist())
        taken = case.taken | {assignment.juror}
        _change_case(write, case, taken, [Case.judges.add({assignment.juror}), Case.holders.delete({assignment.juror})])
        _leave(write, assignment, case.id)
        marking_dirty(write, case.phase, now)

    writes.transact(compose, otherwise=Conflict(_LOST))


def decide_again(judgement: Judgement, now: datetime) -> None:
    """Keep what a juror thinks now. Raises Conflict when there was no judgement."""

    def compose(write: Transaction) -> None:
        write.save(judgement, condition=Judgement.pk.exists())
        marking_dirty(write, judgement.phase, now)

    writes.transact(compose, otherwise=Conflict(_LOST))


def pass_over(case: Case, assignment: Assignment) -> None:
    """Take a case from a juror for good. Raises Conflict when something changed meanwhile."""

    def compose(write: Transaction) -> None:
        _change_case(write, case, case.taken - {assignment.juror}, [Case.holders.delete({assignment.juror})])
        _leave(write, assignment, case.id)

    writes.transact(compose, otherwise=Conflict(_LOST))


def keep(assignment: Assignment, until: datetime) -> None:
    """Leave a case before a juror for longer. Does nothing when it was taken back."""
    writes.update_if(assignment, Assignment.waking_at(until), Assignment.case == assignment.case)


def take_back(case: Case | None, assignment: Assignment) -> None:
    """A juror did not decide in time: the case is free for others. Raises Conflict when they did after all."""

    def compose(write: Transaction) -> None:
        if case is not None:
            _change_case(write, case, case.taken - {assignment.juror}, [Case.holders.delete({assignment.juror})])
        condition = (Assignment.case == assignment.case) & (Assignment.due_at == assignment.due_at)
        write.update(assignment, actions=[Assignment.case.remove(), *Assignment.asleep()], condition=condition)

    writes.transact(compose, otherwise=Conflict(_LOST))


def admit(artifact: JudgingArtifact, files: list[dict[str, Any]], case: Case | None) -> None:
    """An artifact can be looked at, and marked when `case` is given. Does nothing when another function was faster."""
    if case is not None:
        case.list_pk, case.list_sk = _cases_list(case.phase), _cases_place(case, 0)

    def compose(write: Transaction) -> None:
        judging_artifacts.admitting(write, artifact, files, is_compared=case is None)
        if case is not None:
            write.save(case)

    with suppress(ConditionFailed):
        writes.transact(compose)


def adjust(case: Case, judges: frozenset[str], wanted: int, closed: bool) -> None:
    """Have a case say who has judged it, by how many it is wanted, and whether nobody is to judge it any more.

    Does nothing when somebody has just judged it: that asks for another rebuild.
    """
    case.closed, case.wanted = closed, wanted
    taken = judges | frozenset(case.holders or ())
    actions: list[Action] = [Case.closed.set(closed), Case.wanted.set(wanted)]
    actions.append(Case.judges.set(set(judges)) if judges else Case.judges.remove())
    with suppress(ConditionFailed):
        writes.transact(lambda write: _change_case(write, case, taken, actions))


def marking_dirty(write: Transaction, phase: str, now: datetime) -> None:
    """Within a transaction: ask for the scores to be made anew."""
    write.update(JudgingState(*JudgingState.at(phase)), actions=_dirty(phase, now))


def mark_dirty(phase: str, now: datetime) -> None:
    """Ask for the scores to be made anew."""
    writes.update(JudgingState(*JudgingState.at(phase)), _dirty(phase, now))


def set_published(phase: str, published: bool, now: datetime, besides: Composer) -> None:
    """Ask for the scores to be made anew, and to be shown or hidden; with what goes `besides`."""
    actions = [*_dirty(phase, now), JudgingState.published.set(published)]

    def compose(write: Transaction) -> None:
        write.update(JudgingState(*JudgingState.at(phase)), actions=actions)
        besides(write)

    writes.transact(compose)


def clear_dirty(phase: str, secret: str) -> JudgingState | None:
    """Take the mark off, before anything is read, so that no change is lost. None when it was off already.

    A state that has no secret yet gets `secret`.
    """
    state = JudgingState(*JudgingState.at(phase))
    actions = [JudgingState.dirty.set(False), JudgingState.secret.set(JudgingState.secret | secret)]
    return state if writes.update_if(state, actions, JudgingState.dirty == True) else None  # noqa: E712


def note_reminder(state: JudgingState, ends_at: datetime) -> None:
    """Jurors have been mailed that judging ends then."""
    writes.update(state, [JudgingState.reminded_for.set(ends_at)])


def rest(state: JudgingState, made: int, wanted: int, wake_at: datetime | None) -> None:
    """Tell how far the jury is; and sleep until `wake_at`, unless there is something to do again."""
    writes.update(state, [JudgingState.made.set(made), JudgingState.wanted.set(wanted)])
    sleeping = JudgingState.waking_at(wake_at) if wake_at else JudgingState.asleep()
    writes.update_if(state, sleeping, JudgingState.dirty == False)  # noqa: E712


def _pk(phase: str) -> str:
    return f"JUDGING#{phase}"


def _cases_list(phase: str) -> str:
    return f"CASES#{phase}"


def _cases_place(case: Case, taken: int) -> str:
    return f"{taken:03}#{case.id}"


def _dirty(phase: str, now: datetime) -> list[Action]:
    return [
        JudgingState.kind.set(JudgingState),
        JudgingState.phase.set(phase),
        JudgingState.dirty.set(True),
        *JudgingState.waking_at(now + OVERDUE),
    ]


def _change_case(write: Transaction, case: Case, taken: frozenset[str], actions: list[Action]) -> None:
    """Within a transaction: change a case, which is listed as long as it is wanted by more than have it or had it."""
    listing: list[Action] = [Case.list_pk.remove(), Case.list_sk.remove()]
    if not case.closed and len(taken) < case.wanted:
        listing = [Case.list_pk.set(_cases_list(case.phase)), Case.list_sk.set(_cases_place(case, len(taken)))]
    write.update(case, actions=[*actions, Case.revision.add(1), *listing], condition=Case.revision == case.revision)


def _assign(write: Transaction, assignment: Assignment, case: str, until: datetime) -> None:
    actions = [*_identity(assignment), Assignment.case.set(case), *Assignment.waking_at(until)]
    write.update(assignment, actions=actions, condition=Assignment.case.does_not_exist())


def _leave(write: Transaction, assignment: Assignment, case: str) -> None:
    actions = [*_identity(assignment), Assignment.done.add({case})]
    if assignment.case == case:
        write.update(
            assignment, actions=[*actions, Assignment.case.remove(), *Assignment.asleep()], condition=Assignment.case == case
        )
    else:
        write.update(assignment, actions=actions)


def _identity(assignment: Assignment) -> list[Action]:
    return [Assignment.kind.set(Assignment), Assignment.phase.set(assignment.phase), Assignment.juror.set(assignment.juror)]
