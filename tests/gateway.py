"""API Gateway's choice of a resource for an address, which is not that of Chalice's own router in tests.

At each step a resource that is named literally wins over a variable one, and what stands below the other is out of reach:
who asks for it gets 403 "Missing Authentication Token".
"""

from collections.abc import Iterable
from functools import cache

#: What stands below a resource, by its part of the path.
Tree = dict[str, "Tree"]


def resource_of(address: str, paths: Iterable[str]) -> str | None:
    """The one of `paths`, with their variables in braces, that the gateway has for an address; None when it has none."""
    known = frozenset(paths)
    node, found = _tree(known), []
    for part in _parts(address):
        name = part if part in node else next((one for one in node if one.startswith("{")), None)
        if name is None:
            return None
        node = node[name]
        found.append(name)
    resource = "/" + "/".join(found)
    return resource if resource in known else None


def _parts(path: str) -> list[str]:
    return path.partition("?")[0].strip("/").split("/")


@cache
def _tree(paths: frozenset[str]) -> Tree:
    root: Tree = {}
    for path in paths:
        node = root
        for part in _parts(path):
            node = node.setdefault(part, {})
    return root
