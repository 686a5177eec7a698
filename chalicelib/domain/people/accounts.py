"""Callers: a person with an account, a runner of a queue, or the holder of one attempt."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.errors import say

TOKEN_MAY_NOT = say("token_may_not", "A personal access token may not do this. Sign in with your password for it.")
WRONG_CODE = say("wrong_code", "The code is wrong, or was used. Wait for the next one.")
NOBODY = say("nobody_of_name", "There is nobody of this name.")
USERNAME_TAKEN = say("username_taken", "This user name is taken. Choose another.")
ASK_SIGN_IN_NAME = say("ask_sign_in_name", "Ask for the name they sign in with.")
NO_ACCOUNT = say("no_account", "There is no account with this user name.")


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
