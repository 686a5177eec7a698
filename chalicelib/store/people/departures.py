"""Departures of accounts: that one ends, by whose word, and the user names that nobody gets again."""

from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.attributes import UTCDateTimeAttribute

from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background import failures, jobs
from chalicelib.store.people.account_jobs import AccountJob
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.profiles import Profile
from chalicelib.store.people.sign_ins import LONGEST_SESSION, Address, Departure, SignOut
from chalicelib.store.people.tokens import TokenList
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction


class FormerName(table.Item, discriminator="former_name"):
    """A user name that an account had which is gone: nobody gets it again. The name stands here as its digest."""

    since = UTCDateTimeAttribute()

    @classmethod
    def at(cls, digest: str) -> Place["FormerName"]:
        """The place of a name, by the digest of its small letters."""
        return Place(cls, f"FORMER_NAME#{digest}", "FORMER_NAME")


def is_former(digest: str) -> bool:
    """True for the digest of a name that was somebody's who is gone."""
    (found,) = table.read(FormerName.at(digest))
    return found is not None


def order(job: AccountJob, name: str, into: str | None, entry: AuditEntry, failure: str, now: datetime) -> None:
    """End an account's sign-ins at once, keep the digest of its `name`, and store the job that does the rest.

    `into` is the digest of the successor's name. Raises Conflict when the departure of one of them is under way already; one
    that failed is ordered again, and told under the id of that `failure` no more.
    """
    departure = Departure(*Departure.at(job.account), ordered_at=now)
    # Tokens tell the second that they are of: one of this second is over, too.
    until = now + timedelta(seconds=1)
    ended = SignOut(*SignOut.at(job.account), signed_out_at=until, digest="", gone_at=now + LONGEST_SESSION)

    def compose(write: Transaction) -> None:
        if into is not None:
            # Of two accounts that are merged into each other at one moment, one stays.
            write.condition_check(FormerName, *FormerName.at(into), FormerName.pk.does_not_exist())
        write.save(job, condition=AccountJob.pk.does_not_exist() | (AccountJob.status == jobs.FAILED))
        write.save(departure)
        write.save(ended)
        write.save(FormerName(*FormerName.at(name), since=now))
        audit.recording(write, entry)
        failures.forgetting(write, failure)

    going = (
        say("account_being_removed", "This account is being removed already.")
        if into is None
        else say("one_being_removed", "One of the two accounts is being removed already.")
    )
    writes.transact(compose, otherwise=Conflict(going))


def forget(account: str, addresses: list[str]) -> None:
    """Forget what the account's own partition has, but that it is gone, and whose its addresses are, by their digests."""
    writes.delete_many([Ban(*Ban.at(account)), TokenList(*TokenList.at(account)), Profile(*Profile.at(account))])
    for digest in addresses:
        with suppress(writes.ConditionFailed):
            writes.delete(Address(*Address.at(digest)), Address.account == account)


def finish(job: AccountJob, name: str, now: datetime) -> None:
    """Say that the account is gone, and forget its name. Raises TakenOver."""
    gone = Departure(*Departure.at(job.account))
    # No session lives longer, so after that nobody is to be kept out.
    writes.update(gone, [Departure.gone_at.set(now + LONGEST_SESSION)], Departure.pk.exists())
    jobs.finish(job, [AccountJob.username.set(name)])
