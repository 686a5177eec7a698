"""Answers to invitations: who is asked sees them, and accepts or declines."""

from collections.abc import Callable, Mapping
from datetime import datetime

from chalicelib import responses, telemetry
from chalicelib.actions.people import invitations, mergers, organizations, teams
from chalicelib.aws import accounts
from chalicelib.contract.limits import MAX_INVITATIONS
from chalicelib.domain.people.accounts import Account
from chalicelib.store import table
from chalicelib.store.people import invitations as stored
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.people.teams import Team

_VERBS: Mapping[str, Callable[[Invitation, Account, datetime], None]] = {
    stored.TEAM: lambda invitation, account, now: teams.join_invited(invitation, account, now),
    stored.LEAD: lambda invitation, account, now: teams.take_lead(invitation, account, now),
    stored.ORGANIZATION: lambda invitation, account, now: organizations.join(invitation, account, now),
    stored.OWNER: lambda invitation, account, now: organizations.take_over(invitation, account, now),
    stored.MERGER: lambda invitation, account, now: mergers.agree(invitation, account, now),
}


def list_mine(account: Account, now: datetime) -> responses.Invitations:
    """List the invitations that are open for the account and for its confirmed address: three calls."""
    found = stored.to(account.id, now, MAX_INVITATIONS)
    if address := accounts.address_of(account):
        found += stored.to(invitations.key_of(address), now, MAX_INVITATIONS)
    return responses.Invitations([invitations.answer_of(one) for one in found])


def accept(invitation_id: str, account: Account, now: datetime) -> responses.Invitation:
    """Do what an invitation asks. Raises NotFound for whom it is not for, NotAllowed, Conflict."""
    invitation = _mine(invitation_id, account, now)
    _VERBS[invitation.to](invitation, account, now)
    telemetry.logger.info("invitation accepted", invitation=invitation.id, to=invitation.to, by=account.id)
    return invitations.answer_of(invitation)


def decline(invitation_id: str, account: Account, now: datetime) -> responses.Empty:
    """Say no. Raises NotFound for whom it is not for."""
    stored.decline(_mine(invitation_id, account, now), now)
    return responses.Empty()


def _mine(invitation_id: str, account: Account, now: datetime) -> Invitation:
    """An open invitation that the account may answer. What is another's is as what there is not. Raises NotFound."""
    (found,) = table.read(Invitation.at(invitation_id))
    invitation = stored.check_there(found, now)
    return stored.check_there(invitation if _is_for(invitation, account) else None, now)


def _is_for(invitation: Invitation, account: Account) -> bool:
    if invitation.address is not None:
        address = accounts.address_of(account)
        return bool(address) and invitations.key_of(address) == invitation.whom
    if invitation.to == stored.MERGER:
        (team,) = table.read(Team.at(str(invitation.competition), invitation.whom))
        return team is not None and team.leader == account.id and account.id in team.usernames
    return bool(invitation.whom == account.id)
