"""Slots: the machine, divided among the jobs that run at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.contract import Capabilities
from runner.config import Config, Limits
from runner.gpus import Gpu


@dataclass(frozen=True)
class Slot:
    """One job's share of the machine: its limits, and the GPUs that are pinned to it."""

    number: int
    limits: Limits
    gpus: tuple[Gpu, ...] = ()


def divide(config: Config, gpus: Sequence[Gpu]) -> tuple[Slot, ...]:
    """As many slots as configured. Processors and memory are divided evenly; so are GPUs, and where there are fewer of
    them than slots, slots share one."""
    count = config.slots
    limits = replace(
        config.limits, cpus=round(config.limits.cpus / count, 3), memory_bytes=config.limits.memory_bytes // count
    )
    return tuple(Slot(number, limits, _share(gpus, number, count)) for number in range(count))


def capabilities(slot: Slot, labels: tuple[str, ...]) -> Capabilities:
    """The capabilities that a job may count on in a slot."""
    return Capabilities(slot.limits.cpus, slot.limits.memory_bytes, len(slot.gpus), labels)


def _share(gpus: Sequence[Gpu], number: int, count: int) -> tuple[Gpu, ...]:
    if not gpus:
        return ()
    if len(gpus) < count:
        return (gpus[number % len(gpus)],)
    return tuple(gpus[number::count])
