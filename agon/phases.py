"""The phase that a person means who names a phase or a competition."""

from agon.client import Client
from agon.errors import AgonError, ProblemError

_PREFERENCE = ("open", "closed", "upcoming")


def find(client: Client, named: str, must_be_open: bool = False, must_be_judged: bool = False) -> str:
    """A phase's id. Of a competition it is the open phase, the latest one when there are several.

    With `must_be_open` there has to be exactly one: an attempt is not spent on a guess. With `must_be_judged` only those
    count that people judge. Raises AgonError otherwise.
    """
    try:
        competition = client.competition(named)
    except ProblemError as problem:
        if problem.status != 404:
            raise
        return named
    if must_be_open and competition["my_status"] is None:
        # Told before the upload, which may take long, and not after it.
        raise AgonError(f"You do not take part in {competition['title']} yet. Join it first: agon join {named}")
    phases = sorted(competition["phases"], key=lambda phase: phase["index"])
    if must_be_judged:
        phases = [phase for phase in phases if phase["judged"]]
        if not phases:
            raise AgonError(f"No phase of {competition['title']} is judged by people.")
    if must_be_open and len(still_open := [phase for phase in phases if phase["state"] == "open"]) > 1:
        choice = "\n".join(f"• {phase['id']}  {phase['name']}" for phase in still_open)
        raise AgonError(f"{competition['title']} has several open phases. Name one of them:\n{choice}")
    for state in _PREFERENCE[:1] if must_be_open else _PREFERENCE:
        fitting = [phase["id"] for phase in phases if phase["state"] == state]
        if fitting:
            return fitting[0] if state == "upcoming" else fitting[-1]
    raise AgonError(f"{competition['title']} has no open phase. `agon competitions show {named}` tells when one opens.")
