"""Bundles: their imports and what is wrong with them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Complaint:
    """Something in a bundle that is wrong or odd: where, and what to write instead."""

    file: str
    line: int | None
    key: str
    message: str


@dataclass(frozen=True)
class Import:
    """A bundle on its way to becoming `competition`. `done` of `total` files are copied."""

    id: str
    status: Literal["Waiting", "Running", "Finished", "Failed"]
    competition: str | None
    done: int
    total: int
    errors: list[Complaint]
    warnings: list[Complaint]
