"""What a phase's boards show and when, and who may put submissions onto them (FORMATS 3.1, 3.3 and 3.6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.bundle.leaderboard import Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import Phase
from chalicelib.errors import Conflict, NotAllowed

#: Of an answer to a fact sheet on a board, and of all answers of a row: a page of 500 rows must stay small.
MAX_ANSWER_CHARACTERS = 200
MAX_ANSWERS_CHARACTERS = 1000
Answer = str | bool


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


def board_answers(questions: Iterable[str], given: Mapping[str, Answer] | None) -> dict[str, Answer]:
    """Of the answers to a fact sheet what boards tell: those to `questions` alone, long texts cut, empty ones left out."""
    left, shown = MAX_ANSWERS_CHARACTERS, dict[str, Answer]()
    for key in questions:
        answer = (given or {}).get(key)
        if answer is None or answer == "":
            continue
        shown[key] = answer if isinstance(answer, bool) else _cut(answer, min(MAX_ANSWER_CHARACTERS, left))
        left -= len(str(shown[key]))
    return shown


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: max(0, characters - 1)].rstrip()}…"


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


def visible_boards(boards: Sequence[Leaderboard], is_organizer: bool) -> list[Leaderboard]:
    """The boards that somebody may know of."""
    return [board for board in boards if is_organizer or not board.hidden]
