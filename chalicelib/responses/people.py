"""Accounts, sign-ins, tokens, teams, and the site that they are on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class Empty:
    """The answer of what is done and has nothing to tell."""


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
class BrowserSession:
    """A sign-in of a browser, which keeps the refresh token as a cookie."""

    access_token: str
    expires_in_seconds: int


@dataclass(frozen=True)
class Me:
    """The account that is signed in, and how. One that `lacks_second_step` would be an administrator with a code."""

    id: str
    username: str
    is_admin: bool
    signed_in_with: Literal["session", "token"]
    lacks_second_step: bool


@dataclass(frozen=True)
class Ban:
    """The word of an administrator that an account is let in no more."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class KnownAccount:
    """An account as administrators find it, without its address. `ban` is null for who is let in."""

    id: str
    username: str
    ban: Ban | None


@dataclass(frozen=True)
class Obstacle:
    """A thing that is in the way of an account's removal or its merger, and what to do about it.

    `id` is that of the competition or the organization, null for what is about the account itself.
    """

    what: Literal["competition", "organization", "account"]
    id: str | None
    title: str
    advice: str


@dataclass(frozen=True)
class Departure:
    """The end of an account that is removed, or merged `into` another, as far as that can be told before.

    `known_as` is the name of what stays. `status` is that of the job once it was ordered; `reason` is why it failed.
    `competitions` counts those in which the account takes part, up to 1,000.
    """

    username: str
    into: str | None
    known_as: str
    competitions: int
    teams: list[str]
    obstacles: list[Obstacle]
    stays: list[str]
    goes: list[str]
    status: Literal["Waiting", "Running", "Finished", "Failed"] | None
    reason: str


@dataclass(frozen=True)
class KnownAccounts:
    """One page of accounts."""

    accounts: list[KnownAccount]
    next: str | None


@dataclass(frozen=True)
class AccountZip:
    """One zip of what an account has: a signed URL, good for a few minutes, and its size."""

    url: str
    size_bytes: int


@dataclass(frozen=True)
class AccountExport:
    """Export of what the site knows of an account and has by it, as JSON in a zip, or in several when it is much.

    Its zips are there once it is finished, until `expires_at`. `reason` says why it failed.
    """

    status: Literal["Waiting", "Running", "Finished", "Failed"]
    zips: list[AccountZip]
    reason: str
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class AccountExports:
    """The export of an account, if there is one: a newer one takes its place."""

    exports: list[AccountExport]


@dataclass(frozen=True)
class Token:
    """A queue's runner token, without its secret."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class OwnToken:
    """A personal access token, without its secret; and when and from which IP address it was used last, to the hour."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    last_used_from: str | None


@dataclass(frozen=True)
class OwnTokens:
    """A list of personal access tokens."""

    tokens: list[OwnToken]


@dataclass(frozen=True)
class OwnSession:
    """A sign-in that goes on. `client` and `system` are what it was opened with, such as Firefox and Linux, empty where that
    is not known; `used_at` is within an hour of its last use. `current`: it is the one that asks.
    """

    id: str
    client: str
    system: str
    opened_at: datetime
    used_at: datetime
    current: bool


@dataclass(frozen=True)
class OwnSessions:
    """A list of sign-ins that go on."""

    sessions: list[OwnSession]


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
    """A member of a team."""

    user: str
    username: str


@dataclass(frozen=True)
class Team:
    """A team of a competition, the leader first. Who has the `code` may join; its leader alone is told.

    `submitted`: it has submitted, so it cannot be dissolved any more. Of one that was `merged` or `disbanded` nobody is a
    member, and `merged_into` is the id of the team that it went into.
    """

    id: str
    competition: str
    name: str
    status: Literal["approved", "pending", "denied", "merged", "disbanded"]
    members: list[TeamMember]
    submitted: bool
    code: str | None
    merged_into: str | None


@dataclass(frozen=True)
class Teams:
    """One page of a competition's teams."""

    teams: list[Team]
    next: str | None


@dataclass(frozen=True)
class Invitation:
    """A question to somebody (`invited`: a user name, an address, or a team's name), asked by an account, until it is over.

    `team`: a place in the team `subject`, called `name`; `lead`: to lead it; `merger`: to go into it as a team.
    `organization`: a place in that, in a `role`; `owner`: to own it.
    """

    id: str
    to: Literal["team", "lead", "merger", "organization", "owner"]
    subject: str
    name: str
    competition: str | None
    invited: str
    role: str | None
    by: str
    status: Literal["open", "declined"]
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Invitations:
    """Invitations, the newest first."""

    invitations: list[Invitation]


@dataclass(frozen=True)
class Organization:
    """An organization as it says itself. `my_role` is null for who is not in it."""

    id: str
    name: str
    description: str
    site: str
    members: int
    my_role: Literal["owner", "manager", "member"] | None


@dataclass(frozen=True)
class Organizations:
    """The organizations of an account."""

    organizations: list[Organization]


@dataclass(frozen=True)
class OrganizationMember:
    """A member of an organization. Strangers see those alone who are `shown`."""

    user: str
    username: str
    role: Literal["owner", "manager", "member"]
    shown: bool
    joined_at: datetime


@dataclass(frozen=True)
class OrganizationMembers:
    """One page of an organization's members."""

    members: list[OrganizationMember]
    next: str | None


@dataclass(frozen=True)
class OrganizationEntry:
    """A competition in which somebody has competed for an organization."""

    competition: str
    title: str


@dataclass(frozen=True)
class OrganizationEntries:
    """One page of such competitions, the newest first."""

    competitions: list[OrganizationEntry]
    next: str | None


@dataclass(frozen=True)
class Site:
    """The site's pause: while it lasts, the site takes no submissions; `message` says why.

    With `approval` what organizers publish waits until an administrator has approved it.
    """

    paused: bool
    message: str
    approval: bool


@dataclass(frozen=True)
class Guest:
    """An address that may take part in a competition at once, until a time; `accepted_by` has the name of who came by it."""

    id: str
    address: str
    status: Literal["waiting", "accepted", "revoked", "expired"]
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    accepted_by: str | None


@dataclass(frozen=True)
class Guests:
    """One page of a competition's invitations."""

    guests: list[Guest]
    next: str | None


@dataclass(frozen=True)
class InvitedGuests:
    """The invitations that were made; of the other addresses, why not."""

    guests: list[Guest]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class GuestList:
    """A competition that the caller's address is invited to: joining it needs nobody's approval until then."""

    competition: str
    title: str
    by: str
    expires_at: datetime


@dataclass(frozen=True)
class GuestLists:
    """One page of what the caller is invited to."""

    guests: list[GuestList]
    next: str | None
