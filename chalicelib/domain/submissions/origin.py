"""Origins: where a submission was that was brought from another site, and as whose it stands here until they collect it.

Who took part there has no account here perhaps, and nobody is put into a competition without joining it. So what they
submitted is the place's that is made for them: an id that no account has, and a name that none can have.
"""

import hashlib
import re
from datetime import UTC, datetime

from chalicelib.domain.people.guests import folded
from chalicelib.errors import Complaint, Invalid, say

#: Nothing was submitted anywhere before.
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_STRANGE = re.compile(r"[^A-Za-z0-9_.-]")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,39}")
_LONGEST = 35


def name_of(owner: str, site: str) -> str:
    """The name under which the submissions of somebody stand who is called `owner` at `site`: no account has a `~` in its.

    Where letters have to be left out, a part of a digest tells two apart that would look the same.
    """
    if _PLAIN.fullmatch(owner):
        return f"{owner}~{site}"
    plain = _STRANGE.sub("-", owner).lstrip("_.-")[:_LONGEST] or "x"
    return f"{plain}-{_digest(owner)[:4]}~{site}"


def place_of(competition: str, address: str | None, owner: str, site: str) -> str:
    """The id that stands for somebody in a competition until they collect what is theirs: made of their address there, which
    alone lets them do that, or of their name where the other site tells no address.
    """
    who = f"address {folded(address)}" if address else f"owner {site} {owner}"
    return f"brought-{_digest(f'{competition} {who}')[:24]}"


def check_time(created_at: datetime, now: datetime) -> None:
    """Raise Invalid for a time at which nobody can have submitted anything."""
    if not _EARLIEST <= created_at <= now:
        complaint = Complaint(
            "created_at", say("made_when", "Say when it was submitted there: between the year 2000 and now.")
        )
        raise Invalid(say("made_impossible", "The submission cannot have been made then."), [complaint])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
