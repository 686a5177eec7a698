"""Slots: the machine, divided among the jobs that run at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from runner.config import Config, Limits
from runner.gpus import Gpu


@dataclass(frozen=True)
class Slot:
    """One job's share of the machine: its limits, and the GPUs that are pinned to it."""

    number: int
    limits: Limits
    gpus: tuple[Gpu, ...] = ()


@dataclass(frozen=True)
class Capabilities:
    """What a job may count on here: the share of one slot. `gpus` are names, such as "NVIDIA H100"."""

    slots: int
    cpus: float
    memory_bytes: int
    gpus: tuple[str, ...]
    labels: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of docs/protocol.md."""
        return {
            "slots": self.slots,
            "cpus": self.cpus,
            "memory_bytes": self.memory_bytes,
            "gpus": list(self.gpus),
            "labels": list(self.labels),
        }


def divide(config: Config, gpus: Sequence[Gpu]) -> tuple[Slot, ...]:
    """As many slots as configured. Processors and memory are divided evenly; so are GPUs, and where there are fewer of
    them than slots, slots share one."""
    count = config.slots
    limits = replace(
        config.limits, cpus=round(config.limits.cpus / count, 3), memory_bytes=config.limits.memory_bytes // count
    )
    return tuple(Slot(number, limits, _share(gpus, number, count)) for number in range(count))


def capabilities(config: Config, slots: Sequence[Slot]) -> Capabilities:
    """What the least of these slots offers a job: no job is promised more than whichever slot takes it has."""
    least = min(slots, key=lambda slot: len(slot.gpus))
    return Capabilities(
        slots=len(slots),
        cpus=least.limits.cpus,
        memory_bytes=least.limits.memory_bytes,
        gpus=tuple(gpu.name for gpu in least.gpus),
        labels=config.labels,
    )


def _share(gpus: Sequence[Gpu], number: int, count: int) -> tuple[Gpu, ...]:
    if not gpus:
        return ()
    if len(gpus) < count:
        return (gpus[number % len(gpus)],)
    return tuple(gpus[number::count])
