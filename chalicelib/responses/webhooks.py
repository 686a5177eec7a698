"""Webhooks, what was sent by them, and the news that they send."""

from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass

Format = Literal["standard", "slack", "mattermost", "discord"]


@dataclass(frozen=True)
class Webhook:
    """A webhook, without its secret. `target` is the host of its address and how that ends.

    One that is not `active` gets nothing. `reason` says why, when nobody switched it off. `failing_since` is there while
    nothing gets through.
    """

    id: str
    description: str
    target: str
    format: Format
    events: list[str]
    active: bool
    reason: str
    failing_since: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class Webhooks:
    """All webhooks of a competition, the oldest first."""

    webhooks: list[Webhook]


@dataclass(frozen=True)
class WebhookSecret:
    """A webhook's secret, which is told this once. Until `former_until` signatures by the former one are sent too."""

    id: str
    secret: str
    former_until: datetime | None


@dataclass(frozen=True)
class Delivery:
    """An event that was sent by a webhook, or waits to be. `code`, `answer`, `error` and `seconds` are of the latest try.

    `answer` is how the body of the receiver's answer begins.
    """

    id: str
    event: str
    status: Literal["waiting", "delivered", "failed"]
    created_at: datetime
    tries: int
    tried_at: datetime | None
    next_at: datetime | None
    seconds: float | None
    code: int | None
    answer: str
    error: str
    body: str


@dataclass(frozen=True)
class Deliveries:
    """One page of deliveries, newest first. Send `next` as `cursor` for the following page."""

    deliveries: list[Delivery]
    next: str | None


@dataclass(frozen=True)
class CompetitionNews:
    """A competition in the body that a webhook sends."""

    id: str
    title: str


@dataclass(frozen=True)
class PhaseNews:
    """A phase in the body that a webhook sends."""

    id: str
    name: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class SubmissionNews:
    """A submission in the body that a webhook sends: no more of it than everybody may know."""

    id: str
    name: str | None
    status: str
    participant: str | None
    team: str | None
    created_at: datetime
    finished_at: datetime | None
    scores: dict[str, float]


@dataclass(frozen=True)
class ParticipantNews:
    """A participant in the body that a webhook sends, and what was decided about them."""

    username: str
    status: Literal["approved", "pending", "denied"]


@dataclass(frozen=True)
class OfCompetition:
    """News of a competition, in the body that a webhook sends."""

    competition: CompetitionNews


@dataclass(frozen=True)
class OfPhase(OfCompetition):
    """News of a phase, in the body that a webhook sends."""

    phase: PhaseNews


@dataclass(frozen=True)
class OfSubmission(OfPhase):
    """News of a submission, in the body that a webhook sends."""

    submission: SubmissionNews


@dataclass(frozen=True)
class OfParticipant(OfCompetition):
    """News of a participant, in the body that a webhook sends."""

    participant: ParticipantNews


@dataclass(frozen=True)
class News:
    """The body that a webhook sends: `type` says what has happened, and so what `data` has."""

    type: str
    timestamp: datetime
    data: OfCompetition | OfPhase | OfSubmission | OfParticipant
