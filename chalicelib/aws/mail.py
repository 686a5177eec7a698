"""SES: one mail to one address. It is asked once: who asks again when no answer came may send a mail twice."""

from dataclasses import dataclass
from email.utils import formataddr

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from chalicelib import settings
from chalicelib.aws.clients import client

_SENDER = "Agon"
#: After these nothing was sent, and the same may be sent later.
_LATER = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling", "LimitExceededException"})
#: After these nothing was sent to anybody, until an administrator has seen to it.
_SITE = frozenset({"SendingPausedException", "AccountSuspendedException", "MailFromDomainNotVerifiedException"})
_NOT_ALLOWED = frozenset({"AccessDenied", "AccessDeniedException", "NotFoundException"})


class SendLater(Exception):
    """Nothing was sent; in a while it may be."""


class Refused(Exception):
    """Nothing was sent, and this mail never will be."""


class NoAnswer(Exception):
    """Nobody knows whether it was sent."""


@dataclass(frozen=True)
class Message:
    """A mail as SES is given it. `unsubscribe` is the address at which a click, or a mail program, switches its kind off."""

    to: str
    subject: str
    text: str
    html: str
    reply_to: str | None
    unsubscribe: str

    def __post_init__(self) -> None:
        """Raise ValueError for a line end in what becomes a header: whatever comes after it would be another header."""
        for header in (self.to, self.subject, self.reply_to or "", self.unsubscribe):
            if any(ord(letter) < 32 or ord(letter) == 127 for letter in header):
                raise ValueError("A header of a mail is one line.")


def send(message: Message) -> None:
    """Hand a mail to SES. Raises SendLater, Refused, NoAnswer."""
    known = settings.get()
    arguments = {
        "FromEmailAddress": formataddr((_SENDER, known.mail_from)),
        "Destination": {"ToAddresses": [message.to]},
        "ReplyToAddresses": [message.reply_to] if message.reply_to else [],
        "Content": {"Simple": _content(message)},
    }
    if known.mail_configuration_set:
        arguments["ConfigurationSetName"] = known.mail_configuration_set
    try:
        client("sesv2").send_email(**arguments)
    except (EndpointConnectionError, ConnectTimeoutError) as error:
        raise SendLater(str(error)) from error
    except BotoCoreError as error:
        raise NoAnswer(str(error)) from error
    except ClientError as error:
        raise _told(error) from error


def _content(message: Message) -> dict[str, object]:
    headers = [("List-Unsubscribe", f"<{message.unsubscribe}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    return {
        "Subject": {"Data": message.subject, "Charset": "UTF-8"},
        "Body": {
            "Text": {"Data": message.text, "Charset": "UTF-8"},
            "Html": {"Data": message.html, "Charset": "UTF-8"},
        },
        "Headers": [{"Name": name, "Value": value} for name, value in headers],
    }


def _told(error: ClientError) -> Exception:
    code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    if code in _LATER or code in _SITE or code in _NOT_ALLOWED:
        return SendLater(code)
    # SES's own words have the address in them.
    return NoAnswer(code) if status >= 500 else Refused(f"SES refused it: {code}.")
