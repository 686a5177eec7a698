"""Mentions: whom a post names with an @, outside of code."""

import re

from chalicelib.contract import limits

#: Fenced code, to its end or the text's, and code within a line: a decorator or an address there names nobody.
_CODE = re.compile(r"(?s)```.*?(?:```|\Z)|`[^`\n]*`")
_NAME = re.compile(r"(?<![\w@./-])@([A-Za-z0-9][A-Za-z0-9_.-]{1,39})")


def names_in(text: str) -> tuple[str, ...]:
    """The user names that a Markdown text mentions, in small letters and each once: the first of them alone, not all."""
    found = (name.rstrip(".-").lower() for name in _NAME.findall(_CODE.sub(" ", text)))
    return tuple(dict.fromkeys(name for name in found if len(name) > 1))[: limits.MAX_MENTIONS]
