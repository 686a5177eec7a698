"""Kaggle's metrics by their syntax trees (OTHERS 3.1)."""

import ast
from dataclasses import dataclass

from chalicelib.domain.bundle.foreign import sources
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.sources import Sources

FUNCTION, THIRD = "score", "row_id_column_name"
_FIXED = 3
#: Files at the root that may be one.
_MOST_FILES = 20


@dataclass(frozen=True)
class Metric:
    """A module that scores. `parameters` are the further arguments of its `score`, `needed` those without a default."""

    path: str
    parameters: tuple[str, ...]
    needed: tuple[str, ...]
    source: Sources


def found(folder: Folder) -> list[Metric]:
    """The metrics at the root of a folder."""
    paths = [path for path in folder.at_root(".py") if folder.size_of(path) <= sources.MAX_FILE_BYTES][:_MOST_FILES]
    return [metric for path in paths if (metric := read(folder, path))]


def read(folder: Folder, path: str) -> Metric | None:
    """The metric in a file; None for one that has no `score` with Kaggle's third argument."""
    source = sources.parse({path: folder.read(path, sources.MAX_FILE_BYTES)})
    for tree in source.trees.values():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == FUNCTION:
                arguments = [*node.args.posonlyargs, *node.args.args]
                if len(arguments) >= _FIXED and arguments[_FIXED - 1].arg == THIRD:
                    return Metric(path, *_further(node, arguments), source)
    return None


def _further(node: ast.FunctionDef, arguments: list[ast.arg]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    without = len(arguments) - len(node.args.defaults)
    needed = [one.arg for one in arguments[_FIXED:without]]
    needed += [one.arg for one, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if value is None]
    names = [one.arg for one in (*arguments[_FIXED:], *node.args.kwonlyargs)]
    return tuple(names), tuple(needed)
