"""Mail as people choose it, as organizers write it and as administrators see it: a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Mailing(Verbs):
    """The verbs of mail."""

    def mail_preferences(self) -> api.MailPreferences:
        """The kinds of mail, and which of them one gets."""
        return self.http.call("GET", "/me/mail")

    def choose_mail(self, kinds: Mapping[str, bool], language: Literal["en", "fr"] | None = None) -> api.MailPreferences:
        """Switch kinds of mail on and off, by their names, and choose the language of all mail."""
        said: dict[str, object] = {"kinds": dict(kinds)} if kinds else {}
        return self.http.call("PATCH", "/me/mail", said | ({"language": language} if language else {}))

    def preview_letter(self, competition: str, letter: Mapping[str, object]) -> api.MailingPreview:
        """A letter to participants as it would be sent, and to how many."""
        return self.http.call("POST", "/competitions/{competition}/mailings/preview", dict(letter), competition=competition)

    def write_letter(self, competition: str, letter: Mapping[str, object]) -> api.Mailing:
        """Have a letter sent to participants."""
        return self.http.call("POST", "/competitions/{competition}/mailings", dict(letter), competition=competition)

    def letters(self, competition: str) -> Iterator[api.Mailing]:
        """Letters to a competition's participants, newest first."""
        for page in self._pages(
            lambda at: self.http.call("GET", "/competitions/{competition}/mailings", None, at, competition=competition)
        ):
            yield from page["mailings"]

    def suppressions(self) -> Iterator[api.Suppression]:
        """Addresses that take no mail any more, by their digests."""
        for page in self._pages(lambda at: self.http.call("GET", "/site/suppressions", None, at)):
            yield from page["suppressions"]

    def lift_suppression(self, digest: str) -> None:
        """Have mail sent to an address again."""
        self.http.call("DELETE", "/site/suppressions/{digest}", digest=digest)
