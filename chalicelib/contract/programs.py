"""A program's metadata and command: which words its container is started with (FORMATS 0, 2.1, 2.2)."""

import shlex
from collections.abc import Mapping
from typing import Any

from chalicelib.contract import layout

#: What a $word of a scoring program's command stands for. Longest first, because $input begins $input_data's name.
SCORING_SUBSTITUTIONS = {
    "$submission_program": layout.SUBMISSION_PROGRAM,
    "$ingestion_program": layout.PROGRAM,
    "$predictions": layout.PREDICTIONS,
    "$program": layout.PROGRAM,
    "$hidden": layout.REFERENCE,
    "$output": layout.OUTPUT,
    "$shared": layout.SHARED,
    "$input": layout.INPUT,
    "$tmp": "/tmp",
}


def command(metadata: object, substitutions: Mapping[str, str] = SCORING_SUBSTITUTIONS) -> list[str]:
    """The words to start a container with, from a metadata file's parsed content.

    `metadata` is a mapping whose `command` is a string, split as a POSIX shell splits words, without a shell.
    Raises ValueError with a sentence for the organizer.
    """
    if not isinstance(metadata, Mapping):
        raise ValueError("The program's metadata file is no mapping. Write `command: python3 $program/score.py`.")
    text: Any = metadata.get("command")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("The program's metadata file has no `command`. Write `command: python3 $program/score.py`.")
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise ValueError(f"The program's `command` cannot be split into words: {error}.") from error
    return [_substitute(word, substitutions) for word in words]


def _substitute(word: str, substitutions: Mapping[str, str]) -> str:
    for name in sorted(substitutions, key=len, reverse=True):
        word = word.replace(name, substitutions[name])
    return word
