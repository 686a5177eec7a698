"""Guests to competitions, each to one e-mail address, whether somebody has an account with it or not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.contract import limits
from chalicelib.domain.people import guests
from chalicelib.domain.people.guests import GuestStatus, folded, id_of
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Condition, Transaction

_PREFIX = "GUEST#"
#: So long after an invitation has expired it is on the list.
KEPT = timedelta(days=30)
#: Stored by one transaction, each with its mail, beside the tally and the record.
STORED_AT_ONCE = (limits.TRANSACTION_ITEMS - 2) // 2
_PAGE_SIZE = 100


class Guest(table.Item, discriminator="guest"):
    """One address that may take part in a competition at once, until a time. Its id is made of the address."""

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    address = UnicodeAttribute()
    invited_by = UnicodeAttribute()
    invited_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    revoked_at = UTCDateTimeAttribute(null=True)
    accepted_at = UTCDateTimeAttribute(null=True)
    accepted_by = UnicodeAttribute(null=True)
    gone_at = TTLAttribute(attr_name="ttl", null=True)

    @classmethod
    def at(cls, competition: str, guest: str) -> Place["Guest"]:
        """The place of a guest."""
        return Place(cls, f"COMPETITION#{competition}", f"{_PREFIX}{guest}")

    def status(self, now: datetime) -> GuestStatus:
        """The status that it has now."""
        return guests.status(self.accepted_at, self.revoked_at, self.expires_at, now)


class GuestTally(table.Item, discriminator="guest_tally"):
    """The number of invitations that a competition has sent on a day of UTC, which has an end."""

    sent = NumberAttribute(default=0)
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, competition: str, day: str) -> Place["GuestTally"]:
        """The place of a day's count."""
        return Place(cls, f"COMPETITION#{competition}", f"INVITED#{day}")


def owner_key(address: str) -> str:
    """The key under which all is listed that an address is invited to."""
    return f"INVITED#{id_of(address)}"


def new(competition: str, address: str, by: str, expires_at: datetime, now: datetime) -> Guest:
    """An invitation that was just made."""
    return Guest(
        *Guest.at(competition, id_of(address)),
        id=id_of(address),
        competition=competition,
        address=folded(address),
        invited_by=by,
        invited_at=now,
        expires_at=expires_at,
        gone_at=expires_at + KEPT,
        owner_pk=owner_key(address),
        owner_sk=competition,
    )


def store(some: Sequence[Guest], mails: Sequence[Mail], entry: AuditEntry, now: datetime) -> None:
    """Store up to STORED_AT_ONCE invitations to one competition, in the place of earlier ones, with their mails.

    Raises Conflict when one was accepted meanwhile, or when there were too many today.
    """
    tally = GuestTally(*GuestTally.at(some[0].competition, f"{now:%Y-%m-%d}"))
    room = GuestTally.sent.does_not_exist() | (GuestTally.sent <= limits.MAX_INVITATIONS_A_DAY - len(some))

    def compose(write: Transaction) -> None:
        counted: list[Action] = [
            GuestTally.kind.set(GuestTally),
            GuestTally.sent.add(len(some)),
            GuestTally.gone_at.set(now + timedelta(days=2)),
        ]
        write.update(tally, actions=counted, condition=room)
        for one in some:
            write.save(one, condition=Guest.accepted_at.does_not_exist())
        outbox.queueing(write, mails)
        audit.recording(write, entry)

    most = say(
        "invitations_a_day",
        "A competition sends {most:,} invitations a day; or one of these was just accepted. "
        "Send those that are left again, tomorrow if there were so many.",
        most=limits.MAX_INVITATIONS_A_DAY,
    )
    writes.transact(compose, otherwise=Conflict(most))


def revoke(some: Sequence[Guest], entry: AuditEntry, now: datetime) -> None:
    """Have up to 99 invitations let nobody in. Raises Conflict when one was accepted meanwhile."""

    def compose(write: Transaction) -> None:
        for one in some:
            write.update(one, actions=[Guest.revoked_at.set(now)], condition=_waits())
        audit.recording(write, entry)

    writes.transact(
        compose,
        otherwise=Conflict(say("guests_moved", "One of these has just been accepted or revoked. Load the list again.")),
    )


def accepting(write: Transaction, guest: Guest, username: str, now: datetime) -> None:
    """Within a transaction: note who came by an invitation, on condition that it still holds."""
    actions: list[Action] = [
        Guest.accepted_at.set(now),
        Guest.accepted_by.set(username),
        Guest.gone_at.remove(),
    ]
    same = Guest.invited_at == guest.invited_at
    write.update(guest, actions=actions, condition=_waits() & same)


def of_competition(competition: str, after: str | None, limit: int) -> tuple[list[Guest], str | None]:
    """One page of a competition's invitations, in the order of their ids, and the cursor of the next, by one query."""
    pk, start = Guest.at(competition, after or "")
    page = Guest.sk.between(f"{start}!" if after else start, f"{_PREFIX}~")
    found = patiently(lambda: list(Guest.query(pk, page, limit=limit, consistent_read=True)))
    return found, found[-1].id if len(found) == limit else None


def of_address(address: str, before: str | None, limit: int) -> tuple[list[Guest], str | None]:
    """One page of what an address is invited to, in the newest competitions first."""
    return table.newest_owned(Guest, owner_key(address), before, limit)


def forget(address: str) -> None:
    """Forget that an address is, or was, on the lists of competitions, page by page."""
    while page := of_address(address, None, _PAGE_SIZE)[0]:
        writes.delete_many(page)
        if len(page) < _PAGE_SIZE:
            return


def _waits() -> Condition:
    neither = Guest.accepted_at.does_not_exist() & Guest.revoked_at.does_not_exist()
    waiting: Condition = Guest.pk.exists() & neither
    return waiting
