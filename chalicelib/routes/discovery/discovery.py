"""Ways that lead people to competitions."""

from chalicelib import responses
from chalicelib.actions.discovery import featuring
from chalicelib.errors import Conflict
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post(
    "/v1/competitions/{competition}/featured", access=Access.ADMIN, answer=responses.Competition, errors=(Conflict,)
)
def feature(call: Call[None], competition: str) -> responses.Competition:
    """Point to a competition: lists can be asked for what is featured."""
    return featuring.feature(competition, True, call.account, call.now)


@routes.delete("/v1/competitions/{competition}/featured", access=Access.ADMIN, answer=responses.Competition)
def unfeature(call: Call[None], competition: str) -> responses.Competition:
    """Point to a competition no more."""
    return featuring.feature(competition, False, call.account, call.now)
