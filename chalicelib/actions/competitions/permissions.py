"""Permissions on a competition: who may know of it and of its phases, and who may change it."""

from collections.abc import Collection
from datetime import datetime

from chalicelib import ids
from chalicelib.aws import accounts
from chalicelib.domain.competitions import access
from chalicelib.domain.competitions.access import Role
from chalicelib.domain.people import groups
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.guests import id_of
from chalicelib.errors import NotAllowed, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import NOWHERE, Competition, Phase, competition_of, places_of_phase
from chalicelib.store.people import participants
from chalicelib.store.people.guests import Guest
from chalicelib.store.people.participants import Participant
from chalicelib.store.table import Found

NO_PHASE = say("no_phase", "There is no such phase. Look at the competition for its phases.")
_ORGANIZERS_ONLY = say("organizers_only", "Only an organizer of this competition may do this.")


def role_of(competition: Competition, account: Account | None) -> Role | None:
    """The role in which an account runs a competition; None for everybody else, administrators too."""
    if account is None:
        return None
    return access.role_of(account.id, competition.owner, competition.organizer_ids, competition.viewer_ids or ())


def is_organizer(competition: Competition, account: Account | None) -> bool:
    """True for who may change a competition. Administrators organize every one."""
    return account is not None and access.may_edit(role_of(competition, account), account.is_admin)


def sees_all(competition: Competition, account: Account | None) -> bool:
    """True for who sees all of a competition that is no secret: its organizers and its viewers."""
    return account is not None and access.may_see_all(role_of(competition, account), account.is_admin)


def check_there(competition: Competition | None) -> Competition:
    """Return the competition, when there is one. Raises NotFound."""
    if competition is None:
        raise NotFound(NOWHERE)
    return competition


def check_may_enter(
    competition: Competition | None, account: Account | None, link: str | None, now: datetime
) -> Competition:
    """Return the competition, when this caller may look at its pages: so may who is invited to a draft. Raises NotFound.

    To ask whether they are costs two calls, where nothing else lets them in.
    """
    try:
        return check_visible(competition, account, link)
    except NotFound:
        if competition is None or account is None or not _is_invited(competition, account, now):
            raise
        return competition


def _is_invited(competition: Competition, account: Account, now: datetime) -> bool:
    address = accounts.address_of(account)
    if not address:
        return False
    (guest,) = table.read(Guest.at(competition.id, id_of(address)))
    return guest is not None and guest.status(now) == "waiting"


def check_visible(competition: Competition | None, account: Account | None, link: str | None = None) -> Competition:
    """Return the competition, when this caller may know of it: a draft by its secret `link`, too. Raises NotFound.

    Whoever joined a draft goes on seeing it: to ask that costs a call, where nothing else lets them in.
    """
    competition = check_there(competition)
    if access.may_see(bool(competition.published), sees_all(competition, account)):
        return competition
    if not _opens(competition, link) and not _has_joined_draft(competition, account):
        raise NotFound(NOWHERE)
    return competition


def _opens(competition: Competition, link: str | None) -> bool:
    """Whether a secret link is the competition's. Takes as long without one as with a wrong one."""
    is_same = ids.is_same(competition.link_digest or "", ids.digest(link or ""))
    return is_same and link is not None


def _has_joined_draft(competition: Competition, account: Account | None) -> bool:
    if account is None:
        return False
    (member,) = table.read(Participant.at(competition.id, account.id))
    return member is not None and participants.sees_draft(member)


def check_organizer(competition: Competition | None, account: Account) -> Competition:
    """The competition, when this account may change it. Raises NotFound, NotAllowed."""
    visible = check_visible(competition, account)
    if not is_organizer(visible, account):
        raise NotAllowed(_ORGANIZERS_ONLY)
    return visible


def check_sees_all(competition: Competition | None, account: Account) -> Competition:
    """The competition, when this account organizes it or views all of it. Raises NotFound, NotAllowed."""
    visible = check_visible(competition, account)
    if not sees_all(visible, account):
        raise NotAllowed(_ORGANIZERS_ONLY)
    return visible


def is_inside(competition: Competition, account: Account | None) -> bool:
    """True for an approved participant, and for who sees all: one call for the others."""
    if account is None or sees_all(competition, account):
        return account is not None
    (member,) = table.read(Participant.at(competition.id, account.id))
    return member is not None and member.status == access.APPROVED


def check_owner(competition: Competition | None, account: Account) -> Competition:
    """The competition, when this account may say who runs it. Raises NotFound, NotAllowed."""
    visible = check_visible(competition, account)
    if not access.may_hand_out_roles(role_of(visible, account), account.is_admin):
        raise NotAllowed(
            say("owner_only", "Only the owner of this competition may do this. Ask them, or the administrators.")
        )
    return visible


def has_teams(competition: Competition) -> bool:
    """True where participants may form teams."""
    return competition.settings.enable_teams


def visible_phase(phase_id: str, account: Account | None, found: Found | None = None) -> tuple[Competition, Phase]:
    """A phase that the caller may know of, of what was `found` already, what they are in its competition too, or else is
    read. Raises NotFound.
    """
    competition_at, phase_at = places_of_phase(phase_id)
    member_at = Participant.at(competition_of(phase_id), account.id if account else "")
    known = table.read_all([competition_at, phase_at, member_at]) if found is None else found
    competition, phase = known.get(competition_at), known.get(phase_at)
    if phase is None:
        raise NotFound(NO_PHASE)
    visible = check_visible(competition, account)
    return visible, check_sees(visible, phase, account, known.get(member_at))


def check_sees(competition: Competition, phase: Phase, account: Account | None, member: Participant | None) -> Phase:
    """The phase, unless it is for groups that the caller is in none of. Raises NotFound."""
    if not sees(competition, phase, account, participants.groups_of(member)):
        raise NotFound(NO_PHASE)
    return phase


def sees(competition: Competition, phase: Phase, account: Account | None, keys: Collection[str]) -> bool:
    """True for who may know of a phase, and is in the groups with these `keys`."""
    return sees_all(competition, account) or groups.sees(competition.groups, keys, int(phase.index))
