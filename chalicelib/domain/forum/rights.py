"""Rights in a forum: who may write. Who may see its competition may read."""

from chalicelib.domain.competitions.access import APPROVED, DENIED, PENDING
from chalicelib.errors import Conflict, NotAllowed, say


def check_may_post(status: str | None, is_organizer: bool, reason: str = "") -> None:
    """Raise NotAllowed, saying what to do, for all but approved participants and organizers.

    `reason` is what the organizers said when they decided about a participant.
    """
    if is_organizer or status == APPROVED:
        return
    if status == PENDING:
        raise NotAllowed(say("post_pending", "An organizer has yet to approve your registration. Post after that."))
    if status == DENIED:
        if not reason:
            raise NotAllowed(say("post_denied", "The organizers do not let you take part, and so you cannot post."))
        raise NotAllowed(
            say(
                "post_denied_because",
                "The organizers do not let you take part, and so you cannot post. They say: “{reason}”",
                reason=reason,
            )
        )
    raise NotAllowed(say("post_not_joined", "Those who take part in this competition post here. Join it first."))


def check_is_open(is_locked: bool, is_organizer: bool) -> None:
    """Raise Conflict for a thread that is closed to all but organizers."""
    if is_locked and not is_organizer:
        raise Conflict(
            say("thread_locked", "The organizers have locked this thread. Begin another one if something is still open.")
        )
