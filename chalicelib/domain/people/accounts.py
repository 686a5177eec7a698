"""Callers: a person with an account, a runner of a queue, or the holder of one attempt."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Account:
    """A signed-in person. `signed_in_with` is "session" (password) or "token" (personal access token).

    `issued_at` is when a session's access token was made, to the second; `session` is the id of that session. Where
    administrators need a second step, who `lacks_second_step` would be one with it.
    """

    id: str
    username: str
    is_admin: bool
    signed_in_with: str
    issued_at: datetime | None = None
    session: str = ""
    lacks_second_step: bool = False


@dataclass(frozen=True)
class AttemptToken:
    """The token that the holder of an attempt shows. It names the rows that `finish` reads; it is believed when
    `digest` fits."""

    phase: str
    competitor: str
    group: str | None
    digest: str
