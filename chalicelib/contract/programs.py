"""A program's metadata and commands: which words its container is started with (FORMATS 0, 2.1, 2.2)."""

import shlex
from collections.abc import Mapping
from typing import Any

from chalicelib.contract import layout
from chalicelib.contract.job import Stage

_EXAMPLE = "Write `command: python3 $program/score.py $input $output`."

#: What each $word stands for, in every container of either version unless `substitutions` says otherwise.
_SUBSTITUTIONS = {
    "$submission_program": layout.SUBMISSION_PROGRAM,
    "$ingestion_program": layout.PROGRAM,
    "$predictions": layout.PREDICTIONS,
    "$program": layout.PROGRAM,
    "$hidden": layout.REFERENCE,
    "$output": layout.OUTPUT,
    "$shared": layout.SHARED,
    "$input": layout.INPUT,
    "$tmp": layout.OUTPUT,
}


def substitutions(step: str, stage: Stage, contract: str) -> Mapping[str, str]:
    """The text that each $word of a command stands for in the container of `step` ("ingestion", "submission" or "scoring").

    `contract` is "1" or "2". Reference data is mounted in the scoring container alone, whatever `$hidden` says.
    """
    changes: dict[str, str] = {}
    if step == "ingestion" and contract != "1":
        changes["$input"] = layout.INPUT_DATA
    if stage is Stage.PREDICTION:
        changes["$predictions"] = layout.OUTPUT
    if step == "submission":
        changes["$submission_program"] = layout.PROGRAM
    if contract == "1":
        changes["$tmp"] = layout.TEMP
        if step == "ingestion":
            changes["$ingestion_program"] = layout.INGESTION_PROGRAM
    return {**_SUBSTITUTIONS, **changes}


def has_command(metadata: object) -> bool:
    """True when a metadata file's parsed content says how to start its program."""
    return isinstance(metadata, Mapping) and bool(metadata.get("command"))


def commands(metadata: object, words: Mapping[str, str]) -> list[list[str]]:
    """The words of each container start, in order, from a metadata file's parsed content.

    `metadata` is a mapping whose `command` is a string or a list of strings, split as a POSIX shell splits words, without
    a shell. `words` are the `substitutions`. Raises ValueError with a sentence for whoever wrote the program.
    """
    if not isinstance(metadata, Mapping):
        raise ValueError(f"The program's metadata file is no mapping. {_EXAMPLE}")
    value: Any = metadata.get("command")
    texts = value if isinstance(value, list) else [value]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(f"The program's metadata file has no `command` that is a text or a list of texts. {_EXAMPLE}")
    return [_words(text, words) for text in texts]


def _words(text: str, substituted: Mapping[str, str]) -> list[str]:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise ValueError(f"The program's `command` cannot be split into words: {error}.") from error
    return [_substitute(word, substituted) for word in words]


def _substitute(word: str, substituted: Mapping[str, str]) -> str:
    # Longest first, because $input begins $input_data's name.
    for name in sorted(substituted, key=len, reverse=True):
        word = word.replace(name, substituted[name])
    return word
