"""A kit's `problem.py` by its syntax tree: what it defines, its title, score types and elements (OTHERS 2.1).

Nothing of it is run. What the tree does not tell is not known here, and the kit's `agon.yaml` is asked.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chalicelib.domain.bundle.foreign import sources
from chalicelib.domain.bundle.foreign.ramp import known
from chalicelib.domain.bundle.foreign.sources import Sources

NAMES = ("Predictions", "workflow", "score_types", "get_cv", "get_train_data", "get_test_data")
_WRITERS = frozenset({"save_submission"})
_DEEP = 8


@dataclass(frozen=True)
class ScoreType:
    """A score as boards show it. `precision` counts decimals."""

    name: str
    precision: int
    lower_is_better: bool


class Problem:
    """A `problem.py` that Python can read. `score_types` and `elements` are None where the tree does not tell them."""

    def __init__(self, source: Sources, tree: ast.Module):
        self.source, self.tree = source, tree
        self._values: dict[str, ast.expr] = {}
        self._classes: dict[str, ast.ClassDef] = {}
        self.functions: dict[str, ast.FunctionDef] = {}
        for node in tree.body:
            if isinstance(node, ast.Assign):
                self._values |= {one.id: node.value for one in node.targets if isinstance(one, ast.Name)}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                self._values[node.target.id] = node.value
            elif isinstance(node, ast.ClassDef):
                self._classes[node.name] = node
            elif isinstance(node, ast.FunctionDef):
                self.functions[node.name] = node
        self.title = self._text(self._values.get("problem_title"))
        self.score_types = self._score_types()
        self.elements = self._elements(self._values.get("workflow"))
        self.statistic = "mean" if self._text(self._values.get("leaderboard_score_kind")) == "mean" else "bag"

    def lacking(self) -> list[str]:
        """The names that a kit needs and that this one does not bind."""
        return [name for name in NAMES if not sources.binds(self.tree, name)]

    def raises_at(self) -> int | None:
        """The line of a `raise` that whoever imports it comes by; None where none is seen."""
        return next((node.lineno for node in self.tree.body if isinstance(node, ast.Raise)), None)

    def has_test_truth(self) -> bool:
        """False where `get_test_data` always returns None in the place of the truth."""
        function = self.functions.get("get_test_data")
        returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)] if function else []
        pairs = [value for value in returned if isinstance(value, ast.Tuple) and len(value.elts) == 2]
        return not pairs or not all(isinstance(one.elts[1], ast.Constant) and one.elts[1].value is None for one in pairs)

    def needs_label(self) -> bool:
        """True where `get_train_data` wants a `data_label` and has no default for it."""
        function = self.functions.get("get_train_data")
        names = [one.arg for one in function.args.args] if function else []
        without = len(names) - len(function.args.defaults) if function else 0
        return "data_label" in names[:without]

    def files_read(self) -> list[str]:
        """Texts that look like names of files, or like their ends, in what is not there for saving."""
        nodes = [node for node in self.tree.body if not isinstance(node, ast.FunctionDef) or node.name not in _WRITERS]
        found = (one for node in nodes for one in ast.walk(node) if isinstance(one, ast.Constant))
        return list(dict.fromkeys(one.value for one in found if isinstance(one.value, str) and _is_file(one.value)))

    def _value(self, node: ast.expr | None, depth: int = 0) -> ast.expr | None:
        """What a name stands for, where it is bound to something that can be seen."""
        while isinstance(node, ast.Name) and node.id in self._values and depth < _DEEP:
            node, depth = self._values[node.id], depth + 1
        return node

    def _text(self, node: ast.expr | None) -> str:
        value = self._value(node)
        return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""

    def _texts(self, node: ast.expr | None) -> tuple[str, ...] | None:
        value = self._value(node)
        if not isinstance(value, ast.List | ast.Tuple):
            return None
        found = tuple(self._text(one) for one in value.elts)
        return found if all(found) else None

    def _score_types(self) -> tuple[ScoreType, ...] | None:
        listed = self._value(self._values.get("score_types"))
        if not isinstance(listed, ast.List | ast.Tuple) or self._is_changed("score_types"):
            return None
        found = [self._score_type(one) for one in listed.elts]
        complete = tuple(one for one in found if one)
        return complete if complete and len(complete) == len(found) else None

    def _is_changed(self, name: str) -> bool:
        """True where more happens to a list than that it is bound."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
                return True
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
                return True
        return False

    def _score_type(self, node: ast.expr | None, depth: int = 0) -> ScoreType | None:
        call = self._value(node)
        if not isinstance(call, ast.Call) or depth > _DEEP:
            return None
        kind, said = _last(call.func), {one.arg: one.value for one in call.keywords}
        if None in said:
            return None
        if kind == known.OF_COMBINED:
            return self._score_type(said.get("score_type") or next(iter(call.args), None), depth + 1)
        basis = self._combined(call, said, depth) if kind == known.COMBINED else self._basis(kind)
        if basis is None:
            return None
        at = known.NAME_AT.get(kind, 0)
        name = said.get("name") or (call.args[at] if len(call.args) > at else None)
        precision = said.get("precision") or (call.args[at + 1] if len(call.args) > at + 1 else None)
        if any(isinstance(one, ast.Starred) for one in call.args) or (name and not self._text(name)):
            return None
        decimals = self._number(precision) if precision else basis.precision
        return None if decimals is None else ScoreType(self._text(name) or basis.name, decimals, basis.lower_is_better)

    def _combined(self, call: ast.Call, said: Mapping[str | None, ast.expr], depth: int) -> ScoreType | None:
        parts = self._value(said.get("score_types") or next(iter(call.args), None))
        first = parts.elts[0] if isinstance(parts, ast.List | ast.Tuple) and parts.elts else None
        of = self._score_type(first, depth + 1)
        return ScoreType(known.COMBINED_NAME, known.COMBINED_PRECISION, of.lower_is_better) if of else None

    def _basis(self, kind: str) -> ScoreType | None:
        """What a class of scores has without arguments: ramp-workflow's, or one that stands in the file."""
        own = self._classes.get(kind)
        if own is None:
            return ScoreType(*known.SCORE_TYPES[kind]) if kind in known.SCORE_TYPES else None
        bases = (known.SCORE_TYPES.get(_last(base)) for base in own.bases)
        inherited = next((one for one in bases if one), None)
        written = dict(_assigned(own)) | dict(_defaults(own))
        lower = written.get("is_lower_the_better")
        direction = lower.value if isinstance(lower, ast.Constant) else inherited[2] if inherited else None
        name = self._text(written.get("name")) or (inherited[0] if inherited else kind)
        decimals = self._number(written.get("precision")) if "precision" in written else inherited[1] if inherited else 2
        return ScoreType(name, decimals, direction) if isinstance(direction, bool) and decimals is not None else None

    def _number(self, node: ast.expr | None) -> int | None:
        value = self._value(node)
        is_number = isinstance(value, ast.Constant) and type(value.value) is int and 0 <= value.value <= 15
        return value.value if is_number and isinstance(value, ast.Constant) and isinstance(value.value, int) else None

    def _elements(self, node: ast.expr | None) -> tuple[str, ...] | None:
        call = self._value(node)
        if not isinstance(call, ast.Call):
            return None
        kind, said = _last(call.func), {one.arg: one.value for one in call.keywords}
        if "workflow_element_names" in said:
            return self._texts(said["workflow_element_names"])
        own = self._classes.get(kind)
        if own is not None:
            named = dict(_assigned(own)) | dict(_defaults(own))
            for key in ("element_names", "workflow_element_names"):
                if key in named:
                    return self._texts(named[key])
            kind = next((_last(base) for base in own.bases), "")
        if own is None and call.args and (listed := self._texts(call.args[-1])):
            return listed
        return known.ELEMENTS.get(kind)


def _last(node: ast.expr) -> str:
    """The last word of `rw.score_types.RMSE`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _assigned(own: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """What a class binds, and what its methods bind of `self`."""
    for node in (one for one in ast.walk(own) if isinstance(one, ast.Assign)):
        for target in node.targets:
            if isinstance(target, ast.Name) and node in own.body:
                yield target.id, node.value
            elif (
                isinstance(target, ast.Attribute) and _last(target.value) == "self" and not isinstance(node.value, ast.Name)
            ):
                yield target.attr, node.value


def _defaults(own: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """The arguments of its `__init__` that have one."""
    for node in own.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            arguments = [*node.args.posonlyargs, *node.args.args]
            yield from zip((one.arg for one in arguments[-len(node.args.defaults) :]), node.args.defaults, strict=False)
            for one, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
                if value:
                    yield one.arg, value


_ENDINGS = (
    "csv",
    "tsv",
    "txt",
    "json",
    "parquet",
    "npy",
    "npz",
    "nc",
    "h5",
    "hdf5",
    "pkl",
    "pickle",
    "feather",
    "mat",
    "zip",
)
_PACKED = (".gz", ".bz2", ".xz")


def _is_file(text: str) -> bool:
    plain = next((text.removesuffix(one) for one in _PACKED if text.endswith(one)), text)
    stem, dot, ending = plain.rpartition(".")
    return bool(stem and dot) and ending.lower() in _ENDINGS and " " not in text and len(text) < 200
