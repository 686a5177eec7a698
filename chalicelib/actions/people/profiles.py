"""Profiles: an account's page, with what it says of itself and what the site tells everybody of it anyway."""

from chalicelib import requests, responses
from chalicelib.aws import accounts as cognito
from chalicelib.contract.limits import MAX_ORGANIZATIONS
from chalicelib.domain.people.accounts import NOBODY, Account
from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.people import organizations, organizers, profiles
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.organizations import Organization
from chalicelib.store.people.profiles import Profile
from chalicelib.store.people.sign_ins import Departure

#: The newest competitions that somebody runs in any role are looked through for those that name them.
MOST_COMPETITIONS = 100


def show(username: str) -> tuple[str, responses.Profile]:
    """The id of an account and its page without its results and the code that it shares, by six calls at most.

    Raises NotFound, also for one that is banned, going or unconfirmed.
    """
    found = cognito.find(username)
    if found is None or not found.is_confirmed:
        raise NotFound(NOBODY)
    ban, departure, said = table.read(Ban.at(found.id), Departure.at(found.id), Profile.at(found.id))
    if ban is not None or departure is not None:
        raise NotFound(NOBODY)
    return found.id, responses.Profile(
        username=found.username,
        **profiles.words_of(said),
        competitions=_owned(found.id),
        organizations=_seen_in(found.id),
        shows_results=profiles.shows_results(said),
        results=[],
        code=[],
    )


def change(body: requests.ChangeProfile, account: Account) -> None:
    """Say something else of oneself."""
    profiles.change(account.id, body.model_dump(exclude_unset=True))


def _owned(user: str) -> list[responses.ProfileCompetition]:
    """The public competitions that name an account as their organizer, the newest first."""
    run, _ = organizers.run_by(user, None, MOST_COMPETITIONS)
    return [responses.ProfileCompetition(one.id, one.slug, one.title) for one in run if one.published and one.owner == user]


def _seen_in(user: str) -> list[responses.ProfileOrganization]:
    """The organizations in which an account lets strangers see it."""
    shown = [one.organization for one in organizations.of_account(user, MAX_ORGANIZATIONS) if one.shown]
    found = table.read_many(Organization.at(id_) for id_ in shown)
    return [responses.ProfileOrganization(one.id, one.name) for one in found if not one.removed]
