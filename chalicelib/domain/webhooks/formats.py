"""Forms of what webhooks send: Standard Webhooks' own, or a line in a chat program.

Names and titles are strangers' words: in a chat they stand as code, where they call nobody and lead nowhere.
"""

import html
import json
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.events.kinds import EventKind

STANDARD, SLACK, MATTERMOST, DISCORD = "standard", "slack", "mattermost", "discord"
TEST = "webhook.test"
#: Of one name, and scores of one line: chat programs cut what is too long, and a name that is cut open may call everybody.
_MOST_CHARACTERS, _MOST_SCORES = 200, 5

_LINES: Mapping[str, str] = {
    EventKind.SUBMISSION_SUBMITTED: "{submission} was handed in to {phase}.",
    EventKind.SUBMISSION_FINISHED: "{submission} to {phase} has finished{scores}.",
    EventKind.SUBMISSION_FAILED: "{submission} to {phase} has failed.",
    EventKind.SUBMISSION_CANCELLED: "{submission} to {phase} was cancelled.",
    EventKind.PARTICIPANT_JOINED: "{participant} wants to take part.",
    EventKind.PARTICIPANT_APPROVED: "{participant} was let in.",
    EventKind.PARTICIPANT_DENIED: "{participant} was not let in.",
    EventKind.PHASE_STARTED: "{phase} has begun.",
    EventKind.PHASE_ENDING: "{phase} ends tomorrow.",
    EventKind.PHASE_ENDED: "{phase} is over.",
    EventKind.LEADERBOARD_CHANGED: "The leaderboard of {phase} has changed.",
    EventKind.COMPETITION_PUBLISHED: "It is published.",
    TEST: "This is a test.",
}


def body(form: str, payload: Mapping[str, Any]) -> str:
    """The JSON that is sent of a payload, `{type, timestamp, data}`."""
    if form == STANDARD:
        return json.dumps(payload, separators=(",", ":"))
    text = _line(form, payload)
    if form == DISCORD:
        return json.dumps({"content": text, "allowed_mentions": {"parse": []}})
    return json.dumps({"text": text})


def _line(form: str, payload: Mapping[str, Any]) -> str:
    data = payload["data"]
    submission, participant = data.get("submission") or {}, data.get("participant")
    whose = submission.get("team") or submission.get("participant")
    named = f"A submission by {_code(form, whose)}" if whose else "A submission"
    told = list((submission.get("scores") or {}).items())[:_MOST_SCORES]
    scores = ", ".join(f"{_code(form, key)} {value:g}" for key, value in told)
    line = _LINES[payload["type"]].format(
        submission=named,
        participant=_code(form, participant["username"] if participant else ""),
        phase=_code(form, (data.get("phase") or {}).get("name", "")),
        scores=f": {scores}" if scores else "",
    )
    return f"{_code(form, data['competition']['title'])}: {line}"


def _code(form: str, text: str) -> str:
    plain = " ".join(text.replace("`", "'").split())[:_MOST_CHARACTERS]
    return f"`{html.escape(plain, quote=False) if form == SLACK else plain}`"
