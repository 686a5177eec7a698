"""The competitions that administrators point to."""

from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions import showing
from chalicelib.actions.competitions.permissions import check_visible
from chalicelib.actions.discovery import cataloguing
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.store.competitions import competitions, publication


def feature(competition_id: str, featured: bool, account: Account, now: datetime) -> responses.Competition:
    """Point to a competition, or do so no more. Raises NotFound, Conflict for a draft."""
    competition, _ = competitions.find(competition_id)
    check_visible(competition, account)
    if featured and not competition.published:
        raise Conflict(say("feature_a_draft", "This competition is a draft. It can be featured once it is published."))
    told = {"competition": competition.id, "title": competition.title}
    what, before, after = ("featured", None, told) if featured else ("unfeatured", told, None)
    entry = audit_log.entry_of_site(None, what, before, after, "", account, now)
    publication.feature(competition, featured, entry, now)
    messages.send_cataloguing(cataloguing.CHANGES)
    return showing.show(competition_id, account, now)
