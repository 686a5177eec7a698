"""The files that a phase hands out, one by one: a part of the client."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api

_ODD = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class HandedOut:
    """A file that is handed out: its signed address and its bytes, None at a site that does not tell them."""

    url: str
    size_bytes: int | None


class HandingOut(Verbs):
    """The verbs of who fetches what a competition hands out."""

    def handouts(self, phase: str) -> api.Handouts:
        """Signed addresses of a phase's starting kit and public data, and of what participants may have of its tasks."""
        return self.http.call("GET", "/phases/{phase}/handouts", phase=phase)

    def links_beside(self, phase: str) -> list[api.Link]:
        """Links that a phase has beside its data; none at a site of a former version, which does not tell them."""
        return self.handouts(phase).get("links", [])

    def files_handed_out(self, phase: str) -> dict[str, HandedOut]:
        """All that a phase hands out and its competition's pages link to, by the files' names."""
        competition = phase.rpartition("-")[0]
        linked = self.http.call("GET", "/competitions/{competition}/assets", competition=competition)["assets"]
        return {
            **_handed_out(self.handouts(phase)),
            **{one["name"]: HandedOut(one["url"], one.get("size_bytes")) for one in linked},
        }


def _handed_out(found: api.Handouts) -> dict[str, HandedOut]:
    sizes = found.get("sizes", {})
    own = {"starting_kit": found["starting_kit"], "public_data": found["public_data"]}
    listed = {f"{kind}.zip": HandedOut(url, sizes.get(kind)) for kind, url in own.items() if url}
    for task, files in found.get("tasks", {}).items():
        for kind, url in files.items():
            listed[f"{_ODD.sub('-', task)}-{kind}.zip"] = HandedOut(url, sizes.get(f"{task}/{kind}"))
    return listed
