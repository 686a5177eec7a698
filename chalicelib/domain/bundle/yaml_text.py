"""YAML from strangers, as a tree that knows its lines. Built from the parser's events, so that every cap holds early.

Scalars keep the text that was written: whoever reads a key knows which type it wants.
"""

from collections.abc import Iterator

import yaml
from yaml.resolver import Resolver

from chalicelib.contract import limits
from chalicelib.domain.bundle.nodes import TOO_DEEP, TOO_MANY, Mapping, Node, Notice, Scalar, Sequence, Unreadable

_TAG = "tag:yaml.org,2002:"
_NULL, _TEXT = _TAG + "null", _TAG + "str"
_SCALAR_TAGS = frozenset(_TAG + name for name in ("null", "bool", "int", "float", "timestamp", "str", "merge", "value"))
#: Written by Python 2's yaml.dump; real bundles have them.
_PYTHON_TEXT_TAGS = frozenset({_TAG + "python/unicode", _TAG + "python/str"})
_KEY_EXPECTED = "A list or mapping stands where a key belongs. Write the key as plain text."
_FOREIGN = "The tag `{}` is not read. Remove it and write the plain value."


def load(content: bytes) -> tuple[Node, list[Notice]]:
    """The tree of the first document, and warnings. Raises Unreadable, and nothing else whatever the bytes are."""
    text = _decode(content)
    builder = _Builder()
    try:
        return builder.build(_events(text)), builder.warnings
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(mark.line + 1 if mark else None, _explained(error, text)) from error
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise Unreadable(line, "A control character stands here. Remove it.") from error
    except yaml.YAMLError as error:
        raise Unreadable(None, "This cannot be read as YAML.") from error


def _decode(content: bytes) -> str:
    if len(content) > limits.MANIFEST_BYTES:
        message = f"The file has {len(content)} bytes; {limits.MANIFEST_BYTES} are read. Move texts into pages."
        raise Unreadable(None, message)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(line, "A character here is not UTF-8. Save the file as UTF-8.") from error


def _events(text: str) -> Iterator[yaml.Event]:
    # libyaml's parser is some twenty times faster; the one in Python reads the same.
    parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


def _explained(error: yaml.MarkedYAMLError, text: str) -> str:
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    written = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "The line is indented with a tab. Indent with blanks."
    hint = " Put a value that contains `: ` or `#` between quotes." if ": " in written else ""
    return f"This cannot be read as YAML: {error.problem or 'unknown reason'}.{hint}"


class _Builder:
    """A builder of a tree from events, with a stack of its own, so that deep nesting cannot exhaust Python's."""

    def __init__(self) -> None:
        self.warnings: list[Notice] = []
        self._anchors: dict[str, Node] = {}
        self._open: list[tuple[Sequence | Mapping, str | None]] = []
        self._keys: list[Scalar | None] = []
        self._nodes = 0
        # An alias brings the line of its anchor; complaints are about where it stands.
        self._at = 1
        self._root: Node | None = None
        self._resolver = Resolver()

    def build(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            if isinstance(event, yaml.DocumentEndEvent):
                break
            self._take(event)
        # Going on to the end finds what is no YAML behind the first document, too.
        for count, event in enumerate(events):
            if isinstance(event, yaml.DocumentStartEvent):
                self.warnings.append(Notice(_line(event), "", "Only the first document is read; this one is ignored."))
                break
            if count > limits.MANIFEST_NODES:
                break
        return self._root if self._root is not None else Scalar(1, "", "null")

    def _take(self, event: yaml.Event) -> None:
        line = self._at = _line(event)
        if isinstance(event, yaml.AliasEvent):
            self._place(self._aliased(event.anchor, line))
        elif isinstance(event, yaml.ScalarEvent):
            self._anchored(event.anchor, self._place(Scalar(line, event.value, self._scalar_tag(event, line))))
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._begin(event, line)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._end()

    def _begin(self, event: yaml.CollectionStartEvent, line: int) -> None:
        is_sequence = isinstance(event, yaml.SequenceStartEvent)
        if event.tag not in (None, "!", _TAG + ("seq" if is_sequence else "map")):
            raise Unreadable(line, _FOREIGN.format(_shown(event.tag)))
        if len(self._open) >= limits.MANIFEST_DEPTH:
            raise Unreadable(line, TOO_DEEP)
        if self._open and isinstance(self._open[-1][0], Mapping) and self._keys[-1] is None:
            raise Unreadable(line, _KEY_EXPECTED)
        self._open.append((Sequence(line) if is_sequence else Mapping(line), event.anchor))
        self._keys.append(None)

    def _end(self) -> None:
        node, anchor = self._open.pop()
        self._keys.pop()
        if isinstance(node, Mapping):
            _apply_merges(node)
        self._anchored(anchor, self._place(node))

    def _anchored(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _aliased(self, anchor: str | None, line: int) -> Node:
        assert anchor is not None
        if any(anchor == name for _, name in self._open):
            raise Unreadable(line, f"`*{_shown(anchor)}` refers to what contains it. Write the value out.")
        if anchor not in self._anchors:
            raise Unreadable(line, f"`*{_shown(anchor)}` refers to no anchor. Write `&{_shown(anchor)}` before its value.")
        return self._anchors[anchor]

    def _scalar_tag(self, event: yaml.ScalarEvent, line: int) -> str:
        tag = event.tag
        if tag in _PYTHON_TEXT_TAGS:
            return "str"
        if tag in (None, "!"):
            plain = event.implicit[0] and tag is None
            tag = self._resolved(event.value) if plain else _TEXT
        if tag not in _SCALAR_TAGS:
            raise Unreadable(line, _FOREIGN.format(_shown(tag)))
        return tag.removeprefix(_TAG)

    def _resolved(self, text: str) -> str:
        tag: str = self._resolver.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        return tag

    def _place(self, node: Node) -> Node:
        """Put a finished node where it belongs. An alias counts with all that it stands for."""
        self._nodes += 1
        if not self._open:
            self._root = node
            return node
        parent = self._open[-1][0]
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        if len(self._open) + node.depth > limits.MANIFEST_DEPTH + 1:
            raise Unreadable(self._at, TOO_DEEP)
        if parent.size > limits.MANIFEST_NODES or self._nodes > limits.MANIFEST_NODES:
            raise Unreadable(self._at, TOO_MANY)
        if isinstance(parent, Sequence):
            parent.items.append(node)
        else:
            self._place_in_mapping(parent, node)
        return node

    def _place_in_mapping(self, parent: Mapping, node: Node) -> None:
        key = self._keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                raise Unreadable(self._at, _KEY_EXPECTED)
            self._keys[-1] = node
            return
        self._keys[-1] = None
        if key.tag == "merge":
            parent.merged.extend(_mergeable(node, self._at))
            return
        if key.text in parent.entries:
            first = parent.key_lines[key.text]
            message = f"`{_shown(key.text)}` stands in line {first} already; the last one counts. Remove one."
            self.warnings.append(Notice(key.line, key.text, message))
        parent.entries[key.text] = node
        parent.key_lines[key.text] = key.line


def _mergeable(node: Node, line: int) -> list[Mapping]:
    if isinstance(node, Mapping):
        return [node]
    if isinstance(node, Sequence) and all(isinstance(item, Mapping) for item in node.items):
        return [item for item in node.items if isinstance(item, Mapping)]
    raise Unreadable(line, "`<<` takes a mapping or a list of mappings.")


def _apply_merges(node: Mapping) -> None:
    for other in node.merged:
        for key, value in other.entries.items():
            if key not in node.entries:
                node.entries[key] = value
                node.key_lines[key] = other.key_lines[key]


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1


def _shown(text: str | None) -> str:
    return (text or "").replace("tag:yaml.org,2002:", "!!")[:60]
