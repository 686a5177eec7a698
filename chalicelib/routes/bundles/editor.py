"""Editing a competition's settings."""

from typing import Any

from chalice.app import Response

from chalicelib import requests, responses
from chalicelib.actions.bundles import editing, parts
from chalicelib.answers import json_response
from chalicelib.errors import Conflict, Invalid, NotAllowed, NotFound, Outdated, Unconditional, say
from chalicelib.http import Access, Call, Routes, Tagged
from chalicelib.parameters import flag

routes = Routes(__name__)
_PREVIEW = flag("preview", "Change nothing: the answer's `effects` say what the change would do to boards.")
_CONFIRMED = flag("confirmed", "Change it though submissions have scores that no board shows any more then.")
_INTENT = (_PREVIEW, _CONFIRMED)
_SETTINGS = "/v1/competitions/{competition}/settings"
_ENTRY = _SETTINGS + "/{part}/{index}"
# Below the variable, though leaderboards alone have columns: at the gateway a literal `leaderboards` would hide `{part}`.
_COLUMNS = _ENTRY + "/columns"


@routes.get(_SETTINGS, access=Access.SIGNED_IN, answer=responses.Settings, errors=(NotAllowed,), tagged=Tagged.ANSWER)
def show(call: Call[None], competition: str) -> Response:
    """Show all settings of a competition, to its organizers."""
    return _tagged(editing.show(competition, call.account))


@routes.patch(
    _SETTINGS,
    body=requests.Patch,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    query=_INTENT,
    errors=(Conflict, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def change(call: Call[requests.Patch], competition: str) -> Response:
    """Change settings of the competition itself. Send their ETag as If-Match."""
    return _changed(call, competition, parts.Path())


@routes.patch(
    "/v1/competitions/{competition}/terms",
    body=requests.PageText,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    errors=(Conflict, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def set_terms(call: Call[requests.PageText], competition: str) -> Response:
    """Give a competition other terms. Send the settings' ETag as If-Match."""
    return _tagged(editing.set_terms(competition, call.body, call.seen, call.account, call.now))


@routes.patch(
    "/v1/competitions/{competition}/logo",
    body=requests.Logo,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    errors=(Conflict, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def set_logo(call: Call[requests.Logo], competition: str) -> Response:
    """Give a competition another logo. Send the settings' ETag as If-Match."""
    return _tagged(editing.set_logo(competition, call.body, call.seen, call.account, call.now))


@routes.post(
    _SETTINGS + "/{part}",
    body=requests.Patch,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    query=_INTENT,
    errors=(Conflict, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def add(call: Call[requests.Patch], competition: str, part: str) -> Response:
    """Add a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match."""
    return _added(call, competition, parts.Path(part))


@routes.patch(
    _ENTRY,
    body=requests.Patch,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    query=_INTENT,
    errors=(Conflict, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def change_part(call: Call[requests.Patch], competition: str, part: str, index: str) -> Response:
    """Change a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match."""
    return _changed(call, competition, parts.Path(part, _number(index)))


@routes.delete(
    _ENTRY,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    query=_INTENT,
    errors=(Conflict, Invalid, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def remove(call: Call[None], competition: str, part: str, index: str) -> Response:
    """Remove a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match."""
    return _removed(call, competition, parts.Path(part, _number(index)))


@routes.post(
    _COLUMNS,
    body=requests.Patch,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    query=_INTENT,
    errors=(Conflict, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def add_column(call: Call[requests.Patch], competition: str, part: str, index: str) -> Response:
    """Add a column to a leaderboard. Send the settings' ETag as If-Match."""
    return _added(call, competition, parts.Path(part, _number(index), is_column=True))


@routes.patch(
    _COLUMNS + "/{column}",
    body=requests.Patch,
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    query=_INTENT,
    errors=(Conflict, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def change_column(call: Call[requests.Patch], competition: str, part: str, index: str, column: str) -> Response:
    """Change a column of a leaderboard. Send the settings' ETag as If-Match."""
    return _changed(call, competition, parts.Path(part, _number(index), _number(column), is_column=True))


@routes.delete(
    _COLUMNS + "/{column}",
    access=Access.SIGNED_IN,
    answer=responses.Settings,
    query=_INTENT,
    errors=(Conflict, Invalid, NotAllowed, Outdated, Unconditional),
    tagged=Tagged.CHANGED,
)
def remove_column(call: Call[None], competition: str, part: str, index: str, column: str) -> Response:
    """Remove a column of a leaderboard. Send the settings' ETag as If-Match."""
    return _removed(call, competition, parts.Path(part, _number(index), _number(column), is_column=True))


def _changed(call: Call[requests.Patch], competition: str, path: "parts.Path") -> Response:
    return _tagged(editing.change(competition, path, call.body.root, _intent(call), call.account, call.now))


def _added(call: Call[requests.Patch], competition: str, path: "parts.Path") -> Response:
    return _tagged(editing.add(competition, path, call.body.root, _intent(call), call.account, call.now))


def _removed(call: Call[None], competition: str, path: "parts.Path") -> Response:
    return _tagged(editing.remove(competition, path, _intent(call), call.account, call.now))


def _intent(call: Call[Any]) -> "editing.Intent":
    return editing.Intent(call.seen, call.asked(_PREVIEW), call.asked(_CONFIRMED))


def _tagged(settings: responses.Settings) -> Response:
    return json_response(settings, headers={"ETag": f'"{settings.revision}"'})


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise NotFound(say("part_numbers", "Parts go by their numbers, from 0, as the settings list them."))
    return int(text)
