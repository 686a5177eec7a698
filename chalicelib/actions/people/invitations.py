"""Invitations: made for an account, an address or a team, and told to those whom they concern."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib import ids, requests, responses, settings
from chalicelib.aws import accounts
from chalicelib.contract.limits import MAX_INVITATIONS
from chalicelib.domain.mail import notices
from chalicelib.domain.people.accounts import ASK_SIGN_IN_NAME, NO_ACCOUNT, Account
from chalicelib.errors import Complaint, Conflict, Invalid, QuotaExceeded, say
from chalicelib.store import table, writes
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people import buckets, invitations
from chalicelib.store.people.buckets import Refill
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.writes import Composer

#: After so long nobody can accept it any more.
LIFE = timedelta(days=14)
#: How many an account has mailed: nobody writes to strangers by inviting them.
SENT = Refill(50, timedelta(minutes=15))
#: And how many are mailed to one reader, whoever asks them. Those beyond are told of when they look.
RECEIVED = Refill(10, timedelta(hours=3))
_EITHER = say("username_or_address", "Write the user name of an account, or an e-mail address.")


def invite(
    to: str,
    subject: tuple[str, str],
    competition: str | None,
    whom: tuple[str, str],
    account: Account,
    now: datetime,
    address: str | None = None,
    role: str | None = None,
    reader: tuple[str, str] | None = None,
    also: Composer = writes.nothing,
) -> Invitation:
    """Ask `whom`, an id and what it is called, into a `subject`, and mail that to them, or to the account that is `reader`;
    and do `also`.

    The same once more renews it and mails nothing. Raises Conflict, QuotaExceeded.
    """
    if len(invitations.into(subject[0], now, MAX_INVITATIONS)) >= MAX_INVITATIONS:
        raise Conflict(
            say(
                "enough_invitations",
                "{most} invitations are open or were declined lately. Take some back first.",
                most=MAX_INVITATIONS,
            )
        )
    id_ = ids.derived(subject[0], f"invitation {to} {whom[0]}")
    made = Invitation(
        *Invitation.at(id_),
        id=id_,
        to=to,
        subject=subject[0],
        name=subject[1],
        competition=competition,
        whom=whom[0],
        invited=whom[1],
        address=address,
        role=role,
        by=account.username,
        by_user=account.id,
        status=invitations.OPEN,
        made_at=now,
        expires_at=now + LIFE,
        list_pk=invitations.list_key(subject[0]),
        list_sk=id_,
        owner_pk=invitations.owner_key(whom[0]),
        owner_sk=id_,
    )
    invitations.invite(made, _mails(made, reader or whom, now), now, also)
    return made


def addressee(body: requests.Invite) -> tuple[tuple[str, str], str | None]:
    """The one whom an invitation is for: the key that they answer with, what to call them, and the address it is bound to.

    Nobody is told whether an address has an account. Raises Invalid.
    """
    if (body.username is None) == (body.address is None):
        raise Invalid(_EITHER, [Complaint("username", _EITHER)])
    if body.address is not None:
        return (key_of(body.address), body.address), body.address
    return named(str(body.username), "username"), None


def named(username: str, field: str) -> tuple[str, str]:
    """The id and the name of an account. Raises Invalid."""
    found = accounts.find(username)
    if found is None:
        raise Invalid(
            NO_ACCOUNT,
            [Complaint(field, ASK_SIGN_IN_NAME)],
        )
    return found.id, found.username


def _mails(invitation: Invitation, reader: tuple[str, str], now: datetime) -> list[Mail]:
    """The mail that tells of an invitation: none when one did within a month, also of one taken back, or when its reader
    has been mailed many. Three calls or four.

    Raises QuotaExceeded for who has invited too many.
    """
    id_ = f"invited-{invitation.id}"
    if not settings.get().mail_from:
        return []
    (former,) = table.read(Mail.at(id_))
    if former is not None:
        return []
    buckets.take(ids.digest(f"invitations by {invitation.by_user}"), SENT, now)
    try:
        buckets.take(ids.digest(f"invitations to {reader[0]}"), RECEIVED, now)
    except QuotaExceeded:
        return []
    letter = notices.invited(
        invitation.to, invitation.name, invitation.by, invitation.id, invitation.competition, invitation.expires_at
    )
    if invitation.address is not None:
        return [outbox.to_address(id_, letter, invitation.address, reader[0], now)]
    return [outbox.to_account(id_, letter, *reader, now)]


def key_of(address: str) -> str:
    """The digest that stands for an address, as of the addresses of accounts."""
    return ids.digest(address.strip().lower())


def told_to(reader: Account, found: Iterable[Invitation]) -> responses.Invitations:
    """Invitations as somebody reads them who looks after what they lead to: in whole only the addresses that they wrote."""
    told = [answer_of(one) for one in found]
    return responses.Invitations([one if one.by == reader.username else _masked(one) for one in told])


def _masked(told: responses.Invitation) -> responses.Invitation:
    name, at, domain = told.invited.rpartition("@")
    return replace(told, invited=f"{name[:1]}…{at}{domain}") if at else told


def answer_of(invitation: Invitation) -> responses.Invitation:
    """An invitation as its two sides read it."""
    return responses.Invitation(
        id=invitation.id,
        to=invitation.to,  # type: ignore[arg-type]
        subject=invitation.subject,
        name=invitation.name,
        competition=invitation.competition,
        invited=invitation.invited,
        role=invitation.role,
        by=invitation.by,
        status=invitation.status,  # type: ignore[arg-type]
        made_at=invitation.made_at,
        expires_at=invitation.expires_at,
    )
