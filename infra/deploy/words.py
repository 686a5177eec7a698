"""What is going to happen to a stack, for a person."""

from collections.abc import Iterator, Mapping

from agon.local.formation import ACTIONS, Change, Plan

_MARKS = {"removed": "-", "replaced": "!", "perhaps replaced": "!", "added": "+", "adopted": "+", "changed": "~"}


def of_plan(plan: Plan) -> Iterator[str]:
    """A line for each resource, what endangers something first; of a new stack one line for all."""
    if plan.creates:
        yield f"  + {len(plan.changes)} resources, all new"
        return
    for change in sorted(plan.changes, key=lambda one: (ACTIONS.index(one.action), one.name)):
        yield f"  {_MARKS[change.action]} {change.action} {change.name} ({change.kind}){_of(change)}"


def of_parameters(before: Mapping[str, str], told: Mapping[str, str]) -> Iterator[str]:
    """A line for each parameter of a stack that becomes another one."""
    for name in sorted(before.keys() & told.keys()):
        if before[name] != told[name]:
            yield f"  ~ parameter {name}: {before[name] or 'nothing'} becomes {told[name] or 'nothing'}"


def of_loss(change: Change) -> str:
    """What a change means to what is stored, or to whoever was told an address."""
    if change.loses_address:
        return (
            f"{change.name} is {change.action}, and with it the address changes. Runners, AGON_API of people, and an alias "
            "of a name of yours lead nowhere until they are told the new one."
        )
    if change.action == "removed":
        return f"{change.name} is part of the site no more. What it holds stays in the account, and nothing reads it."
    return f"{change.name} is replaced by an empty one. What it holds stays in the account, and the site begins without it."


def _of(change: Change) -> str:
    if not change.of:
        return ""
    shown = ", ".join(change.of[:4])
    return f": {shown}{' …' if len(change.of) > 4 else ''}"
