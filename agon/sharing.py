"""What is asked of code that participants share, as a part of the client."""

from collections.abc import Callable, Iterator
from typing import Any

from agon.http import Http

Answer = dict[str, Any]


class Sharing:
    """The verbs of shared code. `Client` has these and its own."""

    http: Http
    _pages: Callable[..., Iterator[Answer]]

    def share(self, submission: str, licence: str | None = None, description: str | None = None) -> Answer:
        """Let others see a submission and have it under a licence, which has to be said once."""
        said = {"licence": licence, "description": description}
        body: Answer = {"public": True} | {key: value for key, value in said.items() if value}
        return self.http.call("PATCH", f"/submissions/{submission}", body)

    def unshare(self, submission: str) -> Answer:
        """Let others see a submission no more."""
        return self.http.call("PATCH", f"/submissions/{submission}", {"public": False})

    def shared(self, phase: str, order: str = "newest") -> Iterator[Answer]:
        """What is shared in a phase, newest first; by "likes" what anybody likes, the most liked first."""
        return self._pages(f"/phases/{phase}/shared", "shared", {"order": order})

    def shared_code(self, submission: str) -> Answer:
        """One that is shared, with its lineage."""
        return self.http.call("GET", f"/shared/{submission}")

    def shared_file(self, submission: str) -> str:
        """A signed URL of its file, good for a few minutes. One is counted as a download, once."""
        return str(self.http.call("POST", f"/shared/{submission}/download")["url"])

    def like(self, submission: str, likes: bool = True) -> Answer:
        """Like shared code, or do so no more."""
        return self.http.call("POST" if likes else "DELETE", f"/shared/{submission}/like")
