"""Dumps and clones of competitions."""

from chalicelib import requests, responses
from chalicelib.actions.bundles import cloning, dumps
from chalicelib.errors import Conflict, NotAllowed, TooLarge
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_DUMPS = "/v1/competitions/{competition}/dumps"
_CLONE = "/v1/competitions/{competition}/clone"


@routes.post(
    _DUMPS, body=requests.NewDump, access=Access.SIGNED_IN, answer=responses.Dump, status=202, errors=(NotAllowed, TooLarge)
)
def create(call: Call[requests.NewDump], competition: str) -> responses.Dump:
    """Dump a competition as a bundle: with all files, or light, with the keys of its datasets."""
    return dumps.create(competition, call.body, call.account, call.now)


@routes.get(_DUMPS, access=Access.SIGNED_IN, answer=responses.Dumps, errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Dumps:
    """List the newest dumps of a competition."""
    return dumps.list_all(competition, call.account)


@routes.get(_DUMPS + "/{dump}", access=Access.SIGNED_IN, answer=responses.Dump, errors=(NotAllowed,))
def show(call: Call[None], competition: str, dump: str) -> responses.Dump:
    """Show how far a dump is, and where it can be downloaded."""
    return dumps.show(competition, dump, call.account)


@routes.delete(_DUMPS + "/{dump}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def remove(call: Call[None], competition: str, dump: str) -> responses.Empty:
    """Remove a dump, with its file."""
    return dumps.remove(competition, dump, call.account, call.now)


@routes.post(
    _CLONE, body=requests.Clone, access=Access.SIGNED_IN, answer=responses.Competition, status=201, errors=(NotAllowed,)
)
def clone(call: Call[requests.Clone], competition: str) -> responses.Competition:
    """Make a draft with the same definition and data, without sending anything again."""
    return cloning.create(competition, call.body, call.account, call.now)
