"""Other sites whose competitions are listed here: the key that is pinned, and how the last fetch went."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

#: Sites that one site trusts: each is asked for its list again and again.
MAX_SITES = 50
_PREFIX = "SITE#"


class TrustedSite(table.Item, discriminator="trusted_site"):
    """A site by its API's address. `made_at` counts the seconds until its last list was made: an older one is refused.

    `heard_at` is when a list was taken last, `problem` why the last one was not.
    """

    id = UnicodeAttribute()
    url = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    key = UnicodeAttribute()
    trusted_by = UnicodeAttribute()
    trusted_at = UTCDateTimeAttribute()
    made_at = NumberAttribute(default=0)
    heard_at = UTCDateTimeAttribute(null=True)
    problem = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, site: str) -> Place["TrustedSite"]:
        """The place of a site."""
        return Place(cls, "FEDERATION", f"{_PREFIX}{site}")

    @property
    def last_heard_at(self) -> datetime:
        """The time of the last list that was taken, or since when one is waited for."""
        return self.heard_at or self.trusted_at


def everyone() -> list[TrustedSite]:
    """All sites that are trusted, by one query."""
    pk, start = TrustedSite.at("")
    return patiently(lambda: list(TrustedSite.query(pk, TrustedSite.sk.startswith(start), consistent_read=True)))


def find(site: str) -> TrustedSite:
    """The trusted site of an id. Raises NotFound."""
    (found,) = table.read(TrustedSite.at(site))
    if found is None:
        raise _unknown()
    return found


def put(site: TrustedSite, former: Sequence[TrustedSite], entry: AuditEntry, now: datetime) -> None:
    """Trust a site in the place of the `former` ones, record that, and have the sweeper fetch its list at once."""
    site.wake_at(now)

    def compose(write: Transaction) -> None:
        for one in former:
            write.delete(one)
        write.save(site)
        audit.recording(write, entry)

    writes.transact(compose)


def forget(site: TrustedSite, entry: AuditEntry) -> None:
    """Trust a site no more, with the record of it. Raises NotFound."""

    def compose(write: Transaction) -> None:
        write.delete(site, condition=TrustedSite.pk.exists())
        audit.recording(write, entry)

    writes.transact(compose, otherwise=_unknown())


def wait(site: TrustedSite, until: datetime) -> bool:
    """Have the sweeper look at it again then. False when somebody else has just said when."""
    return writes.update_if(site, TrustedSite.waking_at(until), TrustedSite.due_at == site.due_at)


def heard(site: TrustedSite, key: str, name: str, made_at: int, now: datetime) -> bool:
    """Note that a list was taken. False when a newer one was meanwhile, or the site is trusted no more."""
    actions = [
        *(TrustedSite.key.set(key), TrustedSite.name.set(name), TrustedSite.made_at.set(made_at)),
        *(TrustedSite.heard_at.set(now), TrustedSite.problem.remove()),
    ]
    same = (TrustedSite.key == site.key) & (TrustedSite.made_at == site.made_at)
    return writes.update_if(site, actions, TrustedSite.pk.exists() & same)


def failed(site: TrustedSite, problem: str) -> None:
    """Note why no list was taken. What was taken before stays."""
    try:
        writes.update(site, [TrustedSite.problem.set(problem)], TrustedSite.pk.exists())
    except ConditionFailed:
        return


def _unknown() -> NotFound:
    return NotFound(say("no_site", "There is no such site. `agon sites list` tells those."))
