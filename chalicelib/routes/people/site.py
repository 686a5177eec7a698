"""The site as a whole."""

from chalicelib import requests, responses
from chalicelib.actions.people import site
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/site", access=Access.ANYONE, answer=responses.Site)
def show(call: Call[None]) -> responses.Site:
    """Tell whether the site takes submissions, and whether competitions wait for approval."""
    return site.show()


@routes.patch("/v1/site", body=requests.ChangeSite, access=Access.ADMIN, answer=responses.Site)
def change(call: Call[requests.ChangeSite]) -> responses.Site:
    """Pause submissions on the whole site, or let them go on; have competitions wait for approval, or not."""
    return site.change(call.body, call.account, call.now)
