"""Announcements: of a competition by its organizers, of the site by its administrators. The newest of each has a copy."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.forum.mailing import AnnouncementMailing
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

#: Where the site's own stand, in place of a competition's id, which it cannot be.
SITE = "SITE"
#: Behind every id.
_NEWEST = "~NEWEST"
_GONE = say("no_announcement", "There is no such announcement. Look at the list of them.")


class Announcement(table.Item, discriminator="announcement"):
    """A word to everybody, in Markdown. `competition` None: it is the site's. `edited_at`: when it was changed last."""

    id = UnicodeAttribute()
    competition = UnicodeAttribute(null=True)
    competition_title = UnicodeAttribute(null=True)
    title = UnicodeAttribute()
    text = UnicodeAttribute()
    username = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    edited_at = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, subject: str, announcement: str) -> Place["Announcement"]:
        """Place of an announcement, of a competition or the `SITE`."""
        return Place(cls, f"ANNOUNCEMENTS#{subject}", announcement)

    @classmethod
    def newest_at(cls, subject: str) -> Place["Announcement"]:
        """Place of the copy of the newest one."""
        return cls.at(subject, _NEWEST)


def newest(subject: str, before: str | None, limit: int) -> tuple[list[Announcement], str | None]:
    """One page of the announcements of a competition or the site, newest first."""
    pk, end = Announcement.at(subject, before or _NEWEST)
    page = patiently(lambda: list(Announcement.query(pk, Announcement.sk < end, scan_index_forward=False, limit=limit)))
    return page, page[-1].sk if len(page) == limit else None


def create(announcement: Announcement, entry: AuditEntry, mailing: AnnouncementMailing | None) -> None:
    """Store an announcement, the copy of it as the newest, the record of it, and the job that mails it."""
    subject = announcement.competition or SITE

    def compose(write: Transaction) -> None:
        write.save(announcement)
        write.save(_copy(announcement, Announcement.newest_at(subject)))
        audit.recording(write, entry)
        if mailing:
            write.save(mailing)

    writes.transact(compose)


def change(
    subject: str,
    id_: str,
    words: Mapping[str, str],
    record: Callable[[Announcement, Announcement], AuditEntry],
    now: datetime,
) -> Announcement:
    """Give an announcement another title or text, its copy too where it is the newest, with the record of it: as it is then.

    Raises NotFound, and Conflict when others change it all the time.
    """

    def attempt() -> Announcement:
        found, copy = table.read(Announcement.at(subject, id_), Announcement.newest_at(subject))
        before = _check(found, id_)
        after = _copy(before, Announcement.at(subject, id_), words, now)
        is_same = (Announcement.title == before.title) & (Announcement.text == before.text)

        def compose(write: Transaction) -> None:
            write.save(after, condition=is_same)
            if copy is not None and copy.id == id_:
                write.save(_copy(after, Announcement.newest_at(subject)), condition=Announcement.id == id_)
            audit.recording(write, record(before, after))

        writes.transact(compose)
        return after

    return writes.retried(
        attempt, Conflict(say("announcement_moved", "This announcement is being changed by others. Load it, then repeat."))
    )


def rename_author(subject: str, former: str, username: str) -> None:
    """Call who announced something otherwise, in all that a competition or the site was told, and in the newest's copy."""
    pk, _ = Announcement.at(subject, "")
    theirs = patiently(lambda: list(Announcement.query(pk, filter_condition=Announcement.username == former)))
    for one in theirs:
        writes.update_if(one, [Announcement.username.set(username)], Announcement.username == former)


def remove(subject: str, id_: str, record: Callable[[Announcement], AuditEntry]) -> None:
    """Take an announcement back, with the record of it; the one before it becomes the newest. Raises NotFound."""
    found, copy = table.read(Announcement.at(subject, id_), Announcement.newest_at(subject))
    there = _check(found, id_)

    def compose(write: Transaction) -> None:
        write.delete(there, condition=Announcement.pk.exists())
        audit.recording(write, record(there))

    writes.transact(compose, otherwise=NotFound(_GONE))
    if copy is not None and copy.id == id_:
        earlier, _ = newest(subject, None, 1)
        if earlier:
            writes.put(_copy(earlier[0], Announcement.newest_at(subject)), Announcement.id == id_)
        else:
            writes.delete(copy, Announcement.id == id_)


def _check(found: Announcement | None, id_: str) -> Announcement:
    """An announcement that was found, and is no copy. Raises NotFound."""
    if found is None or found.id != id_:
        raise NotFound(_GONE)
    return found


def _copy(
    announcement: Announcement,
    place: Place[Announcement],
    words: Mapping[str, str] = MappingProxyType({}),
    edited_at: datetime | None = None,
) -> Announcement:
    return Announcement(
        *place,
        id=announcement.id,
        competition=announcement.competition,
        competition_title=announcement.competition_title,
        title=words.get("title", announcement.title),
        text=words.get("text", announcement.text),
        username=announcement.username,
        created_at=announcement.created_at,
        edited_at=edited_at or announcement.edited_at,
    )
