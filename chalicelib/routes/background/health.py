"""The site's health, and its status for administrators."""

from chalicelib import responses
from chalicelib.actions.background import health
from chalicelib.errors import Unwell
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/health", access=Access.ANYONE, answer=responses.Health, errors=(Unwell,))
def show(call: Call[None]) -> responses.Health:
    """Tell whether each part of the site answers, as it was seen within ten seconds."""
    return health.show(call.now)


@routes.get("/v1/site/status", access=Access.ADMIN, answer=responses.SiteStatus)
def status(call: Call[None]) -> responses.SiteStatus:
    """Tell how the site does, as an administrator: its health, what waits and who serves it, what failed."""
    return health.status(call.now)
