"""Competitions and their phases as stored."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.update import Action

from chalicelib.errors import NotFound, Outdated
from chalicelib.store import table, writes
from chalicelib.store.competitions import settings
from chalicelib.store.competitions.settings import CompetitionSettings, PhaseSettings
from chalicelib.store.leaderboards import boards as leaderboards
from chalicelib.store.library import orphans
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

LISTED = "COMPETITIONS"
OUTDATED = "Somebody has changed this competition since you loaded it. Load its settings again, then repeat your change."


class Competition(table.Item, discriminator="competition"):
    """A competition without its phases. What is JSON is read whole and never searched; definition.py knows it.

    `originals` lists the bundles that it was made from, as uploaded, the newest last: `{import, object_key, manifest, at}`.
    `revision` counts the changes of the competition and its phases: who changes them says which one they saw.
    """

    id = UnicodeAttribute()
    title = UnicodeAttribute()
    description = UnicodeAttribute()
    organizer = UnicodeAttribute()
    organizer_ids = UnicodeSetAttribute()
    published = BooleanAttribute(default=False)
    registration_auto_approve = BooleanAttribute()
    docker_image = UnicodeAttribute()
    participants = NumberAttribute(default=0)
    starts_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    revision = NumberAttribute(default=1)
    originals = JSONAttribute(null=True)
    logo = JSONAttribute(null=True)
    terms = JSONAttribute(null=True)
    assets = JSONAttribute(null=True)
    tasks = JSONAttribute()
    solutions = JSONAttribute(null=True)
    leaderboards = JSONAttribute()
    pages = JSONAttribute()
    options = JSONAttribute()

    @property
    def settings(self) -> CompetitionSettings:
        """What it says for all its phases."""
        return settings.read(CompetitionSettings, self.options)

    @classmethod
    def at(cls, competition: str) -> Place["Competition"]:
        """Where a competition is."""
        return Place(cls, f"COMPETITION#{competition}", "COMPETITION")


class Phase(table.Item, discriminator="phase"):
    """A phase. A limit that is None does not exist. One that submissions go along into is due at its start."""

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    index = NumberAttribute()
    name = UnicodeAttribute()
    description = UnicodeAttribute()
    starts_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute(null=True)
    tasks = JSONAttribute()
    max_submissions_per_day = NumberAttribute(null=True)
    max_submissions = NumberAttribute(null=True)
    execution_time_limit_seconds = NumberAttribute()
    handouts = JSONAttribute(null=True)
    options = JSONAttribute()

    @property
    def settings(self) -> PhaseSettings:
        """What it says beside its dates, tasks and limits of submissions."""
        return settings.read(PhaseSettings, self.options)

    @classmethod
    def at(cls, phase: str) -> Place["Phase"]:
        """Where a phase is."""
        # Beside the competition, so that one query reads both and not one participant.
        return Place(cls, f"COMPETITION#{competition_of(phase)}", f"COMPETITION#PHASE#{phase}")


def competition_of(phase: str) -> str:
    """The competition's id that a phase's id begins with."""
    return phase.partition("-")[0]


def organizer_key(account: str) -> str:
    return f"ORGANIZER#{account}"


def find(competition: str) -> tuple[Competition, list[Phase]]:
    """A competition and its phases in their order, by one query. Raises NotFound."""
    pk, sk = Competition.at(competition)
    items = patiently(lambda: list(table.Item.query(pk, table.Item.sk.startswith(sk), consistent_read=True)))
    found = [item for item in items if isinstance(item, Competition)]
    if not found:
        raise NotFound("There is no such competition. Look at the list of competitions for its id.")
    phases = [item for item in items if isinstance(item, Phase)]
    return found[0], sorted(phases, key=lambda phase: phase.index)


def published(before: str | None, limit: int) -> tuple[list[Competition], str | None]:
    """One page of the published competitions, newest first."""
    return table.newest_listed(Competition, LISTED, before, limit)


def organized_by(account: str, before: str | None, limit: int) -> tuple[list[Competition], str | None]:
    """One page of an organizer's competitions, newest first."""
    return table.newest_owned(Competition, organizer_key(account), before, limit)


def set_published(competition: Competition, published: bool) -> None:
    """Put a competition on the public list, or take it off."""
    where = [Competition.list_pk.set(LISTED), Competition.list_sk.set(competition.id)]
    nowhere = [Competition.list_pk.remove(), Competition.list_sk.remove()]
    writes.update(competition, [Competition.published.set(published), *(where if published else nowhere)])


def rest(phase: Phase) -> None:
    """Take a phase that has begun out of the sweeper's sight, unless its start was moved meanwhile."""
    with suppress(ConditionFailed):
        writes.update(phase, Phase.asleep(), Phase.due_at == phase.due_at)


@dataclass(frozen=True)
class Change:
    """What becomes of a competition: other attributes (None removes one), phases to store and to remove, boards to rebuild.

    `boards` has the ids of the phases whose leaderboards are to be made anew; `made` is what was made for the change, and
    `replaced` what nothing names after it.
    """

    attributes: Mapping[str, Any]
    phases: Sequence[Phase] = ()
    gone: Sequence[Phase] = ()
    boards: Sequence[str] = ()
    made: Orphan | None = None
    replaced: Orphan | None = None


def change(competition: Competition, change: Change, now: datetime) -> None:
    """Change a competition in one transaction. Raises Outdated when somebody else has since it was read."""
    writes.transact(lambda write: changing(write, competition, change, now), otherwise=Outdated(OUTDATED))


def create(competition: Competition, phases: list[Phase], made: Orphan) -> None:
    """Store a new competition and its phases in one transaction, with which what was `made` for it is in use."""

    def compose(write: Transaction) -> None:
        orphans.taking_away(write, made)
        write.save(competition, condition=Competition.pk.does_not_exist())
        for phase in phases:
            write.save(phase)

    writes.transact(compose)


def changing(write: Transaction, competition: Competition, change: Change, now: datetime) -> None:
    """Within a transaction: change a competition, on condition that nobody has since it was read."""
    actions: list[Action] = [Competition.revision.add(1)]
    for name, value in change.attributes.items():
        attribute = getattr(Competition, name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    write.update(competition, actions=actions, condition=Competition.revision == competition.revision)
    for phase in change.phases:
        write.save(phase)
    for phase in change.gone:
        write.delete(phase)
    for phase_id in change.boards:
        leaderboards.counting(write, phase_id, competition.id, now)
    if change.made:
        orphans.taking_away(write, change.made)
    if change.replaced:
        write.save(change.replaced)


def places_of_phase(phase_id: str) -> tuple[Place[Competition], Place[Phase]]:
    """Where a phase's competition and the phase are."""
    return Competition.at(competition_of(phase_id)), Phase.at(phase_id)
