"""Organizations."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import organizations
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/organizations"
_ONE = f"{_PATH}/{{organization}}"


@routes.post(
    _PATH,
    body=requests.NewOrganization,
    access=Access.SIGNED_IN,
    answer=responses.Organization,
    status=201,
    errors=(Conflict,),
)
def make(call: Call[requests.NewOrganization]) -> responses.Organization:
    """Make an organization, which you own."""
    return organizations.make(call.body, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Organizations)
def list_mine(call: Call[None]) -> responses.Organizations:
    """List the organizations in which you are."""
    return organizations.list_mine(call.account)


@routes.get(_ONE, access=Access.ANYONE, answer=responses.Organization)
def show(call: Call[None], organization: str) -> responses.Organization:
    """Show an organization."""
    return organizations.show(organization, call.visitor)


@routes.patch(
    _ONE,
    body=requests.ChangeOrganization,
    access=Access.SIGNED_IN,
    answer=responses.Organization,
    errors=(Conflict, NotAllowed),
)
def change(call: Call[requests.ChangeOrganization], organization: str) -> responses.Organization:
    """Change what an organization says of itself, as its owner or a manager."""
    return organizations.change(organization, call.body, call.account, call.now)


@routes.delete(_ONE, access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def remove(call: Call[None], organization: str) -> responses.Empty:
    """Delete an organization, as its owner."""
    return organizations.remove(organization, call.account, call.now)


@routes.get(f"{_ONE}/members", access=Access.ANYONE, answer=responses.OrganizationMembers, query=(CURSOR,))
def list_members(call: Call[None], organization: str) -> responses.OrganizationMembers:
    """List an organization's members; strangers see those who agreed to be shown."""
    return organizations.list_members(organization, call.visitor, call.asked(CURSOR))


@routes.get(f"{_ONE}/competitions", access=Access.ANYONE, answer=responses.OrganizationEntries, query=(CURSOR,))
def list_competitions(call: Call[None], organization: str) -> responses.OrganizationEntries:
    """List the competitions in which somebody has competed for an organization for all to see."""
    return organizations.list_competitions(organization, call.asked(CURSOR))


@routes.get(f"{_ONE}/audit", access=Access.SIGNED_IN, answer=responses.AuditLog, query=(CURSOR,), errors=(NotAllowed,))
def list_audit(call: Call[None], organization: str) -> responses.AuditLog:
    """List who changed what in an organization, for its owner and managers."""
    return organizations.list_audit(organization, call.account, call.asked(CURSOR))


@routes.get(f"{_ONE}/invitations", access=Access.SIGNED_IN, answer=responses.Invitations, errors=(NotAllowed,))
def list_invitations(call: Call[None], organization: str) -> responses.Invitations:
    """List whom an organization has asked in, for its owner and managers."""
    return organizations.list_invitations(organization, call.account, call.now)


@routes.post(
    f"{_ONE}/invitations",
    body=requests.InviteToOrganization,
    access=Access.SIGNED_IN,
    answer=responses.Invitation,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def invite(call: Call[requests.InviteToOrganization], organization: str) -> responses.Invitation:
    """Ask an account, or whoever has an e-mail address, into an organization."""
    return organizations.invite(organization, call.body, call.account, call.now)


@routes.delete(
    f"{_ONE}/invitations/{{invitation}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed)
)
def revoke(call: Call[None], organization: str, invitation: str) -> responses.Empty:
    """Take back an invitation of an organization."""
    return organizations.revoke(organization, invitation, call.account, call.now)


@routes.patch(
    f"{_ONE}/members/{{user}}",
    body=requests.ChangeMember,
    access=Access.SIGNED_IN,
    answer=responses.OrganizationMember,
    errors=(Conflict, NotAllowed),
)
def change_member(call: Call[requests.ChangeMember], organization: str, user: str) -> responses.OrganizationMember:
    """Change a member's role, as the owner; or say whether strangers see that you are in it."""
    return organizations.change_member(organization, user, call.body, call.account, call.now)


@routes.delete(f"{_ONE}/members/{{user}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def remove_member(call: Call[None], organization: str, user: str) -> responses.Empty:
    """Leave an organization, or take somebody out of it as its owner or a manager."""
    return organizations.remove_member(organization, user, call.account, call.now)


@routes.post(
    f"{_ONE}/owner",
    body=requests.Named,
    access=Access.SIGNED_IN,
    answer=responses.Invitation,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def offer_owner(call: Call[requests.Named], organization: str) -> responses.Invitation:
    """Offer an organization to another member, as its owner. It is theirs when they accept."""
    return organizations.offer_owner(organization, call.body.username, call.account, call.now)
