"""Calls about juries, and by jurors, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Judging(Verbs):
    """The verbs of judging."""

    def juries(self) -> Iterator[api.Jury]:
        """The competitions whose submissions one is asked to judge."""
        for page in self._pages(lambda at: self.http.call("GET", "/juries", None, at)):
            yield from page["juries"]

    def jurors(self, competition: str) -> list[api.Juror]:
        """A competition's jury, for its organizers."""
        return self.http.call("GET", "/competitions/{competition}/jurors", competition=competition)["jurors"]

    def add_juror(self, competition: str, username: str) -> api.Juror:
        """Invite somebody to judge."""
        body = {"username": username}
        return self.http.call("POST", "/competitions/{competition}/jurors", body, competition=competition)

    def set_juror(self, competition: str, user: str, status: str) -> api.Juror:
        """Count somebody's judgements ("active") or not ("excluded")."""
        body = {"status": status}
        return self.http.call("PATCH", "/competitions/{competition}/jurors/{user}", body, competition=competition, user=user)

    def remove_juror(self, competition: str, user: str) -> None:
        """Take somebody off the jury; what they judged counts."""
        self.http.call("DELETE", "/competitions/{competition}/jurors/{user}", competition=competition, user=user)

    def judging(self, phase: str) -> api.JudgingProgress:
        """The progress of the jury, for organizers."""
        return self.http.call("GET", "/phases/{phase}/judging", phase=phase)

    def publish_judging(self, phase: str, published: bool = True) -> api.Published:
        """Show a jury's scores, or hide them."""
        if published:
            return self.http.call("POST", "/phases/{phase}/judging/publish", phase=phase)
        return self.http.call("POST", "/phases/{phase}/judging/unpublish", phase=phase)

    def next_case(self, phase: str) -> api.NextCase:
        """The case that one is to judge next: its `case` is None when there is nothing."""
        return self.http.call("GET", "/phases/{phase}/judging/next", phase=phase)

    def judge(self, case: str, **decision: object) -> api.Judgement:
        """Judge: `marks` by criterion or `preferred`, and a `comment`."""
        return self.http.call("POST", "/judging/{case}", decision, case=case)

    def pass_over(self, case: str) -> None:
        """Leave a case to others."""
        self.http.call("POST", "/judging/{case}/pass", case=case)

    def judgements(self, phase: str) -> Iterator[api.Judgement]:
        """One's own judgements in a phase, newest first."""
        for page in self._pages(
            lambda at: self.http.call("GET", "/phases/{phase}/judging/judgements", None, at, phase=phase)
        ):
            yield from page["judgements"]

    def case(self, case: str) -> api.Case:
        """A case that one was given, with one's judgement."""
        return self.http.call("GET", "/judging/{case}", case=case)
