"""The arrows of docs/architecture.md: who may import whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = {
    "chalicelib.contract": (),
    "chalicelib.errors": (),
    "chalicelib.settings": (),
    "chalicelib.telemetry": (),
    "chalicelib.ids": (),
    "chalicelib.bodies": (),
    "chalicelib.answers": ("chalicelib.answers",),
    "chalicelib.domain": ("chalicelib.contract", "chalicelib.errors"),
    "chalicelib.store": ("chalicelib.contract", "chalicelib.domain", "chalicelib.errors", "chalicelib.settings"),
    "chalicelib.aws": ("chalicelib.contract", "chalicelib.domain", "chalicelib.errors", "chalicelib.settings"),
    "chalicelib.actions": ("chalicelib",),
    "chalicelib.http": ("chalicelib.actions", "chalicelib.domain", "chalicelib.errors", "chalicelib.telemetry"),
    "chalicelib.openapi": ("chalicelib.contract", "chalicelib.http", "chalicelib.errors"),
    "chalicelib.routes": ("chalicelib",),
    "runner": ("chalicelib.contract",),
    "agon": ("chalicelib.contract", "chalicelib.domain", "runner"),
}
#: Libraries that only one place may know.
OWNERS = {
    "boto3": ("chalicelib/aws", "runner", "agon/local"),
    "pynamodb": (
        "chalicelib/store",
        "chalicelib/actions/endings.py",
        "chalicelib/actions/removals.py",
        "chalicelib/actions/rows.py",
        "chalicelib/actions/standings.py",
    ),
    "docker": ("runner", "agon/local"),
    "pydantic": (
        "chalicelib/bodies",
        "chalicelib/http.py",
        "chalicelib/openapi.py",
        "chalicelib/actions/definitions.py",
    ),
    "chalice": ("app.py", "chalicelib/http.py", "chalicelib/routes"),
}


def sources() -> list[Path]:
    folders = ("chalicelib", "runner", "agon")
    return [ROOT / "app.py", *(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(module: str) -> str | None:
    parts = module.split(".")
    candidates = (".".join(parts[:2]), parts[0])
    return next((candidate for candidate in candidates if candidate in LAYERS), None)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_module_imports_its_own_layer_and_those_below(path: Path) -> None:
    layer = layer_of(module_of(path))
    if layer is None:
        return
    ours = [name for name in imports(path) if name.split(".")[0] in ("chalicelib", "runner", "agon", "app")]
    allowed = (layer, *LAYERS[layer])
    wrong = [name for name in ours if not any(f"{name}.".startswith(f"{one}.") for one in allowed)]
    assert wrong == []


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_library_is_known_where_it_belongs(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    known = {name.split(".")[0] for name in imports(path)} & OWNERS.keys()
    assert [name for name in known if not place.startswith(OWNERS[name])] == []


def test_the_contract_needs_the_standard_library_alone() -> None:
    import sys

    found = {name.split(".")[0] for path in (ROOT / "chalicelib/contract").glob("*.py") for name in imports(path)}
    assert found - sys.stdlib_module_names == {"chalicelib"}


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_the_environment_is_read_in_one_place_a_program(path: Path) -> None:
    if path.name in ("settings.py", "config.py"):
        return
    text = path.read_text()
    assert "os.environ" not in text
    assert "getenv" not in text


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_broad_excepts_stand_in_the_runners_loop_only(path: Path) -> None:
    if module_of(path) in ("runner.attempts", "runner.daemon", "runner.polling"):
        return
    handlers = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ExceptHandler)]
    broad = [h.lineno for h in handlers if h.type is None or getattr(h.type, "id", "") in ("Exception", "BaseException")]
    assert broad == []
