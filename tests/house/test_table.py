"""The doors to the table: typed reads in store/table.py, writes in store/writes.py, and no other."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, module_of, sources, tree_of

BACKEND = [path for path in sources() if path.is_relative_to(ROOT / "chalicelib")]
DOORS = ("chalicelib.store.patience", "chalicelib.store.table", "chalicelib.store.writes")
#: What transactions are called where something is added to them.
TRANSACTIONS = ("write", "transaction")
VERBS = ("save", "update", "delete", "batch_write", "batch_get", "refresh")

#: What a process prints of the models that PynamoDB knows in it.
KNOWN = """
from chalicelib.store import table
table.know_every_model()
print(*(model.__name__ for model in table.Item._get_discriminator_attribute().get_registered_subclasses(table.Item)))
"""


def test_only_the_doors_know_what_pynamodb_raises() -> None:
    assert [module_of(path) for path in _others() if "pynamodb.exceptions" in path.read_text()] == []


def test_only_the_doors_change_the_table() -> None:
    assert [place for path in _others() for place in _changes(path)] == []


def test_nobody_asks_of_which_model_an_item_is() -> None:
    """What is read by its place has its type. What is handed in is an upload or somebody's code, which is two types."""
    models = {node.name for path in BACKEND for node in tree_of(path).body if _is_model(node)}
    assert len(models) > 30
    actions = [path for path in BACKEND if path.is_relative_to(ROOT / "chalicelib/actions")]
    asking = {module_of(path) for path in actions for name in _asked_types(path) if name in models}
    assert asking == {"chalicelib.actions.submissions.submitting"}


def test_a_process_that_asks_for_items_of_any_model_knows_them_all() -> None:
    defined = {node.name for path in BACKEND for node in tree_of(path).body if _is_model(node)}
    known = subprocess.run([sys.executable, "-c", KNOWN], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert defined == set(known.split())


def test_settings_have_types() -> None:
    """`options` is JSON: definition.py turns it into the model of a bundle, settings.py into what the code asks for."""
    known = ("chalicelib.store.competitions.definition", "chalicelib.store.competitions.competitions")
    found = [path for path in BACKEND if ".options" in path.read_text() and module_of(path) not in known]
    assert [module_of(path) for path in found] == []


def _others() -> list[Path]:
    return [path for path in BACKEND if module_of(path) not in DOORS]


def _changes(path: Path) -> list[str]:
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [
        f"{module_of(path)}:{call.lineno}"
        for call in calls
        if call.func.attr in VERBS  # type: ignore[attr-defined]
        and _is_about_an_item(call)
        and getattr(call.func.value, "id", "") not in TRANSACTIONS  # type: ignore[attr-defined]
    ]


def _is_about_an_item(call: ast.Call) -> bool:
    """A dictionary's `update` and the deletion of objects look alike but for these."""
    return call.func.attr in ("save", "batch_get", "batch_write") or any(  # type: ignore[attr-defined]
        keyword.arg in ("actions", "condition") for keyword in call.keywords
    )


def _is_model(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef) and any(keyword.arg == "discriminator" for keyword in node.keywords)


def _asked_types(path: Path) -> list[str]:
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    asked = [call.args[1] for call in calls if getattr(call.func, "id", "") == "isinstance"]
    return [node.id for one in asked for node in ast.walk(one) if isinstance(node, ast.Name)]
