"""Work of organizers by hand on submissions, boards and whole phases, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Moderating(Verbs):
    """The verbs of who looks after boards and phases."""

    def put_on_board(self, submission: str) -> api.BoardEntry:
        """Put a submission on the board; its participant does so, too, where the rule lets them."""
        return self.http.call("POST", "/submissions/{submission}/leaderboard", submission=submission)

    def take_off_board(self, submission: str) -> api.BoardEntry:
        """Take a submission off the board."""
        return self.http.call("DELETE", "/submissions/{submission}/leaderboard", submission=submission)

    def choose(self, submission: str) -> api.FinalSelection:
        """Choose a submission of one's own, or one's team's, to count when the phase is over."""
        return self.http.call("POST", "/submissions/{submission}/selection", submission=submission)

    def choose_no_more(self, submission: str) -> api.FinalSelection:
        """Take back that a submission was chosen."""
        return self.http.call("DELETE", "/submissions/{submission}/selection", submission=submission)

    def mark(self, submission: str, marks: Mapping[str, object]) -> api.BoardEntry:
        """Set marks: `baseline`, `verified` and `disqualified`, with a `reason`."""
        return self.http.call("PATCH", "/submissions/{submission}/marks", dict(marks), submission=submission)

    def set_scores(self, submission: str, scores: Mapping[str, float | None], reason: str) -> api.BoardEntry:
        """Set scores by their columns' keys, None to take one away; why stands in the log."""
        body = {"scores": dict(scores), "reason": reason}
        return self.http.call("PATCH", "/submissions/{submission}/scores", body, submission=submission)

    def restore(self, submission: str) -> api.Submission:
        """Take back that a submission was withdrawn."""
        return self.http.call("POST", "/submissions/{submission}/restore", submission=submission)

    def deeds(self, phase: str) -> Iterator[api.AuditEntry]:
        """Entries of what was done to a phase's boards by hand, newest first."""
        for page in self._pages(lambda at: self.http.call("GET", "/phases/{phase}/deeds", None, at, phase=phase)):
            yield from page["deeds"]

    def migration(self, phase: str, source: str = "", rule: str = "") -> api.Migration:
        """Submissions that would go along into a phase, or have: from the phase `source`, by `rule` "last" or "best"."""
        params = {name: value for name, value in (("source", source), ("rule", rule)) if value}
        pages = [*self._pages(lambda at: self.http.call("GET", "/phases/{phase}/migration", None, at, phase=phase), params)]
        return {**pages[0], "participants": [one for page in pages for one in page["participants"]], "next": None}

    def migrate(self, phase: str, source: str = "", rule: str = "") -> None:
        """Have submissions go along into a phase."""
        body = {name: value for name, value in (("source", source), ("rule", rule)) if value}
        self.http.call("POST", "/phases/{phase}/migration", body, phase=phase)

    def rerun_phase(self, phase: str) -> None:
        """Run all submissions of a phase again. It costs nobody anything."""
        self.http.call("POST", "/phases/{phase}/rerun", phase=phase)

    def phase_jobs(self, phase: str) -> api.PhaseJobs:
        """The newest migrations, re-runs and reorderings of a phase, and how far each is."""
        return self.http.call("GET", "/phases/{phase}/jobs", phase=phase)
