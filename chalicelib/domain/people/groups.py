"""Groups of participants: who is put where, for which of them somebody submits, what each allows and sees (ADR 31).

Those of somebody are keys; a key that the competition has no group of stands for nothing, and for the group again once it
is back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from chalicelib.domain.bundle.group import Group, GroupLimits
from chalicelib.domain.people import admission
from chalicelib.errors import Complaint, Invalid, Sentence, say


def of_keys(groups: Iterable[Group], keys: Collection[str] | None) -> list[Group]:
    """The groups that somebody is in, in the competition's order."""
    return [group for group in groups if group.key in (keys or ())]


def joined(groups: Iterable[Group], address: str, answers: Mapping[str, str | bool]) -> set[str]:
    """The keys of the groups into which rules put somebody, by their confirmed address or by what they answered."""
    entries = admission.entries_of(address) if address else set[str]()
    return {group.key for group in groups if entries & set(group.addresses) or _is_answered(group, answers)}


def _is_answered(group: Group, answers: Mapping[str, str | bool]) -> bool:
    answer = answers.get(group.question) if group.question else None
    return (str(answer).lower() if isinstance(answer, bool) else answer) in group.answers


def choose(
    mine: Sequence[Group], wanted: str | None, phase: int, groups: Sequence[Group], is_organizer: bool
) -> Group | None:
    """The group for which somebody submits to a phase, who is in those that are `mine`; None for who is in none.

    Organizers try any of `groups`, and none unless they say so. Raises Invalid for a group that is not theirs, and for who
    is in several and names none.
    """
    choices = open_in(groups if is_organizer else mine, phase, groups)
    if wanted is not None:
        for group in choices:
            if group.key == wanted:
                return group
        raise _wrong(
            say(
                "not_in_group",
                "You are not in a group `{group}` that takes part in this phase. {yours}",
                group=wanted[:60],
                yours=_named(choices),
            )
        )
    if is_organizer or len(choices) < 2:
        return None if is_organizer or not choices else choices[0]
    raise _wrong(
        say("which_group", "You are in several groups. Say for which one you submit. {yours}", yours=_named(choices))
    )


def open_in(mine: Iterable[Group], phase: int, groups: Iterable[Group]) -> list[Group]:
    """Of some groups those that take part in a phase: all, or where groups name the phase these alone."""
    reserved = reserved_for(groups, phase)
    return [group for group in mine if not reserved or group.key in reserved]


def reserved_for(groups: Iterable[Group], phase: int) -> set[str]:
    """The keys of the groups that a phase is for; empty when it is for everybody."""
    return {group.key for group in groups if phase in group.phases}


def sees(groups: Iterable[Group], keys: Collection[str] | None, phase: int) -> bool:
    """True for who may know of a phase: everybody, or where groups name it their members."""
    reserved = reserved_for(groups, phase)
    return not reserved or bool(reserved & {*(keys or ())})


def limits_in(group: Group | None, phase: int) -> GroupLimits:
    """The limits of a group in a phase, in the place of the phase's own; its line for that phase goes before the one
    for all."""
    of_phase = [one for one in group.limits if one.phase == phase] if group else []
    of_all = [one for one in group.limits if one.phase is None] if group else []
    return (*of_phase, *of_all, GroupLimits())[0]


def moved(groups: Iterable[Group], keys: Collection[str] | None, phase: int, former: str | None) -> str | None:
    """The group for which a submission counts once its participant is in those of `keys`: as before while that is one of
    theirs, else the first that takes part in its phase."""
    known = [*groups]
    mine = [group.key for group in open_in(of_keys(known, keys), phase, known)]
    return former if former in mine else next(iter(mine), None)


def _named(choices: Iterable[Group]) -> Sentence:
    listed = ", ".join(f"`{group.key}`" for group in choices)
    if not listed:
        return say("leave_group_out", "Leave it out.")
    return say("your_groups", "Yours: {groups}.", groups=listed)


def _wrong(message: Sentence) -> Invalid:
    return Invalid(
        say("submission_fits_no_group", "The submission fits to no group: correct what is named."),
        [Complaint("group", message)],
    )
