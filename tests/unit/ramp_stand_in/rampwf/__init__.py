"""A stand-in for ramp-workflow in tests: as much of what it documents as a small kit needs, written for this."""

from . import prediction_types, score_types, utils, workflows

__all__ = ["prediction_types", "score_types", "utils", "workflows"]
