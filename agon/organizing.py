"""What is asked of many submissions at once, and what organizers alone ask, as a part of the client."""

from collections.abc import Callable, Sequence
from typing import Any

from agon.http import Http

Answer = dict[str, Any]


class Organizing:
    """The verbs of organizers. `Client` has these and its own."""

    http: Http
    _wait: Callable[..., Answer]

    def cancel(self, submission: str) -> Answer:
        """Stop a submission."""
        return self.http.call("POST", f"/submissions/{submission}/cancel")

    def start(self, submission: str) -> Answer:
        """Start a submission that waits for its organizers."""
        return self.http.call("POST", f"/submissions/{submission}/start")

    def fail(self, submission: str, reason: str = "") -> Answer:
        """Mark a submission as failed, and give its attempt back."""
        return self.http.call("POST", f"/submissions/{submission}/fail", {"reason": reason})

    def rerun(self, submission: str) -> Answer:
        """Run a submission again."""
        return self.http.call("POST", f"/submissions/{submission}/rerun")

    def release(self, submission: str) -> None:
        """Have a sealed queue's runner send what a submission left, as its organizer and the queue's owner."""
        self.http.call("POST", f"/submissions/{submission}/release")

    def do_to_many(self, verb: str, submissions: Sequence[str], **said: str) -> Answer:
        """Do "cancel", "start", "fail", "rerun" or "delete" to several of the first one's phase.

        Tells those `done`, and of the others why they were `refused`.
        """
        phase = self.http.call("GET", f"/submissions/{submissions[0]}")["phase"]
        body = {"submissions": list(submissions), **said}
        return self.http.call("POST", f"/phases/{phase}/submissions/{verb}", body)

    def pack(
        self,
        phase: str,
        submissions: Sequence[str] = (),
        timeout_seconds: float = 24 * 3600,
        on_change: Callable[[Answer], None] = lambda state: None,
    ) -> Answer:
        """A phase's submissions, or those named, with outputs and logs: `zips` has signed URLs, good for a few minutes."""
        body = {"submissions": list(submissions)} if submissions else {}
        begun = self.http.call("POST", f"/phases/{phase}/parcels", body)
        return self._wait(f"/phases/{phase}/parcels/{begun['id']}", {"Finished", "Failed"}, timeout_seconds, on_change)

    def check_determinism(self, phase: str, top: int = 3) -> Answer:
        """Repeat a phase's best submissions, to see whether they come to the same."""
        return self.http.call("POST", f"/phases/{phase}/determinism", {"top": top})

    def determinism(self, phase: str) -> Answer:
        """What the latest such check came to so far."""
        return self.http.call("GET", f"/phases/{phase}/determinism")

    def wait_for_determinism(
        self, phase: str, timeout_seconds: float = 24 * 3600, on_change: Callable[[Answer], None] = lambda state: None
    ) -> Answer:
        """The latest check when nothing of it is in progress any more. Raises AgonError when it takes longer."""
        return self._wait(f"/phases/{phase}/determinism", lambda state: not state["in_progress"], timeout_seconds, on_change)

    def attempts(self, submission: str) -> list[Answer]:
        """A submission's earlier attempts, the oldest first."""
        return self.http.call("GET", f"/submissions/{submission}/attempts")["attempts"]
