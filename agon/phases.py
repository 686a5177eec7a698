"""Which phase a person means who names a phase or a competition."""

from agon.client import Client
from agon.errors import AgonError, ProblemError

_PREFERENCE = ("open", "closed", "upcoming")


def find(client: Client, named: str, must_be_open: bool = False) -> str:
    """A phase's id. Of a competition it is the open phase, the latest one when there are several.

    Raises AgonError when the competition has no phase that will do.
    """
    try:
        competition = client.competition(named)
    except ProblemError as problem:
        if problem.status != 404:
            raise
        return named
    phases = sorted(competition["phases"], key=lambda phase: phase["index"])
    for state in _PREFERENCE[:1] if must_be_open else _PREFERENCE:
        fitting = [phase["id"] for phase in phases if phase["state"] == state]
        if fitting:
            return fitting[0] if state == "upcoming" else fitting[-1]
    raise AgonError(f"{competition['title']} has no open phase. `agon competitions show {named}` tells when one opens.")
