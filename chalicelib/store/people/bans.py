"""Bans: accounts that administrators let in no more, and the jobs on all that one account has."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.people.account_jobs import AccountJob
from chalicelib.store.people.sessions import OpenSession
from chalicelib.store.people.sign_ins import LONGEST_SESSION, Departure, SignOut
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

_LIST = "BANNED"


class Ban(table.Item, discriminator="ban"):
    """The word of an administrator that an account is let in no more. The `reason` is for them and for administrators."""

    account = UnicodeAttribute()
    username = UnicodeAttribute()
    reason = UnicodeAttribute()
    by = UnicodeAttribute()
    banned_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, account: str) -> Place["Ban"]:
        """The place where it says that an account is banned."""
        return Place(cls, f"ACCOUNT#{account}", "BAN")


def find(account: str) -> Ban | None:
    """None for who is not banned."""
    (found,) = table.read(Ban.at(account))
    return found


def endings(account: str) -> tuple[Ban | None, Departure | None, SignOut | None]:
    """The ban, departure and sign-out that end an account's sign-ins, by one call; None for what there is not."""
    return table.read(Ban.at(account), Departure.at(account), SignOut.at(account))


def endings_of(account: str, session: str) -> tuple[Ban | None, Departure | None, SignOut | None, OpenSession | None]:
    """The same, with the session that somebody goes on with, where that is open still."""
    return table.read(Ban.at(account), Departure.at(account), SignOut.at(account), OpenSession.at(account, session))


def newest(before: str | None, limit: int) -> tuple[list[Ban], str | None]:
    """One page of those who are banned, and the cursor of the next."""
    return table.newest_listed(Ban, _LIST, before, limit)


def ban(made: Ban, job: AccountJob, entry: AuditEntry, now: datetime) -> None:
    """Let an account in no more and end its sessions, with the record of it and the job that it needs. Raises Conflict."""
    made.list_pk, made.list_sk = _LIST, made.account
    # Tokens tell the second that they are of. One of this second is over with its session's row, or never has one.
    ended = SignOut(*SignOut.at(made.account), signed_out_at=now, digest="", gone_at=now + LONGEST_SESSION)

    def compose(write: Transaction) -> None:
        write.save(made, condition=Ban.pk.does_not_exist())
        write.save(ended)
        write.save(job)
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(say("banned_already", "This account is banned already.")))


def lift(account: str, entry: AuditEntry) -> None:
    """Let an account in again, with the record of it. Raises Conflict."""

    def compose(write: Transaction) -> None:
        write.delete(Ban(*Ban.at(account)), condition=Ban.pk.exists())
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(say("not_banned", "This account is not banned.")))
