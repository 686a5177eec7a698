"""Access to a competition: who may see it, who runs it in which role, and who may submit to it.

The owner runs a competition and says who else does; organizers run it; viewers see what these see and change nothing.
"""

from collections.abc import Collection
from typing import Literal

from chalicelib.errors import NotAllowed, Sentence, say

Role = Literal["owner", "organizer", "viewer"]
OWNER: Role = "owner"
ORGANIZER: Role = "organizer"
VIEWER: Role = "viewer"
#: From the one who may most to the one who may least.
ROLES = (OWNER, ORGANIZER, VIEWER)

APPROVED = "approved"
PENDING = "pending"
DENIED = "denied"
PARTICIPANT_STATUSES = (APPROVED, PENDING, DENIED)


def role_of(user: str, owner: str, organizers: Collection[str], viewers: Collection[str]) -> Role | None:
    """The role of an account in running a competition; None for everybody else."""
    if user == owner:
        return OWNER
    if user in organizers:
        return ORGANIZER
    return VIEWER if user in viewers else None


def is_more(role: Role, before: Role | None) -> bool:
    """True for a role that lets somebody do more than the one they have: it is theirs when they accept it."""
    return before is None or ROLES.index(role) < ROLES.index(before)


def may_see(published: bool, sees_all: bool) -> bool:
    """A published competition is everybody's to see; a draft is theirs who see all of it."""
    return published or sees_all


def may_see_all(role: Role | None, is_admin: bool) -> bool:
    """Whoever has a role, and administrators, see every submission, every score and who takes part."""
    return role is not None or is_admin


def may_hand_out_roles(role: Role | None, is_admin: bool) -> bool:
    """The owner and administrators say who runs a competition."""
    return role == OWNER or is_admin


def may_edit(role: Role | None, is_admin: bool) -> bool:
    """The owner, organizers and administrators change a competition and judge who takes part."""
    return role in (OWNER, ORGANIZER) or is_admin


def may_submit(participant_status: str | None, is_organizer: bool = False) -> bool:
    """Approved participants submit, and organizers, who try their own competition out."""
    return is_organizer or participant_status == APPROVED


def check_may_submit(participant_status: str | None, is_organizer: bool = False, reason: str = "") -> None:
    """Raise NotAllowed, saying what to do, unless `may_submit`. `reason` is what the organizers said when they decided."""
    if may_submit(participant_status, is_organizer):
        return
    if participant_status == PENDING:
        raise NotAllowed(
            say("registration_pending", "An organizer has yet to approve your registration. Submit after that.")
        )
    if participant_status == DENIED:
        raise NotAllowed(_denied(reason))
    raise NotAllowed(say("not_joined", "You do not take part in this competition. Join it first."))


def _denied(reason: str) -> Sentence:
    if not reason:
        return say("denied", "The organizers do not let you take part. Write to them if that is a mistake.")
    return say(
        "denied_because",
        "The organizers do not let you take part. They say: “{reason}” Write to them if that is a mistake.",
        reason=reason,
    )


def status_on_joining(registration_auto_approve: bool) -> str:
    """The status of someone who joins."""
    return APPROVED if registration_auto_approve else PENDING
