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

from chalicelib.domain.bundle import group
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.competitions.phases import next_change
from chalicelib.domain.events import kinds
from chalicelib.domain.events.kinds import EventKind
from chalicelib.errors import NotFound, Outdated, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background.phase_jobs import PhaseJob
from chalicelib.store.competitions import own_files, settings, slugs
from chalicelib.store.competitions.settings import CompetitionSettings, PhaseSettings
from chalicelib.store.discovery import changes as catalogue_changes
from chalicelib.store.leaderboards import boards as leaderboards
from chalicelib.store.library import orphans
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

REMOVED = say("competition_removed", "The competition was removed meanwhile.")
NOWHERE = say("no_competition", "There is no such competition. Look at the list of competitions for its id or its slug.")
_ORGANIZER = "ORGANIZER#"
OUTDATED = say(
    "settings_outdated",
    "Somebody has changed this competition since you loaded it. Load its settings again, then repeat your change.",
)
_OUTDATED_OR_TAKEN = say(
    "settings_outdated_or_slug_taken",
    "Somebody has changed this competition since you loaded it, or has taken its new slug at this moment. "
    "Load its settings again, then repeat your change.",
)


class Competition(table.Item, discriminator="competition"):
    """A competition without its phases. What is JSON is read whole and never searched; definition.py knows it.

    `originals` lists the bundles that it was made from, as uploaded, the newest last: `{import, object_key, manifest, at}`.
    `revision` counts the changes of the competition and its phases: who changes them says which one they saw.
    `terms_version` counts the changes of the terms; without one it is the first. `asked_events` are the kinds of events that
    somebody asked for here; `webhook_changes` counts the changes of its webhooks, of which these follow.
    `slug` is its name in addresses; one without a shape may have none, until it is looked at or migrated (ADR 48). Those of
    `former_slugs` lead to it too. `organizer` is the name of its owner, who is one of the `organizer_ids`; `viewer_ids` are
    those who see what they see.
    `link_digest` is of the secret link that opens it to who has that while it is a draft.
    `published_at` is when it was published first. Administrators have it `featured`. `waiting_since` says that it is to be
    published when they approve that, `refusal` why they did not.
    """

    shape = NumberAttribute(attr_name="v", null=True, default_for_new=1)
    id = UnicodeAttribute()
    slug = UnicodeAttribute(null=True)
    former_slugs = UnicodeSetAttribute(null=True)
    title = UnicodeAttribute()
    description = UnicodeAttribute()
    organizer = UnicodeAttribute()
    organizer_ids = UnicodeSetAttribute()
    viewer_ids = UnicodeSetAttribute(null=True)
    link_digest = UnicodeAttribute(null=True)
    link_made_at = UTCDateTimeAttribute(null=True)
    published = BooleanAttribute(default=False)
    registration_auto_approve = BooleanAttribute()
    docker_image = UnicodeAttribute()
    participants = NumberAttribute(default=0)
    #: Set once a submission came from another site.
    brought = BooleanAttribute(null=True)
    starts_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    published_at = UTCDateTimeAttribute(null=True)
    featured = BooleanAttribute(null=True)
    waiting_since = UTCDateTimeAttribute(null=True)
    refusal = UnicodeAttribute(null=True)
    revision = NumberAttribute(default=1)
    originals = JSONAttribute(null=True)
    logo = JSONAttribute(null=True)
    terms = JSONAttribute(null=True)
    terms_version = NumberAttribute(null=True)
    assets = JSONAttribute(null=True)
    tasks = JSONAttribute()
    solutions = JSONAttribute(null=True)
    leaderboards = JSONAttribute()
    pages = JSONAttribute()
    asked_events = UnicodeSetAttribute(null=True)
    webhook_changes = NumberAttribute(null=True)
    options = JSONAttribute()

    @property
    def called(self) -> str:
        """The word that stands for it in addresses and commands: its slug, and its id as long as it has none."""
        return str(self.slug or self.id)

    @property
    def owner(self) -> str:
        """The id of the account that it is, of those who may change it."""
        return str(self.owner_pk or "").removeprefix(_ORGANIZER)

    @property
    def version_of_terms(self) -> int:
        """The version of the terms that hold, from 1. Whoever accepted others is asked again."""
        return int(self.terms_version or 1)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of participants that it has."""
        return tuple(group.of_stored(one) for one in self.settings.groups)

    @property
    def settings(self) -> CompetitionSettings:
        """The settings for all its phases."""
        return settings.of(self, self.options, CompetitionSettings)

    def wants(self, kind: EventKind) -> bool:
        """True when events of this kind are to be written down, because somebody listens."""
        return kinds.is_wanted(kind, self.asked_events)

    @property
    def watches_the_clock(self) -> bool:
        """True when somebody wants to know when its phases begin or end."""
        return any(map(self.wants, kinds.OF_TIME))

    @classmethod
    def at(cls, competition: str) -> Place["Competition"]:
        """The place of a competition."""
        return Place(cls, f"COMPETITION#{competition}", "COMPETITION")


class Phase(table.Item, discriminator="phase"):
    """A phase. A limit that is None does not exist.

    One that submissions go along into is due at its start; where somebody wants to know of it, or people choose what counts,
    also at its end.
    """

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
        """The settings beside its dates, tasks and limits of submissions."""
        return settings.of(self, self.options, PhaseSettings)

    @classmethod
    def at(cls, phase: str) -> Place["Phase"]:
        """The place of a phase."""
        # Beside the competition, so that one query reads both and not one participant.
        return Place(cls, f"COMPETITION#{competition_of(phase)}", f"COMPETITION#PHASE#{phase}")


def competition_of(phase: str) -> str:
    """The competition's id that a phase's id begins with."""
    return phase.partition("-")[0]


def organizer_key(account: str) -> str:
    """Under which everything is listed that an account runs."""
    return f"{_ORGANIZER}{account}"


def find(competition: str) -> tuple[Competition, list[Phase]]:
    """A competition and its phases in their order, by one query. Raises NotFound."""
    pk, sk = Competition.at(competition)
    items = patiently(lambda: list(table.Item.query(pk, table.Item.sk.startswith(sk), consistent_read=True)))
    found = [item for item in items if isinstance(item, Competition)]
    if not found:
        raise NotFound(NOWHERE)
    phases = [item for item in items if isinstance(item, Phase)]
    return found[0], sorted(phases, key=lambda phase: phase.index)


def set_link(competition: Competition, digest: str | None, entry: AuditEntry, now: datetime) -> None:
    """Have another secret link open a draft, or none, and record that."""
    digests, times = Competition.link_digest, Competition.link_made_at
    actions: list[Action] = [digests.remove(), times.remove()]
    if digest is not None:
        actions = [digests.set(digest), times.set(now)]

    def compose(write: Transaction) -> None:
        write.update(competition, actions=actions)
        audit.recording(write, entry)

    writes.transact(compose)


def rest(phase: Phase, until: datetime | None = None) -> None:
    """Take a phase out of the sweeper's sight, for good or `until` then, unless it was changed meanwhile."""
    with suppress(ConditionFailed):
        writes.update(phase, Phase.waking_at(until) if until else Phase.asleep(), Phase.due_at == phase.due_at)


def wind(phases: Sequence[Phase], now: datetime) -> None:
    """Have the sweeper look at phases when they begin or end next. Those that it looks at already stay as they are."""
    for phase in phases:
        if phase.due_at is None and (until := next_change(phase.starts_at, phase.ends_at, now)) is not None:
            writes.update_if(phase, Phase.waking_at(until), Phase.pk.exists() & Phase.due_at.does_not_exist())


@dataclass(frozen=True)
class Change:
    """The change of a competition: other attributes (None removes one), phases to store and to remove, boards to rebuild.

    `boards` has the ids of the phases whose leaderboards are to be made anew, `jobs` those that place who is on them; `made`
    is what was made for the change, and `replaced` what nothing names after it.
    """

    attributes: Mapping[str, Any]
    phases: Sequence[Phase] = ()
    gone: Sequence[Phase] = ()
    boards: Sequence[str] = ()
    jobs: Sequence[PhaseJob] = ()
    made: Orphan | None = None
    replaced: Orphan | None = None


def change(competition: Competition, change: Change, entry: AuditEntry, now: datetime) -> None:
    """Change a competition, with the record of it. Raises Outdated when somebody came first, or has its new slug."""
    message = _OUTDATED_OR_TAKEN if "slug" in change.attributes else OUTDATED

    def compose(write: Transaction) -> None:
        changing(write, competition, change, now)
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Outdated(message))


def create(competition: Competition, phases: list[Phase], besides: Composer) -> None:
    """Store a new competition, its slug and phases, and what goes `besides`. Raises ConditionFailed for a taken slug."""

    def compose(write: Transaction) -> None:
        write.save(competition, condition=Competition.pk.does_not_exist())
        slugs.taking(write, competition.slug, competition.id, competition.created_at)
        for phase in wound(competition, phases, competition.created_at):
            write.save(phase)
        own_files.counting(write, competition, {})
        besides(write)

    writes.transact(compose)


def give_slug(competition: Competition, slug: str, now: datetime) -> None:
    """Give a slug to a competition of a former build. Raises ConditionFailed when it has one, or the slug is taken."""

    def compose(write: Transaction) -> None:
        slugs.taking(write, slug, competition.id, now)
        actions: list[Action] = [Competition.slug.set(slug), Competition.shape.set(1)]
        write.update(competition, actions=actions, condition=Competition.slug.does_not_exist())

    writes.transact(compose)
    competition.slug = slug


def note_slug(competition: Competition) -> bool:
    """Give the shape of one that has a slug to a competition of a former build. False when it has none, or is gone."""
    return writes.update_if(competition, [Competition.shape.set(1)], Competition.slug.exists())


def changing(write: Transaction, competition: Competition, change: Change, now: datetime) -> None:
    """Within a transaction: change a competition, on condition that nobody has since it was read."""
    actions: list[Action] = [Competition.revision.add(1)]
    for name, value in change.attributes.items():
        attribute = getattr(Competition, name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    if (slug := change.attributes.get("slug")) not in (None, competition.slug):
        slugs.taking(write, slug, competition.id, now)
        actions += _renaming(competition, slug)
    if "terms" in change.attributes and own_files.content_of(change.attributes["terms"]) != own_files.content_of(
        competition.terms
    ):
        actions.append(Competition.terms_version.set(competition.version_of_terms + 1))
    write.update(competition, actions=actions, condition=Competition.revision == competition.revision)
    for phase in wound(competition, change.phases, now):
        write.save(phase)
    for phase in change.gone:
        write.delete(phase)
    for phase_id in change.boards:
        leaderboards.counting(write, phase_id, competition.id, now)
    for job in change.jobs:
        write.save(job, condition=PhaseJob.pk.does_not_exist())
    if change.made:
        orphans.taking_away(write, change.made)
    if change.replaced:
        write.save(change.replaced)
    own_files.counting(write, competition, change.attributes, competition)
    # Drafts too: this one may be published meanwhile.
    catalogue_changes.noting(write, competition.id, now)


def _renaming(competition: Competition, slug: str) -> list[Action]:
    """Its former slug goes on leading to it; one that it had before and has again is no former one any more."""
    former = {*(competition.former_slugs or ()), *([competition.slug] if competition.slug else [])} - {slug}
    return [Competition.former_slugs.set(former) if former else Competition.former_slugs.remove()]


def wound(competition: Competition, phases: Sequence[Phase], now: datetime) -> Sequence[Phase]:
    """Phases before they are stored: due at their next change, where somebody wants to know or people choose what counts."""
    for phase in phases:
        is_watched = competition.watches_the_clock or phase.settings.final_selection is not None
        until = next_change(phase.starts_at, phase.ends_at, now) if is_watched else None
        if until is not None and phase.due_at is None:
            phase.wake_at(until)
    return phases


def places_of_phase(phase_id: str) -> tuple[Place[Competition], Place[Phase]]:
    """The places of a phase's competition and of the phase."""
    return Competition.at(competition_of(phase_id)), Phase.at(phase_id)
