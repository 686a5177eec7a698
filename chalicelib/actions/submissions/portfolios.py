"""The page of somebody, with where they stood and the code that they share."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chalicelib import requests, responses
from chalicelib.actions.leaderboards import results
from chalicelib.actions.people import profiles
from chalicelib.actions.submissions import sharing
from chalicelib.domain.people.accounts import Account
from chalicelib.store import table
from chalicelib.store.competitions.competitions import places_of_phase
from chalicelib.store.submissions import shared_code
from chalicelib.store.submissions.submissions import Submission

#: The newest that somebody shares are looked through: two items are read of the phase of each, and DynamoDB gives a
#: hundred at once.
MOST = 50


def show(username: str, now: datetime) -> responses.Profile:
    """The page of an account, by ten calls at most. Raises NotFound, also for one that is banned, going or unconfirmed."""
    account, page = profiles.show(username)
    told = results.of_account(account, None, now)[0] if page.shows_results else []
    return replace(page, results=told, code=list(_shared_by(account, now)))


def change(body: requests.ChangeProfile, account: Account, now: datetime) -> responses.Profile:
    """Say something else of oneself."""
    profiles.change(body, account)
    return show(account.username, now)


def _shared_by(account: str, now: datetime) -> Iterator[responses.ProfileCode]:
    """What everybody may have of an account's own, newest first: nothing whose maker is hidden, and nothing of a team's."""
    shared = table.read_many(Submission.at(one) for one in shared_code.of_account(account, MOST))
    own = sorted((one for one in shared if one.user == account and not one.team), key=lambda one: one.id, reverse=True)
    places = {place for one in own for place in places_of_phase(one.phase)}
    found = table.read_all(places)
    for one in own:
        view = sharing.publicly(one.phase, found, now)
        licence = view.licence_of(one) if view else None
        if view is None or licence is None or view.hides_maker(one):
            continue
        competition = view.competition
        yield responses.ProfileCode(
            submission=one.id,
            name=one.name,
            competition=competition.id,
            slug=competition.slug,
            title=competition.title,
            phase=one.phase,
            licence=licence,
            submitted_at=one.created_at,
        )
