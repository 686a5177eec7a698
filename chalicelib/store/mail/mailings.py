"""Mailings: one letter to many of a competition, sent by a background job that nobody gets it from twice.

Before some are mailed they stand in `held`; whoever finds them there later does not know who of them got it, and goes on
behind them. Those in `again` are known to have got nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib.contract import limits
from chalicelib.domain.mail.audiences import Audience
from chalicelib.domain.mail.letters import Letter, Wording
from chalicelib.errors import Conflict, NotFound, QuotaExceeded, say
from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.mail import outbox
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, Transaction

#: In which so many mailings are sent by the organizers of one competition.
PERIOD = timedelta(days=1)
_PAGE_SIZE = 100


class Mailing(BackgroundJob, discriminator="mailing"):
    """A letter to the participants of a competition, by its organizer `by`, or by the site where that is None.

    Everybody up to `cursor` was dealt with: `sent` got it, `left_out` not, because they want none or have no address that
    takes any; `uncertain` are those of whom nobody knows. With `choices_of` each is also told what they
    chose in a `phase`, and where it is `over` that this counts.
    """

    competition = UnicodeAttribute()
    by = UnicodeAttribute(null=True)
    letter_kind = UnicodeAttribute()
    subject = UnicodeAttribute()
    text = UnicodeAttribute()
    french_subject = UnicodeAttribute(null=True)
    french_text = UnicodeAttribute(null=True)
    reply_to = UnicodeAttribute(null=True)
    audience = JSONAttribute()
    choices_of = JSONAttribute(null=True)
    cursor = UnicodeAttribute(null=True)
    held = JSONAttribute(null=True)
    again = JSONAttribute(null=True)
    sent = NumberAttribute(default=0)
    left_out = NumberAttribute(default=0)
    uncertain = NumberAttribute(default=0)

    @classmethod
    def at(cls, mailing: str) -> Place["Mailing"]:
        """The place of a mailing."""
        return Place(cls, f"MAILING#{mailing}", "MAILING")

    @property
    def letter(self) -> Letter:
        """The letter that all of them get."""
        french = outbox.wording_of(self.french_subject, self.french_text)
        return Letter(str(self.letter_kind), Wording(str(self.subject), str(self.text)), self.reply_to, french)

    @property
    def readers(self) -> Audience:
        """The audience to which it goes."""
        return Audience(**self.audience)


class MailingTally(table.Item, discriminator="mailing_tally"):
    """Count of the mailings by the organizers of a competition since `began_at`."""

    number = NumberAttribute(default=0)
    began_at = NumberAttribute(default=0)

    @classmethod
    def at(cls, competition: str) -> Place["MailingTally"]:
        """The place of a competition's count."""
        return Place(cls, f"COMPETITION#{competition}", "MAILINGS")


def made(id_: str, competition: str, letter: Letter, readers: Audience, by: str | None, now: datetime) -> Mailing:
    """A mailing that waits to be sent."""
    mailing = Mailing(
        *Mailing.at(id_),
        id=id_,
        competition=competition,
        by=by,
        letter_kind=letter.kind,
        **outbox.stored(letter),
        reply_to=letter.reply_to,
        audience=readers.stored,
        created_at=now,
        owner_pk=owner_key(competition),
        owner_sk=id_,
    )
    jobs.waiting(mailing)
    return mailing


def owner_key(competition: str) -> str:
    """The key under which a competition's mailings are listed."""
    return f"MAILINGS#{competition}"


def order(mailing: Mailing, tally: MailingTally | None, now: datetime, record: Composer) -> None:
    """Store a mailing of organizers, count and `record` it. Raises QuotaExceeded, Conflict when another came between."""
    began = table.instant(tally.began_at) if tally is not None else now
    is_new = tally is None or now >= began + PERIOD
    if tally is not None and not is_new and tally.number >= limits.MAX_MAILINGS_PER_DAY:
        words = say(
            "mailings_a_day",
            "Organizers of a competition write {most} times a day at most. Wait, then write again.",
            most=limits.MAX_MAILINGS_PER_DAY,
        )
        raise QuotaExceeded(words, next_attempt_at=began + PERIOD)
    number, since = (1, table.seconds(now)) if is_new or tally is None else (int(tally.number) + 1, int(tally.began_at))
    counted = MailingTally(*MailingTally.at(mailing.competition), number=number, began_at=since)
    same = (
        MailingTally.pk.does_not_exist()
        if tally is None
        else (MailingTally.number == tally.number) & (MailingTally.began_at == tally.began_at)
    )

    def compose(write: Transaction) -> None:
        write.save(counted, condition=same)
        write.save(mailing, condition=Mailing.pk.does_not_exist())
        record(write)

    writes.transact(
        compose,
        otherwise=Conflict(say("mailing_moved", "Another mailing was just ordered. Look at the list, then repeat this.")),
    )


def begin(mailing: Mailing) -> bool:
    """Store a mailing of the site's own. False when there is one of its id."""
    return jobs.create(mailing)


def begin_at(mailing: Mailing, at: datetime) -> bool:
    """Store a mailing of the site's own that is sent from a time on. False when there is one of its id."""
    return jobs.create_at(mailing, at)


def find(mailing: str) -> Mailing:
    """Raises NotFound."""
    (found,) = table.read(Mailing.at(mailing))
    if found is None:
        raise NotFound(say("no_mailing", "There is no such mailing."))
    return found


def of_competition(competition: str, before: str | None, limit: int) -> tuple[list[Mailing], str | None]:
    """One page of a competition's mailings, newest first."""
    return table.newest_owned(Mailing, owner_key(competition), before, limit)


def rename_author(competition: str, former: str, username: str) -> None:
    """Call who wrote to participants otherwise, in all mailings of a competition."""
    before: str | None = None
    while True:
        page, before = of_competition(competition, before, _PAGE_SIZE)
        for one in page:
            if one.by == former:
                writes.update_if(one, [Mailing.by.set(username)], Mailing.by == former)
        if before is None:
            return


def hold(mailing: Mailing, users: Sequence[str], again: Sequence[str] = ()) -> None:
    """Note who is mailed next, before anybody is. Raises TakenOver."""
    jobs.advance(mailing, [Mailing.held.set(list(users)), _again(again)], is_further=False)


def settle(
    mailing: Mailing, cursor: str | None, sent: int = 0, left_out: int = 0, uncertain: int = 0, again: Sequence[str] = ()
) -> None:
    """Note what became of those who were held, and of others up to `cursor`. Raises TakenOver."""
    actions: list[Action] = [
        Mailing.held.remove(),
        _again(again),
        Mailing.sent.add(sent),
        Mailing.left_out.add(left_out),
        Mailing.uncertain.add(uncertain),
    ]
    if cursor is not None:
        actions.append(Mailing.cursor.set(cursor))
    jobs.advance(mailing, actions)


def _again(users: Sequence[str]) -> Action:
    return Mailing.again.set(list(users)) if users else Mailing.again.remove()
