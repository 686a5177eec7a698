"""Races of tests with what they look at: what is read at once is final by then, and nothing is waited for briefly.

A page that still comes has rows, links and fields already. So a browser test compares by `expect`, which looks again until
it is so, reads by tests/console/reading.py, which waits for all of the page, or asks again and again by `eventually`.
"""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.house.sources import ROOT

CONSOLE, RUNNER = (ROOT / "tests" / suite for suite in ("console", "runner"))
#: Where it is waited first, and where a page is looked at as it is on purpose.
HELPERS = {"conftest.py", "keyboard.py", "looking.py", "reading.py"}
#: What Playwright tells of a page as it is at that moment.
AT_ONCE = {
    *("all", "all_inner_texts", "all_text_contents", "bounding_box", "content", "count", "get_attribute", "inner_html"),
    *("inner_text", "input_value", "text_content", "title"),
    *("is_checked", "is_disabled", "is_editable", "is_enabled", "is_hidden", "is_visible"),
}
#: What may be done to a page, and not read from it.
DEEDS = {"evaluate", "evaluate_all", "evaluate_handle"}
#: What is to come is waited for so long at the least.
PATIENCE_SECONDS = 60


def races(source: str) -> list[str]:
    """The lines of a browser test that read at once, or wait for less time than all others do."""
    tree = ast.parse(source)
    again, deeds = set(_asked_again(tree)), {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}

    def is_race(call: ast.Call) -> bool:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        # A list's count is of something.
        is_list = name == "count" and bool(call.args)
        reads = (name in AT_ONCE and not is_list) or (name in DEEDS and call not in deeds)
        return (reads and call not in again) or any(one < PATIENCE_SECONDS * 1000 for one in _timeouts(call))

    return _lines(source, tree, is_race)


def _asked_again(tree: ast.Module) -> Iterator[ast.AST]:
    """All within what `eventually` is given: lambdas, and functions by their names."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) == "eventually"]
    names = {one.id for call in calls for one in call.args if isinstance(one, ast.Name)}
    asked: list[ast.AST] = [one for call in calls for one in call.args if isinstance(one, ast.Lambda)]
    asked += [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in names]
    for one in asked:
        yield from ast.walk(one)


def brief(source: str) -> list[str]:
    """The lines of a runner's test that wait briefly for something that is to come. For what is not to come, they may."""
    tree = ast.parse(source)
    denials = [node for node in ast.walk(tree) if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)]
    denied = {inner for node in denials for inner in ast.walk(node)}

    def is_brief(call: ast.Call) -> bool:
        given = {"wait_until": call.args[1:2], "wait": call.args[:1]}.get(_name(call), [])
        seconds = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, int | float)]
        seconds += _timeouts(call) if _name(call) == "communicate" else []
        return call not in denied and any(one < PATIENCE_SECONDS for one in seconds)

    return _lines(source, tree, is_brief)


def _lines(source: str, tree: ast.Module, is_fault: Callable[[ast.Call], bool]) -> list[str]:
    faults = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and is_fault(node)}
    return [f"{line}: {source.splitlines()[line - 1].strip()}" for line in sorted(faults)]


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _timeouts(call: ast.Call) -> list[int]:
    given = [one.value.value for one in call.keywords if one.arg == "timeout" and isinstance(one.value, ast.Constant)]
    return [one for one in given if isinstance(one, int)]


def test_browser_tests_read_what_is_final_and_wait_as_long_as_all() -> None:
    paths = [path for path in sorted(CONSOLE.glob("*.py")) if path.name not in HELPERS]
    assert len(paths) > 30
    # Compare by `expect`, or read by tests/console/reading.py.
    assert [f"{path.name}:{line}" for path in paths for line in races(path.read_text())] == []


def test_tests_of_the_runner_wait_briefly_only_for_what_is_not_to_come() -> None:
    paths = sorted(RUNNER.glob("test_*.py"))
    assert len(paths) > 20
    assert [f"{path.name}:{line}" for path in paths for line in brief(path.read_text())] == []


@pytest.mark.parametrize(
    "line",
    [
        'assert page.locator("dd").inner_text() == "4"',
        "told = [one.inner_text() for one in rows.all()]",
        'box = page.get_by_role("slider").bounding_box()',
        'assert page.evaluate("scrollY") == 0',
        'assert page.title() == "Agon"',
        "expect(row).to_be_visible(timeout=20_000)",
        'page.get_by_role("button").click(timeout=10_000)',
        "eventually(lambda: expect(row).to_be_visible(timeout=1_000), bool)",
    ],
)
def test_what_races_with_a_page_is_found(line: str) -> None:
    assert races(line) == [f"1: {line}"]


@pytest.mark.parametrize(
    "lines",
    [
        'expect(page.locator("dd")).to_have_text("4")',
        'page.evaluate("scrollBy(0, 40)")',
        "expect(row).to_be_visible(timeout=120_000)",
        "eventually(lambda: rows.count(), bool)",
        "assert sent.count(1) == 1",
        "def is_there():\n    return link.is_visible()\neventually(is_there, bool)",
    ],
)
def test_what_waits_is_let_be(lines: str) -> None:
    assert races(lines) == []


def test_a_brief_wait_is_found_where_it_is_for_something_to_come() -> None:
    lines = ["assert attempt.over.wait(30)", "assert wait_until(seen, 5)", "running.communicate(timeout=5)"]
    assert brief("\n".join(lines)) == [f"{number}: {line}" for number, line in enumerate(lines, 1)]
    assert brief("assert not late.claimed.wait(1.5)\nassert wait_until(seen)\nassert attempt.over.wait(60)") == []
