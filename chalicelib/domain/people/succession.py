"""Succession: when two accounts' places in one competition can become one."""

from dataclasses import dataclass

from chalicelib.domain.competitions.access import DENIED
from chalicelib.errors import Sentence, say


@dataclass(frozen=True)
class Position:
    """An account in a competition: its status, its team if any, and whether it is a robot."""

    status: str
    team: str | None = None
    team_name: str | None = None
    is_robot: bool = False


def obstacle(one: Position, other: Position) -> Sentence | None:
    """The reason why two places cannot be one, with what to do, to be read behind a colon; None when they can."""
    if one.is_robot or other.is_robot:
        return say(
            "obstacle_robot", "one of them is a robot there. Its organizers can have it take part as anybody does first."
        )
    if DENIED in (one.status, other.status) and one.status != other.status:
        return say(
            "obstacle_denied",
            "one of them was denied there and the other was not. Its organizers decide about both alike first.",
        )
    if one.team and other.team and one.team != other.team:
        return say(
            "obstacle_teams",
            "they are in two teams there, “{team}” and “{other}”. One of them leaves its team first, or the teams merge.",
            team=one.team_name or "",
            other=other.team_name or "",
        )
    return None
