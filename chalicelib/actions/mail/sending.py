"""Sending of single mails, which are claimed first: whatever breaks off where, nobody gets one twice."""

from datetime import datetime, timedelta

from chalicelib import ids, telemetry
from chalicelib.actions.mail import composing
from chalicelib.aws import mail as ses
from chalicelib.aws import messages
from chalicelib.domain.mail.kinds import INVITATIONS, JUDGING
from chalicelib.errors import QuotaExceeded
from chalicelib.store import table
from chalicelib.store.mail import outbox, readers
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.mail.readers import MailPreferences, Suppression
from chalicelib.store.people import buckets
from chalicelib.store.people.buckets import Refill

#: To one address, from all competitions, teams and organizations together, of what its reader has not asked for: everybody
#: may invite whom they like, and put them on a jury, and nobody is to be buried by that.
UNASKED = Refill(10, timedelta(hours=3))
_BURIED = "This address was mailed very often lately by who invites and reminds. What it was told of holds without a mail."


def look_after(mail: Mail, now: datetime) -> None:
    """Of a mail that is due: have it sent, or give up one whose sender stopped, who may have sent it."""
    if mail.status == outbox.SENDING:
        _end(mail, outbox.UNCERTAIN, "Its sender stopped on the way.", now)
    elif mail.status == outbox.WAITING and outbox.wait_again(mail, now):
        messages.send_mail(mail.id)


def send(mail_id: str, now: datetime) -> None:
    """Send a mail. Does nothing when somebody else has it, or it is over. Five calls, and one more without its address.

    An invitation takes one or two more, and a reminder to judge: one address is mailed so many, whoever has them sent.
    """
    (mail,) = table.read(Mail.at(mail_id))
    if mail is None or mail.status != outbox.WAITING:
        return
    address = mail.address or composing.address_of(str(mail.username))
    if not address:
        _end(mail, outbox.NOT_SENT, composing.NOBODY, now)
        return
    preferences, suppression = table.read(MailPreferences.at(mail.reader), Suppression.at(composing.digest(address)))
    if reason := composing.obstacle(str(mail.letter_kind), preferences, suppression):
        _end(mail, outbox.NOT_SENT, reason, now)
        return
    if mail.letter_kind in (INVITATIONS, JUDGING) and not mail.tries and not _may_be_unasked(address, now):
        _end(mail, outbox.NOT_SENT, _BURIED, now)
        return
    made = composing.message(mail.letter, str(mail.reader), address, readers.language(preferences))
    if outbox.claim(mail, now):
        _hand_over(mail, made, now)


def _may_be_unasked(address: str, now: datetime) -> bool:
    """Count a mail to an address that its reader has not asked for. False when there were too many lately."""
    try:
        buckets.take(ids.digest(f"invited {composing.digest(address)}"), UNASKED, now)
    except QuotaExceeded:
        return False
    return True


def _hand_over(mail: Mail, made: ses.Message, now: datetime) -> None:
    try:
        ses.send(made)
    except ses.SendLater as error:
        outbox.put_off(mail, now)
        telemetry.logger.warning("mail put off", mail=mail.id, why=str(error))
    except ses.Refused as error:
        _end(mail, outbox.NOT_SENT, str(error), now)
    except ses.NoAnswer as error:
        _end(mail, outbox.UNCERTAIN, str(error), now)
    else:
        _end(mail, outbox.SENT, "", now)


def _end(mail: Mail, status: str, reason: str, now: datetime) -> None:
    outbox.end(mail, status, reason, now)
    telemetry.count(f"Mail{status.title().replace(' ', '')}")
    telemetry.logger.info("mail over", mail=mail.id, about=mail.letter_kind, status=status, why=reason)
