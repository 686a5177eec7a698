"""Accounts, sign-ins, tokens, teams, and the site that they are on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Empty:
    """Done; there is nothing to tell."""


@dataclass(frozen=True)
class NewAccount:
    """An account that was just made. Until `confirmed` it cannot sign in."""

    id: str
    username: str
    confirmed: bool


@dataclass(frozen=True)
class Confirmed:
    """An account is confirmed and can sign in."""

    username: str
    confirmed: bool


@dataclass(frozen=True)
class Username:
    """The account that was meant. Says nothing about whether it exists."""

    username: str


@dataclass(frozen=True)
class Session:
    """A sign-in. Send the access token as `Authorization: Bearer …`."""

    access_token: str
    refresh_token: str
    expires_in_seconds: int


@dataclass(frozen=True)
class Me:
    """Who is signed in, and how."""

    id: str
    username: str
    is_admin: bool
    signed_in_with: Literal["session", "token"]


@dataclass(frozen=True)
class Token:
    """A personal access token or a queue's runner token, without its secret."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class NewToken:
    """A token that was just made. `token` is shown this once and never again."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime
    token: str


@dataclass(frozen=True)
class Tokens:
    """A list of tokens."""

    tokens: list[Token]


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


@dataclass(frozen=True)
class Site:
    """While the site is paused it takes no submissions; `message` says why."""

    paused: bool
    message: str
