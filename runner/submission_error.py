"""The word of a program that the submission is at fault: a file in its output, for the participant to read (ADR 55).

A participant's code may have written it. So it blames nobody but its own submission, and is told as plain text of one line.
"""

import sys
from pathlib import Path

from chalicelib.contract import Fault, Step, layout, limits, texts
from runner.errors import Faulty
from runner.files import remove
from runner.output import NotPlainFile, open_plain
from runner.programs import title

#: UTF-8 has four bytes a character at most, and what steers a screen is left out.
_READ_BYTES = 8 * limits.MAX_SUBMISSION_ERROR_CHARACTERS
_TAKEN_OUT = f"{layout.SUBMISSION_ERROR} of the submission was taken out: by it programs say that a submission is at fault."


def check(output: Path, step: Step, is_told: bool) -> list[str]:
    """A note about one that is not read. Raises Faulty, the participant's fault, where a step's program left one that is.

    Without `is_told` participants are not told what stands in it: they may not have what the program put out.
    """
    try:
        with open_plain(output / layout.SUBMISSION_ERROR, sys.maxsize) as stream:
            content = stream.read(_READ_BYTES)
    except FileNotFoundError:
        return []
    except NotPlainFile as error:
        return [f"{layout.SUBMISSION_ERROR} of {_named(step)} was not read: {error}."]
    at_fault = f"{title(step)} says that the submission is at fault"
    if not is_told:
        raise Faulty(Fault.PARTICIPANT, f"{at_fault}. What it says stands in its output, for the organizers.")
    raise Faulty(Fault.PARTICIPANT, _shown(content) or f"{at_fault}, and not why.")


def take_out(output: Path) -> list[str]:
    """Have an output that begins as a copy of the submission begin without such a file. A note where there was one."""
    file = output / layout.SUBMISSION_ERROR
    if not file.exists():
        return []
    remove(file)
    return [_TAKEN_OUT]


def _named(step: Step) -> str:
    return title(step)[:1].lower() + title(step)[1:]


def _shown(content: bytes) -> str:
    line, _ = texts.line(texts.printed(content.decode("utf-8-sig", "replace").replace("\r\n", "\n")))
    most = limits.MAX_SUBMISSION_ERROR_CHARACTERS
    return line if len(line) <= most else f"{line[: most - 1]}…"
