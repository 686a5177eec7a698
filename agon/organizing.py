"""Calls about many submissions at once, and those that organizers alone ask, as a part of the client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from agon.verbs import Verbs, is_settled

if TYPE_CHECKING:
    from agon import api_types as api

BulkVerb = Literal["cancel", "start", "fail", "rerun", "delete"]


class Organizing(Verbs):
    """The verbs of organizers."""

    def cancel(self, submission: str) -> api.Submission:
        """Stop a submission."""
        return self.http.call("POST", "/submissions/{submission}/cancel", submission=submission)

    def start(self, submission: str) -> api.Submission:
        """Start a submission that waits for its organizers."""
        return self.http.call("POST", "/submissions/{submission}/start", submission=submission)

    def fail(self, submission: str, reason: str = "") -> api.Submission:
        """Mark a submission as failed, and give its attempt back."""
        return self.http.call("POST", "/submissions/{submission}/fail", {"reason": reason}, submission=submission)

    def rerun(self, submission: str) -> api.Submission:
        """Run a submission again."""
        return self.http.call("POST", "/submissions/{submission}/rerun", submission=submission)

    def release(self, submission: str) -> None:
        """Have a sealed queue's runner send what a submission left, as its organizer and the queue's owner."""
        self.http.call("POST", "/submissions/{submission}/release", submission=submission)

    def do_to_many(self, verb: BulkVerb, submissions: Sequence[str], **said: str) -> api.BulkResult:
        """Do "cancel", "start", "fail", "rerun" or "delete" to several of the first one's phase.

        Tells those `done`, and of the others why they were `refused`.
        """
        phase = self.http.call("GET", "/submissions/{submission}", submission=submissions[0])["phase"]
        body = {"submissions": list(submissions), **said}
        match verb:
            case "cancel":
                return self.http.call("POST", "/phases/{phase}/submissions/cancel", body, phase=phase)
            case "start":
                return self.http.call("POST", "/phases/{phase}/submissions/start", body, phase=phase)
            case "fail":
                return self.http.call("POST", "/phases/{phase}/submissions/fail", body, phase=phase)
            case "rerun":
                return self.http.call("POST", "/phases/{phase}/submissions/rerun", body, phase=phase)
            case "delete":
                return self.http.call("POST", "/phases/{phase}/submissions/delete", body, phase=phase)

    def pack(
        self,
        phase: str,
        submissions: Sequence[str] = (),
        timeout_seconds: float = 24 * 3600,
        on_change: Callable[[api.SubmissionExport], None] = lambda state: None,
    ) -> api.SubmissionExport:
        """A phase's submissions, or those named, with outputs and logs: `zips` has signed URLs, good for a few minutes."""
        body = {"submissions": list(submissions)} if submissions else {}
        parcel = self.http.call("POST", "/phases/{phase}/parcels", body, phase=phase)["id"]
        return self._wait(partial(self.packed, phase, parcel), is_settled, timeout_seconds, on_change)

    def packed(self, phase: str, parcel: str) -> api.SubmissionExport:
        """Such a package as it is now, with fresh addresses."""
        return self.http.call("GET", "/phases/{phase}/parcels/{parcel}", phase=phase, parcel=parcel)

    def packs(self, phase: str) -> list[api.SubmissionExport]:
        """The newest packages of a phase."""
        return self.http.call("GET", "/phases/{phase}/parcels", phase=phase)["parcels"]

    def run_solution(self, competition: str, index: int) -> list[api.Submission]:
        """Run a solution on its tasks; the submissions that this makes."""
        call, which = self.http.call, str(index)
        return call("POST", "/competitions/{competition}/solutions/{index}/run", competition=competition, index=which)[
            "submissions"
        ]

    def originals(self, competition: str) -> list[api.Original]:
        """The bundles that a competition was made from, as they were uploaded."""
        return self.http.call("GET", "/competitions/{competition}/bundles", competition=competition)["originals"]

    def check_determinism(self, phase: str, top: int = 3) -> api.Determinism:
        """Repeat a phase's best submissions, to see whether they come to the same."""
        return self.http.call("POST", "/phases/{phase}/determinism", {"top": top}, phase=phase)

    def determinism(self, phase: str) -> api.Determinism:
        """The results of the latest such check so far."""
        return self.http.call("GET", "/phases/{phase}/determinism", phase=phase)

    def wait_for_determinism(
        self,
        phase: str,
        timeout_seconds: float = 24 * 3600,
        on_change: Callable[[api.Determinism], None] = lambda state: None,
    ) -> api.Determinism:
        """The latest check when nothing of it is in progress any more. Raises AgonError when it takes longer."""
        ask = partial(self.determinism, phase)
        return self._wait(ask, lambda state: not state["in_progress"], timeout_seconds, on_change)

    def attempts(self, submission: str) -> list[api.Attempt]:
        """A submission's earlier attempts, the oldest first."""
        return self.http.call("GET", "/submissions/{submission}/attempts", submission=submission)["attempts"]
