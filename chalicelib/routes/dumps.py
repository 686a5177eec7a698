"""Dumps and clones of competitions."""

from chalicelib import answers, bodies
from chalicelib.actions import clones, dumps
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_DUMPS = "/v1/competitions/{competition}/dumps"
_CLONE = "/v1/competitions/{competition}/clone"


@routes.post(_DUMPS, access=Access.SIGNED_IN, body=bodies.NewDump, answer=answers.Dump, status=202)
def create(call: Call, competition: str) -> answers.Dump:
    """Dump a competition as a bundle: with all files, or light, with the keys of its datasets."""
    return dumps.create(competition, call.body, call.account, call.now)


@routes.get(_DUMPS, access=Access.SIGNED_IN, answer=answers.Dumps)
def list_all(call: Call, competition: str) -> answers.Dumps:
    """List the newest dumps of a competition."""
    return dumps.list_all(competition, call.account)


@routes.get(_DUMPS + "/{dump}", access=Access.SIGNED_IN, answer=answers.Dump)
def show(call: Call, competition: str, dump: str) -> answers.Dump:
    """Show how far a dump is, and where it can be downloaded."""
    return dumps.show(competition, dump, call.account)


@routes.post(_CLONE, access=Access.SIGNED_IN, body=bodies.Clone, answer=answers.Competition, status=201)
def clone(call: Call, competition: str) -> answers.Competition:
    """Make a draft with the same definition and data, without sending anything again."""
    return clones.create(competition, call.body, call.account, call.now)
