"""A program as it lies unpacked on this machine: its metadata, its commands, and who answers for it."""

import os
from pathlib import Path

from chalicelib.contract import Fault, Step, layout
from chalicelib.contract.programs import commands, has_command, substitutions
from runner import output, plain_yaml
from runner.errors import Faulty

MAX_METADATA_BYTES = 64 * 1024
INGESTION, SUBMISSION, SCORING = "ingestion", "submission", "scoring"
_TITLES = {INGESTION: "The ingestion program", SUBMISSION: "The submission", SCORING: "The scoring program"}


def title(step: Step) -> str:
    """The name of a step at the beginning of a sentence."""
    return _TITLES.get(step.name, f"The {step.name} program")


def blamed(step: Step) -> Fault:
    """The party that wrote a step's program."""
    return Fault.PARTICIPANT if step.program is None else Fault.ORGANIZER


def read_commands(program: Path, step: Step, contract: str) -> list[list[str]]:
    """The words that a program's containers are started with, one after another. Raises Faulty."""
    try:
        name, metadata = _metadata(program)
    except (output.NotPlainFile, plain_yaml.YAMLError, ValueError) as error:
        raise Faulty(blamed(step), f"{title(step)}'s metadata file cannot be read: {_one_line(error)}.") from error
    if not name:
        raise Faulty(blamed(step), f"{title(step)} has neither {' nor '.join(layout.METADATA_NAMES)} at its root.")
    try:
        return commands(metadata, substitutions(step.name, step.stage, contract))
    except ValueError as error:
        raise Faulty(blamed(step), f"{title(step)} cannot be started. {error}") from error


def runs_by_itself(submission: Path) -> bool:
    """True when a submission says how it is started; otherwise it is for an ingestion program, or results."""
    try:
        return has_command(_metadata(submission)[1])
    except (output.NotPlainFile, plain_yaml.YAMLError, ValueError):
        return False


def is_results(submission: Path) -> bool:
    """True for a submission without a metadata file: its files are predictions (FORMATS 2.1)."""
    return not any(os.path.lexists(submission / name) for name in layout.METADATA_NAMES)


def _metadata(program: Path) -> tuple[str, object]:
    """The metadata file's name, "" when there is none, and what it says. Raises NotPlainFile, YAMLError, ValueError."""
    for name in layout.METADATA_NAMES:
        try:
            content = output.read_plain(program / name, MAX_METADATA_BYTES)
        except FileNotFoundError:
            continue
        return name, plain_yaml.load(content.decode("utf-8-sig"))
    return "", None


def _one_line(error: Exception) -> str:
    return "it is no YAML" if isinstance(error, plain_yaml.YAMLError) else str(error)
