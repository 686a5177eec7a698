"""Every error that a caller may see. They know no HTTP: `http.py` maps them in one table.

AgonError
├── Invalid         what was sent is wrong; carries every complaint, each with its place in the input
├── NotSignedIn     no token, or one that is expired, revoked or not ours
├── NotAllowed      signed in, but without the right
├── NotFound        does not exist; also what a stranger gets for what they may not know exists
├── Conflict        illegal transition, lost race, stale attempt
├── Unconditional   a change that does not say which state it is of
├── Outdated        a change of a state that is no more
├── Incompatible    a program that speaks no version of a protocol that the site speaks
├── Unwell          a part that the site stands on does not answer
├── Busy            nothing was done, and the same may be sent again in a moment
├── TooLarge        above a size limit
└── QuotaExceeded   no attempt left; says when the next one opens
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.contract.sentences import Sentence as Sentence
from chalicelib.contract.sentences import as_sentence as as_sentence
from chalicelib.contract.sentences import say as say


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong with what was sent: where, and what to write instead.

    The message's name tells the kind of fault, for programs and for other languages. Of a body's fields it is pydantic's
    type of error, with its context, such as `string_too_short` and `min_length`.
    """

    place: str
    message: Sentence


@dataclass(frozen=True)
class Challenge:
    """A text, and how many zero bits its sha256 together with a number is to begin with (domain/people/challenges.py)."""

    text: str
    bits: int


class AgonError(Exception):
    """Base of all errors that a caller may see. `detail` is a sentence that says what to do, and has a name of its own.

    `code` names the kind of error, for programs. It does not change once it is told: a class has one, and what is told often
    may have its own.
    """

    kind: ClassVar[str] = "refused"

    def __init__(self, detail: Sentence, code: str = ""):
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.kind


class Invalid(AgonError):
    """The request is wrong."""

    kind = "invalid"

    def __init__(self, detail: Sentence, complaints: Sequence[Complaint] = (), code: str = ""):
        super().__init__(detail, code)
        self.complaints = tuple(complaints)


class NotSignedIn(AgonError):
    """No token, or one that is expired, revoked or not ours."""

    kind = "not_signed_in"


class NotAllowed(AgonError):
    """Signed in, but without the right."""

    kind = "not_allowed"


class NotFound(AgonError):
    """The thing does not exist, or not for this caller."""

    kind = "not_found"


class Conflict(AgonError):
    """The state of things does not allow it."""

    kind = "conflict"


class Unconditional(AgonError):
    """A change that does not say which state it is of."""

    kind = "unconditional"


class Outdated(AgonError):
    """A change of a state that is no more: somebody else came first."""

    kind = "outdated"


class Incompatible(AgonError):
    """A program speaks another version of a protocol than the site, which speaks these `versions`."""

    kind = "incompatible"

    def __init__(self, detail: Sentence, versions: Sequence[int] = ()):
        super().__init__(detail)
        self.versions = tuple(versions)


class Unwell(AgonError):
    """Parts that the site stands on, the `silent` ones, do not answer."""

    kind = "unwell"

    def __init__(self, detail: Sentence, silent: Sequence[str] = ()):
        super().__init__(detail)
        self.silent = tuple(silent)


class Busy(AgonError):
    """The site has too much to do at this moment. Nothing was done; the same may be sent again."""

    kind = "busy"


class TooLarge(AgonError):
    """The file is above a size limit."""

    kind = "too_large"


class QuotaExceeded(AgonError):
    """No attempt left. `next_attempt_at` is None when none will open; `left` has what is left of each limit.

    Who solves the `challenge` need not wait.
    """

    kind = "quota_exceeded"

    def __init__(
        self,
        detail: Sentence,
        next_attempt_at: datetime | None = None,
        left: Mapping[str, int | None] | None = None,
        challenge: Challenge | None = None,
    ):
        super().__init__(detail)
        self.next_attempt_at = next_attempt_at
        self.left = left
        self.challenge = challenge
