"""Choices in letters: where people choose which of their submissions count, a letter about the phase tells each what they
have chosen, and at its end what of it counts.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.mail import notices
from chalicelib.domain.mail.letters import Letter
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Phase, places_of_phase
from chalicelib.store.mail.mailings import Mailing
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.submissions.usage import Quota

#: After a phase's end, who began to choose in time has done so: longer than a call of the API lives.
LATE = timedelta(minutes=1)


def are_told(kind: EventKind, phase: Phase) -> bool:
    """True where a letter about what has happened in a phase tells what its reader has chosen."""
    return phase.settings.final_selection is not None and kind in (EventKind.PHASE_ENDING, EventKind.PHASE_ENDED)


def letters(mailing: Mailing, people: Sequence[Participant]) -> Mapping[str, Letter]:
    """By their accounts, the letters to those who have submitted something, with what they, or their teams, have chosen.

    Three calls for a hundred people, and one more for each hundred submissions that they chose.
    """
    if not mailing.choices_of or not people:
        return {}
    competition, phase = table.read(*places_of_phase(mailing.choices_of["phase"]))
    if competition is None or phase is None or phase.ends_at is None or phase.settings.final_selection is None:
        return {}
    places = {one.user: Quota.at(phase.id, one.competitor) for one in people}
    counters = {(one.pk, one.sk): one for one in table.read_many(places.values())}
    mine = {user: counter for user, place in places.items() if (counter := counters.get(place))}
    names = _names(list(mine.values()))
    link, most = competition.called, phase.settings.final_selection
    found = dict[str, Letter]()
    for user, counter in mine.items():
        if counter.used + counter.extra <= 0:
            continue
        chosen = [names[id_] for id_ in sorted(counter.chosen or ()) if id_ in names]
        if mailing.choices_of["over"]:
            say = partial(notices.counted, competition=link, chosen=chosen)
        else:
            until, zone = phase.ends_at, competition.settings.timezone
            say = partial(notices.choosing, competition=link, most=most, chosen=chosen, ends_at=until, zone=zone)
        found[user] = mailing.letter.followed_by(say)
    return found


def _names(counters: Sequence[Quota]) -> Mapping[str, tuple[str, str]]:
    """By its id, the id and the name of each submission that is chosen and still there."""
    ids = sorted({id_ for counter in counters for id_ in counter.chosen or ()})
    return {one.id: (one.id, one.name or "") for one in table.read_many(map(Submission.at, ids))}
