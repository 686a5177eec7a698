"""Sentences in the reason of a failure that quote what a program printed: who may read no logs is not told them."""

import re

_QUOTE = "The last line of its error output:"
#: To the end: what is quoted may look like an end of the quotation.
_QUOTED = re.compile(rf"\s*{re.escape(_QUOTE)} .*", re.DOTALL)


def quoting(line: str) -> str:
    """The sentence that quotes the last line of a program's error output."""
    return f'{_QUOTE} "{line}".'


def without_quotes(reason: str) -> str:
    """A reason up to what it quotes."""
    return _QUOTED.sub("", reason)
