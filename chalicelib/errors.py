"""Every error that a caller may see. They know no HTTP: `http.py` maps them in one table.

AgonError
├── Invalid         what was sent is wrong; carries every complaint, each with its place in the input
├── NotSignedIn     no token, or one that is expired, revoked or not ours
├── NotAllowed      signed in, but without the right
├── NotFound        does not exist; also what a stranger gets for what they may not know exists
├── Conflict        illegal transition, lost race, stale attempt
├── Unconditional   a change that does not say which state it is of
├── Outdated        a change of a state that is no more
├── Busy            nothing was done, and the same may be sent again in a moment
├── TooLarge        above a size limit
└── QuotaExceeded   no attempt left; says when the next one opens
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong with what was sent: where, and what to write instead."""

    place: str
    message: str


class AgonError(Exception):
    """Base of all errors that a caller may see. `detail` is a sentence that says what to do."""

    def __init__(self, detail: str):
        super().__init__(detail)
        self.detail = detail


class Invalid(AgonError):
    """What was sent is wrong."""

    def __init__(self, detail: str, complaints: Sequence[Complaint] = ()):
        super().__init__(detail)
        self.complaints = tuple(complaints)


class NotSignedIn(AgonError):
    """No token, or one that is expired, revoked or not ours."""


class NotAllowed(AgonError):
    """Signed in, but without the right."""


class NotFound(AgonError):
    """Does not exist, or not for this caller."""


class Conflict(AgonError):
    """The state of things does not allow it."""


class Unconditional(AgonError):
    """A change that does not say which state it is of."""


class Outdated(AgonError):
    """A change of a state that is no more: somebody else came first."""


class Busy(AgonError):
    """Too much happens at this moment. Nothing was done; the same may be sent again."""


class TooLarge(AgonError):
    """Above a size limit."""


class QuotaExceeded(AgonError):
    """No attempt left. `next_attempt_at` is None when none will open; `left` has what is left of each limit."""

    def __init__(self, detail: str, next_attempt_at: datetime | None = None, left: Mapping[str, int | None] | None = None):
        super().__init__(detail)
        self.next_attempt_at = next_attempt_at
        self.left = left
