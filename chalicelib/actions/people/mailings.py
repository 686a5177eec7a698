"""Mailings: what organizers write to those whom they have admitted, and how it reaches each once."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import NamedTuple

from chalicelib import ids, requests, responses, settings, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.mail import composing
from chalicelib.actions.people import audit_log, choices
from chalicelib.actions.people.extra_attempts import NO_PHASE_HERE
from chalicelib.aws import mail as ses
from chalicelib.aws import messages
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.mail import notices, rendering
from chalicelib.domain.mail.audiences import Audience
from chalicelib.domain.mail.letters import Letter, contact, plain, written
from chalicelib.domain.mail.sentences import Language, Speech
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.groups import reserved_for
from chalicelib.domain.people.participation import Wanted
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table
from chalicelib.store.background import jobs
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.events.events import Event
from chalicelib.store.mail import mailings, readers
from chalicelib.store.mail.mailings import Mailing, MailingTally
from chalicelib.store.mail.readers import MailPreferences, Suppression
from chalicelib.store.people import participants
from chalicelib.store.people.participants import APPROVED, Participant
from chalicelib.store.submissions.usage import Quota

PAGE_SIZE = 100
#: Mailed at once. So many are uncertain when a function stops on the way.
AT_ONCE = 10
#: A call of the API lives for 29 seconds, and must answer how many were counted.
PATIENCE = timedelta(seconds=20)
#: Seconds after which those are tried again whom SES refused for the moment; after the last the job rests for a while.
PAUSES = (1, 2, 4, 8)
REST = timedelta(minutes=5)
_NO_MAIL = say(
    "site_sends_no_mail",
    "This site sends no mail. Its administrators say from which address it does: the parameter MailFrom.",
)


def preview(competition_id: str, body: requests.NewMailing, account: Account, now: datetime) -> responses.MailingPreview:
    """Show what would be sent, and count to how many. Raises NotFound, NotAllowed."""
    competition, letter, readers = _ordered(competition_id, body, account)
    count, complete = 0, True
    for page in _pages(competition.id, readers, None):
        count += len(page)
        if datetime.now(UTC) > now + PATIENCE:
            complete = False
            break
    return responses.MailingPreview(
        subject=letter.english.subject,
        text=rendering.text(letter.english.text, settings.get().console_url),
        html=rendering.html(letter.english.text, letter.english.subject, settings.get().console_url),
        reply_to=letter.reply_to,
        readers=count,
        complete=complete,
    )


def order(competition_id: str, body: requests.NewMailing, account: Account, now: datetime) -> responses.Mailing:
    """Have a letter sent to participants. Raises NotFound, NotAllowed, Conflict, QuotaExceeded."""
    competition, letter, readers = _ordered(competition_id, body, account)
    if not settings.get().mail_from:
        raise Conflict(_NO_MAIL)
    (tally,) = table.read(MailingTally.at(competition.id))
    mailing = mailings.made(ids.new(now), competition.id, letter, readers, account.username, now)
    said = {"subject": letter.english.subject, **readers.stored}
    entry = audit_log.entry_about(competition.id, None, "mailed", None, said, "", account, now)
    mailings.order(mailing, tally, now, lambda write: audit.recording(write, entry))
    messages.send_letter(mailing.id)
    return _answer(mailing)


def list_all(competition_id: str, account: Account, before: str | None) -> responses.Mailings:
    """One page of a competition's mailings, newest first: two calls. Raises NotFound, NotAllowed."""
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    found, following = mailings.of_competition(competition_id, before, PAGE_SIZE)
    return responses.Mailings([_answer(one) for one in found], following)


def about_phase(event: Event, now: datetime) -> None:
    """Have participants mailed that a phase begins, ends soon or has ended: once for each event, and never of a draft."""
    competition, phase = table.read(Competition.at(event.competition), Phase.at(str(event.phase)))
    if competition is None or phase is None or not competition.published or not settings.get().mail_from:
        return
    letter = _about_phase(EventKind(event.event), competition, phase)
    # Of a phase that is for some groups the others do not know.
    readers = Audience(groups=sorted(reserved_for(competition.groups, int(phase.index))) or None)
    if letter is None:
        return
    mailing = mailings.made(event.id, competition.id, letter, readers, None, now)
    if choices.are_told(EventKind(event.event), phase):
        is_over = event.event == EventKind.PHASE_ENDED
        mailing.choices_of = {"phase": phase.id, "over": is_over}
        if is_over and phase.ends_at is not None:
            # By then nobody is choosing any more who began in time.
            mailings.begin_at(mailing, phase.ends_at + choices.LATE)
            return
    if mailings.begin(mailing):
        messages.send_letter(event.id)


def _about_phase(kind: EventKind, competition: Competition, phase: Phase) -> Letter | None:
    reply_to, zone = contact(competition.settings.contact_email), competition.settings.timezone
    told, ends_at = (competition.called, competition.title, phase.name), phase.ends_at
    if kind is EventKind.PHASE_STARTED:
        return notices.begun(*told, ends_at, zone, reply_to)
    if ends_at is None:
        return None
    return (notices.ending if kind is EventKind.PHASE_ENDING else notices.over)(*told, ends_at, zone, reply_to)


def work(mailing: Mailing, now: datetime, deadline: datetime) -> None:
    """Send to page after page, each person once. Raises OutOfTime to leave the rest to another function."""
    if mailing.held:
        # A function stopped on its way with these.
        mailings.settle(
            mailing, max(mailing.held[-1], mailing.cursor or ""), uncertain=len(mailing.held), again=mailing.again or ()
        )
    if mailing.again:
        places = [Participant.at(mailing.competition, user) for user in mailing.again]
        if not _send_all(mailing, table.read_many(places), None, deadline):
            return
    for page in _pages(mailing.competition, mailing.readers, mailing.cursor):
        if not _send_all(mailing, page, page.cursor, deadline):
            return
    jobs.finish(mailing)
    telemetry.logger.info("mailing finished", mailing=mailing.id, sent=int(mailing.sent), left_out=int(mailing.left_out))


class Page(list[Participant]):
    """Some of those to whom a letter goes. Behind `cursor` others follow."""

    cursor: str


def _pages(competition: str, readers: Audience, after: str | None) -> Iterator[Page]:
    """Those who were admitted and fit, in their order: a query for each hundred, and one call more to see who submitted."""
    phases = [readers.phase] if readers.phase else []
    if readers.submitted is not None and not phases:
        phases = [phase.id for phase in competitions.find(competition)[1]]
    while True:
        found, following = participants.of_competition(competition, after, PAGE_SIZE, Wanted(APPROVED))
        page = Page(one for one in found if readers.takes_in(one.team_name, participants.groups_of(one)))
        if readers.submitted is not None:
            active = _active(page, phases)
            page[:] = [one for one in page if (one.user in active) == readers.submitted]
        if found:
            page.cursor = found[-1].user
            yield page
        if following is None:
            return
        after = following


def _active(page: Sequence[Participant], phases: Sequence[str]) -> set[str]:
    """Those of some who have submitted to one of the phases."""
    counters = table.read_many(Quota.at(phase, one.user) for one in page for phase in phases)
    return {counter.pk.rpartition("#")[2] for counter in counters if counter.used + counter.extra > 0}


def _ordered(competition_id: str, body: requests.NewMailing, account: Account) -> tuple[Competition, Letter, Audience]:
    """The competition, and what goes to whom of it. Raises NotFound, NotAllowed."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    if body.phase is not None and competitions.competition_of(body.phase) != competition.id:
        raise NotFound(NO_PHASE_HERE)
    if body.group is not None and body.group not in {group.key for group in competition.groups}:
        raise NotFound(say("no_group_here", "There is no such group in this competition. Look at its groups."))
    page = f"agon:/c/{competition.called}"

    def compose(speech: Speech) -> tuple[str, str]:
        from_whom = speech("wrote for", by=plain(account.username), title=plain(competition.title), page=page)
        return body.subject, f"{rendering.closed(body.text)}\n\n*{from_whom}*"

    letter = written("letters", compose, contact(competition.settings.contact_email))
    return (
        competition,
        letter,
        Audience(body.team, body.in_team, body.submitted, body.phase, [body.group] if body.group else None),
    )


def _send_all(mailing: Mailing, people: Sequence[Participant], cursor: str | None, deadline: datetime) -> bool:
    """Send to some, ten at once, and no faster than SES takes it. False when the job rests, until SES takes more.

    With a `cursor` they are a page, which it ends; without one they are those who got nothing at first. Raises OutOfTime
    between two tens.
    """
    addressed = _addressed(mailing, people)
    reading = {one.user for one in addressed if one.address}
    own = choices.letters(mailing, [one for one in people if one.user in reading])
    for start in range(0, len(addressed), AT_ONCE):
        if is_late(deadline):
            raise OutOfTime
        some, rest = addressed[start : start + AT_ONCE], addressed[start + AT_ONCE :]
        behind = cursor if cursor is None or not rest else some[-1].user
        if not _send_some(mailing, own, some, behind, [] if cursor else [one.user for one in rest]):
            return False
    if not addressed:
        mailings.settle(mailing, cursor)
    return True


class _Reader(NamedTuple):
    """One to mail to: an account, its address, empty for who is left out, and its language."""

    user: str
    address: str
    language: Language


def _addressed(mailing: Mailing, people: Sequence[Participant]) -> list[_Reader]:
    """Each as a reader: two calls for each hundred.

    Who joined before addresses were kept costs a call more.
    """
    addresses = {one.user: _address(one) for one in people}
    digests = {user: composing.digest(address) for user, address in addresses.items()}
    wishes = {one.pk: one for one in table.read_many(map(MailPreferences.at, addresses))}
    stopped = {one.digest: one for one in table.read_many(map(Suppression.at, digests.values()))}

    def reader(user: str, address: str) -> _Reader:
        found = wishes.get(MailPreferences.at(user)[0])
        is_out = composing.obstacle(str(mailing.letter_kind), found, stopped.get(digests[user]))
        return _Reader(user, "" if is_out else address, readers.language(found))

    return [reader(*one) for one in addresses.items()]


def _address(one: Participant) -> str:
    """The address of somebody who takes part still, and asked to; empty for others."""
    return "" if one.admitted or one.status != APPROVED else one.address or composing.address_of(one.username)


def _send_some(
    mailing: Mailing,
    own: Mapping[str, Letter],
    some: Sequence[_Reader],
    cursor: str | None,
    pending: Sequence[str],
) -> bool:
    """Send to ten at most, of whom some have a letter of their `own`, and note what became of it. False when SES takes no
    more: then the job rests."""
    began, ready = monotonic(), [one for one in some if one.address]
    if ready:
        mailings.hold(mailing, [one.user for one in ready], pending)
    outcomes = _outcomes([(own.get(one.user, mailing.letter), one) for one in ready])
    unsent = [user for user, outcome in outcomes.items() if outcome is ses.SendLater]
    mailings.settle(
        mailing,
        cursor,
        sent=sum(outcome is None for outcome in outcomes.values()),
        left_out=len(some) - len(ready) + sum(outcome is ses.Refused for outcome in outcomes.values()),
        uncertain=sum(outcome is ses.NoAnswer for outcome in outcomes.values()),
        again=[*unsent, *pending],
    )
    if unsent:
        jobs.pause(mailing, datetime.now(UTC) + REST)
        return False
    sleep(max(0.0, len(ready) / settings.get().mails_per_second - (monotonic() - began)))
    return True


def _outcomes(some: Sequence[tuple[Letter, _Reader]]) -> dict[str, type[Exception] | None]:
    """Send to ten at once: what came of each, None for who got it. What SES refuses for the moment is asked a few times."""
    outcomes: dict[str, type[Exception] | None] = {one.user: ses.SendLater for _, one in some}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for pause in (0, *PAUSES):
            left = [(letter, one) for letter, one in some if outcomes[one.user] is ses.SendLater]
            if not left:
                break
            sleep(pause)
            outcomes |= dict(pool.map(lambda pair: (pair[1].user, _send(*pair)), left))
    return outcomes


def _send(letter: Letter, one: _Reader) -> type[Exception] | None:
    try:
        ses.send(composing.message(letter, *one))
    except (ses.SendLater, ses.Refused, ses.NoAnswer) as error:
        return type(error)
    return None


def _answer(mailing: Mailing) -> responses.Mailing:
    return responses.Mailing(
        id=mailing.id,
        subject=mailing.subject,
        by=mailing.by,
        created_at=mailing.created_at,
        status=mailing.status,  # type: ignore[arg-type]
        reason=mailing.reason,
        sent=int(mailing.sent or 0),
        left_out=int(mailing.left_out or 0),
        uncertain=int(mailing.uncertain or 0),
    )
