"""Rights in a forum: who may write. Who may see its competition may read."""

from chalicelib.domain.competitions.access import APPROVED, DENIED, PENDING
from chalicelib.errors import Conflict, NotAllowed


def check_may_post(status: str | None, is_organizer: bool, reason: str = "") -> None:
    """Raise NotAllowed, saying what to do, for all but approved participants and organizers.

    `reason` is what the organizers said when they decided about a participant.
    """
    if is_organizer or status == APPROVED:
        return
    if status == PENDING:
        raise NotAllowed("An organizer has yet to approve your registration. Post after that.")
    if status == DENIED:
        why = f" They say: “{reason}”" if reason else ""
        raise NotAllowed(f"The organizers do not let you take part, and so you cannot post.{why}")
    raise NotAllowed("Those who take part in this competition post here. Join it first.")


def check_is_open(is_locked: bool, is_organizer: bool) -> None:
    """Raise Conflict for a thread that is closed to all but organizers."""
    if is_locked and not is_organizer:
        raise Conflict("The organizers have locked this thread. Begin another one if something is still open.")
