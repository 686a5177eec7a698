"""Mail: what people get, and who gets none."""

from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class MailKind:
    """A kind of mail, and whether one gets it."""

    name: str
    about: str
    wanted: bool


@dataclass(frozen=True)
class MailPreferences:
    """The kinds of mail, and which of them one gets, in which language. A site that sends no mail says so: `sends_mail`."""

    kinds: list[MailKind]
    sends_mail: bool
    language: Literal["en", "fr"]


@dataclass(frozen=True)
class Suppression:
    """An address to which nothing is sent since then, by the sha256 of it in small letters. `said` is a reason's code."""

    digest: str
    why: Literal["bounce", "complaint"]
    said: str
    since: datetime


@dataclass(frozen=True)
class Suppressions:
    """One page of such addresses."""

    suppressions: list[Suppression]
    next: str | None


@dataclass(frozen=True)
class MailingPreview:
    """A letter as it would be sent, and to how many; to more than those who were counted where that is not `complete`.

    Some of them may want no letters.
    """

    subject: str
    text: str
    html: str
    reply_to: str | None
    readers: int
    complete: bool


@dataclass(frozen=True)
class Mailing:
    """A letter to participants, by an organizer, or by the site itself. `left_out` want none, or have no address that takes
    mail; of `uncertain` nobody knows whether they got it.
    """

    id: str
    subject: str
    by: str | None
    created_at: datetime
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    reason: str | None
    sent: int
    left_out: int
    uncertain: int


@dataclass(frozen=True)
class Mailings:
    """One page of a competition's letters, newest first."""

    mailings: list[Mailing]
    next: str | None
