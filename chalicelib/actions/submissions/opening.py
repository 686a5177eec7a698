"""Whether a phase takes submissions, and from whom: its dates, pauses, terms, and the addresses that it is for."""

from datetime import datetime

from chalicelib.domain.competitions import phases
from chalicelib.domain.people import admission
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotAllowed, Sentence, say
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.people import participants, site
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.site import Site

#: For organizers, in a phase that has not begun.
_TRY_BEFORE = say(
    "try_before",
    "To try it before, name a submission under `solutions` in competition.yaml and run it: "
    "POST /v1/competitions/{{competition}}/solutions/0/run, for no attempt and on no board.",
)


def check(
    competition: Competition,
    phase: Phase,
    member: Participant | None,
    everywhere: Site | None,
    account: Account,
    now: datetime,
) -> None:
    """Raise Conflict where the phase takes nothing now, and NotAllowed where it takes nothing from this account."""
    if reason := _closed(competition, phase, member, everywhere, account, now):
        raise Conflict(reason)
    if reason := _not_from(competition, phase, member, account):
        raise NotAllowed(reason)


def why_not(
    competition: Competition,
    phase: Phase,
    member: Participant | None,
    everywhere: Site | None,
    account: Account,
    now: datetime,
) -> str:
    """The reason for which `check` raises; "" where it does not."""
    closed = _closed(competition, phase, member, everywhere, account, now)
    return closed or _not_from(competition, phase, member, account) or ""


def _not_from(competition: Competition, phase: Phase, member: Participant | None, account: Account) -> Sentence | None:
    """Organizers submit anywhere, and a robot was admitted by its name."""
    if account.id in competition.organizer_ids or member is None or member.robot:
        return None
    return admission.reason_not_to_submit(member.address, phase.settings.allowed_addresses)


def _closed(
    competition: Competition,
    phase: Phase,
    member: Participant | None,
    everywhere: Site | None,
    account: Account,
    now: datetime,
) -> Sentence | None:
    """Why the phase takes nothing now, whoever it is from; None when it does. Organizers read how to try it before."""
    of_all = site.read(everywhere)
    if of_all.paused:
        if of_all.message:
            return say("site_says", "{message}", message=of_all.message)
        return say("site_paused", "This site takes no submissions at the moment. Try again later.")
    if competition.settings.archived:
        return say(
            "submit_archived",
            "“{title}” is archived: it is there to be read, and takes no submissions any more.",
            title=competition.title,
        )
    if competition.settings.paused or phase.settings.paused:
        return say(
            "phase_paused",
            "The organizers have paused “{phase}”: it takes no submissions at the moment. Try again later.",
            phase=phase.name,
        )
    is_organizer = account.id in competition.organizer_ids
    if not is_organizer and not participants.has_accepted(member, competition):
        return say(
            "terms_to_accept",
            "The terms have changed since you accepted them. Read and accept them: agon join {competition}",
            competition=competition.id,
        )
    reason = phases.closed(phase.name, phase.starts_at, phase.ends_at, now)
    is_early = phases.state(phase.starts_at, phase.ends_at, now) == "upcoming"
    if reason and is_early and is_organizer:
        return say("closed_to_organizers", "{why} {advice}", why=reason, advice=_TRY_BEFORE)
    return reason
