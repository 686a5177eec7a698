"""Results of other sites, as a part of the client: brought by organizers, collected by those who made them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Bringing(Verbs):
    """The verbs of what comes from another site."""

    def bring(self, phase: str, told: Mapping[str, object]) -> api.Submission:
        """Bring a submission of another site with the scores that it had there, into a draft. Twice is once."""
        return self.http.call("POST", "/phases/{phase}/brought", dict(told), repeatable=True, phase=phase)

    def collect(self, competition: str) -> api.Collected:
        """Have as one's own what was brought from another site under one's address."""
        return self.http.call("POST", "/competitions/{competition}/collect", repeatable=True, competition=competition)
