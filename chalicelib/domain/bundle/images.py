"""Names of Docker images as organizers write them (FORMATS 0 and 2.7)."""

import re

from chalicelib.contract import images, limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.section import Section

#: A digest is kept, which neither CodaLab nor its worker did.
_ALLOWED = re.compile(r"[0-9a-zA-Z_/.:@-]+", re.ASCII)


def name(section: Section, key: str, max_characters: int = limits.MAX_IMAGE_CHARACTERS) -> str:
    """The name under a key, with an error when no engine would pull it; "" when there is none."""
    return _judged(section, key, section.text(key, max_characters=max_characters).strip())


def clean(written: str) -> str:
    """The name up to its first blank, without what no name of an image has."""
    first = written.strip().split(maxsplit=1)[:1]
    return "".join(_ALLOWED.findall(first[0])) if first else ""


def cleaned(section: Section, key: str) -> str:
    """As `name`, of version 1: what CodaLab left out of a name is left out, with a warning."""
    written = section.text(key, max_characters=limits.MAX_IMAGE_CHARACTERS).strip()
    found = clean(written)
    if found != written:
        section.warn(
            key,
            say("image_name_near", "`{name}` is no name of an image; `{found}` is taken.", name=written[:60], found=found),
        )
    return _judged(section, key, found)


def _judged(section: Section, key: str, found: str) -> str:
    if found and (problem := images.problem(found)):
        section.error(key, f"`{found[:100]}` is no image that a runner can get. {problem}")
    elif found and (registry := images.read(found).registry) not in images.REGISTRIES:
        listed = ", ".join(images.REGISTRIES)
        section.warn(
            key,
            say(
                "image_registry",
                "Runners pull from {registries}; from {registry} only where their queue's owner lists it.",
                registries=listed,
                registry=registry,
            ),
        )
    return found
