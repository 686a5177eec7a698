"""Feedback of SES: addresses at which mail bounces for good, or whose readers complain, are mailed no more."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import telemetry
from chalicelib.actions.mail import composing
from chalicelib.store.mail import readers

#: What SES calls a bounce after which nothing will ever arrive. Others, such as a full mailbox, pass.
_FOR_GOOD = "Permanent"
_CODE = re.compile(r"[A-Za-z0-9 ._-]{1,60}")


def hear(detail: Mapping[str, Any], now: datetime) -> None:
    """Take what SES tells of a mail, by its event's `detail`: a bounce for good or a complaint. The rest is nothing."""
    match str(detail.get("eventType") or detail.get("notificationType")).lower():
        case "bounce" if detail["bounce"]["bounceType"] == _FOR_GOOD:
            told = detail["bounce"]
            _stop(told["bouncedRecipients"], readers.BOUNCE, told.get("bounceSubType"), now)
        case "complaint":
            told = detail["complaint"]
            _stop(told["complainedRecipients"], readers.COMPLAINT, told.get("complaintFeedbackType"), now)


def _stop(recipients: list[Mapping[str, Any]], why: str, said: str | None, now: datetime) -> None:
    # What strangers' servers say is not kept: it may have the address in it, or anything.
    code = said if said and _CODE.fullmatch(said) else ""
    for one in recipients:
        digest = composing.digest(str(one["emailAddress"]))
        readers.stop(digest, why, code, now)
        telemetry.count(f"Mail{why.title()}")
        telemetry.logger.warning("address takes no mail", digest=digest, why=why, said=code)
