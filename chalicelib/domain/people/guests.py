"""Guests: addresses that are invited to a competition, how an invitation stands, and the letter that tells of it."""

import hashlib
from datetime import datetime
from typing import Literal

from chalicelib.domain.mail import letters
from chalicelib.domain.mail.letters import Letter
from chalicelib.domain.mail.sentences import Speech

GuestStatus = Literal["waiting", "accepted", "revoked", "expired"]


def folded(address: str) -> str:
    """An address as it is compared: it is one whatever its capitals."""
    return address.strip().lower()


def id_of(address: str) -> str:
    """The id under which an address is invited, the same in each competition."""
    return hashlib.sha256(folded(address).encode()).hexdigest()[:26]


def status(accepted_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime) -> GuestStatus:
    """The status of an invitation. An accepted one is so for good."""
    if accepted_at is not None:
        return "accepted"
    if revoked_at is not None:
        return "revoked"
    return "expired" if expires_at <= now else "waiting"


def letter(competition: str, title: str, by: str, message: str, expires_at: datetime, zone: str) -> Letter:
    """The letter that goes to the address. Its link opens nothing by itself."""

    def compose(say: Speech) -> tuple[str, str]:
        said = f"{letters.quoted(message)}\n\n" if message.strip() else ""
        join = say("join", page=f"agon:/c/{competition}", until=say.moment(expires_at, zone), id=competition)
        asked = say("guest", by=letters.plain(by), title=letters.plain(title))
        return say("guest.subject", title=title), f"{asked}\n\n{said}{join}\n"

    return letters.written("invitations", compose)
