"""Guests: addresses that are invited to a competition, how an invitation stands, and the letter that tells of it."""

import hashlib
from datetime import datetime
from typing import Literal

from chalicelib.domain.mail import letters
from chalicelib.domain.mail.letters import Letter

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
    until = letters.moment(expires_at, zone)
    said = f"{letters.quoted(message)}\n\n" if message.strip() else ""
    text = (
        f"{letters.plain(by)} invites you to take part in **{letters.plain(title)}**.\n\n{said}"
        f"[Look at it and join](agon:/c/{competition}) until {until}, signed in to an account with this address:"
        f" nobody else can. On the command line: `agon join {competition}`.\n"
    )
    return Letter("invitations", f"You are invited: {title}", text)
