"""Who may see a competition and who may submit to it."""

from chalicelib.errors import Conflict, NotAllowed

APPROVED = "approved"
PENDING = "pending"
DENIED = "denied"
PARTICIPANT_STATUSES = (APPROVED, PENDING, DENIED)


def may_see(published: bool, is_organizer: bool, is_admin: bool) -> bool:
    """A published competition is everybody's to see; a draft is its organizers' and the administrators'."""
    return published or is_organizer or is_admin


def may_edit(is_organizer: bool, is_admin: bool) -> bool:
    """Organizers and administrators change a competition, see every submission of it and judge who takes part."""
    return is_organizer or is_admin


def may_submit(participant_status: str | None, is_organizer: bool = False) -> bool:
    """Approved participants submit, and organizers, who try their own competition out."""
    return is_organizer or participant_status == APPROVED


def check_may_submit(participant_status: str | None, is_organizer: bool = False) -> None:
    """Raise NotAllowed, saying what to do, unless `may_submit`."""
    if may_submit(participant_status, is_organizer):
        return
    if participant_status == PENDING:
        raise NotAllowed("An organizer has yet to approve your registration. Submit after that.")
    if participant_status == DENIED:
        raise NotAllowed("The organizers denied your registration. Write to them if that is a mistake.")
    raise NotAllowed("You do not take part in this competition. Join it first.")


def may_see_submission(is_owner: bool, is_organizer: bool, is_admin: bool) -> bool:
    """A submission is its participant's, the organizers' and the administrators' to see."""
    return is_owner or is_organizer or is_admin


def status_on_joining(registration_auto_approve: bool) -> str:
    """What someone who joins is at first."""
    return APPROVED if registration_auto_approve else PENDING


def check_may_judge(status: str) -> None:
    """Raise Conflict unless `status` is one that an organizer can give a participant."""
    if status not in (APPROVED, DENIED):
        raise Conflict(f"A participant is {APPROVED} or {DENIED}, not {status[:40]}.")
