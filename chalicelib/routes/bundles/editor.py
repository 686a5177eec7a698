"""Editing a competition's settings."""

from chalice import Response

from chalicelib import requests, responses
from chalicelib.actions.bundles import editing
from chalicelib.actions.bundles.editing import Path
from chalicelib.errors import NotFound
from chalicelib.http import HEADERS, Access, Call, Routes, dumps

routes = Routes(__name__)
_SETTINGS = "/v1/competitions/{competition}/settings"
_ENTRY = _SETTINGS + "/{part}/{index}"
_COLUMNS = _SETTINGS + "/leaderboards/{index}/columns"
_CHANGES = {"access": Access.SIGNED_IN, "answer": responses.Settings}
_WRITES = {**_CHANGES, "body": requests.Patch}


@routes.get(_SETTINGS, **_CHANGES)
def show(call: Call, competition: str) -> Response:
    """Show all settings of a competition, to its organizers."""
    return _tagged(editing.show(competition, call.account))


@routes.patch(_SETTINGS, **_WRITES)
def change(call: Call, competition: str) -> Response:
    """Change settings of the competition itself. Send their ETag as If-Match."""
    return _changed(call, competition, Path())


@routes.patch("/v1/competitions/{competition}/terms", **{**_CHANGES, "body": requests.PageText})
def set_terms(call: Call, competition: str) -> Response:
    """Give a competition other terms. Send the settings' ETag as If-Match."""
    return _tagged(editing.set_terms(competition, call.body, call.headers.get("if-match"), call.account, call.now))


@routes.patch("/v1/competitions/{competition}/logo", **{**_CHANGES, "body": requests.Logo})
def set_logo(call: Call, competition: str) -> Response:
    """Give a competition another logo. Send the settings' ETag as If-Match."""
    return _tagged(editing.set_logo(competition, call.body, call.headers.get("if-match"), call.account, call.now))


@routes.post(_SETTINGS + "/{part}", **_WRITES)
def add(call: Call, competition: str, part: str) -> Response:
    """Add a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match."""
    return _added(call, competition, Path(part))


@routes.patch(_ENTRY, **_WRITES)
def change_part(call: Call, competition: str, part: str, index: str) -> Response:
    """Change a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match."""
    return _changed(call, competition, Path(part, _number(index)))


@routes.delete(_ENTRY, **_CHANGES)
def remove(call: Call, competition: str, part: str, index: str) -> Response:
    """Remove a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match."""
    return _removed(call, competition, Path(part, _number(index)))


@routes.post(_COLUMNS, **_WRITES)
def add_column(call: Call, competition: str, index: str) -> Response:
    """Add a column to a leaderboard. Send the settings' ETag as If-Match."""
    return _added(call, competition, Path("leaderboards", _number(index), is_column=True))


@routes.patch(_COLUMNS + "/{column}", **_WRITES)
def change_column(call: Call, competition: str, index: str, column: str) -> Response:
    """Change a column of a leaderboard. Send the settings' ETag as If-Match."""
    return _changed(call, competition, Path("leaderboards", _number(index), _number(column), is_column=True))


@routes.delete(_COLUMNS + "/{column}", **_CHANGES)
def remove_column(call: Call, competition: str, index: str, column: str) -> Response:
    """Remove a column of a leaderboard. Send the settings' ETag as If-Match."""
    return _removed(call, competition, Path("leaderboards", _number(index), _number(column), is_column=True))


def _changed(call: Call, competition: str, path: Path) -> Response:
    seen = call.headers.get("if-match")
    return _tagged(editing.change(competition, path, call.body.root, seen, call.account, call.now))


def _added(call: Call, competition: str, path: Path) -> Response:
    seen = call.headers.get("if-match")
    return _tagged(editing.add(competition, path, call.body.root, seen, call.account, call.now))


def _removed(call: Call, competition: str, path: Path) -> Response:
    return _tagged(editing.remove(competition, path, call.headers.get("if-match"), call.account, call.now))


def _tagged(settings: responses.Settings) -> Response:
    headers = {**HEADERS, "ETag": f'"{settings.revision}"', "Content-Type": "application/json"}
    return Response(dumps(settings), headers, 200)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise NotFound("Parts go by their numbers, from 0, as the settings list them.")
    return int(text)
