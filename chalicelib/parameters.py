"""Parameters of a query, or of a header: each is declared once, with its name, its text, its schema and how it is read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from chalicelib.contract import texts
from chalicelib.errors import Complaint, Invalid, NotAllowed, say

CURSOR_ADVICE = say("cursor_as_it_was", "Send `next` as it was.")
NO_CURSOR = say("cursor_unknown", "`cursor` is the `next` of the former page.")
Value = TypeVar("Value", covariant=True)
ID = re.compile(r"[A-Za-z0-9-]{1,80}")
ID_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": f"^{ID.pattern}$"}
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Parameter(Generic[Value]):
    """A parameter of a query. `read` takes its text, None when it is absent, and raises Invalid.

    A secret stands in a header or a cookie, where no log of addresses has it.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str | None], Value]
    place: Literal["query", "header", "cookie"] = "query"


def cursor(description: str = "The `next` of the former page.") -> Parameter[str | None]:
    """The cursor where a list goes on."""

    def read(text: str | None) -> str | None:
        if text is not None and not ID.fullmatch(text):
            raise Invalid(
                NO_CURSOR,
                [Complaint("cursor", CURSOR_ADVICE)],
            )
        return text

    return Parameter("cursor", description, ID_SCHEMA, read)


def flag(name: str, description: str) -> Parameter[bool]:
    """A yes or a no; absent, it is no."""

    def read(text: str | None) -> bool:
        if text is not None and text not in _TRUTH:
            raise Invalid(
                say("flag_unreadable", "`{name}` is true or false.", name=name),
                [Complaint(name, say("flag_shape", "Write true or false."))],
            )
        return _TRUTH[text or "false"]

    return Parameter(name, description, {"type": "string", "enum": ["true", "false"], "default": "false"}, read)


def page(description: str) -> Parameter[int]:
    """The number of a page, from 1; absent, it is the first."""
    number = whole_number("page", description)
    schema = {"type": "integer", "minimum": 1, "maximum": 999_999, "default": 1}
    return Parameter("page", description, schema, lambda text: 1 if text is None else number.read(text) or 0)


def at_most(name: str, description: str, most: int, default: int) -> Parameter[int]:
    """A number from 1 to `most`; absent, it is the `default`."""

    def read(text: str | None) -> int:
        if text is not None and not (re.fullmatch(r"[0-9]{1,6}", text) and 1 <= int(text) <= most):
            raise Invalid(
                say("number_out_of_range", "`{name}` is a number from 1 to {most}.", name=name, most=most),
                [Complaint(name, say("number_range", "Write a number from 1 to {most}.", most=most))],
            )
        return default if text is None else int(text)

    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(name, description, schema, read)


def whole_number(name: str, description: str) -> Parameter[int | None]:
    """A whole number."""

    def read(text: str | None) -> int | None:
        if text is not None and not re.fullmatch(r"[0-9]{1,6}", text):
            raise Invalid(
                say("number_unreadable", "`{name}` is a whole number.", name=name),
                [Complaint(name, say("number_shape", "Write a whole number, such as 1."))],
            )
        return None if text is None else int(text)

    return Parameter(name, description, {"type": "integer", "minimum": 1}, read)


def choice(name: str, description: str, choices: Sequence[str], default: str | None = None) -> Parameter[Any]:
    """One of some words, `default` when absent."""

    def read(text: str | None) -> str | None:
        if text is not None and text not in choices:
            raise Invalid(
                say("choice_unknown", "`{name}` is not understood.", name=name),
                [Complaint(name, say("choices_listed", "Write one of {choices}.", choices=", ".join(choices)))],
            )
        return default if text is None else text

    schema = {"type": "string", "enum": list(choices)}
    return Parameter(name, description, schema if default is None else {**schema, "default": default}, read)


def text(name: str, description: str, most: int | None = None) -> Parameter[str | None]:
    """Any text. What it names is looked for as it stands, so `most` characters are what the document says of it."""
    schema: Mapping[str, Any] = {"type": "string"} if most is None else {"type": "string", "maxLength": most}
    return Parameter(name, description, schema, lambda given: given)


def line(name: str, description: str, most: int) -> Parameter[str]:
    """A text of one line that is kept; absent, it is empty. Nothing in it may steer a screen."""

    def read(given: str | None) -> str:
        said = (given or "").strip()
        if len(said) > most:
            raise Invalid(
                say("line_too_long", "`{name}` is too long.", name=name),
                [Complaint(name, say("line_most", "Write {most} characters at most.", most=most))],
            )
        if found := texts.steering(said):
            raise Invalid(
                say("line_unfit", "`{name}` is one line of text.", name=name),
                [Complaint(name, say("line_take_out", "Take {found} out.", found=found))],
            )
        return said

    return Parameter(name, description, {"type": "string", "maxLength": most}, read)


def secret(header: str, description: str) -> Parameter[str | None]:
    """A secret that a header shows. A wrong one opens nothing, whatever it looks like."""
    return Parameter(header, description, {"type": "string", "maxLength": 4096}, lambda given: given, "header")


def cookie(name: str, description: str) -> Parameter[str | None]:
    """A secret that a browser shows by itself. A wrong one opens nothing, whatever it looks like."""
    return Parameter(name, description, {"type": "string", "maxLength": 4096}, lambda given: given, "cookie")


def word(header: str, word: str, description: str) -> Parameter[None]:
    """A header that must have this word. Raises NotAllowed.

    No page of another origin can have a browser send it: the API's answer to browsers that ask whether it may (CORS) does
    not name it.
    """

    def read(given: str | None) -> None:
        if given != word:
            raise NotAllowed(
                say(
                    "header_word_needed",
                    "Send the header `{header}: {word}`. Without it another site could call in your name.",
                    header=header,
                    word=word,
                )
            )

    return Parameter(header, description, {"type": "string", "enum": [word]}, read, "header")
