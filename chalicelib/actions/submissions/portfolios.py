"""The page of somebody, with where they stood and the code that they share."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chalicelib import requests, responses
from chalicelib.actions.leaderboards import results
from chalicelib.actions.people import profiles
from chalicelib.actions.submissions import sharing
from chalicelib.aws import messages
from chalicelib.domain.people.accounts import Account
from chalicelib.store import table
from chalicelib.store.competitions import competitions, publication
from chalicelib.store.competitions.competitions import places_of_phase
from chalicelib.store.people import site, teams
from chalicelib.store.submissions import shared_code
from chalicelib.store.submissions.submissions import Submission

#: The newest that somebody shares are looked through: two items are read of the phase of each, and DynamoDB gives a
#: hundred at once.
MOST = 50
#: Competitions that one message looks through.
_PAGE = 20
FROM_THE_FIRST = "first"


def show(username: str, now: datetime) -> responses.Profile:
    """The page of an account, by ten calls at most. Raises NotFound, also for one that is banned, going or unconfirmed."""
    account, page = profiles.show(username)
    told = results.of_account(account, None, now)[0] if page.shows_results else []
    return replace(page, results=told, code=list(_shared_by(account, now)))


def change(body: requests.ChangeProfile, account: Account, now: datetime) -> responses.Profile:
    """Say something else of oneself."""
    profiles.change(body, account)
    return show(account.username, now)


def review(before: str, _now: datetime) -> None:
    """Note whose the code is that people shared before that was noted: once on a site, a page of public competitions a
    message. Where one is lost, the next day's begins again."""
    if before == FROM_THE_FIRST and site.read(table.read(site.KEY)[0]).code_is_listed:
        return
    found, following = publication.published(None if before == FROM_THE_FIRST else before, _PAGE)
    for competition in found:
        for phase in competitions.find(competition.id)[1]:
            _fill_in(phase.id)
    if following is not None:
        messages.send_code_review(following)
    else:
        site.change({"code_is_listed": True}, ())


def _fill_in(phase: str) -> None:
    before: str | None = None
    while True:
        ids, before = shared_code.newest(phase, before, MOST)
        for one in table.read_many(Submission.at(id_) for id_ in ids):
            shared_code.fill_in(one, teams.mates_of(one.competition, one.team, one.user))
        if before is None:
            return


def _shared_by(account: str, now: datetime) -> Iterator[responses.ProfileCode]:
    """What everybody may have of an account's own and of its teams', newest first: nothing whose maker is hidden."""
    shared = table.read_many(Submission.at(one) for one in shared_code.of_account(account, MOST))
    own = sorted((one for one in shared if one.team or one.user == account), key=lambda one: one.id, reverse=True)
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
            team_name=one.team_name if one.team else None,
            licence=licence,
            submitted_at=one.created_at,
        )
