"""The arrows of docs/architecture.md: who may import whom (.importlinter), and what stands in one place only."""

import ast
import sys
from collections import Counter
from pathlib import Path

from importlinter.cli import lint_imports

from tests.house.sources import ROOT, module_of, sources, tree_of

#: Where each layer's classes have one name each; of chalicelib its folders, and all that stands beside them.
LAYERS = ("chalicelib/actions", "chalicelib/aws", "chalicelib/contract", "chalicelib/domain", "chalicelib/requests")
LAYERS += ("chalicelib/responses", "chalicelib/store", "runner", "agon")


def test_modules_import_as_the_contracts_say(capsys):
    assert lint_imports(config_filename=str(ROOT / ".importlinter"), cache_dir=None) == 0, capsys.readouterr().out


def test_every_layer_of_the_backend_stands_in_the_contract() -> None:
    contracts = (ROOT / ".importlinter").read_text()
    layers = [
        path.stem for path in (ROOT / "chalicelib").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    ]
    assert [name for name in layers if name != "__init__" and f"chalicelib.{name}" not in contracts] == []


def test_the_contract_needs_the_standard_library_alone() -> None:
    nodes = [node for path in (ROOT / "chalicelib/contract").glob("*.py") for node in ast.walk(tree_of(path))]
    found = {alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    assert found - sys.stdlib_module_names == {"chalicelib"}


#: It becomes the process of an emulated function: environment, streams and whatever is raised are that one's.
FORKED = "agon.local.function_workers"


def test_the_environment_is_read_in_one_place_a_program() -> None:
    own = ("settings.py", "config.py")
    others = [path for path in sources() if path.name not in own and module_of(path) != FORKED]
    assert [module_of(path) for path in others if "os.environ" in (text := path.read_text()) or "getenv" in text] == []


#: Loops that look after many: nothing that one of them raises may stop the others.
LOOPS = ("chalicelib.actions.background.sweep", "runner.attempts", "runner.daemon", "runner.polling")


#: Programs for containers that call strangers' code: whatever that raises, they tell whose fault it is.
ADAPTERS = ROOT / "chalicelib/domain/bundle/foreign/adapters"


def test_broad_excepts_stand_in_loops_that_look_after_many_only() -> None:
    others = [path for path in sources() if module_of(path) not in (*LOOPS, FORKED) and path.parent != ADAPTERS]
    assert [module_of(path) for path in others if _has_broad_except(path)] == []


def test_a_class_name_stands_once_in_a_layer() -> None:
    for layer in LAYERS:
        paths = [path for path in sources() if path.is_relative_to(ROOT / layer)]
        nodes = [node for path in paths for node in tree_of(path).body if isinstance(node, ast.ClassDef)]
        counted = Counter(node.name for node in nodes)
        assert [name for name, count in counted.items() if count > 1] == [], layer


def _has_broad_except(path: Path) -> bool:
    handlers = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]
    return any(one.type is None or getattr(one.type, "id", "") in ("Exception", "BaseException") for one in handlers)
