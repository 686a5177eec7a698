"""Changing a competition's settings, part by part, as a part of the client. Each says which revision it saw."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from agon.errors import AgonError
from agon.verbs import Verbs

if TYPE_CHECKING:
    import httpx

    from agon import api_types as api

#: Where the whole stands, a list of its parts, a part, the list of a board's columns, and a column.
_PARTS = (
    "/competitions/{}/settings",
    "/competitions/{}/settings/{}",
    "/competitions/{}/settings/{}/{}",
    "/competitions/{}/settings/{}/{}/columns",
    "/competitions/{}/settings/{}/{}/columns/{}",
)


class Editing(Verbs):
    """The verbs of a competition's editor. A `part` is such as "phases/0", a list such as "leaderboards/0/columns".

    A `preview` changes nothing: its `effects` say what the change would do to boards, which callers know otherwise.
    All raise ProblemError when `revision` is outdated.
    """

    def delete_competition(self, competition: str, slug: str) -> None:
        """Delete a competition that is not published, as its owner. `slug` is its own, typed once more."""
        self.http.call("DELETE", "/competitions/{competition}", None, {"slug": slug}, competition=competition)

    def settings(self, competition: str) -> api.Settings:
        """All settings of a competition, and their revision."""
        return self.http.call("GET", "/competitions/{competition}/settings", competition=competition)

    def change_settings(
        self, competition: str, part: str, changes: Mapping[str, object], revision: int, preview: bool = False
    ) -> api.Settings:
        """Change some of a part, or of the whole where that is ""."""
        path = _PARTS[_depth(part)].format(*_names(competition, part))
        return self._answer(self.http.response("PATCH", path, changes, _said(preview), _seen(revision)))

    def archive(self, competition: str, archived: bool) -> api.Settings:
        """Keep a competition to be read alone, or have it take things again."""
        path = _PARTS[0].format(*_names(competition))
        return self._answer(self.http.response("PATCH", path, {"agon": {"archived": archived}}, headers={"If-Match": "*"}))

    def add_to_settings(
        self, competition: str, part: str, entry: Mapping[str, object], revision: int, preview: bool = False
    ) -> api.Settings:
        """Add an entry to a list."""
        path = _PARTS[_depth(part)].format(*_names(competition, part))
        return self._answer(self.http.response("POST", path, entry, _said(preview), _seen(revision)))

    def remove_from_settings(self, competition: str, part: str, revision: int, preview: bool = False) -> api.Settings:
        """Take a part out of its list."""
        path = _PARTS[_depth(part)].format(*_names(competition, part))
        return self._answer(self.http.response("DELETE", path, None, _said(preview), _seen(revision)))

    def set_terms(self, competition: str, content: str, form: str, revision: int) -> api.Settings:
        """Give it other terms, in `form` "markdown" or "html". Who has accepted others is asked again."""
        body = {"content": content, "format": form}
        path = "/competitions/{}/terms".format(*_names(competition))
        return self._answer(self.http.response("PATCH", path, body, headers=_seen(revision)))

    def set_logo(self, competition: str, content: bytes, form: str, revision: int) -> api.Settings:
        """Give it another logo, whose `form` is such as "png"."""
        body = {"content": base64.b64encode(content).decode(), "format": form}
        path = "/competitions/{}/logo".format(*_names(competition))
        return self._answer(self.http.response("PATCH", path, body, headers=_seen(revision)))

    def _answer(self, response: httpx.Response) -> api.Settings:
        settings: api.Settings = response.json()
        return settings


def _depth(part: str) -> int:
    """How many names a part has. Raises AgonError for what is no part."""
    names = _split(part)
    if len(names) >= len(_PARTS) or (len(names) > 2 and names[2] != "columns"):
        raise AgonError(f"{part} is no part of a competition. Write one such as phases/0 or leaderboards/0/columns/1.")
    return len(names)


def _names(competition: str, part: str = "") -> list[str]:
    """What is put into the path: a name that a person typed must not lead to another route."""
    names = _split(part)
    return [quote(one, safe="") for one in (competition, *names[:2], *names[3:])]


def _split(part: str) -> list[str]:
    return part.split("/") if part else []


def _said(preview: bool) -> dict[str, str]:
    return {"preview": "true"} if preview else {"confirmed": "true"}


def _seen(revision: int) -> dict[str, str]:
    return {"If-Match": f'"{revision}"'}
