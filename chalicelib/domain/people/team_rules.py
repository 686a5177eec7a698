"""Who may make a team, join it, lead it, leave it and submit for it."""

import unicodedata
from collections.abc import Collection

from chalicelib.domain.competitions.access import APPROVED, PENDING
from chalicelib.errors import Conflict, NotAllowed

#: More than anybody needs, and few enough to change all of them in one transaction.
MAX_MEMBERS = 25


def folded(name: str) -> str:
    """What two names have in common that are taken for the same: case, widths and blanks do not tell teams apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def status_at_first(require_approval: bool, by_organizer: bool) -> str:
    """What a team is when it was just made."""
    return PENDING if require_approval and not by_organizer else APPROVED


def is_owner(user: str, team: str | None, account: str, account_team: str | None) -> bool:
    """A submission is its participant's; one that was made for a team is the team's, whoever is in it now."""
    return user == account if team is None else team == account_team


def check_enabled(enabled: bool) -> None:
    """Raise Conflict where everybody competes alone."""
    if not enabled:
        raise Conflict("This competition has no teams. Its organizers can allow them.")


def check_may_join(username: str, participant_status: str | None, team: str | None) -> None:
    """Raise NotAllowed for who is no approved participant, Conflict for who is in a team already."""
    if participant_status != APPROVED:
        raise NotAllowed(f"{username} is no approved participant of this competition. Only those are in its teams.")
    if team is not None:
        raise Conflict(f"{username} is in the team “{team}”. Nobody is in two teams of a competition.")


def check_room(name: str, members: int) -> None:
    """Raise Conflict when a team is full."""
    if members >= MAX_MEMBERS:
        raise Conflict(f"“{name}” is full: a team has {MAX_MEMBERS} members at most.")


def check_leads(is_leader: bool, is_organizer: bool) -> None:
    """Raise NotAllowed for other members of a team."""
    if not is_leader and not is_organizer:
        raise NotAllowed("Only the team's leader or an organizer may do this.")


def check_may_leave(user: str, leader: str, members: Collection[str], has_submitted: bool) -> None:
    """Raise Conflict for a leader whom others follow, and for the last one of a team that has submitted."""
    if user == leader and len(members) > 1:
        raise Conflict("The leader cannot leave the others. Make somebody else the leader first, or dissolve the team.")
    if len(members) == 1:
        check_may_dissolve(has_submitted)


def check_may_dissolve(has_submitted: bool) -> None:
    """Raise Conflict for a team that has submitted: its submissions would be nobody's."""
    if has_submitted:
        raise Conflict("This team has submitted, so it stays: its submissions and its rows on leaderboards are its own.")


def check_may_submit(name: str, status: str, is_member: bool) -> None:
    """Raise NotAllowed, saying what to do, unless a team may submit now, by this person."""
    if not is_member:
        raise NotAllowed(f"You are not in the team “{name}” any more.")
    if status == PENDING:
        raise NotAllowed(f"An organizer has yet to approve your team “{name}”. Submit after that, or leave it.")
    if status != APPROVED:
        raise NotAllowed(f"The organizers denied your team “{name}”. Leave it to submit by yourself.")
