"""Mail of forums: to whom a post mentions, and who follows its thread; and of announcements, by a background job.

An announcement of a competition goes to all who take part, one of the site to every account that has confirmed its address.

A mail's id is made of what it tells of and its reader, so nobody gets one twice, however often a function breaks off.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from chalicelib import ids, settings, telemetry
from chalicelib.aws import accounts, messages
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.forum import pages
from chalicelib.domain.forum.pages import PageOf
from chalicelib.domain.mail import rendering
from chalicelib.domain.mail.letters import Letter, plain, quoted, written
from chalicelib.domain.mail.sentences import Speech
from chalicelib.domain.people.participation import Wanted
from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import mailing
from chalicelib.store.forum.announcements import SITE, Announcement
from chalicelib.store.forum.mailing import AnnouncementMailing
from chalicelib.store.forum.threads import Post, Thread
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people import participants
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.participants import APPROVED, Participant

KIND, REPLIES, OF_SITE = "forum", "replies", "site"
PAGE_SIZE = 100


def mention(post: Post, thread: Thread, competition: Competition, user: str, username: str, address: str | None) -> None:
    """Mail somebody that a post names them: one call, and none on a site that sends no mail.

    Of one thread they are mailed once a day, however often they are named in it: their inbox has the rest.
    """
    letter = _told(KIND, "mention", post, thread, competition)
    id_ = ids.derived(thread.id, f"{user} {post.created_at:%Y-%m-%d}")
    outbox.queue(outbox.to_account(id_, letter, user, username, post.created_at, address))


def reply(post: Post, thread: Thread, competition: Competition, readers: Sequence[str]) -> None:
    """Mail those who follow a thread, by their ids, that somebody wrote in it: one call, and one for each of them.

    Of one thread they are mailed once a day, however much is written in it: their inbox has the rest.
    """
    if not (settings.get().mail_from and readers):
        return
    members = {one.user: one for one in table.read_many(Participant.at(competition.id, user) for user in readers)}
    undo = f"agon forum subscribe {competition.called} {thread.id} --undo"
    letter = _told(REPLIES, "reply", post, thread, competition).followed_by(lambda say: say("follow", command=undo))
    for user in readers:
        member = members.get(user)
        if member is not None and member.admitted:
            continue
        # Who does not take part, such as an organizer, is found by their id too.
        name, address = (member.username, member.address) if member is not None else (user, None)
        id_ = ids.derived(thread.id, f"{user} replies {post.created_at:%Y-%m-%d}")
        outbox.queue(outbox.to_account(id_, letter, user, name, post.created_at, address))


def _told(kind: str, what: str, post: Post, thread: Thread, competition: Competition) -> Letter:
    """The letter that tells of a post, and leads to it."""
    number = pages.page_of(PageOf(post=int(post.number)), int(post.number))
    page = f"agon:/competitions/{competition.called}/forum/{post.thread}?page={number}"
    command = f"agon forum show {competition.called} {post.thread} --post {int(post.number)}"

    def compose(say: Speech) -> tuple[str, str]:
        said = say(what, by=plain(post.username), thread=plain(thread.title), title=plain(competition.title))
        where = say("read on", page=page, command=command)
        subject = say(f"{what}.subject", by=post.username, thread=thread.title)
        return subject, f"{said}\n\n{quoted(post.text or '')}\n\n{where}"

    return written(kind, compose)


def of(announcement: Announcement) -> AnnouncementMailing | None:
    """The mailing of an announcement, which waits; None on a site that sends no mail."""
    if not settings.get().mail_from:
        return None
    subject = announcement.competition or SITE
    id_ = f"{subject}-{announcement.id}"
    job = AnnouncementMailing(
        *AnnouncementMailing.at(id_),
        id=id_,
        competition=subject,
        announcement=announcement.id,
        created_at=announcement.created_at,
    )
    jobs.waiting(job)
    return job


def send(job: AnnouncementMailing | None) -> None:
    """Have the tasks function do a mailing."""
    if job is not None:
        messages.send_mailing(job.id)


def work(job: AnnouncementMailing, _now: datetime, deadline: datetime) -> None:
    """Queue a mail for each whom it is for. Raises OutOfTime. What was taken back meanwhile is mailed to nobody else."""
    cursor: str | None = job.cursor
    while True:
        page, following = (_of_site if job.competition == SITE else _of_competition)(job, cursor)
        for one in page:
            outbox.queue(one)
        if following is None:
            break
        cursor = following
        mailing.advance(job, cursor, len(page))
        if is_late(deadline):
            raise OutOfTime
    mailing.end(job)
    telemetry.logger.info("announcement mailed", mailing=job.id)


def _of_competition(job: AnnouncementMailing, cursor: str | None) -> tuple[list[Mail], str | None]:
    """The mails to one page of those who take part, and the cursor of the next: two calls."""
    places = Competition.at(job.competition), Announcement.at(job.competition, job.announcement)
    competition, announcement = table.read(*places)
    if competition is None or announcement is None:
        return [], None
    page, following = participants.of_competition(competition.id, cursor, PAGE_SIZE, Wanted(APPROVED))
    there = (one for one in page if not one.admitted and (competition.published or participants.sees_draft(one)))
    letter = _letter(competition, announcement)
    return [*_mails(announcement, letter, ((one.user, one.username, one.address) for one in there))], following


def _of_site(job: AnnouncementMailing, cursor: str | None) -> tuple[list[Mail], str | None]:
    """The mails to one page of the site's accounts but for those that are banned, and the next cursor: three calls."""
    (announcement,) = table.read(Announcement.at(SITE, job.announcement))
    if announcement is None:
        return [], None
    page, following = accounts.confirmed(cursor)
    banned = {one.account for one in table.read_many(Ban.at(one.id) for one in page)}
    let_in = ((one.id, one.username, one.email) for one in page if one.id not in banned)
    return [*_mails(announcement, _letter_of_site(announcement), let_in)], following


def _mails(announcement: Announcement, letter: Letter, readers: Iterable[tuple[str, str, str | None]]) -> Iterator[Mail]:
    """A mail to each of some: their account, name and address."""
    for user, name, address in readers:
        id_ = ids.derived(announcement.id, user)
        yield outbox.to_account(id_, letter, user, name, announcement.created_at, address)


def _letter_of_site(announcement: Announcement) -> Letter:
    by, text = plain(announcement.username), rendering.closed(announcement.text)
    return written(OF_SITE, lambda say: (announcement.title, f"{text}\n\n{say('announced here', by=by)}"))


def _letter(competition: Competition, announcement: Announcement) -> Letter:
    # Organizers write to those who take part in theirs, in Markdown, which is made safe where it is rendered.
    said = {"by": plain(announcement.username), "title": plain(competition.title)}
    text, subject = rendering.closed(announcement.text), {"title": competition.title, "about": announcement.title}
    return written(KIND, lambda say: (say("about", **subject), f"{text}\n\n{say('announced', **said)}"))
