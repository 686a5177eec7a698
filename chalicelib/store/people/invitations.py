"""Invitations: what asks an account, an address or a team into something, which they accept or decline until it is over."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, Condition, Transaction

OPEN, DECLINED = "open", "declined"
TEAM, LEAD, MERGER, ORGANIZATION, OWNER = "team", "lead", "merger", "organization", "owner"
_GONE = say("no_invitation", "There is no such invitation for you: it is over, or was taken back. Ask for another one.")
_PAGE_SIZE = 100


class Invitation(table.Item, discriminator="invitation"):
    """A question to somebody: `to` a team, its lead, a merger, an organization (in a `role`) or to own it.

    It is asked by an account (`by`, `by_user`).

    `subject` is the id of what they are asked into, `name` what that was called. `whom` is who may answer: the id of an
    account or a team, or the digest of an `address`. It stays after it was declined, so that nobody is asked again before
    it would have been over.
    """

    id = UnicodeAttribute()
    to = UnicodeAttribute()
    subject = UnicodeAttribute()
    name = UnicodeAttribute()
    competition = UnicodeAttribute(null=True)
    whom = UnicodeAttribute()
    invited = UnicodeAttribute()
    address = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    by = UnicodeAttribute()
    by_user = UnicodeAttribute()
    status = UnicodeAttribute()
    made_at = UTCDateTimeAttribute()
    expires_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, invitation: str) -> Place["Invitation"]:
        """The place of an invitation."""
        return Place(cls, f"INVITATION#{invitation}", "INVITATION")

    def is_open(self, now: datetime) -> bool:
        """True while it can be accepted. What is over may still be stored for a while."""
        return bool(self.status == OPEN and self.expires_at > now)


def list_key(subject: str) -> str:
    """Under which the invitations into something are listed."""
    return f"INVITATIONS#{subject}"


def owner_key(whom: str) -> str:
    """Under which the invitations to somebody are listed."""
    return f"INVITED#{whom}"


def invite(invitation: Invitation, mails: Sequence[Mail], now: datetime, also: Composer = writes.nothing) -> None:
    """Store an invitation that is new, or renew one that is open, with the mails that tell of it; and do `also`.

    Raises Conflict for one that was declined lately.
    """
    again = (Invitation.status == OPEN) | (Invitation.expires_at <= now)
    declined = say(
        "invitation_declined",
        "{invited} has declined lately. Ask them again when that invitation would have been over.",
        invited=invitation.invited,
    )

    def compose(write: Transaction) -> None:
        write.save(invitation, condition=Invitation.pk.does_not_exist() | again)
        outbox.queueing(write, mails)
        also(write)

    writes.transact(compose, otherwise=Conflict(declined))


def into(subject: str, now: datetime, limit: int) -> list[Invitation]:
    """The newest invitations into something that are not over, the declined ones among them."""
    return _there(table.newest_listed(Invitation, list_key(subject), None, limit)[0], now)


def to(whom: str, now: datetime, limit: int) -> list[Invitation]:
    """The newest invitations to somebody that are open."""
    found = _there(table.newest_owned(Invitation, owner_key(whom), None, limit)[0], now)
    return [one for one in found if one.status == OPEN]


def check_there(invitation: Invitation | None, now: datetime) -> Invitation:
    """The invitation that was looked for, while it is open. Raises NotFound."""
    if invitation is None or not invitation.is_open(now):
        raise NotFound(_GONE)
    return invitation


def answering(write: Transaction, invitation: Invitation, now: datetime) -> None:
    """Within a transaction: it is accepted, on condition that it is open still."""
    write.delete(invitation, condition=_open(now))


def decline(invitation: Invitation, now: datetime) -> None:
    """Note that somebody does not want it. Raises NotFound when it is over by now."""
    writes.update(invitation, [Invitation.status.set(DECLINED)], _open(now), otherwise=NotFound(_GONE))


def revoke(invitation: Invitation, also: Composer = writes.nothing) -> None:
    """Take it back, and do `also`. Raises Conflict for one that was declined: it stays until it would be over."""
    answered = Conflict(
        say(
            "invitation_over",
            "{invited} has declined, or accepted meanwhile. There is nothing to take back.",
            invited=invitation.invited,
        )
    )

    def compose(write: Transaction) -> None:
        write.delete(invitation, condition=Invitation.status == OPEN)
        also(write)

    writes.transact(compose, otherwise=answered)


def forget(whom: str) -> None:
    """Ask somebody, by an account's id or the digest of an address, into nothing any more, page by page."""
    while page := table.newest_owned(Invitation, owner_key(whom), None, _PAGE_SIZE)[0]:
        writes.delete_many(page)
        if len(page) < _PAGE_SIZE:
            return


def _there(found: list[Invitation], now: datetime) -> list[Invitation]:
    return [one for one in found if one.expires_at > now]


def _open(now: datetime) -> Condition:
    is_open: Condition = (Invitation.status == OPEN) & (Invitation.expires_at > now)
    return is_open
