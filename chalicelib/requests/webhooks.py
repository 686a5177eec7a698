"""Webhooks that organizers make and change."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.requests.fields import ONE_LINE, Body, Changed, Remark

EventName = Literal[
    "submission.submitted",
    "submission.finished",
    "submission.failed",
    "submission.cancelled",
    "participant.joined",
    "participant.approved",
    "participant.denied",
    "phase.started",
    "phase.ending",
    "phase.ended",
    "leaderboard.changed",
    "competition.published",
]
Events = Annotated[set[EventName], Field(min_length=1)]
Url = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True), ONE_LINE]


class NewWebhook(Body):
    """A webhook: where events of some kinds are sent, and in which form. `url` begins with https."""

    url: Url
    events: Events
    description: Remark = ""
    format: Literal["standard", "slack", "mattermost", "discord"] = "standard"


class ChangeWebhook(Body):
    """Another address, other kinds of events, another description; and whether anything is sent at all."""

    url: Changed[Url] = None
    events: Changed[Events] = None
    description: Changed[Remark] = None
    active: Changed[bool] = None
