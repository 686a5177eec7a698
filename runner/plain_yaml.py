"""YAML from strangers: flat and small, without aliases, and never turned into objects."""

from collections.abc import Iterator

import yaml

#: libyaml's parser where PyYAML was built with it: a MiB takes a tenth of the time.
YAMLError = yaml.YAMLError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 20


def compose(text: str) -> yaml.Node | None:
    """The document's node tree, or None for an empty one.

    Raises yaml.YAMLError for what is no YAML, and ValueError for aliases and for nesting deeper than 20.
    """
    _check(yaml.parse(text, Loader=_LOADER))
    return yaml.compose(text, Loader=_LOADER)


def load(text: str) -> object:
    """The document as plain values. Raises as `compose` does, and yaml.YAMLError for foreign tags."""
    _check(yaml.parse(text, Loader=_LOADER))
    return yaml.load(text, Loader=_LOADER)


def _check(events: Iterator[yaml.Event]) -> None:
    depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("it uses YAML aliases")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError("it is nested too deeply")
