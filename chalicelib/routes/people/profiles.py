"""Pages of people."""

from chalicelib import requests, responses
from chalicelib.actions.submissions import portfolios
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/people/{username}", access=Access.ANYONE, answer=responses.Profile)
def show(call: Call[None], username: str) -> responses.Profile:
    """Show what somebody says of themselves, where they stood, what they organize and share, and who shows them."""
    return portfolios.show(username, call.now)


@routes.patch("/v1/me", body=requests.ChangeProfile, access=Access.SIGNED_IN, answer=responses.Profile)
def change(call: Call[requests.ChangeProfile]) -> responses.Profile:
    """Change what you say of yourself, which everybody sees."""
    return portfolios.change(call.body, call.account, call.now)
