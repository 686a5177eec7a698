"""Names of Docker images as organizers write them (FORMATS 0 and 2.7)."""

import re

from chalicelib.contract import limits
from chalicelib.domain.bundle.section import Section

#: A digest is kept, which neither CodaLab nor its worker did.
_ALLOWED = re.compile(r"[0-9a-zA-Z_/.:@-]+", re.ASCII)


def clean(name: str) -> str:
    """The name up to its first blank, without what no name of an image has."""
    first = name.strip().split(maxsplit=1)[:1]
    return "".join(_ALLOWED.findall(first[0])) if first else ""


def cleaned(section: Section, key: str) -> str:
    """The name under a key, with a warning when it had to be cleaned; "" when there is none."""
    written = section.text(key, max_characters=limits.MAX_IMAGE_CHARACTERS).strip()
    name = clean(written)
    if name != written:
        section.warn(key, f"`{written[:60]}` is no name of an image; `{name}` is taken.")
    return name
