"""The clock of phases: what their beginning and their end bring about."""

from datetime import datetime, timedelta

from chalicelib import ids
from chalicelib.actions.events import outbox
from chalicelib.actions.leaderboards import reordering
from chalicelib.actions.submissions import migration
from chalicelib.domain.competitions import phases
from chalicelib.domain.events.kinds import EventKind
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.events import events

#: A beginning or an end is told for so long, should the sweeper be late. What is older has been told, or is no news.
NEWS = timedelta(days=1)


def strike(phase: Phase, now: datetime) -> None:
    """Have submissions go along into a due phase that has begun, and count those that were chosen when it is over; tell what
    its time has brought, and wait on.

    What was told already is not told again, however often its phase is changed.
    """
    if phase.settings.auto_migrate_to_this_phase and phase.starts_at <= now:
        migration.begin(phase, now)
    chooses = phase.settings.final_selection is not None
    if chooses and phase.ends_at is not None and phase.ends_at <= now:
        reordering.begin_at_end(phase, now)
    (competition,) = table.read(Competition.at(phase.competition))
    if competition is None or not (chooses or competition.watches_the_clock):
        competitions.rest(phase)
        return
    passed = {
        EventKind.PHASE_STARTED: phase.starts_at,
        EventKind.PHASE_ENDING: phases.ends_soon_at(phase.starts_at, phase.ends_at),
        EventKind.PHASE_ENDED: phase.ends_at,
    }
    for kind, at in passed.items():
        if at is not None and now - NEWS < at <= now and competition.wants(kind):
            _tell(phase, kind, at)
    competitions.rest(phase, phases.next_change(phase.starts_at, phase.ends_at, now))


def _tell(phase: Phase, kind: EventKind, at: datetime) -> None:
    # The same id each time.
    event = outbox.made(phase.competition, ids.at(at, f"{phase.id} {kind}"), kind, at, phase=phase.id)
    if events.add(event):
        outbox.announce([event])
