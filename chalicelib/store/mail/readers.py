"""Readers of mail: which kinds they want, and addresses that take no mail any more."""

from collections.abc import Set
from contextlib import suppress
from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute

from chalicelib.domain.mail.sentences import Language, language_of
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, ConditionFailed, Transaction

BOUNCE, COMPLAINT = "bounce", "complaint"
LISTED = "SUPPRESSIONS"


class MailPreferences(table.Item, discriminator="mail_preferences"):
    """The kinds of mail that a reader, an account or an address without one, has switched `on`, or `off`, and the `language`
    that an account has chosen."""

    on = UnicodeSetAttribute(null=True)
    off = UnicodeSetAttribute(null=True)
    language = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, reader: str) -> Place["MailPreferences"]:
        """The place of what a reader wants: an account's id, or the digest of an address."""
        return Place(cls, f"READER#{reader}", "MAIL")


class Suppression(table.Item, discriminator="suppression"):
    """An address, by its digest, to which nothing is sent since a mail bounced for good or its reader complained."""

    digest = UnicodeAttribute()
    why = UnicodeAttribute()
    said = UnicodeAttribute(null=True)
    since = UTCDateTimeAttribute()

    @classmethod
    def at(cls, digest: str) -> Place["Suppression"]:
        """The place of the note on an address, by its digest."""
        return Place(cls, f"ADDRESS#{digest}", "SUPPRESSION")


def choices(found: MailPreferences | None) -> tuple[Set[str], Set[str]]:
    """The kinds that a reader has switched on, and off."""
    return (found.on or set(), found.off or set()) if found is not None else (set(), set())


def choose(
    reader: str, found: MailPreferences | None, on: Set[str], off: Set[str], language: Language | None = None
) -> None:
    """Store what a reader wants, in the place of what was `found`, and a language where one is given.

    Raises Conflict when they said more meanwhile.
    """
    wanted = MailPreferences(*MailPreferences.at(reader))
    actions: list[Action] = [
        attribute.set(set(said)) if said else attribute.remove()
        for attribute, said in ((MailPreferences.on, on), (MailPreferences.off, off))
    ]
    before = [
        attribute == set(said) if said else attribute.does_not_exist()
        for attribute, said in zip((MailPreferences.on, MailPreferences.off), choices(found), strict=True)
    ]
    actions.append(MailPreferences.kind.set(MailPreferences))
    if language is not None:
        actions.append(MailPreferences.language.set(language))
    writes.update(
        wanted,
        actions,
        before[0] & before[1],
        Conflict(say("mail_choice_moved", "Your choice has just changed. Load it, then repeat.")),
    )


def language(found: MailPreferences | None) -> Language:
    """The language in which a reader is written to."""
    return language_of(found.language if found is not None else None)


def switch_off(reader: str, kind: str) -> None:
    """Switch one kind off, whatever was said before."""
    wanted = MailPreferences(*MailPreferences.at(reader))
    writes.update(
        wanted,
        [MailPreferences.kind.set(MailPreferences), MailPreferences.off.add({kind}), MailPreferences.on.delete({kind})],
    )


def stop(digest: str, why: str, said: str, now: datetime) -> None:
    """Send nothing more to an address. Who has complained stays one who did, whatever bounces later."""
    suppression = Suppression(
        *Suppression.at(digest), digest=digest, why=why, said=said or None, since=now, list_pk=LISTED, list_sk=digest
    )
    is_news = Suppression.pk.does_not_exist() | (Suppression.why == BOUNCE)
    with suppress(ConditionFailed):
        writes.put(suppression, is_news)


def lift(digest: str, entry: AuditEntry) -> None:
    """Send to an address again, with the record of it. Raises NotFound when nothing kept that from being done."""
    gone = NotFound(say("no_suppression", "Nothing keeps mail from this address. Look at the list."))

    def compose(write: Transaction) -> None:
        write.delete(Suppression(*Suppression.at(digest)), condition=Suppression.pk.exists())
        audit.recording(write, entry)

    writes.transact(compose, otherwise=gone)


def suppressions(before: str | None, limit: int) -> tuple[list[Suppression], str | None]:
    """One page of the addresses that take no mail."""
    return table.newest_listed(Suppression, LISTED, before, limit)


def forget(*readers: str) -> None:
    """Forget which mail somebody wants, by the account's id and the digest of an address."""
    writes.delete_many([MailPreferences(*MailPreferences.at(reader)) for reader in readers])
