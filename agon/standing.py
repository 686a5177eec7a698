"""Leaderboards, and where somebody stands on them: a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from agon.packed import unpacked
from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Standing(Verbs):
    """The verbs of who reads leaderboards."""

    #: A board's page, as it was last seen, by its ETag.
    _boards: dict[tuple[str, int, str | None, str | None], tuple[str, api.Leaderboard]]

    def leaderboards(self, phase: str) -> api.Leaderboards:
        """The boards of a phase, and how submissions get onto them."""
        return self.http.call("GET", "/phases/{phase}/leaderboards", phase=phase)

    def leaderboard(self, phase: str, page: int = 1, board: str | None = None, group: str | None = None) -> api.Leaderboard:
        """A page of a board, the first one unless named, or of a `group`'s own.

        Asked again, an unchanged one costs next to nothing (ETag).
        """
        key = (phase, page, board, group)
        etag, known = self._boards.get(key, ("", None))
        headers = {"If-None-Match": etag} if etag else {}
        params = {"page": str(page), "packed": "true"} | _named(board, group)
        answer = self.http.response("GET", f"/phases/{phase}/leaderboard", params=params, headers=headers)
        if answer.status_code == 304 and known is not None:
            return known
        found: api.Leaderboard = unpacked(answer.json())
        if "ETag" in answer.headers:
            self._boards[key] = (answer.headers["ETag"], found)
        return found

    def leaderboard_pages(self, phase: str, board: str | None = None, group: str | None = None) -> Iterator[api.Leaderboard]:
        """Every page of a board."""
        page = self.leaderboard(phase, 1, board, group)
        yield page
        for number in range(2, page["pages"] + 1):
            yield self.leaderboard(phase, number, board, group)

    def rank(
        self, phase: str, username: str, board: str | None = None, group: str | None = None, team: str = ""
    ) -> api.Ranks:
        """The ranks of a participant, or of a `team` by its id; who asks for themselves and is in a team is told of that."""
        named = _named(board, group)
        if team:
            return self.http.call("GET", "/phases/{phase}/teams/{team}/rank", None, named, phase=phase, team=team)
        return self.http.call(
            "GET", "/phases/{phase}/participants/{username}/rank", None, named, phase=phase, username=username
        )

    def history(
        self, phase: str, username: str, board: str | None = None, group: str | None = None, team: str = ""
    ) -> api.History:
        """A participant's scores over time, or those of a `team` by its id."""
        named = _named(board, group)
        if team:
            return self.http.call("GET", "/phases/{phase}/teams/{team}/history", None, named, phase=phase, team=team)
        return self.http.call(
            "GET", "/phases/{phase}/participants/{username}/history", None, named, phase=phase, username=username
        )

    def leaders(self, phase: str, top: int = 5, board: str | None = None, group: str | None = None) -> api.Leaders:
        """The first of a board, ten at most, with how they got there."""
        params = {"top": str(top)} | _named(board, group)
        return self.http.call("GET", "/phases/{phase}/leaderboard/history", None, params, phase=phase)

    def export_leaderboard(self, phase: str, wanted: Mapping[str, object]) -> str:
        """The signed address of a phase's boards as a file, for organizers: `format` is csv, json or zip."""
        return self.http.call("POST", "/phases/{phase}/leaderboard/exports", wanted, phase=phase)["url"]

    def detailed_results(self, submission: str) -> api.DetailedResults:
        """Signed addresses of the pages of results behind a row, one for each task."""
        return self.http.call("GET", "/submissions/{submission}/detailed-results", submission=submission)


def _named(board: str | None, group: str | None) -> dict[str, str]:
    return {name: value for name, value in (("board", board), ("group", group)) if value}
