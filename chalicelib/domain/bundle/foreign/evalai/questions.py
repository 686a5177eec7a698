"""EvalAI's questions about each submission as a fact sheet (OTHERS 1.7): the union of what the phases ask."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.contract import limits
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.foreign import keys
from chalicelib.domain.bundle.foreign.evalai.config import ChallengePhase

_TYPES = ("text", "boolean", "radio", "checkbox")
_LEFT_OUT = (
    "It is left out: a question has a `name`, a `type` of text, boolean, radio or checkbox, and `options` for the last two."
)


def fact_sheet(phases: Sequence[ChallengePhase], complaints: Complaints) -> dict[str, Any] | None:
    """The questions by keys, or None. One is required when it is in every phase."""
    asked = [[*_questions(phase, complaints), *_defaults(phase)] for phase in phases]
    sheet: dict[str, Any] = {}
    for title, answer, _ in (one for questions in asked for one in questions):
        key = keys.slug(title)
        required = sum(any(keys.slug(other) == key and must for other, _, must in questions) for questions in asked)
        said = {"is_required": str(required == len(phases)).lower(), "is_on_leaderboard": "false"}
        sheet.setdefault(key, {"key": key, "title": title, **answer, **said})
    if any(questions != asked[0] for questions in asked[1:]):
        complaints.warn(
            "challenge_phases", "Phases ask different questions about submissions. Here each phase asks them all."
        )
    if len(json.dumps(sheet)) > limits.MAX_FACT_SHEET_CHARACTERS:
        complaints.warn("challenge_phases", "The questions about submissions are too long, so none is asked. Shorten them.")
        return None
    return sheet or None


def _questions(phase: ChallengePhase, complaints: Complaints) -> list[tuple[str, dict[str, Any], bool]]:
    found: list[tuple[str, dict[str, Any], bool]] = []
    for place, said in phase.attributes:
        name, kind = str(said.get("name") or "").strip(), str(said.get("type") or "")
        options = [str(option) for option in said["options"]] if isinstance(said.get("options"), list) else []
        if not name or kind not in _TYPES or (kind in ("radio", "checkbox") and not options):
            complaints.warn(
                place,
                _LEFT_OUT,
            )
            continue
        is_required = said.get("required") is True
        if kind == "checkbox":
            # One of several, of which none is required by itself.
            found += [(f"{name}: {option}", {"type": "checkbox", "selection": [True, False]}, False) for option in options]
        else:
            found.append((name, _answer(kind, options), is_required))
    return found


def _answer(kind: str, options: list[str]) -> dict[str, Any]:
    if kind == "radio":
        return {"type": "select", "selection": options}
    return {"type": "checkbox", "selection": [True, False]} if kind == "boolean" else {"type": "text", "selection": ""}


def _defaults(phase: ChallengePhase) -> list[tuple[str, Mapping[str, Any], bool]]:
    """What EvalAI asks by itself, where the phase shows it."""
    shown = [one for one in phase.defaults if one.get("is_visible") is not False and isinstance(one.get("name"), str)]
    return [
        (str(one["name"]), {"type": "text", "selection": ""}, one.get("required") is True or one.get("is_required") is True)
        for one in shown
    ]
