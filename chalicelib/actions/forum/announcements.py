"""Announcements: of a competition by its organizers, of the site by its administrators; the newest of each for a reader."""

from datetime import datetime, timedelta

from chalicelib import ids, requests, responses
from chalicelib.actions.competitions.permissions import check_organizer, check_visible, sees_all
from chalicelib.actions.forum import mailing
from chalicelib.actions.people import audit_log
from chalicelib.contract import limits
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import QuotaExceeded, say
from chalicelib.store import table
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import announcements
from chalicelib.store.forum.announcements import SITE, Announcement
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

PAGE_SIZE = 25
#: Of as many competitions, the latest joined, the newest word is told: each is two keys of one call.
MOST_COMPETITIONS = 49


def announce(competition_id: str, body: requests.Announce, account: Account, now: datetime) -> responses.Announcement:
    """Tell all who take part something: three calls, and one to mail it. Raises NotFound, NotAllowed, QuotaExceeded."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    made = _made(competition, body, account, now)
    entry = audit_log.entry_about(competition.id, None, "announced", None, _recorded(made), "", account, now)
    return _announce(made, entry, body.mail)


def announce_to_site(body: requests.AnnounceToSite, account: Account, now: datetime) -> responses.Announcement:
    """Tell everybody on the site something: two calls, and one to mail it. Raises QuotaExceeded."""
    made = _made(None, body, account, now)
    return _announce(made, audit_log.entry_of_site(None, "announced", None, _recorded(made), "", account, now), body.mail)


def _announce(made: Announcement, entry: AuditEntry, mail: bool) -> responses.Announcement:
    job = mailing.of(made) if mail else None
    announcements.create(made, entry, job)
    mailing.send(job)
    return _told(made)


def list_all(competition_id: str, account: Account | None, before: str | None) -> responses.Announcements:
    """One page of a competition's announcements: two calls. Raises NotFound."""
    (found,) = table.read(Competition.at(competition_id))
    return _page(check_visible(found, account).id, before)


def list_of_site(before: str | None) -> responses.Announcements:
    """One page of the site's announcements: one call."""
    return _page(SITE, before)


def list_mine(account: Account) -> responses.Announcements:
    """The newest announcement of the site and of each competition that somebody takes part in, by two calls."""
    joined = participants.newest_of(account.id, MOST_COMPETITIONS)
    copies = {member.competition: Announcement.newest_at(member.competition) for member in joined}
    found = table.read_all([Announcement.newest_at(SITE), *copies.values(), *map(Competition.at, copies)])
    seen = [copies[member.competition] for member in joined if _sees(member, account, found)]
    there = [one for place in (Announcement.newest_at(SITE), *seen) if (one := found.get(place))]
    newest_first = sorted(there, key=lambda one: one.id, reverse=True)
    return responses.Announcements([_told(one) for one in newest_first[:PAGE_SIZE]], None)


def change(
    competition_id: str, announcement: str, body: requests.ChangeAnnouncement, account: Account, now: datetime
) -> responses.Announcement:
    """Have an announcement say something else, which is not mailed: three calls. Raises NotFound, NotAllowed, Conflict."""
    (found,) = table.read(Competition.at(competition_id))
    of = check_organizer(found, account).id

    def record(before: Announcement, after: Announcement) -> AuditEntry:
        return audit_log.entry_about(of, None, "reannounced", _worded(before), _worded(after), body.reason, account, now)

    return _told(announcements.change(of, announcement, _words(body), record, now))


def change_of_site(
    announcement: str, body: requests.ChangeAnnouncement, account: Account, now: datetime
) -> responses.Announcement:
    """Have an announcement of the site say something else, which is not mailed: two calls. Raises NotFound, Conflict."""

    def record(before: Announcement, after: Announcement) -> AuditEntry:
        return audit_log.entry_of_site(None, "reannounced", _worded(before), _worded(after), body.reason, account, now)

    return _told(announcements.change(SITE, announcement, _words(body), record, now))


def _words(body: requests.ChangeAnnouncement) -> dict[str, str]:
    """The title and the text that are to change."""
    return {name: str(getattr(body, name)) for name in ("title", "text") if name in body.model_fields_set}


def withdraw(competition_id: str, announcement: str, account: Account, now: datetime) -> responses.Empty:
    """Take a competition's announcement back. What was mailed is mailed. Raises NotFound, NotAllowed."""
    (found,) = table.read(Competition.at(competition_id))
    of = check_organizer(found, account).id

    def record(one: Announcement) -> AuditEntry:
        return audit_log.entry_about(of, None, "unannounced", _recorded(one), None, "", account, now)

    announcements.remove(of, announcement, record)
    return responses.Empty()


def withdraw_from_site(announcement: str, account: Account, now: datetime) -> responses.Empty:
    """Take an announcement of the site back. Raises NotFound."""

    def record(one: Announcement) -> AuditEntry:
        return audit_log.entry_of_site(None, "unannounced", _recorded(one), None, "", account, now)

    announcements.remove(SITE, announcement, record)
    return responses.Empty()


def _recorded(one: Announcement) -> dict[str, str]:
    return {"announcement": one.id, "title": one.title}


def _worded(one: Announcement) -> dict[str, str]:
    return {**_recorded(one), "text": one.text}


def _sees(member: Participant, account: Account, found: table.Found) -> bool:
    """Whether somebody still sees a competition that they have joined."""
    competition = found.get(Competition.at(member.competition))
    if competition is None:
        return False
    return bool(competition.published) or sees_all(competition, account) or participants.sees_draft(member)


def _made(competition: Competition | None, body: requests.AnnounceToSite, account: Account, now: datetime) -> Announcement:
    """An announcement, not yet stored. Raises QuotaExceeded after too many within a day."""
    subject, id_ = competition.id if competition else SITE, ids.new(now)
    most = limits.MAX_ANNOUNCEMENTS_A_DAY
    lately, _ = announcements.newest(subject, None, most)
    if len(lately) == most and lately[-1].created_at > now - timedelta(days=1):
        again = lately[-1].created_at + timedelta(days=1)
        raise QuotaExceeded(
            say("enough_announced", "So much was announced in a day: {most} times. Say the rest in one, later.", most=most),
            again,
        )
    return Announcement(
        *Announcement.at(subject, id_),
        id=id_,
        competition=competition.id if competition else None,
        competition_title=competition.title if competition else None,
        title=body.title,
        text=body.text,
        username=account.username,
        created_at=now,
    )


def _page(subject: str, before: str | None) -> responses.Announcements:
    page, following = announcements.newest(subject, before, PAGE_SIZE)
    return responses.Announcements([_told(one) for one in page], following)


def _told(one: Announcement) -> responses.Announcement:
    return responses.Announcement(
        id=one.id,
        competition=one.competition,
        competition_title=one.competition_title,
        title=one.title,
        text=one.text,
        by=one.username,
        at=one.created_at,
        edited_at=one.edited_at,
    )
