"""Calls about code that participants share, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Sharing(Verbs):
    """The verbs of shared code."""

    def share(self, submission: str, licence: str | None = None, description: str | None = None) -> api.Submission:
        """Let others see a submission and have it under a licence, which has to be said once."""
        said = {"licence": licence, "description": description}
        body = {"public": True, **{key: value for key, value in said.items() if value}}
        return self.http.call("PATCH", "/submissions/{submission}", body, submission=submission)

    def unshare(self, submission: str) -> api.Submission:
        """Let others see a submission no more."""
        return self.http.call("PATCH", "/submissions/{submission}", {"public": False}, submission=submission)

    def shared(self, phase: str, order: str = "newest") -> Iterator[api.SharedCode]:
        """The code that is shared in a phase, newest first; by "likes" what anybody likes, the most liked first."""
        call = self.http.call
        for page in self._pages(lambda at: call("GET", "/phases/{phase}/shared", None, at, phase=phase), {"order": order}):
            yield from page["shared"]

    def shared_code(self, submission: str) -> api.SharedCode:
        """One that is shared, with its lineage."""
        return self.http.call("GET", "/shared/{submission}", submission=submission)

    def shared_file(self, submission: str) -> str:
        """A signed URL of its file, good for a few minutes. One is counted as a download, once."""
        return self.http.call("POST", "/shared/{submission}/download", submission=submission)["url"]

    def like(self, submission: str, likes: bool = True) -> api.SharedCode:
        """Like shared code, or do so no more."""
        if likes:
            return self.http.call("POST", "/shared/{submission}/like", submission=submission)
        return self.http.call("DELETE", "/shared/{submission}/like", submission=submission)
