"""What callers send about accounts, sessions and teams."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.requests.fields import Body, EMail, Label, Secret, Username


class SignUp(Body):
    """A new account."""

    username: Username
    email: EMail
    password: Annotated[str, StringConstraints(min_length=10, max_length=256)]


class Confirm(Body):
    """The code of the confirmation mail."""

    username: Username
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,20}$")]


class Named(Body):
    """An account by its user name."""

    username: Username


class ResetPassword(Body):
    """A new password, with the code of the mail."""

    username: Username
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,20}$")]
    password: Annotated[str, StringConstraints(min_length=10, max_length=256)]


class SignIn(Body):
    """User name and password."""

    username: Username
    password: Secret


class Refresh(Body):
    """A sign-in's refresh token."""

    refresh_token: Secret


class NewToken(Body):
    """A token's name, for its owner to know it by, and its life."""

    name: Label
    expires_in_days: Annotated[int, Field(ge=1, le=366)] = 90


#: Letters of any script, digits and a few marks: nothing that hides or turns the writing around.
TeamName = Annotated[
    str, StringConstraints(min_length=2, max_length=40, strip_whitespace=True, pattern=r"^\w[\w .,'&+()-]*$")
]


class NewTeam(Body):
    """A team's name; and, where an organizer makes it, the user name of the participant who leads it."""

    name: TeamName
    leader: Username | None = None


class JoinTeam(Body):
    """The code that a team's leader gives to those who are to join."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
