"""The site as a whole: what its administrators set."""

from collections.abc import Mapping, Sequence

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction


class Site(table.Item, discriminator="site"):
    """The settings of the site. While it is `paused` no submission is taken anywhere; `message` says why.

    With `approval` competitions are published when an administrator has approved that. `account_quota_bytes` and
    `competition_quota_bytes` are what an account and a competition may store that have no quota of their own.
    `code_is_listed`: whose the code is that was shared before builds noted that is noted now.
    """

    paused = BooleanAttribute(default=False)
    message = UnicodeAttribute(default="")
    approval = BooleanAttribute(null=True)
    code_is_listed = BooleanAttribute(null=True)
    account_quota_bytes = NumberAttribute(null=True)
    competition_quota_bytes = NumberAttribute(null=True)

    @property
    def account_quota(self) -> int | None:
        """The bytes that an account may store."""
        return table.whole_number(self.account_quota_bytes)

    @property
    def competition_quota(self) -> int | None:
        """The bytes that a competition may store."""
        return table.whole_number(self.competition_quota_bytes)

    @classmethod
    def at(cls) -> Place["Site"]:
        """The place of the site's settings."""
        return Place(cls, "SITE", "SITE")


KEY = Site.at()


def read(found: Site | None) -> Site:
    """The settings, or what holds when nobody has set any."""
    return found or Site(*Site.at())


def change(changes: Mapping[str, bool | str | int | None], entries: Sequence[AuditEntry]) -> None:
    """Let other settings hold from now on, with the records of it. What is not among the `changes` stays."""
    said = ((getattr(Site, name), value) for name, value in changes.items())
    actions = [Site.kind.set(Site), *(one.remove() if value is None else one.set(value) for one, value in said)]

    def compose(write: Transaction) -> None:
        write.update(Site(*Site.at()), actions=actions)
        for entry in entries:
            audit.recording(write, entry)

    writes.transact(compose)
