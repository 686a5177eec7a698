"""The keys of the format: what each field of the model means, and under which key each version writes it."""

from dataclasses import MISSING, Field, field
from typing import Any

#: A field that version 2 lacks is written below this key, so that Codabench still reads the rest.
EXTENSION = "agon"


def said(meaning: str, default: Any = MISSING, *, v2: str | None = "", v1: str | None = None) -> Any:
    """A field, its meaning, and its keys. `v2` "" is the field's own name, None is below `agon:`; `v1` None is nowhere."""
    metadata = {"meaning": meaning, "v2": v2, "v1": v1}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


def key_of(of: "Field[Any]") -> str:
    """The key of a field in version 2, at its level or below `agon:` there."""
    return of.metadata["v2"] or of.name


def is_extension(of: "Field[Any]") -> bool:
    """True when version 2 lacks the field, so that it stands below `agon:`."""
    return of.metadata["v2"] is None
