"""Teams."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class TeamMember:
    """Somebody in a team."""

    user: str
    username: str


@dataclass(frozen=True)
class Team:
    """A team of a competition, the leader first. Who has the `code` may join; its leader alone is told.

    `submitted`: it has submitted, so it cannot be dissolved any more.
    """

    id: str
    competition: str
    name: str
    status: Literal["approved", "pending", "denied"]
    members: list[TeamMember]
    submitted: bool
    code: str | None


@dataclass(frozen=True)
class Teams:
    """One page of a competition's teams."""

    teams: list[Team]
    next: str | None
