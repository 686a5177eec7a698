"""Where each operation of the API can be reached, as the sources of the command line and of the console call it.

`python -m tests.house.places` writes places.toml anew, which has what has no place.
"""

import ast
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chalicelib import routes
from chalicelib.http import Access, Endpoint

ROOT = Path(__file__).parents[2]
DOCUMENT = Path(__file__).parent / "places.toml"
COMMANDS = "commands"
NOT_YET = "not yet"
HEAD = """\
# Operations for people that the command line or the console has not, and why. `python -m tests.house.places` writes
# this file anew and keeps the reasons; test_places.py has the most that may be "not yet": it only falls."""
METHODS = frozenset({"GET", "POST", "PATCH", "DELETE"})
#: A call of the console that says a method and a path of the document, or the path alone of what it reads.
_CALL = re.compile(r"""(?:["'](get|post|patch|delete)["'],\s*)?["'](/v1/[\w/{}.-]*)["']""")
_OPERATION = re.compile(r"""operation=["']?([a-z]\w+)""")


@dataclass(frozen=True)
class Function:
    """A function of the command line: what it names of others, and the methods and paths beside each other in its calls."""

    name: str
    names: frozenset[str]
    calls: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, node: ast.FunctionDef, constants: Mapping[str, set[str]], strangers: set[str]) -> "Function":
        """The function that stands at a node, in a module with these constants and modules of strangers: what it calls its
        own things, and what strangers call theirs (`json.dumps`), is no verb of ours."""
        nodes = [*ast.walk(node)]
        named = _assigned(nodes, constants)
        own = {one.arg for one in nodes if isinstance(one, ast.arg)}
        own |= {one.id for one in nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        names = {one.id for one in nodes if isinstance(one, ast.Name)} - own
        names |= {one.attr for one in nodes if isinstance(one, ast.Attribute) and ast.unparse(one.value) not in strangers}
        calls = {
            (method, _shape(path))
            for one in nodes
            if isinstance(one, ast.Call) and len(one.args) >= 2
            for method in _texts(one.args[0], named) & METHODS
            for path in _texts(one.args[1], named)
        }
        return cls(node.name, frozenset(names), frozenset(calls))


def for_people() -> dict[str, Endpoint]:
    """The operations that people have, by their names: runners and their attempts have their own."""
    return {one.name: one for one in routes.endpoints() if one.access not in (Access.RUNNER, Access.ATTEMPT)}


def absences() -> dict[str, set[str]]:
    """The operations that have no place, by the place."""
    known = for_people()
    return {"command line": known.keys() - of_command_line(known), "console": known.keys() - of_console(known)}


def listed() -> dict[str, Mapping[str, str]]:
    """What places.toml says: of each place, operations that are not there, and why."""
    return tomllib.loads(DOCUMENT.read_text()) if DOCUMENT.exists() else {}


def of_command_line(known: Mapping[str, Endpoint]) -> set[str]:
    """The operations that commands call by a verb of the client."""
    verbs, commands = defaultdict[str, list[Function]](list), list[Function]()
    for path in sorted((ROOT / "agon").glob("*.py")):
        for one in functions(path):
            verbs[one.name].append(one)
    for path in sorted((ROOT / "agon" / COMMANDS).rglob("*.py")):
        commands += functions(path)
    reached, waiting = set[str](), {name for one in commands for name in one.names}
    while waiting:
        reached |= (now := waiting & verbs.keys() - reached)
        waiting = {name for verb in now for one in verbs[verb] for name in one.names} - reached
    calls = {call for one in (*commands, *(one for verb in reached for one in verbs[verb])) for call in one.calls}
    return {name for name, one in known.items() if (one.method, _shape(one.path.removeprefix("/v1"))) in calls}


def of_console(known: Mapping[str, Endpoint]) -> set[str]:
    """The operations that the console's sources call, or whose form they show."""
    sources = [
        path
        for path in (ROOT / "console" / "src").rglob("*.ts")
        if ".test" not in path.name and not path.name.endswith(".d.ts")
    ]
    text = "\n".join(path.read_text() for path in sources)
    calls = {((method or "get").upper(), _shape(path)) for method, path in _CALL.findall(text)}
    forms = set(_OPERATION.findall(text))
    return {name for name, one in known.items() if (one.method, _shape(one.path)) in calls or name in forms}


def functions(path: Path) -> list[Function]:
    """The functions of a source."""
    module = ast.parse(path.read_text())
    texts = _assigned(module.body, {})
    strangers = {one.asname or one.name for node in module.body if isinstance(node, ast.Import) for one in node.names}
    return [Function.of(node, texts, strangers) for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]


def _assigned(statements: Iterable[ast.AST], known: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The texts that stand under names, such as paths that are too long for a line, beside those that are `known`."""
    found = defaultdict[str, set[str]](set, known)
    for one in statements:
        if isinstance(one, (ast.Assign, ast.AnnAssign)) and one.value is not None:
            for target in one.targets if isinstance(one, ast.Assign) else [one.target]:
                if isinstance(target, ast.Name):
                    found[target.id] = found[target.id] | _texts(one.value, found)
    return found


def _texts(node: ast.AST, named: Mapping[str, set[str]]) -> set[str]:
    """The texts in an expression, those under its names too, with a pair of braces for each value that is put in."""
    if isinstance(node, ast.JoinedStr):
        return {"".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)}
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.Name):
        return named.get(node.id, set())
    return {text for child in ast.iter_child_nodes(node) for text in _texts(child, named)}


def _shape(path: str) -> str:
    """A path without the names of what is put in."""
    return re.sub(r"{\w*}", "{}", path)


def write() -> None:
    """Write places.toml anew: reasons stay, what has its place now goes, and what has none is not there yet."""
    said, lines = listed(), [HEAD]
    for place, missing in absences().items():
        lines += ["", f'["{place}"]']
        lines += [
            f"{name} = {json.dumps(said.get(place, {}).get(name, NOT_YET), ensure_ascii=False)}" for name in sorted(missing)
        ]
    DOCUMENT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    write()
