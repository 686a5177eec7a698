"""Dumps and clones of competitions."""

from chalicelib import requests, responses
from chalicelib.actions.bundles import cloning, dumps
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_DUMPS = "/v1/competitions/{competition}/dumps"
_CLONE = "/v1/competitions/{competition}/clone"


@routes.post(_DUMPS, access=Access.SIGNED_IN, body=requests.NewDump, answer=responses.Dump, status=202)
def create(call: Call, competition: str) -> responses.Dump:
    """Dump a competition as a bundle: with all files, or light, with the keys of its datasets."""
    return dumps.create(competition, call.body, call.account, call.now)


@routes.get(_DUMPS, access=Access.SIGNED_IN, answer=responses.Dumps)
def list_all(call: Call, competition: str) -> responses.Dumps:
    """List the newest dumps of a competition."""
    return dumps.list_all(competition, call.account)


@routes.get(_DUMPS + "/{dump}", access=Access.SIGNED_IN, answer=responses.Dump)
def show(call: Call, competition: str, dump: str) -> responses.Dump:
    """Show how far a dump is, and where it can be downloaded."""
    return dumps.show(competition, dump, call.account)


@routes.post(_CLONE, access=Access.SIGNED_IN, body=requests.Clone, answer=responses.Competition, status=201)
def clone(call: Call, competition: str) -> responses.Competition:
    """Make a draft with the same definition and data, without sending anything again."""
    return cloning.create(competition, call.body, call.account, call.now)
