"""What a phase's boards show and when, and who may put submissions onto them (FORMATS 3.1, 3.3 and 3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.bundle.leaderboard import Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import Phase
from chalicelib.errors import Conflict, NotAllowed


@dataclass(frozen=True)
class Marks:
    """What organizers say of a submission. `disqualified` is the reason; "" means that it is not."""

    baseline: bool = False
    verified: bool = False
    disqualified: str = ""

    @property
    def stands_apart(self) -> bool:
        """True when its row takes no participant's place: a baseline stands beside the others, a disqualified one out."""
        return self.baseline or bool(self.disqualified)


def rule_of(phase: Phase, boards: Sequence[Leaderboard]) -> SubmissionRule:
    """How submissions get onto the boards of a phase: by the phase's own rule, else by the first board's."""
    return phase.submission_rule or boards[0].submission_rule


def is_over(phase: Phase, now: datetime) -> bool:
    """True from the phase's end on."""
    return phase.end is not None and now >= phase.end


def hides_scores(phase: Phase, now: datetime) -> bool:
    """True while a blind phase has not ended: participants see no scores and no board."""
    return phase.is_blind and not is_over(phase, now)


def is_frozen(phase: Phase, now: datetime) -> bool:
    """True while participants see the board as it was when it froze."""
    return phase.freeze_board_at is not None and now >= phase.freeze_board_at and not is_over(phase, now)


def ranking_tasks(phase: Phase) -> tuple[int, ...]:
    """The tasks that rank until the phase's end: all but the one that is kept for the final board."""
    final = phase.final_board_from
    return tuple(task for task in phase.tasks if final is None or task != final.task)


def check_may_place(
    rule: SubmissionRule, phase: Phase, now: datetime, *, is_organizer: bool, is_admin: bool, removes: bool
) -> None:
    """Raise unless somebody may put a submission on the board by hand, or with `removes` take it off.

    `is_organizer` is False for a submission's own participant. With the rules that place submissions by themselves
    only an administrator may. Raises NotAllowed, and Conflict for a participant while the phase is not open.
    """
    if is_admin:
        return
    if rule.is_automatic:
        raise NotAllowed(f"The rule {rule} places submissions by itself. Only an administrator may do it by hand.")
    if is_organizer:
        return
    if removes and not rule.allows_removal:
        raise NotAllowed(f"The rule {rule} lets you replace your submission on the board, and not take it off.")
    if now < phase.start or is_over(phase, now):
        raise Conflict(f"The phase “{phase.name}” is not open, so its board stays as it is. Ask an organizer.")
