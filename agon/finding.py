"""Ways to find competitions and to hear of them: a part of the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Finding(Verbs):
    """The verbs of who looks for competitions, and of administrators who point to some."""

    def competitions(self, **wanted: str | bool | None) -> Iterator[api.CompetitionCard]:
        """Every competition that one may see, or that is looked for by what `GET /v1/competitions` knows, such as `mine`.

        The newest first unless a `sort` or a `search` says otherwise.
        """
        params = {name: "true" if value is True else value for name, value in wanted.items() if value}
        for page in self._pages(lambda at: self.http.call("GET", "/competitions", None, at), params):
            yield from page["competitions"]

    def feature(self, competition: str, featured: bool) -> api.Competition:
        """Point to a competition, or do so no more; for administrators."""
        if featured:
            return self.http.call("POST", "/competitions/{competition}/featured", competition=competition)
        return self.http.call("DELETE", "/competitions/{competition}/featured", competition=competition)

    def federation_key(self) -> str:
        """The key that this site signs its list with (ed25519, in hex)."""
        return self.http.call("GET", "/federation/key")["key"]

    def follow_key(self) -> str:
        """Have the site sign with a new key, which the former one signs; for administrators."""
        return self.http.call("POST", "/federation/key")["key"]

    def trusted_sites(self) -> list[api.TrustedSite]:
        """The sites whose competitions are listed here; for administrators."""
        return self.http.call("GET", "/federation/sites")["sites"]

    def trust(self, url: str, key: str) -> api.TrustedSite:
        """List the competitions of a site, by its API's address and the key that was compared; for administrators."""
        return self.http.call("POST", "/federation/sites", {"url": url, "key": key})

    def distrust(self, site: str) -> None:
        """List them no more; for administrators."""
        self.http.call("DELETE", "/federation/sites/{site}", site=site)

    def elsewhere(self, search: str = "") -> api.ForeignCompetitions:
        """Competitions of other sites, or those of them that have some words."""
        return self.http.call("GET", "/federation/entries", None, {"search": search} if search else {})

    def open_calendar(self) -> str:
        """A private address of one's own calendar, shown this once; a former one opens nothing any more."""
        return self.http.api + self.http.call("POST", "/me/calendar")["path"]

    def close_calendar(self) -> None:
        """Take back the address of one's own calendar."""
        self.http.call("DELETE", "/me/calendar")
