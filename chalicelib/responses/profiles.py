"""Pages of people, and the second step of a sign-in."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.contract.values import dataclass
from chalicelib.responses.competitions import Column


@dataclass(frozen=True)
class SecondStep:
    """Whether a sign-in asks for a code of an authenticator, beside the password."""

    on: bool


@dataclass(frozen=True)
class NewSecondStep:
    """A secret for an authenticator, in base 32, shown this once; and as the address that such apps open."""

    secret: str
    uri: str


@dataclass(frozen=True)
class ProfileCompetition:
    """A public competition that names somebody as its organizer."""

    id: str
    slug: str | None
    title: str


@dataclass(frozen=True)
class ProfileOrganization:
    """An organization in which somebody lets everybody see them."""

    id: str
    name: str


@dataclass(frozen=True)
class ProfileCode:
    """A submission that somebody shares with everybody, alone or with a team, in which competition and phase, and under
    which licence."""

    submission: str
    name: str
    competition: str
    slug: str | None
    title: str
    phase: str
    team_name: str | None
    licence: str
    submitted_at: datetime


@dataclass(frozen=True)
class ProfileResult:
    """The rank of somebody on the first leaderboard of a phase that is over, of so many entries, and the scores in its
    columns; a missing score is null. `team` and `team_name` say with whom, where they did not compete alone.
    """

    competition: str
    slug: str | None
    title: str
    phase: str
    phase_name: str
    ended_at: datetime
    rank: int
    entries: int
    team: str | None
    team_name: str | None
    columns: list[Column]
    scores: Mapping[str, float | None]


@dataclass(frozen=True)
class Profile:
    """The page of an account: what it says of itself, empty where it says nothing, and where everybody sees it anyway.

    `results` has where it stood, the latest first, where it `shows_results`.
    """

    username: str
    display_name: str
    affiliation: str
    site: str
    description: str
    competitions: list[ProfileCompetition]
    organizations: list[ProfileOrganization]
    shows_results: bool
    results: list[ProfileResult]
    code: list[ProfileCode]
