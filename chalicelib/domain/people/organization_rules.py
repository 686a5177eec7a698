"""Rules of organizations: which of its people may do what. An organization has one owner, managers and members."""

from chalicelib.errors import Conflict, NotAllowed, say

INVISIBLE_LETTERS = say("invisible_letters", "Leave out letters that show nothing.")
NAME_INVISIBLE = say("name_invisible", "Nobody sees all of this name.")
OWNER, MANAGER, MEMBER = "owner", "manager", "member"


def check_manages(role: str | None) -> None:
    """Raise NotAllowed unless somebody may change what an organization says and whom it asks in."""
    if role not in (OWNER, MANAGER):
        raise NotAllowed(say("organization_managers_only", "Only the organization's owner and its managers may do this."))


def check_owns(role: str | None) -> None:
    """Raise NotAllowed for all but the owner."""
    if role != OWNER:
        raise NotAllowed(say("organization_owner_only", "Only the organization's owner may do this."))


def check_may_remove(role: str | None, other: str, is_self: bool) -> None:
    """Raise NotAllowed unless somebody may take another out: each themselves, managers members, the owner all.

    Raise Conflict for the owner, who stays.
    """
    if other == OWNER:
        raise Conflict(
            say("organization_owner_stays", "The owner stays. Offer the organization to another member first, or delete it.")
        )
    if not is_self:
        check_manages(role)
        if other == MANAGER:
            check_owns(role)
