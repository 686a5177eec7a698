"""The record that a scoring program of version 1 reads of the submission that it scores (FORMATS 2.3)."""

from collections.abc import Mapping
from datetime import datetime


def of(username: str, submitted_at: datetime, submission: str, phase_index: int, is_migrated: bool) -> Mapping[str, str]:
    """By CodaLab's keys. Phases count from 1 there; a submission's number of CodaLab's is its id here."""
    return {
        "submitted-by": username,
        "submitted-at": submitted_at.replace(microsecond=0, tzinfo=None).isoformat(),
        "competition-submission": submission,
        "competition-phase": str(phase_index + 1),
        "automatic-submission": str(is_migrated),
    }
