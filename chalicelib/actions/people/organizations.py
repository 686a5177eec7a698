"""Organizations: made, shown, joined by invitation, left, handed over and deleted."""

from datetime import datetime

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.events import acts
from chalicelib.actions.people import audit_log, invitations
from chalicelib.contract.limits import MAX_INVITATIONS, MAX_ORGANIZATION_MEMBERS, MAX_ORGANIZATIONS
from chalicelib.domain.people import look_alikes, organization_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.organization_rules import INVISIBLE_LETTERS, MEMBER, NAME_INVISIBLE, OWNER
from chalicelib.errors import Complaint, Conflict, Invalid, NotAllowed, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import invitations as stored
from chalicelib.store.people import organizations
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.people.organizations import Organization, OrganizationMember
from chalicelib.store.writes import Composer, Transaction

PAGE_SIZE = 50


def make(body: requests.NewOrganization, account: Account, now: datetime) -> responses.Organization:
    """Make an organization and own it. Raises Invalid, and Conflict for a name that is taken or for too many."""
    if len(organizations.of_account(account.id, MAX_ORGANIZATIONS)) >= MAX_ORGANIZATIONS:
        raise Conflict(
            say(
                "enough_organizations",
                "You are in {most} organizations, which is the most. Leave one first.",
                most=MAX_ORGANIZATIONS,
            )
        )
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
    told = acts.along_of_owner(account.id, "organization_made", account, now, after=_thing(made))
    organizations.create(made, organizations.member_of(made, account.id, account.username, OWNER, now), told)
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


def change(
    organization_id: str, body: requests.ChangeOrganization, account: Account, now: datetime
) -> responses.Organization:
    """Change what it says, as its owner or a manager. Raises NotFound, NotAllowed, Invalid, Conflict."""
    organization, member = _managed(organization_id, account)
    said = body.model_dump(exclude_unset=True)
    names = _looks(body.name) if body.name is not None else set(organization.names)
    before, after = acts.changed(organization.attribute_values, said)
    entry = acts.made(organization.id, "organization_changed", account, now, before=before, after=after)
    organizations.change(organization, said, names, audit.along(entry))
    return _answer(organization, member.role)


def remove(organization_id: str, account: Account, now: datetime) -> responses.Empty:
    """Delete it, as its owner: nobody finds it any more, and the sweeper takes away its members, of whom there may be many.

    What was submitted for it keeps its name. Raises NotFound, NotAllowed, Conflict.
    """
    organization, member = _read(organization_id, account)
    organization_rules.check_owns(member.role if member else None)
    # Of many members the sweeper takes leave: nobody sees it from now on.
    # Its own log goes with it.
    told = acts.along_of_owner(account.id, "organization_removed", account, now, before=_thing(organization))
    organizations.begin_removal(organization, now, told)
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


def list_audit(organization_id: str, account: Account, before: str | None) -> responses.AuditLog:
    """One page of who did what in it, for its owner and managers: two calls. Raises NotFound, NotAllowed."""
    organization, _ = _managed(organization_id, account)
    return audit_log.page_of(organization.id, before)


def invite(
    organization_id: str, body: requests.InviteToOrganization, account: Account, now: datetime
) -> responses.Invitation:
    """Ask somebody in; the owner alone asks managers. Raises NotFound, NotAllowed, Invalid, Conflict, QuotaExceeded."""
    organization, member = _managed(organization_id, account)
    if body.role != MEMBER:
        organization_rules.check_owns(member.role)
    whom, address = invitations.addressee(body)
    subject = (organization.id, organization.name)
    told = _role_told(organization, "offered", None if address else whom[1], account, now, after=body.role)
    made = invitations.invite(stored.ORGANIZATION, subject, None, whom, account, now, address, body.role, also=told)
    return invitations.answer_of(made)


def list_invitations(organization_id: str, account: Account, now: datetime) -> responses.Invitations:
    """List those whom it has asked. Raises NotFound, NotAllowed."""
    organization, _ = _managed(organization_id, account)
    return invitations.told_to(account, stored.into(organization.id, now, MAX_INVITATIONS))


def revoke(organization_id: str, invitation_id: str, account: Account, now: datetime) -> responses.Empty:
    """Take back an invitation. Raises NotFound, NotAllowed, Conflict."""
    organization, _ = _managed(organization_id, account)
    (found,) = table.read(Invitation.at(invitation_id))
    if found is None or found.subject != organization.id:
        raise NotFound(
            say("no_organization_invitation", "There is no such invitation of this organization. Look at the list of them.")
        )
    whom = None if found.address else found.invited
    stored.revoke(found, _role_told(organization, "dismissed", whom, account, now, before=found.role or OWNER))
    return responses.Empty()


def join(invitation: Invitation, account: Account, now: datetime) -> None:
    """Accept a place in an organization. Raises NotFound, Conflict."""
    organization, _ = _read(invitation.subject, account)
    member = organizations.member_of(organization, account.id, account.username, str(invitation.role), now)
    told = _role_told(organization, "appointed", account.username, account, now, after=member.role)

    organizations.join(organization, member, MAX_ORGANIZATION_MEMBERS, _answering(invitation, told, now))


def change_member(
    organization_id: str, user: str, body: requests.ChangeMember, account: Account, now: datetime
) -> responses.OrganizationMember:
    """Change somebody's role, as the owner, or whether strangers see that one is in it.

    Raises NotFound, NotAllowed, Conflict.
    """
    organization, mine, other = _two(organization_id, user, account)
    told: Composer = writes.nothing
    if body.role is not None:
        organization_rules.check_owns(mine.role)
        if other.role == OWNER:
            raise Conflict(say("owner_until_accepted", "The owner stays the owner until another member has accepted that."))
        told = _role_told(organization, "appointed", other.username, account, now, other.role, body.role)
    if body.shown is not None and user != account.id:
        raise NotAllowed(
            say("own_visibility_only", "Everybody says for themselves whether strangers see that they are in it.")
        )
    organizations.change_member(other, body.model_dump(exclude_unset=True), told)
    return _told(other)


def remove_member(organization_id: str, user: str, account: Account, now: datetime) -> responses.Empty:
    """Leave it, or take somebody out as its owner or a manager. Raises NotFound, NotAllowed, Conflict."""
    organization, mine, other = _two(organization_id, user, account)
    organization_rules.check_may_remove(mine.role, other.role, user == account.id)
    organizations.leave(organization, other, _role_told(organization, "dismissed", other.username, account, now, other.role))
    return responses.Empty()


def offer_owner(organization_id: str, username: str, account: Account, now: datetime) -> responses.Invitation:
    """Offer it to another member, who accepts that. Raises NotFound, NotAllowed, Invalid, Conflict, QuotaExceeded."""
    user, name = invitations.named(username, "username")
    organization, mine, other = _two(organization_id, user, account)
    organization_rules.check_owns(mine.role)
    if other.role == OWNER:
        raise Conflict(say("owns_already", "{name} owns it already.", name=name))
    subject = (organization.id, organization.name)
    told = _role_told(organization, "offered", name, account, now, other.role, OWNER)
    made = invitations.invite(stored.OWNER, subject, None, (user, name), account, now, also=told)
    return invitations.answer_of(made)


def take_over(invitation: Invitation, account: Account, now: datetime) -> None:
    """Accept to own an organization. Raises NotFound, Conflict when who offered it owns it no more, or one has left."""
    organization, member = _read(invitation.subject, account)
    if organization.owner != invitation.by_user or member is None:
        raise Conflict(
            say(
                "organization_offer_over",
                "Who offered this does not own the organization any more, or you are not in it any more.",
            )
        )
    told = _role_told(organization, "appointed", account.username, account, now, member.role, OWNER)

    organizations.hand_over(organization, account.id, _answering(invitation, told, now))


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
        raise NotAllowed(say("not_in_organization", "You are not in this organization."))
    if named is None:
        raise NotFound(say("nobody_in_organization", "Nobody of that name is in this organization."))
    return organization, member, named


def _thing(organization: Organization) -> dict[str, str]:
    return {"organization": organization.id, "name": organization.name}


def _answering(invitation: Invitation, told: Composer, now: datetime) -> Composer:
    """The end of an invitation that is accepted, with the record of it."""

    def compose(write: Transaction) -> None:
        stored.answering(write, invitation, now)
        told(write)

    return compose


def _role_told(
    organization: Organization,
    what: str,
    name: str | None,
    account: Account,
    now: datetime,
    before: str | None = None,
    after: str | None = None,
) -> Composer:
    """The record of somebody's role, None for who is known by an address alone."""
    entry = acts.made(organization.id, what, account, now, participant=name, before=before, after=after)
    return audit.along(entry)


def _looks(name: str) -> set[str]:
    """By what a name looks like. Raises Invalid for one of which something cannot be seen."""
    if not look_alikes.shows_all(name):
        raise Invalid(
            NAME_INVISIBLE,
            [Complaint("name", INVISIBLE_LETTERS)],
        )
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
