"""One mapping of a manifest, read key by key: each getter gives a usable value and files its complaint."""

import difflib
import math
from collections.abc import Collection, Iterator
from collections.abc import Mapping as MappingABC
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from chalicelib.contract import limits, texts
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle import dates, scalars
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.keys import EXTENSION
from chalicelib.domain.bundle.nodes import Mapping, Node, Scalar, Sequence
from chalicelib.domain.bundle.scalars import quoted

#: Comparing an unknown key with the known ones is slow, and after this many nobody reads on.
MAX_HINTS = 100

_FALSE = frozenset({"false", "no", "off", "0", "f", "n"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Section:
    """A mapping at `place` ("" for the whole file). Keys that no getter asked for are told by `finish`."""

    def __init__(self, node: Mapping, place: str, complaints: Complaints):
        self.place = place
        self.complaints = complaints
        self._node = node
        self._known: set[str] = set()
        lines = {place: node.line, **{self.at(key): line for key, line in node.key_lines.items()}}
        complaints.lines.update((at, line) for at, line in lines.items() if line is not None)

    def at(self, key: str) -> str:
        """The place of a key."""
        return f"{self.place}.{key}" if self.place else key

    def error(self, key: str, message: str) -> None:
        """File an error about a key."""
        self.complaints.error(self.at(key), message)

    def warn(self, key: str, message: str) -> None:
        """File a warning about a key."""
        self.complaints.warn(self.at(key), message)

    def slip(self, key: str, message: str) -> None:
        """File a slip about a key."""
        self.complaints.slip(self.at(key), message)

    def has(self, key: str) -> bool:
        """True when the key stands there with a value other than null."""
        return self._value(key) is not None

    def is_written(self, key: str) -> bool:
        """True when a line of the file has the key, also one below such as `agon.color`."""
        return self.at(key) in self.complaints.lines

    def text(
        self, key: str, default: str = "", max_characters: int = limits.MAX_TEXT_CHARACTERS, required: bool = False
    ) -> str:
        """Text as written; a number or a date is the text that it was written with."""
        scalar = self._scalar(key, "text")
        written = "" if scalar is None else scalar.text
        if max_characters <= limits.MAX_NAME_CHARACTERS:
            written = self._line(key, written)
        if not written.strip():
            if required and not self._is_wrong_kind(key):
                self.error(key, say("text_missing", "`{key}` is missing. Write `{key}: …` with some text.", key=key))
            return default
        if len(written) > max_characters:
            self.error(
                key,
                say(
                    "text_too_long",
                    "`{key}` has {count} characters. Shorten it to {most}.",
                    key=key,
                    count=len(written),
                    most=max_characters,
                ),
            )
            return default
        return written

    def optional(self, key: str, max_characters: int = 1000) -> str | None:
        """Text, or None when there is none."""
        return self.text(key, max_characters=max_characters).strip() or None

    def flag(self, key: str, default: bool) -> bool:
        """true or false, quoted or not."""
        scalar = self._scalar(key, "`true` or `false`")
        if scalar is None:
            return default
        word = scalar.text.strip().lower()
        if word in scalars.TRUE or word in _FALSE:
            return word in scalars.TRUE
        self.error(
            key,
            say(
                "not_true_or_false",
                "`{key}` is {written}. Write `true` or `false`.",
                key=key,
                written=quoted(scalar.text),
            ),
        )
        return default

    def number(self, key: str, default: int, minimum: int = 0, maximum: int = limits.MAX_NUMBER) -> int:
        """A whole number within bounds."""
        scalar = self._scalar(key, "a whole number")
        if scalar is None:
            return default
        value = scalars.whole_number(scalar)
        if value is not None and minimum <= value <= maximum:
            return value
        self.error(
            key,
            say(
                "not_a_whole_number",
                "`{key}` is {written}. Write a whole number from {minimum} to {maximum}.",
                key=key,
                written=quoted(scalar.text),
                minimum=minimum,
                maximum=maximum,
            ),
        )
        return default

    def clamped(self, key: str, default: int, maximum: int, minimum: int = 0) -> int:
        """A whole number, and the nearest one within bounds for one that is not."""
        scalar = self._scalar(key, "a whole number")
        value = None if scalar is None else scalars.whole_number(scalar)
        if value is None or minimum <= value <= maximum:
            return self.number(key, default, minimum, maximum)
        nearest = min(max(value, minimum), maximum)
        self.slip(
            key,
            say(
                "nearest_number_taken",
                "`{key}` is {value}; {nearest} is taken. Write a whole number from {minimum} to {maximum}.",
                key=key,
                value=value,
                nearest=nearest,
                minimum=minimum,
                maximum=maximum,
            ),
        )
        return nearest

    def decimal(self, key: str, default: float, maximum: float) -> float:
        """A number that is not negative."""
        scalar = self._scalar(key, "a number")
        if scalar is None:
            return default
        value = scalars.finite(scalar.text)
        if value is not None and 0 <= value <= maximum:
            return value
        self.error(
            key,
            say(
                "not_a_number",
                "`{key}` is {written}. Write a number from 0 to {maximum:g}.",
                key=key,
                written=quoted(scalar.text),
                maximum=maximum,
            ),
        )
        return default

    def limit(self, key: str, default: int) -> int | None:
        """A number of submissions; None, which is "no limit", where 0 or null is written (v2)."""
        if key in self._node.entries and not self.has(key) and not self._is_wrong_kind(key):
            return None
        return self.number(key, default) or None

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        """One of some words, in any case of letters."""
        scalar = self._scalar(key, "one of " + ", ".join(choices))
        if scalar is None or not scalar.text.strip():
            return default
        for option in choices:
            if scalar.text.strip().lower() == option.lower():
                return option
        self.error(
            key,
            say(
                "not_a_choice",
                "`{key}` is {written}. Write one of {choices}.",
                key=key,
                written=quoted(scalar.text),
                choices=", ".join(choices),
            ),
        )
        return default

    def date(self, key: str, required: bool = False) -> datetime | None:
        """An instant in UTC. A missing or unreadable required one is told, and stands at the epoch."""
        scalar = self._scalar(key, "a date")
        instead = _EPOCH if required else None
        if scalar is None or not scalar.text.strip():
            if required and not self._is_wrong_kind(key):
                self.error(key, f"`{key}` is missing. {dates.ADVICE}.")
            return instead
        try:
            moment = dates.parse(scalar.text)
        except ValueError:
            self.error(key, f"`{key}` is {quoted(scalar.text)}, which is no date. {dates.ADVICE}.")
            return instead
        if other := dates.other_reading(scalar.text):
            message = f"{quoted(scalar.text)} is read month first, as {dates.readable(moment)}. Write the year first:"
            self.slip(key, f"{message} {moment:%Y-%m-%d}, or {other} if you meant that.")
        return moment

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; one alone, or `0, 1` as text, is read as a list as well."""
        found: dict[int, None] = {}
        for scalar in self._number_scalars(key):
            value = scalars.whole_number(scalar)
            if value is None or not 0 <= value <= limits.MAX_NUMBER:
                self.error(
                    key,
                    say(
                        "not_numbers",
                        "`{key}` contains {written}. Write a list of numbers such as [0, 1].",
                        key=key,
                        written=quoted(scalar.text),
                    ),
                )
            else:
                found[value] = None
        return tuple(found)

    def sections(self, key: str, example: str) -> Iterator["Section"]:
        """The mappings of a list. `example` is how one is written."""
        node = self._value(key)
        if node is None:
            return
        if not isinstance(node, Sequence):
            self.error(
                key,
                say("not_a_list", "`{key}` must be a list. Write each entry as `- {example}`.", key=key, example=example),
            )
            return
        for position, item in enumerate(node.items):
            place = f"{self.at(key)}[{position}]"
            if isinstance(item, Mapping):
                yield Section(item, place, self.complaints)
            else:
                self.complaints.error(
                    place, say("not_an_entry", "This is no mapping. Write it as `- {example}`.", example=example), item.line
                )

    def names(self) -> tuple[str, ...]:
        """Every key, in the order in which they are written."""
        return tuple(self._node.entries)

    def is_mapping(self, key: str) -> bool:
        """True when a mapping stands below a key."""
        return isinstance(self._node.entries.get(key), Mapping)

    def section(self, key: str) -> "Section | None":
        """The mapping below a key, or None when nothing stands there."""
        node = self._value(key)
        if node is None:
            return None
        if isinstance(node, Mapping):
            return Section(node, self.at(key), self.complaints)
        self.error(key, say("not_a_mapping", "`{key}` must be a mapping: keys and values, indented below it.", key=key))
        return None

    def extension(self) -> "Section":
        """The section below `agon:` here, where the fields are that version 2 lacks; empty when nothing does."""
        nested, dot = self.section(EXTENSION), f"{EXTENSION}."
        merged = Mapping(self._node.line)
        # As the reference of the format names them, such as `agon.enable_teams`.
        for key, node in self._node.entries.items():
            if key.startswith(dot):
                self._known.add(key)
                merged.entries[key.removeprefix(dot)] = node
                merged.key_lines[key.removeprefix(dot)] = self._node.key_lines.get(key)
        if nested is not None:
            merged.entries |= nested._node.entries
            merged.key_lines |= nested._node.key_lines
        return Section(merged, self.at(EXTENSION), self.complaints)

    def named(self, key: str) -> Iterator[tuple[str, "Section"]]:
        """The mappings of a mapping, each with its key (v1)."""
        mapping = self.section(key)
        for name, node in mapping._node.entries.items() if mapping else ():
            if isinstance(node, Mapping):
                yield name, Section(node, f"{self.at(key)}.{name}", self.complaints)
            else:
                self.complaints.error(
                    f"{self.at(key)}.{name}",
                    say("entry_not_a_mapping", "`{key}` must be a mapping.", key=name[:60]),
                    node.line,
                )

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; one text with commas is read as a list as well."""
        node = self._value(key)
        if node is None:
            return default
        if isinstance(node, Scalar):
            return tuple(part.strip() for part in node.text.split(",") if part.strip())
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(item.text for item in node.items if isinstance(item, Scalar))
        self.error(key, say("not_texts", "`{key}` must be a list of texts.", key=key))
        return default

    def decimals(self, key: str) -> tuple[float, ...]:
        """A list of finite numbers; `0.8, 0.2` as text is read as a list as well."""
        found = []
        for text in self.texts(key):
            number = scalars.finite(text)
            if number is None:
                self.error(
                    key,
                    say(
                        "not_decimals",
                        "`{key}` contains {written}. Write a list of numbers such as [0.8, 0.2].",
                        key=key,
                        written=quoted(text),
                    ),
                )
            found.append(math.nan if number is None else number)
        return tuple(found)

    def plain(self, key: str) -> Any:
        """The value as Python's own lists, dicts and scalars."""
        node = self._value(key)
        return None if node is None else scalars.plain(node)

    def ignore(self, key: str, message: str) -> None:
        """A key that is known and not read: tell why when something stands there."""
        node = self._value(key)
        if node is not None and not (isinstance(node, Sequence) and not node.items):
            self.warn(key, message)

    def finish(self, elsewhere: MappingABC[str, str] = MappingProxyType({})) -> None:
        """Tell of each key that no getter asked for. `elsewhere` has what to write instead of some, in sentences."""
        for key in self._node.entries:
            if key in self._known:
                continue
            hint = f" {elsewhere[key]}" if key in elsewhere else self._hint(key)
            self.warn(key, f"`{key[:60]}` is no key that is read here; it is ignored.{hint}")

    def _hint(self, key: str) -> str:
        if len(self.complaints.warnings) > MAX_HINTS:
            return ""
        close = difflib.get_close_matches(key[:60], sorted(self._known), n=1)
        return f" Did you mean `{close[0]}`?" if close else " Remove it, or keep it as a note to yourself."

    def _line(self, key: str, written: str) -> str:
        """Titles of real bundles have invisible letters, unknown to who wrote them: told, and left out."""
        line, found = texts.line(written)
        if found:
            self.slip(
                key,
                say(
                    "line_left_out",
                    "`{key}` is one line, which cannot have {found}. It is left out. Write the line without it.",
                    key=key,
                    found=found,
                ),
            )
        return line

    def _value(self, key: str) -> Node | None:
        self._known.add(key)
        node = self._node.entries.get(key)
        return None if isinstance(node, Scalar) and node.is_null else node

    def _is_wrong_kind(self, key: str) -> bool:
        return isinstance(self._node.entries.get(key), (Mapping, Sequence))

    def _scalar(self, key: str, wanted: str) -> Scalar | None:
        node = self._value(key)
        if node is None or isinstance(node, Scalar):
            return node
        kind = "list" if isinstance(node, Sequence) else "mapping"
        self.error(key, f"`{key}` is a {kind}. Write {wanted}.")
        return None

    def _number_scalars(self, key: str) -> list[Scalar]:
        node = self._value(key)
        if node is None:
            return []
        if isinstance(node, Scalar):
            return [Scalar(node.line, part.strip(), node.tag) for part in node.text.strip("[] ").split(",")[:1000]]
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return [item for item in node.items if isinstance(item, Scalar)]
        self.error(key, say("not_a_number_list", "`{key}` must be a list of numbers such as [0, 1].", key=key))
        return []
