"""Who is calling: a person with an account, a runner of a queue, or the holder of one attempt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """A signed-in person. `signed_in_with` is "session" (password) or "token" (personal access token)."""

    id: str
    username: str
    is_admin: bool
    signed_in_with: str


@dataclass(frozen=True)
class AttemptToken:
    """What the holder of an attempt shows. It names the rows that `finish` reads; it is believed when `digest` fits."""

    phase: str
    competitor: str
    digest: str
