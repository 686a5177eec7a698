"""What is sent about teams."""

from typing import Annotated

from pydantic import StringConstraints

from chalicelib.requests.words import Body, Username

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
