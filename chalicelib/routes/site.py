"""The site as a whole."""

from chalicelib import answers, bodies
from chalicelib.actions import site
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/site", access=Access.ANYONE, answer=answers.Site)
def show(call: Call) -> answers.Site:
    """Tell whether the site takes submissions."""
    return site.show()


@routes.patch("/v1/site", access=Access.ADMIN, body=bodies.Pause, answer=answers.Site)
def pause(call: Call) -> answers.Site:
    """Pause submissions on the whole site, or let them go on."""
    return site.pause(call.body, call.account)
