"""Competitions that people judge, for tests."""

from typing import Any

import yaml

from tests import builders

CRITERIA = [
    {"key": "clarity", "title": "Is it clear?", "scale": [1, 5], "weight": 3},
    {"key": "style", "title": "Is it well written?", "scale": [0, 10]},
]
RUBRIC = {"column": "quality", "judgements_per_submission": 2, "criteria": CRITERIA, "guidelines": "Read *twice*."}
PAIRS = {"column": "quality", "kind": "pairwise", "judgements_per_submission": 2}
QUALITY = {"title": "Quality", "key": "quality", "index": 2, "sorting": "desc", "precision": 3}


def manifest(
    judging: dict[str, Any] | None = None, times: dict[str, str] | None = None, alone: bool = False, **settings: Any
) -> str:
    """A competition.yaml whose task a program scores and people judge; `times` are of the phase's judging.

    `alone`: there is no program, and the jury's column ranks.
    """
    whole = yaml.safe_load(builders.manifest(**settings))
    whole["tasks"][0]["agon"] = {"judging": judging or RUBRIC}
    whole["leaderboards"][0]["columns"].append(QUALITY)
    if alone:
        whole["tasks"] = [{"index": 0, "name": "Write", "agon": {"judging": judging or RUBRIC}}]
        whole["phases"][0]["accepts_only_result_submissions"] = True
        whole["leaderboards"][0] |= {"submission_rule": "Force_Last", "primary_index": 2, "columns": [QUALITY]}
    if times:
        whole["phases"][0]["agon"] = times
    return yaml.safe_dump(whole, sort_keys=False)


def files(*args: Any, **kwargs: Any) -> dict[str, str | bytes]:
    """What makes `builders.bundle` one that people judge."""
    return {"competition.yaml": manifest(*args, **kwargs)}


def story(words: str = "Once upon a time.") -> bytes:
    """A submission of a text, a page, an image and something else."""
    return builders.archive(
        {
            "story.txt": words,
            "page.html": f"<h1>{words}</h1><script>steal()</script>",
            "figures/a.png": b"\x89PNG",
            "model.bin": b"\x00",
        }
    )
