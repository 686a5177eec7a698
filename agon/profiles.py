"""Verbs of one's own account and of people's pages, as a part of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Profiles(Verbs):
    """The verbs of people's pages, of sessions, and of the second step of a sign-in."""

    def profile(self, username: str) -> api.Profile:
        """The page of somebody, as everybody sees it."""
        return self.http.call("GET", "/people/{username}", username=username)

    def change_profile(self, **said: str | bool) -> api.Profile:
        """Change what one says of oneself: `display_name`, `affiliation`, `site`, `description`, `shows_results`."""
        return self.http.call("PATCH", "/me", said)

    def sessions(self) -> list[api.OwnSession]:
        """Sessions of oneself, the one that was used last first."""
        return self.http.call("GET", "/sessions")["sessions"]

    def end_session(self, session: str) -> None:
        """End a session of one's own."""
        self.http.call("DELETE", "/sessions/{session}", session=session)

    def end_other_sessions(self) -> None:
        """End all of one's sessions but this one."""
        self.http.call("DELETE", "/sessions")

    def second_step(self) -> bool:
        """Whether one's sign-in asks for a code of an authenticator."""
        return self.http.call("GET", "/me/second-step")["on"]

    def begin_second_step(self, password: str) -> api.NewSecondStep:
        """A secret for an authenticator, shown this once; a code of it turns the second step on."""
        return self.http.call("POST", "/me/second-step", {"password": password})

    def turn_on_second_step(self, code: str) -> None:
        """Have the sign-in ask for codes of the newest secret, of which this is one."""
        self.http.call("PATCH", "/me/second-step", {"code": code})

    def turn_off_second_step(self, password: str, code: str) -> None:
        """Have the sign-in ask for no code any more."""
        self.http.call("POST", "/me/second-step/off", {"password": password, "code": code})
