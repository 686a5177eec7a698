"""The final selection: which of their submissions people choose, of which the best counts when a phase is over."""

from datetime import datetime

from chalicelib.domain.competitions import phases
from chalicelib.errors import Conflict, say


def check_open(most: int | None, name: str, starts_at: datetime, ends_at: datetime | None, now: datetime) -> int:
    """The most submissions to a phase of this `name` that can be chosen now. Raises Conflict where none can."""
    if most is None:
        raise Conflict(say("nobody_chooses", "In “{phase}” nobody chooses: the board shows what its rule says.", phase=name))
    if phases.state(starts_at, ends_at, now) == "closed":
        raise Conflict(say("choosing_over", "The phase “{phase}” is over: what was chosen by then counts.", phase=name))
    return most


def check_room(chosen: int, most: int) -> None:
    """Raise Conflict when as many are chosen as may be."""
    if chosen >= most:
        raise Conflict(say("enough_chosen", "{chosen} of {most} are chosen. Take one back first.", chosen=chosen, most=most))
