"""Ways to find competitions and to hear of them."""

from datetime import datetime

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class OwnCalendar:
    """The private address of one's own calendar, below the API's. Who knows it reads it, so it is for nobody else."""

    path: str


@dataclass(frozen=True)
class FederationKey:
    """The key that this site signs its list with (ed25519, in hex)."""

    key: str


@dataclass(frozen=True)
class TrustedSite:
    """Another site whose competitions are listed here. `problem` says why its last list was not taken, null when it was."""

    id: str
    url: str
    name: str | None
    key: str
    trusted_by: str
    trusted_at: datetime
    heard_at: datetime | None
    problem: str | None
    silent: bool


@dataclass(frozen=True)
class TrustedSites:
    """The sites that are trusted."""

    sites: list[TrustedSite]


@dataclass(frozen=True)
class ForeignCompetition:
    """A competition of another site, by that site's word; `url` leads there. `silent`: nothing was heard of it for long."""

    site: str
    site_name: str
    site_url: str
    id: str
    title: str
    description: str
    organizer: str
    tags: list[str]
    reward: str | None
    starts_at: datetime
    ends_at: datetime | None
    participants: int
    url: str
    silent: bool


@dataclass(frozen=True)
class ForeignCompetitions:
    """Competitions of other sites, and how many there are in all: the newest of them are told."""

    competitions: list[ForeignCompetition]
    count: int
