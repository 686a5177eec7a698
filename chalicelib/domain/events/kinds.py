"""Kinds of events: what may happen in a competition that somebody else wants to know of."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class EventKind(StrEnum):
    """A kind of event, by its name on the wire and for organizers who choose."""

    SUBMISSION_SUBMITTED = "submission.submitted"
    SUBMISSION_FINISHED = "submission.finished"
    SUBMISSION_FAILED = "submission.failed"
    SUBMISSION_CANCELLED = "submission.cancelled"
    PARTICIPANT_JOINED = "participant.joined"
    PARTICIPANT_APPROVED = "participant.approved"
    PARTICIPANT_DENIED = "participant.denied"
    PHASE_STARTED = "phase.started"
    PHASE_ENDING = "phase.ending"
    PHASE_ENDED = "phase.ended"
    LEADERBOARD_CHANGED = "leaderboard.changed"
    COMPETITION_PUBLISHED = "competition.published"


#: What each says, to who reads the API's document.
ABOUT: Mapping[EventKind, str] = {
    EventKind.SUBMISSION_SUBMITTED: "A submission was handed in.",
    EventKind.SUBMISSION_FINISHED: "A submission has finished.",
    EventKind.SUBMISSION_FAILED: "A submission has failed.",
    EventKind.SUBMISSION_CANCELLED: "A submission was cancelled.",
    EventKind.PARTICIPANT_JOINED: "Somebody has joined, or wants to.",
    EventKind.PARTICIPANT_APPROVED: "Somebody was let in.",
    EventKind.PARTICIPANT_DENIED: "Somebody was not let in, or is let in no more.",
    EventKind.PHASE_STARTED: "A phase has begun.",
    EventKind.PHASE_ENDING: "A phase ends within a day.",
    EventKind.PHASE_ENDED: "A phase is over.",
    EventKind.LEADERBOARD_CHANGED: "A leaderboard has changed; said once a minute at most.",
    EventKind.COMPETITION_PUBLISHED: "The competition was published.",
}
#: Kinds that are written down in every competition, because something of the site's own listens. All others are written
#: where a competition asks for them alone: each costs two write units and a message.
ALWAYS = frozenset({EventKind.PHASE_STARTED, EventKind.PHASE_ENDING, EventKind.PHASE_ENDED})
#: What the time alone brings about.
OF_TIME = frozenset({EventKind.PHASE_STARTED, EventKind.PHASE_ENDING, EventKind.PHASE_ENDED})


def is_wanted(kind: EventKind, asked_for: Collection[str] | None) -> bool:
    """True when somebody listens for events of this kind in a competition that asks for those of `asked_for`."""
    return kind in ALWAYS or (asked_for is not None and kind in asked_for)
