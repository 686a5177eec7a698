"""Secret links: whoever has a draft's sees its page and files, and joins it."""

from datetime import datetime

from chalicelib import ids, responses
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.people import audit_log
from chalicelib.domain.people.accounts import Account
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition


def make(competition_id: str, account: Account, now: datetime) -> responses.SecretLink:
    """Make a link, in the place of the former one: two calls. Its token is in this answer and nowhere else.

    Raises NotFound, NotAllowed.
    """
    (found,) = table.read(Competition.at(competition_id))
    competition, token = check_organizer(found, account), ids.secret()
    entry = audit_log.entry_about(competition.id, None, "opened", None, None, "", account, now)
    competitions.set_link(competition, ids.digest(token), entry, now)
    return responses.SecretLink(token, now)


def revoke(competition_id: str, account: Account, now: datetime) -> responses.Empty:
    """Have no link open it any more; whoever joined by one stays. Raises NotFound, NotAllowed."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    if competition.link_digest is not None:
        entry = audit_log.entry_about(competition.id, None, "closed", None, None, "", account, now)
        competitions.set_link(competition, None, entry, now)
    return responses.Empty()
