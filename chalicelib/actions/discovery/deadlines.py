"""Calendars: the deadlines of one competition, and those of an account at a private address."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from chalicelib import ids, responses
from chalicelib.actions.competitions.permissions import check_visible, sees
from chalicelib.actions.discovery import links, searching
from chalicelib.domain.discovery import calendars
from chalicelib.domain.discovery.calendars import Deadline
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.discovery import calendar_keys
from chalicelib.store.discovery.calendar_keys import CalendarKey
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

#: Competitions that go on, of those that somebody takes part in: the newest so many are in their calendar.
MOST_COMPETITIONS = 40


def of_competition(competition_id: str, root: str) -> str:
    """The calendar of a published competition, by one call. Raises NotFound."""
    competition, phases = competitions.find(competition_id)
    check_visible(competition, None)
    return calendars.calendar(competition.title, _deadlines(competition, phases, (), root))


def of_account(address: str, root: str, now: datetime) -> str:
    """The calendar of what somebody takes part in: four calls, and one for each that goes on. Raises NotFound."""
    (key,) = table.read(CalendarKey.at(ids.digest(address)))
    if key is None:
        raise NotFound(
            say("no_calendar", "There is no such calendar. Its owner has taken the address back, or asked for another one.")
        )
    going_on = [one for one in searching.joined_by(key.user) if one.ends_at is None or one.ends_at > now]
    found = [competitions.find(one.id) for one in going_on[:MOST_COMPETITIONS]]
    members = table.read_many(Participant.at(competition.id, key.user) for competition, _ in found)
    keys = {one.competition: participants.groups_of(one) for one in members}
    told = [one for its, phases in found for one in _deadlines(its, phases, keys.get(its.id, ()), root)]
    return calendars.calendar(f"Agon: {key.username}", told)


def open_own(account: Account, now: datetime) -> responses.OwnCalendar:
    """Make a private address of one's own calendar; a former one opens nothing any more: two calls."""
    address = ids.code() + ids.code()
    calendar_keys.put(account.id, account.username, ids.digest(address), now)
    return responses.OwnCalendar(f"/v1/calendars/{address}")


def close_own(account: Account) -> responses.Empty:
    """Take back the address of one's own calendar: two calls."""
    calendar_keys.take_back(account.id)
    return responses.Empty()


def _deadlines(competition: Competition, phases: Sequence[Phase], keys: Collection[str], root: str) -> Iterator[Deadline]:
    """The deadlines of the phases that everybody sees, or who is in the groups with these `keys`."""
    for phase in (one for one in phases if sees(competition, one, None, keys)):
        for word, at in (("begins", phase.starts_at), ("ends", phase.ends_at)):
            if at is not None:
                yield Deadline(
                    f"{phase.id}-{word}@agon",
                    f"{competition.title}: {phase.name} {word}",
                    phase.description,
                    at,
                    competition.created_at,
                    int(competition.revision),
                    links.of_competition(competition, root),
                )
