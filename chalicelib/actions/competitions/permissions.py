"""Permissions on a competition: who may know of it and of its phases, and who may change it."""

from chalicelib.domain.competitions import access
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, competition_of
from chalicelib.store.table import Found

_NO_COMPETITION = "There is no such competition. Look at the list of competitions for its id."
_NO_PHASE = "There is no such phase. Look at the competition for its phases."


def is_organizer(competition: Competition, account: Account | None) -> bool:
    """Administrators organize every competition."""
    return account is not None and (account.is_admin or account.id in competition.organizer_ids)


def check_visible(competition: Competition | None, account: Account | None) -> Competition:
    """The competition, when this caller may know of it. Raises NotFound."""
    if competition is None:
        raise NotFound(_NO_COMPETITION)
    is_admin = account is not None and account.is_admin
    if not access.may_see(bool(competition.published), is_organizer(competition, account), is_admin):
        raise NotFound(_NO_COMPETITION)
    return competition


def check_organizer(competition: Competition | None, account: Account) -> Competition:
    """The competition, when this account may change it. Raises NotFound, NotAllowed."""
    visible = check_visible(competition, account)
    if not access.may_edit(is_organizer(visible, account), account.is_admin):
        raise NotAllowed("Only an organizer of this competition may do this.")
    return visible


def has_teams(competition: Competition) -> bool:
    """True where participants may form teams."""
    return competition.settings.enable_teams


def visible_phase(phase_id: str, account: Account | None, found: Found | None = None) -> tuple[Competition, Phase]:
    """A phase that the caller may know of, of what was `found` already or else is read. Raises NotFound."""
    places = Competition.at(competition_of(phase_id)), Phase.at(phase_id)
    known = table.read_all(places) if found is None else found
    competition, phase = (known.get(places[0]), known.get(places[1]))
    if phase is None:
        raise NotFound(_NO_PHASE)
    return check_visible(competition, account), phase
