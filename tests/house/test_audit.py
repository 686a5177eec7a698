"""Whatever an administrator, an organizer or an owner changes stands in an audit log."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest

from chalicelib import http, routes
from tests.api.test_rights import ORGANIZER, OTHER, RIGHTS
from tests.house.sources import ROOT, module_of, sources, tree_of

OF_SITE, ANY = frozenset({"entry_of_site"}), frozenset({"entry_of_site", "entry_about", "entry_of", "made"})
OF_OWNER = frozenset({"along_of_owner", "change_of_owner", "made"})
#: What an account or an organization has, and no competition.
OWNED = ("/v1/queues", "/v1/datasets", "/v1/tasks", "/v1/organizations")
_C, _P = "/v1/competitions/{competition}", "/v1/phases/{phase}"
#: What changes nothing that others see, and why it needs no entry.
NO_ENTRY = {
    f"POST {_C}/mailings/preview": "It answers what would be mailed, and changes nothing.",
    f"POST {_P}/leaderboard/exports": "It reads what viewers read, without addresses, and changes nothing.",
    f"POST {_C}/webhooks/{{webhook}}/deliveries": "It sends a test, which the webhook's own log of deliveries tells.",
    f"POST {_C}/webhooks/{{webhook}}/deliveries/{{delivery}}": "It sends once more what was sent, which that log tells.",
}
#: What a job does later, and the function that writes the entry in the transaction of the act.
LATER = {f"POST {_C}/bundles": ("chalicelib.actions.bundles.imports", "work")}


def key_of(endpoint: http.Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def changing() -> list[http.Endpoint]:
    return [one for one in routes.endpoints() if one.method != "GET"]


def of_administrators() -> list[http.Endpoint]:
    """The routes of administrators alone that change something."""
    return [one for one in changing() if one.access is http.Access.ADMIN]


def of_organizers() -> list[http.Endpoint]:
    """The routes that change something as organizers may, and other participants may not."""
    return [one for one in changing() if ORGANIZER in RIGHTS[key_of(one)] and OTHER not in RIGHTS[key_of(one)]]


def of_owners() -> list[http.Endpoint]:
    """The routes that change what an account or an organization has."""
    return [one for one in changing() if one.path.startswith(OWNED)]


@cache
def functions(module: str) -> dict[str, ast.FunctionDef]:
    """The functions of a module, and the methods of its classes."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    if not path.exists():
        return {}
    tops = tree_of(path).body
    nodes = [*(method for one in tops if isinstance(one, ast.ClassDef) for method in one.body), *tops]
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}


def is_declared_by(view: ast.FunctionDef, endpoint: http.Endpoint) -> bool:
    return ast.get_docstring(view) == endpoint.summary


def views_of(endpoint: http.Endpoint) -> Iterator[tuple[str, str]]:
    """The module and name of the view of a route."""
    for path in sorted((ROOT / "chalicelib" / "routes").rglob("*.py")):
        module = module_of(path).removesuffix(".__init__")
        yield from ((module, name) for name, view in functions(module).items() if is_declared_by(view, endpoint))


def named_in(module: str, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """The module and name of each function of routes and actions that a function names."""
    known = import_module(module).__dict__
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found = known.get(node.id)
            yield (getattr(found, "__module__", None) or module), node.id
        elif isinstance(node, ast.Attribute):
            owner = known.get(node.value.id) if isinstance(node.value, ast.Name) else None
            yield (getattr(owner, "__name__", module) if owner is not None else module), node.attr


def writes_down(module: str, function: str, entries: frozenset[str], seen: set[tuple[str, str]]) -> bool:
    """Whether a function makes an entry, itself or by another one of routes or actions, however far."""
    place = module, function
    is_ours = module.startswith(("chalicelib.routes.", "chalicelib.actions."))
    if place in seen or not is_ours or function not in functions(module):
        return False
    seen.add(place)
    body = functions(module)[function]
    called = {node.func for node in ast.walk(body) if isinstance(node, ast.Call)}
    if any(isinstance(one, ast.Attribute) and one.attr in entries for one in called):
        return True
    return any(writes_down(*other, entries, seen) for other in named_in(module, body))


def is_written_down(endpoint: http.Endpoint, entries: frozenset[str]) -> bool:
    places = [LATER[key_of(endpoint)]] if key_of(endpoint) in LATER else list(views_of(endpoint))
    assert places, "No view has this sentence."
    return any(writes_down(*place, entries, set()) for place in places)


@pytest.mark.parametrize("endpoint", of_administrators(), ids=key_of)
def test_an_act_of_administrators_is_an_entry_of_the_audit_log(endpoint: http.Endpoint) -> None:
    assert is_written_down(endpoint, OF_SITE)


@pytest.mark.parametrize("endpoint", of_organizers(), ids=key_of)
def test_an_act_of_organizers_is_an_entry_of_the_audit_log_or_says_why_it_is_none(endpoint: http.Endpoint) -> None:
    assert is_written_down(endpoint, ANY) != (key_of(endpoint) in NO_ENTRY)


@pytest.mark.parametrize("endpoint", of_owners(), ids=key_of)
def test_an_act_of_an_owner_is_an_entry_of_the_owners_log(endpoint: http.Endpoint) -> None:
    assert is_written_down(endpoint, OF_OWNER)


def calling(*names: str) -> set[str]:
    """The modules of the backend that call one of these, such as `audit.forget`."""
    backend = [path for path in sources() if path.is_relative_to(ROOT / "chalicelib")]
    return {
        module_of(path)
        for path in backend
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names
    }


def test_entries_are_added_by_one_door_and_go_by_those_of_what_ends_alone() -> None:
    """With tests/api/append_only.py: no other code has a way to an entry, and none of the doors changes one (ADR 42)."""
    backend = [path for path in sources() if path.is_relative_to(ROOT / "chalicelib")]
    assert {module_of(path) for path in backend if '"DEEDS' in path.read_text()} == {"chalicelib.store.audit"}
    ends = "chalicelib.actions.administration"
    assert calling("audit.forget", "audit.succeed") == {f"{ends}.departing", "chalicelib.store.people.organizations"}
    makers = {"chalicelib.actions.events.acts", "chalicelib.actions.webhooks.delivering", "chalicelib.store.audit"}
    assert calling("AuditEntry") == makers
    assert calling("AuditEntry.at") == {*makers, f"{ends}.competition_removals"}


def test_what_makes_no_entry_is_seen() -> None:
    assert len(of_administrators()) >= 10 and len(of_organizers()) >= 70 and len(of_owners()) >= 20
    assert not writes_down("chalicelib.actions.forum.announcements", "withdraw", OF_SITE, set())
    assert not writes_down("chalicelib.actions.people.teams", "join", ANY, set())
    assert NO_ENTRY.keys() <= {key_of(one) for one in of_organizers()}
