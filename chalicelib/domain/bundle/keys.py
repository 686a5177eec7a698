"""The keys of the format: what each field of the model means, and under which key each version writes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: A field that version 2 lacks is written below this key, so that Codabench still reads the rest.
EXTENSION = "agon"


def said(
    meaning: str, default: Any = MISSING, *, v2: str | None = "", v1: str | None = None, idle: str = "", acts_as: Any = None
) -> Any:
    """A field, its meaning, and its keys. `v2` "" is the field's own name, None is below `agon:`; `v1` None is nowhere.

    `idle` says of one that is kept and does nothing what there is instead; the platform acts as if it were `acts_as`, or
    not there.
    """
    metadata = {"meaning": meaning, "v2": v2, "v1": v1, "idle": idle, "acts_as": acts_as}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


def key_of(of: "Field[Any]") -> str:
    """The key of a field in version 2, at its level or below `agon:` there."""
    return of.metadata["v2"] or of.name


def place_of(of: "Field[Any]") -> str:
    """The key of a field in version 2, as complaints and the reference name it."""
    return f"{EXTENSION}.{key_of(of)}" if is_extension(of) else key_of(of)


def is_extension(of: "Field[Any]") -> bool:
    """True when version 2 lacks the field, so that it stands below `agon:`."""
    return of.metadata["v2"] is None


def idle(part: "DataclassInstance") -> Iterator[tuple["Field[Any]", str]]:
    """The fields that say what is not done, each with what there is instead. None of one that says just that."""
    for one in fields(part):
        sentence, value = one.metadata["idle"], getattr(part, one.name)
        if sentence and value and value != one.metadata["acts_as"]:
            yield one, sentence


def elsewhere(kind: type) -> Mapping[str, str]:
    """The words to write in version 2, as a sentence, for keys of `kind` that stand in another place or have version
    1's name."""
    return dict(_elsewhere(kind))


def _elsewhere(kind: type) -> Iterator[tuple[str, str]]:
    for one in fields(kind):
        key = key_of(one)
        place = f"below `{EXTENSION}:` as `{key}`" if is_extension(one) else f"as `{key}`"
        # Of a key in version 1 the reference may say more: its unit, or in which value of it this stands.
        word = re.match(r"(?:\w+\.)?([a-z_]+)(?=$|:| \()( \(.+\))?", one.metadata["v1"] or "")
        if word and word[1] != key:
            yield word[1], f"It is version 1's word{word[2] or ''}; here it stands {place}."
        if is_extension(one) and one.name != "assets":
            yield key, f"It stands {place}."
