"""Each row of what became of competitions of other platforms has a test that shows it, and so has each kind of bad input."""

import re
import tomllib

import pytest

from tests.house.sources import ROOT

SHOWN = tomllib.loads((ROOT / "tests/house/others.toml").read_text())
BAD = SHOWN.pop("bad")
TABLES = [(page, header) for page, tables in SHOWN.items() for header in tables]


def rows(page: str, header: str) -> list[str]:
    """The first cells of the table whose first column is called so."""
    lines = (ROOT / "docs" / page).read_text().splitlines()
    begin = next(at for at, line in enumerate(lines) if line.startswith(f"| {header} |"))
    table = lines[begin + 2 :]
    return [line.removeprefix("| ") for line in table[: next(at for at, line in enumerate(table) if not line)]]


@pytest.mark.parametrize(("page", "header"), TABLES)
def test_each_row_of_the_table_is_shown(page: str, header: str) -> None:
    told, shown = rows(page, header), SHOWN[page][header]
    assert len(told) == len(shown) > 9
    assert [row for row, begin in zip(told, shown, strict=True) if not row.startswith(begin)] == []


def test_every_test_that_shows_something_is_there() -> None:
    of_tables = (tests for page in SHOWN.values() for table in page.values() for tests in table.values())
    named = {test for tests in (*of_tables, *BAD.values()) for test in tests}
    assert len(named) > 60 and all(BAD.values())
    lacking = []
    for one in named:
        module, _, name = one.partition(": ")
        text = (ROOT / f"tests/unit/{module}.py").read_text()
        if not re.search(rf"^def {name}\(", text, re.MULTILINE):
            lacking.append(one)
    assert lacking == []
