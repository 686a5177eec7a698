"""The Python files that a competition of another platform brings along, by their syntax trees: nothing of them is run."""

import ast
import io
import sys
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from chalicelib.contract import archives
from chalicelib.contract.archives import Refused
from chalicelib.contract.litter import is_litter
from chalicelib.domain.bundle import network_calls

#: Files that are read, and how much of all.
MAX_FILES = 200
MAX_FILE_BYTES = 512 * 1024
MAX_BYTES = 8 * 1024**2
#: What the default image has (infra/images/competition), as it is imported. Of pip adapters have a stand-in.
IN_THE_IMAGE = frozenset(
    {*("numpy", "pandas", "sklearn", "scipy", "yaml", "joblib", "threadpoolctl", "dateutil", "pytz", "six"), "pip"}
)
#: Names that they are imported by, and installed by.
_INSTALLED_AS = {"sklearn": "scikit-learn", "yaml": "PyYAML", "cv2": "opencv-python-headless", "PIL": "Pillow"}


@dataclass(frozen=True)
class Sources:
    """Modules by their paths. `broken` are those that no Python reads, each with its line and why."""

    texts: Mapping[str, str] = field(default_factory=dict)
    trees: Mapping[str, ast.Module] = field(default_factory=dict)
    broken: tuple[tuple[str, int | None, str], ...] = ()

    def mentions(self, word: str) -> bool:
        """True when a text has this word anywhere."""
        return any(word in text for text in self.texts.values())

    def lacking(self) -> list[str]:
        """The packages that are imported, and that neither Python nor the default image has, by what installs them."""
        own = {part.removesuffix(".py") for path in self.texts for part in path.split("/")}
        known = own | IN_THE_IMAGE | sys.stdlib_module_names
        return sorted({_INSTALLED_AS.get(name, name) for name in self.imported() - known})

    def reached(self, *begin: str) -> set[str]:
        """The modules that are there and are imported from one of those that are named, at any distance, with these."""
        found, left = set[str](), [path for path in begin if path in self.texts]
        while left:
            path = left.pop()
            found.add(path)
            named = _modules(self.trees[path], path) if path in self.trees else ()
            left += {one for one in named if one in self.texts} - found
        return found

    def absent(self, begin: Collection[str], names: Collection[str]) -> list[str]:
        """The imports, as they are quoted, of modules beside those that are reached, which no file among `names` is."""
        return [
            f"`{path}, line {node.lineno}` imports `{'.' * node.level}{node.module}`"
            for path in sorted(self.reached(*begin) & self.trees.keys())
            for node in self.trees[path].body
            if isinstance(node, ast.ImportFrom) and node.level and node.module and not _is_beside(node, path, names)
        ]

    def imported(self) -> set[str]:
        """The first words of what is imported."""
        return {name for tree in self.trees.values() for name in _imported(tree)}

    def downloads(self) -> list[str]:
        """The lines that fetch something over a network, as they are quoted."""
        found = (call for path, text in self.texts.items() for call in network_calls.calls(path, text))
        return [where for what, where in found if what == network_calls.DOWNLOADS]

    def installed(self) -> list[str]:
        """The packages that are installed by calls of pip, as they are written."""
        return list(dict.fromkeys(name for tree in self.trees.values() for name in _installs(tree)))


def parse(texts: Mapping[str, bytes]) -> Sources:
    """Read modules by their paths. Raises nothing, whatever they are."""
    read, trees, broken = {}, {}, []
    for path, content in texts.items():
        read[path] = content.decode("utf-8-sig", "replace")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                trees[path] = ast.parse(content)
        except SyntaxError as error:
            broken.append((path, error.lineno, error.msg))
        except (ValueError, RecursionError, MemoryError) as error:
            broken.append((path, None, str(error) or "it is nested too deep"))
    return Sources(read, trees, tuple(broken))


def in_zip(content: bytes) -> dict[str, bytes] | None:
    """The modules in a zip; None for what is no zip that can be read."""
    try:
        with archives.reading():
            archive = zipfile.ZipFile(io.BytesIO(content))
            members = [one for one in archive.infolist() if one.filename.endswith(".py") and _is_read(one.filename)]
            sizes = [one for one in members if one.file_size <= MAX_FILE_BYTES][:MAX_FILES]
            return {one.filename: archive.read(one) for one in sizes}
    except Refused:
        return None


def binds(tree: ast.Module, name: str) -> bool:
    """True when a module has this name once it is imported, or may have: it takes all names of another."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) and node.name == name:
            return True
        if isinstance(node, ast.ImportFrom | ast.Import) and any(
            (one.asname or one.name) in (name, "*") for one in node.names
        ):
            return True
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name:
            return True
    return False


def _is_read(path: str) -> bool:
    return not is_litter(path.split("/"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _is_beside(node: ast.ImportFrom, path: str, names: Collection[str]) -> bool:
    parts = path.split("/")[:-1]
    place = "/".join([*parts[: len(parts) - node.level + 1], *(node.module or "").split(".")])
    return any(name.startswith((f"{place}.", f"{place}/")) for name in names)


def _modules(tree: ast.Module, path: str) -> Iterator[str]:
    """The paths that what a module imports may have beside it, and where paths begin."""
    parts = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [(0, one.name) for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            begin = node.module or ""
            named = [(node.level, begin), *((node.level, f"{begin}.{one.name}".strip(".")) for one in node.names)]
        else:
            continue
        for level, name in named:
            words = name.split(".") if name else []
            for base in [parts[: len(parts) - level + 1]] if level else [[], parts]:
                for count in range(len(words) + 1):
                    place = "/".join([*base, *words[:count]])
                    yield from (f"{place}.py", f"{place}/__init__.py".lstrip("/"))


def _installs(tree: ast.Module) -> Iterator[str]:
    """Of calls of pip, and of functions that have one, what stands behind `install`."""
    helpers = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and _is_pip(_constants(one))}
    for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
        words = [word for text in _constants(call) for word in text.split()]
        if _is_pip(words):
            yield from (word for word in words[words.index("install") + 1 :] if not word.startswith("-"))
        elif isinstance(call.func, ast.Name) and call.func.id in helpers:
            yield from words


def _is_pip(words: list[str]) -> bool:
    flat = [word for text in words for word in text.split()]
    return "install" in flat and any(word == "pip" or word.endswith(("/pip", "pip3")) for word in flat)


def _constants(node: ast.AST) -> list[str]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
