"""Capabilities: what a slot of a runner has, and what a job may ask for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Capabilities:
    """The equipment of one slot: processors, memory, GPUs of its own, and labels that the queue's owner made up.

    The same shape is what a job asks for; nothing asked for is zero. Labels are words such as "a100" or "eu".
    """

    cpus: float = 0.0
    memory_bytes: int = 0
    gpus: int = 0
    labels: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of docs/protocol.md."""
        return {**asdict(self), "labels": list(self.labels)}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "Capabilities":
        """Read the JSON object of docs/protocol.md. Unknown keys are ignored, missing ones are zero."""
        return cls(
            cpus=float(value.get("cpus", 0.0)),
            memory_bytes=int(value.get("memory_bytes", 0)),
            gpus=int(value.get("gpus", 0)),
            labels=tuple(value.get("labels", ())),
        )
