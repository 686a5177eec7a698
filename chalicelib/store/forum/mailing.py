"""Mailings of announcements: background jobs, each to queue a mail for every participant of a competition."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place


class AnnouncementMailing(BackgroundJob, discriminator="announcement_mailing"):
    """The mailing of one announcement. `cursor` is the last participant who was looked at; `queued` counts the mails."""

    competition = UnicodeAttribute()
    announcement = UnicodeAttribute()
    cursor = UnicodeAttribute(null=True)
    queued = NumberAttribute(default=0)

    @classmethod
    def at(cls, mailing: str) -> Place["AnnouncementMailing"]:
        """Place of a mailing, by its id: `{competition}-{announcement}`."""
        return Place(cls, f"MAILING#{mailing}", "MAILING")


def find(id_: str) -> AnnouncementMailing | None:
    """A mailing; None when it is done."""
    (found,) = table.read(AnnouncementMailing.at(id_))
    return found


def advance(mailing: AnnouncementMailing, cursor: str, queued: int) -> None:
    """A page of participants is looked at. Raises TakenOver."""
    jobs.advance(mailing, [AnnouncementMailing.cursor.set(cursor), AnnouncementMailing.queued.add(queued)])


def end(mailing: AnnouncementMailing) -> None:
    """Have a mailing be done: it is removed."""
    writes.delete(mailing)
