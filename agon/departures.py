"""The end of an account in words, as commands show it before and after it is ordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agon import words

if TYPE_CHECKING:
    from agon import api_types as api


def lines(found: api.Departure) -> list[str]:
    """Lines on what stays, what goes and what is in the way."""
    goes_on = f"becomes part of {found['into']}" if found["into"] else f"is called {found['known_as']} from then on"
    told = [f"What stays of {found['username']} {goes_on}."]
    places = f"It takes part in {words.count(found['competitions'], 'competition')}"
    teams = f", in the teams {', '.join(found['teams'])}" if found["teams"] else ""
    told += [f"{places}{teams}.", *_listed("Stays", found["stays"]), *_listed("Goes", found["goes"])]
    told += _listed("In the way", [_obstacle(one) for one in found["obstacles"]])
    if found["status"] is not None:
        why = f": {found['reason']}" if found["reason"] else "."
        told.append(f"It was ordered, and is {found['status'].lower()}{why}")
    return told


def _listed(title: str, sentences: Sequence[str]) -> list[str]:
    return [f"{title}:", *(f"  - {one}" for one in sentences)] if sentences else []


def _obstacle(obstacle: api.Obstacle) -> str:
    which = f" ({obstacle['id']})" if obstacle["id"] else ""
    return f"{obstacle['title']}{which}: {obstacle['advice']}"
