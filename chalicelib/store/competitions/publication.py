"""Publication of competitions: drafts wait for approval, are on the public list and in the catalogue, and are pointed to."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.expressions.update import Action

from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.discovery import changes as catalogue_changes
from chalicelib.store.events.events import Event, recording
from chalicelib.store.metering import activity
from chalicelib.store.writes import Composer, Condition, Transaction

LISTED = "COMPETITIONS"
_WAITING = "COMPETITIONS_WAITING"
_DECIDED = say("publication_decided", "Somebody has decided about this competition at the same moment. Look at it again.")


def published(before: str | None, limit: int) -> tuple[list[Competition], str | None]:
    """One page of the published competitions, newest first."""
    return table.newest_listed(Competition, LISTED, before, limit)


def waiting(before: str | None, limit: int) -> tuple[list[Competition], str | None]:
    """One page of the competitions that wait for approval."""
    return table.newest_listed(Competition, _WAITING, before, limit)


def ask_approval(competition: Competition, now: datetime, besides: Composer) -> None:
    """Have a draft wait for approval, with what goes `besides`. Raises Conflict when it is public or waits meanwhile."""
    waits = [Competition.waiting_since.set(now), Competition.refusal.remove()]
    listed = [Competition.list_pk.set(_WAITING), Competition.list_sk.set(competition.id)]
    _decide(competition, [*waits, *listed], Competition.list_pk.does_not_exist(), besides)
    competition.waiting_since, competition.refusal = now, None


def refuse(competition: Competition, reason: str, besides: Composer) -> None:
    """Have a draft wait no more, and say why, with what goes `besides`. Raises Conflict when it is decided."""
    waits_no_more = [Competition.waiting_since.remove(), Competition.refusal.set(reason)]
    unlisted = [Competition.list_pk.remove(), Competition.list_sk.remove()]
    _decide(competition, [*waits_no_more, *unlisted], _waits_as_read(competition), besides)


def _decide(competition: Competition, actions: list[Action], condition: Condition, besides: Composer) -> None:
    def compose(write: Transaction) -> None:
        write.update(competition, actions=actions, condition=condition)
        besides(write)

    writes.transact(compose, otherwise=Conflict(_DECIDED))


def set_published(
    competition: Competition, published: bool, events: Sequence[Event], now: datetime, besides: Composer = writes.nothing
) -> None:
    """Put a competition on the public list and into the catalogue, or take it off both; and write down the `events`.

    It waits for no approval after that. `besides` goes along. Raises Conflict when that was decided meanwhile.
    """
    first = competition.published_at or now
    where = [Competition.list_pk.set(LISTED), Competition.list_sk.set(competition.id), Competition.published_at.set(first)]
    nowhere = [Competition.list_pk.remove(), Competition.list_sk.remove()]
    asked = [Competition.waiting_since.remove(), Competition.refusal.remove()]
    actions = [Competition.published.set(published), *(where if published else nowhere), *asked]

    def compose(write: Transaction) -> None:
        write.update(competition, actions=actions, condition=_waits_as_read(competition))
        recording(write, events)
        activity.counting(write, now, competitions=int(published and competition.published_at is None))
        catalogue_changes.noting(write, competition.id, now)
        besides(write)

    writes.transact(compose, otherwise=Conflict(_DECIDED))
    competition.published, competition.published_at = published, first
    competition.waiting_since = competition.refusal = None


def _waits_as_read(competition: Competition) -> Condition:
    """That it waits since when it was read to, or not at all."""
    since = competition.waiting_since
    as_read: Condition = Competition.waiting_since == since if since else Competition.waiting_since.does_not_exist()
    return as_read


def feature(competition: Competition, featured: bool, entry: AuditEntry, now: datetime) -> None:
    """Have the catalogue say that a competition is one of those that administrators point to, or not; and record that."""

    def compose(write: Transaction) -> None:
        write.update(competition, actions=[Competition.featured.set(True) if featured else Competition.featured.remove()])
        audit.recording(write, entry)
        catalogue_changes.noting(write, competition.id, now)

    writes.transact(compose)
    competition.featured = featured or None
