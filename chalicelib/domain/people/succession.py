"""Succession: when two accounts' places in one competition can become one."""

from dataclasses import dataclass

from chalicelib.domain.competitions.access import DENIED


@dataclass(frozen=True)
class Position:
    """An account in a competition: its status, its team if any, and whether it is a robot."""

    status: str
    team: str | None = None
    team_name: str | None = None
    is_robot: bool = False


def obstacle(one: Position, other: Position) -> str:
    """The reason why two places cannot be one, with what to do; empty when they can."""
    if one.is_robot or other.is_robot:
        return "one of them is a robot there. Its organizers can have it take part as anybody does first."
    if DENIED in (one.status, other.status) and one.status != other.status:
        return "one of them was denied there and the other was not. Its organizers decide about both alike first."
    if one.team and other.team and one.team != other.team:
        names = f"“{one.team_name}” and “{other.team_name}”"
        return f"they are in two teams there, {names}. One of them leaves its team first, or the teams merge."
    return ""
