"""Mails on their way: each to one reader, stored in the transaction that it tells of, sent afterwards and at most once.

Waiting -> Sending -> Sent, Not sent or Uncertain. Only a claim makes it Sending, and from there it goes back to Waiting
when it is known that nothing was sent. What it says and to whom is forgotten when it is over; that it was, after a month.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib import settings
from chalicelib.domain.mail.letters import Letter, Wording
from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, ConditionFailed, Transaction

WAITING, SENDING = "Waiting", "Sending"
SENT, NOT_SENT, UNCERTAIN = "Sent", "Not sent", "Uncertain"
OVER = (SENT, NOT_SENT, UNCERTAIN)
#: A message that nobody took is sent again after this time.
OVERDUE = timedelta(minutes=5)
#: Longer than a function lives: whoever claimed it then is gone, and nobody knows how far they came.
LEASE = timedelta(minutes=16)
#: How long it is tried, with pauses from a minute to an hour: about a day.
MAX_TRIES = 28
LONGEST_PAUSE = timedelta(hours=1)
KEPT = timedelta(days=30)
#: All that a mail begins with.
_GATHERED = (
    *("id", "letter_kind", "subject", "text", "french_subject", "french_text", "reply_to"),
    *("reader", "username", "address"),
    *("status", "created_at", "due_pk", "due_at"),
)


class Mail(table.Item, discriminator="mail"):
    """A letter to one reader: an account's id, or the digest of an address that need not have one. It has the words of every
    language; which are sent is its reader's choice when that is done.

    Its address is looked up by `username` when it is sent, unless it is there as `address`.
    """

    id = UnicodeAttribute()
    letter_kind = UnicodeAttribute()
    subject = UnicodeAttribute(null=True)
    text = UnicodeAttribute(null=True)
    french_subject = UnicodeAttribute(null=True)
    french_text = UnicodeAttribute(null=True)
    reply_to = UnicodeAttribute(null=True)
    reader = UnicodeAttribute()
    username = UnicodeAttribute(null=True)
    address = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    tries = NumberAttribute(default=0)
    created_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl", null=True)

    @classmethod
    def at(cls, mail: str) -> Place["Mail"]:
        """The place of a mail."""
        return Place(cls, f"MAIL#{mail}", "MAIL")

    @property
    def letter(self) -> Letter:
        """The letter, while the mail is not over."""
        english = Wording(str(self.subject), str(self.text))
        return Letter(str(self.letter_kind), english, self.reply_to, wording_of(self.french_subject, self.french_text))


#: What is forgotten of a mail that is over.
_FORGOTTEN = (
    *(Mail.subject, Mail.text, Mail.french_subject, Mail.french_text),
    *(Mail.reply_to, Mail.username, Mail.address),
)


def stored(letter: Letter) -> dict[str, Any]:
    """The words of a letter, as items have them."""
    french = {"french_subject": letter.french.subject, "french_text": letter.french.text} if letter.french else {}
    return {"subject": letter.english.subject, "text": letter.english.text, **french}


def wording_of(subject: str | None, text: str | None) -> Wording | None:
    """Words that an item may have."""
    return Wording(subject, text) if subject is not None and text is not None else None


def to_account(id_: str, letter: Letter, account: str, username: str, now: datetime, address: str | None = None) -> Mail:
    """A mail to an account. Without its address that is looked up when the mail is sent, which costs a call."""
    mail = _mail(id_, letter, account, now)
    mail.username, mail.address = username, address
    return mail


def to_address(id_: str, letter: Letter, address: str, digest: str, now: datetime) -> Mail:
    """A mail to an address, of which `digest` is the sha256, whether somebody has an account with it or not."""
    mail = _mail(id_, letter, digest, now)
    mail.address = address
    return mail


def _mail(id_: str, letter: Letter, reader: str, now: datetime) -> Mail:
    mail = Mail(
        *Mail.at(id_),
        id=id_,
        letter_kind=letter.kind,
        **stored(letter),
        reply_to=letter.reply_to,
        reader=reader,
        status=WAITING,
        created_at=now,
    )
    mail.wake_at(now)
    return mail


def queueing(write: Transaction, mails: Sequence[Mail]) -> None:
    """Within a transaction: have mails sent after it, within a minute or two. Does nothing on a site that sends none."""
    if settings.get().mail_from:
        for mail in mails:
            write.save(mail)


def gathering(write: Transaction, mails: Sequence[Mail], at: datetime) -> None:
    """Within a transaction: have mails sent at a later time, one of each id, however often it is queued till then."""
    if settings.get().mail_from:
        for mail in mails:
            mail.wake_at(at)
            values = ((getattr(Mail, name), getattr(mail, name)) for name in _GATHERED)
            actions = [attribute.set(attribute | value) for attribute, value in values if value is not None]
            write.update(Mail(*Mail.at(mail.id)), actions=[Mail.kind.set(Mail), Mail.tries.set(Mail.tries | 0), *actions])


def queue(mail: Mail) -> bool:
    """Have a mail sent that no transaction goes with. False when there was one of its id, or the site sends none."""
    if not settings.get().mail_from:
        return False
    try:
        writes.put(mail, Mail.pk.does_not_exist())
    except ConditionFailed:
        return False
    return True


def wait_again(mail: Mail, now: datetime) -> bool:
    """Have the sweeper look after a mail again, should its message be lost. False when somebody else has just done so."""
    same = (Mail.status == WAITING) & (Mail.due_at == mail.due_at)
    return writes.update_if(mail, Mail.waking_at(now + OVERDUE), same)


def claim(mail: Mail, now: datetime) -> bool:
    """Take a mail to send it. False when another function has, or it is over."""
    actions = [Mail.status.set(SENDING), Mail.tries.add(1), *Mail.waking_at(now + LEASE)]
    return writes.update_if(mail, actions, Mail.status == WAITING)


def put_off(mail: Mail, now: datetime) -> None:
    """Have a mail that was claimed and not sent tried again after a pause."""
    if int(mail.tries) >= MAX_TRIES:
        end(mail, NOT_SENT, "It could not be sent for a day.", now)
        return
    pause = min(timedelta(minutes=2 ** (int(mail.tries) - 1)), LONGEST_PAUSE)
    writes.update_if(mail, [Mail.status.set(WAITING), *Mail.waking_at(now + pause)], Mail.status == SENDING)


def end(mail: Mail, status: str, reason: str, now: datetime) -> None:
    """A mail is over, and what it said is forgotten. Does nothing when it was over."""
    actions: list[Action] = [
        Mail.status.set(status),
        Mail.reason.set(reason) if reason else Mail.reason.remove(),
        *(attribute.remove() for attribute in _FORGOTTEN),
        Mail.gone_at.set(now + KEPT),
        *Mail.asleep(),
    ]
    writes.update_if(mail, actions, Mail.pk.exists() & ~Mail.status.is_in(*OVER))
