"""Whose submissions others may see and start from, under which licence, and what of them (PEERS 2, rows 59 and 96)."""

from collections.abc import Mapping, Sequence
from typing import Any

#: So far back a submission's ancestors are told.
MAX_LINEAGE = 20


def licence(is_public: bool, own: str | None, at_end: str | None) -> str | None:
    """The licence under which others may have a finished submission; None: they may not have it at all.

    `at_end` is what the phase gives to all that was submitted, since it is over.
    """
    return own if is_public and own else at_end


def shown_answers(sheet: Mapping[str, Any] | None, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Of the answers to a fact sheet those that boards may tell: others are between a participant and the organizers."""
    told = {key for key, question in (sheet or {}).items() if question.get("is_on_leaderboard") == "true"}
    return {key: value for key, value in (given or {}).items() if key in told}


def lineage(ancestors: Sequence[str] | None, source: str) -> list[str]:
    """The ancestors of what is made from `source`, which has `ancestors` itself: the farthest first, and not without end."""
    return [*(ancestors or ()), source][-MAX_LINEAGE:]
