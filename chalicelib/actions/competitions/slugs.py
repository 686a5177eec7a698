"""Slugs: found by, chosen for what is new, asked for by organizers, and given to what a former build has left."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.contract import limits
from chalicelib.domain.bundle import slug as rules
from chalicelib.errors import Conflict, NotFound, Sentence, say
from chalicelib.store import table, writes
from chalicelib.store.competitions import competitions, slugs
from chalicelib.store.competitions.competitions import NOWHERE, Competition
from chalicelib.store.writes import ConditionFailed

_TOO_FAST = say("slugs_taken", "Others take slugs like this one at this moment. Try again.")


def resolve(text: str) -> str:
    """The id of the competition that an id or a slug stands for: no call for an id, else one. Raises NotFound."""
    named = text.lower()
    if rules.is_id(named):
        return named
    found = None if rules.fault_of(named) else slugs.leads_to(named)
    if found is None:
        raise NotFound(NOWHERE)
    return found


def resolve_phase(text: str) -> str:
    """The id of the phase that an id, or its competition's slug and its index, such as iris-2027-0, stand for."""
    competition, _, index = text.lower().rpartition("-")
    if rules.is_id(text) or not index.isdecimal():
        return text.lower()
    return f"{resolve(competition)}-{index}"


def naming(wanted: str, title: str, competition: str, store: Callable[[str], None]) -> str:
    """Store something new under the slug that is `wanted`, else one of its title, or the nearest that is free: one call
    more. Who comes second to one takes the next. Raises Conflict when others always come first.
    """
    candidates = rules.candidates(wanted or rules.of_title(title), competition)

    def take() -> str:
        slug = slugs.first_free(candidates, competition)
        store(slug)
        return slug

    return writes.retried(take, otherwise=Conflict(_TOO_FAST))


def give(competition: Competition, now: datetime) -> None:
    """Give a slug to a competition that a former build left without one. Whoever does that first has done it."""
    if competition.slug is None:
        try:
            naming("", competition.title, competition.id, lambda slug: _give(competition, slug, now))
        except Conflict:
            # It is there by its id meanwhile; who looks at it next tries again.
            return


def settle(competition: Competition, now: datetime) -> bool:
    """Have a competition that a former build left have a slug, and say so. False when it went meanwhile."""
    give(competition, now)
    return competitions.note_slug(competition)


def _give(competition: Competition, slug: str, now: datetime) -> None:
    try:
        competitions.give_slug(competition, slug, now)
    except ConditionFailed:
        (stored,) = table.read(Competition.at(competition.id))
        if stored is None or stored.slug is None:
            raise
        competition.slug = stored.slug


def fault_of_change(competition: Competition, wanted: str) -> Sentence | None:
    """The sentence that says what keeps a competition from having the slug that is `wanted`: one call where that is
    another one than it has.
    """
    if wanted in ("", competition.slug):
        return None
    former = competition.former_slugs or set()
    if wanted not in former and len(former) >= limits.MAX_FORMER_SLUGS:
        return say(
            "slugs_enough",
            "It has had so many slugs, which all lead to it. Take one of them again: {slugs}.",
            slugs=", ".join(sorted(former)),
        )
    if slugs.leads_to(wanted) not in (None, competition.id):
        return say("slug_of_another", "“{slug}” is or was another competition's. Choose another one.", slug=wanted)
    return None
