"""Bodies about competitions, their pages and participants."""

from typing import Annotated, Any, Literal, Self

from pydantic import Base64Bytes, Field, RootModel, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.requests.fields import ONE_LINE, Answers, Body, Changed, EMail, Id, Reason, Username


class Patch(RootModel[dict[str, Any]]):
    """Settings to change, by their keys; null puts one back to its default."""


class PageText(Body):
    """A text to be shown."""

    content: Annotated[str, StringConstraints(max_length=500_000)]
    format: Literal["markdown", "html"] = "markdown"


class Logo(Body):
    """An image of at most 500 KB, in base64."""

    content: Annotated[Base64Bytes, Field(min_length=1, max_length=700_000)]
    format: Literal["png", "jpg", "jpeg", "gif", "webp", "svg"]


class Join(Body):
    """A participant's agreement to the terms, of the version that they have read; without one, to those that hold.

    `answers` are those to the competition's questions at registration, by their keys.
    """

    accept_terms: Literal[True]
    terms_version: Annotated[int, Field(ge=1)] | None = None
    answers: Answers = {}


class AcceptTerms(Body):
    """A participant's agreement to other terms than those that they accepted before, of the version that they have read."""

    version: Annotated[int, Field(ge=1)]


class Decide(Body):
    """An organizer's decision about a participant, and a reason that the participant reads."""

    status: Literal["approved", "denied"]
    reason: Reason = ""


class DecideMany(Decide):
    """One decision about several participants, by the ids of their accounts."""

    participants: Annotated[list[Id], Field(min_length=1, max_length=100)]


class GiveAttempts(Body):
    """Attempts beside a phase's limits, and a reason. They count today, this month and in all; below 0: taken back."""

    phase: Id
    attempts: Annotated[int, Field(ge=-100, le=100)]
    reason: Annotated[Reason, Field(min_length=1)]


class InviteGuests(Body):
    """Addresses that may take part, for how long, and a line of the organizers' for the mail."""

    addresses: Annotated[list[EMail], Field(min_length=1, max_length=100)]
    expires_in_days: Annotated[int, Field(ge=1, le=90)] = 14
    message: Reason = ""


class Uninvite(Body):
    """Guests to revoke, by their ids."""

    guests: Annotated[list[Id], Field(min_length=1, max_length=99)]


class AdmitRobot(Body):
    """An account that takes part as a robot, with limits in place of the phases': null for none. Why, for the audit log."""

    username: Username
    max_per_day: Annotated[int, Field(ge=0, le=10**6)] | None = None
    max_in_all: Annotated[int, Field(ge=0, le=10**6)] | None = None
    ranks: bool = False
    reason: Reason = ""


class Appoint(Body):
    """A role in a competition for somebody, and why. Its former owner goes on as an organizer."""

    username: Username
    role: Literal["owner", "organizer", "viewer"]
    reason: Reason = ""


class AcceptRole(Body):
    """The role that one was offered and takes on."""

    role: Literal["owner", "organizer", "viewer"]


class ExportParticipants(Body):
    """The participants of an export, by status, group and by what stands in their or their team's name; and of which phase
    attempts are told.

    `addresses`: with their e-mail addresses. That is noted in the audit log.
    """

    addresses: bool = False
    status: Literal["approved", "pending", "denied"] | None = None
    search: Annotated[str, StringConstraints(max_length=100), ONE_LINE] | None = None
    phase: Id | None = None
    group: Id | None = None


class AssignGroup(Body):
    """A group to put participants in, by the ids of their accounts, or with `remove` to take them out of; and why."""

    group: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    participants: Annotated[list[Id], Field(min_length=1, max_length=100)]
    remove: bool = False
    reason: Reason = ""


class Migrate(Body):
    """The phase that submissions come from, without one the phase before; and which, without it as the phase says."""

    source: Id | None = None
    rule: Literal["last", "best"] | None = None


class ChangeSite(Body):
    """A change of the site: a pause of submissions or its end, and why; whether competitions wait for approval."""

    paused: Changed[bool] = None
    approval: Changed[bool] = None
    message: Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)] = ""


class Approve(Body):
    """A decision about a competition that waits to be published. A refusal has a reason."""

    decision: Literal["approved", "refused"]
    reason: Reason = ""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.decision == "refused" and not self.reason:
            raise PydanticCustomError("reason", "Say why: its organizers read it.")
        return self
