"""Invitations to the account that calls."""

from chalicelib import responses
from chalicelib.actions.people import answering
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_PATH = "/v1/me/invitations"
_INVITATION = f"{_PATH}/{{invitation}}"


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Invitations)
def list_mine(call: Call[None]) -> responses.Invitations:
    """List what you, or whoever has your e-mail address, are asked into."""
    return answering.list_mine(call.account, call.now)


@routes.post(f"{_INVITATION}/accept", access=Access.SIGNED_IN, answer=responses.Invitation, errors=(Conflict, NotAllowed))
def accept(call: Call[None], invitation: str) -> responses.Invitation:
    """Accept an invitation."""
    return answering.accept(invitation, call.account, call.now)


@routes.post(f"{_INVITATION}/decline", access=Access.SIGNED_IN, answer=responses.Empty)
def decline(call: Call[None], invitation: str) -> responses.Empty:
    """Decline an invitation."""
    return answering.decline(invitation, call.account, call.now)
