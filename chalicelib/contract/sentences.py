"""Sentences that people are told: in English, with a name and what they tell, so that they can be said in other languages
(ADR 64)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias, Union

Told: TypeAlias = Union[str, int, float, bool, datetime, "Sentence"]


class Sentence(str):
    """A sentence in English. `code` is its name, which stays when its words change; `params` has what it tells."""

    code: str
    params: Mapping[str, Told]

    def __new__(cls, text: str, code: str = "invalid", params: Mapping[str, Told] | None = None) -> "Sentence":
        """A sentence as it stands. Who writes one takes `say`."""
        made = super().__new__(cls, text)
        made.code = code
        made.params = params or {}
        return made


def say(code: str, english: str, /, **params: Told) -> Sentence:
    """A sentence by its name: in English, with what it tells in braces, as str.format has them. Moments are told in UTC.

    No name is said at two places, and each has its French (console/src/words/fr/sentences).
    """
    told = {name: one.astimezone(UTC) if isinstance(one, datetime) else one for name, one in params.items()}
    return Sentence(english.format(**told), code, told)


def as_sentence(text: str) -> Sentence:
    """A text as a sentence: itself where it is one, else one without a name, which is told in English everywhere."""
    return text if isinstance(text, Sentence) else Sentence(text)
