"""The submissions that others may see and start from, under which licence, and what of them (PEERS 4.44)."""

from collections.abc import Sequence

#: So far back a submission's ancestors are told.
MAX_LINEAGE = 20


def licence(is_public: bool, own: str | None, at_end: str | None) -> str | None:
    """The licence under which others may have a finished submission; None: they may not have it at all.

    `at_end` is what the phase gives to all that was submitted, since it is over.
    """
    return own if is_public and own else at_end


def lineage(ancestors: Sequence[str] | None, source: str) -> list[str]:
    """The ancestors of what is made from `source`, which has `ancestors` itself: the farthest first, and not without end."""
    return [*(ancestors or ()), source][-MAX_LINEAGE:]
