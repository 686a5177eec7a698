"""Permissions on a competition: who may know of it and of its phases, and who may change it."""

from chalicelib.domain.competitions import access
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, keys_of_phase
from chalicelib.store.table import Items

_NO_COMPETITION = "There is no such competition. Look at the list of competitions for its id."
_NO_PHASE = "There is no such phase. Look at the competition for its phases."


def is_organizer(competition: Competition, account: Account | None) -> bool:
    """Administrators organize every competition."""
    return account is not None and (account.is_admin or account.id in competition.organizer_ids)


def check_visible(competition: table.Item | None, account: Account | None) -> Competition:
    """The competition, when this caller may know of it. Raises NotFound."""
    if not isinstance(competition, Competition):
        raise NotFound(_NO_COMPETITION)
    is_admin = account is not None and account.is_admin
    if not access.may_see(bool(competition.published), is_organizer(competition, account), is_admin):
        raise NotFound(_NO_COMPETITION)
    return competition


def check_organizer(competition: table.Item | None, account: Account) -> Competition:
    """The competition, when this account may change it. Raises NotFound, NotAllowed."""
    visible = check_visible(competition, account)
    if not access.may_edit(is_organizer(visible, account), account.is_admin):
        raise NotAllowed("Only an organizer of this competition may do this.")
    return visible


def has_teams(competition: Competition) -> bool:
    """True where participants may form teams."""
    return bool((competition.options or {}).get("enable_teams"))


def visible_phase(phase_id: str, account: Account | None, found: Items | None = None) -> tuple[Competition, Phase]:
    """A phase that the caller may know of, of what was `found` already or else is read. Raises NotFound."""
    competition_key, phase_key = keys_of_phase(phase_id)
    found = table.fetch(competition_key, phase_key) if found is None else found
    phase = found.get(phase_key)
    if not isinstance(phase, Phase):
        raise NotFound(_NO_PHASE)
    return check_visible(found.get(competition_key), account), phase


def check_phase_visible(
    competition: Competition | None, phase: Phase | None, account: Account | None
) -> tuple[Competition, Phase]:
    """A phase and its competition, when this caller may know of them. Raises NotFound."""
    visible = check_visible(competition, account)
    if phase is None:
        raise NotFound(_NO_PHASE)
    return visible, phase
