"""How set-up talks to a person: progress on standard error, one line when it cannot go on."""

import sys
from typing import NoReturn


def note(sentence: str) -> None:
    """Say what is being done. Standard output stays free for what the command itself prints."""
    print(f"agon: {sentence}", file=sys.stderr, flush=True)


def give_up(sentence: str) -> NoReturn:
    """Say what is missing and how to get it, and end with status 1."""
    note(sentence)
    raise SystemExit(1)
