"""Organizations: made, shown, joined by invitation, left, handed over and deleted."""

from datetime import datetime

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.people import invitations
from chalicelib.contract.limits import MAX_INVITATIONS, MAX_ORGANIZATION_MEMBERS, MAX_ORGANIZATIONS
from chalicelib.domain.people import look_alikes, organization_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.organization_rules import MEMBER, OWNER
from chalicelib.errors import Complaint, Conflict, Invalid, NotAllowed, NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import invitations as stored
from chalicelib.store.people import organizations
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.people.organizations import Organization, OrganizationMember

PAGE_SIZE = 50


def make(body: requests.NewOrganization, account: Account, now: datetime) -> responses.Organization:
    """Make an organization and own it. Raises Invalid, and Conflict for a name that is taken or for too many."""
    if len(organizations.of_account(account.id, MAX_ORGANIZATIONS)) >= MAX_ORGANIZATIONS:
        raise Conflict(f"You are in {MAX_ORGANIZATIONS} organizations, which is the most. Leave one first.")
    id_ = ids.new(now)
    made = Organization(
        *Organization.at(id_),
        id=id_,
        name=body.name,
        description=body.description,
        site=body.site,
        owner=account.id,
        names=_looks(body.name),
        made_at=now,
    )
    organizations.create(made, organizations.member_of(made, account.id, account.username, OWNER, now))
    telemetry.logger.info("organization made", organization=id_, by=account.id)
    return _answer(made, OWNER)


def list_mine(account: Account) -> responses.Organizations:
    """List the organizations in which the account is: two calls."""
    mine = organizations.of_account(account.id, MAX_ORGANIZATIONS)
    roles = {one.organization: one.role for one in mine}
    found = table.read_many(Organization.at(id_) for id_ in roles)
    return responses.Organizations([_answer(one, roles[one.id]) for one in found if not one.removed])


def show(organization_id: str, account: Account | None) -> responses.Organization:
    """An organization as it says itself: one call. Raises NotFound."""
    organization, member = _read(organization_id, account)
    return _answer(organization, member.role if member else None)


def change(organization_id: str, body: requests.ChangeOrganization, account: Account) -> responses.Organization:
    """Change what it says, as its owner or a manager. Raises NotFound, NotAllowed, Invalid, Conflict."""
    organization, member = _managed(organization_id, account)
    said = body.model_dump(exclude_unset=True)
    names = _looks(body.name) if body.name is not None else set(organization.names)
    organizations.change(organization, said, names)
    return _answer(organization, member.role)


def remove(organization_id: str, account: Account, now: datetime) -> responses.Empty:
    """Delete it, as its owner: nobody finds it any more, and the sweeper takes away its members, of whom there may be many.

    What was submitted for it keeps its name. Raises NotFound, NotAllowed, Conflict.
    """
    organization, member = _read(organization_id, account)
    organization_rules.check_owns(member.role if member else None)
    # Of many members the sweeper takes leave: nobody sees it from now on.
    organizations.begin_removal(organization, now)
    telemetry.logger.info("organization removed", organization=organization.id, by=account.id)
    return responses.Empty()


def list_members(organization_id: str, account: Account | None, after: str | None) -> responses.OrganizationMembers:
    """One page of its members; strangers see those alone who agreed. Raises NotFound."""
    organization, member = _read(organization_id, account)
    listed = organizations.shown_of if member is None else organizations.members_of
    page, following = listed(organization.id, after, PAGE_SIZE)
    return responses.OrganizationMembers([_told(one) for one in page], following)


def list_competitions(organization_id: str, before: str | None) -> responses.OrganizationEntries:
    """One page of the competitions in which it took part publicly: three calls. Raises NotFound."""
    organization, _ = _read(organization_id, None)
    ids_, following = organizations.competitions_of(organization.id, before, PAGE_SIZE)
    found = table.read_many(Competition.at(id_) for id_ in ids_)
    public = [one for one in found if one.published and not one.settings.anonymous_leaderboard]
    return responses.OrganizationEntries([responses.OrganizationEntry(one.id, one.title) for one in public], following)


def invite(
    organization_id: str, body: requests.InviteToOrganization, account: Account, now: datetime
) -> responses.Invitation:
    """Ask somebody in; the owner alone asks managers. Raises NotFound, NotAllowed, Invalid, Conflict, QuotaExceeded."""
    organization, member = _managed(organization_id, account)
    if body.role != MEMBER:
        organization_rules.check_owns(member.role)
    whom, address = invitations.addressee(body)
    subject = (organization.id, organization.name)
    made = invitations.invite(stored.ORGANIZATION, subject, None, whom, account, now, address, body.role)
    return invitations.answer_of(made)


def list_invitations(organization_id: str, account: Account, now: datetime) -> responses.Invitations:
    """List those whom it has asked. Raises NotFound, NotAllowed."""
    organization, _ = _managed(organization_id, account)
    return responses.Invitations([invitations.answer_of(one) for one in stored.into(organization.id, now, MAX_INVITATIONS)])


def revoke(organization_id: str, invitation_id: str, account: Account) -> responses.Empty:
    """Take back an invitation. Raises NotFound, NotAllowed, Conflict."""
    organization, _ = _managed(organization_id, account)
    (found,) = table.read(Invitation.at(invitation_id))
    if found is None or found.subject != organization.id:
        raise NotFound("There is no such invitation of this organization. Look at the list of them.")
    stored.revoke(found)
    return responses.Empty()


def join(invitation: Invitation, account: Account, now: datetime) -> None:
    """Accept a place in an organization. Raises NotFound, Conflict."""
    organization, _ = _read(invitation.subject, account)
    member = organizations.member_of(organization, account.id, account.username, str(invitation.role), now)
    answering = stored.answering
    organizations.join(organization, member, MAX_ORGANIZATION_MEMBERS, lambda write: answering(write, invitation, now))


def change_member(
    organization_id: str, user: str, body: requests.ChangeMember, account: Account
) -> responses.OrganizationMember:
    """Change somebody's role, as the owner, or whether strangers see that one is in it.

    Raises NotFound, NotAllowed, Conflict.
    """
    _, mine, other = _two(organization_id, user, account)
    if body.role is not None:
        organization_rules.check_owns(mine.role)
        if other.role == OWNER:
            raise Conflict("The owner stays the owner until another member has accepted that.")
    if body.shown is not None and user != account.id:
        raise NotAllowed("Everybody says for themselves whether strangers see that they are in it.")
    organizations.change_member(other, body.model_dump(exclude_unset=True))
    return _told(other)


def remove_member(organization_id: str, user: str, account: Account) -> responses.Empty:
    """Leave it, or take somebody out as its owner or a manager. Raises NotFound, NotAllowed, Conflict."""
    organization, mine, other = _two(organization_id, user, account)
    organization_rules.check_may_remove(mine.role, other.role, user == account.id)
    organizations.leave(organization, other)
    return responses.Empty()


def offer_owner(organization_id: str, username: str, account: Account, now: datetime) -> responses.Invitation:
    """Offer it to another member, who accepts that. Raises NotFound, NotAllowed, Invalid, Conflict, QuotaExceeded."""
    user, name = invitations.named(username, "username")
    organization, mine, other = _two(organization_id, user, account)
    organization_rules.check_owns(mine.role)
    if other.role == OWNER:
        raise Conflict(f"{name} owns it already.")
    subject = (organization.id, organization.name)
    made = invitations.invite(stored.OWNER, subject, None, (user, name), account, now)
    return invitations.answer_of(made)


def take_over(invitation: Invitation, account: Account, now: datetime) -> None:
    """Accept to own an organization. Raises NotFound, Conflict when who offered it owns it no more, or one has left."""
    organization, member = _read(invitation.subject, account)
    if organization.owner != invitation.by_user or member is None:
        raise Conflict("Who offered this does not own the organization any more, or you are not in it any more.")
    organizations.hand_over(organization, account.id, lambda write: stored.answering(write, invitation, now))


def _read(organization_id: str, account: Account | None) -> tuple[Organization, OrganizationMember | None]:
    """An organization, and what the account is in it. Raises NotFound."""
    mine = OrganizationMember.at(organization_id, account.id if account else "")
    organization, member = table.read(Organization.at(organization_id), mine)
    return organizations.check_there(organization), member


def _managed(organization_id: str, account: Account) -> tuple[Organization, OrganizationMember]:
    organization, member = _read(organization_id, account)
    organization_rules.check_manages(member.role if member else None)
    assert member is not None
    return organization, member


def _two(organization_id: str, user: str, account: Account) -> tuple[Organization, OrganizationMember, OrganizationMember]:
    """An organization, the account in it, and another member or the same. Raises NotFound, NotAllowed for strangers."""
    other = OrganizationMember.at(organization_id, user)
    mine = OrganizationMember.at(organization_id, account.id)
    found = table.read_all([Organization.at(organization_id), mine, other])
    organization = organizations.check_there(found.get(Organization.at(organization_id)))
    member, named = found.get(mine), found.get(other)
    if member is None:
        raise NotAllowed("You are not in this organization.")
    if named is None:
        raise NotFound("Nobody of that name is in this organization.")
    return organization, member, named


def _looks(name: str) -> set[str]:
    """By what a name looks like. Raises Invalid for one of which something cannot be seen."""
    if not look_alikes.shows_all(name):
        raise Invalid("Nobody sees all of this name.", [Complaint("name", "Leave out letters that show nothing.")])
    return {ids.digest(key) for key in look_alikes.keys(name)}


def _told(member: OrganizationMember) -> responses.OrganizationMember:
    return responses.OrganizationMember(
        member.user,
        member.username,
        member.role,  # type: ignore[arg-type]
        bool(member.shown),
        member.joined_at,
    )


def _answer(organization: Organization, role: str | None) -> responses.Organization:
    return responses.Organization(
        id=organization.id,
        name=organization.name,
        description=organization.description,
        site=organization.site,
        members=int(organization.members),
        my_role=role,  # type: ignore[arg-type]
    )
