"""Groups of participants, as a competition says them: who is put there, and what they have of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from chalicelib.domain.bundle.keys import said


@dataclass(frozen=True)
class GroupLimits:
    """Limits that stand in place of a phase's. What is None is as the phase has it; 0 allows none."""

    phase: int | None = said("The index of the phase; without one they are those of every phase that has none here.", None)
    max_submissions_per_day: int | None = said("Submissions a participant may make a day.", None)
    max_submissions_per_month: int | None = said("Submissions a participant may make a month.", None)
    max_submissions: int | None = said("Submissions a participant may make in all.", None)


@dataclass(frozen=True)
class Group:
    """Some participants of a competition. A `queue` of None is the competition's."""

    key: str = said("What it is called in commands and files: small letters, digits and `-`.")
    title: str = said("What people read.")
    board: bool = said("Have a leaderboard of its own beside the common one.", False)
    queue: str | None = said("The id of the queue whose runners do its work; else the competition's.", None)
    phases: tuple[int, ...] = said(
        "The indexes of phases that are for this group: others do not see them, unless a group of theirs names them too.", ()
    )
    limits: tuple[GroupLimits, ...] = said("Its limits, in place of the phases'.", ())
    addresses: tuple[str, ...] = said("Who joins with one of these e-mail addresses or domains is put here.", ())
    question: str | None = said("The key of a question at registration that decides who is put here.", None)
    answers: tuple[str, ...] = said("The answers to it that do; of a checkbox `true` or `false`.", ())


def of_stored(stored: Mapping[str, Any]) -> Group:
    """A group as it is kept with its competition. What another build has added is passed over."""
    known: dict[str, Any] = _known(Group, stored)
    for name in ("phases", "addresses", "answers"):
        known[name] = tuple(known.get(name) or ())
    known["limits"] = tuple(GroupLimits(**_known(GroupLimits, one)) for one in known.get("limits") or ())
    return Group(**known)


def _known(kind: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: stored[one.name] for one in fields(kind) if one.name in stored}
